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
    "sample.there": _("This sample company is there already."),
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
    "member.role": _("Choose supervisor or auditor."),
    "member.until_missing": _("An auditor needs a last day of access."),
    "member.until_past": _("The last day of access is over already. Choose a later one."),
    "member.until_far": _("Access of an auditor lasts at most a year. Choose an earlier day."),
    "member.days": _("The first of the days they may see comes after the last one."),
    "token.name_missing": _("Please type a name, so that you know later what it is for."),
    # people
    "person.name_missing": _("Please type the person’s name."),
    "person.name_too_long": _("This name is too long."),
    "person.too_many": _("At most %(most)s people at once. Paste the rest afterwards."),
    "person.number_too_long": _("This number is too long: at most %(most)s letters and digits."),
    "person.leaves_before_hired": _("The last day is before the first one. Look at both days."),
    "person.works_elsewhere": _("They work at another site, too. Ask the owner."),
    "person.not_left": _("They have not left."),
    "person.back_too_early": _("They worked here until %(date)s. Choose a later day."),
    "merge.same": _("This is one record already."),
    "merge.joined": _("%(name)s was made of two records already. Let that one stay, and join the other to it."),
    "part.nothing": _("Choose what belongs to the other person."),
    "forget.other_name": _("That is not the name. Type it as it stands above."),
    "assignment.site_missing": _("Choose one of your sites."),
    "site.last": _("This is your only site. Add another one first."),
    "site.in_use": _("People still work there: %(count)s. Say first where they work now."),
    "scan.name_missing": _("Please say where it will hang."),
    "scan.nothing": _("Choose at least one thing to show."),
    "scan.too_many": _("At most %(most)s things can be shown."),
    "person.email_missing": _("We have no e-mail address for this person. Choose another way."),
    # facts only
    "text.opinion": _("“%(words)s” is an opinion. Say what you saw."),
    "text.accusation": _("“%(words)s” accuses someone. Keep to what you saw: what, when, where."),
    "text.health": _("“%(words)s” is about someone’s health. It can’t be kept here. Say what was done, without it."),
    "text.private": _("“%(words)s” is private and has nothing to do with the work. Leave it out."),
    # the restricted part
    "health.name_missing": _("Say what is asked for, in one language at least."),
    "health.name_too_long": _("The name is too long: at most %(most)s letters."),
    "health.months_wrong": _("It counts for 1 to %(most)s months, or has no end."),
    "health.nobody": _("Choose who needs it: everyone, or at least one position."),
    "health.bad_link": _("The link must begin with https:// or http://."),
    "health.note_too_long": _("The note is too long: at most %(most)s letters."),
    "health.in_future": _("That day is still to come. Say on which day they got it."),
    "health.ends_before": _("The last day is before the first. Look at both again."),
    "health.file_kind": _("We keep a PDF, a JPEG or a PNG here. Save the paper as one of them."),
    "health.file_too_large": _("This file is too large: at most %(most)s MB."),
    "health.key": _("The keys of this server don’t open the restricted part. Look for the recovery sheet and restore them."),
    # items, their rules, who needs them, and where people work
    "item.name_missing": _("Give it a name."),
    "item.kind_unknown": _("Choose from the list what kind of thing it is."),
    "item.look_up": _("The address where it can be looked up begins with https://."),
    "rule.validity": _("Say how long it counts: a whole number of months from 1 to 600, and hours where it asks for hours."),
    "rule.trust": _("Choose from the list how well it must be checked."),
    "rule.days": _("Days are whole numbers from 0 to 3650."),
    "link.kind_unknown": _("Choose from the list how the two belong together."),
    "link.level": _("Choose a level from 1 to 4."),
    "link.circle": _("This goes round in a circle: the second one leads back to the first already."),
    "document.code_missing": _("Type its number or short name."),
    "revision.severity": _("Choose from the list what people must do about the change."),
    "requirement.target": _("Say who needs it: everyone, a position, a site or a contract."),
    "requirement.level": _("Choose a level from 1 to 4. Only skills with levels take one."),
    "requirement.ends_before": _("The last day is before the first. Look at both again."),
    "head_count.n": _("Say how many people, from 1 to 500, and what each of them must have."),
    "exemption.reason_missing": _("Say why, in at most 500 letters."),
    "exemption.too_long": _("Say until when. It can last twelve months at most."),
    "site.name_missing": _("Give the site a name of at most 200 letters."),
    "position.name_missing": _("Give the position a name of at most 200 letters."),
    "shift.name_missing": _("Give the shift a name of at most 100 letters."),
    "shift.weekdays": _("Choose at least one day of the week."),
    "assignment.ends_before": _("The last day is before the first. Look at both again."),
    # what people hold, and the photos of it
    "holding.ends_before_start": _("Expiry is before the start date."),
    "holding.two_ends": _("Type the date on the card, or say that it has none. Not both."),
    "holding.no_end_given": _("Type the date on the card, or say that it has none."),
    "holding.level": _("Choose a level from 1 to 4."),
    "holding.hours": _("Hours are more than 0 and less than 10,000."),
    "holding.too_long": _("This is too long. Use fewer letters."),
    "holding.reason_missing": _("Say why. The reason stays with your firm."),
    "holding.request_reused": _("This was sent already for something else. Send it with a new key."),
    "report.item_missing": _("Say which card or skill it is about."),
    "photo.settled": _("Somebody looked at this photo a moment ago."),
    "photo.reason_missing": _("Say what is wrong with the photo, so that the next one is better."),
    "photo.empty": _("This file is empty. Choose another one."),
    "photo.too_large": _("This file is over 15 MB. Take a smaller photo, or send a screenshot of it."),
    "photo.too_many_points": _("This picture is too large to open. Take a photo with your phone, or send a screenshot of it."),
    "photo.heic": _(
        "This iPhone photo (HEIC) can’t be opened here. On the phone choose Settings, Camera, Formats, Most Compatible, "
        "or send a screenshot of the photo."
    ),
    "photo.svg": _("Drawings (SVG) aren’t taken, because programs can hide in them. Save it as PNG or PDF."),
    "photo.unknown": _("This is neither a photo nor a PDF. Take a photo, or choose a JPG, PNG or PDF file."),
    "photo.broken": _("This photo is damaged. Take another one."),
    "photo.pdf_locked": _("This PDF is locked with a password. Save it without one, or take a photo of the page."),
    "photo.pdf_broken": _("This PDF is damaged. Take a photo of the page."),
    "look_up.link": _("The address of the look-up begins with https://."),
    "look_up.future": _("That day is still to come. Say when you looked it up."),
    "late.note_missing": _("Say what was done about it, in at most 500 letters."),
    # signing off what somebody was seen to do
    "item.archived": _("This is no longer in use. Choose another one."),
    "item.method_unknown": _("Choose from the list how you check it."),
    "item.steps_many": _("At most %(most)s steps. Put some of them together."),
    "item.code_wrong": _("Name the list and the skill in it, and give an address that begins with https://."),
    "item.how_missing": _("It doesn’t say yet how this is checked. Ask the owner to write it down first."),
    "sign_off.own": _("You can’t sign for yourself."),
    "sign_off.not_set_up": _("You aren’t set up to sign “%(item)s”. Ask the owner."),
    "sign_off.sent_differently": _("This was sent already with other words. Start again."),
    "sign_off.level_missing": _("Choose the level that you saw."),
    "sign_off.nothing_seen": _("Say what you saw: choose a step, or use your own words."),
    "sign_off.step_unknown": _("The check list is another one now. Look again before signing."),
    "sign_off.too_long": _("This is too long: at most %(most)s letters."),
    "sign_off.hours": _("Type the hours: more than 0 and less than 10,000."),
    "sign_off.method": _("Choose from the list how you checked it."),
    "sign_off.entered": _("Say who typed this in later, and only for what stands on paper."),
    "sign_off.clock": _("By this phone’s clock you saw it in the future. Check the phone’s clock, then sign again."),
    "sign_off.too_old": _("That was more than a year ago. Watch it once more, then sign."),
    "sign_off.before_start": _("That was before your firm began to use Skillmark. Watch it once more, then sign."),
    "sign_off.before_hired": _("They began to work here on %(date)s. Look at the day again."),
    "sign_off.person_left": _("They left on %(date)s. Look at the day again."),
    "sign_off.revision_changed": _("The instruction changed to %(revision)s while you were away. Look again before signing."),
    "sign_off.words_changed": _("What this asks for has changed. Look again before signing."),
    "sign_off.too_late": _("It is signed already, so it can’t be changed. If it is wrong, cancel the proof."),
    "sign_off.undone": _("This was taken back. Sign it off anew."),
    "sign_off.co_sign_own": _("You signed this first. Somebody else has to sign it, too."),
    "sign_off.comment_late": _(
        "It is part of a proof already, or was taken back. If something is wrong, open the proof and tell us."
    ),
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
    "template.shape_unknown": _("Choose a shape from the list."),
    "template.icon_unknown": _("Choose a symbol from the list."),
    "template.picture_words_too_long": _("The words on the picture are too long: at most %(most)s letters."),
    "template.steps_many": _("At most %(most)s steps. Put some of them together."),
    "template.step_too_long": _("A step is too long: at most %(most)s letters."),
    "template.times_wrong": _("It is seen on 1 to 10 days."),
    "template.code_wrong": _("Name the list and the skill in it, and give an address that begins with https://."),
    "template.follows_item": _("This one follows a skill on your list. Change it there."),
    "template.archived": _("This kind of proof is no longer given. Choose another one."),
    # giving and cancelling
    "proof.level_missing": _("Choose the level that you saw."),
    "proof.seen_too_seldom": _("This must be seen on %(times)s days. Sign it off on the floor each time."),
    "proof.co_sign_missing": _("A second person must sign this. Sign it off on the floor, and let them sign, too."),
    "proof.observed_in_future": _("That day is still to come. Say when you saw it."),
    "proof.note_too_long": _("What you saw is too long: at most %(most)s letters."),
    "proof.already_over": _("Counted from the day you saw it, this would have expired on %(date)s. Look at it again first."),
    "proof.request_reused": _("This page was used already for another proof. Go back and start again."),
    "proof.cancelled": _("This proof was cancelled. Give a new one."),
    "proof.already_cancelled": _("This was cancelled already on %(date)s."),
    "proof.not_good": _("This proof no longer counts. Ask %(giver)s for a new one."),
    "cancel.reason_missing": _("Say why you cancel it."),
    "cancel.reason_too_long": _("The reason is too long: at most %(most)s letters."),
    "proof.already_replaced": _("This was renewed already on %(date)s. Open the newer one."),
    "proof.already_paused": _("This is paused already since %(date)s."),
    "proof.not_paused": _("This is not paused."),
    "pause.reason_missing": _("Say why you pause it."),
    "pause.reason_too_long": _("The reason is too long: at most %(most)s letters."),
    "pause.older_proof": _(
        "This proof was given before proofs could be paused: it does not say where to look. Cancel "
        "it instead, or leave it as it is."
    ),
    "replace.why_unknown": _("Say whether it is renewed or corrected."),
    "replace.nothing_changed": _("Nothing is different from the proof as it is. Change what is wrong."),
    "replace.name_missing": _("Please type the person’s name."),
    "replace.name_too_long": _("The name is too long: at most %(most)s letters."),
    "replace.several_days": _("This proof tells of several days. Cancel it and sign off again."),
    "dispute.about_missing": _("Choose what is wrong."),
    "dispute.words_missing": _("Say in your own words what is wrong."),
    "dispute.words_too_long": _("This is too long: at most %(most)s letters."),
    "dispute.open_already": _("You said so already. The giver has until %(date)s to answer."),
    "dispute.over": _("This proof was cancelled. It no longer counts."),
    "dispute.answer_missing": _("Say why it stays as it is. The person reads your answer."),
    "dispute.answer_too_long": _("The answer is too long: at most %(most)s letters."),
    "dispute.answered": _("This was answered already."),
    "status.busy": _("The list of cancelled proofs is being written. It is tried again by itself."),
    "status.would_clear": _("A cancelled proof can’t come back. Give a new one."),
    "sign.not_ours": _("Your firm’s keys have changed since this was begun. Start again."),
    "sign.refused": _("We couldn’t sign this, so nothing was given. Something in it can’t be part of a proof."),
    "sign.outer_key": _("The keys of this server can’t be opened. Look for the recovery sheet and restore them."),
    "sign.stopped": _("Giving proofs is stopped: %(why)s"),
    "sign.device": _("The device with the signing key does not answer. Look whether it is plugged in, and its PIN is set."),
    "keys.staged_already": _("The next key is made already. Try it, or put it away first."),
    "keys.not_staged": _("This key is not waiting to be used. Look at the list of keys again."),
    "keys.reason_missing": _("Say what happened. It stays with your firm."),
    "keys.reason_too_long": _("This is too long: at most %(most)s letters."),
    "keys.since_wrong": _("Choose a moment between the day when the key was made and now."),
    "keys.not_compromised": _("Only what was signed by a key that was given up is given anew."),
    "keys.compromised_already": _("This key was given up already."),
    "stop.reason_missing": _("Say why. Whoever wants to give a proof reads it."),
    "stop.reason_too_long": _("The reason is too long: at most %(most)s letters."),
    # the same proof in other forms
    "form.cancelled": _("This proof was cancelled. No new file is made of it."),
    "form.over": _("This proof is over. Ask who gave it for a new one."),
    "form.key_retired": _("The key of this proof is no longer used: we can’t make this file. The signed file still works."),
    # handing over and keeping
    "offer.way_unknown": _("Choose one of the ways from the list."),
    "offer.unknown": _("We don’t know this code. Look at it again: it has 8 letters and digits."),
    "offer.used": _("This was already kept on %(date)s. Was it you? Open my page."),
    "offer.expired": _("This slip is too old. Ask %(giver)s for a new one."),
    "offer.closed": _("This slip was replaced or is closed. Ask %(giver)s for a new one."),
    "offer.locked": _("Locked for safety. Your supervisor can print a new slip."),
    "held.no_id": _("This file can’t be kept here: it has no number of its own."),
    # asking for a photo, posters, calendars
    "ask.closed": _("This link is closed or too old."),
    "ask.used": _("A photo was handed in on %(date)s."),
    "ask.no_email": _("This person wants no reminders by e-mail. Choose another way."),
    "ask.sample_firm": _("This is a made-up firm: nothing leaves it."),
    "poster.closed": _("This poster is no longer in use."),
    "poster.name_missing": _("Type your name or your employee number."),
    "poster.item_missing": _("Type what the photo shows."),
    "remind.steps": _("Choose at least one of the days."),
    "feed.of": _("Choose what the calendar shows."),
    # checking and keeping checks
    "check.too_large": _("This is too large to keep: at most %(most)s MB."),
    "check.kind_unknown": _("Hand over a file, a link or a text."),
    "check.interrupted": _("We tried this several times, and each time something broke. Check it by itself."),
    # giving a class
    "run.empty": _("There is nobody in this list to give it to."),
    "run.too_many": _("That’s %(rows)s people; we take %(most)s at a time. Nothing was given. Divide the list."),
    "run.needs_sign_offs": _("This is seen on several days or signed by two: sign each person off on the floor instead."),
    "run.has_problems": _("%(rows)s rows need a look first. Fix them or leave them out. Nothing was given."),
    "run.count": _("The list has changed: it is for %(rows)s people now. Look at it again. Nothing was given."),
    "run.started": _("This class is given already, or under way. Its rows can’t be changed any more."),
    "run.nothing_to_renew": _("There is nothing to renew: these were cancelled, or have been renewed already."),
    "run.maker_gone": _("Whoever started this may give no proofs any more. Bring the list in again yourself."),
    "row.name_missing": _("The name is missing."),
    "row.name_too_long": _("The name is too long: at most 200 letters."),
    "row.name_signs": _("The name has signs in it that no name has, such as < or >."),
    "row.twice": _("This person is in the list twice."),
    "row.two_people": _("Somebody of this name, phone or e-mail is here already. Say who is meant."),
    "row.newcomer": _("This person is new, and you look after several sites. Add them to a site first."),
    "row.person_gone": _("This person is not in your list of people any more."),
    "row.email": _("This isn’t an e-mail address."),
    "row.phone": _("This isn’t a phone number."),
    "row.level_missing": _("The level is missing. It is a number from 1 to 4."),
    "row.level_wrong": _("This is no level. It is a number from 1 to 4."),
    "row.date_unreadable": _("This isn’t a date. Type the day."),
    "row.date_in_future": _("That day is still to come. Say when it was seen."),
    "row.date_over": _("Counted from this day, the proof would have expired already."),
    "batch.empty": _("There is nothing to check in here."),
    "batch.too_many": _("At most %(most)s at once. Check the rest afterwards."),
    "batch.too_large": _("This is too large: at most %(most)s MB at once. Check the rest afterwards."),
    "rows.no_link": _("We found no link here. A link begins with https:// and stands alone in its cell."),
    "sheet.bad": _("We can’t read this spreadsheet. It may be damaged, locked or too large. Save it as CSV and try again."),
    "sheet.locked": _("It is locked with a password. Save it without one and try again."),
    "sheet.unknown": _("This isn’t a spreadsheet. Bring an Excel, CSV or OpenDocument file, or paste the cells."),
    "sheet.empty": _("There is nothing in this list."),
    "sheet.only_headings": _("We found headings but no rows."),
    "sheet.too_long": _("That’s %(rows)s rows; we take %(most)s at a time."),
    "sheet.no_name": _("We need at least a name column."),
    "sheet.forgotten": _("We no longer keep what was in this list. Bring it in again."),
    # lists of people
    "import.one_site": _("You look after some sites only, so you can’t bring in a list. Ask the owner."),
    "import.closed": _("This list was saved or thrown away already."),
    "import.chunk": _("That is too much at once."),
    "import.too_late": _("This was saved more than 30 days ago. It can’t be undone any more."),
    "import.nothing": _("There is nothing to save: all of it is here already, or needs a look first."),
    "import.owner_adds": _("The list names cards, positions or sites that are new here. Only the owner can add them."),
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
    # a shared phone
    "sign_pin.length": _("A PIN has %(shortest)s to %(longest)s digits."),
    "sign_pin.wrong": _("That PIN isn’t right. Try again."),
    "sign_pin.none": _("This person has no PIN yet."),
    "sign_pin.link": _("This link was used, or is older than 24 hours. Ask the owner for a new one."),
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
    if code in ("record.paused", "sign_pin.paused"):
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
