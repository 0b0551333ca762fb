"""The card of a proof: a page to file, a pocket card to cut out, and the signed file inside the PDF."""

from __future__ import annotations

from datetime import date, datetime
from typing import Protocol
from urllib.parse import urlsplit

from django.utils import translation
from django.utils.translation import gettext as _

from skillmark.desks import pictures
from skillmark.desks.papers import press
from skillmark.rooms.credentials import rules

ATTACHED = "proof.json"
_POCKET_TEXT = 190  # characters of each text that fit on the back of a pocket card


class Printable(Protocol):
    """What a card shows of a proof; `credentials.queries.PublicProof` is one."""

    @property
    def document(self) -> bytes: ...
    @property
    def title(self) -> str: ...
    @property
    def person_name(self) -> str: ...
    @property
    def giver(self) -> str: ...
    @property
    def given_at(self) -> datetime: ...
    @property
    def valid_until(self) -> datetime | None: ...
    @property
    def did(self) -> str: ...
    @property
    def how(self) -> str: ...
    @property
    def note(self) -> str: ...
    @property
    def observer(self) -> str: ...
    @property
    def observed_on(self) -> date | None: ...
    @property
    def level_name(self) -> str: ...
    @property
    def language(self) -> str: ...
    @property
    def colour(self) -> str: ...
    @property
    def time_zone(self) -> str: ...


def card(*, proof: Printable, check_url: str, language: str) -> bytes:
    """A PDF that prints on Letter and A4, with `proof.document` attached byte for byte as `proof.json`.

    The labels are in `language` (en, es); the proof's own words are in the language in which they were signed.
    """
    language = press.known(language)
    with translation.override(language):
        data = _data(proof=proof, check_url=check_url, language=language)
    files = {ATTACHED: proof.document, "qr.svg": pictures.qr_svg(text=check_url).encode()}
    return press.press(source="card", data=data, files=files)


def _data(*, proof: Printable, check_url: str, language: str) -> dict[str, object]:
    def told(day: date | datetime) -> str:
        return press.in_words(day=day, language=language, time_zone=proof.time_zone)

    given = told(proof.given_at)
    ends = told(proof.valid_until) if proof.valid_until else _("Does not expire")
    facts = [(_("Level"), proof.level_name), (_("Given on"), given), (_("Expires"), ends)]
    if proof.observed_on:
        facts.append((_("Seen on"), told(proof.observed_on)))
    if proof.observer:
        facts.append((_("Signed off by"), proof.observer))
    return {
        "lang": language,
        "proof_lang": press.known(proof.language),
        "colour": rules.COLOURS.get(proof.colour, rules.COLOURS[rules.DEFAULT_COLOUR]),
        "document_title": f"{proof.title} – {proof.person_name}",
        "attached": _("The signed proof. This file can be checked anywhere."),
        "title": proof.title,
        "person": proof.person_name,
        "giver": proof.giver,
        "texts": [
            (label, text)
            for label, text in (
                (_("What the person did"), proof.did),
                (_("How it was checked"), proof.how),
                (_("What was seen"), proof.note),
            )
            if text
        ],
        "facts": [(label, value) for label, value in facts if value],
        "given_by": _("Given by %(giver)s, %(date)s") % {"giver": proof.giver, "date": given},
        "ends": _("Expires %(date)s") % {"date": ends} if proof.valid_until else ends,
        "level": proof.level_name,
        "check_url": check_url,
        "check_host": urlsplit(check_url).netloc,
        "qr_text": _("Code that leads to %(address)s") % {"address": check_url},
        "check_head": _("Check it"),
        "check_how": _("Scan the code, or hand this file in at the check page of %(address)s.")
        % {"address": urlsplit(check_url).netloc},
        "paper_alone": _("Paper alone proves nothing: scan the code."),
        "pocket_head": _("Pocket card – cut along the lines, fold in the middle"),
        "pocket_did": (_("What I did"), press.clipped(proof.did, length=_POCKET_TEXT)),
        "pocket_how": (_("How it was checked"), press.clipped(proof.how, length=_POCKET_TEXT)),
        "belongs": _("This card belongs to the person named on it."),
    }
