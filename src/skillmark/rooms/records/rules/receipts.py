"""The receipt that a person keeps of what they agreed to: which words stand in it. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

TYPE = "consent-receipt+jwt"
"""The `typ` of a receipt, a compact JWS signed with the person's own key (docs/reference/consent-receipts.md)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """What a person agreed to: to show `facts` `to_whom`, what for, until when, and the words that they read."""

    kind: str
    to_whom: str
    purpose: str
    facts: tuple[str, ...]
    wording: str
    language: str
    given_at: datetime
    until: datetime | None


def header(*, verification_method: str) -> dict[str, Any]:
    """The protected header without `alg`."""
    return {"typ": TYPE, "kid": verification_method}


def payload(*, agreed: Agreed, receipt_id: UUID, did: str, person: str) -> dict[str, Any]:
    """What is signed. `did` is under which key the person shows; the receipt is by them and about them."""
    said: dict[str, Any] = {
        "jti": receipt_id.urn,
        "iss": did,
        "sub": did,
        "iat": int(agreed.given_at.timestamp()),
        "name": person,
        "kind": agreed.kind,
        "to": agreed.to_whom,
        "purpose": agreed.purpose,
        "fields": list(agreed.facts),
        "wording": agreed.wording,
        "language": agreed.language,
    }
    return said if agreed.until is None else said | {"until": _moment(agreed.until)}


def read(claims: dict[str, Any]) -> Agreed:
    """What a receipt says, out of its claims."""
    until = claims.get("until")
    fields: Sequence[str] = claims["fields"]
    return Agreed(
        kind=claims["kind"], to_whom=claims["to"], purpose=claims["purpose"], facts=tuple(fields), wording=claims["wording"],
        language=claims["language"], given_at=datetime.fromtimestamp(claims["iat"], UTC),
        until=datetime.fromisoformat(until) if until else None,
    )  # fmt: skip


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
