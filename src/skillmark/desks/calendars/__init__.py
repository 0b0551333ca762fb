"""Expiries as a calendar that other programs read (RFC 5545). Each is a whole day with two alarms before it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID, uuid5

from django.utils import translation
from django.utils.translation import gettext as _
from icalendar import Alarm, Calendar, Event, vText

from skillmark.rooms.skills.rules import label
from skillmark.rooms.talent.rules import Cell, State

ALARMS = (timedelta(days=30), timedelta(days=7))
LANGUAGES = ("en", "es")
_LEFT_OUT = frozenset({State.EXEMPT, State.NOT_YET_VALID})


@dataclass(frozen=True, slots=True)
class Entry:
    """One card of one person that ends on a day. `name` is what may be shown of the person."""

    person_id: UUID
    name: str
    item_id: UUID
    item: Mapping[str, str]
    ends: date


def entries(*, person_id: UUID, name: str, cells: Mapping[UUID, Cell], items: Mapping[UUID, Mapping[str, str]]) -> list[Entry]:
    """What ends in one person's row. `items` are names by language, by item."""
    return [
        Entry(person_id, name, item_id, items[item_id], cell.ends)
        for item_id, cell in cells.items()
        if cell.ends is not None and cell.state not in _LEFT_OUT and item_id in items
    ]


def calendar(*, feed_id: UUID, title: str, found: Iterable[Entry], language: str, on: date) -> bytes:
    """The calendar file, the same bytes all day while nothing changes, in the order of days."""
    language = language if language in LANGUAGES else "en"
    with translation.override(language):
        made = Calendar()
        made.add("prodid", f"-//Skillmark//Expiries//{language.upper()}")
        made.add("version", "2.0")
        made.add("method", "PUBLISH")
        made.add("x-wr-calname", vText(_("%(name)s: what ends when") % {"name": title}))
        made.add("refresh-interval", timedelta(hours=12), parameters={"VALUE": "DURATION"})  # RFC 7986
        for one in sorted(found, key=lambda one: (one.ends, one.name, str(one.item_id))):
            made.add_component(_event(one, feed_id, language, on))
    return bytes(made.to_ical())


def _event(one: Entry, feed_id: UUID, language: str, on: date) -> Event:
    said = _("%(name)s: %(item)s ends") % {"name": one.name, "item": label(one.item, language=language)}
    event = Event()
    # Opaque, and another one in every calendar: addresses that leak tell nothing that could be looked up elsewhere.
    event.add("uid", f"{uuid5(feed_id, f'{one.person_id}.{one.item_id}')}@skillmark")
    event.add("dtstamp", datetime.combine(on, time(), tzinfo=UTC))
    event.add("dtstart", one.ends)
    event.add("dtend", one.ends + timedelta(days=1))
    event.add("summary", said)
    event.add("description", _("The last day on which it counts. After it, a new one is needed."))
    event.add("transp", "TRANSPARENT")
    event.add("class", "PRIVATE")
    for before in ALARMS:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", said)
        alarm.add("trigger", -before)
        event.add_component(alarm)
    return event
