"""Classes on their pages: rows to mend with the field that mends them, rows with their state, and how far a class is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from skillmark.desks import classes, words
from skillmark.edges.web import kinds
from skillmark.edges.web.forms.runs import SOMEONE_NEW
from skillmark.rooms.credentials import queries
from skillmark.rooms.credentials.rules import LEVELS, level_name
from skillmark.rooms.people import queries as people
from skillmark.rooms.people.rules import Actor
from skillmark.rooms.people.rules.names import fold


@dataclass(frozen=True, slots=True)
class Mend:
    """A row that needs a look: `kind` is text, date or choice; `choices` are (value, label)."""

    row: Any
    says: str
    field: str
    label: str
    kind: str
    value: str
    choices: tuple[tuple[str, str], ...] = ()

    @property
    def id(self) -> str:
        return f"{self.field}-{self.row.number}"


@dataclass(frozen=True, slots=True)
class Line:
    """A row with where its proof stands."""

    row: Any
    proof: Any
    state: str
    says: str


_FIELDS = {
    "row.name_missing": "name", "row.name_too_long": "name", "row.name_signs": "name", "row.twice": "name",
    "row.email": "email", "row.phone": "phone", "row.level_missing": "level", "row.level_wrong": "level",
    "row.date_unreadable": "observed_on", "row.date_in_future": "observed_on",
    "row.date_long_ago": "observed_on", "row.date_over": "observed_on",
    "row.two_people": "who",
}  # fmt: skip


def mends(*, actor: Actor, rows: Sequence[Any]) -> list[Mend]:
    """Each row that needs a look, with the field that mends it; a row that cannot be mended here has no field."""
    known = people.people(actor=actor) if any(row.problem == "row.two_people" for row in rows) else []
    return [_mend(row, known) for row in rows]


def _mend(row: Any, known: Sequence[Any]) -> Mend:
    field = _FIELDS.get(row.problem, "")
    says = words.problem(row.problem)
    if field == "who":
        return Mend(row, says, field, _("Who is meant?"), "choice", "", _candidates(row, known))
    if field == "level":
        named = tuple((str(one), f"{one} {level_name(level=one, language=kinds.spoken())}") for one in LEVELS)
        return Mend(row, _said(row, says, "level"), field, _("Level"), "choice", "", (("", _("Choose")), *named))
    if field == "observed_on":
        day = row.observed_on.isoformat() if row.observed_on else ""
        return Mend(row, _said(row, says, "observed_on"), field, _("Day seen"), "date", day)
    labels = {"name": _("Name"), "email": _("E-mail"), "phone": _("Phone"), "": ""}
    return Mend(row, says, field, labels[field], "text", getattr(row, field) if field else "")


def _said(row: Any, says: str, field: str) -> str:
    """With what stands in the list, where it could not be read."""
    text = row.said.get(field, "")
    return f"“{text}”: {says}" if text else says


def _candidates(row: Any, known: Sequence[Any]) -> tuple[tuple[str, str], ...]:
    wanted = fold(row.name)
    meant = [
        one
        for one in known
        if fold(one.name) == wanted
        or (row.email and one.email.casefold() == row.email.casefold())
        or (row.staff_number and one.number == row.staff_number)
        or (row.phone and _digits(one.phone) == _digits(row.phone))
    ]
    named = tuple(
        (str(one.id), " · ".join(part for part in (one.name, one.number, one.phone or one.email) if part)) for one in meant
    )
    return (("", _("Choose")), *named, (SOMEONE_NEW, _("Somebody new")))


def _digits(text: str) -> str:
    return "".join(character for character in text if character.isdecimal())[-10:]


def lines(*, actor: Actor, run_id: Any) -> list[Line]:
    """Every row of a class, in order."""
    return [
        Line(row, proof, *classes.row_state(row=row, proof=proof))
        for row, proof in classes.table_rows(actor=actor, run_id=run_id)
    ]


def progress(*, run: Any) -> str:
    """How far it is, in words."""
    if run.state == "planned":
        wrong = ngettext("%(number)d row needs a look", "%(number)d rows need a look", run.problems)
        ready = ngettext("Not given yet, %(number)d person", "Not given yet, %(number)d people", run.left)
        return " · ".join([ready % {"number": run.left}, *([wrong % {"number": run.problems}] if run.problems else [])])
    done = ngettext("%(number)d proof given", "%(number)d proofs given", run.done) % {"number": run.done}
    if run.state == "done":
        failed = ngettext("%(number)d not given", "%(number)d not given", run.failed) % {"number": run.failed}
        return f"{done} · {failed}" if run.failed else done
    left = ngettext("%(number)d left", "%(number)d left", run.left) % {"number": run.left}
    state = _("Stopped") if run.state == "stopped" else _("Under way")
    return f"{state} · {done} · {left}"


def kind_choices(*, actor: Actor, giver: str) -> list[Any]:
    """The firm's own kinds of proof, then the ready-made ones by trade, for a select box."""
    own = queries.templates(actor=actor)
    spoken = kinds.spoken()
    mine = [(str(one.id), kinds.own(template=one, language=spoken, giver=giver).name) for one in own]
    ready = kinds.trades(without={one.ready_key for one in own}, giver=giver)
    grouped = [(str(trade), [(kind.key, kind.name) for kind in found]) for trade, found in ready]
    return [*([(_("Yours"), mine)] if mine else []), *grouped]
