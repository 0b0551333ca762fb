"""What is said when somebody leaves. There is no field for a reason, and none for how well they worked."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from skillmark.desks.leaving import Asked
from skillmark.edges.web.forms import choices
from skillmark.rooms.credentials import rules


class LeavingForm(forms.Form):
    """The last day, what the records lack, and what goes along only if it is ticked."""

    last = choices.day(label=_("Last day of work"))
    first = choices.day(label=_("First day of work"), required=False)
    title = forms.CharField(
        label=_("What they did here"),
        max_length=rules.STINT_TEXT,
        required=False,
        help_text=_("Such as “Line cook”."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    site = forms.CharField(label=_("Site"), max_length=rules.STINT_TEXT, required=False)
    add_duties = forms.BooleanField(label=_("Say what they did"), required=False)
    duties = forms.CharField(
        label=_("Their tasks"),
        max_length=rules.DUTIES_LENGTH,
        required=False,
        help_text=_("Tasks only, no opinion: “Grill and fry line, closing, allergen hand-off.”"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    add_hours = forms.BooleanField(label=_("Say how many hours"), required=False)
    hours = forms.CharField(
        label=_("Hours in all"),
        max_length=rules.HOURS_LENGTH,
        required=False,
        help_text=_("Such as “1,450” or “about 30 a week”."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    request_key = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, lacks_title: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not lacks_title:  # the records hold it: it is shown, and changed there
            del self.fields["title"], self.fields["site"]

    def asked(self) -> Asked:
        """What was ticked and typed; what was typed and not ticked stays here."""
        data = self.cleaned_data
        return Asked(
            last=data["last"], first=data["first"], title=data.get("title", ""), site=data.get("site", ""),
            duties=data["duties"] if data["add_duties"] else "", hours=data["hours"] if data["add_hours"] else "",
        )  # fmt: skip

    def carried(self) -> list[tuple[str, str]]:
        """All of it as hidden fields, for the press that gives."""
        return [(name, self._text(self.cleaned_data[name])) for name in self.fields if self.cleaned_data[name]]

    @staticmethod
    def _text(value: Any) -> str:
        return "on" if value is True else value.isoformat() if hasattr(value, "isoformat") else str(value)
