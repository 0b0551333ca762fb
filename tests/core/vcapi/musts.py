"""What the specifications demand, one row a demand; docs/reference/conformance.md lists them all.

A row's check asks the instance and asserts. Where something must be refused, the document has that one fault, the signature
fits whatever can be signed, and the code must name the fault. What the row says is in our own words.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .api import (
    Json,
    issued,
    try_to_issue,
    verify,
)

Check = Callable[[], None]


@dataclass(frozen=True)
class Must:
    """One demand: a short name, the section that it stands in, what is demanded, and how that is tried."""

    name: str
    section: str
    says: str
    check: Check


def accepted(made: Callable[[], object], **options: Any) -> Check:
    """The credential verifies."""

    def check() -> None:
        assert verify(made(), **options) == set()

    return check


def refused(made: Callable[[], object], code: str, **options: Any) -> Check:
    """The credential is refused, for the reason of this code."""

    def check() -> None:
        assert code in verify(made(), **options)

    return check


def signed(made: Callable[[], Json], name: str = "eddsa-rdfc-2022", **options: Any) -> Check:
    """The issuer signs it, and what it signed verifies."""

    def check() -> None:
        assert verify(issued(name, made(), **options)) == set()

    return check


def not_signed(made: Callable[[], Any], code: str, name: str = "eddsa-rdfc-2022", **options: Any) -> Check:
    """The issuer answers 400 with this code."""

    def check() -> None:
        status, body = try_to_issue(made(), name, **options)
        assert (status, body["code"]) == (400, code)

    return check


def both(*checks: Check) -> Check:
    """One after the other."""

    def check() -> None:
        for one in checks:
            one()

    return check


def that(holds: Callable[[], object]) -> Check:
    """Whatever can be said in one expression."""

    def check() -> None:
        assert holds()

    return check
