"""The only exceptions that leave `credcore`. Each carries a stable `code`, documented in docs/reference/errors.md."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from credcore.verify.report import Report


class CredcoreError(Exception):
    """Base of all errors of the library.

    `code` is stable and documented; `detail` is for a technical reader and never shown as the main sentence.
    """

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code = code
        self.detail = detail


class MalformedError(CredcoreError):
    """This is not a credential, or is built in a way that we must not guess about."""


class UnsafeError(MalformedError):
    """What is shown is not what would be signed: undefined terms, relative identifiers (JSON-LD safe mode)."""


class BudgetError(MalformedError):
    """The document asks for more work than we are willing to do."""


class SignatureMismatch(CredcoreError):
    """The signature does not fit what is written."""


class UnavailableError(CredcoreError):
    """We could not find out. `permanent` tells whether asking again is pointless."""

    def __init__(self, code: str, detail: str = "", *, permanent: bool = False) -> None:
        super().__init__(code, detail)
        self.permanent = permanent


class VerificationError(CredcoreError):
    """It is a credential, but it must not be relied on. The report says why."""

    def __init__(self, report: Report) -> None:
        super().__init__(report.code, report.summary())
        self.report = report
