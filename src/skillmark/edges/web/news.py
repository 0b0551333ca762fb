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
from skillmark.rooms.journal.rules import Memory
from skillmark.rooms.people.rules import Actor, may

CHANGED = "credentials.check.changed"
CHANGES_STAY = timedelta(days=7)
DONE_STAYS = timedelta(days=1)
MOST = 5
_LOOK_BACK = 500
_MEMORY: Memory[tuple[int, ...], list[tuple[datetime, str, str]]] = Memory(most=32)


@dataclass(frozen=True, slots=True)
class News:
    """Newest first, at most five of each. `changes` are answers about watched things, with the one before."""

    changes: list[checks.Line]
    batches: list[Any]
    runs: list[tuple[Any, str]]  # classes, each with how far it is in words


def of(*, actor: Actor, now: datetime, version: tuple[int, ...]) -> News:
    """What happened lately, as of `now`. `version`: the firm's newest entries, as `journal.newest` tells them."""
    every = queries.batches(actor=actor)
    fresh = [one for one in every if one.state in batches.OPEN or (one.finished_at and now - one.finished_at < DONE_STAYS)]
    lately = queries.fresh_runs(actor=actor, since=now - DONE_STAYS) if may(actor, "proof.give") else []
    return News(
        changes=list(islice(_changes(actor=actor, now=now, version=version), MOST)),
        batches=fresh[:MOST],
        runs=[(one, runs.progress(run=one)) for one in lately[:MOST]],
    )


def _changes(*, actor: Actor, now: datetime, version: tuple[int, ...]) -> Iterator[checks.Line]:
    """One line for each proof, the newest change; what has been forgotten since is left out."""
    seen: set[tuple[UUID, int]] = set()

    def changed(_before: object) -> list[tuple[datetime, str, str]]:
        found = journal.picked(org_id=actor.org_id, ids=version[:_LOOK_BACK], event=CHANGED)
        return [(entry.at, entry.subject_id, entry.data["before"]) for entry in found]

    for at, check_id, before in _MEMORY.get(key=actor.org_id, version=version, make=changed):
        if now - at > CHANGES_STAY:
            continue
        try:
            check = queries.check(actor=actor, check_id=UUID(check_id))
        except NotFound:
            continue
        if (check.item_id, check.position) not in seen:
            seen.add((check.item_id, check.position))
            yield checks.line(check=check, before=before)
