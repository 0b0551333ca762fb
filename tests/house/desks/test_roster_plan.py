"""What saving would do, row by row: new, changed, the same, twice, and what has to be asked first."""

from __future__ import annotations

import time
from datetime import date

import pytest
from django.utils import translation

from skillmark.desks.importers import roster
from skillmark.desks.importers.roster import Answers, Card, Field, Known, KnownItem, KnownPerson, Order, State, sentences
from tests.patience import BUSY

ON = date(2026, 5, 4)
CPR = KnownItem("cpr", ("CPR",))
ROSA = KnownPerson("p1", "Rosa Delgado", {Field.PHONE: "(555) 555-0114", Field.EMPLOYEE_NUMBER: "7"}, names=("Rosa Diaz",))


def planned(text: str, *people: KnownPerson, answers: Answers | None = None, order: Order = Order.MDY) -> roster.Plan:
    layout = roster.lay_out(roster.paste(text)[0], on=ON)
    return roster.plan(layout, known=Known(people, [CPR]), on=ON, answers=answers, order=order)


def told(plan: roster.Plan) -> list[tuple[int, str, list[str]]]:
    return [(row.number, str(row.state), [reason.code for reason in row.problems]) for row in plan.rows]


def test_a_messy_list() -> None:
    text = (
        "Tallgrass – staff FINAL (2)\n\nEmp Name\tCPR exp\tcell #\tJob\n"
        '"Bell, Marcus"\t11/30/2026\t555-555-0101\tMaterials\n'
        "\t\t\t\n"
        "Delgado, Rosa\t12/31/2027\t555.555.0114\tCNC op\n"
        "Hieu Tran\t31 Feb\t\tCNC setup\n"
        "\t1/30/2027\t\t\n"
        "Night crew\n"
        "Marcus Bell\t11/30/2026\t555-555-0101\tMaterials\n"
        "M. Bell\t\t555-555-0101\tMaterials\n"
        "Lena Kowalski\tlifetime\t\tMaterials\n"
        "Total\t4\n"
    )
    plan = planned(text, ROSA)
    assert told(plan) == [
        (4, "new", []), (6, "changed", []), (7, "problem", ["date.not_in_calendar"]), (8, "problem", ["row.name_missing"]),
        (9, "problem", ["row.only_name"]), (10, "twice", []), (11, "problem", ["row.same_phone"]), (12, "new", []),
    ]  # fmt: skip
    assert plan.saves == 3 and plan.count(State.PROBLEM) == 4 and plan.questions == ()
    by = {row.number: row for row in plan.rows}
    assert by[4].name == "Marcus Bell" and by[4].adds == (Card("cpr", expires=date(2026, 11, 30)),)
    assert by[6].key == "person:p1" and {change.what for change in by[6].changes} == {"position", "card:cpr"}
    assert by[12].adds == (Card("cpr", no_end=True),)
    assert plan.new_places == {Field.POSITION: ("Materials", "CNC op")} and plan.new_items == {}


def test_a_row_that_stands_there_twice_is_mended_once() -> None:
    text = "Name\tCPR exp\nHieu Tran\t31 Feb\nHieu Tran\t31 Feb\nAna Diaz\t30 Feb\n"
    plan = planned(text)
    assert told(plan) == [
        (2, "problem", ["date.not_in_calendar"]), (3, "twice", []), (4, "problem", ["date.not_in_calendar"]),
    ]  # fmt: skip
    assert told(planned(text, answers=Answers(cells={"2:1": "2/28/2027"})))[:2] == [(2, "new", []), (3, "twice", [])]
    assert told(planned(text, answers=Answers(rows={3: "new"})))[1] == (3, "problem", ["date.not_in_calendar"])


def test_what_needs_a_look_is_counted_in_rows() -> None:
    text = "Name\tCPR exp\tJob\nHieu Tran\t31 Feb\tWelder\nHieu Tran\t\tFitter\n"
    plan = planned(text)
    assert [state for _, state, _ in told(plan)] == ["problem", "problem"] and plan.count(State.PROBLEM) == 2


def test_every_problem_can_be_mended_in_place() -> None:
    text = "Name\tCPR exp\tcell\nHieu Tran\t31 Feb\t5555550101\n\t1/30/2027\t\nAna Diaz\t\t5555550101\n"
    answers = Answers(cells={"2:1": "2/28/2027", "3:0": "Walt Jensen"}, rows={4: "new"})
    plan = planned(text, answers=answers)
    assert told(plan) == [(2, "new", []), (3, "new", []), (4, "new", [])]
    assert plan.rows[0].adds[0].expires == date(2027, 2, 28) and plan.rows[1].name == "Walt Jensen"
    assert told(planned(text, answers=Answers(rows={2: "skip", 3: "skip", 4: "row:2"})))[2] == (4, "new", [])
    assert planned(text, answers=Answers(cells={"2:1": ""})).rows[0].adds == ()


def test_the_day_month_doubt_is_asked_and_the_answer_holds() -> None:
    text = "Name\tCPR exp\nA B\t03/04/2026\nC D\t05/06/2026\n"
    [asked] = planned(text).questions
    assert asked.code == "date_order" and asked.sample == "03/04/2026" and not asked.answered and asked.total == 2
    assert [(one.key, one.day, one.fits) for one in asked.options] == [
        ("mdy", date(2026, 3, 4), 2), ("dmy", date(2026, 4, 3), 2),
    ]  # fmt: skip
    assert planned(text).questions[0].chosen == "mdy" and planned(text, order=Order.DMY).questions[0].chosen == "dmy"
    plan = planned(text, answers=Answers(date_order="dmy"))
    assert plan.questions[0].answered and plan.rows[0].adds[0].expires == date(2026, 4, 3)


def test_another_column_makes_the_likelier_answer_the_chosen_one() -> None:
    text = "Name\tCPR exp\tHire Date\nA B\t03/04/2026\t30/11/2020\n"
    [asked] = planned(text).questions
    assert asked.chosen == "dmy" and asked.columns == ("CPR exp",)


def test_a_mixed_column_is_asked_with_counts_and_the_misfits_are_named() -> None:
    text = "Name\tCPR exp\nA B\t03/04/2026\nC D\t11/30/2026\nE F\t12/31/2026\nG H\t30/11/2026\n"
    plan = planned(text)
    assert [(one.key, one.fits) for one in plan.questions[0].options] == [("mdy", 3), ("dmy", 2)]
    assert told(plan)[3] == (5, "problem", ["date.not_in_calendar"])


def test_days_as_excel_counts_them_are_asked_where_the_file_does_not_say() -> None:
    text = "Name\tCPR exp\nA B\t46085\n"
    [asked] = planned(text).questions
    assert (asked.code, asked.chosen, asked.options[0].day) == ("count_from", "1900", date(2026, 3, 4))
    assert planned(text, answers=Answers(count_from="1904")).rows[0].adds[0].expires == date(2030, 3, 5)


def test_what_a_mark_means_is_asked() -> None:
    text = "Name\tLathe\tMill\nA B\tx\t2\nC D\t\t✓\nE F\tno\t0\n"
    plan = planned(text)
    [asked] = plan.questions
    assert asked.code == "mark" and asked.chosen == "have" and asked.total == 2
    assert plan.new_items == {"Lathe": True, "Mill": True}
    assert [[(card.item, card.level) for card in row.adds] for row in plan.rows] == [
        [("+Lathe", None), ("+Mill", 2)], [("+Mill", None)], [],
    ]  # fmt: skip
    levels = [card.level for row in planned(text, answers=Answers(mark="3")).rows for card in row.adds]
    assert levels == [3, 2, 3]


def test_the_same_list_again_changes_nothing() -> None:
    text = "Name\tphone\tCPR exp\tHire date\nRosa Delgado\t555-555-0114\t11/30/2026\t1/30/2020\n"
    values = {Field.PHONE: "555.555.0114", Field.HIRED: "2020-01-30"}
    person = KnownPerson("p1", "Rosa Delgado", values, {"cpr": (Card("cpr", expires=date(2026, 11, 30), number="9"),)})
    plan = planned(text, person)
    assert told(plan) == [(2, "same", [])] and plan.saves == 0


def test_empty_cells_erase_nothing_and_add_only_changes_nobody() -> None:
    text = "Name\tphone\temail\nRosa Delgado\t\tr@a.example\nAna Diaz\t5555550120\t\n"
    plan = planned(text, ROSA)
    assert plan.rows[0].sets == {Field.EMAIL: "r@a.example"}
    only = planned(text, ROSA, answers=Answers(update=False))
    assert told(only) == [(2, "same", []), (3, "new", [])] and only.rows[0].sets == {} and only.saves == 1


@pytest.mark.parametrize(
    ("row", "key", "code"),
    [
        ("7\tRosa D. Ruiz\t", "person:p1", ""),  # the number decides
        ("7\tHieu Tran\t", "row:2", "row.number_of_other"),
        ("\tDELGADO, ROSA\t", "person:p1", ""),
        ("\tRosa Diaz\t", "person:p1", ""),  # her former name
        ("\tRosa Delgado\t555 555 0114", "person:p1", ""),
        ("\tRosa Delgado\t555 555 9999", "row:2", "row.same_name"),
        ("8\tRosa Delgado\t555 555 9999", "row:2", ""),  # two numbers are two people
        ("\tR. Delgado\t555 555 0114", "row:2", "row.same_phone"),
        ("\tRosa Delgdo\t", "row:2", "row.similar_name"),
        ("\tHieu Tran\t", "row:2", ""),
    ],
)
def test_who_is_who(row: str, key: str, code: str) -> None:
    [found] = planned(f"emp #\tname\tphone\n{row}\n", ROSA).rows
    assert found.key == key and [reason.code for reason in found.problems] == ([code] if code else [])
    if code:
        assert found.options == ("person:p1",)
    elif "Ruiz" in row:
        assert found.sets == {Field.NAME: "Rosa D. Ruiz"}
    elif key == "person:p1":
        assert Field.NAME not in found.sets


def test_two_people_of_one_name_are_asked_and_the_phone_tells_them_apart() -> None:
    other = KnownPerson("p2", "Rosa Delgado", {Field.PHONE: "5555550199"})
    asked = planned("name\tphone\nRosa Delgado\t\n", ROSA, other).rows[0]
    assert [reason.code for reason in asked.problems] == ["row.several"] and asked.options == ("person:p1", "person:p2")
    assert planned("name\tphone\nRosa Delgado\t5555550199\n", ROSA, other).rows[0].key == "person:p2"
    answered = planned("name\tphone\nRosa Delgado\t\n", ROSA, other, answers=Answers(rows={2: "person:p2"}))
    assert answered.rows[0].key == "person:p2" and answered.rows[0].state is State.SAME


def test_rows_of_one_person_add_up_and_contradictions_are_named() -> None:
    text = "name\tphone\tCPR exp\nAna Diaz\t5555550120\t\nAna Diaz\t\t11/30/2026\nAna Diaz\t\t12/31/2026\n"
    plan = planned(text)
    assert told(plan) == [(2, "new", []), (3, "new", []), (4, "problem", ["row.contradicts_card"])]
    assert plan.rows[1].key == "row:2" and plan.saves == 1


def test_one_card_a_row() -> None:
    text = (
        "Employee\tTraining\tCompleted\tExpires\nAna Diaz\tCPR\t1/30/2024\t1/30/2026\nAna Diaz\tcpr\t1/30/2026\t1/30/2028\n"
        "Ana Diaz\tOSHA 10\t2/28/2020\tnever\nHieu Tran\tOSHA10\t2/28/2021\t\nHieu Tran\tTB test\t2/28/2021\t2/28/2022\n"
    )
    plan = planned(text)
    assert plan.new_items == {"OSHA 10": False} and plan.saves == 2
    assert [card.item for row in plan.rows for card in row.adds] == ["cpr", "cpr", "+OSHA 10", "+OSHA 10"]
    assert plan.rows[4].state is State.TWICE and plan.rows[4].reasons[0].code == "item.health"


def test_a_row_that_waits_for_another() -> None:
    text = "name\tphone\tCPR exp\nAna Diaz\t5555550120\t31 Feb\nAna Diaz\t5555550120\t11/30/2026\n"
    assert told(planned(text))[1] == (3, "problem", ["row.waits"])


@pytest.mark.parametrize(
    ("heads", "cells", "code"),
    [
        ("email", "rosa at home", "cell.email"), ("phone", "none yet?", "cell.phone"), ("CPR issued", "1/30/2030",
        "card.in_future"),
        ("CPR issued\tCPR exp", "1/30/2026\t1/30/2025", "card.ends_before"), ("emp #", "9" * 60, "cell.too_long"),
        ("CPR level", "good", "cell.level"), ("Hire date", "last spring", "date.not_a_date"),
    ],
)  # fmt: skip
def test_cells_that_cannot_be_kept(heads: str, cells: str, code: str) -> None:
    columns = {1: "level:cpr"} if "level" in heads else {}
    plan = planned(f"name\t{heads}\nAna Diaz\t{cells}\n", answers=Answers(columns=columns))
    assert [reason.code for reason in plan.rows[0].problems] == [code]


def test_what_is_left_out_is_said_and_stops_nothing() -> None:
    plan = planned("name\tlanguage\tshift\tCPR exp\nAna Diaz\tHmong\tNight\t3/2027\n")
    assert [(reason.code, reason.serious) for reason in plan.rows[0].reasons] == [
        ("cell.language", False), ("date.month_only", False), ("cell.shift", False),
    ]  # fmt: skip
    assert plan.rows[0].state is State.NEW


def test_somebody_who_has_left_stays_so_and_it_is_said() -> None:
    gone = KnownPerson("p1", "Rosa Delgado", {Field.LEFT: "2026-01-31"})
    [row] = planned("name\tphone\nRosa Delgado\t5555550114\n", gone).rows
    assert [(reason.code, reason.serious) for reason in row.reasons] == [("row.has_left", False)]
    assert row.state is State.CHANGED and row.sets == {Field.PHONE: "5555550114"}


def test_a_list_without_names_is_stopped() -> None:
    assert planned("CPR exp\tphone\n11/30/2026\t5555550120\n").errors == ("sheet.no_name",)
    chosen = planned("xyz\tphone\nAna\t5555550120\n", answers=Answers(columns={0: "name"}))
    assert chosen.errors == () and chosen.saves == 1


def test_answers_survive_being_kept() -> None:
    answers = Answers({1: "name"}, "dmy", "1904", "3", {"2:1": "x"}, {4: "new"}, update=False)
    assert roster.from_json(answers.as_json()) == answers and roster.from_json({}) == Answers()


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_reason_has_a_sentence(language: str) -> None:
    facts = {"name": "Ana", "row": "4", "other": "x", "item": "cpr", "day": "2026-03-31"}
    with translation.override(language):
        for code in sentences.REASONS:
            reason = roster.Reason(code.partition("#")[0], None, "31 Feb", facts if "#" in code else {**facts, "row": "4"})
            said = sentences.say(reason, labels={"cpr": "CPR"})
            assert said and "%" not in said


def test_every_code_of_a_reason_is_told() -> None:
    import re
    from pathlib import Path

    source = "".join(path.read_text() for path in Path(roster.__file__).parent.glob("*.py") if path.name != "sentences.py")
    codes = set(re.findall(r'"((?:date|cell|card|row|item)\.[a-z_]+)"', source))
    codes |= {"row.same_phone", "row.same_email"}
    assert len(codes) > 25 and codes - set(sentences.REASONS) == set()


def test_ten_thousand_rows_are_planned_in_a_few_seconds() -> None:
    rows = "".join(
        f"Person {chr(65 + at % 26)}{chr(65 + at // 26 % 26)}{chr(97 + at // 676)} N{at}\t555{at:07}"
        f"\t{at % 12 + 1}/{at % 28 + 1}/2027\n"
        for at in range(10_000)
    )
    began = time.monotonic()
    plan = planned("Name\tPhone\tCPR exp\n" + rows)
    assert plan.count(State.NEW) == 10_000 and time.monotonic() - began < 10 * BUSY
