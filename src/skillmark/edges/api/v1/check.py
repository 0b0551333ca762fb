"""Check something that was handed over. Reads it, answers, keeps nothing."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone, translation
from ninja import File, Router, Schema
from ninja.files import UploadedFile
from pydantic import BaseModel, model_validator

from credcore.verify import Report, explain
from skillmark.desks import checking
from skillmark.edges.api.access import Asked

router = Router(tags=["Check"])


class CheckIn(Schema):
    """One of the two: the text of a proof, or a link to one."""

    text: str = ""
    url: str = ""

    @model_validator(mode="after")
    def _one_thing(self) -> CheckIn:
        if bool(self.text.strip()) == bool(self.url.strip()):
            raise ValueError("name either text or url")
        return self


# What goes out is plain, and not the framework's own kind: nothing of it comes from a row of the database, and making sure
# of that for each field took as long as the signature.
class FindingOut(BaseModel):
    check: str
    code: str
    outcome: str
    detail: str


class CredentialOut(BaseModel):
    """What the file says of itself. Only the verdict tells whether that may be believed."""

    id: str
    name: str
    issuer: str
    issuer_name: str
    subject: str
    level: str
    valid_from: datetime | None
    valid_until: datetime | None


class AnswerOut(BaseModel):
    """`verdict` is `good`, `careful`, `bad` or `unknown`; `code` is the state behind it."""

    item: str
    verdict: str
    code: str
    heading: str
    sentence: str
    question: str
    findings: list[FindingOut]
    credential: CredentialOut | None
    format: str
    proof: str
    checked_at: datetime


@router.post("", response=list[AnswerOut])
def check(request: Asked, wanted: CheckIn) -> list[dict[str, Any]]:
    """Check a text or a link. Several answers when it holds several proofs."""
    now, org_id = timezone.now(), request.auth.org_id
    if wanted.url:
        return _answers(checking.check_link(url=wanted.url.strip(), now=now, org_id=org_id))
    return _answers(checking.check_text(text=wanted.text, now=now, org_id=org_id))


@router.post("/file", response=list[AnswerOut])
def check_file(request: Asked, file: File[UploadedFile]) -> list[dict[str, Any]]:
    """Check a file: JSON, PNG, SVG, PDF, a picture with a code, or a ZIP of these."""
    data = file.read()
    found = checking.check_bytes(data=data, name=file.name or "", now=timezone.now(), org_id=request.auth.org_id)
    return _answers(found)


def _answers(reports: list[Report]) -> list[dict[str, Any]]:
    return [answer(report) for report in reports]


def answer(report: Report) -> dict[str, Any]:
    """A report as `AnswerOut`, in the language of the request."""
    said = explain(report, language=translation.get_language() or "en")
    credential = report.credential
    return {
        "item": report.item,
        "verdict": report.verdict.value,
        "code": report.code,
        "heading": said.heading,
        "sentence": said.sentence,
        "question": said.question,
        "findings": [
            {"check": one.check, "code": one.code, "outcome": one.outcome.value, "detail": one.detail}
            for one in report.findings
        ],
        "credential": credential
        and {
            "id": credential.id,
            "name": credential.name,
            "issuer": credential.issuer.id,
            "issuer_name": credential.issuer.name,
            "subject": credential.subject.name,
            "level": credential.level,
            "valid_from": credential.valid_from,
            "valid_until": credential.valid_until,
        },
        "format": report.format,
        "proof": report.proof,
        "checked_at": report.checked_at,
    }
