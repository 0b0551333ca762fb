"""The plain sentence for every "no" of the rooms. Codes are documented in docs/reference/errors.md."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.utils import translation
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_noop as _

from credcore.verify import day as day_in_words
from skillmark.desks.words import evidence, firm, own_page, proofs

SENTENCES: Mapping[str, str] = {
    code: said for part in (firm, evidence, proofs, own_page) for code, said in part.SENTENCES.items()
}

PROBLEMS: Mapping[str, str] = {
    "zip.bad": _("This ZIP file is damaged or empty."),
    "zip.locked": _("This is locked with a password."),
    "zip.too_many": _("There are too many files in this ZIP file. Pack at most 200 into each."),
    "zip.too_large": _("This is too large when unpacked."),
    "trust.out_of_date": _("Its keeper has let this list run out."),
    "trust.keeper_changed": _("The keys of its keeper have changed. Ask them, then follow the list again."),
    "trust.other_keeper": _("Somebody else signed this list."),
    "trust.other_key": _("Somebody else signed this list."),
    "proof.mismatch": _("This list was changed after it was signed."),
}
FETCH = _("We couldn’t reach it. We will try again.")
UNREACHED = _("We couldn’t reach it. Nothing was changed. Try again later, or ask whoever gave you the link.")
NOT_OPENED = _("This link leads to an address that we don’t open. Nothing was changed.")
UNREADABLE = _("We couldn’t read it.")
UNKNOWN = _("That didn’t work. Nothing was changed.")
_DAYS = ("date",)
_CLOSED_TO_US = frozenset({"fetch.bad_url", "fetch.private_address", "fetch.own"})


def sentence(code: str, facts: Mapping[str, str]) -> str:
    """One plain sentence in the language of the moment. Facts named `date` are ISO days and are told in words."""
    language = "es" if (translation.get_language() or "en").startswith("es") else "en"
    told = {name: _day(value, language) if name in _DAYS else value for name, value in facts.items()}
    if code in ("offer.wrong_pin", "join.wrong_pin", "leaver.wrong_pin"):
        left = int(facts["tries_left"])
        return ngettext("That PIN isn’t right. %(left)d try left.", "That PIN isn’t right. %(left)d tries left.", left) % {
            "left": left
        }
    if code in ("record.paused", "share.paused", "sign_pin.paused"):
        minutes = int(facts["minutes"])
        return ngettext(
            "Too many wrong PINs. Try again in %(minutes)d minute.",
            "Too many wrong PINs. Try again in %(minutes)d minutes.",
            minutes,
        ) % {"minutes": minutes}
    known = SENTENCES.get(code)
    if known is None:
        fetched = NOT_OPENED if code in _CLOSED_TO_US else UNREACHED if code.startswith("fetch.") else UNKNOWN
        return gettext(fetched)
    return gettext(known) % told


def problem(code: str) -> str:
    """Why a row of a batch or a followed list could not be read; empty for no code. In the language of the moment."""
    if not code:
        return ""
    known = SENTENCES.get(code) or PROBLEMS.get(code)
    return gettext(known or (FETCH if code.startswith("fetch.") else UNREADABLE))


def _day(value: str, language: str) -> str:
    day = date.fromisoformat(value)
    return day_in_words(f"{day.isoformat()}T12:00:00+00:00", language=language)
