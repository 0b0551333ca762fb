"""Other programs ask, my own page answers: in every format, nothing before the button, and hostile ones get a sentence."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.utils import timezone

from skillmark.desks import asking as desk
from skillmark.desks.checking import fetching
from skillmark.rooms.credentials import operations
from skillmark.rooms.credentials.models import Asking, Check, Held, IssuedForm
from skillmark.rooms.journal import queries as journal
from skillmark.rooms.records import operations as records
from skillmark.rooms.records.models import Consent
from tests.house.desks import own_page
from tests.public.phones import BASE, WHY, ask, link_of, problem

pytestmark = pytest.mark.django_db


def unsigned(response_uri: str, /, **change: str) -> str:
    query = json.dumps({"credentials": [{"id": "it", "format": "ldp_vc", "require_cryptographic_holder_binding": False}]})
    said = {
        "client_id": f"redirect_uri:{response_uri}", "response_type": "vp_token", "response_mode": "direct_post",
        "response_uri": response_uri, "nonce": "n-1", "dcql_query": query,
    }  # fmt: skip
    return "openid4vp://?" + urlencode(said | change)


def test_my_page_answers_a_firm_of_this_server(asker: Client, worker: Client, firm: Any) -> None:
    asking = ask(asker)
    link = link_of(asker, asking)
    assert link in worker.get("/w/answer", {"request": link}).context["form"].initial["request"]
    assert worker.post("/w/answer", {"request": link})["Location"] == "/w/answer/look"
    page = worker.get("/w/answer/look").content.decode()
    assert f"We checked that it is {firm.org.name}" in page and WHY in page and "Only these facts" in page
    assert "Rosa Delgado" in page and problem(asking) == "" and Asking.objects.get(id=asking.id).answered_at is None
    sent = worker.post("/w/answer/say", {"say": "yes"})
    assert sent["Location"].startswith(f"{BASE}/check/phone/{asking.id}?code="), sent.content.decode()
    page = asker.get(f"/check/phone/{asking.id}").content.decode()
    assert "The name is Rosa Delgado. Is that the person in front of you?" in page and "Looks good" in page
    (receipt,) = Consent.objects.all()
    assert receipt.kind == "answer"
    assert worker.get("/w/answer/look")["Location"] == "/w/answer", "it is answered once"
    assert IssuedForm.objects.exclude(holder="").count() == 1


@pytest.mark.parametrize("format", ["ldp_vc", "jwt_vc_json", "dc+sd-jwt"])
@pytest.mark.parametrize("encrypted", [True, False])
def test_my_page_answers_in_every_format(worker: Client, firm: Any, format: str, encrypted: bool) -> None:
    query = {"credentials": [{"id": "it", "format": format, "meta": {}}]}
    asking = operations.ask_phone(
        actor=firm.supervisor, purpose=WHY, query=query, base_url=BASE, session="", encrypted=encrypted, now=timezone.now()
    )  # fmt: skip
    assert worker.post("/w/answer", {"request": desk.link(asking=asking)}).status_code == 302
    sent = worker.post("/w/answer/say", {"say": "yes"})
    assert sent.status_code == 302, sent.content.decode()
    (kept,) = Check.objects.all()
    assert kept.verdict == "good" and kept.person == ("" if format == "dc+sd-jwt" else "Rosa Delgado")


def test_my_page_says_no(asker: Client, worker: Client) -> None:
    asking = ask(asker)
    worker.post("/w/answer", {"request": link_of(asker, asking)})
    assert worker.post("/w/answer/say", {"say": "no"})["Location"] == "/w"
    assert problem(asking) == "asking.refused" and not Consent.objects.exists()


def test_nothing_is_sent_before_the_button(asker: Client, worker: Client) -> None:
    asking = ask(asker)
    worker.post("/w/answer", {"request": link_of(asker, asking)})
    worker.get("/w/answer/look")
    assert not IssuedForm.objects.exclude(holder="").exists() and Asking.objects.get(id=asking.id).answered_at is None


def test_a_stranger_who_asks_is_shown_as_one(worker: Client) -> None:
    stranger = Client()
    asking = ask(stranger)
    worker.post("/w/answer", {"request": link_of(stranger, asking)})
    page = worker.get("/w/answer/look").content.decode()
    assert "We could not tie this to anybody we know" in page


def test_what_was_brought_as_a_file_cannot_be_bound_to_my_key(asker: Client, worker: Client, firm: Any) -> None:
    """A colleague's file on my page stays the colleague's."""
    Held.objects.update(issued=None)
    asking = ask(asker)
    worker.post("/w/answer", {"request": link_of(asker, asking)})
    page = worker.get("/w/answer/look").content.decode()
    assert "this proof cannot be shown like that" in page
    assert worker.post("/w/answer/say", {"say": "yes"}).status_code == 409
    assert not Check.objects.exists()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("hello", "This is no link"),
        ("openid4vp://?client_id=x509_san_dns:a.example&request=a.b.c", "signature is missing"),
        ("https://192.168.1.1/ask?client_id=a&request_uri=https://192.168.1.1/r", "leads to an address that we don’t open"),
        ("openid4vp://?client_id=a&request_uri=http://10.0.0.1/r", "leads to an address that we don’t open"),
        (unsigned("https://a.example/r", response_mode="fragment"), "in a way that this page does not know"),
        ("openid4vp://?client_id=x509_hash:abc&response_type=vp_token", "in a way that this page does not know"),
        ("openid4vp://?client_id=decentralized_identifier:did:key:z6Mk&response_type=vp_token", "signature is missing"),
        (BASE + "/w/more", "leads to an address that we don’t open"),
    ],
)  # fmt: skip
def test_hostile_links_are_refused_with_a_sentence(worker: Client, text: str, said: str) -> None:
    page = worker.post("/w/answer", {"request": text})
    assert page.status_code == 422 and said in page.content.decode()


@pytest.mark.parametrize(
    ("link", "said"),
    [
        (unsigned("https://127.0.0.1/take"), "leads to an address that we don’t open"),
        (unsigned("http://a.example/take"), "leads to an address that we don’t open"),
        (unsigned("https://a.example/take", response_uri="https://b.example/take"), "somebody else than who asks"),
        (unsigned("https://a.example/take", transaction_data='["e30"]'), "in a way that this page does not know"),
        (unsigned("https://a.example/take", dcql_query='{"credentials": []}'), "not written as it should be"),
    ],
)
def test_hostile_requests_are_refused_with_a_sentence(worker: Client, link: str, said: str) -> None:
    page = worker.post("/w/answer", {"request": link})
    assert page.status_code == 422 and said in page.content.decode()


def test_a_closed_page_answers_nothing(asker: Client) -> None:
    asking = ask(asker)
    for address in ("/w/answer", "/w/answer/look"):
        assert Client().get(address)["Location"] == "/w/open"
    assert Client().post("/w/answer/say", {"say": "yes"})["Location"] == "/w/open"
    assert Asking.objects.get(id=asking.id).answered_at is None


def test_the_question_waits_until_the_page_is_open(asker: Client, slip: tuple[str, str]) -> None:
    link = link_of(asker, ask(asker))
    phone = Client()
    phone.cookies["django_language"] = "en"
    assert phone.get("/w/answer", {"request": link})["Location"] == "/w/open"
    assert "The question waits" in phone.get("/w/open").content.decode()
    phone.post(f"/k/{slip[0]}/keep", {"pin": slip[1]})
    assert phone.get("/w/answer").context["form"].initial["request"] == link


def test_what_one_person_began_is_not_there_for_the_next_on_the_same_tablet(asker: Client, worker: Client) -> None:
    link = link_of(asker, ask(asker))
    worker.post("/w/answer", {"request": link})
    worker.post("/w/close")
    worker.get("/w/answer", {"request": link})
    worker.post("/w/close")
    somebody = own_page.empty_page("Luis Ortega")
    pin = "739204"
    worker.post("/w/open", {"code": records.choose_pin(actor=somebody, pin=pin, now=timezone.now()), "pin": pin})
    assert worker.get("/w/answer/look")["Location"] == "/w/answer"
    assert worker.get("/w/answer").context["form"].initial["request"] == ""


def test_another_proof_never_goes_in_place_of_the_one_that_was_picked(asker: Client, worker: Client, firm: Any) -> None:
    """It was let go of on another device while this page was open."""
    asking = ask(asker)
    worker.post("/w/answer", {"request": link_of(asker, asking)})
    (part,) = worker.get("/w/answer/look").context["asks"].parts
    name, value = f"pick-{part.id}", part.things[0].key
    assert f'name="{name}" value="{value}"' in worker.get("/w/answer/look").content.decode()
    for picked in ({name: "another"}, {"pick-another": value}):
        refused = worker.post("/w/answer/say", {"say": "yes", **picked})
        assert refused.status_code == 409
        assert "not on your page any more" in refused.content.decode()
    assert Asking.objects.get(id=asking.id).answered_at is None
    assert not Consent.objects.exists()
    worker.post("/w/answer/say", {"say": "yes", name: value})
    assert Asking.objects.get(id=asking.id).answered_at is not None


def test_the_giver_does_not_learn_that_a_proof_is_shown_elsewhere(worker: Client, proof: Any) -> None:
    """Who left may be looking for other work."""
    before = len(journal.history(org_id=proof.org_id, subject_id=proof.id))
    stranger = Client()
    worker.post("/w/answer", {"request": link_of(stranger, ask(stranger))})
    assert worker.post("/w/answer/say", {"say": "yes"}).status_code in (200, 302)
    assert IssuedForm.objects.exclude(holder="").count() == 1
    assert len(journal.history(org_id=proof.org_id, subject_id=proof.id)) == before
    assert journal.last(org_id=Held.objects.get().org_id, event="credentials.form.made") is not None


def test_the_request_is_asked_for_as_what_it_is(asker: Client, worker: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """(OpenID4VP 1.0, section 5.10) Some servers answer nothing to whoever wants plain JSON."""
    usual, wanted = fetching.for_apps, []

    def noted(*, now: Any) -> Any:
        fetch, post = usual(now=now)

        def noting(url: str, **how: Any) -> Any:
            wanted.append(how.get("accept"))
            return post(url, **how)

        return fetch, noting

    monkeypatch.setattr(fetching, "for_apps", noted)
    assert worker.post("/w/answer", {"request": link_of(asker, ask(asker))}).status_code == 302
    assert wanted == ["application/oauth-authz-req+jwt"]
