"""Reminding: the preview in each language, nothing sent before the press, every way out, the plan, calendars and posters."""

from __future__ import annotations

import io
import re
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from pypdf import PdfReader

from skillmark.edges.jobs import send_mail
from skillmark.edges.web import remind
from skillmark.rooms.holdings import operations as holdings
from skillmark.rooms.holdings import queries
from skillmark.rooms.holdings.models import Ask, PosterPhoto
from skillmark.rooms.journal import queries as journal
from skillmark.rooms.people.models import Member, Organisation, User
from tests.cast import Firm
from tests.web.reminding import Kitchen, make_kitchen

pytestmark = pytest.mark.django_db


@pytest.fixture
def kitchen(firm: Firm, settings: Any) -> Kitchen:
    settings.EMAIL_IS_SET_UP = True
    return make_kitchen(firm, timezone.now())


@pytest.fixture
def owner(client: Client, kitchen: Kitchen) -> Client:
    client.force_login(kitchen.firm.owner_user)
    client.cookies["django_language"] = "en"
    return client


def both(kitchen: Kitchen) -> dict[str, Any]:
    return {"ask": [kitchen.pair(kitchen.rosa), kitchen.pair(kitchen.kyle)]}


def send_all(firm: Firm) -> None:
    """What the worker process does with the wishes in the journal."""
    for wish in journal.entries(org_id=firm.org.id, events=send_mail.WISHES):
        send_mail.run(now=timezone.now(), org_id=str(firm.org.id), entry_id=str(wish.id))


def test_home_offers_the_first_ones_and_all_of_them(client: Client, firm: Firm, monkeypatch: pytest.MonkeyPatch) -> None:
    make_kitchen(firm, timezone.now(), days=20)
    client.force_login(firm.owner_user)
    page = client.get("/").content.decode()
    assert "2 cards" in page and 'name="all"' not in page
    monkeypatch.setattr(remind, "MOST", 1)
    page = client.get("/").content.decode()
    assert "1 of 2 cards" in page and "Preview all 2" in page and page.count('name="ask"') == 1
    assert "Remind 2 people" in client.get("/reminders/new?all=yes").content.decode()
    monkeypatch.setattr(remind, "AT_ONCE", 1)
    assert "Preview the first 1" in client.get("/").content.decode()
    assert "Remind 1 person" in client.get("/reminders/new?all=yes").content.decode()


def test_the_preview_is_in_each_workers_language_and_sends_nothing(owner: Client, kitchen: Kitchen) -> None:
    page = owner.get("/reminders/new", both(kitchen)).content.decode()
    assert "Remind 2 people" in page and "Send 1 e-mail" in page
    spanish = re.search(r'<p class="letter" lang="es">(.*?)</p>', page, re.DOTALL)
    english = re.search(r'<p class="letter" lang="en">(.*?)</p>', page, re.DOTALL)
    assert spanish and english
    assert "Tarjeta de manipulación de alimentos" in spanish[1] and "Food handler card" in english[1]
    assert "can’t reach 1 person (no phone or e-mail)" in page.replace("We ", "")
    assert (
        not Ask.objects.exists()
        and mail.outbox == []
        and not journal.entries(org_id=kitchen.firm.org.id, events=send_mail.WISHES)
    )


def test_send_is_a_wish_and_the_rest_stays_on_the_page(owner: Client, kitchen: Kitchen) -> None:
    answer = owner.post("/reminders/new", both(kitchen) | {"way": "email"})
    rest = parse_qs(urlsplit(answer["Location"]).query)["ask"]
    assert rest == [kitchen.pair(kitchen.kyle)]
    assert mail.outbox == []
    send_all(kitchen.firm)
    send_all(kitchen.firm)
    (letter,) = mail.outbox
    assert letter.to == ["rosa@worker.example"] and "Tarjeta de manipulación" in letter.subject
    code = re.search(r"/u/([A-Z0-9]{12})\n", letter.body)
    assert code and Client().get(f"/u/{code[1]}").status_code == 200
    (ask,) = Ask.objects.all()
    assert ask.channel == "email" and ask.sent_at and ask.ends == kitchen.ends
    assert "Rosa Delgado" in owner.get("/reminders").content.decode()


def test_a_request_answered_before_the_mail_leaves_is_not_sent(owner: Client, kitchen: Kitchen) -> None:
    owner.post("/reminders/new", {"ask": kitchen.pair(kitchen.rosa), "way": "email"})
    _, code = holdings.ask(actor=kitchen.firm.owner, person_id=kitchen.rosa.id, item_id=kitchen.item.id, now=timezone.now())
    holdings.use_ask(token=code, body=b"x", media_type="image/jpeg", name="a.jpg", now=timezone.now())
    send_all(kitchen.firm)
    assert mail.outbox == []
    assert journal.entries(org_id=kitchen.firm.org.id, events=[send_mail.GIVEN_UP])


def test_without_mail_the_other_ways_lead(owner: Client, kitchen: Kitchen, settings: Any) -> None:
    settings.EMAIL_IS_SET_UP = False
    page = owner.get("/reminders/new", both(kitchen)).content.decode()
    assert 'value="email"' not in page and "E-mail isn’t set up" in page and 'value="text"' in page
    answer = owner.post("/reminders/new", both(kitchen) | {"way": "email"}, follow=True)
    assert "E-mail isn’t set up" in answer.content.decode() and not Ask.objects.exists()


def test_text_opens_the_phones_messages_filled_in(owner: Client, kitchen: Kitchen) -> None:
    page = owner.post("/reminders/new", both(kitchen) | {"way": "text"}).content.decode()
    sms = re.search(r'href="sms:([^?]+)\?&amp;body=([^"]+)"', page)
    assert sms and sms[1] == "+15550100"
    (ask,) = Ask.objects.all()
    assert ask.person_id == kitchen.rosa.id and ask.channel == "text" and "1 person has no phone number" in page
    code = re.search(r"%2Fu%2F([A-Z0-9]{12})|/u/([A-Z0-9]{12})", sms[2])
    assert code and Client().get(f"/u/{code[1] or code[2]}").status_code == 200


def test_a_code_on_the_screen(owner: Client, kitchen: Kitchen) -> None:
    page = owner.post("/reminders/new", both(kitchen) | {"way": "qr"}).content.decode()
    assert page.count("data:image/svg+xml") == 2 and Ask.objects.filter(channel="qr").count() == 2


def test_slips_are_a_pdf_in_both_languages(owner: Client, kitchen: Kitchen) -> None:
    answer = owner.post("/reminders/new", both(kitchen) | {"way": "print"})
    assert answer["Content-Type"] == "application/pdf" and Ask.objects.filter(channel="print").count() == 2
    text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)
    assert "Tarjeta de manipulación de alimentos" in text and "Food handler card" in text and "Kyle" in text
    code = re.search(r"/u/([A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4})", text)
    assert code and Client().get(f"/u/{code[1]}").status_code == 200


def test_all_that_one_person_lacks_and_a_waiting_photo_is_said(owner: Client, kitchen: Kitchen) -> None:
    assert "Food handler card" in owner.get(f"/reminders/new?person={kitchen.kyle.id}").content.decode()
    _, code = holdings.ask(actor=kitchen.firm.owner, person_id=kitchen.kyle.id, item_id=kitchen.item.id, now=timezone.now())
    holdings.use_ask(token=code, body=b"x", media_type="image/jpeg", name="a.jpg", now=timezone.now())
    assert "Nobody to remind" in owner.get(f"/reminders/new?person={kitchen.kyle.id}").content.decode()
    named = owner.get(f"/reminders/new?person={kitchen.kyle.id}&item={kitchen.item.id}").content.decode()
    assert "a photo waits" in named


def test_who_said_no_is_not_mailed(owner: Client, kitchen: Kitchen) -> None:
    _, code = holdings.ask(actor=kitchen.firm.owner, person_id=kitchen.rosa.id, item_id=kitchen.item.id, now=timezone.now())
    holdings.want_email(token=code, wanted=False, now=timezone.now())
    page = owner.get("/reminders/new", {"ask": kitchen.pair(kitchen.rosa)}).content.decode()
    assert "wants no e-mail" in page and 'value="email"' not in page
    owner.post("/reminders/new", {"ask": kitchen.pair(kitchen.rosa), "way": "email"})
    send_all(kitchen.firm)
    assert mail.outbox == []
    made, _ = holdings.ask(actor=kitchen.firm.owner, person_id=kitchen.rosa.id, item_id=kitchen.item.id, now=timezone.now())
    with pytest.raises(holdings.CannotAsk, match=r"ask\.no_email"):
        holdings.ask_by_email(actor=kitchen.firm.owner, person_id=kitchen.rosa.id, ask_ids=[made.id], now=timezone.now())


def test_a_made_up_firm_sends_nothing(kitchen: Kitchen) -> None:
    made, _ = holdings.ask(actor=kitchen.firm.owner, person_id=kitchen.rosa.id, item_id=kitchen.item.id, now=timezone.now())
    Organisation.objects.filter(id=kitchen.firm.org.id).update(sample="restaurant")
    with pytest.raises(holdings.CannotAsk, match=r"ask\.sample_firm"):
        holdings.ask_by_email(actor=kitchen.firm.owner, person_id=kitchen.rosa.id, ask_ids=[made.id], now=timezone.now())


def test_taken_back_opens_nothing(owner: Client, kitchen: Kitchen) -> None:
    made, code = holdings.ask(actor=kitchen.firm.owner, person_id=kitchen.rosa.id, item_id=kitchen.item.id, now=timezone.now())
    assert owner.get(f"/reminders/{made.id}/close").status_code == 405
    assert owner.post(f"/reminders/{made.id}/close").status_code == 302
    assert Client().get(f"/u/{code}").status_code == 410


@pytest.mark.parametrize("bad", ["ask=x", "ask=1:2", "person=x", "person=&item=", "ask=:"])
def test_a_crooked_address_is_no_error(owner: Client, bad: str) -> None:
    assert owner.get(f"/reminders/new?{bad}").status_code in {200, 404}


def test_the_outsider_and_the_auditor(client: Client, kitchen: Kitchen, other_firm: Firm) -> None:
    made, _ = holdings.ask(actor=kitchen.firm.owner, person_id=kitchen.rosa.id, item_id=kitchen.item.id, now=timezone.now())
    _, code = holdings.make_poster(actor=kitchen.firm.owner, now=timezone.now())
    handed = holdings.hand_in(
        token=code, typed_name="Rosa", typed_item="card", body=b"x", media_type="image/jpeg", now=timezone.now()
    )
    feed, _ = holdings.make_feed(actor=kitchen.firm.owner, of="firm", language="en", now=timezone.now())
    client.force_login(other_firm.owner_user)
    assert client.get("/reminders/new", {"ask": kitchen.pair(kitchen.rosa)}).status_code == 404
    assert client.post("/reminders/new", {"ask": kitchen.pair(kitchen.rosa), "way": "text"}).status_code == 404
    assert client.get(f"/reminders/posters/photos/{handed.id}").status_code == 404
    assert client.get(f"/reminders/posters/photos/{handed.id}/picture").status_code == 404
    for there in (
        f"{made.id}/close", f"calendars/{feed.id}/renew", f"calendars/{feed.id}/close", f"posters/{handed.poster_id}/close",
        f"posters/photos/{handed.id}/aside",
    ):  # fmt: skip
        assert client.post(f"/reminders/{there}").status_code == 404
    for there in ("", "/calendars", "/posters"):
        page = client.get(f"/reminders{there}").content.decode()
        assert "Rosa" not in page.replace("Outsider Rosa Delgado", "") and "Tallgrass" not in page
    nia = User.objects.create(handle="nia", name="Nia", date_joined=timezone.now())
    Member.objects.create(org=kitchen.firm.org, user=nia, role="auditor", since=timezone.now())
    client.force_login(nia)
    for there in ("", "/new", "/automatic", "/calendars", "/posters"):
        assert client.get(f"/reminders{there}").status_code == 403


def test_the_plan_is_off_shows_what_it_would_do_and_is_switched_by_the_owner(owner: Client, kitchen: Kitchen) -> None:
    page = owner.get("/reminders/automatic").content.decode()
    assert "Off. Nothing goes out by itself" in page and "Rosa Delgado" in page and "30 days before" in page
    assert "1 person gets none" in page and "Switch on" in page
    bad = owner.post("/reminders/automatic", {"quiet_from": "19:00", "quiet_until": "08:00"})
    assert bad.status_code == 400 and "Choose at least one of the days" in bad.content.decode()
    owner.post("/reminders/automatic", {"steps": [60, 7], "quiet_from": "18:00", "quiet_until": "09:00", "weekly": "on"})
    plan = queries.reminder_plan(actor=kitchen.firm.owner)
    assert (
        plan.on_since and plan.steps == [60, 7] and not plan.tells_supervisors and plan.weekly and plan.quiet_from.hour == 18
    )
    assert "On since" in owner.get("/reminders/automatic").content.decode()
    owner.post("/reminders/automatic/off")
    assert queries.reminder_plan(actor=kitchen.firm.owner).on_since is None
    owner.force_login(kitchen.firm.supervisor_user)
    assert owner.get("/reminders/automatic").status_code == 403


def test_a_calendar_is_made_renewed_and_closed(owner: Client, kitchen: Kitchen) -> None:
    made = owner.post("/reminders/calendars", {"of": f"person:{kitchen.rosa.id}", "language": "es"}).content.decode()
    first = re.search(r"/cal/([\w-]+)\.ics", made)
    assert first and "webcal://testserver/cal/" in made
    assert Client().get(first[0]).status_code == 200
    assert first[1] not in owner.get("/reminders/calendars").content.decode()
    (feed,) = queries.feeds(actor=kitchen.firm.owner)
    renewed = owner.post(f"/reminders/calendars/{feed.id}/renew").content.decode()
    assert Client().get(first[0]).status_code == 404
    second = re.search(r"/cal/[\w-]+\.ics", renewed)
    assert second and Client().get(second[0]).status_code == 200
    owner.post(f"/reminders/calendars/{feed.id}/close")
    assert Client().get(second[0]).status_code == 404
    for of in ("", "person:x", "site:", "everything", f"person:{kitchen.item.id}"):
        assert owner.post("/reminders/calendars", {"of": of, "language": "en"}).status_code == 400


def test_a_poster_and_whose_card_it_is(owner: Client, kitchen: Kitchen) -> None:
    answer = owner.post("/reminders/posters", {"site": ""})
    text = PdfReader(io.BytesIO(answer.content)).pages[0].extract_text()
    code = re.search(r"/u/site/([A-Z0-9-]{14})", text)
    assert answer["Content-Type"] == "application/pdf" and code
    now = timezone.now()
    given = {"token": code[1], "typed_item": "food card", "body": b"jpeg", "media_type": "image/jpeg"}
    holdings.hand_in(typed_name="delgado", now=now, **given)
    holdings.hand_in(typed_name="a stranger", now=now + timedelta(seconds=1), **given)
    page = owner.get("/reminders/posters").content.decode()
    assert "delgado" in page and "a stranger" in page
    first, second = queries.poster_photos(actor=kitchen.firm.owner)
    here = f"/reminders/posters/photos/{first.id}"
    assert f'value="{kitchen.rosa.id}" selected' in owner.get(here).content.decode()
    assert owner.get(f"{here}/picture").content == b"jpeg"
    assert owner.post(here, {"person": "", "item": ""}).status_code == 400
    owner.post(here, {"person": str(kitchen.rosa.id), "item": str(kitchen.item.id)})
    (waiting,) = queries.waiting_photos(actor=kitchen.firm.owner)
    assert waiting.holding.person_id == kitchen.rosa.id and waiting.added_by == "delgado"
    assert owner.get(here).status_code == 302
    with pytest.raises(holdings.CannotTakePhoto, match=r"photo\.settled"):
        holdings.put_poster_photo_aside(actor=kitchen.firm.owner, photo_id=first.id, now=now)
    owner.post(f"/reminders/posters/photos/{second.id}/aside")
    assert not queries.poster_photos(actor=kitchen.firm.owner) and PosterPhoto.objects.count() == 2
    (poster,) = queries.posters(actor=kitchen.firm.owner)
    owner.post(f"/reminders/posters/{poster.id}/close")
    assert Client().get(f"/u/site/{code[1]}").status_code == 410
