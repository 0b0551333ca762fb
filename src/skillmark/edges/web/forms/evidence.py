"""Forms about what somebody holds: its dates, its photo, the look-up, and putting a mistake right."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from skillmark.desks import intake, states, words
from skillmark.edges.web.forms.choices import LANGUAGES
from skillmark.edges.web.forms.days import HINT, DayField, DayForm
from skillmark.rooms.holdings.operations import Facts
from skillmark.rooms.skills.rules import Validity

_SHORT = forms.TextInput(attrs={"autocomplete": "off"})


class PhotoField(forms.FileField):
    """A photo or scan, read as it comes in: the cleaned value is what the intake made of it, or None."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", gettext_lazy("Photo or scan"))
        options.setdefault("help_text", gettext_lazy("JPG, PNG or PDF, up to 15 MB. A phone offers its camera."))
        super().__init__(
            allow_empty_file=True, widget=forms.FileInput(attrs={"accept": intake.ACCEPTED}),
            error_messages={"required": gettext_lazy("Choose a photo.")}, **options,
        )  # fmt: skip

    def clean(self, data: Any, initial: Any = None) -> intake.Taken | None:
        file: UploadedFile[Any] | None = super().clean(data, initial)
        if file is None or (not file.size and not file.name):
            return None
        if (file.size or 0) > intake.MOST_BYTES:
            raise forms.ValidationError(words.sentence("photo.too_large", {}), code="photo.too_large")
        try:
            return intake.take(body=file.read(), name=file.name or "")
        except intake.CannotTake as error:
            raise forms.ValidationError(words.sentence(error.code, error.facts), code=error.code) from error


class HoldForm(DayForm):
    """What is said of a card, training or sign-off. Fields that the item has no use for are left out."""

    photo = PhotoField(required=False)
    ends = DayField(label=gettext_lazy("Last good day"), help_text=HINT)
    no_end = forms.BooleanField(label=gettext_lazy("It has no end date"), required=False)
    obtained = DayField(label=gettext_lazy("Day it was got"))
    level = forms.TypedChoiceField(
        label=gettext_lazy("Level"), required=False, coerce=int, empty_value=None,
        choices=[("", gettext_lazy("Not stated")), *((str(number), word) for number, word in states.LEVELS.items())],
    )  # fmt: skip
    hours = forms.DecimalField(
        label=gettext_lazy("Hours"), required=False, max_digits=7, decimal_places=2,
        error_messages={"invalid": gettext_lazy("Type a number of hours, such as 4 or 1.5.")},
    )  # fmt: skip
    method = forms.ChoiceField(label=gettext_lazy("How it was renewed last"), required=False)
    giver = forms.CharField(label=gettext_lazy("Who gave it"), max_length=200, required=False, widget=_SHORT)
    number = forms.CharField(label=gettext_lazy("Number on the card"), max_length=80, required=False, widget=_SHORT)
    revision = forms.CharField(label=gettext_lazy("Version of the instruction"), max_length=20, required=False, widget=_SHORT)
    trained_on = DayField(label=gettext_lazy("Day of the training"))
    evaluated_on = DayField(label=gettext_lazy("Day of the hands-on test"))
    evaluator = forms.CharField(label=gettext_lazy("Who tested them"), max_length=200, required=False, widget=_SHORT)
    language_taught = forms.ChoiceField(
        label=gettext_lazy("Language it was taught in"), required=False,
        choices=[("", gettext_lazy("Not stated")), *LANGUAGES, ("other", gettext_lazy("Another language"))],
    )  # fmt: skip
    understanding = forms.CharField(
        label=gettext_lazy("How was it made sure that they understood?"), max_length=300, required=False, widget=_SHORT,
        help_text=gettext_lazy("Such as: answered 10 questions, showed it on the machine."),
    )  # fmt: skip
    note = forms.CharField(
        label=gettext_lazy("Note"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Only what was seen: what, when, where."),
    )  # fmt: skip

    BASIC = ("ends", "no_end", "obtained", "level", "hours", "method")
    MORE = (
        "giver", "number", "revision", "trained_on", "evaluated_on", "evaluator", "language_taught", "understanding", "note",
    )  # fmt: skip

    def __init__(self, *args: Any, item: Any, rule: Any, photo: bool = True, **options: Any) -> None:
        super().__init__(*args, **options)
        if not photo:
            del self.fields["photo"]
        if not item.leveled:
            del self.fields["level"]
        if rule.validity.get("type") != Validity.HOURS:
            del self.fields["hours"]
        if rule.document_id is None:
            del self.fields["revision"]
        if rule.validity.get("type") == Validity.ALTERNATING:
            ways: Any = self.fields["method"]
            ways.choices = [("", _("Not stated")), *((one, one) for one in rule.validity.get("months") or {})]
        else:
            del self.fields["method"]

    def basic(self) -> list[forms.BoundField]:
        """What is on every card, a doubt right below its day."""
        return self._bound(self.BASIC)

    def more(self) -> list[forms.BoundField]:
        """What only some records have to tell."""
        return self._bound(self.MORE)

    @property
    def more_needed(self) -> bool:
        """Whether something is wrong in the part that is folded away."""
        return any(field.errors for field in self.more())

    def facts(self) -> Facts:
        """What was typed, for the room."""
        return Facts(**{name: self.cleaned_data[name] for name in (*self.BASIC, *self.MORE) if name in self.fields})

    def _bound(self, names: Iterable[str]) -> list[forms.BoundField]:
        return [self[one] for name in names for one in (name, f"{name}_is") if one in self.fields]


class CorrectForm(HoldForm):
    """The same with a reason."""

    because = forms.CharField(label=gettext_lazy("Why is it changed?"), max_length=300, required=False, widget=_SHORT)


class AcceptForm(DayForm):
    """What a person reads off the card in the photo. `told`: the item's rule tells the end where nobody types one."""

    ends = DayField(
        label=gettext_lazy("Last good day on the card"),
        error_messages={"required": gettext_lazy("Type the date on the card, or say that it has none.")},
    )
    no_end = forms.BooleanField(label=gettext_lazy("It has no end date"), required=False)

    def __init__(self, *args: Any, told: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["ends"].required = not told and not self.data.get(self.add_prefix("no_end"))


class RefuseForm(forms.Form):
    """Why another photo is needed."""

    REASONS = (
        ("dark", gettext_lazy("Too dark")),
        ("blurry", gettext_lazy("Not sharp")),
        ("cut", gettext_lazy("A part of the card is missing")),
        ("other", gettext_lazy("It shows another card or another person")),
        ("old", gettext_lazy("It shows the old card")),
    )
    reason = forms.ChoiceField(
        label=gettext_lazy("What is wrong with it?"), choices=REASONS, widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what is wrong with the photo.")},
    )  # fmt: skip

    def said(self) -> str:
        """The reason in words, as it is kept."""
        return str(dict(self.REASONS)[self.cleaned_data["reason"]])


class LookUpForm(DayForm):
    """What somebody saw at the source."""

    link = forms.CharField(
        label=gettext_lazy("Where did you look?"), max_length=500, widget=forms.URLInput(attrs={"autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Say where you looked: the address of the page.")},
    )  # fmt: skip
    confirmed = forms.ChoiceField(
        label=gettext_lazy("What did it say?"), widget=forms.RadioSelect,
        choices=(
            ("yes", gettext_lazy("Yes: it is there, and it is in date")),
            ("no", gettext_lazy("No: it is not there, or says otherwise")),
        ),
        error_messages={"required": gettext_lazy("Choose what the source said.")},
    )  # fmt: skip
    looked_on = DayField(label=gettext_lazy("When did you look?"))
    note = forms.CharField(
        label=gettext_lazy("What you saw"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    screenshot = PhotoField(required=False, label=gettext_lazy("Picture of the screen"), help_text="")


class ReasonForm(forms.Form):
    """Why a record is taken out."""

    because = forms.CharField(
        label=gettext_lazy("Why is it taken out?"), max_length=300, widget=_SHORT,
        error_messages={"required": gettext_lazy("Say why. The reason stays with your firm.")},
    )  # fmt: skip


class MoveForm(forms.Form):
    """Whose it really is."""

    person = forms.ChoiceField(
        label=gettext_lazy("Whose is it?"), error_messages={"required": gettext_lazy("Choose the person.")}
    )

    def __init__(self, *args: Any, people: Iterable[Any], **options: Any) -> None:
        super().__init__(*args, **options)
        choice: Any = self.fields["person"]
        choice.choices = [("", _("Choose a person")), *((str(one.id), named(one)) for one in people)]

    def chosen(self) -> UUID:
        """The person's id."""
        return UUID(self.cleaned_data["person"])


class LateForm(forms.Form):
    """What was done about something that came late."""

    text = forms.CharField(
        label=gettext_lazy("What was done about it?"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("It stays late. This note stands beside it."),
        error_messages={"required": gettext_lazy("Say what was done about it.")},
    )  # fmt: skip


class PictureForm(forms.Form):
    """A photo of a card, or a better one."""

    photo = PhotoField()


class ProofForm(forms.Form):
    """A file with a digital proof in it."""

    MOST_BYTES = 10 * 2**20
    file = forms.FileField(
        label=gettext_lazy("File with the digital proof"),
        help_text=gettext_lazy("The file that the giver handed out: a PDF, a picture or a data file, up to 10 MB."),
        error_messages={"required": gettext_lazy("Choose the file.")},
    )  # fmt: skip

    def clean_file(self) -> UploadedFile[Any]:
        """A file of at most 10 MB."""
        file: UploadedFile[Any] = self.cleaned_data["file"]
        if (file.size or 0) > self.MOST_BYTES:
            raise forms.ValidationError(_("This file is over 10 MB. Ask for the signed file itself: it is small."))
        return file


def named(person: Any) -> str:
    """A person in a list of choices; the number tells two of one name apart."""
    return f"{person.name} ({person.number})" if person.number else str(person.name)
