"""What somebody holds, as lines and pages show it: the state, who stands behind it, and the date. Nothing is judged here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from skillmark.desks import answers, states
from skillmark.edges.web import checks, wording
from skillmark.edges.web.access import Request
from skillmark.rooms.holdings import queries as holdings
from skillmark.rooms.holdings.rules import EndState
from skillmark.rooms.skills import queries as skills
from skillmark.rooms.skills.rules import Trust, label
from skillmark.rooms.talent import queries as talent
from skillmark.rooms.talent.rules import Cell, Reason

LEVELS: Mapping[Trust, str] = {
    Trust.CLAIMED: "claimed", Trust.PHOTO: "photo", Trust.SOURCE: "source", Trust.SIGNED: "signed",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mark:
    """Who stands behind something: a level of trust and its label."""

    level: str
    label: str


@dataclass(frozen=True, slots=True)
class Line:
    """One item of a person. `needed`: they have to have it. Without a holding there is nothing yet, and no mark."""

    name: str
    said: states.Said
    link: str
    needed: bool
    mark: Mark | None = None
    late: bool = False
    waits: bool = False
    more: int = 0


def lines(request: Request, *, person_id: UUID) -> list[Line]:
    """Everything that a person needs, what is open first, then what they hold besides."""
    language, on = answers.spoken(), request.today
    row = talent.row_of(actor=request.actor, person_id=person_id, on=on)
    each = talent.worth_of_each(actor=request.actor, person_id=person_id, on=on)
    held: dict[UUID, list[Any]] = {}
    for one in holdings.holdings_of(actor=request.actor, person_id=person_id):
        held.setdefault(one.item_id, []).append(one)
    needed, besides = [], []
    names = {item.id: label(item.names, language=language) for item in skills.items(actor=request.actor)}
    by_id = {one.id: one for several in held.values() for one in several}
    for item_id, name in names.items():
        mine, cell = held.get(item_id, []), row.cells.get(item_id)
        if cell is not None:
            decisive = by_id.get(cell.holding_id) if cell.holding_id else None
            needed.append(
                _line(name, cell, on, decisive or next(iter(mine), None), person_id, item_id, needed=True, more=len(mine) - 1)
            )
        elif mine and mine[0].id in each:
            best = mine[0]
            besides.append(
                _line(name, each[best.id], on, best, person_id, item_id, needed=False, more=len(mine) - 1)
            )  # fmt: skip
    needed.sort(key=lambda line: line.said.sign in {"ok", "none"})
    return needed + besides


def _line(
    name: str, cell: Cell, on: date, one: Any, person_id: UUID, item_id: UUID, *, needed: bool, more: int
) -> Line:  # fmt: skip
    link = reverse("holding", args=[one.id]) if one else reverse("hold", args=[person_id, item_id])
    mark = mark_of(cell=cell, held=one, on=on) if one else None
    return Line(name, states.said(cell=cell, on=on), link, needed, mark, cell.late, cell.photo_waits, max(more, 0))


def mark_of(*, cell: Cell, held: Any, on: date) -> Mark:
    """The label of a holding: a look-up tells when and by whom, an old one how old it is; a photo is never more than that."""
    level = LEVELS[cell.trust]
    looked = [one for one in held.source_checks.all() if one.confirmed]
    if cell.trust is Trust.SOURCE and looked:
        last = looked[-1]
        said = _("Checked at source · %(day)s · %(who)s") % {"day": wording.day(day=last.looked_on), "who": last.looked_by}
        return Mark(level, said)
    if cell.reason is Reason.CHECK_OLD and looked:
        months = (on.year - looked[-1].looked_on.year) * 12 + on.month - looked[-1].looked_on.month
        return Mark("photo", _("Checked %(months)s months ago – check again") % {"months": months})
    return Mark(level, states.trust_in_words(trust=cell.trust, giver=cell.giver, own=cell.own))


def dates_of(*, held: Any, cell: Cell | None) -> str:
    """Until when it counts, in words."""
    if held.end_state == EndState.NO_END:
        return _("No end date")
    if held.ends is not None:
        return wording.day(day=held.ends)
    if cell is not None and cell.ends is not None:
        return _("%(day)s, worked out by the rule") % {"day": wording.day(day=cell.ends)}
    return _("No end date") if cell is not None and cell.no_end else _("Not known")


def signature_lines(*, held: Any) -> list[dict[str, Any]]:
    """What was checked of digital proofs, newest first, each with its answer in words and sign."""
    return [
        {"one": one, "says": answers.heading(verdict=one.verdict), "state": checks.sign(verdict=one.verdict)}
        for one in reversed(held.signatures.all())
    ]
