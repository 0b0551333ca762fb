"""Codes to scan on machines and hard hats, and what the person and the firm agreed that a stranger may see."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Literal
from uuid import UUID

from django.db import transaction

from skillmark.errors import DomainError, NotFound
from skillmark.rooms.journal import operations as journal
from skillmark.rooms.people import operations as people
from skillmark.rooms.people import queries as people_queries
from skillmark.rooms.people.rules import Actor, Role, digest, new_code
from skillmark.rooms.skills import queries as skills
from skillmark.rooms.talent import queries
from skillmark.rooms.talent.models import ScanCode, Showing

CODE_LENGTH = 12
"""31 letters and digits each: 59 bits, and every guess is counted."""
MOST_SHOWN = 10


class CannotScan(DomainError):
    """A code or what it shows cannot be as asked."""


@transaction.atomic
def make_place_code(
    *, actor: Actor, item_id: UUID, name: str, now: datetime, site_id: UUID | None = None, counts: bool = False
) -> tuple[ScanCode, str]:
    """(row, code) for a machine or a door; the code is shown this once and is on the paper from then on.

    `name` is what stands above it ("Cell 3"). Raises CannotScan `scan.name_missing`, NotFound, CannotDo.
    """
    people.demand(actor=actor, action="people.change")
    name = " ".join(name.split())[:100]
    if not name:
        raise CannotScan("scan.name_missing")
    item = skills.item(actor=actor, item_id=item_id)
    if (actor.sites and site_id is None) or (site_id and site_id not in {one.id for one in people_queries.sites(actor=actor)}):
        raise NotFound
    code = new_code(CODE_LENGTH)
    made = ScanCode.objects.create(
        org_id=actor.org_id, code_hash=digest(code), name=name, item=item, site_id=site_id, counts=counts, made_at=now,
        made_by=actor.label,
    )  # fmt: skip
    _note(actor, made.id, "talent.code.made", {"title": name}, now)
    return made, code


@transaction.atomic
def make_person_code(*, actor: Actor, person_id: UUID, now: datetime) -> tuple[ScanCode, str]:
    """(row, code) for a hard hat or a pocket; the one before stops working. Raises NotFound, CannotDo."""
    people.demand(actor=actor, action="people.change")
    person = people_queries.person(actor=actor, person_id=person_id)
    ScanCode.objects.filter(org_id=actor.org_id, person=person, closed_at=None).update(closed_at=now)
    code = new_code(CODE_LENGTH)
    made = ScanCode.objects.create(
        org_id=actor.org_id, code_hash=digest(code), person=person, made_at=now, made_by=actor.label
    )
    _note(actor, person.id, "talent.code.made", {"name": person.name}, now)
    return made, code


@transaction.atomic
def close_code(*, actor: Actor, code_id: UUID, now: datetime) -> None:
    """Let a code lead nowhere any more: the sticker is lost, the machine is gone. Raises NotFound, CannotDo."""
    people.demand(actor=actor, action="people.change")
    found = next((one for one in queries.codes(actor=actor) if one.id == code_id), None)
    if found is None:
        raise NotFound
    ScanCode.objects.filter(id=found.id).update(closed_at=now)
    _note(actor, found.person_id or found.id, "talent.code.closed", {"title": found.name}, now)


@transaction.atomic
def propose(*, actor: Actor, person_id: UUID, item_ids: Sequence[UUID], now: datetime) -> Showing:
    """The firm's half: show these items to whoever scans the person's code. What was agreed before ends: it was for others.

    Raises CannotScan (`scan.nothing`, `scan.too_many`), NotFound, CannotDo.
    """
    people.demand(actor=actor, action="people.change")
    person = people_queries.person(actor=actor, person_id=person_id)
    wanted = list(dict.fromkeys(item_ids))
    if not wanted:
        raise CannotScan("scan.nothing")
    if len(wanted) > MOST_SHOWN:
        raise CannotScan("scan.too_many", most=str(MOST_SHOWN))
    for item_id in wanted:
        skills.item(actor=actor, item_id=item_id)
    Showing.objects.filter(person=person, ended_at=None).update(ended_at=now, ended_by=actor.label)
    made = Showing.objects.create(
        org_id=actor.org_id, person=person, items=[str(one) for one in wanted], proposed_at=now, proposed_by=actor.label
    )
    _note(actor, person.id, "talent.showing.proposed", {"name": person.name}, now)
    return made


@transaction.atomic
def agree(*, actor: Actor, showing_id: UUID, how: Literal["own_page", "beside"], words: str, now: datetime) -> Showing:
    """The person's half. `words` is what they read before they agreed.

    `own_page`: the actor is the person in their own space. `beside`: the actor's device was handed to the person; that is
    noted with the actor's name. Raises NotFound (also when it ended meanwhile, and for another person's), CannotDo.
    """
    found = _open_showing(actor, showing_id, how)
    beside = actor.label if how == "beside" else ""
    Showing.objects.filter(id=found.id, agreed_at=None).update(
        agreed_at=now, agreed_how=how, agreed_beside=beside, agreed_words=words
    )
    _note(actor, found.person_id, "talent.showing.agreed", {"name": found.person.name}, now, org_id=found.org_id)
    found.refresh_from_db()
    return found


@transaction.atomic
def stop_showing(*, actor: Actor, showing_id: UUID, now: datetime) -> None:
    """End it at once: by the person in their own space, or by anybody here whom they asked. Raises NotFound, CannotDo."""
    found = _open_showing(actor, showing_id, "own_page" if actor.role is Role.WORKER else "beside")
    Showing.objects.filter(id=found.id).update(ended_at=now, ended_by=actor.label)
    _note(actor, found.person_id, "talent.showing.ended", {"name": found.person.name}, now, org_id=found.org_id)


def _open_showing(actor: Actor, showing_id: UUID, how: str) -> Showing:
    found = Showing.objects.filter(id=showing_id, ended_at=None).select_related("person").first()
    if found is None:
        raise NotFound
    if how == "own_page":
        if actor.role is not Role.WORKER or found.person.own_org_id != actor.org_id:
            raise NotFound
        return found
    people.demand(actor=actor, action="people.change")
    people_queries.person(actor=actor, person_id=found.person_id)
    return found


def _note(actor: Actor, subject: UUID, event: str, data: dict[str, str], now: datetime, *, org_id: UUID | None = None) -> None:
    journal.write(
        org_id=org_id or actor.org_id, actor=actor.label, actor_id=actor.key, event=event, subject_id=subject, data=data,
        now=now,
    )  # fmt: skip
