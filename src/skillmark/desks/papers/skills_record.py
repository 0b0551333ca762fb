"""A skills record on paper: what somebody shows, in the order of a CV, with the signed files inside."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils import translation
from django.utils.translation import gettext as _

from skillmark.desks import sharing
from skillmark.desks.papers import press
from skillmark.rooms.records.rules.shares import Details
from skillmark.rooms.records.rules.statements import Words

_TITLE, _TEXT = 120, 420  # characters of each; the rest is in the file


def skills_record(
    *, entries: Sequence[sharing.Entry], details: Details, made_at: datetime, language: str, check_url: str, time_zone: str
) -> bytes:
    """A tagged PDF that prints on Letter and A4: work, proofs, and what the person says, each with its sign and its words.

    Each signed file is attached byte for byte. `check_url` is where anybody can have them checked. Of `details` name, phone
    and e-mail are printed. `made_at` is told in `time_zone`.
    """
    language = press.known(language)
    signed = [sharing.file_of(item=one.item) for one in entries if one.answer is not None]
    with translation.override(language):
        cv = sharing.lay_out(entries=entries)
        when = press.in_words(day=made_at, language=language, time_zone=time_zone)
        moment = f"{when}, {made_at.astimezone(ZoneInfo(time_zone)):%H:%M}"
        sections = [
            (_("Work"), [_job(one, language) for one in cv.jobs]),
            (_("Proofs"), [_proof(one, language) for one in cv.proofs]),
            (_("Said by the person"), [_said(one) for one in cv.said]),
        ]
        data: dict[str, object] = {
            "lang": language,
            "document_title": _("Skills record – %(name)s") % {"name": details.name} if details.name else _("Skills record"),
            "head": press.breakable(details.name or _("Skills record")),
            "contact": [press.breakable(text) for text in (details.phone, details.email) if text],
            "when": _("Checked on %(moment)s") % {"moment": moment},
            "sections": [(head, lines) for head, lines in sections if lines],
            "files": [(name, media_type) for _body, media_type, name in signed],
            "attached": _("A signed proof, as it is shown here. It can be checked anywhere."),
            "foot": _(
                "Paper alone proves nothing. The signed files are inside this PDF: hand it in at %(address)s, or open them "
                "with any program that checks signed proofs. What the person says themselves is marked so: nobody checked it."
            )
            % {"address": check_url},
        }
    files = {name: body for body, _media_type, name in signed}
    return press.press(source="skills_record", data=data, files=files, standards=(press.ARCHIVE, press.FOR_ALL))


def _job(job: sharing.Job, language: str) -> dict[str, object]:
    line = _said(job.entry) if job.entry.words is not None else _proof(job.entry, language)
    return line | {"title": _title(job.title), "by": _title(job.by), "dates": job.dates}


def _proof(entry: sharing.Entry, language: str) -> dict[str, object]:
    answer = entry.answer
    if answer is None or answer.proof is None:
        raise ValueError("not a proof")
    proof = answer.proof
    ends = press.in_words(day=proof.ends, language=language) if proof.ends else ""
    trust = _("Signed by %(giver)s") % {"giver": proof.giver} if answer.genuine else _("Not to be relied on")
    return {
        "title": _title(proof.title),
        "by": _title(proof.giver),
        "dates": _("until %(until)s") % {"until": ends} if ends else "",
        "sign": answer.said.sign,
        "verdict": answer.said.heading,
        "trust": press.breakable(trust),
        "texts": _texts(
            [(_("Name"), proof.person), (_("Level"), proof.level), (_("What the person did"), proof.did)]
            + [(_("How it was checked"), text) for text in proof.how]
            + [(_("What was seen"), ": ".join(filter(None, (one.name, one.text)))) for one in proof.seen]
            + [("", answer.said.sentence), (_("The person says about it"), entry.item.comment)]
            + ([("", _("Another name stands on it than on the person’s page."))] if entry.item.names_other else [])
        ),
    }


def _said(entry: sharing.Entry) -> dict[str, object]:
    words = entry.words or Words(title="")
    return {
        "title": _title(words.title),
        "by": _title(words.by),
        "dates": entry.dates,
        "sign": "none",
        "verdict": "",
        "trust": _("Said by the person"),
        "texts": _texts(
            [(_("Place"), words.place), (_("Hours"), words.hours), (_("Pay"), words.pay), ("", words.details)]
        ),
    }  # fmt: skip


def _texts(told: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(label, press.breakable(press.clipped(text, length=_TEXT))) for label, text in told if text.strip()]


def _title(text: str) -> str:
    return press.breakable(press.clipped(text, length=_TITLE))
