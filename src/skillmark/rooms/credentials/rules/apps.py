"""Proofs that go into another app: names, codes, numbers to sign, and what a copy for one key says. Pure. (OpenID4VCI 1.0)"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from credcore.oid4vc.issuer_metadata import FORMATS, JWT_VC_JSON, LDP_VC, SD_JWT_VC
from skillmark.rooms.credentials.rules.forms import JWT, SD_JWT

APP_OFFER_LASTS: Final = timedelta(minutes=10)
APP_TOKEN_LASTS: Final = timedelta(minutes=10)
APP_NONCE_LASTS: Final = timedelta(minutes=5)

LDP: Final = "ldp"
APP_FORMS: Final = {LDP_VC: LDP, JWT_VC_JSON: JWT, SD_JWT_VC: SD_JWT}
"""The three formats, each with the name under which a copy is kept."""

_SIGNATURE = 22  # letters of base64url for 128 bits


def app_issuer(*, base_url: str, org_id: UUID) -> str:
    """The identifier under which a firm offers proofs to apps; its addresses lie below it."""
    return f"{base_url}/oid4vci/{org_id}"


def configuration_id(*, template_id: UUID, format: str) -> str:
    """The name of a kind of proof in one format."""
    return f"{template_id}.{format}"


def configuration_ids(*, template_id: UUID) -> tuple[str, ...]:
    """The same for every format, the fullest first."""
    return tuple(configuration_id(template_id=template_id, format=one) for one in FORMATS)


def format_of(*, configuration: str, template_id: UUID) -> str | None:
    """The format that a name means for this kind of proof; None when it means none, or another kind."""
    kind, _, format_ = configuration.partition(".")
    return format_ if kind == str(template_id) and format_ in APP_FORMS else None


def secret_hash(text: str, *, key: str, purpose: str) -> str:
    """How a code or token is looked up: its keyed SHA-256 in hexadecimal."""
    return hmac.new(key.encode(), f"{purpose}:{text}".encode(), hashlib.sha256).hexdigest()


def app_code(*, offer_id: UUID, key: str) -> str:
    """The code of an offer. It follows from its number and the server's secret, so that no table holds it."""
    return secret_hash(str(offer_id), key=key, purpose="credentials.app_code")


def make_nonce(*, org_id: UUID, key: str, now: datetime) -> str:
    """A number for an app to sign. It says itself until when and for whom it is good, so asking for one stores nothing."""
    body = f"{int((now + APP_NONCE_LASTS).timestamp())}.{secrets.token_urlsafe(16)}"
    return f"{body}.{_sealed(body, org_id, key)}"


def nonce_until(*, nonce: str, org_id: UUID, key: str, now: datetime) -> datetime | None:
    """Until when a number of ours is good; None: it is not ours, or not good any more."""
    body, _, seal = nonce.rpartition(".")
    if not nonce.isascii() or not hmac.compare_digest(seal, _sealed(body, org_id, key)):
        return None
    until = datetime.fromtimestamp(int(body.partition(".")[0]), tz=UTC)
    return until if now < until else None


def bound_to(*, payload: Mapping[str, Any], did: str) -> dict[str, Any]:
    """The unsigned proof about whoever has the key of `did`; all else stays as it was given."""
    return {**payload, "credentialSubject": {**payload["credentialSubject"], "id": did}}


def _sealed(body: str, org_id: UUID, key: str) -> str:
    mac = hmac.new(key.encode(), f"credentials.app_nonce:{org_id}:{body}".encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(mac).decode()[:_SIGNATURE]
