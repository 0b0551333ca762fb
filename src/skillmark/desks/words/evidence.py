"""What rooms say no to: what people hold, sign-offs, photos, and the restricted part."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_noop as _

SENTENCES: Mapping[str, str] = {
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
    # asking for a photo, posters, calendars
    "start.closed": _("This link is closed or too old."),
    "start.left": _("They have left. Say first when they come back."),
    "start.nothing_missing": _("Nothing is missing on that day, so there is nothing to ask for."),
    "start.too_many": _("This list takes at most %(most)s things. Ask there for a new one."),
    "ask.closed": _("This link is closed or too old."),
    "ask.used": _("A photo was handed in on %(date)s."),
    "ask.no_email": _("This person wants no reminders by e-mail. Choose another way."),
    "ask.sample_firm": _("This is a made-up firm: nothing leaves it."),
    "poster.closed": _("This poster is no longer in use."),
    "poster.name_missing": _("Type your name or your employee number."),
    "poster.item_missing": _("Type what the photo shows."),
    "remind.steps": _("Choose at least one of the days."),
    "feed.of": _("Choose what the calendar shows."),
}
