"""Names as people write and look for them. Pure.

Nobody can tell from a name which part is which: Rosa Delgado Ruiz has two surnames, Mary Ann Smith two first names. So a list
can be put in the order of the first, the second or the last part, and a search finds every part, with accents or without.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from enum import StrEnum

# Letters that are no other letter with a mark on it, so that taking marks away does not touch them.
_LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"})
_SILENT = str.maketrans("", "", "'’‘`´ʼ.")
_GAPS = str.maketrans(dict.fromkeys("-‐‑‒–—_,;/|", " "))


class Part(StrEnum):
    """By which part of the name a list is put in order."""

    FIRST = "first"
    SECOND = "second"
    LAST = "last"


def fold(text: str) -> str:
    """`text` as it is looked for: small letters without accents, no apostrophes, one space where there was any gap."""
    bare = unicodedata.normalize("NFKD", text.casefold().translate(_SILENT).translate(_GAPS))
    bare = "".join(character for character in bare if not unicodedata.combining(character))
    return " ".join(bare.translate(_LETTERS).translate(_SILENT).split())


def search_text(*, name: str, former: Iterable[str] = (), number: str = "") -> str:
    """What a search looks through: the name, those before it, and the number, folded; a bar keeps them apart."""
    return " | ".join(dict.fromkeys(folded for one in (name, *former, number) if (folded := fold(one))))


def sort_key(name: str, part: Part) -> tuple[str, str]:
    """Where a name stands in a list by one of its parts; a name without that part stands under its last one."""
    folded = fold(name)
    parts = folded.split() or [""]
    if part is Part.FIRST:
        return folded, ""
    return (parts[-1] if part is Part.LAST else parts[min(1, len(parts) - 1)]), folded
