"""Kept checks as lines of a list, and what came before: signs and words from the verdicts, nothing judged here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from credcore.verify import Verdict
from skillmark.desks import answers
from skillmark.rooms.credentials.rules import VERDICTS

ORDER = tuple(reversed(VERDICTS))
LATEST = 10


@dataclass(frozen=True, slots=True)
class Line:
    """A check with its answer in sign and word; `before` is the answer of the round before where that was another one."""

    check: Any  # credentials' Check
    state: str
    says: str
    before: str = ""

    @property
    def name(self) -> str:
        """What a list calls it: the person, else the proof, else the file."""
        return self.check.person or self.check.title or named(item=self.check.item)


@dataclass(frozen=True, slots=True)
class Choice:
    """One link of a filter."""

    key: str
    label: str
    count: int


def line(*, check: Any, before: str = "") -> Line:
    """The line of `check`; `before` is a verdict."""
    return Line(
        check=check,
        state=sign(verdict=check.verdict),
        says=answers.heading(verdict=check.verdict),
        before=answers.heading(verdict=before) if before else "",
    )


def sign(*, verdict: str) -> str:
    """`ok`, `warn`, `bad` or `unk`."""
    return answers.SIGNS[Verdict(verdict)]


def history(*, checks: Sequence[Any]) -> list[Line]:
    """Answers about one proof, newest first: the latest ten, and every one that was not the same as the one before it."""
    older = [*checks[1:], None]
    every = [
        line(check=one, before=before.verdict if before is not None and before.verdict != one.verdict else "")
        for one, before in zip(checks, older, strict=True)
    ]
    return [one for place, one in enumerate(every) if place < LATEST or one.before]


def choices(*, counts: Mapping[str, int], chosen: str) -> list[Choice]:
    """“All” and each answer that somebody got, good ones first."""
    found = [Choice(one.value, answers.heading(verdict=one.value), counts.get(one.value, 0)) for one in ORDER]
    return [Choice("", _("All"), sum(counts.values())), *(one for one in found if one.count or one.key == chosen)]


def known(*, verdict: str) -> str:
    """The verdict that a page was asked for; empty for anything else."""
    return verdict if verdict in {one.value for one in ORDER} else ""


def named(*, item: Any) -> str:
    """What was handed over, in words."""
    if item.name:
        return str(item.name)
    return {"link": _("A link"), "text": _("Pasted text")}.get(item.kind, _("A file without a name"))


def worst(*, checks: Iterable[Any]) -> Any:
    """The check that tells of several: the one with the worst answer, the first of those."""
    return min(checks, key=lambda one: VERDICTS.index(Verdict(one.verdict)))
