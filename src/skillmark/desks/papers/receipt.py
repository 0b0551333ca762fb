"""The receipt of a check: what was checked, when, by whom, what the answer was and why, with the signed document inside."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from django.utils import translation
from django.utils.translation import gettext as _

from credcore.verify.report import Report
from skillmark.desks import answers
from skillmark.desks.papers import press

_MOST_FINDINGS = 60  # more would be pages of codes that nobody reads; the file inside can be checked anew


class Checked(Protocol):
    """What was handed over; `credentials.models.CheckedItem` is one. `size` is in bytes, `sha256` in hexadecimal."""

    @property
    def name(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def sha256(self) -> str: ...
    @property
    def size(self) -> int: ...


def receipt(
    *,
    report: Report,
    item: Checked,
    made_at: datetime,
    made_by: str,
    number: str,
    firm: str,
    language: str,
    time_zone: str,
) -> bytes:
    """A PDF that prints on Letter and A4 and reads in black and white.

    `made_at` is told in `time_zone`; `number` names the check. The signed document of the report, where there is one, is
    attached byte for byte as `proof.json` or, for a token, `proof.txt`.
    """
    language = press.known(language)
    with translation.override(language):
        data = _data(
            answer=answers.answer(report=report), item=item, made_at=made_at, made_by=made_by, number=number, firm=firm,
            language=language, time_zone=time_zone,
        )  # fmt: skip
    name = "proof.json" if report.document.lstrip().startswith(b"{") else "proof.txt"
    if report.document:
        data["attachment"] = {"name": name, "type": "application/vc" if name == "proof.json" else "text/plain"}
    return press.press(source="receipt", data=data, files={name: report.document} if report.document else {})


def _data(
    *,
    answer: answers.Answer,
    item: Checked,
    made_at: datetime,
    made_by: str,
    number: str,
    firm: str,
    language: str,
    time_zone: str,
) -> dict[str, object]:
    said, report = answer.said, answer.report
    local = made_at.astimezone(ZoneInfo(time_zone))
    moment = f"{press.in_words(day=made_at, language=language, time_zone=time_zone)}, {local:%H:%M} ({local:%Z})"
    title = answer.proof.title if answer.proof else ""
    return {
        "lang": language,
        "document_title": _("Receipt of a check – %(what)s") % {"what": title or item.name or said.heading},
        "head": _("Receipt of a check"),
        "firm": firm,
        "when": _("Checked on %(moment)s by %(name)s") % {"moment": moment, "name": made_by},
        "sign": said.sign,
        "heading": said.heading,
        "sentence": said.sentence,
        "lines": [(line.sign, line.label, line.text) for line in said.lines],
        "also": list(said.also),
        "question": said.question,
        "not_proven": said.not_proven,
        "what_head": _("What was checked"),
        "facts": [(label, press.breakable(value)) for label, value in _facts(answer=answer, item=item) if value],
        "hash_label": _("Fingerprint (SHA-256)"),
        "hash": item.sha256,
        "parts_head": _("What lies inside"),
        "parts": [
            (part.said.sign, part.proof.title if part.proof else "", part.said.heading, part.said.sentence)
            for part in answer.parts
        ],
        "details_head": _("Technical details"),
        "details": [
            (one.check, one.outcome.value, one.code, press.breakable(press.clipped(one.detail, length=200)))
            for one in report.findings[:_MOST_FINDINGS]
        ],
        "attached": _("The signed document as it was read. It can be checked anywhere."),
        "foot": _("This is what the check said on that day. A proof can be cancelled or expire afterwards: check it again."),
        "number": _("Check %(number)s") % {"number": number},
    }


def _facts(*, answer: answers.Answer, item: Checked) -> list[tuple[str, str]]:
    """What it is about, and whose list decided about its giver."""
    kinds = {"link": _("Link"), "text": _("Pasted text")}
    proof, trust = answer.proof, answer.report.finding("trust")
    listed = trust.facts["list"] or _("The firm’s own list") if trust is not None and "list" in trust.facts else ""
    return [
        (kinds.get(item.kind, _("File")), press.clipped(item.name, length=160)),
        (_("Size"), _("%(size)s bytes") % {"size": f"{item.size:,}"}),
        (_("Proof"), proof.title if proof else ""),
        (_("Person"), proof.person if proof else ""),
        (_("Giver"), proof.giver if proof else ""),
        (_("List that names the giver"), listed),
    ]
