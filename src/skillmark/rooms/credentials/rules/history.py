"""A work history, as it stands on a proof: position, site and dates, and nothing about how well anybody worked. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

from credcore.verify import day as day_in_words

WORK_HISTORY = "work-history"
"""The key of the kind of proof that a work history is given under. It is offered nowhere, and no trade brings it along."""
MOST_STINTS = 20
STINT_TEXT = 200  # characters of a position, and of a site
DUTIES_LENGTH = 600
HOURS_LENGTH = 60
_TITLE = 200
_NOON = time(12)

KIND: Mapping[str, Any] = MappingProxyType(
    {
        "name": {"en": "Work history", "es": "Historial de trabajo"},
        "did": {
            "en": "Worked here: in which position, at which site, from when until when.",
            "es": "Trabajó aquí: en qué puesto, en qué lugar, desde cuándo y hasta cuándo.",
        },
        "how": {
            "en": "From the firm’s own records of position, site and dates. It does not say how well the work was done.",
            "es": "Según los registros de la empresa sobre puesto, lugar y fechas. No dice qué tan bien se hizo el trabajo.",
        },
        "method": "observed",
        "level_asked": False,
        "months": None,
        "colour": "night",
        "icon": "",
    }
)
"""The columns of its version."""

_WORDS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "en": MappingProxyType(
            {
                "worked": "Worked at {giver}.",
                "since": "{place}: since {start}.",
                "until": "{place}: from {start} until {end}.",
                "planned": "{place}: from {start}; the last day is planned for {end}.",
                "duties": "Tasks: {text}",
                "hours": "Hours: {text}",
            }
        ),
        "es": MappingProxyType(
            {
                "worked": "Trabajó en {giver}.",
                "since": "{place}: desde el {start}.",
                "until": "{place}: del {start} al {end}.",
                "planned": "{place}: desde el {start}; el último día está previsto para el {end}.",
                "duties": "Tareas: {text}",
                "hours": "Horas: {text}",
            }
        ),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stint:
    """One position at one site, both in the person's language. `ends` is the last day; None: it goes on."""

    title: str
    starts: date
    ends: date | None = None
    site: str = ""

    def as_json(self) -> dict[str, Any]:
        ends = self.ends.isoformat() if self.ends else None
        return {"title": self.title, "site": self.site, "starts": self.starts.isoformat(), "ends": ends}


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """What a proof of work history says, the stints in the order of their days."""

    stints: tuple[Stint, ...]
    duties: str = ""
    hours: str = ""

    def as_json(self) -> dict[str, Any]:
        """For a JSON column; `history_from_json` reads it."""
        return {"stints": [one.as_json() for one in self.stints], "duties": self.duties, "hours": self.hours}

    @property
    def role(self) -> str:
        """Every position once, in order: one is not said to have been held on the days of another."""
        return "; ".join(dict.fromkeys(one.title for one in self.stints))

    @property
    def starts(self) -> date:
        return self.stints[0].starts

    @property
    def ends(self) -> date | None:
        """The last day of all; None while one of them goes on."""
        days = [one.ends for one in self.stints]
        return None if None in days else max(day for day in days if day is not None)

    def title(self, *, giver: str) -> str:
        """What the proof is called: "Line cook, Bluebird Kitchen", by the position that was held last."""
        last = self.stints[-1].title
        return f"{last[: max(20, _TITLE - 2 - len(giver))]}, {giver}"[:_TITLE]

    def said(self, *, giver: str, language: str, on: date) -> str:
        """All of it in words, as told on a day: whoever reads only the description of a proof misses nothing."""
        words = _WORDS.get(language, _WORDS["en"])
        lines = [words["worked"].format(giver=giver)]
        lines += [_line(one, giver=giver, words=words, language=language, on=on) for one in self.stints]
        lines += [words[part].format(text=text) for part, text in (("duties", self.duties), ("hours", self.hours)) if text]
        return " ".join(lines)

    def activity(self, *, time_zone: str) -> tuple[datetime, datetime | None]:
        """First and last day as moments: noon, where the firm works, so that they are the same days anywhere near."""
        zone = ZoneInfo(time_zone)
        ends = datetime.combine(self.ends, _NOON, tzinfo=zone) if self.ends else None
        return datetime.combine(self.starts, _NOON, tzinfo=zone), ends


def history_from_json(told: Mapping[str, Any]) -> History | None:
    """What `as_json` wrote; None of a proof that tells no work history."""
    if not told:
        return None
    stints = tuple(
        Stint(
            title=one["title"], site=one["site"], starts=date.fromisoformat(one["starts"]),
            ends=date.fromisoformat(one["ends"]) if one["ends"] else None,
        )
        for one in told["stints"]
    )  # fmt: skip
    return History(stints=stints, duties=told["duties"], hours=told["hours"])


def told_history(*, stints: Sequence[Stint], duties: str = "", hours: str = "") -> History:
    """The stints in order, texts without needless blanks. What directly goes on in the same place is one stint."""
    tidy = sorted(
        (Stint(title=_line_of(one.title), site=_line_of(one.site), starts=one.starts, ends=one.ends) for one in stints),
        key=lambda one: (one.starts, one.ends or date.max),
    )
    return History(stints=tuple(_joined(tidy)), duties=_line_of(duties), hours=_line_of(hours))


def history_problem(history: History, *, on: date) -> str:
    """Why this cannot be said of somebody on a day, as an error code; empty when it can."""
    if not history.stints:
        return "history.nothing"
    if len(history.stints) > MOST_STINTS:
        return "history.too_many"
    if not all(one.title for one in history.stints):
        return "history.title_missing"
    if any(max(len(one.title), len(one.site)) > STINT_TEXT for one in history.stints):
        return "history.title_too_long"
    if any(one.ends is not None and one.ends < one.starts for one in history.stints):
        return "history.ends_before"
    if any(one.starts > on for one in history.stints):
        return "history.not_begun"
    if len(history.duties) > DUTIES_LENGTH:
        return "history.duties_too_long"
    if len(history.hours) > HOURS_LENGTH:
        return "history.hours_too_long"
    return ""


def _joined(stints: Sequence[Stint]) -> list[Stint]:
    joined: list[Stint] = []
    for one in stints:
        before = joined[-1] if joined else None
        goes_on = before is not None and before.ends is not None and 0 <= (one.starts - before.ends).days <= 1
        if before is not None and goes_on and (before.title, before.site) == (one.title, one.site):
            joined[-1] = Stint(title=before.title, site=before.site, starts=before.starts, ends=one.ends)
        else:
            joined.append(one)
    return joined


def _line(one: Stint, *, giver: str, words: Mapping[str, str], language: str, on: date) -> str:
    place = one.title if one.site in ("", giver) else f"{one.title}, {one.site}"
    if one.ends is None:
        return words["since"].format(place=place, start=_day(one.starts, language))
    way = "planned" if one.ends > on else "until"
    return words[way].format(place=place, start=_day(one.starts, language), end=_day(one.ends, language))


def _day(day: date, language: str) -> str:
    moment = datetime.combine(day, _NOON, tzinfo=ZoneInfo("UTC"))
    return day_in_words(moment, language=language if language in _WORDS else "en")


def _line_of(text: str) -> str:
    return " ".join(text.split())
