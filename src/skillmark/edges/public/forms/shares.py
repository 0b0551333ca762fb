"""What a person picks to show, to whom, what for, for how long; and what a reader types to see it."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from skillmark.desks.sharing import Thing
from skillmark.edges.public.forms.claim import digits
from skillmark.rooms.records.rules import shares as rules

PURPOSES = (
    ("job", gettext_lazy("A job that I want")),
    ("employer", gettext_lazy("My employer asks for it")),
    ("customer", gettext_lazy("A customer or an inspector asks for it")),
    ("school", gettext_lazy("School or training")),
    ("other", gettext_lazy("Something else")),
)
LINK = "link"
WORDING = gettext_lazy(
    "With “Share” you show what you ticked, and nothing else, to whoever gets the link – or only to the employer you chose – "
    "until the day you chose. You can stop it at any time."
)
"""What stands above the button; the receipt keeps exactly these words."""


class ShareForm(forms.Form):
    """`pick` and `fact` hold keys of what lies on the person's own page; the template draws their boxes beside each thing."""

    pick = forms.MultipleChoiceField(
        required=True, label=gettext_lazy("What to show"), error_messages={"required": gettext_lazy("Tick what to show.")}
    )
    fact = forms.MultipleChoiceField(required=False)
    number = forms.UUIDField(widget=forms.HiddenInput)
    who = forms.ChoiceField(label=gettext_lazy("Who may see it"), widget=forms.RadioSelect, initial=LINK)
    purpose = forms.ChoiceField(
        label=gettext_lazy("What is it for?"), choices=PURPOSES, widget=forms.RadioSelect, required=False
    )
    own_purpose = forms.CharField(label=gettext_lazy("Or in your own words"), max_length=rules.TEXT_LENGTH, required=False)
    to_whom = forms.CharField(
        label=gettext_lazy("For whom?"), max_length=rules.TEXT_LENGTH, required=False,
        help_text=gettext_lazy("Only you see this."),
    )  # fmt: skip
    days = forms.TypedChoiceField(label=gettext_lazy("It ends by itself after"), coerce=int, initial=rules.USUAL_DAYS)
    show_name = forms.BooleanField(label=gettext_lazy("Show my name at the top"), required=False, initial=True)
    phone = forms.CharField(label=gettext_lazy("Show my phone number"), max_length=rules.PHONE_LENGTH, required=False)
    email = forms.EmailField(label=gettext_lazy("Show my e-mail address"), max_length=rules.TEXT_LENGTH, required=False)
    ask_first = forms.BooleanField(label=gettext_lazy("Ask me before it opens"), required=False)
    pin = forms.CharField(
        label=gettext_lazy("PIN of 6 digits that readers must type"), max_length=20, required=False,
        help_text=gettext_lazy("Tell it to them yourself. It is not in the link."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )  # fmt: skip
    cv = forms.BooleanField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, things: Sequence[Thing], firms: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        """`firms`: (id, name) of each employer on this server where the person works today."""
        super().__init__(*args, **kwargs)
        self.things = things
        self._choose("pick", [(one.key, one.title) for one in things])
        self._choose("fact", [(choice.key, choice.label) for one in things for choice in one.choices])
        self._choose("days", [(day, ngettext("%(count)s day", "%(count)s days", day) % {"count": day}) for day in rules.DAYS])
        employers = [(key, _("My employer %(firm)s") % {"firm": name}) for key, name in firms]
        self._choose("who", [(LINK, _("Whoever gets the link")), *employers])

    def _choose(self, name: str, choices: Sequence[tuple[Any, str]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = list(choices)

    def clean_pin(self) -> str:
        return digits(self.cleaned_data["pin"])

    def is_picked(self, thing: Thing) -> bool:
        """Whether the box of a thing is ticked: as it was sent, or as the page before asked for it."""
        return thing.key in (self["pick"].value() or ())

    def is_shown(self, key: str, *, usual: bool) -> bool:
        """Whether the box of a fact is ticked."""
        return key in (self["fact"].value() or ()) if self.is_bound else usual

    @property
    def has_employers(self) -> bool:
        """Whether there is anything to choose between in `who`."""
        field = self.fields["who"]
        return isinstance(field, forms.ChoiceField) and len(list(field.choices)) > 1  # type: ignore[arg-type]

    def terms(self, *, name: str) -> rules.Terms:
        """The terms of a valid form. `name` is the one of the person's page."""
        said = self.cleaned_data
        purpose = said["own_purpose"] or str(dict(PURPOSES).get(said["purpose"], ""))
        return rules.Terms(
            days=said["days"], to_whom=said["to_whom"], purpose=purpose, name=name if said["show_name"] else "",
            phone=said["phone"], email=said["email"], pin=said["pin"], ask_first=said["ask_first"], cv=said["cv"],
            firm_id=None if said["who"] == LINK else uuid.UUID(said["who"]),
        )  # fmt: skip


class SharePinForm(forms.Form):
    pin = forms.CharField(
        max_length=20, label=gettext_lazy("PIN that the person told you"),
        error_messages={"required": gettext_lazy("Type the PIN that the person told you.")},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )  # fmt: skip

    def clean_pin(self) -> str:
        return digits(self.cleaned_data["pin"])


class ReaderForm(forms.Form):
    """Who wants to see it; the person decides with it, or just knows afterwards."""

    name = forms.CharField(
        max_length=100, label=gettext_lazy("Your name, and where you work"),
        error_messages={"required": gettext_lazy("Type your name, so that the person knows who asks.")},
    )  # fmt: skip
