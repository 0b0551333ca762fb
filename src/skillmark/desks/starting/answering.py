"""Take in what the person's other app has answered: each proof goes to the item that its title names."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction

from credcore.verify.record import load
from skillmark.desks import answers, asking
from skillmark.desks.starting.bringing import Outcome, is_usable, note_checked
from skillmark.desks.starting.matching import words_of
from skillmark.errors import NotFound
from skillmark.rooms.credentials import queries
from skillmark.rooms.people.rules import Actor
from skillmark.rooms.skills.rules import plain
from skillmark.rooms.talent import operations
from skillmark.rooms.talent import queries as lists
from skillmark.rooms.talent.rules import Turn, Way

if TYPE_CHECKING:
    from skillmark.rooms.credentials.models import Asking, Check


def ask_app(*, token: str, purpose: str, session: str, base_url: str, now: datetime) -> Asking | None:
    """Ask the person's other app for one of the things that are still missing; None: nothing is.

    `purpose` is read by the person, `session` a secret of the browser that waits, `base_url` where apps reach us when the
    firm has no address of its own. Raises NotFound, CannotStart, CannotAsk.
    """
    found = operations.open_start_list(token=token, now=now)
    actor = operations.acting_for(found=found)
    missing = _missing(actor, found, found.org.clock or now)
    if not missing:
        return None
    names = [name for item_id in missing for name in asking.names_of_item(actor=actor, item_id=item_id)]
    return asking.ask(
        actor=actor, purpose=purpose, query=asking.question(names=list(dict.fromkeys(names))), person_id=found.person_id,
        start_list_id=found.id, session=session, base_url=base_url, now=now,
    )  # fmt: skip


def take_answer(*, token: str, asking_id: UUID, session: str, now: datetime) -> list[Outcome] | None:
    """Keep what came, once, as what is brought as a file is kept. None: it is still waited for; empty: nothing came.

    Raises NotFound (asked for another list, or by another browser), CannotStart. Call it outside any transaction.
    """
    found = operations.open_start_list(token=token, now=now)
    asked = queries.asking_of_browser(asking_id=asking_id, session=session)
    if asked.start_list_id != found.id:
        raise NotFound
    if asked.answered_at is None and asked.expires_at > now:
        return None
    return [_take(found, check, found.org.clock or now) for check in queries.checks_of_asking(asking=asked)]


@transaction.atomic
def _take(found: Any, check: Check, at: datetime) -> Outcome:
    actor, said = operations.acting_for(found=found), answers.kept(check=check)
    words, title = words_of(actor=actor), plain(check.title)
    item_id = next((one for one in _missing(actor, found, at) if title in words.get(one, set())), None)
    if item_id is None or not is_usable(load(check.report)):
        return Outcome(kept=False, answer=said)
    made = operations.take_in(
        start_list_id=found.id, item_id=item_id, way=Way.FILE, digest_of=bytes(check.item.body), now=at
    )  # fmt: skip
    return Outcome(kept=False) if made is None else note_checked(found, made, check, said, at)


def _missing(actor: Actor, found: Any, at: datetime) -> list[UUID]:
    """What nothing shows yet, in the order of the list."""
    turns = lists.turns(actor=actor, found=found, now=at)
    return [UUID(one) for one in found.items if turns[UUID(one)] in (Turn.ASKED, Turn.SAID)]
