"""Forms about codes to scan."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class PlaceCodeForm(forms.Form):
    """A code for a machine or a door: what is done there, and where it is."""

    name = forms.CharField(
        label=_("Where will it hang?"),
        max_length=100,
        help_text=_("For example Cell 3, or Forklift 2. It is printed above the code."),
        error_messages={"required": _("Please say where it will hang.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    item_id = forms.UUIDField(label=_("What must a person be able to do there?"))
    site_id = forms.UUIDField(label=_("Site"), required=False)
    counts = forms.BooleanField(
        label=_("Strangers may see how many can do it here today"),
        required=False,
        help_text=_("Never who. Without this they see your firm’s name and nothing else."),
    )

    def __init__(
        self, *args: Any, items: list[tuple[Any, str]], sites: list[tuple[Any, str]], limited: bool, **more: Any
    ) -> None:
        """`limited`: one of the sites must be chosen."""
        super().__init__(*args, **more)
        item: Any = self.fields["item_id"]
        item.widget = forms.Select(choices=items)
        site: Any = self.fields["site_id"]
        site.required = limited
        site.widget = forms.Select(choices=sites if limited else [("", _("All sites")), *sites])


class ShowingForm(forms.Form):
    """What a stranger may see who scans a person's code."""

    items = forms.MultipleChoiceField(label=_("What may a stranger see?"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, items: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        field: Any = self.fields["items"]
        field.choices = items
