"""Proofs that were given: list, one of them, hand over, slip, cancel; the outsider gets 404 everywhere."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from skillmark.rooms.credentials import operations, queries
from skillmark.rooms.credentials.models import AppOffer, Offer
from skillmark.rooms.people import operations as people
from skillmark.rooms.people.models import Member, User
from skillmark.rooms.people.rules import Role
from tests.cast import today as today_there
from tests.public.given import give
from tests.public.other_app import OtherApp

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
    for path in ("hand-over", "slip", "app"):
        owner.get(f"/proofs/{proof.id}/{path}")
    assert Offer.objects.count() == 0 and AppOffer.objects.count() == 0


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
    assert shown.context["mail"].startswith("mailto:?subject=Montacargas%20")
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


def test_a_public_reason_is_read_by_whoever_checks_it_here(owner: Client, proof: Any) -> None:
    address = f"/proofs/{proof.id}/cancel"
    opinion = owner.post(address, {"reason": "other", "words": "Rosa is lazy", "is_public": "on"})
    assert opinion.status_code == 400 and "is an opinion" in opinion.content.decode()
    owner.post(address, {"reason": "mistake", "is_public": "on"})
    page = Client().get(f"/verify/{proof.id}").content.decode()
    assert "The giver says why: Given by mistake" in page
    page = Client().get(f"/verify/{proof.id}", headers={"accept-language": "es"}).content.decode()
    assert "Given by mistake" not in page


def test_a_private_reason_is_told_as_private(owner: Client, proof: Any) -> None:
    owner.post(f"/proofs/{proof.id}/cancel", {"reason": "mistake"})
    page = Client().get(f"/verify/{proof.id}").content.decode()
    assert "The giver keeps the reason." in page and "by mistake" not in page
    assert "Given by mistake" in owner.get(f"/proofs/{proof.id}").content.decode()


def test_pause_and_let_it_count_again(owner: Client, proof: Any) -> None:
    address = f"/proofs/{proof.id}"
    assert "up to 15 minutes" in owner.get(f"{address}/pause").content.decode()
    assert "Choose a reason." in owner.post(f"{address}/pause", {}).content.decode()
    paused = owner.post(f"{address}/pause", {"reason": "looking"}, follow=True).content.decode()
    assert "Let it count again" in paused and 'btn go big wide" href' not in paused
    assert "has paused this" in Client().get(f"/verify/{proof.id}").content.decode()
    assert str(proof.id) in owner.get("/proofs?state=paused").content.decode()
    assert owner.get(f"{address}/resume").status_code == 302  # a visit changes nothing
    assert "has paused this" in Client().get(f"/verify/{proof.id}").content.decode()
    assert "It counts again." in owner.post(f"{address}/resume", follow=True).content.decode()
    assert "Looks good" in Client().get(f"/verify/{proof.id}").content.decode()
    assert "is not paused" in owner.post(f"{address}/resume").content.decode()


def test_an_older_proof_says_why_it_cannot_be_paused(owner: Client, proof: Any) -> None:
    from skillmark.rooms.credentials.models import Issued

    proof.payload["credentialStatus"] = proof.payload["credentialStatus"][0]
    Issued.objects.filter(id=proof.id).update(payload=proof.payload)
    assert "/pause" not in owner.get(f"/proofs/{proof.id}").content.decode()
    assert "before proofs could be paused" in owner.get(f"/proofs/{proof.id}/pause").content.decode()


def test_renew_gives_a_newer_one_and_leaves_the_old_one(owner: Client, firm: Any, proof: Any) -> None:
    address = f"/proofs/{proof.id}/renew"
    shown = owner.get(address)
    sent = {"observed_on": "2999-01-01", "request_key": str(shown.context["form"].initial["request_key"])}
    assert "That day is still to come." in owner.post(address, sent).content.decode()
    sent["observed_on"] = today_there().isoformat()
    done = owner.post(address, sent, follow=True)
    assert "Renewed. Hand the new one over." in done.content.decode()
    assert "The one before" in done.content.decode()
    again = owner.post(address, sent, follow=True)
    assert again.redirect_chain == done.redirect_chain  # the button pressed twice
    assert len(queries.proofs(actor=firm.owner)) == 2
    assert "Looks good" in Client().get(f"/verify/{proof.id}").content.decode()
    another = sent | {"request_key": "7d2a8a56-32a2-4d34-9a1e-000000000000"}
    assert "This was renewed already" in owner.post(address, another).content.decode()


def test_correct_gives_one_that_is_right_and_cancels_the_old_one(owner: Client, firm: Any, proof: Any) -> None:
    address = f"/proofs/{proof.id}/correct"
    shown = owner.get(address)
    assert shown.context["form"]["person_name"].value() == "Rosa Delgado"
    sent = {"person_name": "Rosa Delgado", "note": "", "request_key": str(shown.context["form"].initial["request_key"])}
    assert "Nothing is different" in owner.post(address, sent).content.decode()
    done = owner.post(address, sent | {"person_name": "Rosa Delgado Ruiz"}, follow=True).content.decode()
    assert "hand the new one over again" in done and "Rosa Delgado Ruiz" in done
    assert "Replaced by a corrected one" in Client().get(f"/verify/{proof.id}").content.decode()
    assert owner.get(address)["Location"] == f"/proofs/{proof.id}"
    assert "The one after" in owner.get(f"/proofs/{proof.id}").content.decode()


def test_several_that_end_soon_are_renewed_together(owner: Client, firm: Any, proof: Any) -> None:
    from datetime import timedelta

    from skillmark.rooms.credentials.models import Issued

    other, gone = give(firm=firm), give(firm=firm)
    for one, days in ((proof, 20), (other, 50), (gone, 20)):
        Issued.objects.filter(id=one.id).update(valid_until=timezone.now() + timedelta(days=days))
    operations.cancel(actor=firm.owner, issued_id=gone.id, reason="Given by mistake", now=timezone.now())
    soon = owner.get("/proofs?state=soon").content.decode()
    assert f'value="{proof.id}"' in soon and str(other.id) not in soon and str(gone.id) not in soon
    assert str(other.id) in owner.get("/proofs?state=60").content.decode()
    chosen = [str(one.id) for one in (proof, other, gone)]
    page = owner.get("/proofs/renew", {"proof": chosen})
    assert "Renew 3 proofs" in page.content.decode()
    sent = {"proof": chosen, "observed_on": today_there().isoformat(), "request_key": str(_key(page))}
    done = owner.post("/proofs/renew", sent).content.decode()
    assert "2 proofs renewed" in done and "This proof was cancelled." in done
    assert "2 proofs renewed" in owner.post("/proofs/renew", sent).content.decode()  # pressed twice
    assert len(queries.proofs(actor=firm.owner)) == 5


def _key(page: Any) -> Any:
    return page.context["form"].initial["request_key"]


def test_too_many_or_none_to_renew_are_told(owner: Client, other_firm: Any, proof: Any) -> None:
    import uuid

    many = owner.get("/proofs/renew", {"proof": [str(uuid.uuid4()) for _ in range(51)]}, follow=True)
    assert "At most 50 at once here." in many.content.decode()
    assert "Tick the proofs" in owner.get("/proofs/renew", {"proof": "x"}, follow=True).content.decode()
    assert owner.get("/proofs/renew", {"proof": str(uuid.uuid4())}).status_code == 404
    outsider = Client()
    outsider.force_login(other_firm.owner_user)
    assert outsider.get("/proofs/renew", {"proof": str(proof.id)}).status_code == 404


@pytest.fixture
def said(firm: Any, proof: Any) -> Any:
    """Rosa says, with her slip, that her name is wrong."""
    _, code, pin = operations.offer(actor=firm.owner, issued_id=proof.id, way="slip", now=timezone.now())
    words = "My name is <b>Rosa Ruiz</b>."
    return operations.dispute_offer(code=code, pin=pin, about="name", words=words, now=timezone.now())


def test_what_is_said_to_be_wrong_is_on_home_the_list_and_the_proof(owner: Client, proof: Any, said: Any) -> None:
    assert "1 person says something is wrong" in owner.get("/").content.decode()
    page = owner.get("/disputes").content.decode()
    assert "10 days left to answer" in page and f"/proofs/{proof.id}/answer" in page
    page = owner.get(f"/proofs/{proof.id}").content.decode()
    assert "Under review" in page and "&lt;b&gt;Rosa Ruiz" in page and "Answer what is said to be wrong" in page
    assert str(proof.id) in owner.get("/proofs?state=review").content.decode()


def test_it_stays_as_it_is(owner: Client, proof: Any, said: Any) -> None:
    address = f"/proofs/{proof.id}/answer"
    assert "Say why it stays as it is." in owner.post(address, {}).content.decode()
    done = owner.post(address, {"answer": "It is the name on your card."}, follow=True).content.decode()
    assert "Answered." in done and "It is the name on your card." in done
    assert owner.get(address)["Location"] == f"/proofs/{proof.id}"
    assert "Nothing to answer" in owner.get("/disputes").content.decode()
    assert "something is wrong" not in owner.get("/").content.decode()


def test_corrected_answers_it(owner: Client, proof: Any, said: Any) -> None:
    address = f"/proofs/{proof.id}/correct"
    shown = owner.get(address)
    assert "&lt;b&gt;Rosa Ruiz" in shown.content.decode()
    sent = {"person_name": "Rosa Ruiz", "note": "", "answer": "You are right.", "request_key": str(_key(shown))}
    owner.post(address, sent)
    page = owner.get(f"/proofs/{proof.id}").content.decode()
    assert "You are right." in page and "Corrected" in page
    assert "Nothing to answer" in owner.get("/disputes").content.decode()


CHANGES = ("/cancel", "/pause", "/resume", "/renew", "/correct", "/answer")


@pytest.mark.parametrize("path", ["", "/hand-over", "/slip", "/app", *CHANGES])
def test_the_outsider_gets_404(proof: Any, other_firm: Any, path: str) -> None:
    outsider = Client()
    outsider.force_login(other_firm.owner_user)
    address = f"/proofs/{proof.id}{path}"
    assert outsider.get(address).status_code == 404
    if path:
        assert outsider.post(address, {"way": "screen", "reason": "mistake"}).status_code == 404


# ---- into another app ----


def test_an_app_gets_it_with_the_number_that_is_told(owner: Client, proof: Any) -> None:
    assert f'action="/proofs/{proof.id}/app"' in owner.get(f"/proofs/{proof.id}/hand-over").content.decode()
    assert owner.get(f"/proofs/{proof.id}/app")["Location"] == f"/proofs/{proof.id}/hand-over"
    shown = owner.post(f"/proofs/{proof.id}/app")
    page, made = shown.content.decode(), shown.context["made"]
    assert "data:image/svg+xml;base64," in page and made.digits in page
    assert made.digits not in made.link and made.digits not in made.address
    app = OtherApp()
    offer = app.offer(made.link)
    wrong = "000000" if made.digits != "000000" else "111111"
    assert app.token(offer, wrong).status_code == 400
    token = app.token(offer, made.digits).json()["access_token"]
    given = app.credential(offer, token)
    assert given.status_code == 200 and "Rosa Delgado" in given.content.decode()


def test_each_press_ends_the_code_before(owner: Client, proof: Any) -> None:
    first = owner.post(f"/proofs/{proof.id}/app").context["made"]
    second = owner.post(f"/proofs/{proof.id}/app").context["made"]
    assert OtherApp().offer(first.link) == {} and OtherApp().offer(second.link)


def test_a_cancelled_proof_goes_into_no_app(owner: Client, firm: Any, proof: Any) -> None:
    operations.cancel(actor=firm.owner, issued_id=proof.id, reason="Given by mistake", now=timezone.now())
    page = owner.post(f"/proofs/{proof.id}/app", follow=True).content.decode()
    assert "This proof was cancelled, so no copy of it can be made." in page
    assert AppOffer.objects.count() == 0


def test_who_may_not_give_puts_nothing_into_an_app(client: Client, firm: Any, proof: Any) -> None:
    auditor = User.objects.create(handle="auditor", name="Ada Auditor", date_joined=timezone.now())
    Member.objects.create(org=firm.org, user=auditor, role=Role.AUDITOR, since=timezone.now())
    client.force_login(auditor)
    assert client.post(f"/proofs/{proof.id}/app").status_code == 403
    assert Client().post(f"/proofs/{proof.id}/app").status_code == 302
    assert AppOffer.objects.count() == 0


def test_a_supervisor_of_another_site_offers_nothing(client: Client, firm: Any, proof: Any) -> None:
    north = people.add_site(actor=firm.owner, name="North", now=timezone.now())
    user = User.objects.create(handle="north", name="Nora North", date_joined=timezone.now())
    Member.objects.create(org=firm.org, user=user, role=Role.SUPERVISOR, since=timezone.now()).sites.add(north)
    client.force_login(user)
    assert client.post(f"/proofs/{proof.id}/app").status_code == 404 and AppOffer.objects.count() == 0
    client.force_login(firm.supervisor_user)
    assert client.post(f"/proofs/{proof.id}/app").status_code == 200


@pytest.mark.parametrize("page", ["renew", "correct"])
def test_an_opinion_is_refused_at_its_field_and_what_was_typed_stays(owner: Client, firm: Any, proof: Any, page: str) -> None:
    form = owner.get(f"/proofs/{proof.id}/{page}").context["form"]
    typed = {name: form[name].value() or "" for name in form.fields} | {"note": "Rosa is lazy"}
    answer = owner.post(f"/proofs/{proof.id}/{page}", typed)
    assert answer.status_code == 400
    assert 'id="id_note_error"' in answer.content.decode() and "Rosa is lazy" in answer.content.decode()
    assert len(queries.proofs(actor=firm.owner)) == 1


def test_several_are_not_renewed_with_an_opinion(owner: Client, firm: Any, proof: Any) -> None:
    asked = {"proof": str(proof.id), "request_key": str(uuid4()), "observed_on": today_there().isoformat(), "note": "Lazy"}
    answer = owner.post("/proofs/renew", asked)
    assert answer.status_code == 400 and 'id="id_note_error"' in answer.content.decode()
    assert len(queries.proofs(actor=firm.owner)) == 1


def test_a_chosen_reason_is_told_in_the_language_of_the_reader(owner: Client, proof: Any) -> None:
    owner.post(f"/proofs/{proof.id}/cancel", {"reason": "mistake", "words": ""})
    owner.cookies["django_language"] = "es"
    page = owner.get(f"/proofs/{proof.id}").content.decode()
    assert "Se dio por error" in page and "Given by mistake" not in page.split("<main")[1].split('id="history"')[0]


def test_a_name_put_right_on_a_proof_is_put_right_on_the_list_next(owner: Client, firm: Any, proof: Any) -> None:
    form = owner.get(f"/proofs/{proof.id}/correct").context["form"]
    typed = {name: form[name].value() or "" for name in form.fields}
    said = owner.post(
        f"/proofs/{proof.id}/correct", typed | {"person_name": "Rosa Delgado Ruiz"}, follow=True
    ).content.decode()
    assert "On your list the name is still “Rosa Delgado”." in said
    newer = queries.proofs(actor=firm.owner)[0]
    people.change_person(
        actor=firm.owner, person_id=proof.person_id, name="Rosa Delgado Ruiz", phone="", email="", language="es",
        now=timezone.now(),
    )  # fmt: skip
    said = owner.post(
        f"/proofs/{newer.id}/correct", typed | {"person_name": "Rosa Delgado Ruiz", "note": "Two shifts."}, follow=True
    )
    assert "On your list the name is still" not in said.content.decode()
