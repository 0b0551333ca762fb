"""The owner and whom the owner lets in by name; everybody else gets what a stranger gets: not found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest

from skillmark.errors import NotFound
from skillmark.rooms.health import operations, queries
from skillmark.rooms.journal import queries as journal
from skillmark.rooms.people import operations as people
from skillmark.rooms.people.rules import Actor, Role, server_for
from tests.cast import NOW, Firm
from tests.house.health.conftest import TODAY, Asked

pytestmark = pytest.mark.django_db


def reads(firm: Firm, actor: Actor, asked: Asked) -> list[Callable[[], object]]:
    rosa = firm.person.id
    return [
        lambda: queries.items(actor=actor, on=TODAY),
        lambda: queries.item(actor=actor, item_id=asked.everyone, on=TODAY),
        lambda: queries.overview(actor=actor, on=TODAY, now=NOW),
        lambda: queries.of_person(actor=actor, person_id=rosa, on=TODAY, now=NOW),
        lambda: queries.for_pack(actor=actor, person_ids=[rosa], on=TODAY, now=NOW),
    ]


def writes(firm: Firm, actor: Actor, asked: Asked) -> list[Callable[[], object]]:
    item = {"names": {"en": "X"}, "months": 1, "everyone": True, "position_ids": (), "starts": TODAY, "now": NOW}
    told = {"obtained": date(2025, 1, 1), "now": NOW, "today": TODAY}
    return [
        lambda: operations.add_item(actor=actor, **item),
        lambda: operations.change_item(actor=actor, item_id=asked.everyone, **item),
        lambda: operations.record(actor=actor, person_id=firm.person.id, item_id=asked.everyone, **told),
        lambda: operations.stop_item(actor=actor, item_id=asked.everyone, starts=TODAY, now=NOW),
    ]


def owners(actor: Actor, asked: Asked) -> list[Callable[[], object]]:
    return [
        lambda: queries.access(actor=actor),
        lambda: operations.let_in(actor=actor, member_id=asked.supervisor, change=True, now=NOW),
        lambda: operations.shut_out(actor=actor, member_id=asked.supervisor, now=NOW),
    ]


def refuse(doors: list[Callable[[], object]]) -> None:
    for door in doors:
        with pytest.raises(NotFound):
            door()


def test_no_role_opens_it(firm: Firm, other_firm: Firm, asked: Asked) -> None:
    made = operations.record(
        actor=firm.owner, person_id=firm.person.id, item_id=asked.everyone, obtained=date(2025, 1, 1), now=NOW, today=TODAY,
        file=("a.pdf", b"%PDF-x"),
    )  # fmt: skip
    file = queries.record(actor=firm.owner, record_id=made, now=NOW)[1].file_id or uuid4()
    before = len(journal.entries(org_id=firm.org.id))
    outsiders = [
        firm.supervisor,
        replace(firm.supervisor, role=Role.AUDITOR),
        replace(firm.owner, via="api"),  # the owner's program
        replace(firm.owner, via="cli"),
        server_for(org_id=firm.org.id),
        replace(firm.owner, role=Role.WORKER, user_id=None),
    ]
    for actor in outsiders:
        assert queries.rights(actor=actor) == queries.Rights()
        refuse([*reads(firm, actor, asked), *writes(firm, actor, asked), *owners(actor, asked)])
        refuse([lambda actor=actor: queries.record(actor=actor, record_id=made, now=NOW)])  # type: ignore[misc]
        refuse([lambda actor=actor: queries.file(actor=actor, file_id=file, now=NOW)])  # type: ignore[misc]
        refuse([lambda actor=actor: operations.withdraw(actor=actor, record_id=made, now=NOW)])  # type: ignore[misc]
    # The owner of another firm has rights of their own, and finds nothing of this one.
    theirs = other_firm.owner
    refuse([*reads(firm, theirs, asked)[1:2], *reads(firm, theirs, asked)[3:], *writes(firm, theirs, asked)[1:]])
    refuse([lambda: queries.record(actor=theirs, record_id=made, now=NOW)])
    refuse([lambda: queries.file(actor=theirs, file_id=file, now=NOW)])
    refuse(owners(theirs, asked)[1:])
    assert queries.items(actor=theirs, on=TODAY) == []
    assert len(journal.entries(org_id=firm.org.id)) == before


def test_the_owner_lets_in_by_name(firm: Firm, asked: Asked) -> None:
    operations.let_in(actor=firm.owner, member_id=asked.supervisor, change=False, now=NOW)
    for door in reads(firm, firm.supervisor, asked):
        door()
    refuse([*writes(firm, firm.supervisor, asked), *owners(firm.supervisor, asked)])
    operations.let_in(actor=firm.owner, member_id=asked.supervisor, change=True, now=NOW)
    for door in writes(firm, firm.supervisor, asked):
        door()
    refuse(owners(firm.supervisor, asked))
    assert [(one.name, one.rights.change) for one in queries.access(actor=firm.owner)] == [
        ("Dana Whitlock", True),
        ("Walt Jensen", True),
    ]
    operations.shut_out(actor=firm.owner, member_id=asked.supervisor, now=NOW)
    refuse(reads(firm, firm.supervisor, asked))
    refuse([lambda: operations.shut_out(actor=firm.owner, member_id=asked.supervisor, now=NOW)])
    told = [one.event for one in journal.entries(org_id=firm.org.id)]
    assert told.count("health.access.given") == 2 and told.count("health.access.ended") == 1


def test_owners_are_in_already(firm: Firm, asked: Asked) -> None:
    owner = next(one.member_id for one in queries.access(actor=firm.owner) if one.role == Role.OWNER)
    refuse([lambda: operations.let_in(actor=firm.owner, member_id=owner, change=True, now=NOW)])  # type: ignore[arg-type]


def test_whoever_is_removed_is_out(firm: Firm, asked: Asked) -> None:
    operations.let_in(actor=firm.owner, member_id=asked.supervisor, change=True, now=NOW)
    people.remove_member(actor=firm.owner, member_id=asked.supervisor, now=NOW)
    refuse(reads(firm, firm.supervisor, asked))


def test_a_site_keeps_its_people(firm: Firm, asked: Asked) -> None:
    """Let in, a supervisor of one site still sees nobody of another."""
    operations.let_in(actor=firm.owner, member_id=asked.supervisor, change=True, now=NOW)
    yard = people.add_site(actor=firm.owner, name="Yard", now=NOW)
    here = replace(firm.supervisor, sites=frozenset({yard.id}))
    made = operations.record(
        actor=firm.owner, person_id=firm.person.id, item_id=asked.everyone, obtained=date(2025, 1, 1), now=NOW, today=TODAY
    )
    assert queries.overview(actor=here, on=TODAY, now=NOW) == []
    refuse(reads(firm, here, asked)[3:])
    refuse([lambda: queries.record(actor=here, record_id=made, now=NOW)])
    refuse([lambda: operations.withdraw(actor=here, record_id=made, now=NOW)])
