"""Names as they may stand in a sentence. Whoever writes a name must not be able to write the sentence around it."""

from __future__ import annotations

import unicodedata

MOST = 120
_JOINERS = "\u200c\u200d"  # parts of words in Persian and in the languages of India


def printed(name: str, *, most: int = MOST) -> str:
    """One line of at most `most` characters, read in the direction in which it is written."""
    # Cut before it is looked at, and generously: what is not seen counts, too.
    line = " ".join("".join(map(_seen, name[: 4 * most])).split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


def _seen(letter: str) -> str:
    """The letter; a space for a line end or control character; nothing for what turns the direction or is not seen."""
    kind = unicodedata.category(letter)
    if kind in ("Cc", "Zl", "Zp"):
        return " "
    return "" if kind == "Cf" and letter not in _JOINERS else letter
