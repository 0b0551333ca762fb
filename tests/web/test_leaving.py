"""Somebody leaves: what goes along is seen first, given by one press, and taken back until it is opened."""

from __future__ import annotations

import html
import io
import re
from datetime import date, timedelta
from typing import Any

import pypdf
import pytest
from django.test import Client
from django.utils import timezone

from skillmark.rooms.credentials import operations as credentials
from skillmark.rooms.credentials import queries as proofs
from skillmark.rooms.people import operations as people
from skillmark.rooms.people import queries
from skillmark.rooms.records import operations as records
from skillmark.rooms.records import queries as packs
from tests.cast import Firm, today
from tests.leaving_cast import Cook, again, make_cook

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cook(firm: Firm) -> Cook:
    return make_cook(firm, now=timezone.now() - timedelta(minutes=1))


@pytest.fixture
def owner(client: Client, firm: Firm) -> Client:
    client.force_login(firm.owner_user)
    return client


def _where(cook: Cook, *parts: str) -> str:
    return "/".join((f"/people/{cook.id}/leaving", *parts))


def _said(**more: str) -> dict[str, str]:
    return {"last": today().isoformat(), "first": "2024-03-03", **more}


def _words(response: Any) -> str:
    return " ".join(html.unescape(response.content.decode()).split())


def _list(page: str, heading: str) -> str:
    found = re.search(rf'<section[^>]* aria-labelledby="{heading}">(.*?)</section>', page)
    assert found is not None
    return found[1]


def _given(owner: Client, cook: Cook, **more: str) -> tuple[str, str, str]:
    """The page, the code and the PIN."""
    page = _words(owner.post(_where(cook, "give"), _said(**more)))
    code, pin = re.search(r"<code>([A-Z0-9]{4}-[A-Z0-9]{4})</code>", page), re.search(r'class="secret">(\d{6})<', page)
    assert code is not None and pin is not None, page[:3000]
    return page, code[1], pin[1]


def test_dates_site_and_title_are_filled_in(owner: Client, cook: Cook) -> None:
    page = _words(owner.get(_where(cook)))
    assert f'value="{today().isoformat()}"' in page and 'value="2024-03-03"' in page
    assert "Line cook · Main Street" in page and 'name="title"' not in page
    assert not re.search(r"(?i)name=\"[^\"]*(reason|rating|pay)", page)


def test_the_preview_says_what_goes_and_what_stays_and_gives_nothing(owner: Client, cook: Cook) -> None:
    page = _words(owner.post(_where(cook), _said()))
    takes, stays = _list(page, "takes"), _list(page, "stays")
    assert "Trabajó en Tallgrass Machine Works. Línea de cocina, Main Street: del 3 de marzo de 2024" in takes
    for one in cook.skills:
        assert one.title in takes
    assert "Health records" in stays and "Kept apart. Nothing of them goes along." in stays
    assert "Your copies of 2 proofs" in stays and "0 " not in stays
    assert again(cook).left_on is None and len(proofs.proofs(actor=cook.firm.owner)) == 2


def test_tasks_and_hours_go_along_only_when_they_are_ticked(owner: Client, cook: Cook) -> None:
    typed = {"duties": "Parrilla y cierre", "hours": "1450"}
    assert "Parrilla" not in _list(_words(owner.post(_where(cook), _said(**typed))), "takes")
    ticked = _list(_words(owner.post(_where(cook), _said(**typed, add_duties="on", add_hours="on"))), "takes")
    assert "Tareas: Parrilla y cierre" in ticked and "Horas: 1450" in ticked
    _given(owner, cook, **typed)
    [history] = [one for one in proofs.proofs(actor=cook.firm.owner) if one.history]
    assert history.history["duties"] == history.history["hours"] == ""


def test_fired_for_stealing_is_blocked_with_a_reason(owner: Client, cook: Cook) -> None:
    """Needs, 16."""
    for step in ((), ("give",)):
        response = owner.post(_where(cook, *step), _said(duties="Fired for stealing", add_duties="on"))
        page = _words(response)
        assert response.status_code == 400 and "“Fired for stealing”" in page and 'id="id_duties_error"' in page
    assert again(cook).left_on is None and len(proofs.proofs(actor=cook.firm.owner)) == 2


def test_given_it_shows_code_and_pin_once_and_prints_the_code_alone(owner: Client, cook: Cook) -> None:
    page, code, pin = _given(owner, cook)
    assert again(cook).left_on == today()
    assert "sms:" in page and "data:image/svg" in page and f"/l/{code.replace('-', '')}" in page
    assert code not in _words(owner.get(f"/people/{cook.id}")) and pin not in _words(owner.get(f"/people/{cook.id}"))
    printed = owner.post(_where(cook, "sheet"), {"code": code})
    assert printed["Content-Type"] == "application/pdf" and printed["Cache-Control"] == "no-store"
    text = "\n".join(sheet.extract_text() for sheet in pypdf.PdfReader(io.BytesIO(printed.content)).pages).replace(
        "\u200b", ""
    )
    assert code in text and pin not in text
    assert "/w/open" in text and all(f"/verify/{one.id}" in text for one in cook.skills)
    assert owner.post(_where(cook, "sheet"), {"code": "ABCD-EFGH"}).status_code == 404
    assert owner.get(_where(cook, "sheet")).status_code == 405


def test_undo_until_it_is_opened(owner: Client, cook: Cook) -> None:
    _, code, pin = _given(owner, cook)
    assert "not opened yet" in _words(owner.get(f"/people/{cook.id}"))
    page = _words(owner.post(_where(cook, "undo"), follow=True))
    assert "Taken back." in page and again(cook).left_on is None and "not opened yet" not in page
    _, code, pin = _given(owner, cook)
    records.open_pack(code=code, pin=pin, now=timezone.now())
    page = _words(owner.get(f"/people/{cook.id}"))
    assert "not kept yet" in page and "leaving/undo" not in page and "New code" in page
    assert "They opened it on" in _words(owner.post(_where(cook, "undo"), follow=True))
    assert again(cook).left_on == today()


def test_a_new_code_ends_the_one_before(owner: Client, cook: Cook) -> None:
    _, code, _ = _given(owner, cook)
    page = _words(owner.post(_where(cook, "code")))
    assert code not in page and re.search(r'class="secret">\d{6}<', page)
    with pytest.raises(records.CannotTake):
        records.look_at_pack(code=code, now=timezone.now())


def test_the_only_one_and_what_is_under_review_are_hints_that_block_nothing(owner: Client, cook: Cook) -> None:
    _, code, pin = credentials.offer(actor=cook.firm.owner, issued_id=cook.skills[0].id, way="slip", now=timezone.now())
    credentials.dispute_offer(code=code, pin=pin, about="date", words="Fue otro día", now=timezone.now())
    page = _words(owner.post(_where(cook), _said()))
    assert "1 item is under review" in page and "under review" in _list(page, "takes")
    _given(owner, cook)
    pack = packs.pack_of(actor=cook.firm.owner, person_id=cook.id)
    assert str(cook.skills[0].id) in pack.issued


def test_somebody_without_a_position_is_asked_what_they_did(owner: Client, firm: Firm) -> None:
    where = f"/people/{firm.person.id}/leaving"
    assert 'name="title"' in _words(owner.get(where))
    refused = owner.post(where, _said())
    assert refused.status_code == 400 and "Type what they did here" in _words(refused)
    page = _words(owner.post(where, _said(title="Línea de cocina", site="Main Street")))
    assert "Línea de cocina, Main Street: del 3 de marzo de 2024" in _list(page, "takes")
    assert "They have no proofs yet. The work history goes with them anyway." in page


def test_a_planned_last_day_and_another_one_later(owner: Client, cook: Cook) -> None:
    soon = today() + timedelta(days=10)
    page = _words(owner.post(_where(cook), _said(last=soon.isoformat())))
    assert "Nothing is closed before that day." in page and "previsto" in _list(page, "takes")
    assert owner.post(_where(cook), _said(last="2024-03-02")).status_code == 400
    assert owner.post(_where(cook), _said(last="", first="x")).status_code == 400


def test_after_a_change_of_position_one_press_gives_a_proof_of_before(owner: Client, cook: Cook) -> None:
    chef = people.add_position(actor=cook.firm.owner, names={"en": "Chef"}, now=timezone.now())
    asked = {"starts": today().isoformat(), "position_id": str(chef.id), "site_id": str(cook.site.id), "contract": ""}
    moved = owner.post(f"/people/{cook.id}/place", asked)
    assert moved["Location"] == f"/people/{cook.id}/moved"
    page = _words(owner.get(moved["Location"]))
    assert "Give them a proof of what they did until now?" in page and "Línea de cocina" in page
    assert len(proofs.proofs(actor=cook.firm.owner)) == 2, "nothing is given by itself"
    key = re.search(r'name="request_key" value="([^"]+)"', page)
    assert key is not None
    for _ in range(2):
        given = owner.post(moved["Location"], {"request_key": key[1]})
        assert given.status_code == 302 and given["Location"].endswith("/hand-over")
    [history] = [one for one in proofs.proofs(actor=cook.firm.owner) if one.history]
    [stint] = history.history["stints"]
    assert (stint["title"], stint["ends"]) == ("Línea de cocina", (today() - timedelta(days=1)).isoformat())
    assert again(cook).left_on is None


def test_a_change_of_shift_alone_offers_nothing(owner: Client, cook: Cook) -> None:
    asked = {"starts": today().isoformat(), "position_id": str(cook.position.id), "site_id": "", "contract": ""}
    assert owner.post(f"/people/{cook.id}/place", asked)["Location"] == f"/people/{cook.id}"
    assert owner.get(f"/people/{cook.id}/moved").status_code == 200  # by its address


def test_the_outsider_and_whoever_only_reads(client: Client, cook: Cook, other_firm: Firm) -> None:
    client.force_login(other_firm.owner_user)
    for address in (_where(cook), f"/people/{cook.id}/moved"):
        assert client.get(address).status_code == 404
    for step in ("give", "code", "sheet", "undo"):
        assert client.post(_where(cook, step), _said(code="ABCD-EFGH")).status_code == 404
        assert Client().post(_where(cook, step)).status_code == 302
    assert again(cook).left_on is None


def test_leaving_later_by_the_old_day_and_taking_part_twice(owner: Client, cook: Cook) -> None:
    """Only the last day first; the pack some days after."""
    owner.post(_where(cook), _said(only="day"))
    assert again(cook).left_on == today() and packs.pack_of(actor=cook.firm.owner, person_id=cook.id) is None
    assert "The last day, and what goes along" in _words(owner.get(f"/people/{cook.id}"))
    _given(owner, cook)
    assert "The last day, and what goes along" not in _words(owner.get(f"/people/{cook.id}"))
    [place] = queries.assignments(actor=cook.firm.owner, person_id=cook.id)
    assert (place.starts, place.ends) == (date(2024, 3, 3), today())
