"""How a report looks on the command line: for people, and for programs."""

from __future__ import annotations

import json
from typing import Any

from credcore.model import Credential
from credcore.verify import Report, Verdict, explain

SIGNS = {Verdict.GOOD: "✔", Verdict.CAREFUL: "⚠", Verdict.BAD: "✖", Verdict.UNKNOWN: "?"}


def as_json(report: Report) -> str:
    """One JSON object without line breaks."""
    return json.dumps(_value(report), ensure_ascii=False)


def as_text(report: Report, *, language: str, indent: str = "") -> str:
    """Sign, heading and name, then the sentences; what lies inside below it, further to the right."""
    said = explain(report, language=language)
    name = report.credential.name if report.credential else ""
    about = " – ".join(part for part in ("" if indent else report.item, name) if part)
    lines = [f"{indent}{SIGNS[report.verdict]} {said.heading}: {about}", f"{indent}  {said.sentence}"]
    lines += [f"{indent}  {sentence}" for sentence in said.also]
    lines += [f"{indent}  {said.last_known}"] if said.last_known else []
    inside = [as_text(part, language=language, indent=indent + "    ") for part in report.parts]
    return "\n".join([_printable("\n".join(lines)), *inside])


def _value(report: Report) -> dict[str, Any]:
    return {
        "item": report.item,
        "verdict": str(report.verdict),
        "code": report.code,
        "findings": [
            {"check": one.check, "code": one.code, "outcome": str(one.outcome), "detail": one.detail}
            for one in report.findings
        ],
        "credential": _credential(report.credential),
        "last_known": _last_known(report),
        "format": report.format,
        "proof": report.proof,
        "container": report.container,
        **({"role": report.role} if report.role else {}),
        "parts": [_value(part) for part in report.parts],
    }


def _last_known(report: Report) -> dict[str, str] | None:
    """When it was last known whether it was cancelled, and what was known: for when nobody could be asked."""
    status = report.finding("status")
    if status is None or "last" not in status.facts:
        return None
    return {"at": status.facts["last"], "status": status.facts["known"].removeprefix("status.")}


def _credential(credential: Credential | None) -> dict[str, Any] | None:
    if credential is None:
        return None
    return {
        "id": credential.id,
        "name": credential.name,
        "issuer": {"id": credential.issuer.id, "name": credential.issuer.name},
        "subject": {"id": credential.subject.id, "name": credential.subject.name},
        "valid_from": credential.valid_from.isoformat() if credential.valid_from else None,
        "valid_until": credential.valid_until.isoformat() if credential.valid_until else None,
    }


def _printable(text: str) -> str:
    """A document's text without control characters: a terminal obeys those."""
    return "".join(character if character.isprintable() or character == "\n" else "�" for character in text)
