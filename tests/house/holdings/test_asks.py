"""A request for a photo: its link lets one person hand in one photo once, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest

from skillmark.errors import DomainError, NotFound
from skillmark.rooms.holdings import operations, queries
from skillmark.rooms.journal import queries as journal
from skillmark.rooms.people.operations import CannotDo
from skillmark.rooms.people.rules import Role
from skillmark.rooms.skills import operations as skills
from tests.cast import NOW, Firm


@pytest.fixture
def item(firm: Firm) -> UUID:
    return skills.add_item(actor=firm.owner, kind="card", names={"en": "First aid"}, starts=date(2020, 1, 1), now=NOW).id


def ask(firm: Firm, item: UUID) -> tuple[UUID, str]:
    made, token = operations.ask(actor=firm.owner, person_id=firm.person.id, item_id=item, now=NOW, step=30)
    return made.id, token


def hand_in(token: str, days: int = 1) -> object:
    return operations.use_ask(token=token, body=b"card", media_type="image/png", name="c.png", now=NOW + timedelta(days=days))


def test_handed_in_it_waits_for_somebody_of_the_firm(firm: Firm, item: UUID) -> None:
    ask_id, token = ask(firm, item)
    assert operations.open_ask(token=token, now=NOW).id == ask_id
    hand_in(token)
    [photo] = queries.waiting_photos(actor=firm.owner)
    assert (photo.added_by, photo.holding.person_id, photo.holding.item_id) == (firm.person.name, firm.person.id, item)
    [one] = queries.evidence(actor=firm.owner)[firm.person.id][item]
    assert (one.has_photo, one.photo_approved, one.ends, one.no_end) == (True, False, None, False)
    assert queries.asks(actor=firm.owner, open_only=True) == []


def test_a_link_works_once_and_thirty_days(firm: Firm, item: UUID) -> None:
    _, token = ask(firm, item)
    with pytest.raises(DomainError) as no:
        hand_in(token, days=30)
    assert no.value.code == "ask.closed"
    hand_in(token, days=29)
    with pytest.raises(DomainError) as no:
        hand_in(token, days=29)
    assert (no.value.code, no.value.facts) == ("ask.used", {"date": "2026-06-02"})
    with pytest.raises(DomainError) as no:
        operations.open_ask(token="guessed", now=NOW)
    assert no.value.code == "ask.closed"


def test_taken_back_it_opens_nothing(firm: Firm, item: UUID) -> None:
    ask_id, token = ask(firm, item)
    operations.close_ask(actor=firm.owner, ask_id=ask_id, now=NOW)
    with pytest.raises(DomainError) as no:
        hand_in(token)
    assert no.value.code == "ask.closed"
    with pytest.raises(NotFound):
        operations.close_ask(actor=firm.owner, ask_id=ask_id, now=NOW)
    assert "holdings.ask.closed" in [one.event for one in journal.entries(org_id=firm.org.id)]


def test_nothing_is_sent_before_somebody_says_so(firm: Firm, item: UUID) -> None:
    ask_id, _ = ask(firm, item)
    assert queries.asks(actor=firm.owner)[0].sent_at is None
    operations.mark_sent(actor=firm.owner, ask_id=ask_id, channel="text", now=NOW)
    [one] = queries.asks(actor=firm.owner, person_id=firm.person.id)
    assert (one.sent_at, one.channel) == (NOW, "text")


def test_nobody_else_gets_in(firm: Firm, other_firm: Firm, item: UUID) -> None:
    ask_id, _ = ask(firm, item)
    for door in (
        lambda: operations.ask(actor=other_firm.owner, person_id=firm.person.id, item_id=item, now=NOW),
        lambda: operations.ask(actor=other_firm.owner, person_id=other_firm.person.id, item_id=item, now=NOW),
        lambda: operations.mark_sent(actor=other_firm.owner, ask_id=ask_id, channel="text", now=NOW),
        lambda: operations.close_ask(actor=other_firm.owner, ask_id=ask_id, now=NOW),
        lambda: queries.asks(actor=other_firm.owner, person_id=firm.person.id),
    ):  # fmt: skip
        with pytest.raises(NotFound):
            door()
    assert queries.asks(actor=other_firm.owner) == []


def test_an_auditor_asks_for_nothing(firm: Firm, item: UUID) -> None:
    with pytest.raises(CannotDo):
        operations.ask(actor=replace(firm.supervisor, role=Role.AUDITOR), person_id=firm.person.id, item_id=item, now=NOW)
