"""Forms about sites and shifts."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from skillmark.edges.web.forms import choices

WEEKDAYS = (
    ("1", _("Monday")), ("2", _("Tuesday")), ("3", _("Wednesday")), ("4", _("Thursday")), ("5", _("Friday")),
    ("6", _("Saturday")), ("7", _("Sunday")),
)  # fmt: skip


class SiteForm(forms.Form):
    """A place where people work."""

    name = forms.CharField(
        label=_("Name of the site"),
        max_length=120,
        error_messages={"required": _("Please type a name for the site.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    time_zone = choices.TimeZoneField()
    date_order = choices.date_order()


class ShiftForm(forms.Form):
    """Hours of work. One that ends before it starts runs over midnight."""

    name = forms.CharField(
        label=_("Name of the shift"),
        max_length=100,
        error_messages={"required": _("Please type a name for the shift.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    starts_at = forms.TimeField(label=_("Starts at"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    ends_at = forms.TimeField(
        label=_("Ends at"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text=_("Earlier than the start means: the next morning."),
    )
    weekdays = forms.MultipleChoiceField(
        label=_("On which days?"),
        choices=WEEKDAYS,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one day.")},
    )
    site_id = forms.UUIDField(label=_("Site"), required=False)

    def __init__(self, *args: Any, sites: list[tuple[Any, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        field: Any = self.fields["site_id"]
        field.widget = forms.Select(choices=[("", _("All sites")), *sites])

    def clean_weekdays(self) -> str:
        """The days as digits, 1 for Monday."""
        return "".join(sorted(self.cleaned_data["weekdays"]))
