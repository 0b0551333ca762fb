"""What raises a holding's level: a look-up at the source, a digital file that was checked; and the note on a late one."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from skillmark.errors import DomainError
from skillmark.rooms.holdings.models import LateNote, Signature, SourceCheck
from skillmark.rooms.holdings.operations.noting import note as write
from skillmark.rooms.holdings.operations.photos import store_file
from skillmark.rooms.holdings.operations.standing import standing
from skillmark.rooms.people import operations as people
from skillmark.rooms.people.rules import Actor
from skillmark.rooms.people.rules.facts import demand_facts


class CannotSupport(DomainError):
    """A look-up or note cannot be kept as typed."""


@transaction.atomic
def log_look_up(
    *, actor: Actor, holding_id: UUID, link: str, looked_on: date, confirmed: bool, now: datetime, today: date,
    note: str = "", screenshot: bytes = b"", media_type: str = "",
) -> SourceCheck:  # fmt: skip
    """Keep that the actor looked it up at the source. `confirmed` False: the source does not know it.

    Raises CannotSupport (`look_up.link` without an https or http address, `look_up.future`), NotFound, CannotDo.
    """
    people.demand(actor=actor, action="evidence.change")
    if not link.strip().startswith(("https://", "http://")) or len(link) > 500:
        raise CannotSupport("look_up.link")
    if looked_on > today:
        raise CannotSupport("look_up.future")
    holding = standing(actor=actor, holding_id=holding_id)
    demand_facts(text=note, names=[holding.person.name])
    file = store_file(org_id=actor.org_id, body=screenshot, media_type=media_type, now=now) if screenshot else None
    made = SourceCheck.objects.create(
        holding=holding, link=link.strip(), looked_on=looked_on, looked_by=actor.label, confirmed=confirmed,
        note=" ".join(note.split())[:500], screenshot=file, recorded_at=now,
    )  # fmt: skip
    data = {"item": str(holding.item), "confirmed": "yes" if confirmed else "no", "link": made.link}
    write(actor=actor, subject=holding.person_id, event="look_up.logged", data=data, now=now)
    return made


@transaction.atomic
def note_signature(
    *, actor: Actor, holding_id: UUID, giver: str, verdict: str, code: str, own: bool, listed: bool, now: datetime,
    checked_item_id: UUID | None = None, position: int = 1, issued_id: UUID | None = None,
) -> Signature:  # fmt: skip
    """Keep what checking a digital file said of this holding; the latest answer counts. Raises NotFound, CannotDo.

    `verdict` is the checker's: good, careful, bad or unknown, and `code` its reason. `position` counts the proofs in the
    checked item from 1. Call it again when the answer changes.
    """
    people.demand(actor=actor, action="evidence.change")
    holding = standing(actor=actor, holding_id=holding_id)
    made = Signature.objects.create(
        holding=holding, checked_item_id=checked_item_id, position=position, issued_id=issued_id, giver=giver[:200], own=own,
        listed=listed, verdict=verdict, code=code, recorded_at=now,
    )  # fmt: skip
    data = {"item": str(holding.item), "giver": made.giver, "verdict": verdict}
    write(actor=actor, subject=holding.person_id, event="signature.noted", data=data, now=now)
    return made


@transaction.atomic
def note_late(*, actor: Actor, holding_id: UUID, text: str, now: datetime) -> LateNote:
    """Say what was done about something obtained late. It stays late. Raises CannotSupport `late.note_missing`, NotFound."""
    people.demand(actor=actor, action="evidence.change")
    text = " ".join(text.split())
    if not text or len(text) > 500:
        raise CannotSupport("late.note_missing")
    holding = standing(actor=actor, holding_id=holding_id)
    demand_facts(text=text, names=[holding.person.name])
    made = LateNote.objects.create(holding=holding, text=text, recorded_at=now, recorded_by=actor.label)
    write(actor=actor, subject=holding.person_id, event="late.noted", data={"item": str(holding.item)}, now=now)
    return made
