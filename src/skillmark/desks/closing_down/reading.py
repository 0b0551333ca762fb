"""The READ-ME of a parcel: what is in it, and how anybody checks it without us, in both languages."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext as _

from credcore.containers import archive
from skillmark.desks.papers import press

_WIDTH = 78
_AT_ONCE = (archive.MAX_ENTRIES - 20) // 3  # proofs that a check page takes in one ZIP, in their three forms


@dataclass(frozen=True, slots=True)
class Line:
    """A proof in the list of contents."""

    file: str
    title: str
    given_at: datetime
    cancelled_at: datetime | None
    time_zone: str


def read_me(*, person: str, firm: str, lines: Sequence[Line], by_address: Sequence[str], now: datetime) -> str:
    """The text in English, then in Spanish. `by_address`: the web sites whose keys are needed to check what is in it."""
    parts = []
    for language in press.LANGUAGES:
        with translation.override(language):
            parts.append(_text(person=person, firm=firm, lines=lines, by_address=by_address, now=now, language=language))
    return f"\n\n{'=' * _WIDTH}\n\n".join(parts)


def _text(
    *, person: str, firm: str, lines: Sequence[Line], by_address: Sequence[str], now: datetime, language: str
) -> str:  # fmt: skip
    day = press.in_words(day=now, language=language)
    names = {"person": person, "firm": firm, "date": day}
    paragraphs = [
        _("Proofs of %(person)s, given by %(firm)s. Packed on %(date)s.") % names,
        _(
            "These files belong to %(person)s. Each carries its own signature, so it can be checked when %(firm)s, its "
            "computer and its web address are gone. Keep a copy in a second place."
        )
        % names,
        _("WHAT IS IN HERE"),
        *(_line(one, language=language) for one in lines),
        _(
            "Each proof comes three times: as a signed file (.json), as a picture with the signed file inside (.png), and as "
            "a card to print with the signed file inside (.pdf). Any one of them is enough."
        ),
        _(
            "The folder “offline” holds what %(firm)s said on %(date)s about cancelled and paused proofs, signed, and its "
            "public keys."
        )
        % names,
        _("HOW SOMEBODY CHECKS IT"),
        _("1. On the check page of any Skillmark: hand in one of the files, or the whole ZIP.")
        if len(lines) <= _AT_ONCE
        else _("1. On the check page of any Skillmark: hand in one of the files."),
        _("2. Without the internet, with the program Skillmark: unpack the ZIP and type"),
        "   skillmark check FOLDER --offline",
        _(
            "It says that the signature is good, when it was last known whether the proof was cancelled, and what was known "
            "then. Whether it was cancelled after that day nobody can tell from these files."
        ),
        _("3. With another checker of open standards: give it a .json file."),
        *(_by_address(by_address) if by_address else []),
    ]
    return "\n\n".join(_filled(one) for one in paragraphs)


def _line(line: Line, *, language: str) -> str:
    given = press.in_words(day=line.given_at, language=language, time_zone=line.time_zone)
    if line.cancelled_at is None:
        return _("- %(title)s, given on %(date)s: %(file)s") % {"title": line.title, "date": given, "file": line.file}
    ended = press.in_words(day=line.cancelled_at, language=language, time_zone=line.time_zone)
    facts = {"title": line.title, "date": given, "file": line.file, "ended": ended}
    return _("- %(title)s, given on %(date)s, cancelled on %(ended)s: %(file)s") % facts


def _by_address(sites: Sequence[str]) -> list[str]:
    return [
        _("WHEN %(site)s NO LONGER ANSWERS") % {"site": ", ".join(sites)},
        _(
            "Some of these proofs are signed under that web address. A checker asks it for the keys. When it is gone, the "
            "keys in the folder “offline” can stand in, if the person who checks says so:"
        ),
        "   skillmark check FOLDER --offline --offline-map FOLDER/offline",
        _(
            "Nobody has signed these keys: whoever made this ZIP could have put in others. So do that only with files that "
            "you got from the firm itself, or when you know the keys from another place."
        ),
    ]


def _filled(paragraph: str) -> str:
    return paragraph if paragraph.startswith("   ") else textwrap.fill(paragraph, _WIDTH, break_long_words=False)
