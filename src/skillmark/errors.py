"""What the rooms answer when a rule says no. The edges turn each into one plain sentence by its code."""

from __future__ import annotations


class DomainError(Exception):
    """A rule says no. `code` is stable and documented (docs/reference/errors.md); `facts` fill its sentence."""

    def __init__(self, code: str, **facts: str) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


class NotFound(DomainError):
    """Absent, or not yours: the same answer, so that nobody learns which."""

    def __init__(self, code: str = "not_found", **facts: str) -> None:
        super().__init__(code, **facts)
