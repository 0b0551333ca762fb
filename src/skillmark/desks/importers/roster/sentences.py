"""What a reason says, in a plain sentence: for the page, for the Excel of rows to fix, and for the command line."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from skillmark.desks.importers.roster.reading import Reason

REASONS: Mapping[str, str] = {
    "date.not_in_calendar": _("“%(text)s” isn’t a date."),
    "date.not_a_date": _("“%(text)s” isn’t a date."),
    "date.year_only": _("“%(text)s” is only a year. Type the day."),
    "date.no_year": _("“%(text)s” has no year. Type it with the year."),
    "date.two_readings": _("“%(text)s” may be a day or a month and year. Type the day with the year."),
    "date.expired_no_day": _("“%(text)s” doesn’t say since when. Type the day."),
    "date.mark_only": _("“%(text)s” doesn’t say which day. Type the day."),
    "date.month_only": _("“%(text)s” is only a month. We read it as %(day)s."),
    "cell.language": _("We don’t know the language “%(text)s”. It is left out."),
    "cell.email": _("“%(text)s” isn’t an e-mail address."),
    "cell.phone": _("“%(text)s” isn’t a phone number."),
    "cell.too_long": _("“%(text)s…” is too long."),
    "cell.level": _("“%(text)s” is neither a level from 1 to 4 nor a mark."),
    "cell.shift": _("There is no shift “%(text)s” yet. It is left out."),
    "card.in_future": _("“%(text)s” is still to come. Nobody has a card before the day they got it."),
    "card.ends_before": _("It would expire before it was obtained: “%(text)s”."),
    "item.health": _("“%(text)s” is about health. Health items are kept apart; it is left out here."),
    "row.name_missing": _("No name."),
    "row.only_name": _("Only “%(text)s” and nothing else. A person, or a heading?"),
    "row.has_left": _("%(text)s left on %(day)s here, and stays among those who left."),
    "row.waits": _("Belongs to row %(row)s, which needs a look first."),
    "row.contradicts": _("“%(text)s” here, but “%(other)s” in another row of the same person."),
    "row.contradicts_card": _("Another row of the same person has other dates for %(item)s."),
    "row.same_name": _("Same name as %(name)s, but another phone or e-mail."),
    "row.same_name#row": _("Same name as in row %(row)s, but another phone or e-mail."),
    "row.several": _("Several people are called %(name)s. Which one?"),
    "row.number_of_other": _("This employee number belongs to %(name)s."),
    "row.number_of_other#row": _("Row %(row)s has the same employee number: %(name)s."),
    "row.same_phone": _("Same phone as %(name)s."),
    "row.same_phone#row": _("Same phone as %(name)s in row %(row)s."),
    "row.same_email": _("Same e-mail as %(name)s."),
    "row.same_email#row": _("Same e-mail as %(name)s in row %(row)s."),
    "row.similar_name": _("Almost the same name as %(name)s."),
}

COLUMNS: Mapping[str, str] = {
    "heading": _("By its heading"),
    "remembered": _("As last time"),
    "payroll": _("As in this payroll program"),
    "chosen": _("Chosen by you"),
    "new_item": _("New: we add it"),
    "similar": _("Looks like it"),
    "which_day": _("Obtained, or expires?"),
    "left_neighbour": _("Goes with the column before it"),
    "which_item": _("Of which card?"),
    "values": _("By what stands in it"),
    "values_differ": _("Other things stand in it"),
    "part_of_name": _("A part of the name?"),
    "taken": _("We have one already"),
    "private": _("Private: never kept"),
    "health": _("Health: kept apart"),
    "empty": _("Empty"),
    "counter": _("Only counts the rows"),
    "unknown": _("Not needed"),
}


def say(reason: Reason, *, labels: Mapping[str, str]) -> str:
    """The sentence of a reason, in the language that is on. `labels`: names of items, by id."""
    key = f"{reason.code}#row" if reason.facts.get("row") and f"{reason.code}#row" in REASONS else reason.code
    facts = {"text": reason.text, **reason.facts}
    if "item" in facts:
        facts["item"] = labels.get(facts["item"], facts["item"].lstrip("+"))
    if "other" in facts:
        facts["other"] = labels.get(facts["other"], facts["other"].lstrip("+"))
    if facts.get("day"):
        facts["day"] = date_format(date.fromisoformat(facts["day"]))
    return gettext(REASONS[key]) % facts
