"""What the pages of signing off show: today's team, what there is to sign for each, and what still is missing, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from skillmark.desks import states
from skillmark.edges.web import board, persons
from skillmark.rooms.holdings import queries as holdings
from skillmark.rooms.people import queries as people
from skillmark.rooms.people.rules import Actor
from skillmark.rooms.skills import queries as skills
from skillmark.rooms.skills.rules import label
from skillmark.rooms.talent import queries as talent
from skillmark.rooms.talent.rules import Cell, State

LEVELS_TOLD: Mapping[int, Promise] = {
    1: gettext_lazy("Watches and is told each step"),
    2: gettext_lazy("Does it, someone stands by"),
    3: gettext_lazy("Does it right without help"),
    4: gettext_lazy("Shows others and checks them"),
}
METHODS: Mapping[str, Promise] = {
    "observed": gettext_lazy("Watched at work"),
    "test": gettext_lazy("Test passed"),
    "hours": gettext_lazy("Hours worked"),
}
_NOT_DUE = frozenset({State.MET, State.EXEMPT, State.DISPUTED})


@dataclass(frozen=True)
class Mate:
    """Somebody of today's team. `due` are the names of what there is to sign first; `states` what the board says of each
    item that is signed off here, (item, whether it is due, in words)."""

    person: Any
    place: str
    language: str
    due: tuple[str, ...]
    states: tuple[tuple[UUID, bool, states.Said], ...]


@dataclass(frozen=True)
class Skill:
    """One item to sign for somebody: what the board says of it, and how far it has come."""

    to_sign: Any
    name: str
    said: states.Said | None
    is_due: bool
    progress: str


@dataclass(frozen=True)
class Where:
    """The place of the shift: filled in silently, shown before signing."""

    site_id: UUID | None
    words: str


def team(*, actor: Actor, on: date, now: datetime, everyone: bool, search: str = "") -> list[Mate]:
    """Who is here today, those with something due first; `everyone`, or a search: also who is away."""
    found = talent.board(actor=actor, on=on)
    names = {one.id: label(one.names, language=persons.language()) for one in skills.items(actor=actor) if one.method}
    places = persons.place_names(actor=actor)
    listed = {one.id: one for one in people.people(actor=actor, search=search, here_on=on)}
    mates = []
    for one in found.people:
        if one.id not in listed or (one.absent and not everyone and not search):
            continue
        cells = {item_id: cell for item_id, cell in found.rows[one.id].cells.items() if item_id in names}
        due = tuple(name for item_id, name in names.items() if item_id in cells and _is_due(cells[item_id]))
        told = tuple((item_id, _is_due(cell), states.said(cell=cell, on=on)) for item_id, cell in cells.items())
        mates.append(Mate(one, board.place_of(one, places), listed[one.id].language, due, told))
    return sorted(mates, key=lambda mate: not mate.due)


def skills_of(*, actor: Actor, person_id: UUID, on: date) -> list[Skill]:
    """Everything the firm signs off itself, for one person; what is due first. Raises NotFound."""
    cells = talent.row_of(actor=actor, person_id=person_id, on=on).cells
    found = []
    for one in holdings.to_sign(actor=actor, person_id=person_id, on=on):
        cell = cells.get(one.item.id)
        said = states.said(cell=cell, on=on) if cell is not None else None
        name = label(one.item.names, language=persons.language())
        newest = one.standing.get(one.last.level) if one.last is not None else None
        progress = missing(standing=newest, asked=one.asked) if newest is not None and newest.counted else ""
        found.append(Skill(one, name, said, cell is not None and _is_due(cell), progress))
    return sorted(found, key=lambda skill: not skill.is_due)


def where(*, actor: Actor, person_id: UUID, on: date, now: datetime) -> Where:
    """Site and shift at which somebody works today; of a firm with one site, the site goes without saying to nobody else."""
    at = persons.places_by_person(actor=actor, on=on, now=now).get(person_id, [])
    sites = {one.id: one.name for one in people.sites(actor=actor)}
    shifts = {one.id: one.name for one in people.shifts(actor=actor)}
    site_id = next((place.site_id for place in at if place.site_id in sites), None)
    if site_id is None and len(sites) == 1:
        site_id = next(iter(sites))
    shift = next((shifts[place.shift_id] for place in at if place.shift_id in shifts), "")
    return Where(site_id, " · ".join(part for part in (sites.get(site_id, "") if site_id else "", shift) if part))


def levels() -> list[tuple[int, Promise, Promise]]:
    """(number, word, what it means) for each level."""
    return [(number, word, LEVELS_TOLD[number]) for number, word in states.LEVELS.items()]


def steps_of(*, item: Any) -> list[str]:
    """The steps of an item's check list, in the reader's language."""
    return [label(step, language=persons.language()) for step in item.checklist]


def phrase(*, item: Any) -> str:
    """What can be ticked where an item has no check list: what it shows."""
    return label(item.shows, language=persons.language()) if item.shows else ""


def missing(*, standing: Any, asked: Any) -> str:
    """What comes next, in a few words."""
    if standing.is_complete:
        return _("All seen. It is signed in a few seconds.")
    if standing.steps:
        return _("%(seen)s of %(all)s steps") % {"seen": asked.steps - len(standing.steps), "all": asked.steps}
    if standing.days:
        seen = asked.times_seen - standing.days
        more = ngettext("One more, on another day.", "%(days)s more, on other days.", standing.days) % {"days": standing.days}
        return _("%(seen)s of %(all)s. %(more)s") % {"seen": seen, "all": asked.times_seen, "more": more}
    return _("Waits for a second signature.")


def asked_in_words(*, asked: Any) -> str:
    """What has to come together, said before the first one is signed."""
    parts = []
    if asked.times_seen > 1:
        parts.append(
            ngettext(
                "It is seen on %(days)s day.", "It is seen on %(days)s different days.", asked.times_seen
            ) % {"days": asked.times_seen}
        )  # fmt: skip
    if asked.co_sign:
        parts.append(_("A second person signs it, too."))
    return " ".join(parts)


def steps_in_words(*, numbers: Sequence[int], item: Any) -> list[str]:
    """The steps that were seen; a number that the item no longer has is left out."""
    every = steps_of(item=item)
    return [every[number] for number in numbers if number < len(every)]


def of_item(*, actor: Actor, item: Any) -> dict[str, Any]:
    """How an item is signed off, for its page: method and way in words, and who may."""
    chosen = holdings.signers(actor=actor, item_id=item.id)
    names = [one.user.name for one in people.members(actor=actor) if one.user_id in (chosen or ())]
    return {
        "method": METHODS.get(item.method, ""), "how": label(item.how, language=persons.language()), "signers": names,
        "may_sign": holdings.may_sign(actor=actor, item_id=item.id),
    }  # fmt: skip


def _is_due(cell: Cell) -> bool:
    return cell.state not in _NOT_DUE
