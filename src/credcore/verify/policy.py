"""What must have passed before a credential is relied on. A policy is always named by the caller."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from credcore.verify.report import Outcome, Report

PROOF, ISSUER, TRUST, DATES, STATUS = "proof", "issuer", "trust", "dates", "status"
ALL = frozenset({PROOF, ISSUER, TRUST, DATES, STATUS})


@dataclass(frozen=True, slots=True)
class Asked:
    """What we asked somebody to show: they must answer with our `nonce`, and for our `audience`, and for nobody else."""

    nonce: str
    audience: str

    def __post_init__(self) -> None:
        if not self.nonce or not self.audience:
            raise ValueError("a request without nonce or audience could be answered with somebody else's answer")


@dataclass(frozen=True, slots=True)
class Policy:
    """Which checks must have passed, and from whom (empty: from anyone whom the trust check accepts)."""

    required: frozenset[str]
    issuers: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        if not self.required:
            raise ValueError("an empty policy accepts anything; name the checks that must pass")

    @classmethod
    def strict(cls) -> Policy:
        """Everything: unchanged, tied to its giver, giver on a list, in date, not cancelled."""
        return cls(ALL)

    @classmethod
    def own(cls, *, issuers: Collection[str]) -> Policy:
        """A proof that we made ourselves a moment ago: by one of our identifiers, unchanged, in date."""
        if not issuers:
            raise ValueError("name our own issuers")
        return cls(frozenset({PROOF, ISSUER, DATES}), frozenset(issuers))

    @classmethod
    def unsafe_proof_only(cls) -> Policy:
        """The signature alone. It says nothing about who signed, nor whether it still counts."""
        return cls(frozenset({PROOF}))

    def accepts(self, report: Report) -> bool:
        """True only when each required check was made and every finding of it passed."""
        for check in self.required:
            made = [finding for finding in report.findings if finding.check == check]
            if not made or any(finding.outcome is not Outcome.PASSED for finding in made):
                return False
        giver = report.credential.issuer.id if report.credential else ""
        return not self.issuers or giver in self.issuers
