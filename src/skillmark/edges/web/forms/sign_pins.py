"""Forms about the PIN of a shared phone."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

_PIN = {"class": "pin", "inputmode": "numeric", "autocomplete": "off", "maxlength": "12"}


class ChoosePinForm(forms.Form):
    """A PIN, typed twice."""

    pin = forms.CharField(
        label=_("Choose a PIN"), max_length=12, help_text=_("4 to 6 digits. Six are safer."),
        error_messages={"required": _("Choose a PIN.")}, widget=forms.PasswordInput(attrs=_PIN),
    )  # fmt: skip
    again = forms.CharField(
        label=_("The same PIN again"), max_length=12, error_messages={"required": _("Type the PIN again.")},
        widget=forms.PasswordInput(attrs=_PIN),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Both must be the same."""
        cleaned: dict[str, Any] = super().clean() or {}
        if "pin" in cleaned and "again" in cleaned and cleaned["pin"] != cleaned["again"]:
            self.add_error("again", _("The two PINs differ. Type them again."))
        return cleaned


class TakeOverForm(forms.Form):
    """Who is signing, and their PIN."""

    member = forms.ChoiceField(
        label=_("Who is signing?"), widget=forms.RadioSelect, error_messages={"required": _("Choose your name.")}
    )
    pin = forms.CharField(
        label=_("Your PIN"), max_length=12, error_messages={"required": _("Type your PIN.")},
        widget=forms.PasswordInput(attrs=_PIN),
    )  # fmt: skip

    def __init__(self, *args: Any, members: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        field: Any = self.fields["member"]
        field.choices = members
