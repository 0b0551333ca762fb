"""What Home shows: counts, next steps and the latest, from what the rooms answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from skillmark.edges.web import proofs as lines

LATEST = 6


@dataclass(frozen=True)
class Overview:
    """Numbers of a firm's day. `waiting` are proofs that nobody has kept yet."""

    given: int
    waiting: int
    ending: int
    cancelled: int
    people: int
    kinds: int
    latest: list[lines.Line]
    to_keep: list[lines.Line]
    to_renew: list[lines.Line]
    new_people: list[Any]

    @property
    def empty(self) -> bool:
        """Whether there is nothing to show yet."""
        return not (self.given or self.people)


def of(*, proofs: Sequence[Any], people: Sequence[Any], kinds: Sequence[Any], now: datetime) -> Overview:
    """The overview as of `now`; `proofs` are the firm's, newest first."""
    every = [lines.line(issued=issued, now=now) for issued in proofs]
    counting = [line for line in every if line.state != "bad"]
    waiting = [line for line in counting if not line.kept]
    ending = sorted((line for line in counting if line.state == "due"), key=lambda line: line.issued.valid_until)
    return Overview(
        given=len(every),
        waiting=len(waiting),
        ending=len(ending),
        cancelled=sum(line.issued.cancelled_at is not None for line in every),
        people=len(people),
        kinds=len(kinds),
        latest=every[:LATEST],
        to_keep=waiting[:LATEST],
        to_renew=ending[:LATEST],
        new_people=sorted(people, key=lambda person: person.created_at, reverse=True)[:LATEST],
    )
