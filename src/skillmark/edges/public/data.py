"""An answer for a program: the shape of `skillmark check --json` with the words of the page added."""

from __future__ import annotations

from typing import Any

from credcore.model import Credential
from skillmark.desks.answers import Answer


def of(*, found: Answer) -> dict[str, Any]:
    """The answer as JSON values; `parts` are the answers about what lies inside, each in the same shape with its `role`."""
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
        "parts": [{"role": part.report.role, **of(found=part)} for part in found.parts],
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
