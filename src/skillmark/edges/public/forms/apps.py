"""Offers of other givers: the link, and the number that the giver tells."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

MOST_STATE = 1_000_000


class OfferForm(forms.Form):
    """`offer` is a link, an address, or what was copied out of another app."""

    offer = forms.CharField(
        max_length=16_384,
        label=gettext_lazy("The link that you were given"),
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": gettext_lazy("Paste the link here.")},
    )


class TakeForm(forms.Form):
    """`state` is the offer that was looked at, signed by us; `number` what the giver told, where they want one."""

    state = forms.CharField(max_length=MOST_STATE, widget=forms.HiddenInput)
    number = forms.CharField(max_length=100, required=False, label=gettext_lazy("The number that the giver told you"))

    def __init__(self, *args: Any, asks: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._asks = asks

    def clean_number(self) -> str:
        number = str(self.cleaned_data["number"]).strip()
        if self._asks and not number:
            raise forms.ValidationError(_("Type the number that the giver told you."))
        return number
