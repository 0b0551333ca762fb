"""The items of a start list in words, for the firm and for the person. The person's side tells states, and no dates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from skillmark.desks import states
from skillmark.rooms.credentials import queries as checks
from skillmark.rooms.people import queries as people
from skillmark.rooms.people.rules import Actor
from skillmark.rooms.skills import queries as skills
from skillmark.rooms.skills.rules import Trust, label
from skillmark.rooms.talent import operations, queries
from skillmark.rooms.talent.rules import Cell, Turn, is_missing

ENOUGH: Mapping[Trust, Promise] = {
    Trust.CLAIMED: _("It is enough to say so."),
    Trust.PHOTO: _("A photo is enough."),
    Trust.SOURCE: _("A signed proof counts at once. A photo helps: it is then looked up at its source."),
    Trust.SIGNED: _("Only a signed proof counts."),
}


@dataclass(frozen=True, slots=True)
class Came:
    """One thing that came (talent's Brought), with the check of it (credentials' Check)."""

    brought: Any
    check: Any


@dataclass(frozen=True, slots=True)
class Line:
    """One item as the firm sees it: how it stands on the first day, and how well that was checked."""

    item_id: UUID
    name: str
    said: states.Said
    trust: str
    turn: Turn
    doubted: tuple[Came, ...] = ()  # what somebody has to settle


@dataclass(frozen=True, slots=True)
class Asked:
    """One item as the person sees it: its name, what is enough, and whose turn it is. `refused`: what came did not fit.

    `number` counts from 1 in the order of the list: an address names it by that.
    """

    number: int
    item_id: UUID
    name: str
    enough: str
    turn: Turn
    refused: bool = False


def preview(*, actor: Actor, person_id: UUID, on: date, language: str) -> list[Line]:
    """Everything that the job needs on a day, with what is there already. Raises NotFound."""
    row = queries.row_of(actor=actor, person_id=person_id, on=on)
    names = _names(actor, language)
    return [
        _line(item_id, cell, names, on, Turn.ASKED if is_missing(cell) else Turn.HERE if cell.compliant else Turn.FIRM)
        for item_id, cell in sorted(row.cells.items(), key=lambda one: names.get(one[0], ""))
        if cell.must
    ]


def listed(*, actor: Actor, found: Any, language: str, now: datetime) -> list[Line]:
    """The items of a list as they stand, for the firm. Raises NotFound."""
    row = queries.start_row(actor=actor, found=found, now=now)
    day = max(found.starts_on, people.today(actor=actor, now=now))
    names = _names(actor, language)
    doubted: dict[UUID, list[Came]] = {}
    for one in found.brought.all():
        if one.doubt and one.settled_at is None and one.item_id is not None:
            doubted.setdefault(one.item_id, []).append(_came(actor, one))
    return [
        _line(item_id, row.cells.get(item_id), names, day, turn, tuple(doubted.get(item_id, ())))
        for item_id, turn in queries.turns(actor=actor, found=found, now=now, row=row).items()
        if item_id in names
    ]


def histories(*, actor: Actor, found: Any) -> list[Came]:
    """The work histories that came along."""
    return [_came(actor, one) for one in found.brought.all() if one.item_id is None]


def _came(actor: Actor, brought: Any) -> Came:
    """A supervisor of some sites reads it, too: it came for one of their people, whoever may look through all checks."""
    return Came(brought, checks.check(actor=replace(actor, sites=None), check_id=brought.check_id))


def asked(*, found: Any, language: str, now: datetime) -> list[Asked]:
    """The items of a list as they stand, for whoever has its link."""
    actor = operations.acting_for(found=found)
    found = queries.start_list(actor=actor, start_list_id=found.id)
    enough = queries.enough(actor=actor, found=found, now=now)
    names = _names(actor, language)
    refused = {one.item_id for one in found.brought.all() if one.fits is False}
    return [
        Asked(number, item_id, names[item_id], str(ENOUGH[enough.get(item_id, Trust.PHOTO)]), turn, item_id in refused)
        for number, (item_id, turn) in enumerate(queries.turns(actor=actor, found=found, now=now).items(), 1)
        if item_id in names
    ]


def _line(
    item_id: UUID, cell: Cell | None, names: Mapping[UUID, str], on: date, turn: Turn, doubted: tuple[Came, ...] = ()
) -> Line:  # fmt: skip
    if cell is None:
        return Line(item_id, names[item_id], states.Said("none", str(_("Needed no more")), ""), "", turn, doubted)
    first = names.get(cell.first_id, "") if cell.first_id else ""
    trust = states.trust_in_words(trust=cell.trust, giver=cell.giver, own=cell.own) if cell.holding_id else ""
    return Line(item_id, names.get(item_id, ""), states.said(cell=cell, on=on, first=first), trust, turn, doubted)


def _names(actor: Actor, language: str) -> dict[UUID, str]:
    return {one.id: label(one.names, language=language) for one in skills.items(actor=actor, archived=True)}
