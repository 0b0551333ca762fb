"""What is wrong on a proof, said by the person whom it is about."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from skillmark.desks.disputes import ABOUT
from skillmark.edges.public.forms.claim import digits
from skillmark.rooms.credentials.rules import DISPUTE_LENGTH


class WrongForm(forms.Form):
    """`needs_pin`: before it is kept, the PIN tells who is speaking."""

    about = forms.ChoiceField(
        label=_("What is wrong?"),
        choices=list(ABOUT.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what is wrong."), "invalid_choice": _("Choose what is wrong.")},
    )
    words = forms.CharField(
        label=_("In your own words"),
        max_length=DISPUTE_LENGTH,
        help_text=_("The firm that gave it reads this. What should it say?"),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Say in your own words what is wrong.")},
    )
    pin = forms.CharField(
        max_length=20,
        label=_("PIN your supervisor told you"),
        error_messages={"required": _("Type the PIN that your supervisor told you.")},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )

    def __init__(self, *args: Any, needs_pin: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not needs_pin:
            del self.fields["pin"]

    def clean_pin(self) -> str:
        return digits(self.cleaned_data["pin"])
