"""One fault, one file: what is handed over, its good twin, and the code that must be the answer.

A family is a module in `families` with `cases() -> Iterator[Case]`. Everything in it is made from fixed keys, salts and days,
so that the same files come out every time.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Case:
    """`name` says the fault, in words with hyphens; `rule` is the row of the rules that it breaks (`3.11`, `threat 9`).

    `bad` and `good` are what is handed over (a file's bytes); `suffix` how such a file is called. `codes`: one of the
    findings of the bad one must have one of these codes. `pages` are the answers of other computers by URL, `good_pages` those
    for the twin where they differ. The twin must be `good`; the bad one must not be (see `verdicts`).
    """

    name: str
    rule: str
    bad: bytes
    good: bytes
    codes: tuple[str, ...]
    suffix: str = ".json"
    pages: dict[str, bytes] = field(default_factory=dict)
    good_pages: dict[str, bytes] | None = None
    verdicts: tuple[str, ...] = ("bad", "unknown", "careful")
