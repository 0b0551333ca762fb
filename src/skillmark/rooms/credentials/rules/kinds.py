"""What a kind of proof consists of."""

from __future__ import annotations

from dataclasses import dataclass

METHODS = ("observed", "test", "hours")
MONTHS = range(1, 121)  # how long a proof may count
NAME_LENGTH = 120
TEXT_LENGTH = 600
REASON_LENGTH = 500
MAX_TRIES = 5


@dataclass(frozen=True, slots=True)
class KindOfProof:
    """A ready-made kind of proof, in both languages. `months` is how long it counts; None means it does not expire.

    `source` says where the number of months comes from; empty when it is only a sensible start that the firm may change.
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
