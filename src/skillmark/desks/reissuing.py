"""After a key was given up: what it has signed, and how all of that is given anew, some at a time.

May end anywhere and be called again: each proof has one successor, and is cancelled in the moment in which that one counts.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from skillmark.errors import DomainError
from skillmark.rooms.credentials import operations as credentials
from skillmark.rooms.credentials import queries as proofs
from skillmark.rooms.people import operations as people
from skillmark.rooms.people.rules import Actor
from skillmark.rooms.signing import operations as signing
from skillmark.rooms.signing import queries as keys

AT_ONCE = 100
"""As many as one press of the button does: some seconds."""
log = logging.getLogger("skillmark.keys")


@dataclass(frozen=True, slots=True)
class Plan:
    """What a key has signed and nobody has cancelled. `open` must be given anew; `over` has ended by itself.

    `anew` is how many were given anew so far.
    """

    key: Any
    open: Sequence[Any]
    over: Sequence[Any]
    anew: int


@dataclass(frozen=True, slots=True)
class Done:
    """`given` proofs were given anew; `refused` are (proof, error) that could not be; `left` are still to do."""

    given: int
    refused: Sequence[tuple[Any, DomainError]]
    left: int


def plan(*, actor: Actor, key_id: UUID, now: datetime) -> Plan:
    """The plan for one key of the firm. Raises NotFound, CannotDo."""
    people.demand(actor=actor, action="keys.change")
    key = keys.key(actor=actor, key_id=key_id)
    every = proofs.proofs_signed_by(actor=actor, key_multibase=key.public_multibase)
    over = [one for one in every if one.valid_until is not None and one.valid_until <= now]
    ended = {one.id for one in over}
    anew = proofs.given_anew(actor=actor, key_multibase=key.public_multibase)
    return Plan(key=key, open=[one for one in every if one.id not in ended], over=over, anew=anew)


def give_up(*, actor: Actor, key_id: UUID, since: datetime, why: str, now: datetime) -> None:
    """Somebody else may know a key. What follows from it now: lists that it has signed are signed by the new one at once.

    Raises as `signing.operations.compromise`. Call it outside any transaction.
    """
    signing.compromise(actor=actor, key_id=key_id, since=since, why=why, now=now)
    if keys.key(actor=actor, key_id=key_id).purpose == "status":
        for list_id in proofs.lists_of(actor=actor):
            _publish(list_id, now)


def reissue(*, actor: Actor, key_id: UUID, now: datetime, most: int = AT_ONCE) -> Done:
    """Give anew what the key has signed, at most so many. Call it outside any transaction.

    One that cannot be given anew is named and stays as it is; a stop of signing ends it all.
    Raises NotFound, CannotDo, `signing.operations.CannotChangeKeys` `keys.not_compromised`,
    `signing.operations.CannotSign`.
    """
    found = plan(actor=actor, key_id=key_id, now=now)
    if found.key.state != "compromised":
        raise signing.CannotChangeKeys("keys.not_compromised")
    lists: set[UUID] = set()
    refused: list[tuple[Any, DomainError]] = []
    given = 0
    try:
        # Those that were refused before stay first in the plan, so they are not counted: the rest must get its turn.
        for old in found.open:
            if given == most:
                break
            try:
                _, list_id = credentials.give_anew(actor=actor, issued_id=old.id, now=now)
            except credentials.CannotGive as error:
                refused.append((old, error))
                continue
            lists.add(list_id)
            given += 1
    finally:
        for list_id in lists:
            _publish(list_id, now)
    return Done(given=given, refused=refused, left=len(found.open) - given - len(refused))


def _publish(list_id: UUID, now: datetime) -> None:
    try:
        credentials.publish(list_id=list_id, now=now)
    except (credentials.CannotPublish, signing.CannotSign) as problem:  # the job that comes round does it
        log.error("status list %s was not published: %s", list_id, problem.code)
