"""Proofs that were given: list, one of them, hand over, slip, cancel; the outsider gets 404 everywhere."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from skillmark.rooms.credentials import operations, queries
from tests.public.given import give

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(client: Client, firm: Any) -> Client:
    client.force_login(firm.owner_user)
    return client


@pytest.fixture
def proof(firm: Any) -> Any:
    return give(firm=firm)


def test_an_empty_list_says_what_to_do(owner: Client) -> None:
    assert "The first proof takes about three minutes." in owner.get("/proofs").content.decode()


def test_search_and_states(owner: Client, firm: Any, proof: Any) -> None:
    cancelled = give(firm=firm, key="harness")
    operations.cancel(actor=firm.owner, issued_id=cancelled.id, reason="Given by mistake", now=timezone.now())
    page = owner.get("/proofs").content.decode()
    assert "2 proofs" in page
    assert "Waiting to be kept 1" in page
    assert "Cancelled 1" in page
    assert str(cancelled.id) not in owner.get("/proofs?state=waiting").content.decode()
    assert str(cancelled.id) in owner.get("/proofs?state=cancelled").content.decode()
    assert "1 proof" in owner.get("/proofs?q=montacargas").content.decode()
    nobody = owner.get("/proofs", {"q": "<b>zz"}).content.decode()
    assert "Nothing found" in nobody and "&lt;b&gt;zz" in nobody
    assert owner.get("/proofs?state=nonsense&from=x").status_code == 200


def test_one_proof_with_its_files_and_history(owner: Client, proof: Any) -> None:
    page = owner.get(f"/proofs/{proof.id}").content.decode()
    assert "Montacargas con asiento" in page
    assert "Something was noted" not in page
    for name in ("card.pdf", "picture.png", "proof.json"):
        assert f"/verify/{proof.id}/{name}" in page


def test_a_visit_makes_no_code(owner: Client, proof: Any) -> None:
    from skillmark.rooms.credentials.models import Offer

    for path in ("hand-over", "slip"):
        owner.get(f"/proofs/{proof.id}/{path}")
    assert Offer.objects.count() == 0


def test_the_code_on_screen_opens_the_proof(owner: Client, proof: Any) -> None:
    shown = owner.post(f"/proofs/{proof.id}/hand-over", {"way": "screen"})
    page = shown.content.decode()
    assert "data:image/svg+xml;base64," in page
    assert "Good for 10 minutes" in page
    assert 'class="secret"' not in page
    assert Client().get(f"/k/{shown.context['code']}").status_code == 200


def test_the_text_is_in_the_workers_language_and_holds_no_pin(owner: Client, proof: Any) -> None:
    shown = owner.post(f"/proofs/{proof.id}/hand-over", {"way": "text"})
    assert shown.context["text"].startswith("Tallgrass Machine Works tiene un comprobante para usted:")
    assert shown.context["sms"].startswith("sms:?&body=Tallgrass%20")
    assert len(shown.context["pin"]) == 6
    assert shown.context["pin"] not in shown.context["text"]


def test_the_slip_is_in_the_workers_language_and_the_pin_is_not_on_it(owner: Client, proof: Any) -> None:
    shown = owner.post(f"/proofs/{proof.id}/slip")
    page = shown.content.decode()
    paper = page[page.index('<section class="slip"') : page.index("</section>", page.index('<section class="slip"'))]
    assert "Rosa, tiene un comprobante" in paper
    assert shown.context["code"] in paper
    assert shown.context["pin"] not in paper
    assert shown.context["pin"] in page


def test_a_new_code_ends_the_one_before(owner: Client, proof: Any) -> None:
    first = owner.post(f"/proofs/{proof.id}/slip").context["code"]
    owner.post(f"/proofs/{proof.id}/hand-over", {"way": "screen"})
    assert Client().get(f"/k/{first}").status_code == 410


def test_the_email_button_is_there_only_when_mail_can_be_sent(owner: Client, firm: Any, proof: Any, settings: Any) -> None:
    address = f"/proofs/{proof.id}/hand-over"
    firm.person.email = "rosa@example.com"
    firm.person.save()
    assert 'value="email"' not in owner.get(address).content.decode()
    assert owner.post(address, {"way": "email"}).status_code == 200  # not offered: nothing is sent
    settings.EMAIL_IS_SET_UP = True
    assert 'value="email"' in owner.get(address).content.decode()
    sent = owner.post(address, {"way": "email"}, follow=True)
    assert "On its way to rosa@example.com." in sent.content.decode()


def test_an_address_that_no_phone_can_open_is_said(owner: Client, firm: Any, proof: Any) -> None:
    address = f"/proofs/{proof.id}/hand-over"
    near = owner.get(address, headers={"host": "localhost"}).content.decode()
    assert "This address works on this computer only." in near
    firm.org.base_url = "https://proofs.tallgrass.example"
    firm.org.save()
    public = owner.post(address, {"way": "screen"})
    assert "works on this computer only" not in public.content.decode()
    assert public.context["link"].startswith("https://proofs.tallgrass.example/k/")


def test_cancel_needs_a_reason_and_is_final(owner: Client, firm: Any, proof: Any) -> None:
    address = f"/proofs/{proof.id}/cancel"
    assert "up to 15 minutes" in owner.get(address).content.decode()
    assert "Choose a reason." in owner.post(address, {}).content.decode()
    assert "Say in a few words why." in owner.post(address, {"reason": "other"}).content.decode()
    assert queries.proof(actor=firm.owner, issued_id=proof.id).cancelled_at is None
    done = owner.post(address, {"reason": "other", "words": "He was somewhere else"}, follow=True)
    assert "Cancelled. Whoever checks it from now on is told." in done.content.decode()
    assert owner.get(address)["Location"] == f"/proofs/{proof.id}"
    assert owner.get(f"/proofs/{proof.id}/hand-over")["Location"] == f"/proofs/{proof.id}"
    assert "somewhere else" not in Client().get(f"/verify/{proof.id}").content.decode()


@pytest.mark.parametrize("path", ["", "/hand-over", "/slip", "/cancel"])
def test_the_outsider_gets_404(proof: Any, other_firm: Any, path: str) -> None:
    outsider = Client()
    outsider.force_login(other_firm.owner_user)
    address = f"/proofs/{proof.id}{path}"
    assert outsider.get(address).status_code == 404
    if path:
        assert outsider.post(address, {"way": "screen", "reason": "mistake"}).status_code == 404
