"""Somebody who starts soon: name, position, site and first day are all that it takes."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from skillmark.edges.web.forms import choices
from skillmark.edges.web.forms.people import Doubtful, PersonForm, PlaceForm


class StarterForm(PersonForm, PlaceForm, Doubtful):
    """A new person, in one form."""

    number = None  # type: ignore[assignment]  # comes later, with the payroll
    email = None  # type: ignore[assignment]
    contract = None  # type: ignore[assignment]
    hired_on = choices.day(label=_("First day"), help_text=_("Until then they are no gap on your board."))

    field_order = ("name", "position_id", "site_id", "hired_on", "phone", "language")

    def facts(self) -> dict[str, object]:
        """What the room takes."""
        return {name: self.cleaned_data[name] for name in self.fields if name != "another"}


class SettleForm(forms.Form):
    """Yes, it fits; or no."""

    fits = forms.ChoiceField(choices=[("yes", "yes"), ("no", "no")])


class SlipForm(forms.Form):
    """The link that stands on the page, once more, for paper: it is kept nowhere."""

    token = forms.CharField(max_length=80)
