"""Forms about proofs that were given."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

OTHER = "other"
REASONS = (
    ("mistake", _("Given by mistake")),
    ("wrong_person", _("Given to the wrong person")),
    ("no_longer", _("The person can’t do it any more, or must be checked again")),
    ("replaced", _("Replaced by a newer one")),
    (OTHER, _("Something else")),
)


class CancelForm(forms.Form):
    """A reason, and own words where the list has none."""

    reason = forms.ChoiceField(
        label=_("Why?"),
        choices=REASONS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a reason.")},
    )
    words = forms.CharField(
        label=_("In your own words"),
        required=False,
        max_length=400,
        help_text=_("Only your firm sees this. Facts only."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("reason") == OTHER and not cleaned.get("words"):
            self.add_error("words", _("Say in a few words why."))
        return cleaned

    def said(self) -> str:
        """The reason as it is kept: the chosen one, and the words."""
        chosen = str(dict(REASONS)[self.cleaned_data["reason"]])
        words: str = self.cleaned_data["words"]
        if self.cleaned_data["reason"] == OTHER:
            return words
        return f"{chosen}: {words}" if words else chosen
