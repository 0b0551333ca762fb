"""The code from a slip, and the PIN that was told by mouth."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from skillmark.rooms.people import rules as people


class CodeForm(forms.Form):
    """Any way of writing the eight characters is taken: small letters, spaces, with or without the line."""

    code = forms.CharField(
        max_length=40,
        label=_("Code on your slip"),
        error_messages={"required": _("Type the code that is on your slip.")},
    )

    def clean_code(self) -> str:
        return people.plain_code(self.cleaned_data["code"])


class PinForm(forms.Form):
    pin = forms.CharField(
        max_length=20,
        label=_("PIN your supervisor told you"),
        error_messages={"required": _("Type the PIN that your supervisor told you.")},
    )

    def clean_pin(self) -> str:
        return digits(self.cleaned_data["pin"])


def digits(pin: str) -> str:
    """PINs are told by mouth and copied from notes: spaces and lines between the digits mean nothing."""
    return "".join(character for character in pin if not character.isspace() and character != "-")
