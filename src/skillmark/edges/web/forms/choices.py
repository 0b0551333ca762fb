"""What several forms let a person choose from: languages, time zones, the order of a date."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING
from zoneinfo import available_timezones

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from skillmark.rooms.credentials.rules import is_long_ago

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

# Each language is named in itself, so that its readers find it.
LANGUAGES: tuple[tuple[str, str], ...] = (("en", "English"), ("es", "Español"))

DATE_ORDERS: tuple[tuple[str, Promise], ...] = (
    ("mdy", _("Month first: May 4, 2026")),
    ("dmy", _("Day first: 4 May 2026")),
    ("ymd", _("Year first: 2026 May 4")),
)

_HOME_ZONES: tuple[tuple[str, Promise], ...] = (
    ("America/New_York", _("Eastern time (New York)")),
    ("America/Chicago", _("Central time (Chicago)")),
    ("America/Denver", _("Mountain time (Denver)")),
    ("America/Phoenix", _("Arizona (Phoenix)")),
    ("America/Los_Angeles", _("Pacific time (Los Angeles)")),
    ("America/Anchorage", _("Alaska (Anchorage)")),
    ("Pacific/Honolulu", _("Hawaii (Honolulu)")),
    ("America/Puerto_Rico", _("Puerto Rico (San Juan)")),
)
_AREAS = ("Africa/", "America/", "Asia/", "Atlantic/", "Australia/", "Europe/", "Indian/", "Pacific/")


@cache
def _elsewhere() -> tuple[tuple[str, str], ...]:
    home = {name for name, _label in _HOME_ZONES}
    zones = sorted(name for name in available_timezones() if name.startswith(_AREAS) and name not in home)
    return tuple((name, name.replace("_", " ").replace("/", " – ")) for name in zones)


class TimeZoneField(forms.ChoiceField):
    """A time zone; a small script chooses the browser's own where the page has none yet."""

    def __init__(self, **options: object) -> None:
        super().__init__(
            label=_("Time zone"),
            choices=lambda: [(_("United States"), list(_HOME_ZONES)), (_("Elsewhere"), list(_elsewhere()))],
            **options,  # type: ignore[arg-type]
        )

    def validate(self, value: object) -> None:
        """Any zone that this computer knows will do: a browser may name one that is not in the list."""
        if value not in available_timezones():
            raise ValidationError(_("Choose your time zone from the list."))


def language(*, label: StrPromise) -> forms.ChoiceField:
    """A choice between English and Spanish."""
    return forms.ChoiceField(label=label, choices=LANGUAGES, widget=forms.RadioSelect)


def date_order() -> forms.ChoiceField:
    """How this firm writes a date."""
    return forms.ChoiceField(label=_("How do you write a date?"), choices=DATE_ORDERS)


def day(
    *, label: StrPromise, required: bool = True, help_text: StrPromise | str = "", missing: StrPromise | str = ""
) -> forms.DateField:
    """A day of the calendar. `missing` is said where it is left empty."""
    picker = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    errors = {"invalid": _("That isn’t a date."), **({"required": missing} if missing else {})}
    return forms.DateField(label=label, required=required, help_text=help_text, widget=picker, error_messages=errors)


def demand_seen_day(day: date, *, today: date) -> None:
    """A day on which somebody saw something: not still to come, and not with a slip in its year. Raises ValidationError."""
    if day > today:
        raise ValidationError(_("That day is still to come. Say when you saw it."))
    if is_long_ago(day, today=today):
        raise ValidationError(_("That day is more than 60 years ago. Look at the year."))


def another() -> forms.BooleanField:
    """The answer to "Is this the same person?", asked only where somebody of that name is there already."""
    return forms.BooleanField(label=_("No, this is another person"), required=False, widget=forms.HiddenInput)
