"""Whose card is this, and which card? Asked of the name of a file, and only ever proposed: a person says yes.

"Delgado_Rosa-forklift.jpg", "rosa delgado OSHA10.pdf", "1042 CPR.png", "IMG_2231.jpg" (nobody's).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import TypeVar
from uuid import UUID

from skillmark.rooms.skills.rules import plain

Key = TypeVar("Key", str, frozenset[str], tuple[str, ...])

# What cameras, scanners and copies add.
_NOISE = frozenset({
    "img", "image", "imagen", "photo", "foto", "pic", "scan", "escaneo", "dsc", "dscn", "pxl", "card", "tarjeta", "copy",
    "copia", "front", "back", "new", "the", "of", "de", "del", "la", "el", "jpg", "jpeg", "png", "pdf", "webp", "gif", "heic",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """Somebody of the firm with every name they have or had, and their number on the payroll."""

    id: UUID
    names: tuple[str, ...]
    number: str = ""


@dataclass(frozen=True, slots=True)
class ItemWords:
    """An item with everything that it is called: names in both languages and other words for it."""

    id: UUID
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Guess:
    """`people` and `items` that a file may belong to, likeliest first. One of each is a proposal; else it is a question."""

    people: tuple[UUID, ...] = ()
    items: tuple[UUID, ...] = ()

    @property
    def person(self) -> UUID | None:
        """The one person that it can be."""
        return self.people[0] if len(self.people) == 1 else None

    @property
    def item(self) -> UUID | None:
        """The one item that it can be."""
        return self.items[0] if len(self.items) == 1 else None

    @property
    def complete(self) -> bool:
        """Whether nothing is left to ask but whether it is right."""
        return self.person is not None and self.item is not None


@dataclass
class Matcher:
    """Compares names of files with the people and items of one firm."""

    people: Sequence[KnownPerson]
    items: Sequence[ItemWords]
    _names: dict[frozenset[str], list[UUID]] = field(init=False, default_factory=dict)
    _numbers: dict[str, list[UUID]] = field(init=False, default_factory=dict)
    _words: dict[tuple[str, ...], list[UUID]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        for person in self.people:
            for name in person.names:
                _put(self._names, frozenset(_split(name)), person.id)
            if number := plain(person.number).replace(" ", ""):
                _put(self._numbers, number, person.id)
        for item in self.items:
            for word in item.words:
                _put(self._words, tuple(one for one in _split(word) if one not in _NOISE), item.id)

    def guess(self, name: str) -> Guess:
        """What the name of a file says; its folder counts, too ("Rosa Delgado/forklift.jpg")."""
        path = PurePosixPath(name.replace("\\", "/"))
        words = _split(" ".join([*path.parts[:-1], path.stem]))
        people, used = self._who(words)
        left = [word for word in words if word not in used and word not in _NOISE]
        return Guess(people, self._what(left))

    def _who(self, words: list[str]) -> tuple[tuple[UUID, ...], set[str]]:
        """By number, by the whole name in any order, else by two parts of a longer name. (who, the words that said so)"""
        for word in words:
            if word in self._numbers:
                return tuple(self._numbers[word]), {word}
        there = frozenset(words)
        whole = [parts for parts in self._names if len(parts) > 1 and parts <= there]
        if whole:
            longest = max(len(parts) for parts in whole)  # "Rosa Delgado Ruiz" rather than "Rosa Delgado"
            return self._all([parts for parts in whole if len(parts) == longest])
        return self._all([parts for parts in self._names if len(parts) > 2 and len(parts & there) == 2], within=there)

    def _all(self, names: list[frozenset[str]], *, within: frozenset[str] | None = None) -> tuple[tuple[UUID, ...], set[str]]:
        found = dict.fromkeys(one for parts in names for one in self._names[parts])
        said = {word for parts in names for word in (parts if within is None else parts & within)}
        return tuple(found), said

    def _what(self, words: list[str]) -> tuple[UUID, ...]:
        """The items whose words all stand in the name, written together or apart; the longest of them counts."""
        together = "".join(words)
        best: dict[UUID, int] = {}
        for parts, ids in self._words.items():
            whole = "".join(parts)
            apart = bool(parts) and set(parts) <= set(words)
            if apart or (len(whole) >= 3 and whole in together):
                for one in ids:
                    best[one] = max(best.get(one, 0), len(whole))
        longest = max(best.values(), default=0)
        return tuple(one for one, length in best.items() if length == longest)


def _put(index: dict[Key, list[UUID]], key: Key, id_: UUID) -> None:
    if key and id_ not in index.setdefault(key, []):
        index[key].append(id_)


def _split(text: str) -> list[str]:
    """Words without accents and capitals; "forkliftCard2" and "OSHA10" come apart where letters and digits meet."""
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Za-z])(?=\d)|(?<=\d)(?=[A-Za-z])", " ", text)
    return plain(spaced).split()
