"""What a pack can be narrowed to: one item, or the items that name the same source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from skillmark.rooms.people.rules import Actor
from skillmark.rooms.skills import queries as skills
from skillmark.rooms.skills.rules import label


@dataclass(frozen=True, slots=True)
class Standard:
    """`key` stands in addresses: `item:<id>` or `source:<title>`."""

    key: str
    name: str
    item_ids: tuple[UUID, ...]


def standards(*, actor: Actor, language: str) -> tuple[list[Standard], list[Standard]]:
    """(by source, by item), each by name. A source that one item alone names stands there with the item's name, too."""
    items = skills.items(actor=actor)
    names = {one.id: label(one.names, language=language) for one in items}
    by_title: dict[str, list[UUID]] = {}
    for one in items:
        for source in one.sources:
            title = str(source.get("title", "")).strip()
            if title and one.id not in by_title.setdefault(title, []):
                by_title[title].append(one.id)
    sources = [
        Standard(f"source:{title}", f"{names[ids[0]]}, {title}" if len(ids) == 1 else title, tuple(ids))
        for title, ids in by_title.items()
    ]
    alone = [Standard(f"item:{one.id}", names[one.id], (one.id,)) for one in items]
    return sorted(sources, key=_name), sorted(alone, key=_name)


def find(key: str, among: Sequence[Standard]) -> Standard | None:
    """The standard of a key, or None."""
    return next((one for one in among if one.key == key), None)


def _name(one: Standard) -> str:
    return one.name.casefold()
