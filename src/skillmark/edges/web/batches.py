"""Checks of many: how far one is, and its rows with answer and reason, ready for a page or a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from skillmark.desks import answers, words
from skillmark.edges.web import checks
from skillmark.rooms.credentials import queries
from skillmark.rooms.people.rules import Actor

FAILED, WAITING = "failed", "waiting"
OPEN = ("waiting", "running")
_ALL = 100_000
# What a spreadsheet program would take as a formula when a cell begins with it.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Line:
    """A row: `state` is the sign of the worst answer in it, `check` is where it is kept; both empty where there is none."""

    row: Any  # credentials' BatchRow
    check: Any = None

    @property
    def state(self) -> str:
        if self.check is not None:
            return checks.sign(verdict=self.check.verdict)
        return "miss" if self.row.state == FAILED else ""

    @property
    def says(self) -> str:
        if self.check is not None:
            return answers.heading(verdict=self.check.verdict)
        return _("Not opened") if self.row.state == FAILED else _("Waiting")

    @property
    def reason(self) -> str:
        """The sentence of the answer, or why the row could not be opened. Reads the kept report."""
        if self.check is not None:
            return answers.kept(check=self.check).said.sentence
        return words.problem(self.row.problem) if self.row.state == FAILED else ""


def progress(*, batch: Any) -> str:
    """How far it is, said once a quarter, so that nobody is told of every row."""
    done = batch.total - batch.left
    if batch.state == "stopped":
        return _("Stopped.")
    if not batch.left:
        return _("All are checked.")
    quarter = 4 * done // batch.total
    return {1: _("A quarter is checked."), 2: _("Half are checked."), 3: _("Three quarters are checked.")}.get(quarter, "")


def lines(*, actor: Actor, batch_id: UUID) -> list[Line]:
    """Every row in order, each with its worst answer in this batch. Raises NotFound."""
    rows = queries.batch_rows(actor=actor, batch_id=batch_id, most=_ALL)
    answered: dict[UUID, list[Any]] = {}
    for one in queries.checks(actor=actor, batch_id=batch_id, most=_ALL):
        found = answered.setdefault(one.item_id, [])
        if not found or found[0].round == one.round:  # the same bytes twice: the newest answers
            found.append(one)
    return [Line(row, checks.worst(checks=answered[row.item_id]) if row.item_id in answered else None) for row in rows]


def choices(*, found: Sequence[Line], chosen: str) -> list[checks.Choice]:
    """“All”, each answer that a row got, then the rows without one."""
    counts: dict[str, int] = {}
    for line in found:
        counts[key(line=line)] = counts.get(key(line=line), 0) + 1
    answered = checks.choices(counts={name: counts[name] for name in counts if checks.known(verdict=name)}, chosen=chosen)
    every = [checks.Choice("", _("All"), len(found)), *answered[1:]]
    others = [
        checks.Choice(FAILED, _("Not opened"), counts.get(FAILED, 0)),
        checks.Choice(WAITING, _("Waiting"), counts.get(WAITING, 0)),
    ]
    return every + [one for one in others if one.count or one.key == chosen]


def key(*, line: Line) -> str:
    """What a filter finds the line by: a verdict, `failed` or `waiting`."""
    return str(line.check.verdict) if line.check is not None else str(FAILED if line.row.state == FAILED else WAITING)


def as_csv(*, found: Sequence[Line]) -> bytes:
    """The rows for a spreadsheet program (CSV, UTF-8 with a mark); no cell can become a formula."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([_("Row"), _("Name"), _("Answer"), _("Reason"), _("Proof"), _("Person"), _("Giver"), _("Checked on")])
    writer.writerows(map(_harmless, _cells(found)))
    return text.getvalue().encode("utf-8-sig")


def _cells(found: Sequence[Line]) -> Iterator[list[str]]:
    for line in found:
        check = line.check
        told = [check.title, check.person, check.giver, check.made_at.isoformat(timespec="minutes")] if check else [""] * 4
        yield [str(line.row.number), line.row.name, line.says, line.reason, *told]


def _harmless(cells: Sequence[str]) -> list[str]:
    return [f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in cells]
