"""A report as plain JSON and back, so that a check can be kept as evidence and shown again years later.

The sentences are not in it: they are made anew from the findings, in the reader's language.
"""

from __future__ import annotations

import base64
from dataclasses import asdict
from datetime import datetime
from typing import Any

from credcore.errors import MalformedError
from credcore.model import Alignment, Credential, Observation, Party
from credcore.verify.report import Finding, Outcome, Report

Json = dict[str, Any]

VERSION = 1
_TEXTS = ("item", "format", "proof", "container", "role")
_SEVERAL = {"observations": Observation, "alignments": Alignment}


def dump(report: Report) -> Json:
    """The report as JSON values; `document` in base64."""
    return {
        "version": VERSION,
        "checked_at": report.checked_at.isoformat(),
        **{name: getattr(report, name) for name in _TEXTS},
        "required": sorted(report.required),
        "findings": [_finding(one) for one in report.findings],
        "credential": _credential(report.credential) if report.credential is not None else None,
        "document": base64.b64encode(report.document).decode(),
        "parts": [dump(part) for part in report.parts],
    }


def load(value: Json) -> Report:
    """The report that `dump` wrote. Raises MalformedError `record.malformed`."""
    try:
        if value["version"] != VERSION:
            raise MalformedError("record.malformed", f"version {value['version']}")
        return Report(
            findings=tuple(
                Finding(**{**one, "outcome": Outcome(one["outcome"]), "facts": dict(one["facts"])})
                for one in value["findings"]
            ),
            checked_at=datetime.fromisoformat(value["checked_at"]),
            **{name: value[name] for name in _TEXTS},
            required=frozenset(value["required"]),
            credential=_read_credential(value["credential"]) if value["credential"] is not None else None,
            document=base64.b64decode(value["document"], validate=True),
            parts=tuple(load(part) for part in value["parts"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise MalformedError("record.malformed", str(error)[:120]) from error


def _finding(finding: Finding) -> Json:
    return {
        "check": finding.check,
        "code": finding.code,
        "outcome": finding.outcome.value,
        "detail": finding.detail,
        "state": finding.state,
        "facts": dict(finding.facts),
    }


def _party(party: Party) -> Json:
    return {"id": party.id, "name": party.name, "url": party.url}


def _plain(value: object) -> object:
    if isinstance(value, Party):
        return _party(value)
    if isinstance(value, Observation | Alignment):
        return asdict(value)
    if isinstance(value, datetime):
        return value.isoformat()
    return [_plain(one) for one in value] if isinstance(value, tuple) else value


def _credential(credential: Credential) -> Json:
    return {name: _plain(getattr(credential, name)) for name in Credential.__dataclass_fields__}


def _read_credential(value: Json) -> Credential:
    fields: Json = {}
    for name, item in value.items():
        if name in ("issuer", "subject"):
            fields[name] = Party(**item)
        elif name in _SEVERAL:
            fields[name] = tuple(_SEVERAL[name](**one) for one in item)
        elif name in ("valid_from", "valid_until"):
            fields[name] = datetime.fromisoformat(item) if item is not None else None
        else:
            fields[name] = tuple(item) if isinstance(item, list) else item
    return Credential(**fields)
