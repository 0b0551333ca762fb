"""A list on its way in, as the pages show it: columns with their choices, questions, rows to mend, what will be saved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from skillmark.desks.importers.people_lists import EVERYONE, NOBODY, POSITIONS, Looked
from skillmark.desks.importers.roster import Card, Column, Field, PlannedRow, Question, Reason, State, Sure
from skillmark.desks.importers.roster.columns import ROW_ITEM, item_name
from skillmark.desks.importers.roster.sentences import COLUMNS, say
from skillmark.edges.web import wording

SHOWN_PROBLEMS = 50
SHOWN_ROWS = 20

PERSON = {
    Field.NAME: gettext_lazy("Name"),
    Field.GIVEN: gettext_lazy("First name"),
    Field.MIDDLE: gettext_lazy("Middle name"),
    Field.FAMILY: gettext_lazy("Last name"),
    Field.SECOND_FAMILY: gettext_lazy("Second last name"),
    Field.EMPLOYEE_NUMBER: gettext_lazy("Employee number"),
    Field.PHONE: gettext_lazy("Phone"),
    Field.EMAIL: gettext_lazy("E-mail"),
    Field.LANGUAGE: gettext_lazy("Language"),
    Field.POSITION: gettext_lazy("Position"),
    Field.SITE: gettext_lazy("Site"),
    Field.SHIFT: gettext_lazy("Shift"),
    Field.HIRED: gettext_lazy("Hired on"),
    Field.LEFT: gettext_lazy("Last day"),
}
FACTS = {
    Field.EXPIRES: gettext_lazy("expires"),
    Field.OBTAINED: gettext_lazy("obtained"),
    Field.NUMBER: gettext_lazy("number"),
    Field.LEVEL: gettext_lazy("has it, or level"),
}
WHO_NEEDS = {
    EVERYONE: gettext_lazy("Everyone"),
    POSITIONS: gettext_lazy("Positions that have it"),
    NOBODY: gettext_lazy("Nobody yet, decide later"),
}
_SIGNS = {Sure.MATCHED: "ok", Sure.LOOK: "warn", Sure.LEFT_OUT: "unk"}


@dataclass(frozen=True, slots=True)
class Choice:
    """An option of a select, or a radio button: what is sent, what is read, a line below it, and whether it is chosen."""

    key: str
    label: str
    chosen: bool
    small: str = ""


@dataclass(frozen=True, slots=True)
class ColumnLine:
    """A column with its groups of choices: (label of the group, choices)."""

    index: int
    heading: str
    samples: str
    groups: Sequence[tuple[str, Sequence[Choice]]]
    sign: str
    sure: str
    why: str


@dataclass(frozen=True, slots=True)
class Ask:
    """A question with its answers; `name` is that of the field."""

    name: str
    words: str
    choices: Sequence[Choice]
    about: str


@dataclass(frozen=True, slots=True)
class Mend:
    """Something to put right in a row: a cell to type, or a choice to make. `id` is that of the field, as a link finds it."""

    id: str
    label: str
    says: str
    value: str = ""
    choices: Sequence[Choice] = ()


@dataclass(frozen=True, slots=True)
class RowLine:
    """A row of the list with what is to be mended in it, or what will be saved of it."""

    number: int
    name: str
    mends: Sequence[Mend] = ()
    facts: Sequence[str] = ()

    @property
    def link(self) -> str:
        return self.mends[0].id if self.mends else f"row{self.number}"


def column_lines(looked: Looked) -> list[ColumnLine]:
    """Every column of the list."""
    new = list(dict.fromkeys(c.target.item[1:] for c in looked.plan.columns if c.target.item.startswith("+")))
    return [_column(looked, column, new) for column in looked.plan.columns]


def _column(looked: Looked, column: Column, new: Sequence[str]) -> ColumnLine:
    sure = (
        _("Matched") if column.sure is Sure.MATCHED else _("Left out") if column.sure is Sure.LEFT_OUT else _("Look at this")
    )
    why = _(COLUMNS[column.why]) if column.why != "heading" else ""
    samples = " · ".join(sample[:40] for sample in column.samples)
    if column.why in {"private", "health"}:
        groups: list[tuple[str, Sequence[Choice]]] = [("", [Choice(str(Field.LEAVE_OUT), _("Leave out"), True)])]
    else:
        groups = list(_groups(looked, column, new))
    return ColumnLine(column.index, heading(looked, column.index), samples, groups, _SIGNS[column.sure], sure, why)


def heading(looked: Looked, index: int) -> str:
    """What a column is called: its heading, else its letter as in a spreadsheet."""
    found = looked.layout.headings[index] if index < len(looked.layout.headings) else ""
    return found or _("Column %(letter)s") % {"letter": _letter(index)}


def _letter(index: int) -> str:
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _groups(looked: Looked, column: Column, new: Sequence[str]) -> Iterator[tuple[str, Sequence[Choice]]]:
    def choice(key: str, label: str) -> Choice:
        return Choice(key, label, key == column.target.key)

    yield "", [choice(str(Field.LEAVE_OUT), _("Leave out"))]
    yield _("The person"), [choice(str(field), str(label)) for field, label in PERSON.items()]
    names = list(dict.fromkeys([*new, item_name(column.heading)] if column.heading else new))
    for name in names:
        told = _("New: %(name)s") % {"name": name}
        yield told, [choice(f"{field}:+{name}", f"{told}, {fact}") for field, fact in FACTS.items()]
    for item in looked.firm.known.items:
        told = looked.labels[item.id]
        yield told, [choice(f"{field}:{item.id}", f"{told}, {fact}") for field, fact in FACTS.items()]
    one = [choice(str(Field.ITEM), _("Which card it is"))]
    one += [choice(f"{field}:{ROW_ITEM}", _("That card, %(fact)s") % {"fact": fact}) for field, fact in FACTS.items()]
    yield _("One card in each row"), one


def asks(looked: Looked, *, open_only: bool = False) -> list[Ask]:
    """The questions; `open_only`: those that nobody has answered yet."""
    return [_ask(question) for question in looked.plan.questions if not (open_only and question.answered)]


def _ask(question: Question) -> Ask:
    about = ", ".join(name for name in question.columns if name)
    if question.code == "mark":
        words = _("Your sheet marks with “%(sample)s”. What does that mean?") % {"sample": question.sample}
        labels = {
            "have": _("They have it, level not known"), "1": _("1 Learning"), "2": _("2 With help"), "3": _("3 Alone"),
            "4": _("4 Can teach"),
        }  # fmt: skip
        choices = [Choice(one.key, labels[one.key], one.key == question.chosen) for one in question.options]
        return Ask("mark", words, choices, about)
    words = _("Your sheet says %(sample)s. What does that mean?") % {"sample": question.sample}
    choices = []
    for option in question.options:
        small = _("Fits %(fits)s of %(total)s dates") % {"fits": option.fits, "total": question.total}
        label = _in_order(option.day, option.key) if option.day else _("Not a date")
        choices.append(Choice(option.key, label, option.key == question.chosen, small))
    return Ask(question.code, words, choices, about)


def _in_order(day: date, order: str) -> str:
    """The day with its month in letters, in the order that the answer means."""
    if order in {"mdy", "dmy"}:
        token = wording.date_order.set(order)
        try:
            return wording.day(day=day)
        finally:
            wording.date_order.reset(token)
    return wording.day(day=day)


def need_lines(looked: Looked) -> list[tuple[str, Sequence[Choice]]]:
    """For each new item: who shall need it."""
    return [
        (name, [Choice(key, str(label), key == chosen) for key, label in WHO_NEEDS.items()])
        for name, chosen in looked.needs.items()
    ]


def problem_lines(looked: Looked) -> list[RowLine]:
    """Rows that cannot be saved yet, with the fields that mend them."""
    rows = [row for row in looked.plan.rows if row.state is State.PROBLEM]
    return [
        RowLine(row.number, row.name, [_mend(looked, row, reason) for reason in row.problems]) for row in rows[:SHOWN_PROBLEMS]
    ]


def _mend(looked: Looked, row: PlannedRow, reason: Reason) -> Mend:
    says = say(reason, labels=looked.labels)
    who = row.name or _("row %(number)s") % {"number": row.number}
    if reason.column is not None:
        name = f"{row.number}:{reason.column}"
        value = looked.answers.cells.get(name, _cell(looked, row.number, reason.column))
        return Mend(f"m{name}", f"{heading(looked, reason.column)}, {who}", says, value)
    label = _("What to do with %(who)s") % {"who": who}
    return Mend(f"r{row.number}", label, says, "", _who_choices(looked, row, reason))


def _who_choices(looked: Looked, row: PlannedRow, reason: Reason) -> list[Choice]:
    choices = [Choice("", _("Choose"), True)]
    for option in row.options:
        kind, _colon, key = option.partition(":")
        name = looked.labels.get(option, "") if kind == "person" else _name_in_row(looked, int(key))
        told = _("The same person as %(name)s") if kind == "person" else _("The same person as %(name)s in row %(row)s")
        choices.append(Choice(option, told % {"name": name, "row": key}, False))
    if reason.code == "row.only_name":
        choices.append(Choice("take", _("A person"), False))
    elif row.options:
        choices.append(Choice("new", _("Someone else"), False))
    return [*choices, Choice("skip", _("Leave this row out"), False)]


def _name_in_row(looked: Looked, number: int) -> str:
    return next((row.name for row in looked.plan.rows if row.number == number), "")


def _cell(looked: Looked, number: int, column: int) -> str:
    return next((line.cell(column) for line in looked.layout.lines if line.number == number), "")


def new_lines(looked: Looked) -> list[RowLine]:
    """The first people who would be added, with what is known of them."""
    rows = [row for row in looked.plan.rows if row.state is State.NEW]
    return [RowLine(row.number, row.name, facts=_facts(looked, row)) for row in rows[:SHOWN_ROWS]]


def changed_lines(looked: Looked) -> list[RowLine]:
    """The first people who would be changed: what it was, and what it becomes."""
    rows = [row for row in looked.plan.rows if row.state is State.CHANGED]
    return [
        RowLine(row.number, row.name, facts=[_change(looked, one.what, one.before, one.after) for one in row.changes])
        for row in rows[:SHOWN_ROWS]
    ]


def _facts(looked: Looked, row: PlannedRow) -> list[str]:
    said = [f"{PERSON[field]}: {_value(looked, field, value)}" for field, value in row.sets.items() if field is not Field.NAME]
    return [*said, *(_card(looked, card) for card in row.adds)]


def _card(looked: Looked, card: Card) -> str:
    name = looked.labels.get(card.item, card.item.lstrip("+"))
    parts = []
    if card.obtained:
        parts.append(_("obtained %(day)s") % {"day": wording.day(day=card.obtained)})
    if card.expires:
        parts.append(_("expires %(day)s") % {"day": wording.day(day=card.expires)})
    if card.no_end:
        parts.append(_("no end"))
    if card.level:
        parts.append(_("level %(level)s") % {"level": card.level})
    return f"{name}: {', '.join(parts)}" if parts else str(name)


def _change(looked: Looked, what: str, before: str, after: str) -> str:
    kind, _colon, item = what.partition(":")
    label = looked.labels.get(item, item.lstrip("+")) if kind == "card" else str(PERSON[Field(what)])
    field = Field.EXPIRES if kind == "card" else Field(what)
    told = _value(looked, field, after)
    return f"{label}: {_value(looked, field, before)} → {told}" if before else f"{label}: {told}"


def _value(looked: Looked, field: Field, value: str) -> str:
    """A value as it is read: days in words, places by name."""
    if value in {"no_end", "have"}:
        return _("no end") if value == "no_end" else _("has it")
    if field in {Field.HIRED, Field.LEFT, Field.EXPIRES} and value.count("-") == 2:
        return wording.day(day=date.fromisoformat(value))
    if field is Field.LANGUAGE:
        return {"en": "English", "es": "español"}.get(value, value)
    return looked.labels.get(value, value.lstrip("+") if field in {Field.POSITION, Field.SITE, Field.SHIFT} else value)


def notes(looked: Looked) -> list[str]:
    """What was supposed or left out without stopping anything: the first ten, each with its row."""
    said = [
        _("Row %(row)s: %(says)s") % {"row": row.number, "says": say(reason, labels=looked.labels)}
        for row in looked.plan.rows
        if row.state is not State.PROBLEM
        for reason in row.reasons
    ]
    return said[:10]


def left_out(looked: Looked) -> Mapping[str, int]:
    """Rows that are no people: how many of each kind."""
    counts: dict[str, int] = {}
    for one in looked.plan.left_out:
        counts[one.why] = counts.get(one.why, 0) + 1
    return counts
