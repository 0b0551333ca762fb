"""Undo returns to what was; what somebody has changed since is listed and left alone."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core import serializers

from skillmark.errors import DomainError, NotFound
from skillmark.rooms.credentials import operations as credentials
from skillmark.rooms.holdings import operations as holdings
from skillmark.rooms.holdings import queries as holdings_queries
from skillmark.rooms.imports import operations, queries
from skillmark.rooms.people import operations as people_operations
from skillmark.rooms.people import queries as people
from skillmark.rooms.people.models import Assignment, Person, Site
from skillmark.rooms.skills import operations as skills_operations
from skillmark.rooms.skills import queries as skills
from skillmark.rooms.talent import operations as talent_operations
from skillmark.rooms.talent import queries as talent
from tests.cast import NOW, Firm
from tests.house.imports.bringing import TODAY, bring, save

LATER = NOW + timedelta(days=3)
LIST = (
    "Name,phone,Job,Site,Hire Date,CPR exp\nMarcus Bell,5555550101,Materials,North yard,1/30/2020,11/30/2026\n"
    "Hieu Tran,5555550102,CNC op,,,4/30/2026\nRosa Delgado,5555550103,CNC op,,,12/31/2027\n"
)


def undo(firm: Firm, run: Any, now=LATER) -> Any:
    return operations.undo(actor=firm.owner, import_id=run.id, now=now, today=TODAY + timedelta(days=3))


def person(firm: Firm, name: str) -> Person:
    [found] = people.people(actor=firm.owner, search=name)
    return found


def cards(firm: Firm, who: Person) -> list[date | None]:
    return sorted(one.ends for one in holdings_queries.holdings_of(actor=firm.owner, person_id=who.id))


def state(firm: Firm) -> dict[str, Any]:
    """Everything that a page would show of the firm."""
    rows = Person.objects.filter(org=firm.org).order_by("id")
    return {
        "people": serializers.serialize("json", rows),
        "sites": list(Site.objects.filter(org=firm.org).values_list("name", flat=True)),
        "positions": [str(one) for one in people.positions(actor=firm.owner)],
        "items": [str(one) for one in skills.items(actor=firm.owner)],
        "asked": talent.requirements(actor=firm.owner, on=TODAY),
        "held": holdings_queries.evidence(actor=firm.owner),
        "places": [
            (one.person_id, one.position_id, one.site_id, one.starts, one.ends)
            for one in Assignment.objects.filter(org=firm.org, superseded_at=None)
        ],
    }


def test_undo_returns_to_what_was(firm: Firm) -> None:
    before = state(firm)
    run = save(firm.owner, bring(firm.owner, LIST))
    assert state(firm) != before
    undone = undo(firm, run)
    assert undone.state == "undone" and undone.left_alone == [] and undone.undone_at == LATER
    assert state(firm) == before
    assert talent.board(actor=firm.owner, on=TODAY).columns == ()
    with pytest.raises(DomainError) as caught:
        undo(firm, run)
    assert caught.value.code == "import.closed"


def test_a_second_import_is_undone_and_the_first_stays(firm: Firm) -> None:
    save(firm.owner, bring(firm.owner, LIST))
    first = state(firm)
    changed = LIST.replace("12/31/2027", "6/30/2027").replace("CNC op", "Lead").replace("5555550102", "5555550199")
    run = save(firm.owner, bring(firm.owner, changed + "Ana Diaz,5555550104,Lead,South yard,,1/30/2027\n"))
    assert cards(firm, firm.person) == [date(2027, 6, 30)] and len(people.people(actor=firm.owner)) == 4
    assert undo(firm, run).left_alone == []
    second = state(firm)
    assert second.pop("held").keys() == first.pop("held").keys() and cards(firm, firm.person) == [date(2027, 12, 31)]
    assert sorted(map(str, second.pop("places"))) == sorted(map(str, first.pop("places")))
    assert second == first


def photo(firm: Firm, who: Person) -> None:
    [one] = holdings_queries.holdings_of(actor=firm.owner, person_id=who.id)
    holdings.note_late(actor=firm.owner, holding_id=one.id, text="Renewed a week late.", now=LATER)


def rename(firm: Firm, who: Person) -> None:
    people_operations.change_facts(actor=firm.owner, person_id=who.id, facts={"phone": "5555559999"}, now=LATER)


def give(firm: Firm, who: Person) -> None:
    kind = credentials.make_template(
        actor=firm.owner, name="Line", did="Does it.", how="Watched.", method="observed", months=None, level_asked=False,
        colour="indigo", language="en", now=NOW,
    )  # fmt: skip
    credentials.give(actor=firm.owner, person_id=who.id, template_id=kind.id, request_key="1", now=LATER)


def move(firm: Firm, who: Person) -> None:
    people_operations.assign(actor=firm.owner, person_id=who.id, starts=TODAY + timedelta(days=1), now=LATER)


@pytest.mark.parametrize("since", [photo, rename, give, move])
def test_whoever_was_changed_since_is_listed_and_left_alone(firm: Firm, since) -> None:
    run = save(firm.owner, bring(firm.owner, LIST))
    hieu = person(firm, "Hieu Tran")
    since(firm, hieu)
    undone = undo(firm, run)
    assert undone.left_alone[0] == "Hieu Tran" and {one.name for one in people.people(actor=firm.owner)} == {
        "Hieu Tran", "Rosa Delgado",
    }  # fmt: skip
    assert cards(firm, hieu) == [date(2026, 4, 30)] and cards(firm, firm.person) == []
    assert "CPR" in undone.left_alone and [str(one) for one in skills.items(actor=firm.owner)] == ["CPR"]


def test_somebody_who_was_there_keeps_what_was_changed_since(firm: Firm) -> None:
    run = save(firm.owner, bring(firm.owner, LIST))
    rename(firm, firm.person)
    undone = undo(firm, run)
    assert undone.left_alone == ["Rosa Delgado"] and person(firm, "Rosa Delgado").phone == "5555559999"
    assert cards(firm, firm.person) == []


def test_a_requirement_that_somebody_set_anew_stays(firm: Firm) -> None:
    run = save(firm.owner, bring(firm.owner, LIST))
    [item] = skills.items(actor=firm.owner)
    talent_operations.require(actor=firm.owner, item_id=item.id, target="everyone", starts=TODAY, now=LATER)
    assert undo(firm, run).left_alone == ["CPR"]
    assert [one.item_id for one in talent.requirements(actor=firm.owner, on=TODAY + timedelta(days=3))] == [item.id]


def test_an_import_that_stopped_midway_is_undone(firm: Firm) -> None:
    before = state(firm)
    rows = "".join(f"Worker {chr(97 + at // 26)}{chr(97 + at % 26)},11/30/2026\n" for at in range(60))
    run = save(firm.owner, bring(firm.owner, "Name,CPR exp\n" + rows), tell=lambda done, total: False)
    assert run.state == "saving" and len(people.people(actor=firm.owner)) == 51
    assert undo(firm, run).state == "undone" and state(firm) == before


def test_thirty_days_and_no_longer(firm: Firm) -> None:
    run = save(firm.owner, bring(firm.owner, LIST))
    with pytest.raises(DomainError) as caught:
        undo(firm, run, now=NOW + timedelta(days=30, seconds=1))
    assert caught.value.code == "import.too_late" and len(people.people(actor=firm.owner)) == 3
    assert undo(firm, run, now=NOW + timedelta(days=30)).state == "undone"


def test_a_list_that_was_not_saved_cannot_be_undone_but_thrown_away(firm: Firm) -> None:
    run = bring(firm.owner, LIST)
    with pytest.raises(DomainError) as caught:
        undo(firm, run)
    assert caught.value.code == "import.closed"
    operations.forget(actor=firm.owner, import_id=run.id, now=NOW)
    with pytest.raises(NotFound):
        queries.one(actor=firm.owner, import_id=run.id)


def test_the_outsider_cannot_undo(firm: Firm, other_firm: Firm) -> None:
    run = save(firm.owner, bring(firm.owner, LIST))
    with pytest.raises(NotFound):
        operations.undo(actor=other_firm.owner, import_id=run.id, now=LATER, today=TODAY)
    ids = [one.id for one in people.people(actor=firm.owner)]
    assert people_operations.remove_many(actor=other_firm.owner, person_ids=ids, ours=[], now=LATER) == []
    assert len(people.people(actor=firm.owner)) == 3


def test_an_item_made_by_hand_of_the_same_name_is_not_touched(firm: Firm) -> None:
    item = skills_operations.add_item(actor=firm.owner, kind="card", names={"en": "CPR"}, starts=TODAY, now=NOW)
    undo(firm, save(firm.owner, bring(firm.owner, LIST)))
    assert [one.id for one in skills.items(actor=firm.owner)] == [item.id]
