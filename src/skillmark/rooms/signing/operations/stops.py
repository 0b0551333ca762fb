"""The switch that stops signing. It is read right before each signature, so that work that waits stops, too."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from skillmark.errors import DomainError, NotFound
from skillmark.rooms.journal import operations as journal
from skillmark.rooms.people import operations as people
from skillmark.rooms.people.rules import Actor
from skillmark.rooms.signing import queries
from skillmark.rooms.signing.models import Stop
from skillmark.rooms.signing.rules import REASON_LENGTH


class CannotStop(DomainError):
    """Nothing was switched."""


@transaction.atomic
def stop(*, actor: Actor, why: str, now: datetime, template_id: UUID | None = None, key_id: UUID | None = None) -> Stop:
    """Sign no new proof of the firm from now on: of one kind, by one key, or (neither is named) at all.

    Lists of what was cancelled are still signed, and checking goes on. Stopped already: the stop that is there.
    Raises CannotStop `stop.reason_missing` or `stop.reason_too_long`, NotFound for somebody else's key, CannotDo.
    """
    people.demand(actor=actor, action="keys.change")
    if key_id is not None:
        queries.key(actor=actor, key_id=key_id)
    reason = _reason(why)
    there = Stop.objects.filter(org_id=actor.org_id, template_id=template_id, key_id=key_id, ended_at=None).first()
    if there is not None:
        return there
    made = Stop.objects.create(
        org_id=actor.org_id, template_id=template_id, key_id=key_id, why=reason, made_at=now, made_by=actor.label
    )
    _note(made, actor=actor.label, actor_id=actor.key, event="signing.stop.made", now=now)
    return made


@transaction.atomic
def go_on(*, actor: Actor, stop_id: UUID, now: datetime) -> None:
    """End one of the firm's stops. Raises NotFound, also for the stop of the whole server."""
    people.demand(actor=actor, action="keys.change")
    found = Stop.objects.filter(id=stop_id, org_id=actor.org_id, ended_at=None).first()
    if found is None:
        raise NotFound
    Stop.objects.filter(id=found.id).update(ended_at=now, ended_by=actor.label)
    _note(found, actor=actor.label, actor_id=actor.key, event="signing.stop.ended", now=now)


@transaction.atomic
def stop_everything(*, why: str, now: datetime) -> Stop:
    """Sign no new proof of any firm on this server. For whoever runs it. Raises CannotStop as `stop`."""
    reason = _reason(why)
    there = Stop.objects.filter(org_id=None, ended_at=None).first()
    if there is not None:
        return there
    made = Stop.objects.create(why=reason, made_at=now, made_by="server")
    _note(made, actor="Skillmark", actor_id="server", event="signing.stop.made", now=now)
    return made


@transaction.atomic
def go_on_everywhere(*, now: datetime) -> int:
    """End the stop of the whole server; those of single firms stay. Returns how many ended."""
    ended = list(Stop.objects.filter(org_id=None, ended_at=None))
    for one in ended:
        Stop.objects.filter(id=one.id).update(ended_at=now, ended_by="server")
        _note(one, actor="Skillmark", actor_id="server", event="signing.stop.ended", now=now)
    return len(ended)


def _reason(why: str) -> str:
    reason = why.strip()
    if not reason:
        raise CannotStop("stop.reason_missing")
    if len(reason) > REASON_LENGTH:
        raise CannotStop("stop.reason_too_long", most=str(REASON_LENGTH))
    return reason


def _note(one: Stop, *, actor: str, actor_id: str, event: str, now: datetime) -> None:
    data = {"why": one.why, "template": str(one.template_id or ""), "key": str(one.key_id or "")}
    journal.write(org_id=one.org_id, actor=actor, actor_id=actor_id, event=event, subject_id=one.id, data=data, now=now)
