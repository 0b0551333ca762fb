"""Forms of the restricted part: what is asked for, what somebody has shown, and who may look."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

_DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
EVERYONE, POSITIONS = "everyone", "positions"
NOTHING, READ, CHANGE = "nothing", "read", "change"


class HealthItemForm(forms.Form):
    """What is asked for, of whom, and how long it counts."""

    name = forms.CharField(
        label=_("What do you ask for?"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Give it a name.")},
    )  # fmt: skip
    other_name = forms.CharField(
        label=_("The same in the other language"), max_length=120, required=False,
        help_text=_("For people who read English or Spanish, whichever you did not write above."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    months = forms.IntegerField(
        label=_("For how many months does it count?"), min_value=1, max_value=600, required=False,
        help_text=_("Empty: it has no end."),
    )  # fmt: skip
    who = forms.ChoiceField(
        label=_("Who needs it?"), widget=forms.RadioSelect, initial=EVERYONE,
        choices=((EVERYONE, _("Everyone")), (POSITIONS, _("Only some positions"))),
    )  # fmt: skip
    positions = forms.MultipleChoiceField(label=_("Which positions?"), required=False, widget=forms.CheckboxSelectMultiple)
    source = forms.URLField(
        label=_("Which rule asks for it?"), max_length=500, required=False, assume_scheme="https",
        help_text=_("The page of the rule, starting with https://. Rules differ: check your state."),
        error_messages={"invalid": _("Type an address that starts with https://")},
    )  # fmt: skip
    about = forms.CharField(label=_("Note"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2}))
    starts = forms.DateField(
        label=_("From which day does this hold?"), widget=_DATE, help_text=_("Days before keep what was asked then.")
    )

    def __init__(self, *args: Any, positions: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["positions"].choices = positions  # type: ignore[attr-defined]
        if not positions:
            del self.fields["who"], self.fields["positions"]

    def clean(self) -> dict[str, Any]:
        """Positions are chosen only where not everyone needs it."""
        data = super().clean() or {}
        if data.get("who") == POSITIONS and not data.get("positions"):
            self.add_error("positions", _("Choose at least one position."))
        return data


class HealthRecordForm(forms.Form):
    """What somebody has shown."""

    item = forms.ChoiceField(label=_("For what?"), error_messages={"required": _("Choose what it is for.")})
    obtained = forms.DateField(
        label=_("On which day did they get it?"), widget=_DATE, error_messages={"required": _("Type the day.")}
    )
    ends = forms.DateField(
        label=_("Last day on which it counts"), widget=_DATE, required=False,
        help_text=_("Empty: counted from the day above, by what you ask for."),
    )  # fmt: skip
    file = forms.FileField(label=_("The paper"), required=False, help_text=_("A PDF, a JPEG or a PNG, at most 10 MB."))
    about = forms.CharField(
        label=_("Note"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("As little as you need. It is locked away with the rest."),
    )  # fmt: skip

    def __init__(self, *args: Any, items: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["item"].choices = items  # type: ignore[attr-defined]
        if not items:
            del self.fields["item"]

    def paper(self) -> tuple[str, bytes] | None:
        """(name, bytes) of what was handed over."""
        file = self.cleaned_data.get("file")
        return (file.name, file.read()) if file else None


class HealthPackForm(forms.Form):
    """Whose restricted part goes into the file, as of which day."""

    on = forms.DateField(label=_("As of which day?"), widget=_DATE, error_messages={"required": _("Type the day.")})
    person = forms.MultipleChoiceField(
        label=_("Whose?"), widget=forms.CheckboxSelectMultiple, error_messages={"required": _("Choose at least one person.")}
    )

    def __init__(self, *args: Any, people: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["person"].choices = people  # type: ignore[attr-defined]


class HealthAccessForm(forms.Form):
    """What one member may do here."""

    may = forms.ChoiceField(
        label=_("What may this person do here?"), widget=forms.RadioSelect,
        choices=(
            (NOTHING, _("Nothing: they don’t see that there is such a part")),
            (READ, _("Look")),
            (CHANGE, _("Look and write")),
        ),
    )  # fmt: skip
