"""Addresses that a person may press to show a proof elsewhere. Nothing is sent before they are pressed."""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import UUID
from zoneinfo import ZoneInfo

from skillmark.rooms.credentials.queries import PublicProof

_NETWORK = "https://www.linkedin.com/profile/add"


def network_url(*, proof: PublicProof, link: str) -> str:
    """The professional network's own form for a certificate, filled in without a name. `link` is the check page."""
    zone = ZoneInfo(proof.time_zone)
    dates = [("issue", proof.given_at), ("expiration", proof.valid_until)]
    told: dict[str, str | int | UUID] = {
        "startTask": "CERTIFICATION_NAME",
        "name": proof.title,
        "organizationName": proof.giver,
        "certUrl": link,
        "certId": proof.id,
    }
    for kind, moment in dates:
        if moment is not None:
            day = moment.astimezone(zone)
            told |= {f"{kind}Year": day.year, f"{kind}Month": day.month}
    return f"{_NETWORK}?{urlencode(told)}"
