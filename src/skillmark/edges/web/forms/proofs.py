"""Forms about proofs that were given: why one is cancelled or paused, what is corrected, renewed or answered."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from skillmark.desks import words as sentences
from skillmark.edges.web.forms.choices import demand_seen_day
from skillmark.rooms.credentials.rules import DISPUTE_LENGTH, LEVELS, TEXT_LENGTH, level_name
from skillmark.rooms.people.rules.facts import CannotWrite, demand_seen

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

OTHER = "other"
WHY_CANCELLED = (
    ("mistake", _("Given by mistake")),
    ("wrong_person", _("Given to the wrong person")),
    ("no_longer", _("The person can’t do it any more, or must be checked again")),
    ("replaced", _("Replaced by a newer one")),
    (OTHER, _("Something else")),
)
WHY_PAUSED = (
    ("looking", _("We are looking into something")),
    ("again", _("It must be seen again first")),
    ("changed", _("The machine, the place or the instruction changed")),
    (OTHER, _("Something else")),
)


class _ReasonForm(forms.Form):
    """A reason, and own words where the list has none; kept by the firm, or shown to whoever checks the proof."""

    reason = forms.ChoiceField(label=_("Why?"), widget=forms.RadioSelect, error_messages={"required": _("Choose a reason.")})
    words = forms.CharField(
        label=_("In your own words"),
        required=False,
        max_length=400,
        help_text=_("Facts only. It stays with your firm unless you tick the box below."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    is_public = forms.BooleanField(label=_("Show the reason to whoever checks the proof here"), required=False)
    reasons: Sequence[tuple[str, str | Promise]] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["reason"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(self.reasons)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("reason") == OTHER and not cleaned.get("words"):
            self.add_error("words", _("Say in a few words why."))
        return cleaned

    def said(self) -> str:
        """The reason as it is kept: the chosen one in English, which is told in the reader's language, or own words."""
        words: str = self.cleaned_data["words"]
        if self.cleaned_data["reason"] == OTHER:
            return words
        chosen = dict(self.reasons)[self.cleaned_data["reason"]]
        if words:
            return f"{chosen}: {words}"
        with translation.override("en"):
            return str(chosen)


class CancelForm(_ReasonForm):
    reasons = WHY_CANCELLED


class PauseForm(_ReasonForm):
    reasons = WHY_PAUSED


class _SeenForm(forms.Form):
    """`today` is the day at the firm's site."""

    observed_on = forms.DateField(
        label=_("When did you see it?"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Say on which day you saw it."), "invalid": _("That isn’t a date.")},
    )
    note = forms.CharField(
        label=_("What did you see?"),
        required=False,
        max_length=TEXT_LENGTH,
        help_text=_("Facts, such as machine, place or number of pieces. It is part of the proof, and everybody can read it."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    request_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["observed_on"].widget.attrs["max"] = today.isoformat()

    def clean_observed_on(self) -> date | None:
        day: date | None = self.cleaned_data["observed_on"]
        if day is not None:
            demand_seen_day(day, today=self.today)
        return day

    def _levels(self, *, asked: bool, spoken: str) -> None:
        field = self.fields["level"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = [(number, f"{number} {level_name(level=number, language=spoken)}") for number in LEVELS]
        if not asked:
            del self.fields["level"]


def _level(label: StrPromise) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label,
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the level that you saw.")},
    )


class _AgainForm(_SeenForm):
    """Seen again, with a note of today: it is judged here, so that what was typed stays on the screen."""

    def clean_note(self) -> str:
        note: str = self.cleaned_data["note"]
        try:
            demand_seen(text=note)
        except CannotWrite as error:
            raise forms.ValidationError(sentences.sentence(error.code, error.facts)) from None
        return note


class RenewForm(_AgainForm):
    """One proof that goes on where another ends."""

    level = _level(_("Which level did you see?"))
    field_order = ("level", "observed_on", "note")

    def __init__(self, *args: Any, level_asked: bool, spoken: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._levels(asked=level_asked, spoken=spoken)


class RenewManyForm(_AgainForm):
    """The same day, and the same note, for several; each keeps its level."""


class CorrectForm(_SeenForm):
    """The facts as they stand, to be put right. `several`: it tells of several days, which are not changed here."""

    person_name = forms.CharField(
        label=_("Name"), max_length=120, error_messages={"required": _("Please type the person’s name.")}
    )
    level = _level(_("Level"))
    answer = forms.CharField(
        label=_("Answer to the person"),
        required=False,
        max_length=DISPUTE_LENGTH,
        help_text=_("They read it beside what they said."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    field_order = ("person_name", "level", "observed_on", "note", "answer")

    def __init__(self, *args: Any, level_asked: bool, several: bool, asked_for: bool, spoken: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._levels(asked=level_asked, spoken=spoken)
        self.fields["observed_on"].required = False
        self.fields["observed_on"].label = _("Seen on")
        self.fields["note"].label = _("What was seen")
        if several:
            del self.fields["observed_on"]
        if not asked_for:
            del self.fields["answer"]


class AnswerForm(forms.Form):
    answer = forms.CharField(
        label=_("Why it stays as it is"),
        max_length=DISPUTE_LENGTH,
        help_text=_("The person reads it. Facts only."),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say why it stays as it is. The person reads your answer.")},
    )
