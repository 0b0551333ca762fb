"""The job that gives classes: begins by the journal, goes on by itself, takes up by the clock what lies idle."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from skillmark.edges.jobs import give_runs, schedule
from skillmark.rooms.credentials import operations, queries, rules
from skillmark.rooms.journal import queries as journal
from tests.cast import NOW, Firm

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, dict[str, str]]]:
    """What was put into the queue."""
    found: list[tuple[str, dict[str, str]]] = []
    monkeypatch.setattr(give_runs.queue, "put", lambda name, **facts: found.append((name, facts)))
    return found


def started(firm: Firm, rows: int = 3) -> Any:
    kind = operations.add_ready_template(actor=firm.owner, key="cnc-tool-change", now=NOW)
    wanted = [rules.Wanted(line=one, name=f"Learner {one}", level=3) for one in range(1, rows + 1)]
    run = operations.plan_run(
        actor=firm.owner, template_id=kind.id, name="May", rows=wanted, observed_on=None, note="", request_key="k", now=NOW
    )
    return operations.start_run(actor=firm.owner, run_id=run.id, count=rows, now=NOW)


def entry(firm: Firm, event: str) -> Any:
    (found,) = journal.entries(org_id=firm.org.id, events=[event])
    return found


def test_the_journal_starts_it(firm: Firm, asked: list[Any]) -> None:
    run = started(firm)
    give_runs.run(now=NOW, org_id=str(firm.org.id), entry_id=str(entry(firm, give_runs.STARTED).id))
    assert queries.run(actor=firm.owner, run_id=run.id).done == 3 and asked == []
    job = schedule.BY_NAME["give_runs"]
    assert job.on == {give_runs.STARTED, give_runs.RESUMED} and job.every == timedelta(minutes=1)


def test_others_have_their_turn(firm: Firm, asked: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(give_runs, "SECONDS", -1.0)
    run = started(firm, rows=210)
    give_runs.run(now=NOW, run_id=str(run.id))
    assert queries.run(actor=firm.owner, run_id=run.id).done == 200
    assert asked == [("give_runs", {"run_id": str(run.id)})]
    give_runs.run(now=NOW, **asked[0][1])
    assert queries.run(actor=firm.owner, run_id=UUID(asked[0][1]["run_id"])).done == 210


def test_the_clock_takes_up_what_lies_idle(firm: Firm, asked: list[Any]) -> None:
    run = started(firm)

    def die(point: str) -> None:
        if point == "reserved":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        operations.do_rows(run_id=run.id, now=NOW, reached=die)
    give_runs.run(now=NOW + timedelta(seconds=10))
    assert asked == []  # whoever has taken the rows may still be at it
    give_runs.run(now=NOW + rules.RUN_LEASE + timedelta(seconds=1))
    assert asked == [("give_runs", {"run_id": str(run.id)})]
    operations.stop_run(actor=firm.owner, run_id=run.id, now=NOW)
    give_runs.run(now=NOW + timedelta(hours=1))
    assert len(asked) == 1
