"""A list of people who are to get the same kind of proof, judged row by row before anything is signed. Pure."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID, uuid5

from skillmark.rooms.credentials.rules.dates import is_long_ago, last_good_moment
from skillmark.rooms.credentials.rules.levels import LEVELS
from skillmark.rooms.people.rules.names import fold

RUN_ROWS = 10_000
RUN_NAME = 200
PORTION = 200
"""Rows of a run in one write transaction: few statements a row, and nobody else who writes waits for long."""
RUN_LEASE = timedelta(seconds=60)
"""After so long, whoever comes by takes over the rows that a worker has taken and not put down."""
PLAN_LASTS = timedelta(days=30)
"""A list that nobody gave is thrown away after so long: it holds names for no use."""
_NAME_LENGTH = 200
_EMAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>.]+")
_PHONE = re.compile(r"[\d\s().+/-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """One row of a list as it was read. `line` is its number in the file.

    `said` holds the text of cells that could not be read, by field: `level`, `observed_on`. `person_id`: somebody who is here
    already was chosen; `someone_new`: a person was asked, and it is nobody who is here. `renews`: the proof that it renews.
    """

    line: int
    name: str
    email: str = ""
    phone: str = ""
    staff_number: str = ""
    language: str = ""
    level: int | None = None
    observed_on: date | None = None
    said: Mapping[str, str] = field(default_factory=dict)
    person_id: UUID | None = None
    someone_new: bool = False
    renews: UUID | None = None


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """Somebody who is here already."""

    id: UUID
    name: str
    email: str = ""
    phone: str = ""
    staff_number: str = ""


@dataclass(frozen=True, slots=True)
class Judged:
    """`problem` is a code, empty for a row that can be given. `person_id`: who it is; None for somebody new."""

    problem: str = ""
    person_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Terms:
    """What the kind of proof asks for, and the day that stands on rows without one of their own.

    `today` is the day where the firm works; `newcomers` whether the asker may add people who are not here yet.
    """

    level_asked: bool
    months: int | None
    observed_on: date | None
    today: date
    now: datetime
    time_zone: str
    newcomers: bool = True


def proof_id(*, run_id: UUID, number: int) -> UUID:
    """The identifier of a row's proof: the same whoever gives it and however often. `run_id` is random and never public."""
    return uuid5(run_id, str(number))


def tidy(text: str) -> str:
    """Without doubled spaces, line breaks and tabs."""
    return " ".join(text.split())


def judge(*, rows: Sequence[Wanted], known: Iterable[KnownPerson], terms: Terms) -> list[Judged]:
    """For each row, in order, whether it can be given and to whom.

    Codes: `row.name_missing`, `row.name_too_long`, `row.name_signs`, `row.email`, `row.phone`, `row.level_missing`,
    `row.level_wrong`, `row.date_unreadable`, `row.date_in_future`, `row.date_long_ago`, `row.date_over`, `row.two_people`,
    `row.twice`, `row.newcomer`.
    """
    people = _People(known)
    found = [_judged(row, people, terms) for row in rows]
    return _once(rows, found)


def _judged(row: Wanted, people: _People, terms: Terms) -> Judged:
    problem = _of_name(row.name) or _of_reach(row) or _of_level(row, terms) or _of_day(row, terms)
    if row.someone_new:
        who: UUID | None = None
    elif row.person_id is not None:
        who = row.person_id
    else:
        who, doubt = people.find(row)
        problem = problem or ("row.two_people" if doubt else "")
    if not problem and who is None and not terms.newcomers:
        problem = "row.newcomer"
    return Judged(problem, who)


def _of_name(name: str) -> str:
    if not tidy(name):
        return "row.name_missing"
    if len(name) > _NAME_LENGTH:
        return "row.name_too_long"
    if any(one in "<>\ufffd" or not (one.isprintable() or one.isspace()) for one in name):
        return "row.name_signs"
    return ""


def _of_reach(row: Wanted) -> str:
    if row.email and (len(row.email) > 254 or not _EMAIL.fullmatch(row.email)):
        return "row.email"
    if row.phone and not (_PHONE.fullmatch(row.phone) and 4 <= len(_digits(row.phone)) <= 15 and len(row.phone) <= 40):
        return "row.phone"
    return ""


def _of_level(row: Wanted, terms: Terms) -> str:
    if not terms.level_asked:
        return ""
    if row.said.get("level"):
        return "row.level_wrong"
    if row.level is None:
        return "row.level_missing"
    return "" if row.level in LEVELS else "row.level_wrong"


def _of_day(row: Wanted, terms: Terms) -> str:
    if row.said.get("observed_on"):
        return "row.date_unreadable"
    day = row.observed_on or terms.observed_on
    if day is not None and day > terms.today:
        return "row.date_in_future"
    if day is not None and is_long_ago(day, today=terms.today):
        return "row.date_long_ago"
    ends = last_good_moment(day=day or terms.today, months=terms.months, time_zone=terms.time_zone)
    return "row.date_over" if ends is not None and ends <= terms.now else ""


class _People:
    """Everybody who is here already, to be found by number, by name with phone or e-mail, or by name alone."""

    def __init__(self, known: Iterable[KnownPerson]) -> None:
        self._by: dict[str, dict[str, list[KnownPerson]]] = {
            which: defaultdict(list) for which in ("name", "number", "email", "phone")
        }
        for one in known:
            for which, value in _facts(one).items():
                if value:
                    self._by[which][value].append(one)

    def find(self, row: Wanted) -> tuple[UUID | None, bool]:
        """Who it is (None: somebody new), and whether that has to be asked."""
        facts = _facts(row)
        if facts["number"] and (numbered := self._by["number"].get(facts["number"])):
            same = [one for one in numbered if fold(one.name) == facts["name"]]
            return (same[0].id, False) if len(same) == 1 else (None, True)
        named = [one for one in self._by["name"].get(facts["name"], ()) if not _differ(_facts(one), facts, "number")]
        sure = [one for one in named if _agree(_facts(one), facts)]
        if len(sure) == 1:
            return sure[0].id, False
        if len(named) == 1:
            against = _differ(_facts(named[0]), facts, "email") or _differ(_facts(named[0]), facts, "phone")
            return (None, True) if against else (named[0].id, False)
        shared = any(facts[which] in self._by[which] for which in ("email", "phone") if facts[which])
        return None, bool(named) or shared


def _once(rows: Sequence[Wanted], found: Sequence[Judged]) -> list[Judged]:
    """The same person a second time is a problem; who bears the same name is somebody else when a fact tells them apart."""
    by_name: dict[str, list[int]] = defaultdict(list)
    by_person: dict[UUID, list[int]] = defaultdict(list)
    judged = list(found)
    for at, row in enumerate(rows):
        facts, who = _facts(row), judged[at].person_id
        before = by_name[facts["name"]] if facts["name"] else []
        twice = any(_may_be_one(rows[other], row, judged[other], judged[at]) for other in before)
        if who is not None and by_person[who]:
            twice = True
        if twice and not judged[at].problem:
            judged[at] = Judged("row.twice", who)
        before.append(at)
        if who is not None:
            by_person[who].append(at)
    return judged


def _may_be_one(one: Wanted, other: Wanted, here: Judged, there: Judged) -> bool:
    """Whether nothing tells two rows of one name apart."""
    if here.person_id is not None and there.person_id is not None:
        return here.person_id == there.person_id
    if one.someone_new or other.someone_new:
        return False
    return not any(_differ(_facts(one), _facts(other), which) for which in ("number", "email", "phone"))


def _facts(one: Wanted | KnownPerson) -> dict[str, str]:
    """What tells people apart, each in one spelling."""
    return {
        "name": fold(one.name), "number": one.staff_number.strip(), "email": one.email.strip().casefold(),
        "phone": _digits(one.phone)[-10:],
    }  # fmt: skip


def _differ(one: Mapping[str, str], other: Mapping[str, str], which: str) -> bool:
    return bool(one[which]) and bool(other[which]) and one[which] != other[which]


def _agree(one: Mapping[str, str], other: Mapping[str, str]) -> bool:
    return any(one[which] and one[which] == other[which] for which in ("number", "email", "phone"))


def _digits(text: str) -> str:
    return "".join(character for character in text if character in "0123456789")
