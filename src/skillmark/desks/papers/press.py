"""The press: a typst source beside this file, the data to print, and the files to attach, made into a PDF."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from credcore.verify import day as day_in_words
from skillmark.desks import typesetting

SOURCES = Path(__file__).parent / "sources"
LANGUAGES = ("en", "es")
# PDF/A-3, level A: keeps for decades, tagged for screen readers, and may carry the signed file. (ISO 19005-3)
ARCHIVE = "a-3a"
# PDF/UA-1: said to be readable for everyone, and checked for what a program can check. (ISO 14289-1)
FOR_ALL = "ua-1"


def press(
    *, source: str, data: Mapping[str, object], files: Mapping[str, bytes], standards: Sequence[str] = (ARCHIVE,)
) -> bytes:
    """Print `sources/<source>.typ`. The source reads `data.json` and the `files` by their names; nothing else is in reach.

    A name in letters that no font here can draw keeps a document from being PDF/A. It is then printed as a plain PDF,
    still tagged and with the same attachment: an odd box on paper is better than no paper.
    """
    inputs = {
        "main": (SOURCES / f"{source}.typ").read_bytes(),
        "look.typ": (SOURCES / "look.typ").read_bytes(),
        "data.json": json.dumps(data, ensure_ascii=False).encode(),
        **files,
    }
    try:
        return typesetting.typeset(inputs, format="pdf", pdf_standards=list(standards))
    except typesetting.CannotTypeset:
        return typesetting.typeset(inputs, format="pdf")


def in_words(*, day: date | datetime, language: str, time_zone: str = "UTC") -> str:
    """A day with the month in letters. A moment is told as the day it is in `time_zone`; a plain date as itself."""
    if isinstance(day, datetime):
        return day_in_words(day, language=language, zone=ZoneInfo(time_zone))
    return day_in_words(datetime(day.year, day.month, day.day, 12, tzinfo=ZoneInfo("UTC")), language=language)


def known(language: str) -> str:
    """The language to print in; English for one that we do not have."""
    return language if language in LANGUAGES else "en"


def clipped(text: str, *, length: int) -> str:
    """The text in at most `length` characters, cut between words."""
    text = " ".join(text.split())
    if len(text) <= length:
        return text
    return text[: length - 1].rsplit(" ", 1)[0].rstrip(" ,.;:") + "…"


def breakable(text: str, *, every: int = 24) -> str:
    """The text with a place to break a line after each run of `every` characters, for what has no spaces of its own."""
    return " ".join("\u200b".join(word[at : at + every] for at in range(0, len(word), every)) for word in text.split())
