"""The names of items, positions and sites, for the rows of a report. Archived ones, too: a past day may name them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from skillmark.rooms.people import queries as people
from skillmark.rooms.people.rules import Actor
from skillmark.rooms.skills import queries as skills
from skillmark.rooms.skills.rules import label
from skillmark.rooms.talent.queries import PersonLine


class Names:
    """Read once for a report, in three queries."""

    def __init__(self, *, actor: Actor, language: str) -> None:
        self.items = {one.id: label(one.names, language=language) for one in skills.items(actor=actor, archived=True)}
        self._positions = {one.id: label(one.names, language=language) for one in people.positions(actor=actor, archived=True)}
        self._sites = {one.id: one.name for one in people.sites(actor=actor, archived=True)}

    def positions(self, line: PersonLine) -> list[str]:
        """What somebody does here, each once."""
        return _each_once(self._positions.get(place.position_id, "") for place in line.places if place.position_id)

    def sites(self, line: PersonLine) -> list[str]:
        """Where somebody works, each once."""
        return _each_once(self._sites.get(place.site_id, "") for place in line.places if place.site_id)

    def item(self, item_id: UUID) -> str:
        """An item's name."""
        return self.items.get(item_id, "")


def at(lines: Iterable[PersonLine], *, site_id: UUID | None) -> Sequence[PersonLine]:
    """Those who work at a site on the day of the report; None: all."""
    return [one for one in lines if site_id is None or any(place.site_id == site_id for place in one.places)]


def _each_once(names: Iterable[str]) -> list[str]:
    return [one for one in dict.fromkeys(names) if one]
