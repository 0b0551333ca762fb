"""What Home tells: answers that changed by themselves, and checks of many and classes under way or just done."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import Any
from uuid import UUID

from skillmark.edges.web import batches, checks, runs
from skillmark.errors import NotFound
from skillmark.rooms.credentials import queries
from skillmark.rooms.journal import queries as journal
from skillmark.rooms.people.rules import Actor, may

CHANGED = "credentials.check.changed"
CHANGES_STAY = timedelta(days=7)
DONE_STAYS = timedelta(days=1)
MOST = 5
_LOOK_BACK = 500


@dataclass(frozen=True, slots=True)
class News:
    """Newest first, at most five of each. `changes` are answers about watched things, with the one before."""

    changes: list[checks.Line]
    batches: list[Any]
    runs: list[tuple[Any, str]]  # classes, each with how far it is in words


def of(*, actor: Actor, now: datetime) -> News:
    """What happened lately, as of `now`."""
    every = queries.batches(actor=actor)
    fresh = [one for one in every if one.state in batches.OPEN or (one.finished_at and now - one.finished_at < DONE_STAYS)]
    lately = queries.fresh_runs(actor=actor, since=now - DONE_STAYS) if may(actor, "proof.give") else []
    return News(
        changes=list(islice(_changes(actor=actor, now=now), MOST)),
        batches=fresh[:MOST],
        runs=[(one, runs.progress(run=one)) for one in lately[:MOST]],
    )


def _changes(*, actor: Actor, now: datetime) -> Iterator[checks.Line]:
    """One line for each proof, the newest change; what has been forgotten since is left out."""
    seen: set[tuple[UUID, int]] = set()
    for entry in journal.latest(org_id=actor.org_id, limit=_LOOK_BACK):
        if entry.event != CHANGED or now - entry.at > CHANGES_STAY:
            continue
        try:
            check = queries.check(actor=actor, check_id=UUID(entry.subject_id))
        except NotFound:
            continue
        if (check.item_id, check.position) not in seen:
            seen.add((check.item_id, check.position))
            yield checks.line(check=check, before=entry.data["before"])
