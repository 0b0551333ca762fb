"""How a person opens their own page again: a slip code and a PIN that they chose."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from skillmark.edges.public.forms.claim import digits
from skillmark.rooms.people import rules as people


class OpenForm(forms.Form):
    code = forms.CharField(
        max_length=60,
        label=_("Code on the slip of your page"),
        error_messages={"required": _("Type the code that is on the slip of your page.")},
    )
    pin = forms.CharField(
        max_length=20,
        label=_("PIN that you chose"),
        error_messages={"required": _("Type the PIN that you chose.")},
    )

    def clean_code(self) -> str:
        return people.plain_code(self.cleaned_data["code"])

    def clean_pin(self) -> str:
        return digits(self.cleaned_data["pin"])


class ChooseForm(forms.Form):
    """Six digits. The room decides which are too easy; the form only asks for the shape."""

    pin = forms.RegexField(
        r"^[0-9]{6}$",
        strip=True,
        label=_("Choose a PIN of 6 digits"),
        error_messages={"required": _("Choose a PIN of 6 digits."), "invalid": _("A PIN has exactly 6 digits.")},
    )


class ChangeForm(ChooseForm):
    """Another PIN, for someone who knows the one of today. It comes with a new slip."""

    old = forms.CharField(max_length=20, label=_("Your PIN now"), error_messages={"required": _("Type your PIN.")})

    field_order = ("old", "pin")

    def clean_old(self) -> str:
        return digits(self.cleaned_data["old"])


class RecoverForm(ChooseForm):
    """A code from the sheet, the new PIN, and whether the other devices go on."""

    code = forms.CharField(
        max_length=60,
        label=_("One of your recovery codes"),
        error_messages={"required": _("Type one of the codes that you printed.")},
    )
    keep_passkeys = forms.BooleanField(
        required=False,
        label=_("Face or finger goes on working on my devices"),
        help_text=_("Leave this empty if a phone is lost or was stolen."),
    )

    field_order = ("code", "pin", "keep_passkeys")

    def clean_code(self) -> str:
        return people.plain_code(self.cleaned_data["code"])
