"""What cannot be read from a sheet alone, with the answer that fits best chosen beforehand, and how days are read then."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from skillmark.desks.importers.roster import dates
from skillmark.desks.importers.roster.answers import Answers
from skillmark.desks.importers.roster.columns import Column
from skillmark.desks.importers.roster.dates import Order, Way
from skillmark.desks.importers.roster.headings import Layout
from skillmark.desks.importers.roster.plain import YES
from skillmark.desks.importers.roster.words import DATES, Field

COUNTS = ("1900", "1904")
MARKS = ("have", "1", "2", "3", "4")


@dataclass(frozen=True, slots=True)
class Option:
    """An answer: its key, the day that the sample would be, and how many of the cells in doubt are days then."""

    key: str
    day: date | None = None
    fits: int = 0


@dataclass(frozen=True, slots=True)
class Question:
    """`code`: `date_order`, `count_from` or `mark`. `sample` is a cell of the sheet; `chosen` the answer that holds now;
    `answered` whether the person gave it. `columns` are the headings that it is about; `total` the cells."""

    code: str
    sample: str
    options: tuple[Option, ...]
    chosen: str
    answered: bool
    columns: tuple[str, ...]
    total: int = 0


@dataclass(frozen=True, slots=True)
class Asked:
    """The questions, the way for each column of days, and what a mark means."""

    questions: tuple[Question, ...]
    ways: Mapping[int, Way]
    mark: str


def ask(layout: Layout, columns: Sequence[Column], answers: Answers, *, order: Order, on: date) -> Asked:
    """Look through the columns of days and marks. `order` is how the firm writes a day: chosen beforehand, never taken."""
    dated = {
        column.index: [text for line in layout.lines if (text := _text(line.number, column, line.cell(column.index), answers))]
        for column in columns
        if column.target.field in DATES
    }
    decided, doubtful = {}, {}
    for index, texts in dated.items():
        settled = settle(texts, on=on)
        if settled is None:
            doubtful[index] = texts
        else:
            decided[index] = settled
    questions = []
    if doubtful:
        questions.append(_order_question(doubtful, decided, answers, layout, order, on))
        decided |= dict.fromkeys(doubtful, Order(questions[0].chosen))
    counted, since_1904 = _count_question(dated, answers, layout)
    marked, mark = _mark_question(layout, columns, answers)
    first = {column.index for column in columns if column.target.field in {Field.OBTAINED, Field.HIRED}}
    ways = {index: Way(found, since_1904, to_end=index not in first) for index, found in decided.items()}
    return Asked((*questions, *counted, *marked), ways, mark)


def settle(texts: Sequence[str], *, on: date) -> Order | None:
    """The order in which all days of a column are days, when it is the only one; None when two fit, or none fits all."""
    numbers = [text for text in texts if dates.is_numbers(text)]
    if not numbers:
        return Order.MDY
    fits = dates.fits(numbers, on=on)
    full = [one for one in _possible(fits, len(numbers)) if fits[one] == len(numbers)]
    if len(full) == 1:
        return full[0]
    doubled = any(dates.is_double(text, on=on) for text in numbers)
    if len(full) == 2:
        return None if doubled or Order.YMD in full else full[0]
    return None if doubled else max(fits, key=lambda one: fits[one])


def _possible(fits: Mapping[Order, int], total: int) -> list[Order]:
    """Two digits of a year come first only where it cannot be the month: "30/11/26" may be, "03/04/26" is not."""
    return [Order.MDY, Order.DMY] + ([Order.YMD] if fits[Order.MDY] < total else [])


def _order_question(
    doubtful: Mapping[int, Sequence[str]],
    decided: Mapping[int, Order],
    answers: Answers,
    layout: Layout,
    order: Order,
    on: date,
) -> Question:
    texts = [text for found in doubtful.values() for text in found if dates.is_numbers(text)]
    fits = dates.fits(texts, on=on)
    sample = next((text for text in texts if dates.is_double(text, on=on)), texts[0])
    offered = [one for one in _possible(fits, len(texts)) if one is not Order.YMD or fits[one] == len(texts)]
    offered.sort(key=lambda one: one is not order)
    best = max(fits[one] for one in offered)
    others = {found for index, found in decided.items() if any(map(dates.is_numbers, _cells(layout, index)))}
    likely = [one for one in offered if fits[one] == best]
    chosen = next((one for one in likely if others == {one}), likely[0])
    options = tuple(Option(one, dates.read(sample, way=Way(one), on=on).day, fits[one]) for one in offered)
    given = answers.date_order in offered
    headings = tuple(layout.headings[index] for index in doubtful)
    return Question("date_order", sample, options, answers.date_order if given else chosen, given, headings, len(texts))


def _count_question(dated: Mapping[int, Sequence[str]], answers: Answers, layout: Layout) -> tuple[tuple[Question, ...], bool]:
    """Days as Excel counts them, in a file that does not say from which year."""
    found = {index: [text for text in texts if dates.is_serial(text)] for index, texts in dated.items()}
    serials = [text for texts in found.values() for text in texts]
    if layout.since_1904 is not None or not serials:
        return (), bool(layout.since_1904)
    days = {key: dates.from_serial(int(float(serials[0])), since_1904=key == "1904") for key in COUNTS}
    chosen = answers.count_from if answers.count_from in COUNTS else "1900"
    options = tuple(Option(key, day, len(serials)) for key, day in days.items())
    headings = tuple(layout.headings[index] for index, texts in found.items() if texts)
    asked = Question("count_from", serials[0], options, chosen, answers.count_from in COUNTS, headings, len(serials))
    return (asked,), chosen == "1904"


def _mark_question(layout: Layout, columns: Sequence[Column], answers: Answers) -> tuple[tuple[Question, ...], str]:
    """What "x" means in columns of skills: that somebody has it, or a level."""
    levels = [column for column in columns if column.target.field is Field.LEVEL]
    marks = [text for column in levels for text in _cells(layout, column.index) if text.casefold() in YES]
    if not marks:
        return (), "have"
    chosen = answers.mark if answers.mark in MARKS else "have"
    headings = tuple(column.heading for column in levels)
    asked = Question("mark", marks[0], tuple(map(Option, MARKS)), chosen, answers.mark in MARKS, headings, len(marks))
    return (asked,), chosen


def _cells(layout: Layout, index: int) -> list[str]:
    return [text for line in layout.lines if (text := line.cell(index))]


def _text(number: int, column: Column, text: str, answers: Answers) -> str:
    return answers.cells.get(f"{number}:{column.index}", text)
