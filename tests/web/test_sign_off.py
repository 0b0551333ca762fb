"""Signing off in a browser without scripts: the team, the form, undo, co-sign, paper; and what a phone sends later."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from skillmark.rooms.holdings import operations as holdings
from skillmark.rooms.holdings.models import SignOff
from skillmark.rooms.people import operations as people
from skillmark.rooms.skills import operations as skill_changes
from skillmark.rooms.skills import queries as skills
from tests.architecture.board_things import picture
from tests.cast import NOW, Firm
from tests.web.signing_cast import LONG_AGO, form_of, make_skill, phone

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def at_noon(firm: Firm) -> None:
    """The firm's clock stands at NOW."""
    firm.org.clock = NOW
    firm.org.save()


@pytest.fixture
def setup(firm: Firm) -> Any:
    return make_skill(firm)


@pytest.fixture
def walt(client: Client, firm: Firm) -> Client:
    client.force_login(firm.supervisor_user)
    return client


def test_from_the_team_to_done(walt: Client, firm: Firm, setup: Any) -> None:
    team = walt.get("/sign-off")
    assert "Rosa Delgado" in team.content.decode() and "1 to sign" in team.content.decode()
    skills_of = walt.get(f"/sign-off/{firm.person.id}").content.decode()
    address = f"/sign-off/{firm.person.id}/{setup.id}"
    assert address in skills_of and "Missing" in skills_of
    page = walt.get(address).content.decode()
    assert "Ran the tool path dry" in page and "Walt Jensen" in page and "May 4, 2026" in page
    answer = walt.post(address, form_of(walt, address) | {"level": "3", "steps": ["0", "1"]}, follow=True)
    said = answer.content.decode()
    assert "Given to Rosa Delgado." in said and "Undo (10 s)" in said and "/seen/" in said
    kept = SignOff.objects.get()
    assert (kept.level, kept.steps, kept.observer, kept.language_used) == (3, [0, 1], "Walt Jensen", "es")


def test_pressed_twice_is_kept_once(walt: Client, firm: Firm, setup: Any) -> None:
    address = f"/sign-off/{firm.person.id}/{setup.id}"
    sent = form_of(walt, address) | {"level": "3", "steps": ["0"]}
    assert walt.post(address, sent).status_code == 302
    firm.org.clock = NOW + timedelta(seconds=3)
    firm.org.save()
    assert walt.post(address, sent).status_code == 302
    assert SignOff.objects.count() == 1
    changed = walt.post(address, sent | {"level": "4"})
    assert changed.status_code == 400 and SignOff.objects.count() == 1


def test_nothing_typed_is_lost_when_it_is_refused(walt: Client, firm: Firm, setup: Any) -> None:
    address = f"/sign-off/{firm.person.id}/{setup.id}"
    answer = walt.post(address, form_of(walt, address) | {"level": "3", "steps": ["1"], "seen": "Lazy"})
    body = answer.content.decode()
    assert answer.status_code == 400 and "Lazy" in body and not SignOff.objects.exists()
    assert re.search(r'name="steps" value="1"[^>]*checked', body) and re.search(r'name="level" value="3"[^>]*checked', body)
    nothing = walt.post(address, form_of(walt, address) | {"level": "3"})
    assert nothing.status_code == 400 and "Tick what you saw" in nothing.content.decode()
    level = walt.post(address, form_of(walt, address) | {"steps": ["0"]})
    assert "Choose the level that you saw." in level.content.decode()
    odd = walt.post(address, form_of(walt, address) | {"level": "9", "steps": ["7"]})
    assert odd.status_code == 400


def test_an_instruction_that_changed_meanwhile_is_shown_first(walt: Client, firm: Firm, setup: Any) -> None:
    document = skill_changes.add_document(actor=firm.owner, code="WI-14", now=NOW)
    skill_changes.raise_revision(actor=firm.owner, document_id=document.id, code="C", effective_from=LONG_AGO, now=NOW)
    skill_changes.change_rule(actor=firm.owner, item_id=setup.id, starts=LONG_AGO, document_id=document.id, now=NOW)
    address = f"/sign-off/{firm.person.id}/{setup.id}"
    sent = form_of(walt, address) | {"level": "3", "steps": ["0", "1"]}
    assert sent["revision"] == "C"
    skill_changes.raise_revision(actor=firm.owner, document_id=document.id, code="D", effective_from=date(2026, 5, 1), now=NOW)
    refused = walt.post(address, sent)
    assert refused.status_code == 400 and 'value="D"' in refused.content.decode()
    again = form_of(walt, address) | {"level": "3", "steps": ["0", "1"]}
    assert walt.post(address, again).status_code == 302
    assert SignOff.objects.get().revision == "D"


def test_the_photo_goes_with_it(walt: Client, firm: Firm, setup: Any) -> None:
    address = f"/sign-off/{firm.person.id}/{setup.id}"
    photo = SimpleUploadedFile("work.jpg", picture(), "image/jpeg")
    walt.post(address, form_of(walt, address) | {"level": "2", "steps": ["0"], "photo": photo})
    kept = SignOff.objects.get()
    assert walt.get(f"/sign-offs/{kept.id}/photo").content[:2] == b"\xff\xd8"
    assert f"/sign-offs/{kept.id}/photo" in walt.get("/sign-offs").content.decode()


def test_undo_within_ten_seconds_and_not_after(walt: Client, firm: Firm, setup: Any) -> None:
    address = f"/sign-off/{firm.person.id}/{setup.id}"
    walt.post(address, form_of(walt, address) | {"level": "3", "steps": ["0"]})
    kept = SignOff.objects.get()
    assert "Taken back" in walt.post(f"/sign-offs/{kept.id}/undo", {"next": "done"}, follow=True).content.decode()
    walt.post(address, form_of(walt, address) | {"level": "3", "steps": ["0"]})
    second = SignOff.objects.get(state="waiting")
    later = NOW + timedelta(seconds=11)
    firm.org.clock = later
    firm.org.save()
    holdings.settle(now=later)
    late = walt.post(f"/sign-offs/{second.id}/undo", {"next": "done"}, follow=True)
    assert "If it is wrong, cancel the proof." in late.content.decode()
    assert "Undo (10 s)" not in walt.get(f"/sign-off/done/{second.id}").content.decode()


def test_a_second_person_co_signs(client: Client, firm: Firm) -> None:
    item = make_skill(firm, co_sign=True)
    client.force_login(firm.supervisor_user)
    address = f"/sign-off/{firm.person.id}/{item.id}"
    done = client.post(address, form_of(client, address) | {"level": "3", "steps": ["0", "1"]}, follow=True)
    assert "Waits for a second signature." in done.content.decode()
    kept = SignOff.objects.get()
    assert "/co-sign" not in client.get("/sign-offs").content.decode()
    own = client.post(f"/sign-offs/{kept.id}/co-sign", follow=True).content.decode()
    assert "Somebody else has to sign it, too." in own and SignOff.objects.get().co_signed_at is None
    client.force_login(firm.owner_user)
    assert f"/sign-offs/{kept.id}/co-sign" in client.get("/sign-offs").content.decode()
    assert "Dana Whitlock" in client.post(f"/sign-offs/{kept.id}/co-sign", follow=True).content.decode()


def test_what_comes_next_is_told(walt: Client, firm: Firm) -> None:
    item = make_skill(firm, times_seen=2, behaviour=True)
    address = f"/sign-off/{firm.person.id}/{item.id}"
    part = walt.post(address, form_of(walt, address) | {"level": "3", "steps": ["0"]}, follow=True)
    assert "1 of 2 steps" in part.content.decode()
    whole = walt.post(address, form_of(walt, address) | {"level": "3", "steps": ["0", "1"]}, follow=True)
    assert "1 of 2. One more, on another day." in whole.content.decode()


def test_not_for_oneself_and_not_without_being_set_up(walt: Client, firm: Firm, setup: Any) -> None:
    me = people.add_person(actor=firm.owner, name="Walt Jensen", now=NOW)
    assert "You can’t sign for yourself." in walt.get(f"/sign-off/{me.id}").content.decode()
    address = f"/sign-off/{me.id}/{setup.id}"
    sent = {"sign_off_id": str(uuid4()), "level": "3", "steps": ["0"]}
    assert "You can’t sign for yourself." in walt.post(address, sent).content.decode()
    holdings.set_signers(actor=firm.owner, item_id=setup.id, user_ids=[firm.owner_user.id], now=NOW)
    assert "You aren’t set up to sign" in walt.get(f"/sign-off/{firm.person.id}/{setup.id}").content.decode()
    assert walt.post(f"/sign-off/{firm.person.id}/{setup.id}", sent).status_code == 400
    assert not SignOff.objects.exists()


def test_the_outsider_finds_nothing(client: Client, firm: Firm, other_firm: Firm, setup: Any) -> None:
    client.force_login(firm.supervisor_user)
    address = f"/sign-off/{firm.person.id}/{setup.id}"
    client.post(address, form_of(client, address) | {"level": "3", "steps": ["0"]})
    kept = SignOff.objects.get()
    client.force_login(other_firm.owner_user)
    for path in (f"/sign-off/{firm.person.id}", address, f"/sign-off/done/{kept.id}", f"/sign-offs?person={firm.person.id}"):
        assert client.get(path).status_code == 404, path
    for path in (f"/sign-offs/{kept.id}/undo", f"/sign-offs/{kept.id}/co-sign", address):
        assert client.post(path).status_code == 404, path
    assert '"Rosa Delgado"' not in client.get("/sign-off/team.json").content.decode()
    kept_on_phone = phone(other_firm.owner_user.id, firm.person.id, setup.id)
    assert client.post("/sign-off/sync", kept_on_phone).json()["state"] == "refused"
    assert SignOff.objects.count() == 1


def test_a_sample_firm_waits_ten_real_seconds(walt: Client, firm: Firm, setup: Any) -> None:
    firm.org.sample = "machine-shop"
    firm.org.save()
    address = f"/sign-off/{firm.person.id}/{setup.id}"
    walt.post(address, form_of(walt, address) | {"level": "3", "steps": ["0"]})
    holdings.settle(now=timezone.now() + timedelta(seconds=5))
    assert SignOff.objects.get().state == "waiting"
    holdings.settle(now=timezone.now() + timedelta(seconds=11))
    assert SignOff.objects.get().state == "counted"


def test_nothing_is_called_given_before_everything_was_seen(walt: Client, firm: Firm, setup: Any) -> None:
    address = f"/sign-off/{firm.person.id}/{setup.id}"
    part = walt.post(address, form_of(walt, address) | {"level": "3", "steps": ["0"]}, follow=True).content.decode()
    assert "Noted for Rosa Delgado." in part and "Given to" not in part
    rest = walt.post(address, form_of(walt, address) | {"level": "3", "steps": ["1"]}, follow=True).content.decode()
    assert "Given to Rosa Delgado." in rest


def test_a_line_of_a_sheet_without_a_day_says_what_to_do(walt: Client, firm: Firm, setup: Any) -> None:
    body = walt.post(f"/sign-offs/paper?item={setup.id}", {"item": str(setup.id)}).content.decode()
    assert '<a href="#id_day">Say on which day you saw it.</a>' in body


def test_paper_is_marked_as_entered_later(client: Client, firm: Firm, setup: Any) -> None:
    firm.org.created_at = NOW - timedelta(days=90)
    firm.org.save()
    client.force_login(firm.owner_user)
    sheet = client.get(f"/sign-offs/sheet/{setup.id}.pdf")
    assert sheet.content.startswith(b"%PDF-") and sheet["Content-Type"] == "application/pdf"
    sent = {
        "item": str(setup.id), "sign_off_id": str(uuid4()), "person": str(firm.person.id), "day": "2026-04-30", "level": "3",
        "steps": ["0"], "observer": str(firm.supervisor_user.id), "language_used": "en",
    }  # fmt: skip
    assert client.post("/sign-offs/paper", sent).status_code == 302
    kept = SignOff.objects.get()
    assert (kept.observer, kept.entered, kept.entered_by) == ("Walt Jensen", "paper", "Dana Whitlock")
    assert "entered later by Dana Whitlock" in client.get("/sign-offs").content.decode()
    late = client.post("/sign-offs/paper", sent | {"sign_off_id": str(uuid4()), "day": "2026-05-30"})
    assert late.status_code == 400
    client.force_login(firm.supervisor_user)
    theirs = sent | {"sign_off_id": str(uuid4()), "observer": str(firm.owner_user.id)}
    assert client.post("/sign-offs/paper", theirs).status_code == 400


def test_the_owner_says_how_it_is_signed(client: Client, firm: Firm, setup: Any) -> None:
    client.force_login(firm.owner_user)
    address = f"/items/{setup.id}/signing"
    sent = {
        "method": "test", "how_en": "A test on the machine.", "steps_en": "Measure\nCut", "steps_es": "Medir\nCortar",
        "times_seen": "1", "behaviour": "on", "signers": [str(firm.supervisor_user.id)], "framework_0": "O*NET",
        "code_0": "51-4041.00", "name_0": "Machinists", "url_0": "https://www.onetonline.org/link/summary/51-4041.00",
    }  # fmt: skip
    assert client.post(address, sent).status_code == 302
    item = skills.item(actor=firm.owner, item_id=setup.id)
    assert item.checklist == [{"en": "Measure", "es": "Medir"}, {"en": "Cut", "es": "Cortar"}]
    assert (item.method, item.times_seen, item.codes[0]["framework"]) == ("test", 2, "O*NET")
    page = client.get(f"/items/{setup.id}").content.decode()
    assert "Walt Jensen" in page and "Test passed" in page
    uneven = client.post(address, sent | {"steps_es": "Medir"})
    assert uneven.status_code == 400 and "the same number of lines" in uneven.content.decode()
    assert "Lazy" in client.post(address, sent | {"steps_en": "Is Lazy"}).content.decode()
    assert client.post(address, sent | {"how_en": ""}).status_code == 400
    client.force_login(firm.supervisor_user)
    assert client.post(address, sent).status_code == 403


def test_where_nobody_is_on_the_list_the_page_says_how_to_go_on(client: Client, firm: Firm) -> None:
    firm.person.delete()
    client.force_login(firm.owner_user)
    assert 'href="/sign-off?all=1"' in client.get("/sign-off").content.decode()
    assert 'href="/people/names"' in client.get("/sign-off?all=1").content.decode()
    assert 'href="/items"' in client.get("/sign-offs/paper").content.decode().split("<main")[1]
