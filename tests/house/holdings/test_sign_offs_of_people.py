"""Sign-offs go where the people go: joined, taken apart, deleted; and a new revision asks for new ones."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from skillmark.desks import reports, whole_person
from skillmark.desks.reports import Ask
from skillmark.errors import NotFound
from skillmark.rooms.holdings import operations, queries
from skillmark.rooms.holdings.models import Holding, SignOff, StoredFile
from skillmark.rooms.people import operations as people
from skillmark.rooms.people import queries as people_queries
from skillmark.rooms.people.models import Member
from skillmark.rooms.skills import operations as skills
from skillmark.rooms.talent import operations as talent_operations
from skillmark.rooms.talent import queries as talent
from skillmark.rooms.talent.rules import State
from tests.cast import NOW, Firm
from tests.house.holdings.signing import DAY, LONG_AGO, make_item, settle, sign, sign_with_token

pytestmark = pytest.mark.django_db
TODAY = date(2026, 5, 4)
CREW = ("Ana Ruiz", "Ben Cho", "Carla Diaz", "Eve Moss", "Sam Okafor", "Theo Lind")


@pytest.fixture
def item(firm: Firm) -> Any:
    return make_item(firm)


def test_a_holding_that_was_somebody_elses_takes_its_sign_offs_along(firm: Firm, item: Any) -> None:
    made = sign(firm, item)
    settle()
    held = Holding.objects.get()
    other = whole_person.part(
        actor=firm.owner, person_id=firm.person.id, name="Rosa Delgado", number="2", holding_ids=[held.id], now=NOW + DAY
    )
    made.refresh_from_db()
    assert made.person_id == other.id and made.holding == Holding.objects.get(superseded_at=None)
    assert queries.sign_offs(actor=firm.owner, person_id=firm.person.id) == []


def test_a_corrected_holding_keeps_them(firm: Firm, item: Any) -> None:
    made = sign(firm, item)
    settle()
    held = Holding.objects.get()
    facts = operations.facts_in(held=held)
    right = operations.correct(actor=firm.owner, holding_id=held.id, facts=facts, now=NOW + DAY)
    made.refresh_from_db()
    assert made.holding_id == right.id


def test_who_is_deleted_leaves_none(firm: Firm, item: Any) -> None:
    _, token = sign_with_token(firm, item, photo=(b"rosa at the machine", "image/jpeg"), seen="Set G54.")
    sign(firm, item, person_id=people.add_person(actor=firm.owner, name="Ben Cho", now=NOW).id, photo=(b"ben", "image/jpeg"))
    operations.comment(token=token, text="It was my first time.", now=NOW)
    settle()
    whole_person.forget(actor=firm.owner, person_id=firm.person.id, typed_name="Rosa Delgado", now=NOW + DAY)
    assert [one.person.name for one in SignOff.objects.all()] == ["Ben Cho"]
    assert [bytes(one.body) for one in StoredFile.objects.all()] == [b"ben"]
    with pytest.raises(NotFound):
        operations.open_seen(token=token, now=NOW + DAY)


def test_the_photo_is_for_who_may_see_the_person(firm: Firm, other_firm: Firm, item: Any) -> None:
    made = sign(firm, item, photo=(b"at the machine", "image/jpeg"))
    assert made.photo is not None
    file_id = made.photo.id
    assert bytes(queries.stored_file(actor=firm.owner, file_id=file_id).body) == b"at the machine"
    assert queries.is_shown(actor=firm.owner, file=made.photo)
    with pytest.raises(NotFound):
        queries.stored_file(actor=other_firm.owner, file_id=file_id)
    site = people.add_site(actor=firm.owner, name="North", time_zone="America/Chicago", now=NOW)
    Member.objects.get(user=firm.supervisor_user).sites.add(site.id)
    walt = people_queries.actor_for(user_id=firm.supervisor_user.id, now=NOW)
    with pytest.raises(NotFound):
        queries.stored_file(actor=walt, file_id=file_id)
    people.assign(actor=firm.owner, person_id=firm.person.id, site_id=site.id, starts=LONG_AGO, now=NOW)
    assert queries.stored_file(actor=walt, file_id=file_id).id == file_id


def test_a_new_revision_makes_six_people_amber_then_red(firm: Firm) -> None:
    document = skills.add_document(actor=firm.owner, code="WI-14", now=NOW - DAY)
    revise = {"actor": firm.owner, "document_id": document.id}
    skills.raise_revision(code="C", effective_from=date(2026, 1, 1), now=NOW - DAY, **revise)
    item = make_item(firm, months=None, document_id=document.id)
    crew = {name: people.add_person(actor=firm.owner, name=name, now=NOW - DAY).id for name in CREW}
    talent_operations.require(actor=firm.owner, item_id=item.id, target="everyone", starts=LONG_AGO, now=NOW - DAY)
    for person_id in crew.values():
        sign(firm, item, person_id=person_id, revision="C")
    settle()
    skills.raise_revision(code="D", effective_from=date(2026, 6, 1), grace_days=14, now=NOW + 20 * DAY, **revise)

    def states(on: date, **more: Any) -> set[State]:
        rows = talent.board(actor=firm.owner, on=on, **more).rows
        return {rows[person_id].cells[item.id].state for person_id in crew.values()}

    assert states(TODAY) == states(date(2026, 5, 31)) == {State.MET}
    assert states(date(2026, 6, 1)) == states(date(2026, 6, 15)) == {State.REVISION_GRACE}
    assert states(date(2026, 6, 16)) == {State.REVISION_OLD}
    assert states(TODAY, known_at=NOW + DAY) == {State.MET}

    def again(on: date) -> list[list[Any]]:
        table = reports.make(name="resign", actor=firm.owner, ask=Ask(on=on))
        places = [[column.key for column in table.columns].index(key) for key in ("signed_on", "in_force", "until")]
        return [[row[place] for place in places] for row in table.rows]

    assert again(TODAY) == []
    assert again(date(2026, 6, 10)) == [["C", "D", date(2026, 6, 15)]] * 6
    later = NOW + timedelta(days=40)
    sign(firm, item, person_id=crew["Ana Ruiz"], now=later, revision="D")
    settle(later)
    board = talent.board(actor=firm.owner, on=date(2026, 6, 16))
    assert board.rows[crew["Ana Ruiz"]].cells[item.id].state is State.MET
    assert len(again(date(2026, 6, 16))) == 5
