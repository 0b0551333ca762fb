"""A day, typed as it stands on a card. One that can be read in two ways is asked about, never guessed."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from skillmark.desks.importers.roster import dates
from skillmark.edges.web import wording


class DayField(forms.CharField):
    """Takes "4 March 2027", "Mar 4, 2027", "2027-03-04", "03/2027" (its last day) and three numbers that are no doubt."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("required", False)
        widget = forms.TextInput(attrs={"autocomplete": "off", "maxlength": 40})
        super().__init__(widget=widget, max_length=40, **options)
        self.today = date.max

    def prepare_value(self, value: Any) -> Any:
        return wording.day(day=value) if isinstance(value, date) else value

    def clean(self, value: Any) -> Any:
        """The day; None for nothing, and for a doubt, which the form asks about."""
        text = super().clean(value)
        if not text or dates.is_double(text, on=self.today):
            return None
        read = dates.read(text, way=dates.Way(_order(text, self.today)), on=self.today)
        if read.kind is dates.Kind.NOTHING:
            return None
        if read.day is None:
            raise forms.ValidationError(_problem(read.code), code=read.code)
        return read.day


class DayForm(forms.Form):
    """A form with days in it. `today` tells which century a year of two digits is in."""

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in list(self.fields):
            field = self.fields[name]
            if isinstance(field, DayField):
                field.today = today
                self._ask(name, self.data.get(self.add_prefix(name), "") if self.is_bound else "", today)

    def clean(self) -> dict[str, Any]:
        """A doubt that was answered is the day that was chosen."""
        data = super().clean() or {}
        for name in [name for name in self.fields if name.endswith("_is")]:
            chosen = data.get(name)
            if chosen:
                data[name.removesuffix("_is")] = date.fromisoformat(chosen)
            elif name not in self.errors:
                self.add_error(name, _("Choose which day it is."))
        return data

    def _ask(self, name: str, text: str, today: date) -> None:
        if not dates.is_double(text, on=today):
            return
        days = [dates.read(text, way=dates.Way(order), on=today).day for order in (dates.Order.MDY, dates.Order.DMY)]
        self.fields[f"{name}_is"] = forms.ChoiceField(
            label=_("Which day is “%(text)s”?") % {"text": text}, required=False, widget=forms.RadioSelect,
            choices=[(day.isoformat(), wording.day(day=day)) for day in days if day is not None],
        )  # fmt: skip


HINT = gettext_lazy("As on the card, such as 03/31/2027 or March 31, 2027.")


def _order(text: str, today: date) -> dates.Order:
    """The order in which three numbers are a day of the calendar; where neither is, the message is the same."""
    first = dates.read(text, way=dates.Way(dates.Order.MDY), on=today)
    return dates.Order.MDY if first.day is not None else dates.Order.DMY


def _problem(code: str) -> str:
    return {
        "date.not_in_calendar": _("This day is not in the calendar."),
        "date.year_only": _("Type the day and the month, too."),
        "date.no_year": _("Type the year, too."),
        "date.two_readings": _("Type the whole date, with the year in four digits."),
    }.get(code, _("We can’t read this date. Type it like March 31, 2027."))
