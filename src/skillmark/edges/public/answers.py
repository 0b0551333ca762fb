"""A report, made ready for a page or for a program. All words come from `credcore`; nothing is judged here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, tzinfo
from typing import Any

from django.utils import translation

from credcore.model import Credential
from credcore.verify import Explanation, explain
from credcore.verify.report import Outcome, Report, Verdict
from skillmark.edges.public import zones


@dataclass(frozen=True, slots=True)
class Proof:
    """What a proof says, in the fields that the page shows. Nothing here is checked: the verdict above it is."""

    giver: str
    title: str
    person: str
    did: str
    how: tuple[str, ...]
    level: str
    starts: date | None
    ends: date | None
    language: str


@dataclass(frozen=True, slots=True)
class Answer:
    """One item's answer. `genuine` tells whether the content may be shown as a proof or only as what the file claims."""

    report: Report
    said: Explanation
    proof: Proof | None
    genuine: bool

    @property
    def altered(self) -> bool:
        return self.report.code in {"altered", "name.borrowed"}


def answers(*, reports: Sequence[Report]) -> list[Answer]:
    """The reports in the language of the page."""
    return [answer(report=report) for report in reports]


def answer(*, report: Report) -> Answer:
    """One report in the language of the page, its dates as days where the giver works."""
    language = "es" if (translation.get_language() or "en").startswith("es") else "en"
    zone = zones.of(report=report)
    proof = shown(credential=report.credential, zone=zone) if report.credential is not None else None
    if proof is not None and not (proof.title or proof.person or proof.giver):
        proof = None
    signed = report.finding("proof")
    genuine = report.verdict is not Verdict.UNKNOWN and signed is not None and signed.outcome is Outcome.PASSED
    return Answer(
        report=report,
        said=explain(report, language=language, zone=zone),
        proof=proof,
        genuine=genuine and report.code != "name.borrowed",
    )


def shown(*, credential: Credential, zone: tzinfo) -> Proof:
    """The fields of a proof for people, dates as days in `zone`."""
    evidence = tuple(text for text in credential.evidence if text and text != credential.criteria)
    return Proof(
        giver=credential.issuer.name,
        title=credential.name,
        person=credential.subject.name,
        did=credential.description,
        how=((credential.criteria,) if credential.criteria else ()) + evidence,
        level=credential.level,
        starts=credential.valid_from.astimezone(zone).date() if credential.valid_from is not None else None,
        ends=credential.valid_until.astimezone(zone).date() if credential.valid_until is not None else None,
        language=credential.language,
    )


def as_data(*, found: Answer) -> dict[str, Any]:
    """The same answer for a program; the shape of `skillmark check --json` with the words of the page added."""
    report, said = found.report, found.said
    return {
        "item": report.item,
        "verdict": report.verdict.value,
        "code": report.code,
        "heading": said.heading,
        "sentence": said.sentence,
        "lines": [{"sign": line.sign, "label": line.label, "text": line.text} for line in said.lines],
        "question": said.question,
        "also": list(said.also),
        "findings": [
            {"check": one.check, "code": one.code, "outcome": one.outcome.value, "detail": one.detail}
            for one in report.findings
        ],
        "credential": _credential(report.credential),
        "format": report.format,
        "proof": report.proof,
        "checked_at": report.checked_at.isoformat(),
    }


def _credential(credential: Credential | None) -> dict[str, str] | None:
    if credential is None:
        return None
    return {
        "id": credential.id,
        "name": credential.name,
        "issuer": credential.issuer.id,
        "issuer_name": credential.issuer.name,
        "subject": credential.subject.name,
        "valid_from": credential.valid_from.isoformat() if credential.valid_from else "",
        "valid_until": credential.valid_until.isoformat() if credential.valid_until else "",
        "level": credential.level,
    }
