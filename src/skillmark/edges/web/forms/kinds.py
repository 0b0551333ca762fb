"""The form of a kind of proof. Without what and how it cannot be made: that is what makes a proof worth something."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from skillmark.edges.web.forms import choices
from skillmark.rooms.credentials.rules import NAME_LENGTH, TEXT_LENGTH

METHODS = (
    ("observed", _("Someone watched it being done")),
    ("test", _("A test")),
    ("hours", _("Hours of practice, written down")),
)
MONTHS = (
    ("", _("It does not expire")),
    ("6", _("6 months")),
    ("12", _("1 year")),
    ("24", _("2 years")),
    ("36", _("3 years")),
    ("48", _("4 years")),
    ("60", _("5 years")),
)


class KindForm(forms.Form):
    """`months` is a number or None, `steps` a list; `language` is the language that the texts are written in."""

    name = forms.CharField(
        label=_("What is it for?"),
        max_length=NAME_LENGTH,
        help_text=_("A short name, such as “Walk-behind pallet jack”."),
        error_messages={"required": _("Give it a short name.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    did = forms.CharField(
        label=_("What does the person do?"),
        max_length=TEXT_LENGTH,
        help_text=_(
            "What you can see, not what the person is like: “Moved loaded pallets through the aisles and parked safely.”"
        ),
        error_messages={"required": _("Say what the person does. Without it nobody knows what the proof means.")},
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    how = forms.CharField(
        label=_("How do you check it?"),
        max_length=TEXT_LENGTH,
        help_text=_("Who looks, at what, against which list or rule."),
        error_messages={"required": _("Say how you check it first. Without it nobody can rely on the proof.")},
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    steps = forms.CharField(
        label=_("Step by step"),
        required=False,
        help_text=_("One step a line: what can be seen. Leave it empty where there are no steps."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    method = forms.ChoiceField(label=_("Mostly by"), choices=METHODS, widget=forms.RadioSelect, initial="observed")
    months = forms.TypedChoiceField(
        label=_("How long does it count?"),
        choices=MONTHS,
        coerce=int,
        empty_value=None,
        required=False,
        initial="",
    )
    level_asked = forms.BooleanField(
        label=_("Ask for one of four levels each time: learning, with help, alone, can teach"),
        required=False,
    )
    language = choices.language(label=_("Language you wrote this in"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        months = (self.initial or {}).get("months")
        field = self.fields["months"]
        assert isinstance(field, forms.TypedChoiceField)
        if months and str(months) not in dict(MONTHS):
            # Kept as the firm has it: choosing another number must be a choice, not a side effect of saving.
            field.choices = [*MONTHS, (str(months), _("%(months)s months") % {"months": months})]

    def clean_steps(self) -> list[str]:
        """One a line."""
        return [line.strip() for line in str(self.cleaned_data["steps"]).splitlines() if line.strip()]
