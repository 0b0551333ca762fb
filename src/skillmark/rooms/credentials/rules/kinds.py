"""What a kind of proof consists of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

METHODS = ("observed", "test", "hours")
MONTHS = range(1, 121)  # how long a proof may count
NAME_LENGTH = 120
TEXT_LENGTH = 600
STEP_LENGTH = 200
TIMES_SEEN = range(1, 11)  # on how many days something is seen before it is signed
REASON_LENGTH = 500


@dataclass(frozen=True, slots=True)
class KindOfProof:
    """A ready-made kind of proof, in both languages. `months` is how long it counts; None means it does not expire.

    `source` says where the number of months comes from; empty when it is only a sensible start that the firm may change.
    `codes` are `{framework, code, url, name}` of the occupation or skill elsewhere.
    """

    key: str
    trade: str
    name: dict[str, str]
    did: dict[str, str]
    how: dict[str, str]
    method: str
    level_asked: bool
    months: int | None
    colour: str
    source: str = ""
    icon: str = ""
    codes: tuple[dict[str, str], ...] = ()


def words_of(kind: KindOfProof) -> dict[str, Any]:
    """The columns of a version in the words of a ready-made kind."""
    return {
        "name": dict(kind.name), "did": dict(kind.did), "how": dict(kind.how), "method": kind.method,
        "level_asked": kind.level_asked, "months": kind.months, "colour": kind.colour, "icon": kind.icon,
        "codes": [dict(one) for one in kind.codes],
    }  # fmt: skip
