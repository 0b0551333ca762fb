"""Ask somebody for what the job needs before their first day, and keep what comes by the link.

The link opens a page of one list and nothing else. What comes by it is kept as if the person had handed it in at the desk.
"""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from skillmark.errors import DomainError, NotFound
from skillmark.rooms.holdings import operations as holdings
from skillmark.rooms.journal import operations as journal
from skillmark.rooms.people import operations as people
from skillmark.rooms.people import queries as people_queries
from skillmark.rooms.people.rules import Actor, Role, digest, new_token
from skillmark.rooms.talent import queries, rules
from skillmark.rooms.talent.models import Brought, StartList
from skillmark.rooms.talent.rules import Doubt, Turn, Way


class CannotStart(DomainError):
    """A start list cannot be made, or takes nothing any more."""


@transaction.atomic
def start_list(*, actor: Actor, person_id: UUID, now: datetime) -> tuple[StartList, str]:
    """(list, token) of what somebody must bring before their first day, which is today for whoever works here already.

    Only what is missing on that day is asked for. An earlier open list of theirs ends. Nothing is sent. Raises CannotStart
    (`start.nothing_missing`, `start.left`), NotFound, CannotDo.
    """
    people.demand(actor=actor, action="reminder.send")
    person = people_queries.person(actor=actor, person_id=person_id)
    today = people_queries.today(actor=actor, now=now)
    if person.left_on is not None and person.left_on < today:
        raise CannotStart("start.left")
    starts_on = max(person.hired_on or today, today)
    row = queries.row_of(actor=actor, person_id=person.id, on=starts_on)
    missing = [str(item_id) for item_id, cell in row.cells.items() if rules.is_missing(cell)]
    if not missing:
        raise CannotStart("start.nothing_missing")
    StartList.objects.filter(org_id=actor.org_id, person=person, closed_at=None).update(closed_at=now)
    token = new_token()
    made = StartList.objects.create(
        org_id=actor.org_id, person=person, starts_on=starts_on, items=missing, token_hash=digest(token),
        made_by=actor.label, made_at=now, expires_at=_expires(actor, starts_on, now),
    )  # fmt: skip
    _note(actor, made, "made", now, count=str(len(missing)))
    return made, token


@transaction.atomic
def renew_start_list(*, actor: Actor, start_list_id: UUID, now: datetime) -> tuple[StartList, str]:
    """A new link for the same list: the one before opens nothing any more. Raises NotFound, CannotStart `start.closed`."""
    people.demand(actor=actor, action="reminder.send")
    found = queries.start_list(actor=actor, start_list_id=start_list_id)
    if found.closed_at is not None or _is_gone(found, now):
        raise CannotStart("start.closed")
    token = new_token()
    found.token_hash, found.expires_at = digest(token), _expires(actor, found.starts_on, now)
    found.save(update_fields=["token_hash", "expires_at"])
    _note(actor, found, "link_made", now)
    return found, token


@transaction.atomic
def close_start_list(*, actor: Actor, start_list_id: UUID, now: datetime) -> None:
    """Take the list back: its link opens nothing any more, what came stays. Raises NotFound, CannotDo."""
    people.demand(actor=actor, action="reminder.send")
    found = queries.start_list(actor=actor, start_list_id=start_list_id)
    if StartList.objects.filter(id=found.id, closed_at=None).update(closed_at=now):
        _note(actor, found, "closed", now)


@transaction.atomic
def open_start_list(*, token: str, now: datetime) -> StartList:
    """The list behind a link; the first time it is noted that it was opened. The token is the permission.

    Raises NotFound, CannotStart `start.closed` (taken back, too old, or the person has left).
    """
    found = queries.start_list_behind(token=token)
    at = found.org.clock or now
    _demand_open(found, at)
    if StartList.objects.filter(id=found.id, opened_at=None).update(opened_at=at):
        found.opened_at = at
        _note(acting_for(found=found), found, "opened", at)
    return found


def acting_for(*, found: StartList) -> Actor:
    """Who keeps what comes by the link: the firm, in the name of the person who brings it."""
    return Actor(org_id=found.org_id, role=Role.OWNER, name=found.person.name, via="server")


@transaction.atomic
def take_in(*, start_list_id: UUID, item_id: UUID | None, way: Way, digest_of: bytes, now: datetime) -> Brought | None:
    """Make room for one thing that comes, or None where the same came before. Call it inside the transaction that keeps it.

    The list is locked until that ends, so that twice at the same moment is once. `item_id` None: a work history. Raises
    NotFound (an item that is not on the list), CannotStart (`start.closed`, `start.too_many`).
    """
    found = StartList.objects.select_for_update(of=("self",)).select_related("person", "org").get(id=start_list_id)
    _demand_open(found, now)
    if item_id is not None and str(item_id) not in found.items:
        raise NotFound
    key = digest(f"{item_id or ''}:{digest(digest_of.hex())}")
    if Brought.objects.filter(start_list=found, digest=key).exists():
        return None
    if Brought.objects.filter(start_list=found).count() >= rules.MOST_BROUGHT:
        raise CannotStart("start.too_many", most=str(rules.MOST_BROUGHT))
    return Brought.objects.create(start_list=found, item_id=item_id, way=way, digest=key, at=now)


@transaction.atomic
def say(*, token: str, item_id: UUID, now: datetime) -> Turn:
    """Keep that the person says they have it: nothing shows it, so it never counts by itself. Raises as `take_in`."""
    found = open_start_list(token=token, now=now)
    at, actor = found.org.clock or now, acting_for(found=found)
    if (made := take_in(start_list_id=found.id, item_id=item_id, way=Way.SAID, digest_of=b"said", now=at)) is not None:
        facts = holdings.Facts()
        held = holdings.record(actor=actor, person_id=found.person_id, item_id=item_id, facts=facts, source="said", now=at)
        note_brought(brought=made, holding_id=held.id, check_id=None, doubt=None, now=at)
    return queries.turns(actor=actor, found=queries.start_list(actor=actor, start_list_id=found.id), now=at)[item_id]


@transaction.atomic
def note_brought(
    *, brought: Brought, holding_id: UUID | None, check_id: UUID | None, doubt: Doubt | None, now: datetime
) -> None:
    """Write down what became of it, and how far the list is. Call it in the transaction of `take_in`."""
    brought.holding_id, brought.check_id, brought.doubt = holding_id, check_id, doubt or ""
    brought.save(update_fields=["holding_id", "check_id", "doubt"])
    actor = acting_for(found=brought.start_list)
    found = queries.start_list(actor=actor, start_list_id=brought.start_list_id)
    _note(actor, found, "answered", now, item=str(brought.item or ""), way=brought.way)
    if found.answered_at is None:
        found.answered_at = now
    if found.complete_at is None and rules.is_complete(queries.turns(actor=actor, found=found, now=now).values()):
        found.complete_at = now
        _note(actor, found, "completed", now)
    found.save(update_fields=["answered_at", "complete_at"])


@transaction.atomic
def settle_brought(*, actor: Actor, brought_id: UUID, fits: bool, holding_id: UUID | None, now: datetime) -> None:
    """Somebody of the firm says whether it is this person's, and what was asked for. Once. Raises NotFound, CannotDo."""
    people.demand(actor=actor, action="evidence.change")
    found = queries.brought(actor=actor, brought_id=brought_id)
    open_ = Brought.objects.filter(id=found.id, settled_at=None).exclude(doubt="")
    if not open_.update(settled_at=now, settled_by=actor.label, fits=fits, holding_id=holding_id):
        raise NotFound
    _note(actor, found.start_list, "settled", now, item=str(found.item or ""), fits="yes" if fits else "no")


def _demand_open(found: StartList, at: datetime) -> None:
    if found.closed_at is not None or found.expires_at <= at or _is_gone(found, at):
        raise CannotStart("start.closed")


def _is_gone(found: StartList, at: datetime) -> bool:
    left = found.person.left_on
    return left is not None and left < people_queries.today(actor=acting_for(found=found), now=at)


def _expires(actor: Actor, starts_on: date, now: datetime) -> datetime:
    zone = ZoneInfo(people_queries.site(actor=actor).time_zone)
    return rules.expires(made_at=now, starts_on=starts_on, zone=zone)


def _note(actor: Actor, found: StartList, event: str, now: datetime, **data: str) -> None:
    journal.write(
        org_id=found.org_id, actor=actor.label, actor_id=actor.key, event=f"talent.start_list.{event}",
        subject_id=found.person_id, data={"name": found.person.name, **data}, now=now,
    )  # fmt: skip
