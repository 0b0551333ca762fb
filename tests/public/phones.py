"""Apps and browsers for the tests of asking a person's phone: real keys, real messages over the real addresses."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from django.test import Client
from django.utils import timezone

from credcore.codec import jose, strict_json
from credcore.keys import ecdsa, jwk
from credcore.oid4vc import requests, responses
from credcore.proofs import jose as jose_proof
from credcore.proofs import sd_jwt_making
from skillmark.rooms.credentials.models import Asking, Issued
from skillmark.rooms.credentials.operations.forms import sd_jwt_of
from tests.core.proofs import Answers

BASE = "http://testserver"
FORM = "application/x-www-form-urlencoded"
WHY = "To start on Monday"
THIEF = ecdsa.LocalSigner("P-256", 0x7E1F)


def ask(browser: Client, **said: str) -> Asking:
    page = browser.post("/check/phone", {"purpose": WHY, **said})
    assert page.status_code == 302, page.content.decode()
    return Asking.objects.get(id=page["Location"].split("/")[-1])


def link_of(browser: Client, asking: Asking) -> str:
    return str(browser.get(f"/check/phone/{asking.id}").context["link"])


def problem(asking: Asking) -> str:
    return str(Asking.objects.get(id=asking.id).problem)


class App:
    """Another app on somebody's phone: it reads the request as any app would, and answers with what it has."""

    def __init__(self, held: bytes, signer: Any) -> None:
        self.held, self.signer, self.http = held, signer, Client()

    def read(self, link: str) -> dict[str, Any]:
        said = dict(parse_qsl(urlsplit(link).query))
        body = self.http.post(urlsplit(said["request_uri"]).path, {"wallet_nonce": "w-1"})
        assert body["Content-Type"] == "application/oauth-authz-req+jwt"
        self.request = requests.read_signed(
            body.content, client_id=said["client_id"], now=timezone.now(), fetch=Answers(), wallet_nonce="w-1"
        )
        return jose.claims(jose.parse(body.content))

    def shown(self, **change: Any) -> str:
        presented = sd_jwt_making.present(self.held, shown=[("name",)])
        audience, nonce = self.request.client_id, self.request.nonce
        said = responses.binding(presented=presented, audience=audience, nonce=nonce, now=timezone.now()) | change
        token = jose_proof.sign(payload=strict_json.dumps(said), signer=self.signer, header={"typ": "kb+jwt"})
        return (presented + token).decode()

    def send(self, vp_token: Any = None) -> Any:
        body = responses.pack(self.request, vp_token=vp_token or {"selective": [self.shown()]})
        return self.post(dict(parse_qsl(body.decode())))

    def post(self, form: dict[str, str]) -> Any:
        return self.http.post(urlsplit(self.request.response_uri).path, urlencode(form), content_type=FORM)


def app_with(proof: Any) -> App:
    """An app that has been given a copy of a proof for its key."""
    signer = ecdsa.generate("P-256")
    issued = Issued.objects.select_related("version", "entry__list").get(id=proof.id)
    held = sd_jwt_of(
        issued=issued, form="sd-jwt", kind_url="urn:kind:forklift", holder=jwk.encode(signer.key), now=timezone.now()
    )  # fmt: skip
    return App(held, signer)
