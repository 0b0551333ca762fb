"""Slip and PIN: guessed, tried too often, changed; and where the page stands open."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from skillmark.errors import NotFound
from skillmark.rooms.journal import queries as journal
from skillmark.rooms.people.rules import Actor, guesses
from skillmark.rooms.records import operations, queries, rules
from skillmark.rooms.records.models import Opening
from tests.cast import NOW, Firm
from tests.house.records.keeping import give_one, keep_one

PIN = "739204"


def test_a_pin_tried_ten_times_is_paused_and_never_locked_for_good(page: Actor) -> None:
    slip = operations.choose_pin(actor=page, pin=PIN, now=NOW)
    codes = []
    for _ in range(10):
        with pytest.raises(operations.CannotOpen) as refused:
            operations.open(slip_code=slip, pin="000000", now=NOW)
        codes.append(refused.value.code)
    assert codes == ["record.wrong"] * 4 + ["record.paused"] * 6
    with pytest.raises(operations.CannotOpen, match=r"record\.paused"):
        operations.open(slip_code=slip, pin=PIN, now=NOW + guesses.PAUSE - timedelta(seconds=1))
    assert operations.open(slip_code=slip, pin=PIN, now=NOW + guesses.PAUSE) == page


def test_a_guessed_slip_reads_as_a_wrong_pin(page: Actor) -> None:
    operations.choose_pin(actor=page, pin=PIN, now=NOW)
    with pytest.raises(operations.CannotOpen) as refused:
        operations.open(slip_code="AAAA-BBBB-CCCC", pin=PIN, now=NOW)
    assert refused.value.code == "record.wrong"


def test_an_opening_stands_until_it_is_ended_and_remembers_the_last_minute(page: Actor) -> None:
    number = operations.note_opening(actor=page, way="slip", device="android", now=NOW)
    assert operations.note_visit(actor=page, opening_id=number, now=NOW + timedelta(seconds=59))
    assert Opening.objects.get().seen_at == NOW
    assert operations.note_visit(actor=page, opening_id=number, now=NOW + timedelta(seconds=60))
    assert Opening.objects.get().seen_at == NOW + timedelta(seconds=60)
    operations.end_opening(actor=page, opening_id=number, now=NOW)
    operations.end_opening(actor=page, opening_id=number, now=NOW)  # twice is as good as once
    assert not operations.note_visit(actor=page, opening_id=number, now=NOW)
    events = [entry.event for entry in journal.history(org_id=page.org_id, subject_id=number)]
    assert sorted(events) == ["records.page.closed", "records.page.opened"]


def test_openings_of_somebody_else_are_not_there(page: Actor, other_firm: Firm) -> None:
    theirs = keep_one(firm=other_firm, issued=give_one(firm=other_firm))
    number = operations.note_opening(actor=page, way="slip", device="android", now=NOW)
    assert queries.openings(actor=theirs, now=NOW) == []
    for change in (operations.end_opening, operations.keep_copy):
        with pytest.raises(NotFound):
            change(actor=theirs, opening_id=number, now=NOW)
    assert not operations.note_visit(actor=theirs, opening_id=number, now=NOW)
    assert operations.end_other_openings(actor=theirs, now=NOW) == 0
    with pytest.raises(NotFound):
        operations.end_opening(actor=page, opening_id=uuid4(), now=NOW)


def test_a_new_slip_closes_the_page_everywhere_else(page: Actor) -> None:
    operations.choose_pin(actor=page, pin=PIN, now=NOW)
    here, there = (operations.note_opening(actor=page, way="slip", device=one, now=NOW) for one in ("mac", "android"))
    operations.change_pin(actor=page, old_pin=PIN, new_pin="580417", stay=[here], now=NOW)
    assert [one.id for one in queries.openings(actor=page, now=NOW)] == [here]
    assert not operations.note_visit(actor=page, opening_id=there, now=NOW)


def test_closed_by_itself_it_is_not_listed_unless_the_device_keeps_a_copy(page: Actor) -> None:
    plain, kept = (operations.note_opening(actor=page, way="slip", device="android", now=NOW) for _ in range(2))
    operations.keep_copy(actor=page, opening_id=kept, now=NOW)
    later = NOW + rules.STAYS_OPEN
    assert [one.id for one in queries.openings(actor=page, now=later)] == [kept]
    assert queries.copy_stays(opening_id=kept)
    assert not queries.copy_stays(opening_id=plain)
    operations.end_copy(opening_id=kept, now=later)
    operations.end_copy(opening_id=uuid4(), now=later)
    assert not queries.copy_stays(opening_id=kept)


def test_the_clean_up_forgets_openings_that_are_long_over(page: Actor) -> None:
    ended, stale, kept, new = (operations.note_opening(actor=page, way="slip", device="", now=NOW) for _ in range(4))
    operations.end_opening(actor=page, opening_id=ended, now=NOW)
    operations.keep_copy(actor=page, opening_id=kept, now=NOW)
    later = NOW + rules.FORGOTTEN_AFTER + timedelta(minutes=2)
    operations.note_visit(actor=page, opening_id=new, now=later)
    assert operations.drop_openings(now=later) == 2
    assert set(Opening.objects.values_list("id", flat=True)) == {kept, new}
    assert operations.drop_openings(now=NOW + rules.COPY_FORGOTTEN_AFTER + timedelta(minutes=1)) == 2
    assert stale not in set(Opening.objects.values_list("id", flat=True))
