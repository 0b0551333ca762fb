"""Take everything along, move, erase: each asks for the PIN once more where the page has one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from skillmark.desks import taking_along, words
from skillmark.edges.public.forms.claim import digits
from skillmark.rooms.people import rules as people


class PinForm(forms.Form):
    """`asks`: whether the page has a PIN to ask for."""

    pin = forms.CharField(
        max_length=20,
        label=_("PIN of your page"),
        error_messages={"required": _("Type your PIN.")},
        widget=forms.TextInput(attrs={"class": "pin", "inputmode": "numeric", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, asks: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks:
            del self.fields["pin"]

    def clean_pin(self) -> str:
        return digits(self.cleaned_data["pin"])


class TakeForm(PinForm):
    """Which files."""

    FILES, SCHOOLS, JOBS = "files", "schools", "jobs"
    what = forms.ChoiceField(
        label=_("What do you want to save?"),
        initial=FILES,
        choices=[
            (FILES, _("Everything on my page, as files in one ZIP")),
            (SCHOOLS, _("My proofs for programs of schools")),
            (JOBS, _("My working life for programs of employers and job sites")),
        ],
        widget=forms.RadioSelect,
    )

    field_order = ("what", "pin")


class MoveOutForm(PinForm):
    """The code was shown, and is used as it was shown."""

    code = forms.CharField(widget=forms.HiddenInput, max_length=40)
    written = forms.BooleanField(
        label=_("I have written down the code"), error_messages={"required": _("First write down the code.")}
    )

    field_order = ("code", "written", "pin")

    def clean_code(self) -> str:
        code = people.plain_code(self.cleaned_data["code"])
        if not taking_along.is_code(code):
            raise forms.ValidationError(_("Open this page again: the code is not complete."))
        return code


class MoveInForm(forms.Form):
    """The sealed file, and the code that opens it."""

    file = forms.FileField(
        label=_("The sealed file of your page"),
        error_messages={"required": _("Choose the file."), "empty": _("The file is empty.")},
    )
    code = forms.CharField(
        max_length=60, label=_("The code that you wrote down"), error_messages={"required": _("Type the code.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )  # fmt: skip

    def clean_file(self) -> bytes:
        return _body(self.cleaned_data["file"], most=taking_along.MOST_BYTES, code="move.too_large")

    def clean_code(self) -> str:
        return people.plain_code(self.cleaned_data["code"])


class LifeForm(forms.Form):
    """A file with somebody's working life, from another program."""

    file = forms.FileField(
        label=_("The file from the other program"),
        error_messages={"required": _("Choose the file."), "empty": _("The file is empty.")},
    )

    def clean_file(self) -> bytes:
        return _body(self.cleaned_data["file"], most=taking_along.MOST_LIFE_BYTES, code="life.too_large")


class LinesForm(forms.Form):
    """Which of its lines the person says, too. `text` is the file itself, since nothing is kept before they say so."""

    text = forms.CharField(widget=forms.HiddenInput, strip=False)
    lines = forms.TypedMultipleChoiceField(
        coerce=int, required=False, widget=forms.CheckboxSelectMultiple, label=_("What I say about myself")
    )

    def __init__(self, *args: Any, choices: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lines"].choices = choices  # type: ignore[attr-defined]
        self.fields["lines"].initial = [number for number, _said in choices]


class EraseForm(PinForm):
    """The name, typed, so that nobody erases a page by mistake."""

    typed_name = forms.CharField(
        max_length=200, label=_("Type the name that stands on your page"), error_messages={"required": _("Type the name.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip

    field_order = ("typed_name", "pin")


def _body(file: UploadedFile[Any], *, most: int, code: str) -> bytes:
    if (file.size or 0) > most:
        raise forms.ValidationError(words.sentence(code, {"most": str(most // 2**20 or 1)}), code=code)
    return bytes(file.read())
