"""The plain sentence for every "no" of the rooms. Codes are documented in docs/reference/errors.md."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.utils import translation
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_noop as _

from credcore.verify import day as day_in_words

SENTENCES: Mapping[str, str] = {
    "not_found": _("We couldn’t find that."),
    "role.not_allowed": _("You can’t do this here. Ask the owner."),
    "tries.too_many": _("Too many tries. Wait a little and try again."),
    # set-up, sign-in, members
    "setup.done": _("This server is set up already. Ask the owner for a sign-in."),
    "setup.bad_link": _("This set-up code is used or too old. Restart to get a new one."),
    "setup.name_missing": _("Please type your firm’s name."),
    "setup.time_zone": _("Choose a time zone from the list."),
    "setup.base_url": _("The address must look like https://proofs.example.com, without anything after it."),
    "user.email_taken": _("Another person uses this e-mail address."),
    "link.closed": _("This link is used or too old. Ask for a new one."),
    "join.unknown": _("We don’t know this code. Look at it again: it has 8 letters and digits."),
    "join.used": _("This code was used already. Ask the owner for a new one."),
    "join.expired": _("This code is too old. Ask the owner for a new one."),
    "join.locked": _("Locked for safety. Ask the owner for a new code."),
    "join.name_missing": _("Please type a name."),
    "member.yourself": _("You can’t remove yourself."),
    "token.name_missing": _("Please type a name, so that you know later what it is for."),
    # people
    "person.name_missing": _("Please type the person’s name."),
    "person.name_too_long": _("This name is too long."),
    "person.too_many": _("At most %(most)s people at once. Paste the rest afterwards."),
    "person.email_missing": _("We have no e-mail address for this person. Choose another way."),
    # kinds of proof
    "template.name_missing": _("Give it a short name."),
    "template.did_missing": _("Say what the person does. Without it nobody knows what the proof means."),
    "template.how_missing": _("Say how you check it first. Without it nobody can rely on the proof."),
    "template.name_too_long": _("The name is too long: at most %(most)s letters."),
    "template.did_too_long": _("What the person does is too long: at most %(most)s letters."),
    "template.how_too_long": _("How you check it is too long: at most %(most)s letters."),
    "template.method_unknown": _("Choose how it is checked from the list."),
    "template.months_wrong": _("A proof counts for 1 to %(most)s months, or does not expire."),
    "template.colour_unknown": _("Choose a color from the list."),
    "template.archived": _("This kind of proof is no longer given. Choose another one."),
    # giving and cancelling
    "proof.level_missing": _("Choose the level that you saw."),
    "proof.observed_in_future": _("That day is still to come. Say when you saw it."),
    "proof.note_too_long": _("What you saw is too long: at most %(most)s letters."),
    "proof.already_over": _("Counted from the day you saw it, this would have expired on %(date)s. Look at it again first."),
    "proof.request_reused": _("This page was used already for another proof. Go back and start again."),
    "proof.cancelled": _("This proof was cancelled. Give a new one."),
    "proof.already_cancelled": _("This was cancelled already on %(date)s."),
    "proof.not_good": _("This proof no longer counts. Ask %(giver)s for a new one."),
    "cancel.reason_missing": _("Say why. The reason stays with your firm."),
    "cancel.reason_too_long": _("The reason is too long: at most %(most)s letters."),
    "status.busy": _("The list of cancelled proofs is being written. It is tried again by itself."),
    "status.would_clear": _("A cancelled proof can’t come back. Give a new one."),
    "sign.not_ours": _("Your firm’s keys have changed since this was begun. Start again."),
    "sign.refused": _("We couldn’t sign this, so nothing was given. Something in it can’t be part of a proof."),
    "sign.outer_key": _("The keys of this server can’t be opened. Look for the recovery sheet and restore them."),
    # handing over and keeping
    "offer.way_unknown": _("Choose one of the ways from the list."),
    "offer.unknown": _("We don’t know this code. Look at it again: it has 8 letters and digits."),
    "offer.used": _("This was already kept on %(date)s. Was it you? Open my page."),
    "offer.expired": _("This slip is too old. Ask %(giver)s for a new one."),
    "offer.closed": _("This slip was replaced or is closed. Ask %(giver)s for a new one."),
    "offer.locked": _("Locked for safety. Your supervisor can print a new slip."),
    "held.no_id": _("This file can’t be kept here: it has no number of its own."),
    # checking and keeping checks
    "check.too_large": _("This is too large to keep: at most %(most)s MB."),
    "check.kind_unknown": _("Hand over a file, a link or a text."),
    "check.interrupted": _("We tried this several times, and each time something broke. Check it by itself."),
    "batch.empty": _("There is nothing to check in here."),
    "batch.too_many": _("At most %(most)s at once. Check the rest afterwards."),
    "batch.too_large": _("This is too large: at most %(most)s MB at once. Check the rest afterwards."),
    "rows.no_link": _("We found no link here. A link begins with https:// and stands alone in its cell."),
    "sheet.bad": _("We can’t read this spreadsheet. It may be damaged, locked or too large. Save it as CSV and try again."),
    # trusting givers
    "giver.issuer_unknown": _("This is no address of a giver. It begins with did: or https:// and stands in the proof."),
    "giver.name_missing": _("Please type the giver’s name."),
    "giver.reason_missing": _("Say why you trust them. You will be glad of it in a year."),
    "giver.too_long": _("This is too long. Use fewer letters."),
    "list.kind_unknown": _("Choose the kind of list from the list."),
    "list.bad_address": _("The address must begin with https://."),
    "list.keeper_missing": _("Say who signs this list: an identifier that begins with did:."),
    "list.unreachable": _("We couldn’t reach this list. Look at the address, or try again later."),
    "list.unreadable": _("We couldn’t read this list, so nobody on it is trusted. Look at the kind and the address again."),
    # a space of one's own
    "pin.wrong_length": _("A PIN has exactly 6 digits."),
    "pin.too_easy": _("This PIN is easy to guess. Choose another one."),
    "record.wrong": _("The code or the PIN isn’t right."),
    "record.has_pin": _("This page has a PIN already."),
}
# Codes of the library that stand beside a row or a list that could not be read.
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
UNREADABLE = _("We couldn’t read it.")
UNKNOWN = _("That didn’t work. Nothing was changed.")
_DAYS = ("date",)


def sentence(code: str, facts: Mapping[str, str]) -> str:
    """One plain sentence in the language of the moment. Facts named `date` are ISO days and are told in words."""
    language = "es" if (translation.get_language() or "en").startswith("es") else "en"
    told = {name: _day(value, language) if name in _DAYS else value for name, value in facts.items()}
    if code in ("offer.wrong_pin", "join.wrong_pin"):
        left = int(facts["tries_left"])
        return ngettext("That PIN isn’t right. %(left)d try left.", "That PIN isn’t right. %(left)d tries left.", left) % {
            "left": left
        }
    if code == "record.paused":
        minutes = int(facts["minutes"])
        return ngettext(
            "Too many wrong PINs. Try again in %(minutes)d minute.",
            "Too many wrong PINs. Try again in %(minutes)d minutes.",
            minutes,
        ) % {"minutes": minutes}
    known = SENTENCES.get(code)
    if known is None:
        return gettext(UNKNOWN)
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
