"""Ask a person's phone, over the real addresses, with real keys, as apps answer it. (trustworthy: verification rule 12)"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

import pytest
from django.test import Client
from django.utils import timezone

from credcore.codec import jose, strict_json
from credcore.issue import issue
from credcore.issue.securing import Making
from credcore.keys import ecdsa
from credcore.oid4vc import dcql, encryption, responses
from skillmark.desks import checking
from skillmark.rooms.credentials import operations, rules
from skillmark.rooms.credentials.models import Asking, Check, CheckedItem
from skillmark.rooms.people.models import Try
from skillmark.rooms.signing import operations as signing
from skillmark.rooms.signing import queries as keys
from skillmark.rooms.skills import operations as skills
from tests.public.phones import BASE, FORM, THIEF, WHY, App, ask, link_of, problem

pytestmark = pytest.mark.django_db


# ---- a firm asks ----


def test_an_app_answers_a_firm_and_the_answer_is_kept(asker: Client, app: App, firm: Any) -> None:
    asking = ask(asker)
    payload = app.read(link_of(asker, asking))
    assert payload["response_mode"] == "direct_post.jwt" and payload["purpose"] == WHY
    assert payload["client_metadata"]["client_name"] == firm.org.name
    answer = app.send()
    assert answer.status_code == 200, answer.content
    assert answer.json()["redirect_uri"].startswith(f"{BASE}/check/phone/{asking.id}?code=")
    page = asker.get(f"/check/phone/{asking.id}").content.decode()
    assert "The name is Rosa Delgado. Is that the person in front of you?" in page and "Looks good" in page
    (kept,) = Check.objects.filter(org=firm.org)
    assert kept.person == "Rosa Delgado" and kept.made_by_key == f"user:{firm.supervisor_user.pk}"
    assert Asking.objects.get(id=asking.id).items == [str(kept.id)] and not Asking.objects.get(id=asking.id).key


def test_the_page_waits_and_says_when_the_phone_has_read_it(asker: Client, app: App) -> None:
    asking = ask(asker)
    part = f"/check/phone/{asking.id}?part=wait"
    assert b"data-running" in asker.get(part).content and b"has read it" not in asker.get(part).content
    app.read(link_of(asker, asking))
    assert "Their phone has read it." in asker.get(part).content.decode()
    app.send()
    assert b"data-running" not in asker.get(part).content


def test_the_request_can_be_fetched_with_get(asker: Client) -> None:
    asking = ask(asker)
    body = Client().get(f"/oid4vp/{asking.id}/request")
    assert "wallet_nonce" not in jose.claims(jose.parse(body.content)) and body["Cache-Control"] == "no-store"


def test_one_address_says_how_to_answer(asker: Client, worker: Client, firm: Any) -> None:
    """The interaction URL of VCALM: programs get the link, and my own page takes it, too."""
    asking = ask(asker)
    address = f"/interactions/ask/{asking.id}?iuv=1"
    said = Client(headers={"Accept": "application/json"}).get(address).json()
    assert said == {"protocols": {"OID4VP": link_of(asker, asking)}}
    assert worker.post("/w/answer", {"request": BASE + address})["Location"] == "/w/answer/look"
    asker.post(f"/check/phone/{asking.id}/stop")
    assert Client(headers={"Accept": "application/json"}).get(address).status_code == 404


def test_a_named_skill_is_asked_for_by_its_names(asker: Client, firm: Any, app: App) -> None:
    item = skills.add_item(
        actor=firm.owner, kind="skill", names={"en": "Welding"}, starts=timezone.localdate(), now=timezone.now()
    )
    asking = ask(asker, what=str(item.id))
    app.read(link_of(asker, asking))
    assert app.send().json()["error_description"] == "dcql.claims"


def test_no_is_said_plainly(asker: Client, app: App) -> None:
    asking = ask(asker)
    app.read(link_of(asker, asking))
    body = dict(parse_qsl(responses.refusal(app.request).decode()))
    assert app.post(body).status_code == 200
    assert "They said no" in asker.get(f"/check/phone/{asking.id}").content.decode()
    assert not Check.objects.exists()


def test_stop(asker: Client, app: App) -> None:
    asking = ask(asker)
    app.read(link_of(asker, asking))
    assert asker.post(f"/check/phone/{asking.id}/stop").status_code == 302
    assert "You stopped waiting" in asker.get(f"/check/phone/{asking.id}").content.decode()
    assert app.send().json()["error_description"] == "asking.over"


def test_a_question_needs_a_reason(asker: Client) -> None:
    page = asker.post("/check/phone", {"purpose": ""})
    assert page.status_code == 422 and "Say why you ask" in page.content.decode()
    assert not Asking.objects.exists()


# ---- what is no answer to this question ----


def refused(app: App, code: str, asking: Asking, **send: Any) -> None:
    answer = app.send(**send)
    assert (answer.status_code, answer.json()) == (400, {"error": "invalid_request", "error_description": code})
    assert problem(asking) == code and not Check.objects.exists()


def test_an_answer_counts_once(asker: Client, app: App) -> None:
    asking = ask(asker)
    app.read(link_of(asker, asking))
    assert app.send().status_code == 200
    assert app.send().json()["error_description"] == "asking.over"
    assert Check.objects.count() == 1
    assert Client().get(f"/oid4vp/{asking.id}/request").json()["error_description"] == "asking.over"


def test_an_answer_to_another_question_is_refused(asker: Client, app: App) -> None:
    first, second = ask(asker), ask(asker)
    app.read(link_of(asker, first))
    stolen = app.shown()
    app.read(link_of(asker, second))
    refused(app, "oid4vp.holder", second, vp_token={"selective": [stolen]})
    assert app.send().status_code == 200, "and the right one still counts"


@pytest.mark.parametrize(
    "change", [{"nonce": "another"}, {"aud": "decentralized_identifier:did:web:evil.example"}, {"aud": ["x"]}, {"iat": 1}]
)
def test_what_was_signed_for_something_else_is_refused(asker: Client, app: App, change: Any) -> None:
    asking = ask(asker)
    app.read(link_of(asker, asking))
    refused(app, "oid4vp.holder", asking, vp_token={"selective": [app.shown(**change)]})
    assert "made for this question" in asker.get(f"/check/phone/{asking.id}").content.decode()


def test_another_key_is_refused(asker: Client, app: App) -> None:
    asking = ask(asker)
    app.read(link_of(asker, asking))
    app.signer = THIEF
    refused(app, "oid4vp.holder", asking)


def test_ids_that_nobody_asked_for_are_refused(asker: Client, app: App) -> None:
    asking = ask(asker)
    app.read(link_of(asker, asking))
    refused(app, "dcql.not_asked", asking, vp_token={"selective": [app.shown()], "more": [app.shown()]})


def test_another_state_is_refused(asker: Client, app: App) -> None:
    asking = ask(asker)
    app.read(link_of(asker, asking))
    app.request = replace(app.request, state="another")
    refused(app, "oid4vp.state", asking)


def test_an_open_answer_to_an_encrypted_question_is_refused(asker: Client, app: App) -> None:
    asking = ask(asker)
    app.read(link_of(asker, asking))
    answer = app.post({"vp_token": json.dumps({"selective": [app.shown()]}), "state": app.request.state})
    assert answer.json()["error_description"] == "oid4vp.not_encrypted"
    assert not Check.objects.exists()


def test_too_late(asker: Client, app: App) -> None:
    asking = ask(asker)
    app.read(link_of(asker, asking))
    Asking.objects.filter(id=asking.id).update(expires_at=timezone.now())
    assert app.send().json()["error_description"] == "asking.over"
    assert "Nobody answered in time" in asker.get(f"/check/phone/{asking.id}").content.decode()


def test_after_ten_wrong_answers_the_question_rests(asker: Client, app: App) -> None:
    asking = ask(asker)
    app.read(link_of(asker, asking))
    for _ in range(10):
        assert app.send(vp_token={"more": [app.shown()]}).status_code == 400
    last = app.send(vp_token={"more": [app.shown()]})
    assert last.status_code == 429 and last["Retry-After"]
    assert app.send().status_code == 200, "an honest answer is never locked out"
    assert Try.objects.exists()


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"", FORM, 415),
        (b"a=b", FORM, 400),
        (b"{}", "application/json", 415),
        (b"vp_token=a&vp_token=b", FORM, 400),
        (b"response=" + b"a" * 1_000_001, FORM, 413),
        (b"response=%FF%00", FORM, 400),
    ],
)
def test_rubbish(asker: Client, body: bytes, kind: str, status: int) -> None:
    asking = ask(asker)
    answer = Client().post(f"/oid4vp/{asking.id}/response", body, content_type=kind)
    assert answer.status_code == status and "error" in answer.json()


def test_what_is_not_there_is_not_there(client: Client) -> None:
    nobody = "00000000-0000-4000-8000-000000000000"
    assert client.get(f"/oid4vp/{nobody}/request").status_code == 404
    assert client.post(f"/oid4vp/{nobody}/response", "a=b", content_type=FORM).status_code == 404
    assert client.get(f"/check/phone/{nobody}").status_code == 404


# ---- whose answer it is ----


def test_only_the_browser_that_asked_and_the_firm_see_the_answer(asker: Client, app: App, other_firm: Any, firm: Any) -> None:
    asking = ask(asker)
    app.read(link_of(asker, asking))
    code = parse_qs(urlsplit(app.send().json()["redirect_uri"]).query)["code"][0]
    elsewhere = Client()
    elsewhere.cookies["django_language"] = "en"
    page = elsewhere.get(f"/check/phone/{asking.id}", {"code": code}).content.decode()
    assert "Your answer has been passed on" in page and "Rosa" not in page
    assert elsewhere.get(f"/check/phone/{asking.id}").status_code == 404
    outsider = Client()
    outsider.force_login(other_firm.owner_user)
    assert outsider.get(f"/check/phone/{asking.id}").status_code == 404
    assert outsider.post(f"/check/phone/{asking.id}/stop").status_code == 404
    owner = Client()
    owner.force_login(firm.owner_user)
    assert owner.get(f"/check/phone/{asking.id}").status_code == 200
    # The code leads the same browser back, once, and without it in the address.
    assert asker.get(f"/check/phone/{asking.id}", {"code": code})["Location"] == f"/check/phone/{asking.id}"
    row = Asking.objects.get(id=asking.id)
    assert row.taken_at is not None and not operations.use_response_code(asking=row, code=code, now=timezone.now())


def test_a_stranger_asks_in_nobodys_name_and_nothing_is_kept(app: App, firm: Any) -> None:
    stranger = Client()
    stranger.cookies["django_language"] = "en"
    asking = ask(stranger)
    payload = app.read(link_of(stranger, asking))
    assert "client_name" not in payload["client_metadata"]
    assert keys.firm_of_asker(did=payload["client_id"].partition(":")[2]) is None
    assert app.send().status_code == 200
    page = stranger.get(f"/check/phone/{asking.id}").content.decode()
    assert "The name is Rosa Delgado." in page and "Nothing you gave us was kept" in page
    assert not Check.objects.exists() and not CheckedItem.objects.exists()
    assert b"Rosa" not in bytes(Asking.objects.get(id=asking.id).key), "what waits for the page lies closed"
    owner = Client()
    owner.force_login(firm.owner_user)
    assert owner.get(f"/check/phone/{asking.id}").status_code == 404, "it is not the firm's"
    assert operations.drop_askings(now=timezone.now() + timedelta(minutes=11)) == 1
    assert stranger.get(f"/check/phone/{asking.id}").status_code == 404


def test_with_an_address_of_its_own_the_firm_asks_under_it(asker: Client, app: App, firm: Any) -> None:
    firm.org.base_url = "https://proofs.tallgrass.example"
    firm.org.save()
    asking = ask(asker)
    body = Client().get(f"/oid4vp/{asking.id}/request").content
    jws = jose.parse(body)
    claims = jose.claims(jws)
    did = f"did:web:proofs.tallgrass.example:o:{firm.org.id}"
    assert claims["client_id"] == f"decentralized_identifier:{did}"
    assert claims["response_uri"] == f"https://proofs.tallgrass.example/oid4vp/{asking.id}/response"
    document = keys.did_document(org_id=firm.org.id)
    assert jws.header["kid"] in document["authentication"] and jws.header["kid"] not in document["assertionMethod"]
    assert keys.firm_of_asker(did=did) == firm.org.id


def test_a_proof_signed_with_the_asking_key_is_not_the_firms(asker: Client, firm: Any, proof: Any) -> None:
    """The key that shows who asks gives no proofs, although it stands in the firm's key document."""
    firm.org.base_url = "https://proofs.tallgrass.example"
    firm.org.save()
    now = timezone.now()
    who = signing.asker(org_id=firm.org.id, now=now)
    number = int.from_bytes(signing.party_secret(org_id=firm.org.id, now=now), "big")
    signer = ecdsa.LocalSigner("P-256", number, who.verification_method)
    forged = json.loads(bytes(proof.document))
    forged.pop("proof")
    forged["issuer"]["id"] = who.did
    made = issue(forged, signer=signer, now=now, making=Making(suite="ecdsa-rdfc-2019"))
    (report,) = checking.check_bytes(data=strict_json.dumps(made), name="", now=now, org_id=None)
    assert report.verdict.value != "good" and report.finding("proof").outcome.value != "passed"
    forged["issuer"]["id"] = signing.party(org_id=firm.org.id, now=now).did
    bare = ecdsa.LocalSigner("P-256", number)
    made = issue(forged, signer=bare, now=now, making=Making(suite="ecdsa-rdfc-2019"))
    (report,) = checking.check_bytes(data=strict_json.dumps(made), name="", now=now, org_id=None)
    assert report.verdict.value != "good", "nobody knows this giver"


def test_our_own_query_asks_for_what_it_says() -> None:
    read = dcql.parse(rules.asking.query(names=["Forklift", "Montacargas"]))
    assert all(one.bound for one in read.wanted)
    assert [one.format for one in read.wanted] == [dcql.SD_JWT, dcql.LDP, dcql.JWT]
    assert dcql.parse(rules.asking.query()).combinations[0].options[0] == ("selective",)


def test_every_question_has_a_key_of_its_own(asker: Client, app: App) -> None:
    found = set()
    for _ in range(2):
        payload = app.read(link_of(asker, ask(asker)))
        key, enc = encryption.choose(payload["client_metadata"]["jwks"], encodings=["A128GCM"])
        found |= {key["x"], payload["nonce"], payload["state"]}
        assert enc == "A128GCM" and "d" not in key
    assert len(found) == 6
