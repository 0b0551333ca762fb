"""When do two names look the same to a reader?"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Final

# Letters that Python counts as letters and that nobody sees (Hangul fillers).
_UNSEEN: Final = dict.fromkeys((0x115F, 0x1160, 0x3164, 0xFFA0))

# Cyrillic and Greek letters, and the Latin ones they are drawn like. The table is our own and on purpose small: the letters
# with which a name can be written so that it passes for another one.
_CAPITALS: Final = (
    ("АВЕЅІЈКМНОРСТУХԌԚԜѴҮ", "ABESIJKMHOPCTYXGQWVY"),
    ("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEZHIKMNOPTYX"),
)
_SMALLS: Final = (
    ("аеорсухіѕјԁһԛԝѵӏҽкм", "aeopcyxisjdhqwvlekm"),
    ("αοινκρτυχγεηω", "aoivkptuxyenw"),
    ("ɑɡıłøđ", "agilod"),
    ("օսոհցյզ", "ounhgjq"),
)
# Digits that pass for letters, and the capital that passes for another small letter: “CoIIege”, “Co11ege”.
_DIGITS: Final = (("0", "o"), ("1", "l"))

_USUAL: Final = 200
"""Characters of a name that is worth remembering."""


def _table(*pairs: tuple[str, str]) -> dict[int, int | None]:
    return _UNSEEN | {ord(seen): ord(latin) for one, other in pairs for seen, latin in zip(one, other, strict=True)}


_AS_PRINTED: Final = _table(*((one, other.replace("I", "l")) for one, other in _CAPITALS), *_SMALLS, *_DIGITS, ("IӀ", "ll"))
# Where the small letter is drawn unlike the capital (ν is like v, its capital Ν like N), the capital decides.
_AS_CAPITALS: Final = _table(*_SMALLS, *((one.casefold(), other.casefold()) for one, other in _CAPITALS), ("01", "oi"))


def plain_name(name: str) -> str:
    """A name reduced to what a reader compares: letters and digits, without case, width, spacing or accents."""
    return _plain(name) if len(name) <= _USUAL else _plain.__wrapped__(name)


@lru_cache(maxsize=1024)
def _plain(name: str) -> str:
    return _letters(_decomposed(name).casefold().translate(_UNSEEN))


def looks(name: str) -> frozenset[str]:
    """What the name may be taken for: as it is printed, and as it would be in capitals. Empty for a name without letters.

    Two names look the same when these sets meet.
    """
    printed = _decomposed(name).translate(_AS_PRINTED).casefold()
    capitals = _decomposed(name).casefold().translate(_AS_CAPITALS)
    return frozenset(filter(None, (_letters(printed), _letters(capitals))))


def _letters(text: str) -> str:
    return "".join(character for character in text if character.isalnum())


def _decomposed(name: str) -> str:
    """NFKD, without accents that stand by themselves: putting a row of them in order costs the square of its length."""
    return unicodedata.normalize("NFKD", "".join(letter for letter in name if not unicodedata.combining(letter)))
