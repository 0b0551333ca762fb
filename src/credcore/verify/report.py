"""The answer to "can I rely on this?": findings, and the one verdict that follows from them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NoReturn

from credcore.model import Credential


class Outcome(StrEnum):
    PASSED = "passed"
    FAILED = "failed"
    UNKNOWN = "unknown"


class Verdict(StrEnum):
    """The four answers. BAD must not count today; UNKNOWN says nothing against the person."""

    GOOD = "good"
    CAREFUL = "careful"
    BAD = "bad"
    UNKNOWN = "unknown"


# Every state that can head a report, worst first, with the verdict that it gives. (design: flows, section 4)
STATES: dict[str, Verdict] = {
    "altered": Verdict.BAD,
    "altered.uncovered": Verdict.BAD,
    "holder.other": Verdict.BAD,
    "key.compromised": Verdict.BAD,
    "name.borrowed": Verdict.BAD,
    "status.cancelled": Verdict.BAD,
    "status.paused": Verdict.BAD,
    "dates.expired": Verdict.BAD,
    "dates.not_yet": Verdict.BAD,
    "unreadable": Verdict.UNKNOWN,
    "unreadable.budget": Verdict.UNKNOWN,
    "unreadable.locked": Verdict.UNKNOWN,
    "unreadable.too_large": Verdict.UNKNOWN,
    "unsigned": Verdict.UNKNOWN,
    "unreadable.shape": Verdict.UNKNOWN,
    "unsupported": Verdict.UNKNOWN,
    "picture.no_code": Verdict.UNKNOWN,
    "signer.unreachable": Verdict.UNKNOWN,
    "signer.not_tied": Verdict.UNKNOWN,
    "hosted.gone": Verdict.UNKNOWN,
    "link.closed": Verdict.UNKNOWN,
    "link.unreachable": Verdict.UNKNOWN,
    "parts.bad": Verdict.CAREFUL,
    "name.differs": Verdict.CAREFUL,
    "issuer.unknown": Verdict.CAREFUL,
    "status.unknown": Verdict.CAREFUL,
    "keys.remembered": Verdict.CAREFUL,
    "parts.unsure": Verdict.CAREFUL,
    "holder.broken": Verdict.CAREFUL,
    "holder.late": Verdict.CAREFUL,
    "holder.unsure": Verdict.CAREFUL,
    "review.open": Verdict.CAREFUL,
    "page.unsigned": Verdict.CAREFUL,
    "incomplete": Verdict.UNKNOWN,
    "good": Verdict.GOOD,
}

# What `good` needs: every one of these checks made, and every finding of it passed.
REQUIRED = frozenset({"proof", "issuer", "trust", "dates", "status"})
# What decides although nobody asked for it: whether it could be read, what lies inside, who handed it over, old keys, and
# what whoever runs the check knows of it (`review`: somebody said that something in it is wrong).
ALWAYS = frozenset({"read", "parts", "holder", "keys", "review"})
_RANK = {state: rank for rank, state in enumerate(STATES)}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at.

    `check` is what was asked (`read`, `proof`, `issuer`, `keys`, `trust`, `dates`, `status`, `holder`, `parts`, `review`);
    `code` is the precise, documented answer; `state` is the entry of STATES that this finding argues for (empty: it argues
    for nothing worse than good); `facts` are the values that a sentence needs, as text (dates in ISO 8601).
    """

    check: str
    code: str
    outcome: Outcome
    detail: str = ""
    state: str = ""
    facts: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Report:
    """All findings about one item. Has no truth value on purpose: ask for `verdict`.

    `item` names what was checked (file name, URL); `format` and `proof` are the standards' names, for technical details;
    `document` is the signed document exactly as read (empty when none could be read). `parts` are the reports about what
    lies inside (the proofs of a record or of a hand-over, what others say in support), each with an answer of its own;
    `role` says what a part is in the whole: `credential` or `endorsement`.
    """

    findings: tuple[Finding, ...]
    checked_at: datetime
    item: str = ""
    credential: Credential | None = None
    format: str = ""
    proof: str = ""
    container: str = ""
    document: bytes = b""
    required: frozenset[str] = REQUIRED
    parts: tuple[Report, ...] = ()
    role: str = ""

    def __bool__(self) -> NoReturn:
        raise TypeError("a report has no truth value; ask for report.verdict")

    @property
    def deciding(self) -> Finding | None:
        """The finding that gives the heading: the worst state in the order of STATES. None when nothing argues."""
        argued = [finding for finding in self.findings if finding.state and self._counts(finding)]
        return min(argued, key=lambda finding: _RANK[finding.state]) if argued else None

    @property
    def code(self) -> str:
        """The state that heads the report: a key of STATES. `good` only when every required check passed."""
        worst = self.deciding
        if worst is not None:
            return worst.state
        passed = {f.check for f in self.findings} - {f.check for f in self.findings if f.outcome is not Outcome.PASSED}
        return "good" if self.required <= passed else "incomplete"

    def _counts(self, finding: Finding) -> bool:
        """A finding of a check that was not required informs, but does not decide."""
        return finding.check in self.required or finding.check in ALWAYS

    @property
    def verdict(self) -> Verdict:
        """The answer that goes with `code`."""
        return STATES[self.code]

    @property
    def others(self) -> tuple[Finding, ...]:
        """The findings that argue for another state than the heading's, worst first."""
        rest = [f for f in self.findings if f.state and f.state != self.code and self._counts(f)]
        return tuple(sorted(rest, key=lambda finding: _RANK[finding.state]))

    def finding(self, check: str) -> Finding | None:
        """The worst finding of one check, or None when that check was not reached."""
        mine = [finding for finding in self.findings if finding.check == check]
        rank = {Outcome.FAILED: 0, Outcome.UNKNOWN: 1, Outcome.PASSED: 2}
        return min(mine, key=lambda finding: rank[finding.outcome]) if mine else None

    def summary(self) -> str:
        """One line for a technical reader."""
        return "; ".join(f"{f.check}={f.outcome} ({f.code})" for f in self.findings)
