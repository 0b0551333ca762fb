"""What goes out by itself, once the owner has switched it on. The same round twice is the same as once.

Each step of each end is written down in the transaction that writes the wish for its e-mail; a job sends what is wished.
A photo that was handed in ends it: nobody is reminded of a card that waits to be looked at.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from skillmark.rooms.holdings import operations as holdings
from skillmark.rooms.holdings import queries as held
from skillmark.rooms.holdings.rules import Told, is_quiet, reminder_step
from skillmark.rooms.people import queries as people
from skillmark.rooms.people.rules import Actor, Role
from skillmark.rooms.talent import queries as talent
from skillmark.rooms.talent.rules import Cell, State, ends_within

SILENCE = timedelta(days=7)
TOLD_AT = 30
LOOK_BACK = timedelta(days=60)
"""How long after its end an item is still told to the owner, should the server have been off."""


@dataclass(frozen=True, slots=True)
class Due:
    """One message that is due: to whom, about which card of which person, and for which step (0 for no worker's step)."""

    whom: Told
    line: Any
    item_id: UUID
    names: Mapping[str, str]
    ends: date
    step: int


def due_now(*, actor: Actor, plan: Any, board: talent.Board, now: datetime) -> list[Due]:
    """Everything that is to be told and was not yet, whatever the hour. Also the preview of a plan that is off."""
    told = held.reminded(actor=actor, ends_from=board.on - LOOK_BACK)
    done = {(one.person_id, one.item_id, one.ends, one.whom, one.step) for one in told}
    unanswered = {(one.person_id, one.item_id, one.ends) for one in told if _is_unanswered(one, now)}
    since = (plan.on_since or now).date() - timedelta(days=1)
    found = []
    for line in board.people:
        for column in board.columns:
            cell = board.rows[line.id].cells.get(column.id)
            if cell is None or cell.ends is None or cell.photo_waits or cell.state in {State.EXEMPT, State.NOT_YET_VALID}:
                continue
            for whom, step in _told_of(cell, plan, (line.id, column.id, cell.ends) in unanswered, board.on, since):
                if (line.id, column.id, cell.ends, whom, step) not in done:
                    found.append(Due(whom, line, column.id, column.names, cell.ends, step))
    return _without_renewed(actor, found)


def _without_renewed(actor: Actor, due: list[Due]) -> list[Due]:
    """Leaves out what has its successor on file already, though that does not count before the old one ends."""
    known = held.evidence(actor=actor, person_ids={one.line.id for one in due}) if due else {}
    return [
        one
        for one in due
        if not any(
            later.ends is not None and later.ends > one.ends and (later.has_photo or later.looked_on or later.signed)
            for later in known.get(one.line.id, {}).get(one.item_id, ())
        )
    ]


def _is_unanswered(one: Any, now: datetime) -> bool:
    """Whether the worker got an e-mail a week ago and has handed nothing in since."""
    if one.whom != Told.WORKER or one.ask is None or one.ask.used_at is not None:
        return False
    return one.ask.sent_at is not None and one.ask.sent_at <= now - SILENCE


def _told_of(cell: Cell, plan: Any, is_silent: bool, on: date, since: date) -> Iterable[tuple[Told, int]]:
    days_left = (cell.ends - on).days if cell.ends else 0
    step = reminder_step(days_left=days_left, steps=plan.steps)
    if step is not None:
        yield Told.WORKER, step
    if days_left < 0 and cell.ends is not None and cell.ends >= max(since, on - LOOK_BACK):
        yield Told.OWNER, 0
    if plan.tells_supervisors and 0 <= days_left <= TOLD_AT:
        yield Told.SUPERVISOR, TOLD_AT
        if is_silent:
            yield Told.SILENCE, 0


def go_round(*, actor: Actor, now: datetime) -> None:
    """Remind, tell and sum up what is due for one firm at this hour. Does nothing for a made-up firm, or while it is off."""
    plan = held.reminder_plan(actor=actor)
    if plan.on_since is None or people.organisation(actor=actor).sample:
        return
    home = ZoneInfo(people.site(actor=actor).time_zone)
    board = talent.board(actor=actor, on=now.astimezone(home).date())
    due = due_now(actor=actor, plan=plan, board=board, now=now)
    zones = {one.id: ZoneInfo(one.time_zone) for one in people.sites(actor=actor)}
    awake = {line.id for line in board.people if not _quiet(plan, _zone(line, zones, home), now)}
    _remind_workers(actor, [one for one in due if one.whom is Told.WORKER and one.line.id in awake], now)
    if not _quiet(plan, home, now):
        _tell_members(actor, [one for one in due if one.whom is not Told.WORKER], now)
        _sum_up(actor, plan, board, now)


def _remind_workers(actor: Actor, due: list[Due], now: datetime) -> None:
    stopped = held.said_no(actor=actor)
    reached = {one.id for one in people.people(actor=actor) if one.email and one.id not in stopped}
    by_person: dict[UUID, list[Due]] = {}
    for one in due:
        if one.line.id in reached:
            by_person.setdefault(one.line.id, []).append(one)
    for person_id, wanted in by_person.items():
        with transaction.atomic():
            asks = [
                holdings.remind(actor=actor, person_id=person_id, item_id=one.item_id, ends=one.ends, step=one.step, now=now)
                for one in wanted
            ]
            made = [one.id for one in asks if one is not None]
            if made:
                holdings.ask_by_email(actor=actor, person_id=person_id, ask_ids=made, now=now)


@transaction.atomic
def _tell_members(actor: Actor, due: list[Due], now: datetime) -> None:
    members = [one for one in people.members(actor=actor) if one.user.email]
    sites = {one.user_id: set(one.sites.values_list("id", flat=True)) for one in members if one.role == Role.SUPERVISOR}
    owners = [one.user_id for one in members if one.role == Role.OWNER]
    lines: dict[int, list[dict[str, Any]]] = {}
    for one in due:
        here = {place.site_id for place in one.line.places}
        near = [user for user, theirs in sites.items() if not theirs or theirs & here]
        to = owners if one.whom is Told.OWNER else near or owners
        if to and holdings.note_told(
            actor=actor, person_id=one.line.id, item_id=one.item_id, ends=one.ends, whom=one.whom, step=one.step, now=now
        ):
            fact = {"person": one.line.name, "item": dict(one.names), "ends": one.ends.isoformat(), "why": str(one.whom)}
            for user_id in to:
                lines.setdefault(user_id, []).append(fact)
    for user_id, endings in lines.items():
        holdings.ask_to_tell(
            actor=actor, user_id=user_id, event="reminders.tell_asked", facts={"endings": endings}, now=now
        )  # fmt: skip


@transaction.atomic
def _sum_up(actor: Actor, plan: Any, board: talent.Board, now: datetime) -> None:
    monday = board.on - timedelta(days=board.on.weekday())
    if not plan.weekly or not holdings.take_week(actor=actor, monday=monday):
        return
    counts = board.counts()
    stopped = held.said_no(actor=actor)
    reached = {one.id for one in people.people(actor=actor) if one.email and one.id not in stopped}
    needing = {
        line.id
        for line in board.people
        if any(_needs_word(cell, board.on) for cell in board.rows[line.id].cells.values() if not cell.photo_waits)
    }
    waiting = len(held.waiting_photos(actor=actor)) + len(held.poster_photos(actor=actor))
    facts = {
        "expired": counts.expired, "soon": counts.within[30], "later": counts.within[90], "missing": counts.missing,
        "photos": waiting, "unreached": len(needing - reached),
    }  # fmt: skip
    for member in people.members(actor=actor):
        if member.role == Role.OWNER and member.user.email:
            holdings.ask_to_tell(
                actor=actor, user_id=member.user_id, event="reminders.summary_asked", facts={"counts": facts}, now=now
            )


def _needs_word(cell: Cell, on: date) -> bool:
    return cell.state in {State.EXPIRED, State.MISSING, State.GRACE} or ends_within(cell, on=on, days=30)


def _zone(line: Any, zones: Mapping[UUID, ZoneInfo], home: ZoneInfo) -> ZoneInfo:
    return next((zones[place.site_id] for place in line.places if place.site_id in zones), home)


def _quiet(plan: Any, zone: ZoneInfo, now: datetime) -> bool:
    return is_quiet(at=now.astimezone(zone).time(), quiet_from=plan.quiet_from, quiet_until=plan.quiet_until)
