"""The form of signing off: level, what was seen, and what may be added."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from skillmark.desks import states
from skillmark.edges.web.forms.choices import LANGUAGES, day, demand_seen_day
from skillmark.edges.web.forms.evidence import PhotoField
from skillmark.rooms.holdings.rules import SEEN_LENGTH


class SignForm(forms.Form):
    """What somebody saw. The hidden fields tell which words and which revision they had before them.

    `sign_off_id` is made with the form, on the server or on the phone, so that what is sent twice is kept once.
    """

    sign_off_id = forms.UUIDField(widget=forms.HiddenInput)
    version_id = forms.UUIDField(required=False, widget=forms.HiddenInput)
    revision = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)
    level = forms.TypedChoiceField(
        label=_("Which level did you see?"), coerce=int, choices=[(str(one), word) for one, word in states.LEVELS.items()],
        widget=forms.RadioSelect, error_messages={"required": _("Choose the level that you saw.")},
    )  # fmt: skip
    steps = forms.TypedMultipleChoiceField(
        label=_("What did you see?"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("The steps have changed. Look at them again.")},
    )  # fmt: skip
    phrase = forms.BooleanField(required=False)
    hours = forms.DecimalField(
        label=_("How many hours?"), max_digits=6, decimal_places=2, min_value=Decimal("0.25"),
        error_messages={
            "required": _("Type the hours."), "invalid": _("Type a number of hours, such as 4 or 1.5."),
            "min_value": _("Type a number of hours, such as 4 or 1.5."),
        },
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )  # fmt: skip
    seen = forms.CharField(
        label=_("Your own words"), max_length=SEEN_LENGTH, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Only what you saw. For example: “Set up job 2231 in 40 minutes.”"),
    )  # fmt: skip
    photo = PhotoField(required=False, label=_("A photo of the work"), help_text=_("Of the work, not of the person."))
    place = forms.CharField(
        label=_("Where"), max_length=200, required=False, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    language_used = forms.ChoiceField(label=_("Language used"), choices=LANGUAGES, required=False)

    def __init__(self, *args: Any, item: Any, steps: list[str], phrase: str, **more: Any) -> None:
        """`steps` are the item's, in words; `phrase` what can be ticked where it has none."""
        super().__init__(*args, **more)
        self.item, self.phrase_words = item, phrase
        self.initial.setdefault("sign_off_id", uuid4())
        if not item.leveled:
            del self.fields["level"]
        if item.method != "hours":
            del self.fields["hours"]
        field: Any = self.fields["steps"]
        field.choices = [(str(number), words) for number, words in enumerate(steps)]

    def clean(self) -> dict[str, Any]:
        """Something must have been seen: a step, the phrase, hours, or words of one's own."""
        cleaned: dict[str, Any] = super().clean() or {}
        said = cleaned.get("steps") or cleaned.get("phrase") or cleaned.get("seen") or cleaned.get("hours")
        if not said and not self.errors:
            self.add_error("steps" if self.fields["steps"].choices else "seen", _("Tick what you saw, or write it."))  # type: ignore[attr-defined]
        return cleaned

    def said(self) -> dict[str, Any]:
        """What was seen, as the rooms take it."""
        given = self.cleaned_data
        photo = given.get("photo")
        words = [self.phrase_words] if given.get("phrase") and self.phrase_words else []
        revision = given.get("revision") if "revision" in self.data else None  # "": there was none; None: it was not said
        return {
            "sign_off_id": UUID(str(given["sign_off_id"])), "version_id": given.get("version_id"),
            "revision": revision, "level": given.get("level"), "steps": given.get("steps", []),
            "seen": " ".join([*words, *filter(None, [given.get("seen", "").strip()])]), "hours": given.get("hours"),
            "place": given.get("place", "").strip(), "language_used": given.get("language_used", ""),
            "photo": (photo.body, photo.media_type) if photo is not None else None,
        }  # fmt: skip


class KeptForm(SignForm):
    """What a phone kept without the network, and sends now. `member` is the account that signed it."""

    observed_at = forms.DateTimeField()
    member = forms.IntegerField()
    person_id = forms.UUIDField()
    item_id = forms.UUIDField()


class PaperForm(SignForm):
    """One line of a paper sheet."""

    person = forms.ChoiceField(label=_("Who was watched?"), error_messages={"required": _("Choose the person.")})
    day = day(label=_("When was it seen?"), missing=_("Say on which day you saw it."))
    observer = forms.ChoiceField(label=_("Who saw it?"), help_text=_("Whoever signed the sheet."))
    field_order = ("person", "observer", "day", "level", "hours", "steps", "seen", "photo", "place", "language_used")

    def __init__(
        self, *args: Any, people: list[tuple[str, str]], observers: list[tuple[str, str]], today: date, **more: Any
    ) -> None:
        super().__init__(*args, **more)
        observer: Any = self.fields["observer"]
        observer.choices = observers
        if len(observers) == 1:
            observer.widget = forms.HiddenInput()
        self.initial.setdefault("observer", observers[0][0])
        field: Any = self.fields["person"]
        field.choices = [("", _("Choose")), *people]
        self.today = today

    def clean_day(self) -> date:
        """Not a day that is still to come."""
        seen: date = self.cleaned_data["day"]
        demand_seen_day(seen, today=self.today)
        return seen

    def said(self) -> dict[str, Any]:
        """As the rooms take it; a sheet tells the day, so that it is noon of it at the site."""
        noon = timezone.make_aware(datetime.combine(self.cleaned_data["day"], time(12)))
        return super().said() | {"person_id": UUID(self.cleaned_data["person"]), "observed_at": noon}
