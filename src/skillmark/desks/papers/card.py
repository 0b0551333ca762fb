"""The card of a proof: a page to file, a pocket card to cut out, and the signed file inside the PDF."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Protocol
from urllib.parse import urlsplit

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from skillmark.desks import pictures
from skillmark.desks.papers import press
from skillmark.rooms.credentials import rules

ATTACHED = "proof.json"
_TITLE, _NAME = 80, 48  # characters that fit, also on the pocket card
_WHOLE_NAME = 80  # on the page, where nobody’s name is cut
_TEXT = 240  # of each text on the page: the rest is in the file
_SEEN = 130  # of what was seen on one day
_DAYS = 3
_POCKET_TEXT = 240  # of each text on the back of a pocket card


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
    def steps(self) -> Sequence[str]: ...
    @property
    def evidence(self) -> Sequence[rules.Seen]: ...
    @property
    def level_name(self) -> str: ...
    @property
    def language(self) -> str: ...
    @property
    def colour(self) -> str: ...
    @property
    def look(self) -> Mapping[str, str]: ...
    @property
    def time_zone(self) -> str: ...


def card(*, proof: Printable, check_url: str, code: bytes | None, language: str) -> bytes:
    """A PDF of one page that prints on Letter and A4, with `proof.document` attached byte for byte as `proof.json`.

    `code` is the proof in the form that fits a printed code; None: the page has no code that is checked without a network.
    The labels are in `language` (en, es); the proof's own words are in the language in which they were signed.
    """
    language = press.known(language)
    with translation.override(language):
        data = _data(proof=proof, check_url=check_url, language=language) | _offline(code)
    files = {
        ATTACHED: proof.document,
        "qr.svg": pictures.qr_svg(text=check_url).encode(),
        "picture.svg": pictures.svg(**proof.look).encode(),
    }
    if code is not None:
        files["code.svg"] = pictures.dense_qr_svg(data=code).encode()
    return press.press(source="card", data=data, files=files, standards=(press.ARCHIVE, press.FOR_ALL))


def _data(*, proof: Printable, check_url: str, language: str) -> dict[str, object]:
    def told(day: date | datetime) -> str:
        return press.in_words(day=day, language=language, time_zone=proof.time_zone)

    given = told(proof.given_at)
    ends = told(proof.valid_until) if proof.valid_until else _("Does not expire")
    facts = [(_("Level"), proof.level_name), (_("Given on"), given), (_("Expires"), ends)]
    if proof.observed_on and not proof.evidence:
        facts.append((_("Seen on"), told(proof.observed_on)))
    if proof.observer and not proof.evidence:
        facts.append((_("Signed off by"), press.clipped(proof.observer, length=_NAME)))
    giver, person = press.clipped(proof.giver, length=_NAME), press.clipped(proof.person_name, length=_NAME)
    whole = [press.breakable(press.clipped(name, length=_WHOLE_NAME)) for name in (proof.giver, proof.person_name)]
    return {
        "lang": language,
        "proof_lang": press.known(proof.language),
        "colour": rules.COLOURS.get(proof.colour, rules.COLOURS[rules.DEFAULT_COLOUR]),
        "document_title": f"{proof.title} – {proof.person_name}",
        "attached": _("The signed proof. This file can be checked anywhere."),
        "picture_text": _("Picture of the proof: %(title)s") % {"title": proof.title},
        "title": press.breakable(press.clipped(proof.title, length=_TITLE)),
        "giver": whole[0],
        "person": whole[1],
        "pocket_person": press.breakable(person),
        "texts": _texts(proof),
        "seen": [(told(one.on), _seen(one)) for one in proof.evidence[:_DAYS]],
        "seen_head": _("What was seen"),
        "seen_more": _more(len(proof.evidence) - _DAYS),
        "facts": [(label, value) for label, value in facts if value],
        "given_by": _("Given by %(giver)s, %(date)s") % {"giver": giver, "date": given},
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
        "pocket_did": (_("What I did"), _printed(proof.did, length=_POCKET_TEXT)),
        "pocket_how": (_("How it was checked"), _printed(proof.how, length=_POCKET_TEXT)),
        "belongs": _("This card belongs to the person named on it."),
    }


def _texts(proof: Printable) -> list[tuple[str, str]]:
    how = " • ".join([proof.how, *(() if proof.evidence else proof.steps)])
    texts = (
        (_("What the person did"), proof.did),
        (_("How it was checked"), how),
        (_("What was seen"), "" if proof.evidence else proof.note),
    )
    return [(label, _printed(text, length=_TEXT)) for label, text in texts if text]


def _seen(one: rules.Seen) -> str:
    """Who saw what on one day. The words are those that were signed."""
    seen = " • ".join([*one.steps, *([one.seen] if one.seen else [])])
    return _printed(": ".join(part for part in (one.by, seen) if part), length=_SEEN)


def _more(days: int) -> str:
    if days <= 0:
        return ""
    return ngettext("and %(count)s more day, in the file inside", "and %(count)s more days, in the file inside", days) % {
        "count": days
    }


def _offline(code: bytes | None) -> dict[str, object]:
    if code is None:
        return {"code": None}
    return {
        "code": _("Code that holds the proof itself"),
        "code_how": _(
            "No internet? The small-squared code holds the proof itself. Hand a photo of it in at any check page that reads "
            "signed proofs; whether it was cancelled since can only be asked online."
        ),
    }


def _printed(text: str, *, length: int) -> str:
    return press.breakable(press.clipped(text, length=length))
