"""What this server knows of proofs of its own and the published lists do not tell: why, and what is under review."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from credcore.verify.report import Finding, Outcome, Report
from skillmark.rooms.credentials import queries

_FINAL = ("status.cancelled", "status.paused")


def with_what_we_know(reports: Sequence[Report]) -> list[Report]:
    """The same reports; those of our own proofs also say `review.open`, and why they were cancelled or paused.

    Only where the signature holds and is that of the giver who gave it here: else anybody could borrow an identifier.
    """
    named = {id_ for report in reports for id_ in _ids(report)}
    known = queries.standings(issued_ids=named)
    return [_told(report, known) for report in reports] if known else list(reports)


def _ids(report: Report) -> Iterator[uuid.UUID]:
    own = _id(report)
    if own is not None:
        yield own
    for part in report.parts:
        yield from _ids(part)


def _id(report: Report) -> uuid.UUID | None:
    proof, name = report.finding("proof"), report.credential.id if report.credential is not None else ""
    if proof is None or proof.outcome is not Outcome.PASSED or not name.startswith("urn:uuid:"):
        return None
    try:
        return uuid.UUID(name.removeprefix("urn:uuid:"))
    except ValueError:
        return None


def _told(report: Report, known: Mapping[uuid.UUID, queries.Standing]) -> Report:
    parts = tuple(_told(part, known) for part in report.parts)
    own = _id(report)
    standing = known.get(own) if own is not None else None
    if standing is None or report.credential is None or report.credential.issuer.id != standing.issuer:
        return replace(report, parts=parts)
    findings = tuple(
        replace(one, facts={**one.facts, "reason": standing.reason}) if one.state in _FINAL else one for one in report.findings
    )
    if standing.answer_by is not None:
        facts = {"answer_by": standing.answer_by.isoformat()}
        findings += (Finding("review", "review.open", Outcome.UNKNOWN, state="review.open", facts=facts),)
    return replace(report, findings=findings, parts=parts)
