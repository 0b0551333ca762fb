"""Words and numbers without what people write differently: capitals, accents, points, spaces."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

VOCABULARY: Final[dict[str, Any]] = tomllib.loads(Path(__file__).with_name("vocabulary.toml").read_text(encoding="utf-8"))
YES: Final = frozenset(VOCABULARY["cells"]["yes"])
MARKS: Final = YES | frozenset(VOCABULARY["cells"]["no"])
_BETWEEN = re.compile(r"[^a-z0-9#%+]+")


@lru_cache(maxsize=20_000)
def plain(text: str) -> str:
    """Small letters without accents; anything but letters, digits, # and % is one space: "CPR_Exp." → "cpr exp"."""
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text)  # "HireDate", as programs write it
    bare = "".join(one for one in unicodedata.normalize("NFKD", spaced) if not unicodedata.combining(one))
    return _BETWEEN.sub(" ", bare.casefold()).strip()


def digits(text: str) -> str:
    """A phone number as it is compared: its last ten digits, without an extension."""
    found = re.sub(r"\D", "", re.split(r"(?i)\s*(?:x|ext)", text)[0])
    return found[-10:]


def is_email(text: str) -> bool:
    """Whether a cell is an e-mail address and nothing else."""
    return bool(re.fullmatch(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>.]+", text))


def is_phone(text: str) -> bool:
    """Whether a cell looks like a phone number: 7 to 15 digits, and no letters but those of an extension."""
    bare = re.split(r"(?i)\s*(?:x|ext)\.?\s*\d+$", text)[0]
    return bool(re.fullmatch(r"[\d\s().+/-]+", bare)) and 7 <= len(re.sub(r"\D", "", bare)) <= 15


def is_mark(text: str) -> bool:
    """Whether a cell says only that there is something, or that there is not."""
    return text.strip().casefold() in MARKS
