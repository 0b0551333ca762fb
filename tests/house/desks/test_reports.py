"""Reports: what each tells, in every form, for whom, and with how many queries."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import date
from typing import Any

import openpyxl
import pypdf
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from skillmark.desks import reports, spreadsheets
from skillmark.desks.reports import Ask
from skillmark.errors import NotFound
from skillmark.rooms.holdings import operations as holdings
from skillmark.rooms.people import operations as people
from skillmark.rooms.people.operations import CannotDo
from skillmark.rooms.people.rules import Role
from skillmark.rooms.skills import operations as skills
from skillmark.rooms.talent import operations as talent
from tests.cast import NOW, Firm
from tests.house.talent.shop import LONG_AGO, Shop, ids, make_shop, require

TODAY = date(2026, 5, 4)
ASK = Ask(on=TODAY)


@pytest.fixture
def shop(firm: Firm) -> Shop:
    """Ana in date, Ben due in 20 days, Carla expired, Eve not checked, Sam with nothing."""
    shop = make_shop(firm)
    require(shop, "Forklift")
    shop.hold("Ana Ruiz", "Forklift", obtained=date(2025, 1, 1), ends=date(2028, 1, 1))
    shop.hold("Ben Cho", "Forklift", obtained=date(2024, 1, 20), ends=date(2026, 5, 24))
    shop.hold("Carla Diaz", "Forklift", obtained=date(2024, 1, 5), ends=date(2026, 4, 1))
    shop.hold("Eve Moss", "Forklift", obtained=date(2024, 1, 5), ends=date(2027, 4, 1), looked=False)
    return shop


def made(shop: Shop, name: str, ask: Ask = ASK) -> dict[str, Any]:
    """A report as JSON."""
    table = reports.make(name=name, actor=shop.owner, ask=ask)
    found: dict[str, Any] = json.loads(reports.render(table=table, format="json").body)
    return found


def test_the_board_as_json_is_what_is_written_down(shop: Shop) -> None:
    board = made(shop, "board")
    assert {name: board[name] for name in ("report", "as_of", "known_at", "firm")} == {
        "report": "board", "as_of": "2026-05-04", "known_at": None, "firm": "Tallgrass Machine Works",
    }  # fmt: skip
    assert board["counts"] == {
        "expired": 1, "missing": 1, "due_30": 1, "due_60": 1, "due_90": 1, "to_check": 1, "no_date": 0, "people": 6,
        "ready": 3,
    }  # fmt: skip
    ana = board["people"][0]
    assert (ana["name"], ana["positions"], ana["site"], ana["ready"]) == (
        "Ana Ruiz", ["Truck driver"], "Tallgrass Machine Works", True,
    )  # fmt: skip
    assert ana["cells"] == [
        {"item": "Forklift", "item_id": str(shop.items["Forklift"].id), "state": "met", "ends": "2028-01-01",
         "trust": "source", "reason": None, "late": True, "compliant": True, "must": True, "level": None}
    ]  # fmt: skip
    eve = next(one for one in board["people"] if one["name"] == "Eve Moss")
    assert (eve["cells"][0]["state"], eve["cells"][0]["reason"]) == ("below_trust", "claimed")


def test_another_day_is_another_board(shop: Shop) -> None:
    assert made(shop, "board", Ask(on=date(2026, 6, 4)))["counts"]["expired"] == 2
    assert made(shop, "board", Ask(on=date(2026, 3, 3)))["counts"]["expired"] == 0
    before = NOW.replace(day=1)
    assert made(shop, "board", Ask(on=TODAY, known_at=before))["counts"]["missing"] == 5


def test_expiries_matrix_and_who_can(shop: Shop) -> None:
    [soon] = made(shop, "expiries")["rows"]
    assert (soon["person"], soon["ends"], soon["days"], soon["within"]) == ("Ben Cho", "2026-05-24", 20, 30)
    matrix = made(shop, "matrix")
    at = [one["id"] for one in matrix["items"]].index(str(shop.items["Forklift"].id))
    [carla] = [one for one in matrix["people"] if one["name"] == "Carla Diaz"]
    assert carla["states"][at] == "expired" and len(carla["states"]) == len(carla["levels"]) == len(matrix["items"])
    who = made(shop, "who-can", replace(ASK, item_id=shop.items["Forklift"].id, site_id=shop.site.id))
    assert [(one["group"], one["name"]) for one in who["people"]] == [
        ("here", "Ana Ruiz"), ("here", "Ben Cho"), ("others", "Carla Diaz"), ("others", "Eve Moss"), ("others", "Sam Okafor"),
    ]  # fmt: skip
    with pytest.raises(reports.CannotReport, match=r"report\.item_missing"):
        made(shop, "who-can")


def test_cover_and_only_one(shop: Shop) -> None:
    talent.require_head_count(
        actor=shop.owner, item_ids=ids(shop, "Forklift"), n=2, starts=LONG_AGO, site_id=shop.site.id, now=NOW
    )
    rows = made(shop, "cover")["rows"]
    assert [(one["shift"], one["least"], one["short_by"], one["when"]) for one in rows] == [
        ("Early", 1, 1, "06:00–08:00"), ("Day", 2, 0, "08:00–14:00"),
    ]  # fmt: skip
    shop.hold("Eve Moss", "First aid", obtained=TODAY, ends=date(2028, 1, 1))
    assert [(one["item"], one["only"], one["trainee"]) for one in made(shop, "only-one")["rows"]] == [
        ("First aid", "Eve Moss", "")
    ]


def test_who_must_sign_again(shop: Shop) -> None:
    owner, setup = shop.owner, shop.items["5-axis setup"]
    document = skills.add_document(actor=owner, code="WI-14", now=NOW)
    for code, starts in (("C", date(2025, 1, 1)), ("D", date(2026, 4, 27))):
        skills.raise_revision(actor=owner, document_id=document.id, code=code, effective_from=starts, grace_days=14, now=NOW)
    skills.change_rule(
        actor=owner, item_id=setup.id, starts=LONG_AGO, now=NOW, validity={"type": "on_revision"},
            document_id=document.id,
    )  # fmt: skip
    require(shop, "5-axis setup")
    shop.hold("Ana Ruiz", "5-axis setup", obtained=date(2026, 1, 1), revision="C", level=3)
    shop.hold("Ben Cho", "5-axis setup", obtained=date(2026, 4, 28), revision="D", level=3)
    [row] = made(shop, "resign")["rows"]
    assert {name: row[name] for name in ("person", "document", "signed_on", "in_force", "until")} == {
        "person": "Ana Ruiz", "document": "WI-14", "signed_on": "C", "in_force": "D", "until": "2026-05-11",
    }  # fmt: skip
    assert made(shop, "resign", Ask(on=date(2026, 4, 1)))["rows"] == []


def test_every_report_prints_in_every_form(shop: Shop) -> None:
    for name in reports.REPORTS:
        ask = replace(ASK, item_id=shop.items["Forklift"].id)
        for language in ("en", "es"):
            table = reports.make(name=name, actor=shop.owner, ask=replace(ask, language=language))
            for form in reports.FORMATS:
                made = reports.render(table=table, format=form)
                assert made.body and made.media_type, (name, form)


def test_no_cell_becomes_a_formula(shop: Shop) -> None:
    people.add_person(actor=shop.owner, name='=HYPERLINK("http://x")', now=NOW)
    for who, name in ((shop.people["Ana Ruiz"], "@Ana"), (shop.people["Ben Cho"], "+Ben"), (shop.people["Eve Moss"], "-Eve")):
        people.change_person(actor=shop.owner, person_id=who.id, name=name, phone="", email="", language="en", now=NOW)
    table = reports.make(name="expiries", actor=shop.owner, ask=ASK)
    table = replace(
        table, rows=[["=1+1", "+1", "-1", "@x", "\t=1", "\x01=1", -1, TODAY]], columns=[*table.columns, *table.columns][:8]
    )
    [_, row] = csv.reader(io.StringIO(reports.render(table=table, format="csv").body.decode("utf-8-sig")))
    assert row == ["'=1+1", "'+1", "'-1", "'@x", "'\t=1", "'=1", "-1", "2026-05-04"]
    sheet = openpyxl.load_workbook(io.BytesIO(reports.render(table=table, format="xlsx").body)).active
    assert [cell.data_type for cell in next(iter(sheet.iter_rows(min_row=2)))] == ["s", "s", "s", "s", "s", "s", "n", "d"]
    assert str(spreadsheets.safe("-x")) == "'-x"


def test_the_paper_is_tagged_and_holds_every_row(shop: Shop) -> None:
    table = reports.make(name="board", actor=shop.owner, ask=ASK)
    paper = pypdf.PdfReader(io.BytesIO(reports.render(table=table, format="pdf").body))
    assert paper.trailer["/Root"]["/MarkInfo"]["/Marked"] and paper.trailer["/Root"]["/Lang"] == "en"
    text = "".join(page.extract_text() for page in paper.pages)
    assert all(name in text for name in shop.people) and "1 May" not in text


def test_a_supervisor_of_a_site_gets_their_people(shop: Shop) -> None:
    north = replace(shop.owner, role=Role.SUPERVISOR, sites=frozenset({shop.north.id}))
    for name in ("board", "matrix", "expiries", "pack"):
        text = reports.render(table=reports.make(name=name, actor=north, ask=ASK), format="json").body.decode()
        assert "Ana Ruiz" not in text and ("Sam Okafor" in text or name == "expiries"), name
    with pytest.raises(NotFound):
        reports.make(name="board", actor=north, ask=replace(ASK, site_id=shop.site.id))
    at_north = made(shop, "board", replace(ASK, site_id=shop.north.id))
    assert [one["name"] for one in at_north["people"]] == ["Sam Okafor"] and at_north["counts"]["people"] == 1


def test_auditors_get_their_days_and_workers_nothing(shop: Shop, other_firm: Firm) -> None:
    auditor = replace(shop.owner, role=Role.AUDITOR, read_from=date(2026, 3, 1), read_until=date(2026, 3, 31))
    assert reports.make(name="pack", actor=auditor, ask=Ask(on=date(2026, 3, 3))).rows
    with pytest.raises(NotFound):
        reports.make(name="pack", actor=auditor, ask=ASK)
    with pytest.raises(CannotDo):
        reports.make(name="board", actor=replace(shop.owner, role=Role.WORKER), ask=ASK)
    with pytest.raises(NotFound):
        reports.make(name="no-such-report", actor=shop.owner, ask=ASK)
    with pytest.raises(NotFound):
        reports.make(name="who-can", actor=other_firm.owner, ask=replace(ASK, item_id=shop.items["Forklift"].id))
    assert (
        "Ana"
        not in reports.render(table=reports.make(name="board", actor=other_firm.owner, ask=ASK), format="json").body.decode()
    )


@pytest.mark.parametrize("name", [one for one in reports.REPORTS if one != "who-can"])
def test_the_number_of_queries_does_not_grow(name: str, shop: Shop) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as caught:
            reports.make(name=name, actor=shop.owner, ask=ASK)
        return len(caught)

    asked()  # now there is a board in memory; after something was written it is looked at once more
    shop.people["Already here"] = people.add_person(actor=shop.owner, name="Already here", now=NOW)
    shop.hold("Already here", "Forklift", obtained=TODAY, ends=date(2026, 7, 1))
    before = asked()
    for number in range(12):
        one = people.add_person(actor=shop.owner, name=f"New {number}", now=NOW)
        shop.people[one.name] = one
        people.assign(
            actor=shop.owner, person_id=one.id, starts=TODAY, position_id=shop.operator.id, site_id=shop.site.id, now=NOW
        )
        shop.hold(one.name, "Forklift", obtained=TODAY, ends=date(2026, 7, 1))
    assert asked() == before


def test_a_withdrawn_record_is_gone_today_and_there_before(shop: Shop) -> None:
    later = NOW.replace(hour=18)
    holdings.withdraw(
        actor=shop.owner, holding_id=shop.held["Ana Ruiz", "Forklift"].id, because="Typed for the wrong person.", now=later
    )
    assert made(shop, "board")["counts"]["missing"] == 2
    assert made(shop, "board", Ask(on=TODAY, known_at=NOW))["counts"]["missing"] == 1
