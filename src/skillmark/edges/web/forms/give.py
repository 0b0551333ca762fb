"""Forms for giving a proof: who gets it, what was seen, and the press that gives it."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from skillmark.desks import words
from skillmark.edges.web.forms import choices
from skillmark.rooms.credentials.rules import LEVELS, level_name
from skillmark.rooms.people.rules.facts import CannotWrite, demand_seen

SOMEONE_NEW = "new"


class WhoForm(forms.Form):
    """Who gets it. `today` is the day at the firm's site; `listed` are people who bear the typed name, if any.

    `who` appears only when the name is on the list more than once, or was said to be someone else's.
    """

    name = forms.CharField(
        label=_("Name"),
        max_length=120,
        error_messages={"required": _("Type the name of the person who gets it.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "list": "people", "autocapitalize": "words"}),
    )
    level = forms.TypedChoiceField(
        label=_("Which level did you see?"),
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the level that you saw.")},
    )
    observed_on = forms.DateField(
        label=_("When did you see it?"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Say on which day you saw it."), "invalid": _("That isn’t a date.")},
    )
    note = forms.CharField(
        label=_("What did you see?"),
        required=False,
        max_length=500,
        help_text=_("Facts, such as machine, place or number of pieces. It is part of the proof, and everybody can read it."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    phone = forms.CharField(
        label=_("Phone"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
    )
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={"invalid": _("That does not look like an e-mail address. Leave it empty if you have none.")},
    )
    language = choices.language(label=_("Language this person reads"))
    who = forms.CharField(required=False, widget=forms.HiddenInput)
    known = forms.CharField(required=False, max_length=4000, widget=forms.HiddenInput)
    request_key = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, level_asked: bool, today: date, spoken: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        if level_asked:
            field = self.fields["level"]
            assert isinstance(field, forms.TypedChoiceField)
            field.choices = [(number, f"{number} {level_name(level=number, language=spoken)}") for number in LEVELS]
        else:
            del self.fields["level"]
        self.fields["observed_on"].widget.attrs["max"] = today.isoformat()

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())

    def clean_observed_on(self) -> date:
        day: date = self.cleaned_data["observed_on"]
        choices.demand_seen_day(day, today=self.today)
        return day

    def clean(self) -> dict[str, Any]:
        """What may not be signed is said before the preview, not after it."""
        cleaned: dict[str, Any] = super().clean() or {}
        try:
            demand_seen(text=cleaned.get("note", ""), names=[cleaned.get("name", "")])
        except CannotWrite as error:
            self.add_error("note", words.sentence(error.code, error.facts))
        return cleaned

    def clean_known(self) -> frozenset[uuid.UUID]:
        """The people who bore this name when the preview was shown."""
        found = set()
        for text in self.cleaned_data["known"].split(","):
            try:
                found.add(uuid.UUID(text))
            except ValueError:
                continue
        return frozenset(found)

    def ask_which(self, *, people: Collection[tuple[str, str]]) -> None:
        """Several people bear this name: let the giver choose between them and someone new."""
        self.fields["who"] = forms.ChoiceField(
            label=_("Which one?"),
            choices=[*people, (SOMEONE_NEW, _("Someone else with the same name"))],
            widget=forms.RadioSelect,
        )
        self.order_fields(["name", "who"])
        self.add_error("who", _("More than one person has this name. Choose one."))
