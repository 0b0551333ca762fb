"""What an import would do, row by row, with reasons. Nothing is saved here; the same sheet and answers give the same plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from statistics import median

from skillmark.desks.importers.roster import columns as guessing
from skillmark.desks.importers.roster import questions
from skillmark.desks.importers.roster.answers import Answers
from skillmark.desks.importers.roster.columns import Column, KnownItem, Sure
from skillmark.desks.importers.roster.dates import Order
from skillmark.desks.importers.roster.headings import Layout, LeftOut
from skillmark.desks.importers.roster.people import Found, Index, KnownPerson, name_key
from skillmark.desks.importers.roster.plain import plain
from skillmark.desks.importers.roster.questions import Question
from skillmark.desks.importers.roster.reading import Card, Reader, Reason, Row
from skillmark.desks.importers.roster.words import Field

PLACES = (Field.POSITION, Field.SITE, Field.SHIFT)
NEW, SKIP, TAKE = "new", "skip", "take"


class State(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    PROBLEM = "problem"
    TWICE = "twice"  # says nothing that a row above has not said
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Known:
    """What the firm has. `places`: for position, site and shift, plain name → id."""

    people: Sequence[KnownPerson] = ()
    items: Sequence[KnownItem] = ()
    places: Mapping[Field, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Change:
    """`what` is a field, or `card:ITEM`; days as ISO 8601, places as ids or `+name`."""

    what: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """`key`: `person:ID` or `row:NUMBER`, who it is. `sets` and `adds` are what saving it writes. `options`: who it may be."""

    number: int
    name: str
    state: State
    key: str
    sets: Mapping[Field, str]
    adds: tuple[Card, ...]
    changes: tuple[Change, ...] = ()
    reasons: tuple[Reason, ...] = ()
    options: tuple[str, ...] = ()

    @property
    def problems(self) -> tuple[Reason, ...]:
        """The reasons that keep it from being saved."""
        return tuple(reason for reason in self.reasons if reason.serious)


@dataclass(frozen=True, slots=True)
class Plan:
    """`errors` are codes that stop everything: `sheet.no_name`. `new_items` and `new_places` would be made."""

    columns: tuple[Column, ...]
    questions: tuple[Question, ...]
    rows: tuple[PlannedRow, ...]
    left_out: tuple[LeftOut, ...]
    new_items: Mapping[str, bool]
    new_places: Mapping[Field, tuple[str, ...]]
    errors: tuple[str, ...] = ()

    def count(self, state: State) -> int:
        """How many rows are so; for new ones and changed ones, how many people."""
        rows = [row for row in self.rows if row.state is state]
        return len({row.key for row in rows}) if state in {State.NEW, State.CHANGED} else len(rows)

    @property
    def saves(self) -> int:
        """How many people are new or changed."""
        return len({row.key for row in self.rows if row.state in {State.NEW, State.CHANGED}})


def plan(
    layout: Layout,
    *,
    known: Known,
    on: date,
    answers: Answers | None = None,
    order: Order = Order.MDY,
    remembered: Mapping[str, str] | None = None,
) -> Plan:
    """The whole import as it stands with these answers. `on` is today; `order` how the firm writes a day."""
    answers = answers or Answers()
    columns = choose(guessing.guess(layout, items=known.items, on=on, remembered=remembered), answers)
    asked = questions.ask(layout, columns, answers, order=order, on=on)
    if not {Field.NAME, Field.GIVEN, Field.FAMILY} & {column.target.field for column in columns}:
        return Plan(columns, asked.questions, (), layout.left_out, {}, {}, ("sheet.no_name",))
    reader = Reader(columns, asked.ways, known.items, asked.mark, answers.cells, on)
    read = [_placed(reader.read(line), known) for line in layout.lines]
    one_card_a_row = any(column.target.field is Field.ITEM for column in columns)
    rows = _Sheet(known, answers, read, _copies(layout), one_card_a_row=one_card_a_row).rows()
    saved = [row for row in rows if row.state in {State.NEW, State.CHANGED}]
    return Plan(columns, asked.questions, rows, layout.left_out, _new_items(columns, saved), _new_places(saved))


def choose(columns: Sequence[Column], answers: Answers) -> tuple[Column, ...]:
    """The columns with what the person chose for them. A field chosen twice stays with the first."""
    taken: set[str] = set()
    chosen = []
    for column in columns:
        target = guessing.target_of(answers.columns.get(column.index, ""))
        if target is not None and (target != column.target or column.sure is Sure.LOOK):
            sure = Sure.LEFT_OUT if target == guessing.LEAVE_OUT else Sure.MATCHED
            column = replace(column, target=target, sure=sure, why="chosen")
        if column.target.key in taken and column.target != guessing.LEAVE_OUT:
            column = replace(column, target=guessing.LEAVE_OUT, sure=Sure.LOOK, why="taken")
        taken.add(column.target.key)
        chosen.append(column)
    return tuple(chosen)


def _copies(layout: Layout) -> frozenset[int]:
    """The numbers of rows of which each cell stands in a row further up, too: what is wrong there is fixed there."""
    seen: set[tuple[str, ...]] = set()
    copies = set()
    for line in layout.lines:
        if line.cells in seen:
            copies.add(line.number)
        seen.add(line.cells)
    return frozenset(copies)


def _placed(row: Row, known: Known) -> Row:
    """Names of positions, sites and shifts become ids; new ones get a plus. A shift needs hours, so none is made."""
    values, reasons = dict(row.values), list(row.reasons)
    for which in PLACES:
        if which in values:
            found = known.places.get(which, {}).get(plain(values[which]))
            if found is None and which is Field.SHIFT:
                reasons.append(Reason("cell.shift", None, values.pop(which), serious=False))
            else:
                values[which] = found or f"+{values[which]}"
    return replace(row, values=values, reasons=tuple(reasons))


@dataclass
class _Said:
    """What the sheet has said of one person so far."""

    values: dict[Field, str] = field(default_factory=dict)
    cards: dict[str, list[Card]] = field(default_factory=dict)
    ready: bool = True


class _Sheet:
    """Goes through the rows once, from top to bottom."""

    def __init__(
        self, known: Known, answers: Answers, read: Sequence[Row], copies: frozenset[int], *, one_card_a_row: bool
    ) -> None:
        self._people = {f"person:{one.id}": one for one in known.people}
        self._index = Index(known.people, rows=len(read))
        self._answers = answers
        self._read = read
        self._copies = copies
        self._said: dict[str, _Said] = {}
        self._usual = median(row.filled for row in read) if read else 0
        self._one_card_a_row = one_card_a_row

    def rows(self) -> tuple[PlannedRow, ...]:
        """Every row, in its place."""
        return tuple(map(self._row, self._read))

    def _row(self, row: Row) -> PlannedRow:
        answer = self._answers.rows.get(row.number, "")
        if answer == SKIP:
            return PlannedRow(row.number, row.name, State.SKIPPED, f"row:{row.number}", {}, ())
        if row.number in self._copies and not answer:
            return PlannedRow(row.number, row.name, State.TWICE, f"row:{row.number}", {}, ())
        reasons = list(row.reasons)
        found = self._who(row, answer) if row.name else Found()
        if found.code:
            kind, _, number = found.options[0].partition(":")
            facts = {"name": self._index.name_of(found.options[0]), "row": number if kind == "row" else ""}
            reasons.append(Reason(found.code, None, row.name, facts))
        if row.filled == 1 and self._usual >= 3 and row.name and not found.key and answer != TAKE:
            reasons.append(Reason("row.only_name", None, row.name))
        key = found.key or f"row:{row.number}"
        if row.name and not found.key:
            self._index.add(row)
        return self._compared(row, key, reasons, found.options)

    def _who(self, row: Row, answer: str) -> Found:
        if answer in {NEW, TAKE}:
            return Found()
        if self._index.has(answer):
            return Found(answer)
        return self._index.find(row)

    def _compared(self, row: Row, key: str, reasons: list[Reason], options: tuple[str, ...]) -> PlannedRow:
        """What the row adds to what is known of the person, and to what the sheet has said already."""
        said = self._said.setdefault(key, _Said())
        person = self._people.get(key)
        first = not said.values and not said.cards and said.ready and key == f"row:{row.number}"
        sets, changes = self._values(row, person, said, reasons)
        adds, added = self._cards(row, person, said, reasons)
        if person and person.values.get(Field.LEFT) and Field.LEFT not in row.values:
            reasons.append(Reason("row.has_left", None, row.name, {"day": person.values[Field.LEFT]}, serious=False))
        if not said.ready:
            reasons.append(Reason("row.waits", None, row.name, {"row": key.partition(":")[2]}))
        problem = any(reason.serious for reason in reasons)
        if problem:
            said.ready = False if first else said.ready
        else:
            said.values |= row.values
            for card in row.cards:
                said.cards.setdefault(card.item, []).append(card)
        state = self._state(key, person, first, bool(sets or adds), problem)
        if state is State.SAME and not self._answers.update:
            sets, adds = {}, ()
        return PlannedRow(
            row.number, row.name, state, key, sets, adds, (*changes, *added) if person else (), tuple(reasons), options
        )

    def _state(self, key: str, person: KnownPerson | None, first: bool, more: bool, problem: bool) -> State:
        if problem:
            return State.PROBLEM
        if person is not None:
            return State.CHANGED if more and self._answers.update else State.SAME
        return State.NEW if first or more else State.TWICE

    def _values(
        self, row: Row, person: KnownPerson | None, said: _Said, reasons: list[Reason]
    ) -> tuple[dict[Field, str], list[Change]]:
        sets, changes = {}, []
        values = {**row.values, Field.NAME: row.name} if row.name else dict(row.values)
        for which, value in values.items():
            before = _known_value(person, which, value)
            told = said.values.get(which)
            if told is not None:
                if which is not Field.NAME and not _same(which, told, value):
                    reasons.append(Reason("row.contradicts", None, value, {"other": told, "field": str(which)}))
            elif (which is not Field.NAME or person is not None) and not _same(which, before, value):
                sets[which] = value
                changes.append(Change(str(which), before, value))
        return sets, changes

    def _cards(
        self, row: Row, person: KnownPerson | None, said: _Said, reasons: list[Reason]
    ) -> tuple[tuple[Card, ...], list[Change]]:
        adds, changes = [], []
        for card in row.cards:
            held = person.cards.get(card.item, ()) if person else ()
            told = said.cards.get(card.item, [])
            if any(_covers(one, card) for one in (*held, *told)):
                continue
            if told and not self._one_card_a_row:
                reasons.append(Reason("row.contradicts_card", None, "", {"item": card.item}))
                continue
            adds.append(card)
            changes.append(Change(f"card:{card.item}", _until(held[-1]) if held else "", _until(card)))
        return tuple(adds), changes


def _known_value(person: KnownPerson | None, which: Field, value: str) -> str:
    """What is known; a former name is no news."""
    if person is None:
        return ""
    if which is Field.NAME:
        return value if name_key(value) in {name_key(one) for one in (person.name, *person.names)} else person.name
    return person.values.get(which, "")


def _same(which: Field, before: str, after: str) -> bool:
    if which is Field.PHONE:
        return "".join(filter(str.isdigit, before))[-10:] == "".join(filter(str.isdigit, after))[-10:]
    if which is Field.EMAIL:
        return before.casefold() == after.casefold()
    return before == after or (which is Field.NAME and plain(before) == plain(after))


def _covers(held: Card, card: Card) -> bool:
    """Whether a card says all that another does."""
    return (
        card.obtained in {None, held.obtained}
        and (card.expires in {None, held.expires})
        and (not card.no_end or held.no_end or (held.expires is None))
        and card.number in {"", held.number}
        and card.level in {None, held.level}
    )


def _until(card: Card) -> str:
    """The fact of a card that is shown when it changes: its end, else its level, its start, or that it is there."""
    if card.expires:
        return card.expires.isoformat()
    if card.no_end:
        return "no_end"
    return str(card.level) if card.level else card.obtained.isoformat() if card.obtained else "have"


def _new_items(columns: Sequence[Column], rows: Sequence[PlannedRow]) -> dict[str, bool]:
    """The items that do not exist yet, with whether they are skills with levels: columns of marks and levels are."""
    leveled = {column.target.item for column in columns if column.target.field is Field.LEVEL}
    used = dict.fromkeys(card.item for row in rows for card in row.adds if card.item.startswith("+"))
    return {item[1:]: item in leveled for item in used}


def _new_places(rows: Sequence[PlannedRow]) -> dict[Field, tuple[str, ...]]:
    found: dict[Field, dict[str, str]] = {}
    for row in rows:
        for which in PLACES:
            if (value := row.sets.get(which, "")).startswith("+"):
                found.setdefault(which, {}).setdefault(plain(value), value[1:])
    return {which: tuple(names.values()) for which, names in found.items()}
