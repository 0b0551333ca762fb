"""Saving a list: everything it says is there, once; stopped midway it goes on; its people stand on the board."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from skillmark.desks.importers import keeping
from skillmark.errors import DomainError, NotFound
from skillmark.rooms.holdings import operations as holdings
from skillmark.rooms.holdings import queries as holdings_queries
from skillmark.rooms.imports import operations, queries
from skillmark.rooms.imports.models import Import
from skillmark.rooms.imports.rules import Step
from skillmark.rooms.journal import queries as journal
from skillmark.rooms.people import operations as people_operations
from skillmark.rooms.people import queries as people
from skillmark.rooms.skills import queries as skills
from skillmark.rooms.talent import queries as talent
from tests.cast import NOW, Firm
from tests.house.imports.bringing import TODAY, bring, decide, look, save

LIST = (
    "Emp Name,emp #,phone,Job,Site,Hire Date,CPR exp,fork lift exp,SSN\n"
    '"Bell, Marcus",11,5555550101,Materials,North yard,1/30/2020,11/30/2026,5/31/2026,123-45-6789\n'
    '"Tran, Hieu",12,5555550102,CNC op,North yard,2/28/2021,4/30/2026,,123-45-6780\n'
    "Rosa Delgado,13,5555550103,CNC op,,,n/a,12/31/2027,123-45-6781\n"
    "Ana Diaz,14,5555550104,CNC op,,,31 Feb,,123-45-6782\n"
)


def person(firm: Firm, name: str):
    [found] = people.people(actor=firm.owner, search=name)
    return found


def test_a_list_becomes_people_places_items_cards_and_a_board(firm: Firm) -> None:
    run = bring(firm.owner, LIST)
    looked = look(firm.owner, run)
    assert looked.plan.saves == 3 and looked.needs == {"CPR": "positions", "Fork lift": "positions"}
    saved = save(firm.owner, run)
    assert saved.state == "saved" and saved.counts == {"added": 2, "changed": 1, "cards": 4, "left": 1}
    marcus, rosa = person(firm, "Marcus Bell"), person(firm, "Rosa Delgado")
    assert (marcus.number, marcus.phone, marcus.hired_on, marcus.language) == ("11", "5555550101", date(2020, 1, 30), "en")
    assert rosa.id == firm.person.id and rosa.number == "13" and rosa.language == "es"
    [where] = people.assignments(actor=firm.owner, person_id=marcus.id)
    assert (str(where.position), where.site.name, where.starts) == ("Materials", "North yard", date(2020, 1, 30))
    [there] = people.assignments(actor=firm.owner, person_id=rosa.id)
    assert (str(there.position), there.site, there.starts) == ("CNC op", None, TODAY)
    board = talent.board(actor=firm.owner, on=TODAY)
    assert [column.names["en"] for column in board.columns] == ["CPR", "Fork lift"]
    assert {one.name for one in board.people} == {"Marcus Bell", "Hieu Tran", "Rosa Delgado"}
    assert board.rows[marcus.id].cells and board.rows[rosa.id].cells
    [card] = [one for one in holdings_queries.holdings_of(actor=firm.owner, person_id=marcus.id) if str(one.item) == "CPR"]
    assert (card.ends, card.source, card.recorded_by) == (date(2026, 11, 30), "import", "Dana Whitlock")
    events = [entry.event for entry in journal.entries(org_id=firm.org.id, limit=100)]
    assert {"imports.import.saved", "people.people.added", "skills.item.added"} <= set(events)


def test_private_cells_are_never_kept(firm: Firm) -> None:
    run = bring(firm.owner, LIST)
    kept = b"".join(
        cell.encode() for table in keeping.unpack(bytes(run.sheets)) for line in table.lines for cell in line.cells
    )
    assert b"123-45" not in kept and b"Bell, Marcus" in kept
    assert len(run.sha256) == 64


def test_the_same_file_twice_changes_nothing(firm: Firm) -> None:
    save(firm.owner, bring(firm.owner, LIST))
    before = (
        len(people.people(actor=firm.owner)),
        len(skills.items(actor=firm.owner)),
        len(people.positions(actor=firm.owner)),
    )
    again = bring(firm.owner, LIST)
    looked = look(firm.owner, again)
    assert looked.same_file is not None and looked.plan.saves == 0
    assert [str(row.state) for row in looked.plan.rows] == ["same", "same", "same", "problem"]
    with pytest.raises(DomainError) as caught:
        save(firm.owner, again)
    assert caught.value.code == "import.nothing"
    found = (
        len(people.people(actor=firm.owner)),
        len(skills.items(actor=firm.owner)),
        len(people.positions(actor=firm.owner)),
    )
    assert found == before and holdings_queries.evidence(actor=firm.owner)[firm.person.id]


def test_columns_are_remembered_for_the_next_list_of_the_kind(firm: Firm) -> None:
    run = bring(firm.owner, "Worker,Line 4\nAna Diaz,11/30/2026\n")
    decide(firm.owner, run, columns={1: "expires:+Line four check"})
    save(firm.owner, run)
    [item] = skills.items(actor=firm.owner)
    column = look(firm.owner, bring(firm.owner, "Line 4,Worker\n11/30/2026,Hieu Tran\n")).plan.columns[0]
    assert (column.target.key, column.why) == (f"expires:{item.id}", "remembered")


def test_stopped_midway_it_says_so_and_goes_on(firm: Firm) -> None:
    rows = "".join(f"Worker {chr(97 + at // 26)}{chr(97 + at % 26)},Job {at % 3},11/30/2026\n" for at in range(120))
    run = bring(firm.owner, "Name,Job,CPR exp\n" + rows)
    told: list[tuple[int, int]] = []
    stopped = save(firm.owner, run, tell=lambda done, total: bool(told.append((done, total))))
    assert stopped.state == "saving" and told == [(51, 121)] and stopped.done == 51
    assert len(people.people(actor=firm.owner)) == 1 + 50
    done = save(firm.owner, run)
    assert done.state == "saved" and done.counts["added"] == 120 and done.counts["cards"] == 120
    assert len(people.people(actor=firm.owner)) == 121 and len(skills.items(actor=firm.owner)) == 1
    assert len(people.positions(actor=firm.owner)) == 3
    assert sum(len(row.cells) for row in talent.board(actor=firm.owner, on=TODAY).rows.values()) == 121  # Rosa lacks it


def test_a_chunk_that_fails_is_not_half_saved(firm: Firm) -> None:
    run = bring(firm.owner, LIST)
    operations.begin_saving(actor=firm.owner, import_id=run.id, total=9, now=NOW)
    steps = [Step(row=2, facts={"name": "Ana"}), Step(row=3, facts={"name": "Walt"}, position_id=uuid4())]
    with pytest.raises(NotFound):
        operations.save_steps(actor=firm.owner, import_id=run.id, steps=steps, now=NOW, today=TODAY)
    assert [one.name for one in people.people(actor=firm.owner)] == ["Rosa Delgado"]
    assert queries.one(actor=firm.owner, import_id=run.id).done == 0


def test_rows_that_are_in_are_not_written_twice(firm: Firm) -> None:
    run = bring(firm.owner, LIST)
    operations.begin_saving(actor=firm.owner, import_id=run.id, total=9, now=NOW)
    for _ in range(2):
        step = Step(row=2, facts={"name": "Ana"})
        assert operations.save_steps(actor=firm.owner, import_id=run.id, steps=[step], now=NOW, today=TODAY) == 2
    assert len(people.people(actor=firm.owner)) == 2
    with pytest.raises(operations.CannotImport):
        operations.save_steps(actor=firm.owner, import_id=run.id, steps=[step] * 51, now=NOW, today=TODAY)


def test_a_claim_is_corrected_and_what_was_checked_is_not(firm: Firm) -> None:
    save(firm.owner, bring(firm.owner, "Name,CPR exp\nRosa Delgado,11/30/2026\nAna Diaz,11/30/2026\n"))
    ana = person(firm, "Ana Diaz")
    [held] = holdings_queries.holdings_of(actor=firm.owner, person_id=ana.id)
    holdings.log_look_up(
        actor=firm.owner,
        holding_id=held.id,
        link="https://cards.example/7",
        looked_on=TODAY,
        confirmed=True,
        now=NOW,
        today=TODAY,
    )
    save(firm.owner, bring(firm.owner, "Name,CPR exp\nRosa Delgado,10/31/2026\nAna Diaz,10/31/2026\n"))
    ends = {
        who.name: sorted(one.ends for one in holdings_queries.holdings_of(actor=firm.owner, person_id=who.id))
        for who in people.people(actor=firm.owner)
    }
    assert ends == {"Rosa Delgado": [date(2026, 10, 31)], "Ana Diaz": [date(2026, 10, 31), date(2026, 11, 30)]}
    save(firm.owner, bring(firm.owner, "Name,CPR exp\nRosa Delgado,10/31/2028\n"))
    assert len(holdings_queries.holdings_of(actor=firm.owner, person_id=firm.person.id)) == 2  # renewed: both are known


def test_a_new_job_moves_somebody_and_keeps_their_site(firm: Firm) -> None:
    save(firm.owner, bring(firm.owner, "Name,Job,Site,Hire Date\nAna Diaz,Welder,North yard,1/30/2020\n"))
    save(firm.owner, bring(firm.owner, "Name,Job\nAna Diaz,Lead welder\n"))
    first, second = people.assignments(actor=firm.owner, person_id=person(firm, "Ana Diaz").id)
    assert (str(first.position), first.ends) == ("Welder", TODAY - timedelta(days=1))
    assert (str(second.position), second.site.name, second.starts) == ("Lead welder", "North yard", TODAY)


def test_needs_are_set_as_chosen(firm: Firm) -> None:
    run = bring(firm.owner, LIST)
    decide(firm.owner, run, needs={"CPR": "nobody", "Fork lift": "everyone"})
    save(firm.owner, run)
    [asked] = talent.requirements(actor=firm.owner, on=TODAY)
    assert (str(asked.item), asked.target) == ("Fork lift", "everyone")


def test_a_supervisor_adds_people_but_no_new_items(firm: Firm) -> None:
    with pytest.raises(DomainError) as caught:
        save(firm.supervisor, bring(firm.supervisor, LIST))
    assert caught.value.code == "import.owner_adds" and len(people.people(actor=firm.owner)) == 1
    assert save(firm.supervisor, bring(firm.supervisor, "Name,phone\nAna Diaz,5555550104\n")).counts["added"] == 1


def test_who_sees_one_site_only_cannot_bring_in_a_list(firm: Firm) -> None:
    from dataclasses import replace

    limited = replace(firm.supervisor, sites=frozenset({uuid4()}))
    with pytest.raises(DomainError) as caught:
        bring(limited, LIST)
    assert caught.value.code == "import.one_site" and not Import.objects.exists()


def test_the_outsider_gets_nothing(firm: Firm, other_firm: Firm) -> None:
    run = bring(firm.owner, LIST)
    for ask in (lambda: look(other_firm.owner, run), lambda: save(other_firm.owner, run),
                lambda: operations.forget(actor=other_firm.owner, import_id=run.id, now=NOW)):  # fmt: skip
        with pytest.raises(NotFound):
            ask()
    assert queries.imports(actor=other_firm.owner) == []
    with pytest.raises(NotFound):
        people_operations.place_many(actor=other_firm.owner, rows=[people_operations.Placing(firm.person.id, TODAY)], now=NOW)


def test_fifty_people_cost_a_few_statements(firm: Firm) -> None:
    def cost(count: int) -> int:
        rows = "".join(f"Worker {count} {chr(97 + at // 26)}{chr(97 + at % 26)},Job,11/30/2026\n" for at in range(count))
        run = bring(firm.owner, "Name,Job,CPR exp\n" + rows)
        with CaptureQueriesContext(
            connection,
        ) as caught:
            save(firm.owner, run)
        return len(caught)

    save(firm.owner, bring(firm.owner, "Name,Job,CPR exp\nAna Diaz,Job,11/30/2026\n"))
    assert cost(50) - cost(2) <= 4


def test_a_list_that_nobody_saved_and_one_too_old_to_undo_are_forgotten(firm: Firm) -> None:
    bring(firm.owner, "Name\nWalt Jensen\n")
    saved = save(firm.owner, bring(firm.owner, "Name,phone\nAna Diaz,5555550104\n"))
    operations.drop_lists(now=NOW + timedelta(days=29))
    assert [one.id for one in queries.imports(actor=firm.owner)] == [saved.id]
    assert bytes(queries.one(actor=firm.owner, import_id=saved.id).sheets)
    operations.drop_lists(now=NOW + timedelta(days=31))
    assert not bytes(queries.one(actor=firm.owner, import_id=saved.id).sheets)
    with pytest.raises(DomainError) as caught:
        look(firm.owner, saved)
    assert caught.value.code == "sheet.forgotten"


def test_nothing_is_kept_of_people_who_are_deleted(firm: Firm) -> None:
    run = save(firm.owner, bring(firm.owner, LIST))
    operations.forget_people(org_id=firm.org.id, person_ids=[person(firm, "Marcus Bell").id])
    kept = queries.one(actor=firm.owner, import_id=run.id)
    assert not bytes(kept.sheets) and "Marcus" not in str(list(kept.changes.values_list("after", "before")))
