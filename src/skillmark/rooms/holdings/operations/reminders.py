"""Switch automatic reminders on and off, and remember what they have told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from skillmark.errors import DomainError
from skillmark.rooms.holdings import queries
from skillmark.rooms.holdings.models import Ask, Reminded, ReminderPlan
from skillmark.rooms.holdings.operations.asks import ask
from skillmark.rooms.holdings.operations.noting import note
from skillmark.rooms.holdings.rules import REMINDER_STEPS, Told
from skillmark.rooms.people import operations as people
from skillmark.rooms.people import queries as people_queries
from skillmark.rooms.people.rules import Actor
from skillmark.rooms.skills import queries as skills


class CannotRemind(DomainError):
    """Reminders cannot go out like this."""


@transaction.atomic
def switch_reminders_on(
    *, actor: Actor, steps: Sequence[int], quiet_from: time, quiet_until: time, tells_supervisors: bool, weekly: bool,
    now: datetime,
) -> ReminderPlan:  # fmt: skip
    """Let reminders go out by themselves from now on, or change when; `steps` are days before the end.

    Quiet hours run from `quiet_from` to `quiet_until`, also over midnight; the same time twice means none. Raises
    CannotRemind (`remind.steps`, `ask.sample_firm`: a made-up firm writes to nobody), CannotDo.
    """
    people.demand(actor=actor, action="settings.change")
    if people_queries.organisation(actor=actor).sample:
        raise CannotRemind("ask.sample_firm")
    if not steps or set(steps) - set(REMINDER_STEPS):
        raise CannotRemind("remind.steps")
    plan = queries.reminder_plan(actor=actor)
    if plan.on_since is None:  # the first weekly summary comes on the next Monday
        plan.on_since, plan.summary_on = now, now.date() - timedelta(days=now.weekday())
    plan.on_by, plan.steps = actor.label, sorted(set(steps), reverse=True)
    plan.quiet_from, plan.quiet_until = quiet_from, quiet_until
    plan.tells_supervisors, plan.weekly = tells_supervisors, weekly
    plan.save()
    days = ", ".join(str(step) for step in plan.steps)
    note(actor=actor, subject=plan.id, event="reminders.switched_on", data={"days": days}, now=now)
    return plan


@transaction.atomic
def switch_reminders_off(*, actor: Actor, now: datetime) -> None:
    """Nothing goes out by itself any more. Raises CannotDo."""
    people.demand(actor=actor, action="settings.change")
    plan = queries.reminder_plan(actor=actor)
    if plan.on_since is not None:
        ReminderPlan.objects.filter(id=plan.id).update(on_since=None)
        note(actor=actor, subject=plan.id, event="reminders.switched_off", data={}, now=now)


@transaction.atomic
def remind(*, actor: Actor, person_id: UUID, item_id: UUID, ends: date, step: int, now: datetime) -> Ask | None:
    """A request to the worker for this step before the end; None when it was made already. Raises NotFound, CannotDo.

    Call it in the transaction in which the wish for the e-mail is written: both are there, or neither.
    """
    if not note_told(actor=actor, person_id=person_id, item_id=item_id, ends=ends, whom=Told.WORKER, step=step, now=now):
        return None
    made, _ = ask(actor=actor, person_id=person_id, item_id=item_id, now=now, step=step, ends=ends)
    told = Reminded.objects.filter(org_id=actor.org_id, person_id=made.person_id, item_id=item_id, ends=ends, step=step)
    told.filter(whom=Told.WORKER).update(ask=made)
    return made


@transaction.atomic
def note_told(
    *, actor: Actor, person_id: UUID, item_id: UUID, ends: date, whom: Told, now: datetime, step: int = 0
) -> bool:  # fmt: skip
    """Remember that somebody is told of an end; False when they were already. Raises NotFound, CannotDo."""
    people.demand(actor=actor, action="reminder.send")
    person = people_queries.person(actor=actor, person_id=person_id)
    item = skills.item(actor=actor, item_id=item_id)
    return Reminded.objects.get_or_create(
        person=person, item=item, ends=ends, whom=whom, step=step, defaults={"org_id": actor.org_id, "at": now}
    )[1]


@transaction.atomic
def take_week(*, actor: Actor, monday: date) -> bool:
    """Claim the weekly summary of the week that begins on `monday`; False when it was written already. Raises CannotDo."""
    people.demand(actor=actor, action="reminder.send")
    plans = ReminderPlan.objects.filter(org_id=actor.org_id).filter(Q(summary_on=None) | Q(summary_on__lt=monday))
    return bool(plans.update(summary_on=monday))


@transaction.atomic
def ask_to_tell(*, actor: Actor, user_id: int, event: str, facts: dict[str, Any], now: datetime) -> None:
    """Wish for an e-mail to a member: `reminders.tell_asked` or `reminders.summary_asked`; a job sends it. Raises CannotDo."""
    people.demand(actor=actor, action="reminder.send")
    note(actor=actor, subject=actor.org_id, event=event, data={"user_id": user_id, **facts}, now=now)
