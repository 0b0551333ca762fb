"""The code of a leaver's sheet, and the PIN that was told by mouth."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from skillmark.edges.public.forms.claim import digits
from skillmark.rooms.people import rules as people


class CodeForm(forms.Form):
    """Any way of writing the eight characters is taken: small letters, spaces, with or without the line."""

    code = forms.CharField(
        max_length=40,
        label=_("Code on your paper"),
        error_messages={"required": _("Type the code that is on your paper.")},
    )

    def clean_code(self) -> str:
        return people.plain_code(self.cleaned_data["code"])


class PinForm(forms.Form):
    pin = forms.CharField(
        max_length=20,
        label=_("PIN that was told to you"),
        error_messages={"required": _("Type the PIN that was told to you.")},
        widget=forms.TextInput(attrs={"class": "pin", "inputmode": "numeric", "autocomplete": "one-time-code"}),
    )

    def clean_pin(self) -> str:
        return digits(self.cleaned_data["pin"])
