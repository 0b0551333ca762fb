"""Codes to scan, and what one leads to. A stranger gets what this firm and the person agreed to, and nothing beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from skillmark.errors import NotFound
from skillmark.rooms.holdings import queries as holdings
from skillmark.rooms.people import queries as people
from skillmark.rooms.people.rules import Actor, digest, plain_code, server_for
from skillmark.rooms.skills import queries as skills
from skillmark.rooms.talent.models import ScanCode, Showing
from skillmark.rooms.talent.queries.able import asked
from skillmark.rooms.talent.queries.who_can import who_can
from skillmark.rooms.talent.queries.world import World
from skillmark.rooms.talent.rules import Cell


@dataclass(frozen=True, slots=True)
class Scanned:
    """What a code leads to. All of it is for members of the firm; a stranger may see `firm` and what the doors below give."""

    code_id: UUID
    org_id: UUID
    firm: str
    name: str
    item_id: UUID | None
    site_id: UUID | None
    person_id: UUID | None
    on: date
    as_of: datetime


@dataclass(frozen=True, slots=True)
class Shown:
    """What a stranger sees of a person: the name and the items that were agreed on, each by its names with its cell."""

    name: str
    cells: tuple[tuple[Mapping[str, str], Cell], ...]
    on: date


def codes(*, actor: Actor, person_id: UUID | None = None) -> list[ScanCode]:
    """Codes that still lead somewhere, newest first: of one person, else those on machines. Raises NotFound."""
    found = ScanCode.objects.filter(org_id=actor.org_id, closed_at=None).select_related("item", "site")
    if person_id is not None:
        return list(found.filter(person_id__in=people.ids_of(actor=actor, person_id=person_id)))
    found = found.filter(person=None)
    return list(found.filter(site_id__in=actor.sites) if actor.sites else found)


def person_codes(*, actor: Actor) -> dict[str, UUID]:
    """By the digest of a code that still leads somewhere: whose it is, of the actor's people. A phone that was told finds a
    person by their code without the network; the codes themselves are kept nowhere."""
    found = ScanCode.objects.filter(org_id=actor.org_id, closed_at=None).exclude(person=None)
    if (seen := people.seen_ids(actor=actor)) is not None:
        found = found.filter(person_id__in=seen)
    joined = people.merged(actor=actor)
    return {code: joined.get(one, one) for code, one in found.values_list("code_hash", "person_id")}


def showing_of(*, actor: Actor, person_id: UUID) -> Showing | None:
    """What is proposed or agreed to be shown of a person now. Raises NotFound."""
    found = people.person(actor=actor, person_id=person_id)
    return Showing.objects.filter(person=found, ended_at=None).first()


def own_showing(*, actor: Actor, code: str) -> Showing | None:
    """The same, for the person in their own space, by their own code. Raises NotFound for a code of somebody else."""
    row = _open(code)
    person = people.person(actor=server_for(org_id=row.org_id), person_id=row.person_id) if row.person_id else None
    if person is None or person.own_org_id is None or person.own_org_id != actor.org_id:
        raise NotFound
    return Showing.objects.filter(person=person, ended_at=None).select_related("org").first()


def scanned(*, code: str, now: datetime) -> Scanned:
    """What a code leads to. Raises NotFound for one that is unknown, closed, or of somebody who is no longer here."""
    row = _open(code)
    firm = server_for(org_id=row.org_id)
    on, person_id = people.today(actor=firm, now=now), None
    if row.person_id is not None:
        person = people.person(actor=firm, person_id=row.person_id)
        if person.left_on is not None and person.left_on < on:
            raise NotFound
        person_id = person.id
    as_of = row.org.clock or now
    return Scanned(row.id, row.org_id, row.org.name, row.name, row.item_id, row.site_id, person_id, on, as_of)


def shown_person(*, code: str, now: datetime) -> Shown | None:
    """What anybody may see of the person behind a code; None while nothing is agreed. Raises NotFound."""
    found = scanned(code=code, now=now)
    if found.person_id is None:
        return None
    firm = server_for(org_id=found.org_id)
    agreed = Showing.objects.filter(person_id=found.person_id, ended_at=None).exclude(agreed_at=None).first()
    if agreed is None:
        return None
    person = people.person(actor=firm, person_id=found.person_id)
    return Shown(person.name, _cells(firm, person.id, agreed.items, found.on), found.on)


def would_show(*, actor: Actor, showing: Showing, on: date) -> Shown:
    """What a stranger would see, for those who decide about it. Raises NotFound."""
    person = people.person(actor=server_for(org_id=showing.org_id), person_id=showing.person_id)
    if actor.org_id not in {showing.org_id, person.own_org_id}:
        raise NotFound
    return Shown(person.name, _cells(server_for(org_id=showing.org_id), person.id, showing.items, on), on)


def able_count(*, code: str, now: datetime) -> int | None:
    """How many can do it here today, where the firm lets anybody know that; else None. Raises NotFound."""
    row, found = _open(code), scanned(code=code, now=now)
    if not row.counts or row.item_id is None:
        return None
    answer = who_can(actor=server_for(org_id=row.org_id), item_id=row.item_id, on=found.on, site_id=row.site_id)
    return len(answer.here)


def _cells(firm: Actor, person_id: UUID, items: list[str], on: date) -> tuple[tuple[Mapping[str, str], Cell], ...]:
    """The cells of some items on a day, in the order of the board; also of those that the person need not have."""
    wanted = [one for one in skills.items(actor=firm) if str(one.id) in items]
    person = people.person(actor=firm, person_id=person_id)
    world = World(firm, on, None)
    held = holdings.evidence(actor=firm, person_ids=[person_id]).get(person_id, {})
    row = world.row(person_id, person.hired_on, held, needs=asked(world=world, items=wanted))
    return tuple((one.names, row.cells[one.id]) for one in wanted if one.id in row.cells)


def _open(code: str) -> ScanCode:
    found = ScanCode.objects.filter(code_hash=digest(plain_code(code)), closed_at=None).select_related("org").first()
    if found is None:
        raise NotFound
    return found
