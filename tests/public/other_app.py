"""Somebody else's app, as small as can be: it follows the protocol with a key of its own, through a test client."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from django.test import Client

from credcore.codec import strict_json
from credcore.keys import ecdsa, jwk
from credcore.keys.public import P256
from credcore.oid4vc import key_proofs
from credcore.oid4vc.offers import PRE_AUTHORIZED
from credcore.proofs import jose

FORM = "application/x-www-form-urlencoded"


@dataclass
class OtherApp:
    """`binding` is how it names its key: `jwk`, `did:key` or `did:jwk`."""

    client: Client = field(default_factory=Client)
    key: Any = field(default_factory=lambda: ecdsa.generate(P256))
    binding: str = "jwk"

    def get(self, url: str) -> Any:
        return self.client.get(_path(url), headers={"accept": "application/json"})

    def offer(self, link: str) -> dict[str, Any]:
        """What the link of a QR leads to."""
        (uri,) = parse_qs(urlsplit(link).query)["credential_offer_uri"]
        answer = self.get(uri)
        return answer.json() if answer.status_code == 200 else {}

    def token(self, offer: dict[str, Any], number: str) -> Any:
        code = offer["grants"][PRE_AUTHORIZED]["pre-authorized_code"]
        said = {"grant_type": PRE_AUTHORIZED, "pre-authorized_code": code} | ({"tx_code": number} if number else {})
        return self.client.post(f"{_path(offer['credential_issuer'])}/token", urlencode(said), content_type=FORM)

    def nonce(self, issuer: str) -> str:
        return str(self.client.post(f"{_path(issuer)}/nonce").json()["c_nonce"])

    def proof(self, issuer: str, nonce: str, *, header: dict[str, Any] | None = None, **claims: Any) -> str:
        """A proof of this app's key; `header` and `claims` are put over what is right."""
        named: dict[str, dict[str, Any]] = {
            "jwk": {"jwk": jwk.encode(self.key.key)},
            "did:key": {"kid": self.key.verification_method},
            "did:jwk": {"kid": f"{key_proofs.did_jwk(self.key.key)}#0"},
        }
        said = {"aud": issuer, "iat": int(datetime.now(UTC).timestamp()), "nonce": nonce} | claims
        full = {"typ": key_proofs.TYPE} | named[self.binding] | (header or {})
        return jose.sign(payload=strict_json.dumps(said), signer=self.key, header=full).decode()

    def credential(self, offer: dict[str, Any], token: str, *, format: str = "ldp_vc", proof: str = "") -> Any:
        issuer = offer["credential_issuer"]
        (kind,) = (one for one in offer["credential_configuration_ids"] if one.endswith(f".{format}"))
        body = {
            "credential_configuration_id": kind,
            "proofs": {"jwt": [proof or self.proof(issuer, self.nonce(issuer))]},
        }
        return self.client.post(
            f"{_path(issuer)}/credential", json.dumps(body), content_type="application/json", headers=_bearer(token)
        )


def _bearer(token: str) -> dict[str, str]:
    return {"authorization": f"Bearer {token}"}


def _path(url: str) -> str:
    parts = urlsplit(url)
    return parts.path + (f"?{parts.query}" if parts.query else "")


def make_code(client: Client, mine: Any) -> Any:
    """Press the button: what the page shows."""
    page = client.post(f"/w/{mine.id}/app")
    assert page.status_code == 200, page.content.decode()
    return page.context["made"]


def error_of(answer: Any) -> str:
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    return str(answer.json()["error"])
