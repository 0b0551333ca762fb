"""What the pages about people show: lines of the list with what tells two of one name apart, and what somebody needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from skillmark.desks import states
from skillmark.rooms.people import queries as people
from skillmark.rooms.people.rules import Actor
from skillmark.rooms.people.rules.names import Part
from skillmark.rooms.skills import queries as skills
from skillmark.rooms.skills.rules import label
from skillmark.rooms.talent import queries as talent

ORDERS: Mapping[Part, Promise] = {
    Part.FIRST: _("First part of the name"),
    Part.SECOND: _("Second part"),
    Part.LAST: _("Last part"),
}
STATES = ("open", "done")


@dataclass(frozen=True)
class Asked:
    """What somebody wants to see; all of it is in the address."""

    search: str = ""
    part: Part = Part.FIRST
    position: str = ""
    site: str = ""
    state: str = ""
    left: bool = False

    @property
    def filtered(self) -> bool:
        """Whether anything is left out."""
        return bool(self.search or self.position or self.site or self.state)


@dataclass(frozen=True)
class Line:
    """One person of the list. `open` counts what is to settle; None where nobody asked."""

    person: Any
    place: str
    open: int | None


@dataclass(frozen=True)
class Needed:
    """An item that somebody needs, in words."""

    item_id: UUID
    name: str
    said: states.Said
    trust: str
    late: bool


def asked(query: Mapping[str, str]) -> Asked:
    """A filter from the address; what makes no sense is left out."""
    part, state = query.get("sort", ""), query.get("state", "")
    return Asked(
        search=query.get("q", "").strip().replace("\0", ""),
        part=Part(part) if part in set(Part) else Part.FIRST,
        position=query.get("position", ""),
        site=query.get("site", ""),
        state=state if state in STATES else "",
        left=query.get("left") == "1",
    )


def orders(now: Asked) -> list[tuple[Promise, str, bool]]:
    """(words, address, whether it is the present one) for each order of the list."""
    kept = {"q": now.search, "position": now.position, "site": now.site, "state": now.state, "left": "1" if now.left else ""}
    found = []
    for part, words in ORDERS.items():
        asked_for = {name: value for name, value in (kept | {"sort": part.value}).items() if value}
        found.append((words, "?" + urlencode(asked_for), part is now.part))
    return found


def choices(*, actor: Actor) -> dict[str, list[tuple[Any, str]]]:
    """Positions, sites and shifts to choose from, by the name of their form field."""
    return {
        "position_id": [(one.id, label(one.names, language=language())) for one in people.positions(actor=actor)],
        "site_id": [(one.id, one.name) for one in people.sites(actor=actor)],
        "shift_id": [(one.id, one.name) for one in people.shifts(actor=actor)],
    }


def place_names(*, actor: Actor) -> dict[UUID, str]:
    """Names of positions and sites by id; a firm's only site goes without saying."""
    found = choices(actor=actor)
    sites = found["site_id"] if len(found["site_id"]) > 1 else []
    return dict([*found["position_id"], *sites])


def places_by_person(*, actor: Actor, on: date, now: datetime) -> dict[UUID, list[people.Place]]:
    """Where everybody works on a day; whoever was joined with somebody counts as them."""
    joined = people.merged(actor=actor)
    found: dict[UUID, list[people.Place]] = {}
    for place in people.places(actor=actor, on=on, known_at=now):
        found.setdefault(joined.get(place.person_id, place.person_id), []).append(place)
    return found


def lines(
    *, people: Sequence[Any], asked: Asked, places: Mapping[UUID, list[Any]], names: Mapping[UUID, str],
    rows: Mapping[UUID, Any],
) -> list[Line]:  # fmt: skip
    """The list as it is drawn. `rows` are those of the board, where a state was asked for."""
    found = []
    for one in people:
        at = places.get(one.id, [])
        if asked.position and asked.position not in {str(place.position_id) for place in at}:
            continue
        if asked.site and asked.site not in {str(place.site_id) for place in at}:
            continue
        open_ = None
        if asked.state:
            row = rows.get(one.id)
            if row is None or row.ready is (asked.state == "open"):
                continue
            open_ = sum(cell.must and not cell.compliant for cell in row.cells.values())
        found.append(Line(one, place_in_words(at, names), open_))
    return found


def told_apart(*, actor: Actor, people: Sequence[Any], on: date, now: datetime) -> list[Line]:
    """Namesakes with what tells them apart."""
    if not people:
        return []
    places = places_by_person(actor=actor, on=on, now=now)
    return lines(people=people, asked=Asked(), places=places, names=place_names(actor=actor), rows={})


def place_in_words(places: Sequence[Any], names: Mapping[UUID, str]) -> str:
    """ "Forklift operator · North"."""
    parts = [names.get(one, "") for place in places for one in (place.position_id, place.site_id) if one]
    return " · ".join(dict.fromkeys(part for part in parts if part))


def needs(*, actor: Actor, person_id: UUID, on: date) -> list[Needed]:
    """What somebody needs on a day, in the order of the board."""
    row = talent.row_of(actor=actor, person_id=person_id, on=on)
    names = {one.id: label(one.names, language=language()) for one in skills.items(actor=actor)}
    found = []
    for item_id in [one for one in names if one in row.cells]:
        cell = row.cells[item_id]
        first = names.get(cell.first_id, "") if cell.first_id else ""
        trust = states.trust_in_words(trust=cell.trust, giver=cell.giver, own=cell.own) if cell.holding_id else ""
        found.append(Needed(item_id, names[item_id], states.said(cell=cell, on=on, first=first), trust, cell.late))
    return found


def language() -> str:
    """The reader's language."""
    return "es" if (translation.get_language() or "en").startswith("es") else "en"
