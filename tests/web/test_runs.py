"""Give a class: nothing before the button, bad rows one by one, slips, the table, renewal, and nobody else's classes."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import openpyxl
import pypdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from skillmark.desks import classes
from skillmark.rooms.credentials import operations, queries
from skillmark.rooms.people import operations as people
from tests.cast import today as today_there
from tests.house.desks.sheets import xlsx

pytestmark = pytest.mark.django_db
NAMES = "\n".join(f"Learner {number}" for number in range(1, 31))


@pytest.fixture
def owner(client: Client, firm: Any) -> Client:
    client.force_login(firm.owner_user)
    return client


def typed(**changes: Any) -> dict[str, Any]:
    usual = {"template": "cnc-tool-change", "cells": NAMES, "level": "3", "note": "", "name": "May"}
    return {**usual, "observed_on": today_there().isoformat(), **changes}


def brought(client: Client, **changes: Any) -> str:
    answer = client.post("/runs/new", typed(**changes))
    assert answer.status_code == 302, answer.content.decode()
    return str(answer.headers["Location"])


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def given(client: Client, address: str, count: int) -> str:
    return client.post(f"{address}/start", {"count": count}, follow=True).content.decode()


def proofs(firm: Any) -> list[Any]:
    return queries.proofs(actor=firm.owner)


def test_thirty_names_become_thirty_proofs(owner: Client, firm: Any) -> None:
    assert 'href="/runs/new"' in page(owner, "/give")
    address = brought(owner)
    looked = page(owner, address)
    assert "Give 30 proofs" in looked and "Learner 1" in looked and proofs(firm) == []
    shown = given(owner, address, 30)
    assert "30 proofs given" in shown and len(proofs(firm)) == 30
    assert given(owner, address, 30) and len(proofs(firm)) == 30  # pressed twice
    again = owner.post("/runs/new", typed(), follow=True).content.decode()
    assert "brought already" in again and len(proofs(firm)) == 30
    assert "30 proofs given" in page(owner, "/runs") and "May" in page(owner, "/")


def test_rows_that_need_a_look_are_mended_or_left_out(owner: Client, firm: Any) -> None:
    rows = [
        ["name", "level", "date", "e-mail"], ["Ana Ruiz", "3", "", ""], ["", "2", "", ""], ["Ben <b>", "3", "", ""],
        ["ana ruiz", "3", "", ""], ["Cy", "nine", "", ""], ["Dee", "3", "31 Feb 2026", ""], ["Eve", "3", "", "at home"],
    ]  # fmt: skip
    address = brought(owner, file=SimpleUploadedFile("class.xlsx", xlsx(rows)), cells="", level="")
    looked = page(owner, address)
    assert "6 rows need a look" in looked and "Leave these 6 out" in looked and "Give 1 proof" not in looked
    assert "“31 Feb 2026”" in looked and "Ben &lt;b&gt;" in looked
    given(owner, address, 1)
    assert proofs(firm) == []  # not by accident
    mended = {"name-2": "Bo", "name-3": "Ben", "level-5": "1", "observed_on-6": "2026-01-05", "name-9": "x"}
    owner.post(f"{address}/mend", mended)
    looked = page(owner, address)
    assert "2 rows need a look" in looked
    owner.post(f"{address}/mend", {"leave_out": "yes"})
    looked = page(owner, address)
    assert "Give 5 proofs" in looked and "2 rows are left out" in looked
    owner.post(f"{address}/mend", {"back": "yes"})
    assert "2 rows need a look" in page(owner, address)
    owner.post(f"{address}/mend", {"leave_out": "yes"})
    assert "The list has changed" in given(owner, address, 7) and proofs(firm) == []
    shown = given(owner, address, 5)
    assert "5 proofs given" in shown and "Left out" in shown
    assert sorted(one.person_name for one in proofs(firm)) == ["Ana Ruiz", "Ben", "Bo", "Cy", "Dee"]


def test_who_is_meant_is_asked(owner: Client, firm: Any) -> None:
    twin = people.add_person(actor=firm.owner, name="Rosa Delgado", phone="555 0100", now=timezone.now())
    address = brought(owner, cells="Rosa Delgado")
    looked = page(owner, address)
    assert str(twin.id) in looked and str(firm.person.id) in looked and "Somebody new" in looked
    owner.post(f"{address}/mend", {"who-1": str(twin.id)})
    given(owner, address, 1)
    assert [one.person_id for one in proofs(firm)] == [twin.id]


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"cells": ""}, "Choose a file, or paste the names."),
        ({"cells": "level,points\n3,4"}, "at least a name column"),
        ({"template": "no-such"}, "no-such"),
        ({"observed_on": (today_there() + timedelta(days=3)).isoformat()}, "That day is still to come."),
        ({"cells": "name\n" + "\n".join(f"Learner {one}" for one in range(10_001))}, "we take 10,000"),
    ],
)
def test_what_is_refused_as_a_whole(owner: Client, firm: Any, changes: dict[str, str], says: str) -> None:
    answer = owner.post("/runs/new", typed(**changes))
    assert answer.status_code == 400 and says in answer.content.decode()
    assert queries.runs(actor=firm.owner) == []


def test_slips_the_table_and_a_cancelled_one(owner: Client, firm: Any) -> None:
    address = brought(owner)
    given(owner, address, 30)
    assert owner.get(f"{address}/slips").status_code == 302
    answer = owner.post(f"{address}/slips", {"after": "0"})
    assert answer.headers["Content-Type"] == "application/pdf"
    text = "".join(one.extract_text() for one in pypdf.PdfReader(io.BytesIO(answer.content)).pages)
    assert text.count("Learner, you have a proof") == 30 and "PINs for May" in text
    operations.cancel(actor=firm.owner, issued_id=proofs(firm)[0].id, reason="Wrong person", now=timezone.now())
    table = openpyxl.load_workbook(io.BytesIO(owner.get(f"{address}/class.xlsx").content)).active
    states = [row[5] for row in table.iter_rows(values_only=True)]
    assert states.count("Cancelled") == 1 and states.count("Waiting to be kept") == 29
    assert "Cancelled" in page(owner, address)


def test_a_class_is_renewed(owner: Client, firm: Any) -> None:
    address = brought(owner)
    given(owner, address, 30)
    today = today_there().isoformat()
    made = owner.post(f"{address}/renew", {"observed_on": today}).headers["Location"]
    assert made != address and "Give 30 proofs" in page(owner, made)
    given(owner, made, 30)
    assert len(proofs(firm)) == 60
    assert owner.post(f"{address}/renew", {"observed_on": "soon"}, follow=True).status_code == 200
    again = owner.post(f"{address}/renew", {"observed_on": "2026-01-02"})
    assert again.status_code == 409 and "nothing to renew" in again.content.decode()


def test_stop_and_go_on(owner: Client, firm: Any) -> None:
    address = brought(owner)
    run = queries.runs(actor=firm.owner)[0]
    operations.start_run(actor=firm.owner, run_id=run.id, count=30, now=timezone.now())
    assert "Under way" in page(owner, address) and "You can leave" in page(owner, f"{address}?part=progress")
    assert "Stopped" in owner.post(f"{address}/turn", {"turn": "off"}, follow=True).content.decode()
    assert "Under way" in owner.post(f"{address}/turn", {"turn": "on"}, follow=True).content.decode()


def test_nobody_elses_class(owner: Client, firm: Any, other_firm: Any) -> None:
    address = brought(owner)
    outsider = Client()
    outsider.force_login(other_firm.owner_user)
    for path in ("", "/class.xlsx", "/slips"):
        assert outsider.get(address + path).status_code == 404
    for path in ("/mend", "/start", "/turn", "/slips", "/renew"):
        assert outsider.post(address + path, {"count": "30", "observed_on": "2026-01-01"}).status_code == 404
    assert Client().get(address).status_code == 302


def test_two_of_one_first_name_are_told_apart_on_their_slips(owner: Client, firm: Any) -> None:
    address = brought(owner, cells="Ana Rivera\nAna Okoye")
    given(owner, address, 2)
    answer = owner.post(f"{address}/slips", {"after": "0"})
    slips = pypdf.PdfReader(io.BytesIO(answer.content)).pages[0].extract_text()
    assert slips.count("Ana, you have a proof") == 2 and "Ana Rivera" in slips and "Ana Okoye" in slips
    assert "PIN" in slips and not re.search(r"\b\d{6}\b", slips)


def test_a_slip_names_the_last_day_where_the_firm_is() -> None:
    """Half past one at night in London is still the day before in Chicago."""
    ends = datetime(2026, 6, 4, 1, 30, tzinfo=UTC)
    one = operations.Slip(1, "Ana Rivera", "Forklift", "en", "ABCD-EFGH", "123456", ends)
    with timezone.override(ZoneInfo("America/Chicago")):
        made = classes.slips_pdf(
            slips=[one], giver="Bramble", language="en", link=lambda code: code, typed="bramble.example/k", title="May"
        )
    assert "good until 3 June 2026" in " ".join(pypdf.PdfReader(io.BytesIO(made)).pages[0].extract_text().split())


def test_an_opinion_about_a_class_is_refused_at_its_field(owner: Client, firm: Any) -> None:
    answer = owner.post("/runs/new", typed(note="A lazy class"))
    assert answer.status_code == 400 and 'id="id_note_error"' in answer.content.decode()
    assert queries.runs(actor=firm.owner) == []


def test_a_row_with_a_slip_in_its_year_needs_a_look(owner: Client) -> None:
    looked = page(owner, brought(owner, cells="Name\tSeen on\nAna Rivera\t01/02/1920\nAna Okoye\t05/01/2026"))
    assert "That day is more than 60 years ago. Look at the year." in looked and "1 row needs a look" in looked
