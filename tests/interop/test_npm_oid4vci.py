"""@openid4vc/openid4vci: its wallet takes our offers from a running server, its issuer's offers are taken by our page."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from credcore.errors import UnavailableError
from credcore.issue import Claims, issue_jwt, issue_sd_jwt
from credcore.keys import multikey
from credcore.keys.ecdsa import LocalSigner, generate
from credcore.keys.public import P256
from credcore.oid4vc import key_proofs
from credcore.ports import Fetched, FetchKind, Posted
from skillmark.desks import checking
from skillmark.desks.checking import fetching
from skillmark.rooms.credentials import operations, queries
from skillmark.rooms.credentials.models import AppOffer, Held
from skillmark.rooms.signing import queries as signing
from tests.public.given import give
from tests.public.other_giver import KINDS, OtherGiver, badge

from .node_side import Giver, OtherSide, Refused

BASE = "https://apps.tallgrass.example"
APP_SIGNER = LocalSigner(P256, 0xA99)
APP = Giver(APP_SIGNER, APP_SIGNER.private_number.to_bytes(32, "big"))


@pytest.fixture
def running(live_server: Any, settings: Any, firm: Any) -> dict[str, Any]:
    """Our server, at an https address that the wallet's way out leads to it."""
    settings.BASE_URL = BASE
    return {"from": BASE, "to": live_server.url}


def offered(firm: Any, proof: Any) -> tuple[str, str]:
    made, digits = operations.offer_to_app(actor=firm.owner, issued_id=proof.id, now=timezone.now())
    return queries.app_links(offer_id=made.id, now=timezone.now())[0], digits


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("binding", ["jwk", "did"])
@pytest.mark.parametrize("form", ["ldp_vc", "jwt_vc_json", "dc+sd-jwt"])
def test_their_wallet_takes_our_offer(other: OtherSide, running: dict[str, Any], firm: Any, form: str, binding: str) -> None:
    proof = give(firm=firm)
    link, digits = offered(firm, proof)
    request = {"link": link, "key": APP.key["jwk"], "live": running, "format": form, "binding": binding}
    wrong = f"{(int(digits) + 1) % 1_000_000:06}"
    with pytest.raises(Refused):
        other.ask("vci-take", txCode=wrong, **request)
    assert AppOffer.objects.get().tries == 1
    told = other.ask("vci-take", txCode=digits, **request)
    assert told["version"] == "V1"
    assert told["tx"] == {"input_mode": "numeric", "length": 6}
    assert len(told["known"]) == 3
    (one,) = told["credentials"]
    body = json.dumps(one["credential"]).encode() if form == "ldp_vc" else one["credential"].encode()
    (report,) = checking.check_bytes(data=body, name="", now=timezone.now(), org_id=None)
    assert report.verdict == "good", report.findings
    assert_foreign(other, form, one["credential"], proof, firm)
    with pytest.raises(Refused):
        other.ask("vci-take", txCode=digits, **request)


def assert_foreign(other: OtherSide, form: str, credential: Any, proof: Any, firm: Any) -> None:
    """Another library checks what the wallet got, with our lists and our key as it would find them."""
    now = datetime.now(UTC).isoformat()
    public = multikey.decode(signing.issuer(org_id=firm.org.id).key_multibase)
    giver = {"id": signing.issuer(org_id=firm.org.id).verification_method, "jwk": key_of(public)}
    if form == "ldp_vc":
        urls = [one["statusListCredential"] for one in proof.payload["credentialStatus"]]
        lists = {url: json.loads(queries.answer_own(url=url, now=timezone.now()) or b"{}") for url in urls}
        other.ask("learn", documents=lists)
        assert other.ask("verify", credential=credential, now=now) is True
    elif form == "jwt_vc_json":
        said = other.ask("jws-verify", token=credential, key=giver, typ="vc+jwt", now=now)
        assert said["credentialSubject"]["id"].startswith("did:jwk:")
    else:
        url = f"{proof.payload['credentialStatus'][0]['statusListCredential']}/token"
        token = (queries.answer_own(url=url, now=timezone.now()) or b"").decode()
        other.ask("learn", documents={url: token})
        said = other.ask("sdjwt-verify", token=credential, key=giver, listKey=giver, now=now)
        assert said["payload"]["cnf"]["jwk"] == APP.jwk


def key_of(public: Any) -> dict[str, Any]:
    from credcore.keys import jwk

    return jwk.encode(public)


# ---- Their issuer, our page ----

ISSUER = generate(P256)
SHOP = Giver(ISSUER, ISSUER.private_number.to_bytes(32, "big"))
CONFIGURATIONS = {
    "weld": {
        "format": "dc+sd-jwt", "vct": KINDS["weld"].vct, "cryptographic_binding_methods_supported": ["jwk"],
        "credential_signing_alg_values_supported": ["ES256"],
        "proof_types_supported": {"jwt": {"proof_signing_alg_values_supported": ["ES256"]}},
        "credential_metadata": {"display": [{"name": "Welding course", "locale": "en-US"}]},
    },
    "badge": {
        "format": "jwt_vc_json", "cryptographic_binding_methods_supported": ["did:jwk"],
        "credential_definition": {"type": ["VerifiableCredential", "OpenBadgeCredential"]},
        "credential_signing_alg_values_supported": ["ES256"],
        "proof_types_supported": {"jwt": {"proof_signing_alg_values_supported": ["ES256"]}},
        "credential_metadata": {"display": [{"name": "Safety badge", "locale": "en-US"}]},
    },
}  # fmt: skip


class Shop:
    """Our ways out, bridged to their issuer."""

    def __init__(self, other: OtherSide) -> None:
        self.other = other

    def ways(self, *, now: Any) -> tuple[Any, Any]:
        return self.fetch, self.post

    def fetch(self, url: str, *, kind: FetchKind) -> Fetched:
        answer = self.other.ask("vci-answer", url=url)
        if answer["status"] != 200:
            raise UnavailableError("fetch.status", str(answer["status"]))
        return Fetched(url, json.dumps(answer["body"]).encode(), "application/json", timezone.now())

    def post(self, url: str, *, body: bytes, media_type: str, bearer: str = "") -> Posted:
        answer = self.other.ask("vci-answer", url=url, body=body.decode(), mediaType=media_type, bearer=bearer)
        said = answer["body"]
        if "made" in said:
            credential = self._made(said["made"], said["holder"])
            said = self.other.ask("vci-response", credential=credential)
        return Posted(answer["status"], json.dumps(said).encode(), "application/json")

    def _made(self, kind: str, holder: dict[str, Any]) -> str:
        start = timezone.now().replace(microsecond=0)
        if kind == "weld":
            said = {
                "iss": ISSUER.did, "vct": KINDS[kind].vct, "jti": "urn:uuid:4d1c1a0e-0000-4000-8000-000000000001",
                "name": "Rosa Delgado", "title": "Welding course", "iat": int(start.timestamp()),
            }  # fmt: skip
            return issue_sd_jwt(Claims(said, holder=holder), signer=ISSUER, now=timezone.now()).decode()
        from credcore.keys import jwk

        did = key_proofs.did_jwk(jwk.decode(holder))
        return issue_jwt(badge(OtherGiver(signer=ISSUER), did, start.isoformat()), signer=ISSUER, now=timezone.now()).decode()


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["weld", "badge"])
def test_our_page_takes_their_offer(
    other: OtherSide, client: Client, firm: Any, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    proof = give(firm=firm)
    _, code, pin = operations.offer(actor=firm.owner, issued_id=proof.id, way="slip", now=timezone.now())
    client.post(f"/k/{code}/keep", {"pin": pin})
    client.cookies["django_language"] = "en"
    monkeypatch.setattr(fetching, "for_apps", Shop(other).ways)
    link = other.ask(
        "vci-offer", key=SHOP.key["jwk"], configurations={kind: CONFIGURATIONS[kind]}, code="code-of-the-school", txCode="4711"
    )
    assert link.startswith("openid-credential-offer://")
    looked = client.post("/w/offer", {"offer": link})
    assert looked.status_code == 200, looked.context["form"].errors
    assert "The school" in looked.content.decode()
    state = looked.context["form"].initial["state"]
    wrong = client.post("/w/offer/take", {"state": state, "number": "0000"})
    assert "number isn’t right" in wrong.content.decode()
    came = client.post("/w/offer/take", {"state": state, "number": "4711"})
    assert "Kept on your page" in came.content.decode(), came.content.decode()
    kept = Held.objects.get(source="offer")
    assert kept.title == {"weld": "Welding course", "badge": "Safety badge"}[kind]
