"""Whether a row is somebody who is there already: in the firm, or further up in the sheet. What is not sure is asked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process

from skillmark.desks.importers.roster.plain import digits, plain
from skillmark.desks.importers.roster.reading import Card, Row
from skillmark.desks.importers.roster.words import Field

MOST_COMPARED = 4_000_000
"""Pairs of names of which it is looked whether they differ by a letter only."""


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """Somebody of the firm. `values` as in a row; `cards` by item, the latest last; `names` are former ones."""

    id: str
    name: str
    values: Mapping[Field, str]
    cards: Mapping[str, tuple[Card, ...]] = field(default_factory=dict)
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """`key` is `person:ID`, `row:NUMBER` or empty for somebody new. With a `code` it has to be asked, among `options`."""

    key: str = ""
    code: str = ""
    options: tuple[str, ...] = ()


def name_key(name: str) -> str:
    """Names that are the same whatever order and spelling: "Delgado, ROSA" and "Rosa Delgado"."""
    return " ".join(sorted(plain(name).split()))


class Index:
    """Everybody who may be meant: people of the firm from the start, and each row of the sheet once it was read."""

    def __init__(self, people: Iterable[KnownPerson], *, rows: int) -> None:
        self._about: dict[str, tuple[str, str, str, str]] = {}
        self._by: dict[str, dict[str, list[str]]] = {kind: defaultdict(list) for kind in ("number", "name", "phone", "email")}
        known = list(people)
        for one in known:
            values = one.values
            about = (
                one.name, values.get(Field.EMPLOYEE_NUMBER, ""), digits(values.get(Field.PHONE, "")),
                values.get(Field.EMAIL, "").casefold(),
            )  # fmt: skip
            self._add(f"person:{one.id}", about, (one.name, *one.names))
        self._compare = len(known) * rows <= MOST_COMPARED
        self._keys = list(self._by["name"])

    def add(self, row: Row) -> None:
        """Remember a row as somebody who is new."""
        self._add(f"row:{row.number}", (row.name, row.employee_number, row.phone, row.email), (row.name,))

    def name_of(self, key: str) -> str:
        """What somebody is called."""
        return self._about[key][0]

    def has(self, key: str) -> bool:
        """Whether there is anybody by this key."""
        return key in self._about

    def find(self, row: Row) -> Found:
        """Who the row is: by employee number, else by name with phone or e-mail, else by name alone."""
        if row.employee_number and (by_number := self._by["number"].get(row.employee_number)):
            return self._numbered(row, by_number[0])
        same = [key for key in dict.fromkeys(self._by["name"].get(name_key(row.name), ())) if self._may_be(row, key)]
        sure = [key for key in same if self._confirmed(row, key)]
        if len(sure) == 1:
            return Found(sure[0])
        if len(same) == 1:
            return Found(same[0]) if not self._contradicted(row, same[0]) else Found(code="row.same_name", options=(same[0],))
        if same:
            return Found(code="row.several", options=tuple(same))
        return self._shared(row) or self._similar(row) or Found()

    def _numbered(self, row: Row, key: str) -> Found:
        """The employee number decides, unless no part of the name is the same."""
        here, there = plain(row.name), plain(self.name_of(key))
        shared = {part for part in here.split() if len(part) > 2} & set(there.split())
        alike = bool(shared) or fuzz.token_set_ratio(here, there) >= 60
        return Found(key) if alike else Found(code="row.number_of_other", options=(key,))

    def _shared(self, row: Row) -> Found | None:
        """Another name with the same phone or e-mail: the same person, or two who share it."""
        for kind, value in (("phone", row.phone), ("email", row.email)):
            if value and (keys := [key for key in self._by[kind].get(value, ()) if self._may_be(row, key)]):
                return Found(code=f"row.same_{kind}", options=tuple(dict.fromkeys(keys))[:5])
        return None

    def _similar(self, row: Row) -> Found | None:
        if not self._compare or len(row.name) < 6:
            return None
        near = process.extractOne(name_key(row.name), self._keys, scorer=fuzz.ratio, score_cutoff=90)
        if near is None:
            return None
        keys = [key for key in self._by["name"][near[0]] if self._may_be(row, key) and not self._contradicted(row, key)]
        return Found(code="row.similar_name", options=tuple(keys[:5])) if keys else None

    def _may_be(self, row: Row, key: str) -> bool:
        """Two employee numbers that differ are two people."""
        number = self._about[key][1]
        return not (number and row.employee_number and number != row.employee_number)

    def _confirmed(self, row: Row, key: str) -> bool:
        _, _, phone, email = self._about[key]
        return bool(row.phone and row.phone == phone) or bool(row.email and row.email == email)

    def _contradicted(self, row: Row, key: str) -> bool:
        _, _, phone, email = self._about[key]
        differs = (row.phone and phone and row.phone != phone) or (row.email and email and row.email != email)
        return bool(differs) and not self._confirmed(row, key)

    def _add(self, key: str, about: tuple[str, str, str, str], names: Iterable[str]) -> None:
        self._about[key] = about
        for name in names:
            self._by["name"][name_key(name)].append(key)
        for kind, value in zip(("number", "phone", "email"), about[1:], strict=True):
            if value:
                self._by[kind][value].append(key)
