"""A cell of the board in words: a sign, one or two words, and what stands below them. Nothing is judged here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.utils import formats, translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from skillmark.rooms.skills.rules import Trust
from skillmark.rooms.talent.rules import Cell, Reason, State

NEAR = 180
"""Days up to which a date is told with its day; further away the month does."""


@dataclass(frozen=True, slots=True)
class Said:
    """`sign` is a shape: ok, due, warn, bad, miss, photo, unk or none. `word` goes with it; `detail` may be empty."""

    sign: str
    word: str
    detail: str


LEVELS: Mapping[int, Promise] = {
    1: gettext_lazy("Learning"),
    2: gettext_lazy("With help"),
    3: gettext_lazy("Alone"),
    4: gettext_lazy("Can teach"),
}
TRUST: Mapping[Trust, Promise] = {
    Trust.CLAIMED: gettext_lazy("Said by the person"),
    Trust.PHOTO: gettext_lazy("Photo on file – not checked"),
    Trust.SOURCE: gettext_lazy("Checked at source"),
    Trust.SIGNED: gettext_lazy("Signed"),
}
KINDS: Mapping[str, Promise] = {
    "licence": gettext_lazy("License"),
    "card": gettext_lazy("Card"),
    "training": gettext_lazy("Training"),
    "check": gettext_lazy("Background or record check"),
    "skill": gettext_lazy("Skill"),
}
_UNTRUSTED: Mapping[Reason | None, tuple[str, Promise, Promise | None]] = {
    Reason.CLAIMED: ("warn", gettext_lazy("Not checked"), None),
    Reason.PHOTO: ("photo", gettext_lazy("Photo only"), gettext_lazy("to look up")),
    Reason.PHOTO_WAITS: ("photo", gettext_lazy("Photo only"), gettext_lazy("to check")),
    Reason.CHECK_OLD: ("warn", gettext_lazy("Check again"), gettext_lazy("the check is old")),
    Reason.NOT_SIGNED: ("warn", gettext_lazy("Not signed"), gettext_lazy("checked at source")),
    Reason.CHECK_DENIED: ("bad", gettext_lazy("Not confirmed"), gettext_lazy("the source says no")),
    Reason.GIVER_UNKNOWN: ("warn", gettext_lazy("Giver not known"), gettext_lazy("not on your list")),
    Reason.GIVER_NOT_ACCEPTED: ("warn", gettext_lazy("Other giver"), gettext_lazy("does not count here")),
    Reason.OWN_NOT_ACCEPTED: ("warn", gettext_lazy("Only ours"), gettext_lazy("needs an outside card")),
    Reason.SIGNATURE_BAD: ("bad", gettext_lazy("Don’t rely"), gettext_lazy("the file no longer counts")),
    Reason.SIGNATURE_UNKNOWN: ("unk", gettext_lazy("Not known"), gettext_lazy("could not be checked")),
    Reason.TOO_OLD: ("bad", gettext_lazy("Too old"), gettext_lazy("at the day of hire")),
    Reason.HOURS: ("warn", gettext_lazy("Not checked"), gettext_lazy("hours to check")),
}


def said(*, cell: Cell, on: date, needed_level: int | None = None, first: str = "") -> Said:
    """A cell in the language of the moment. `first` is the name of the item that is needed before this one."""
    return _SAY[cell.state](cell, on, needed_level, first)


def short_day(day: date, *, on: date) -> str:
    """ "12 May" or "May 12" when it is near, else "Mar 2027"."""
    return _short_day(day, abs((day - on).days) <= NEAR, translation.get_language())


@lru_cache(maxsize=5_000)
def _short_day(day: date, near: bool, language: str | None) -> str:
    """The same again and again on a board, where half the time went into writing days."""
    if language == "es":  # which writes its months small
        return formats.date_format(day, "j M" if near else "M Y").lower()
    return formats.date_format(day, "M j" if near else "M Y")


def trust_in_words(*, trust: Trust, giver: str = "", own: bool = False) -> str:
    """The label of a level of trust: "Signed by Prairie Valley College", "Signed by us" …"""
    if trust is Trust.SIGNED and own:
        return _("Signed by us")
    if trust is Trust.SIGNED and giver:
        return _("Signed by %(giver)s") % {"giver": giver}
    return str(TRUST[trust])


def _until(cell: Cell, on: date) -> str:
    if cell.ends is not None:
        return short_day(cell.ends, on=on)
    return _("no end date") if cell.no_end else ""


def _by(day: date | None, on: date) -> str:
    return _("by %(day)s") % {"day": short_day(day, on=on)} if day else ""


def _met(cell: Cell, on: date, _level: int | None, _first: str) -> Said:
    if cell.trust is Trust.PHOTO:
        return Said("ok", _("In date"), _("photo only · %(until)s") % {"until": _until(cell, on)})
    return Said("ok", _("In date"), _until(cell, on))


def _met_soon(cell: Cell, on: date, _level: int | None, _first: str) -> Said:
    return Said("due", _("Due"), _until(cell, on))


def _below_trust(cell: Cell, on: date, _level: int | None, _first: str) -> Said:
    sign, word, detail = _UNTRUSTED[cell.reason]
    if cell.reason is Reason.HOURS:
        return Said(sign, str(word), _hours(cell))
    return Said(sign, str(word), str(detail) if detail else _until(cell, on) or _("no date"))


def _below_level(cell: Cell, _on: date, level: int | None, _first: str) -> Said:
    word = str(LEVELS.get(cell.level or 0, "")) or _("Not yet")
    needed = str(LEVELS.get(level or 0, "")).lower()
    return Said("warn", word, _("needs: %(level)s") % {"level": needed} if needed else "")


def _expired(cell: Cell, on: date, _level: int | None, _first: str) -> Said:
    return Said("bad", _("Expired"), _until(cell, on) if cell.ends else _hours(cell))


def _missing(cell: Cell, _on: date, _level: int | None, _first: str) -> Said:
    return Said("miss", _("Missing"), _hours(cell) if cell.hours else _("nothing yet"))


def _hours(cell: Cell) -> str:
    return _("%(hours)s hours") % {"hours": f"{cell.hours or 0:g}"}


_SAY: Mapping[State, Callable[[Cell, date, int | None, str], Said]] = {
    State.MET: _met,
    State.MET_SOON: _met_soon,
    State.REVISION_GRACE: lambda cell, on, _l, _f: Said("due", _("Sign again"), _by(cell.grace_until, on)),
    State.GRACE: lambda cell, on, _l, _f: Said("due", _("Renew now"), _by(cell.grace_until, on)),
    State.DUE_LATER: lambda cell, on, _l, _f: Said("due", _("To get"), _by(cell.grace_until, on)),
    State.EXEMPT: lambda _c, _o, _l, _f: Said("none", _("Exempt"), _("with a reason")),
    State.NEEDS_FIRST: lambda _c, _o, _l, first: Said("warn", _("Needs first"), first),
    State.BELOW_TRUST: _below_trust,
    State.END_UNKNOWN: lambda _c, _o, _l, _f: Said("warn", _("No date known"), ""),
    State.DISPUTED: lambda _c, _o, _l, _f: Said("warn", _("Under review"), ""),
    State.BELOW_LEVEL: _below_level,
    State.REVISION_OLD: lambda _c, _o, _l, _f: Said("bad", _("Old version"), _("sign again")),
    State.NOT_YET_VALID: lambda cell, on, _l, _f: Said(
        "bad", _("Not yet"), _("from %(day)s") % {"day": short_day(cell.starts, on=on)} if cell.starts else ""
    ),
    State.EXPIRED: _expired,
    State.MISSING: _missing,
}
