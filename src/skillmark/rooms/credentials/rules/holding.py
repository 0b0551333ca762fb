"""What a person may keep of what was checked, what a later check changes about it, and whose name is on it. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from credcore.verify.report import STATES, Outcome, Report, Verdict
from skillmark.rooms.credentials.rules.evidence import NOBODY_ASKED
from skillmark.rooms.people.rules.names import fold

FRESH_FOR = timedelta(days=1)
"""So long an answer about somebody else's proof is good for; then it is only what was known last."""
ASK_AFTER, TRY_AFTER = timedelta(hours=18), timedelta(hours=4)
"""So old an answer is asked for again in the background, and so long after a try that nobody answered."""
MOST_HELD = 5000
COMMENT_LENGTH = 500
NEVER = frozenset({"altered", "altered.uncovered", "holder.other", "key.compromised", "name.borrowed"})
"""Not what its giver signed, or not handed over by whom it belongs to: not kept, whatever else is true of it."""
NOT_NOW = frozenset({"dates.expired", "dates.not_yet", "status.cancelled", "status.paused"})
"""Genuine, and does not count today. It stays the person's, with that answer."""
_SILENT = frozenset({*NOBODY_ASKED, "unreadable.budget"})
"""Somebody could not be asked, or there was no time to: that says nothing new."""
_FINAL = NEVER | {"status.cancelled", "status.paused"}
"""Only an answer takes these back: somebody who is silent does not."""


def why_not(report: Report) -> str:
    """Why this cannot be kept as a proof: `held.bad`, `held.unknown`; empty when it can."""
    if report.code in NEVER:
        return "held.bad"
    proof = report.finding("proof")
    if report.credential is None or proof is None or proof.outcome is not Outcome.PASSED:
        return "held.unknown"  # an expired date that nobody signed is only text
    counts = report.verdict in (Verdict.GOOD, Verdict.CAREFUL) or report.code in NOT_NOW
    return "" if counts else "held.unknown"


@dataclass(frozen=True, slots=True)
class Known:
    """The answer that is written beside a kept proof, and since when it is known."""

    verdict: str
    code: str
    at: datetime | None


def heard(*, before: Known, report: Report) -> Known:
    """What is known after one more check. Silence takes nothing back, and makes no answer younger.

    A date that has passed is no silence: the day is known without asking anybody.
    """
    now = Known(report.verdict.value, report.code, report.checked_at)
    if before.at is None or not was_silent(report) or report.code in NEVER:
        return now
    return now if report.code in NOT_NOW and before.code not in _FINAL else before


def was_silent(report: Report) -> bool:
    return report.code in _SILENT or any(finding.state in _SILENT for finding in report.findings)


def known_today(*, known: Known, valid_until: datetime | None, now: datetime) -> Known:
    """The same at a later moment: what has ended since then has ended."""
    over = valid_until is not None and valid_until < now and STATES.get(known.code) in (Verdict.GOOD, Verdict.CAREFUL)
    return Known(Verdict.BAD.value, "dates.expired", known.at) if over else known


def known_here(*, known: Known, stopped: str, now: datetime) -> Known:
    """The same of a proof that was given on this server, which knows at once what became of it.

    `stopped`: `status.cancelled`, `status.paused` or `review.open`; empty: nothing is known against it.
    """
    if stopped:
        worse = known.verdict == Verdict.BAD and stopped == "review.open"
        return known if worse else Known(STATES[stopped].value, stopped, now)
    over = known.code in ("status.paused", "review.open")
    return Known(Verdict.GOOD.value, "good", now) if over else Known(known.verdict, known.code, now)


def form_of(document: bytes) -> str:
    """In which form a document lies there: `json`, `sd-jwt` or `jwt`."""
    if document.lstrip()[:1] in (b"{", b"["):
        return "json"
    return "sd-jwt" if b"~" in document else "jwt"


def same_name(one: str, other: str) -> bool:
    """Whether two names are written with the same parts, in any order, with accents or without. Nobody's is an empty one."""
    if not one.strip() or not other.strip():
        return True
    return sorted(fold(one).split()) == sorted(fold(other).split())
