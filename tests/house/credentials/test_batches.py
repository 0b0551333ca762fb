"""Many at once: each row once in the result, whatever is killed, stopped or broken on the way."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from skillmark.errors import NotFound
from skillmark.rooms.credentials import operations, queries, rules
from skillmark.rooms.credentials.models import Batch, BatchRow, Check, CheckedItem
from skillmark.rooms.journal import queries as journal
from tests.cast import NOW, Firm
from tests.core.proofs import as_bytes, signed, verifier

pytestmark = pytest.mark.django_db
PROOF = as_bytes(signed())
LATER = NOW + rules.CLAIM_LASTS


def rows(count: int) -> list[tuple[str, str, bytes]]:
    """Rows that differ by the white space behind the proof."""
    return [(f"{number}.json", "file", PROOF + b" " * number) for number in range(1, count + 1)]


@pytest.fixture
def batch(firm: Firm) -> Batch:
    return operations.start_batch(actor=firm.supervisor, name="Monday", rows=rows(4), now=NOW)


def put_down(row: BatchRow) -> bool:
    reports = [verifier().check(bytes(row.body), now=NOW)]
    return operations.finish_row(row_id=row.id, reports=reports, now=NOW)


def take(most: int = 1, *, now: datetime = NOW, batch_id: UUID | None = None) -> list[BatchRow]:
    return operations.claim_rows(now=now, most=most, batch_id=batch_id)


def test_from_the_first_row_to_the_last(batch: Batch, firm: Firm) -> None:
    assert queries.batch(actor=firm.owner, batch_id=batch.id).state == "waiting"
    taken = take(3)
    assert [row.number for row in taken] == [1, 2, 3]
    assert all(put_down(row) for row in taken)
    found = queries.batch(actor=firm.owner, batch_id=batch.id)
    assert (found.state, found.done, found.failed, found.left, found.total) == ("running", 3, 0, 1, 4)
    (last,) = take(9)
    assert put_down(last)
    (found,) = queries.batches(actor=firm.owner)
    assert (found.state, found.done, found.left, found.finished_at) == ("done", 4, 0, NOW)
    assert take(9, now=LATER) == []
    kept = queries.checks(actor=firm.owner, batch_id=batch.id)
    assert len(kept) == 4 and {one.made_by for one in kept} == {"Walt Jensen"}
    assert [one.event for one in journal.history(org_id=firm.org.id, subject_id=batch.id)] == [
        "credentials.batch.started", "credentials.batch.finished",
    ]  # fmt: skip
    done = queries.batch_rows(actor=firm.owner, batch_id=batch.id)
    assert [(row.number, row.verdict, row.state) for row in done] == [(number, "good", "done") for number in (1, 2, 3, 4)]
    assert all(bytes(row.body) == b"" and row.item_id for row in BatchRow.objects.all())


def test_a_killed_worker_loses_nothing_and_doubles_nothing(batch: Batch, firm: Firm) -> None:
    killed = take(2)
    put_down(killed[0])  # the second was being checked when the worker died
    assert [row.number for row in take(9)] == [3, 4]  # another worker leaves it alone for a while
    assert [row.number for row in take(9, now=LATER)] == [2, 3, 4]
    again = take(9, now=LATER + rules.CLAIM_LASTS)
    assert [row.number for row in again] == [2, 3, 4]
    assert [put_down(row) for row in again] == [True, True, True]
    # The worker was not dead but slow: what it puts down now is not kept a second time.
    assert put_down(killed[1]) is False
    assert Check.objects.count() == CheckedItem.objects.count() == 4
    assert queries.batch(actor=firm.owner, batch_id=batch.id).state == "done"


def test_a_row_that_kills_every_worker_is_given_up_and_comes_last(batch: Batch, firm: Firm) -> None:
    (bad,) = take(1)
    when = LATER
    for row in take(9, now=when):
        if row.number != bad.number:
            put_down(row)
    for _ in range(rules.ROW_TRIES):
        when += rules.CLAIM_LASTS
        take(9, now=when)
    (row,) = BatchRow.objects.filter(state="failed")
    assert row.number == bad.number and row.problem == "check.interrupted"
    assert queries.batch(actor=firm.owner, batch_id=batch.id).state == "done"


def test_rows_that_were_never_tried_come_before_those_that_were(batch: Batch) -> None:
    take(1)
    assert [row.number for row in take(2, now=LATER)] == [2, 3]


def test_stopping_takes_effect_at_once(batch: Batch, firm: Firm) -> None:
    first, second = take(2)
    put_down(first)
    operations.stop_batch(actor=firm.supervisor, batch_id=batch.id, now=NOW)
    assert put_down(second) is False and Check.objects.count() == 1
    assert take(9) == [] and take(9, now=LATER) == []
    operations.resume_batch(actor=firm.owner, batch_id=batch.id, now=NOW)
    assert [row.number for row in take(9)] == [2, 3, 4]
    events = [one.event for one in journal.history(org_id=firm.org.id, subject_id=batch.id)]
    assert events == [f"credentials.batch.{what}" for what in ("started", "stopped", "resumed")]


def test_stopping_what_is_done_changes_nothing(batch: Batch, firm: Firm) -> None:
    for row in take(9):
        put_down(row)
    assert operations.stop_batch(actor=firm.owner, batch_id=batch.id, now=NOW).state == "done"
    assert operations.resume_batch(actor=firm.owner, batch_id=batch.id, now=NOW).state == "done"


def test_a_row_that_could_not_be_read_does_not_hold_up_the_others(firm: Firm) -> None:
    mixed = [*rows(1), ("locked.pdf", "problem", b"zip.locked"), *rows(2)[1:]]
    batch = operations.start_batch(actor=firm.owner, name="", rows=mixed, now=NOW)
    for row in take(9):
        put_down(row)
    found = queries.batch(actor=firm.owner, batch_id=batch.id)
    assert (found.state, found.done, found.failed) == ("done", 2, 1)
    broken = queries.batch_rows(actor=firm.owner, batch_id=batch.id, after=1, most=1)
    assert [(row.name, row.problem) for row in broken] == [("locked.pdf", "zip.locked")]


def test_nothing_but_broken_rows_is_done_at_once(firm: Firm) -> None:
    made = operations.start_batch(actor=firm.owner, name="", rows=[("x", "problem", b"zip.bad")], now=NOW)
    assert made.state == "done" and queries.idle_batches(now=LATER) == []


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        ([], "batch.empty"),
        ([("", "link", b"https://a.example")] * (rules.BATCH_ROWS + 1), "batch.too_many"),
        ([("", "mood", b"x")], "check.kind_unknown"),
        ([("", "file", bytes(rules.BATCH_BYTES + 1))], "batch.too_large"),
    ],
)
def test_what_is_not_begun(firm: Firm, wanted: list[tuple[str, str, bytes]], code: str) -> None:
    with pytest.raises(operations.CannotCheck) as caught:
        operations.start_batch(actor=firm.owner, name="", rows=wanted, now=NOW)
    assert caught.value.code == code and not Batch.objects.exists()


def test_the_most_is_possible(firm: Firm) -> None:
    wanted = [("", "link", b"https://a.example")] * rules.BATCH_ROWS
    operations.start_batch(actor=firm.owner, name="All", rows=wanted, now=NOW)
    assert BatchRow.objects.count() == rules.BATCH_ROWS
    assert [row.number for row in take(2)] == [1, 2]


def test_idle_is_what_nobody_works_on(batch: Batch) -> None:
    assert queries.idle_batches(now=NOW) == [batch.id]
    take(1)
    assert queries.idle_batches(now=NOW + timedelta(minutes=1)) == []
    assert queries.idle_batches(now=LATER) == [batch.id]


def test_one_firm_does_not_wait_for_another(batch: Batch, other_firm: Firm) -> None:
    theirs = operations.start_batch(actor=other_firm.owner, name="", rows=rows(1), now=NOW)
    assert [row.batch_id for row in take(9, batch_id=theirs.id)] == [theirs.id]


def test_forgetting_an_item_leaves_a_row_without_a_name(batch: Batch, firm: Firm) -> None:
    (row,) = take(1)
    put_down(row)
    item_id = BatchRow.objects.get(id=row.id).item_id
    assert item_id is not None
    operations.forget_item(actor=firm.owner, item_id=item_id, now=NOW)
    row.refresh_from_db()
    assert row.item_id is None and row.name == "" and row.state == "done"


def test_the_outsider_finds_nothing(batch: Batch, other_firm: Firm) -> None:
    outsider = other_firm.owner
    asks: list[Callable[[], object]] = [
        lambda: queries.batch(actor=outsider, batch_id=batch.id),
        lambda: queries.batch_rows(actor=outsider, batch_id=batch.id),
        lambda: queries.checks(actor=outsider, batch_id=batch.id),
        lambda: operations.stop_batch(actor=outsider, batch_id=batch.id, now=NOW),
        lambda: operations.resume_batch(actor=outsider, batch_id=batch.id, now=NOW),
    ]
    for ask in asks:
        with pytest.raises(NotFound):
            ask()
    assert queries.batches(actor=outsider) == []


@pytest.mark.usefixtures("several_connections")
def test_workers_side_by_side_share_the_rows(firm: Firm) -> None:
    """Four workers take and put down at once, and each puts one row down twice."""
    made = operations.start_batch(actor=firm.supervisor, name="", rows=rows(12), now=NOW)
    results: list[bool] = []

    def worker() -> None:
        while taken := take(2):
            results.extend(put_down(row) for row in [*taken, taken[0]])

    side_by_side(worker)
    assert results.count(True) == 12 == Check.objects.count() == CheckedItem.objects.count()
    assert queries.batch(actor=firm.owner, batch_id=made.id).state == "done"


@pytest.mark.usefixtures("several_connections")
def test_the_same_thing_kept_at_once_is_one_item_with_several_rounds(firm: Firm) -> None:
    report = verifier().check(PROOF, now=NOW)
    asked: dict[str, Any] = {"actor": firm.supervisor, "kind": "file", "name": "", "body": PROOF, "now": NOW}
    side_by_side(lambda: operations.keep_checks(reports=[report, report], **asked))
    assert CheckedItem.objects.get().rounds == 4
    assert sorted(Check.objects.values_list("round", "position")) == [(n, p) for n in (1, 2, 3, 4) for p in (1, 2)]


def side_by_side(work: Callable[[], object]) -> None:
    """Four threads, each with a connection of its own."""

    def run() -> None:
        try:
            work()
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
