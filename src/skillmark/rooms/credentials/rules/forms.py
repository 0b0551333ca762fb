"""The same proof in other forms: what their claims are, and which of them the person may leave out. Pure.

(SD-JWT-based Verifiable Credentials; Token Status List)
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from credcore.status import token_status_list
from skillmark.rooms.credentials.rules.seen import Seen
from skillmark.rooms.credentials.rules.status import STATUS_TTL_MS, STATUS_VALID

JWT, SD_JWT, CODE = "jwt", "sd-jwt", "code"
FORMS = (JWT, SD_JWT, CODE)

HIDEABLE = ("sub", "name", "level", "observed_on", "evidence", "note")
"""What the person may leave out when they show an SD-JWT VC: everything but what it is, who gave it, and until when."""

CODE_TEXT = 72
"""Bytes of each text in a printed code, so that a phone still reads it from a card. Not of the giver's name: cut off, it would
be another name than the one on people's lists."""

TOKEN_BITS = 2  # good 0, cancelled 1, paused 2


def kind_url(*, list_url: str, template_id: UUID) -> str:
    """The stable name of a kind of proof (`vct`): an address that answers, once the firm has a public one.

    `list_url` is that of the proof's status list, which is at the address under which the proof was given.
    """
    base, mark, _ = list_url.partition("/status/")
    return f"{base}/vct/{template_id}" if mark and base.startswith("https://") else template_id.urn


def token_url(*, list_url: str) -> str:
    """Where the same list is as a token."""
    return f"{list_url}/token"


def form_claims(
    *,
    form: str,
    proof_id: UUID,
    issuer: str,
    giver: str,
    kind: str,
    person_id: UUID,
    person_name: str,
    title: str,
    did: str,
    how: str,
    level_name: str,
    observed_on: date | None,
    note: str,
    evidence: Iterable[Seen],
    valid_from: datetime,
    valid_until: datetime | None,
    list_url: str,
    index: int,
    now: datetime,
) -> dict[str, Any]:
    """The claims of `SD_JWT`, or the fewer ones of `CODE`, whose long texts end in “…”. What was not said is left out."""
    status = token_status_list.entry(list_url=token_url(list_url=list_url), index=index)
    claims: dict[str, Any] = {
        "iss": issuer,
        "vct": kind,
        "jti": proof_id.urn,
        "iat": int(now.timestamp()),
        "nbf": int(valid_from.timestamp()),
        "exp": int(valid_until.timestamp()) if valid_until else None,
        "status": status,
        "title": title,
        "issuer_name": giver,
        "name": person_name,
        "level": level_name,
        "observed_on": observed_on.isoformat() if observed_on else None,
    }
    if form == CODE:
        claims |= {name: clipped(claims[name], most=CODE_TEXT) for name in ("title", "name")}
    else:
        told = [{name: value for name, value in one.as_json().items() if value} for one in evidence]
        claims |= {"sub": person_id.urn, "description": did, "criteria": how, "evidence": told, "note": note}
    return {name: value for name, value in claims.items() if value}


def kind_metadata(*, name: str, names: Mapping[str, str], did: Mapping[str, str]) -> dict[str, Any]:
    """What a kind of proof means (type metadata of SD-JWT VC). `names` and `did` are {language: text}."""
    shown = [
        {"locale": language, "name": text, **({"description": did[language]} if did.get(language) else {})}
        for language, text in names.items()
        if text
    ]
    return {
        "vct": name,
        "name": shown[0]["name"],
        "display": shown,
        "claims": [{"path": [claim], "sd": "allowed"} for claim in HIDEABLE]
        + [{"path": [claim], "sd": "never"} for claim in ("title", "issuer_name", "description", "criteria")],
    }


def clipped(text: str, *, most: int) -> str:
    """The text in at most `most` bytes of UTF-8, with “…” where something is left out."""
    if len(text.encode()) <= most:
        return text
    return text.encode()[: most - len("…".encode())].decode(errors="ignore").rstrip() + "…"


def token_list_claims(*, url: str, issuer: str, values: Mapping[int, int], length: int, now: datetime) -> dict[str, Any]:
    """What a list as a token says. `url` is that of the list itself."""
    return {
        "iss": issuer,
        **token_status_list.build(
            list_url=token_url(list_url=url),
            values=values,
            size=TOKEN_BITS,
            length=length,
            issued_at=now,
            expires_at=now + STATUS_VALID,
            ttl_s=STATUS_TTL_MS // 1000,
        ),
    }


def place_values(*, cancelled: Iterable[int], paused: Iterable[int]) -> dict[int, int]:
    """What each place in a list as a token says. Cancelled comes before paused."""
    return dict.fromkeys(paused, token_status_list.SUSPENDED) | dict.fromkeys(cancelled, token_status_list.INVALID)


def keeps_every_cancel(*, old: bytes, new: bytes) -> bool:
    """Whether all that was cancelled in the bytes of an older list still is. Paused places may come and go."""
    low = int.from_bytes(b"\x55" * max(len(old), len(new)))
    before, after = (int.from_bytes(one) for one in (old, new))
    return not (before & ~(before >> 1)) & low & ~(after & ~(after >> 1))
