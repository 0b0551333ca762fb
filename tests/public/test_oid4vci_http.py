"""The addresses for other apps, as programs meet them: in browsers, in the wrong words, too often. (OpenID4VCI 1.0; VCALM)"""

from __future__ import annotations

import json
import random
import uuid
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

from credcore.oid4vc.offers import PRE_AUTHORIZED
from skillmark.edges.public import door
from tests.cast import Firm
from tests.public.other_app import FORM, OtherApp

pytestmark = pytest.mark.django_db


def test_interaction_addresses(made: Any, client: Client) -> None:
    told = OtherApp().get(made.address)
    assert told.json() == {"protocols": {"OID4VCI": made.link}}
    assert told.headers["Access-Control-Allow-Origin"] == "*"
    assert "Accept" in told.headers["Vary"]
    path = made.address.partition("/interactions")[2]
    page = client.get(f"/interactions{path}", headers={"accept": "text/html"}).content.decode()
    assert "openid-credential-offer://?credential_offer_uri=" in page
    assert made.digits not in page
    assert "Rosa" not in page
    for wrong in (f"/interactions/offer/{uuid.uuid4()}?iuv=1", f"/interactions/other{path[len('/offer') :]}"):
        assert client.get(wrong, headers={"accept": "application/json"}).status_code == 404


def test_authorization_details_are_told_back(made: Any) -> None:
    app = OtherApp()
    offer = app.offer(made.link)
    kind = offer["credential_configuration_ids"][0]
    details = json.dumps([{"type": "openid_credential", "credential_configuration_id": kind}])
    code = offer["grants"][PRE_AUTHORIZED]["pre-authorized_code"]
    said = {"grant_type": PRE_AUTHORIZED, "pre-authorized_code": code, "tx_code": made.digits}
    said |= {"authorization_details": details}
    path = offer["credential_issuer"].partition("/oid4vci/")[2]
    answer = app.client.post(f"/oid4vci/{path}/token", urlencode(said), content_type=FORM).json()
    (told,) = answer["authorization_details"]
    assert told["credential_identifiers"] == [kind]
    issuer = offer["credential_issuer"]
    body = {"credential_identifier": kind, "proofs": {"jwt": [app.proof(issuer, app.nonce(issuer))]}}
    given = app.client.post(
        f"/oid4vci/{path}/credential", json.dumps(body), content_type="application/json",
        headers={"authorization": f"Bearer {answer['access_token']}"},
    )  # fmt: skip
    assert given.status_code == 200


def test_programs_in_browsers_may_ask(firm: Firm, client: Client) -> None:
    for path in ("token", "nonce", "credential"):
        answer = client.options(f"/oid4vci/{firm.org.id}/{path}")
        assert answer.status_code == 204
        assert "POST" in answer.headers["Access-Control-Allow-Methods"]
        assert "Authorization" in answer.headers["Access-Control-Allow-Headers"]
        assert client.get(f"/oid4vci/{firm.org.id}/{path}").status_code == 405
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(f"/oid4vci/{firm.org.id}/nonce").status_code == 200


def test_no_input_breaks_it(firm: Firm, made: Any) -> None:
    """Never a page, a stack trace or a 5xx: an error as JSON, whatever arrives."""
    dice = random.Random(11)
    client = Client(raise_request_exception=True)
    app = OtherApp(client)
    offer = app.offer(made.link)
    token = app.token(offer, made.digits).json()["access_token"]
    issuer = offer["credential_issuer"]
    good = json.dumps({
        "credential_configuration_id": offer["credential_configuration_ids"][0],
        "proofs": {"jwt": [app.proof(issuer, app.nonce(issuer))]},
    })  # fmt: skip
    form = urlencode({"grant_type": PRE_AUTHORIZED, "pre-authorized_code": "x" * 40, "tx_code": "123456"})
    types = ("application/json", FORM, "text/plain", "multipart/form-data", "application/json; charset=x", "", "é")
    for turn in range(120):
        path, body = ("credential", good) if turn % 2 else ("token", form)
        damaged = bytearray(body.encode())
        for _ in range(dice.randint(0, 5)):
            damaged[dice.randrange(len(damaged))] = dice.choice(b'\x00\xff"{}[],:%&=\\0naZ')
        bearer = dice.choice([token, "x", "", "é", "a b"])
        answer = client.generic(
            "POST", f"/oid4vci/{firm.org.id}/{path}", bytes(damaged), content_type=dice.choice(types),
            headers={"authorization": f"Bearer {bearer}"},
        )  # fmt: skip
        assert answer.status_code in (200, 400, 401), answer.content
        assert answer.headers["Content-Type"] == "application/json"
        answer.json()
    large = client.generic("POST", f"/oid4vci/{firm.org.id}/token", b"x" * 300_000, content_type=FORM)
    assert large.status_code == 413


def test_too_many_requests(firm: Firm, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(door.LIMITS, "program", 2)
    answers = [client.post(f"/oid4vci/{firm.org.id}/nonce") for _ in range(3)]
    assert [one.status_code for one in answers] == [200, 200, 429]
    assert answers[2].headers["Retry-After"] == "600"
