"""The board: what a firm asks for, what its people hold, and the cell where the two meet."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from skillmark.errors import NotFound
from skillmark.rooms.holdings import operations as holdings
from skillmark.rooms.people import operations as people
from skillmark.rooms.skills import operations as skills
from skillmark.rooms.talent import operations, queries
from skillmark.rooms.talent.rules import State
from tests.cast import NOW, Firm

TODAY = date(2026, 5, 4)
LONG_AGO = date(2020, 1, 1)


def test_a_checked_card_is_in_date_and_then_expires(firm: Firm) -> None:
    owner = firm.owner
    card = skills.add_item(actor=owner, kind="card", names={"en": "First aid"}, starts=LONG_AGO, now=NOW)
    operations.require(actor=owner, item_id=card.id, target="everyone", starts=LONG_AGO, now=NOW)
    board = queries.board(actor=owner, on=TODAY)
    assert board.rows[firm.person.id].cells[card.id].state is State.MISSING
    facts = holdings.Facts(obtained=date(2024, 6, 1), ends=date(2026, 6, 1))
    held = holdings.record(actor=owner, person_id=firm.person.id, item_id=card.id, facts=facts, now=NOW)
    assert queries.board(actor=owner, on=TODAY).rows[firm.person.id].cells[card.id].state is State.BELOW_TRUST
    holdings.log_look_up(
        actor=owner, holding_id=held.id, link="https://example.org", looked_on=TODAY, confirmed=True, now=NOW, today=TODAY
    )
    for on, state in (
        (TODAY, State.MET_SOON), (date(2026, 5, 1), State.MET), (date(2026, 6, 1), State.MET_SOON),
        (date(2026, 6, 2), State.EXPIRED),
    ):  # fmt: skip
        assert queries.board(actor=owner, on=on).rows[firm.person.id].cells[card.id].state is state, on


def test_an_outsider_sees_nothing(firm: Firm, other_firm: Firm) -> None:
    card = skills.add_item(actor=firm.owner, kind="card", names={"en": "First aid"}, starts=LONG_AGO, now=NOW)
    with pytest.raises(NotFound):
        queries.who_can(actor=other_firm.owner, item_id=card.id, on=TODAY)
    with pytest.raises(NotFound):
        queries.row_of(actor=other_firm.owner, person_id=firm.person.id, on=TODAY)
    assert firm.person.id not in queries.board(actor=other_firm.owner, on=TODAY).rows


def test_a_site_supervisor_sees_their_site(firm: Firm) -> None:
    owner = firm.owner
    there = people.add_site(actor=owner, name="North", now=NOW)
    far = people.add_person(actor=owner, name="Marcus Bell", now=NOW)
    people.assign(actor=owner, person_id=far.id, site_id=there.id, starts=LONG_AGO, now=NOW)
    from dataclasses import replace

    limited = replace(firm.supervisor, sites=frozenset({there.id}))
    assert set(queries.board(actor=limited, on=TODAY + timedelta(days=1)).rows) == {far.id}
    with pytest.raises(NotFound):
        queries.row_of(actor=limited, person_id=firm.person.id, on=TODAY)
