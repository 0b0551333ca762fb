"""Forms about the people of a firm."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from skillmark.edges.web.forms import choices


class PersonForm(forms.Form):
    """One person; the name alone is enough."""

    name = forms.CharField(
        label=_("Name"),
        max_length=120,
        error_messages={"required": _("Please type the person’s name.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    number = forms.CharField(
        label=_("Employee number"),
        max_length=40,
        required=False,
        help_text=_("As on the payroll. It tells two people of one name apart."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    hired_on = choices.day(label=_("Works here since"), required=False)
    phone = forms.CharField(
        label=_("Phone"),
        max_length=40,
        required=False,
        help_text=_("So that you can text them from your own phone."),
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
    )
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        error_messages={"invalid": _("That does not look like an e-mail address. Leave it empty if you have none.")},
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    language = choices.language(label=_("Language this person reads"))


class PlaceForm(forms.Form):
    """What somebody does, and where. `places` are (id, name) pairs by the name of their field."""

    position_id = forms.UUIDField(label=_("Position"), required=False)
    site_id = forms.UUIDField(label=_("Site"), required=False)
    shift_id = forms.UUIDField(label=_("Shift"), required=False)
    contract = forms.CharField(
        label=_("Contract or client"),
        max_length=100,
        required=False,
        help_text=_("If a client asks for more than you do."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, places: dict[str, list[tuple[Any, str]]], site_required: bool = False, **more: Any) -> None:
        super().__init__(*args, **more)
        for name, found in places.items():
            field: Any = self.fields[name]
            field.widget = forms.Select(choices=[("", _("None")), *found])
            if not found:
                del self.fields[name]
        if site_required and "site_id" in self.fields:
            site: Any = self.fields["site_id"]
            site.required, site.widget = True, forms.Select(choices=places["site_id"])

    def chosen(self) -> dict[str, Any]:
        """The place as the rooms take it; what this firm has none of is not there."""
        names = ("position_id", "site_id", "shift_id", "contract")
        return {name: self.cleaned_data[name] for name in names if name in self.fields}


class Doubtful(forms.Form):
    """A form that may have to ask: is this the same person?"""

    another = choices.another()

    def doubt(self, namesakes: Sequence[object]) -> bool:
        """Whether it must be asked, and was not answered yet."""
        if not namesakes:
            return False
        self.fields["another"].widget = forms.CheckboxInput()
        return not self.cleaned_data["another"]


class NewPersonForm(PersonForm, PlaceForm, Doubtful):
    """A person with where they work."""

    field_order = ("name", "number", "position_id", "site_id", "shift_id", "contract", "hired_on")


class EditPersonForm(PersonForm):
    """Change what is known. A name that is no longer used stays findable, unless it was only mistyped."""

    mistyped = forms.BooleanField(
        label=_("Only a typing mistake: forget the old spelling"),
        required=False,
        help_text=_("After a real change of name we keep the old one, so that papers of that time are still found."),
    )


class MoveForm(PlaceForm):
    """Another place from a day on."""

    starts = choices.day(label=_("From"))
    also = forms.BooleanField(label=_("They keep doing what they do now, too"), required=False)

    def clean_starts(self) -> date:
        """No earlier than anybody can have begun."""
        day: date = self.cleaned_data["starts"]
        if day.year < 1950:
            raise forms.ValidationError(_("That day is too long ago."))
        return day


class AwayForm(forms.Form):
    """Days on which somebody is not here."""

    starts = choices.day(label=_("First day away"))
    ends = choices.day(label=_("Last day away"))


class FirstDayForm(forms.Form):
    """The first day of work again."""

    first = choices.day(label=_("First day back"))


class PartForm(forms.Form):
    """What belongs to the other of two people who stood under one name."""

    name = forms.CharField(
        label=_("Name of the other person"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    number = forms.CharField(
        label=_("Employee number of the other person"), max_length=40, required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    holding_ids = forms.TypedMultipleChoiceField(
        label=_("What is theirs?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, held: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        field: Any = self.fields["holding_ids"]
        field.choices = held


class DeleteForm(forms.Form):
    """The name, typed as a sign that it is meant."""

    typed_name = forms.CharField(
        label=_("Type the name to delete this person"),
        max_length=200,
        error_messages={"required": _("Type the name as it stands above.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


class NamesForm(Doubtful):
    """A pasted list, one name a line."""

    MOST = 500

    names = forms.CharField(
        label=_("Names, one on each line"),
        error_messages={"required": _("Please paste at least one name.")},
        widget=forms.Textarea(attrs={"rows": 10, "autocomplete": "off", "spellcheck": "false"}),
    )
    language = choices.language(label=_("Language these people read"))
    site_id = forms.UUIDField(label=_("Site"))

    def __init__(self, *args: Any, sites: list[tuple[Any, str]], **more: Any) -> None:
        """`sites` are those that a supervisor must choose from; empty: nobody asks."""
        super().__init__(*args, **more)
        if sites:
            field: Any = self.fields["site_id"]
            field.widget = forms.Select(choices=sites)
        else:
            del self.fields["site_id"]

    def clean_names(self) -> list[str]:
        """The names without empty lines and doubles, in the order they were pasted."""
        lines = (" ".join(line.split()) for line in self.cleaned_data["names"].splitlines())
        names = list(dict.fromkeys(line for line in lines if line))
        if not names:
            raise forms.ValidationError(_("Please paste at least one name."))
        if len(names) > self.MOST:
            raise forms.ValidationError(_("That is more than 500 names. Paste them in smaller parts."))
        long = next((name for name in names if len(name) > 120), None)
        if long is not None:
            raise forms.ValidationError(_("This line is too long for a name: “%(start)s…”"), params={"start": long[:40]})
        return names
