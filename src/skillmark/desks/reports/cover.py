"""Cover: for each head-count and shift of a day, whether enough people who can are there."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from skillmark.desks.reports.names import Names
from skillmark.desks.reports.shape import Ask, Column, Content, Report
from skillmark.desks.spreadsheets import Value
from skillmark.rooms.people.rules import Actor
from skillmark.rooms.talent import queries as talent


def build(actor: Actor, ask: Ask) -> Content:
    """One row for each head-count and shift. `least` is the fewest at one time, `when` the hours in which that is so, and
    `can_be_away` how many may be away before there are too few."""
    names = Names(actor=actor, language=ask.language)
    rows: list[list[Value]] = []
    for one in talent.cover(actor=actor, on=ask.on, known_at=ask.known_at):
        if ask.site_id not in {None, one.site_id} or ask.shift_id not in {None, one.shift_id}:
            continue
        what = " + ".join(names.item(item_id) for item_id in one.item_ids)
        met = _("Enough") if not one.short_by else _("Short by %(count)s") % {"count": one.short_by}
        who = ", ".join(line.name for line in one.who)
        when = f"{_clock(one.span.start)}–{_clock(one.span.until)}"
        rows.append([what, one.site, one.shift, one.n, one.least, met, one.short_by, when, one.bus_factor, who])
    columns = [
        Column("items", _("What"), 3), Column("site", _("Site")), Column("shift", _("Shift")),
        Column("needed", _("Needed"), 1), Column("least", _("Fewest there"), 1), Column("state", _("State")),
        Column("short_by", _("Short by"), 1), Column("when", _("When")), Column("can_be_away", _("Can be away"), 1),
        Column("who", _("Who counts"), 4),
    ]  # fmt: skip
    return Content(columns, rows)


def _clock(minutes: int) -> str:
    """Time of day; 24:00 is told as such, the day before and after as the time they are."""
    if minutes == 24 * 60:
        return "24:00"
    return f"{minutes // 60 % 24:02}:{minutes % 60:02}"


REPORT = Report(name="cover", title=gettext_lazy("Enough people"), build=build, takes=frozenset({"site_id", "shift_id"}))
