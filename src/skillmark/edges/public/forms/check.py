"""The one box of the check page: a file, a photo, a link or text. Nobody picks a format."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

MOST_BYTES = 10 * 1024 * 1024
ACCEPTED = ".json,.jsonld,.jwt,.txt,.pdf,.png,.svg,.zip,.jpg,.jpeg,.webp,image/*"


@dataclass(frozen=True, slots=True)
class Handed:
    """What was put into the box. `kind` is `file`, `link` (then `body` is the address) or `text`."""

    kind: str
    name: str
    body: bytes


class CheckForm(forms.Form):
    """`file`, `photo` or `text`; a file wins over text, because choosing one is the later, deliberate act."""

    file = forms.FileField(required=False, allow_empty_file=True, label=gettext_lazy("Drop a file, or choose one"))
    photo = forms.FileField(required=False, allow_empty_file=True, label=gettext_lazy("Take a photo"))
    text = forms.CharField(
        required=False,
        max_length=1_000_000,
        strip=True,
        label=gettext_lazy("Or paste a link or text"),
    )

    def clean_file(self) -> UploadedFile[Any] | None:
        return _small(self.cleaned_data["file"])

    def clean_photo(self) -> UploadedFile[Any] | None:
        return _small(self.cleaned_data["photo"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not any((cleaned.get("file"), cleaned.get("photo"), cleaned.get("text"))):
            self.add_error("file", forms.ValidationError(nothing_given(), code="nothing_given"))
        return cleaned

    def handed(self) -> Handed:
        """What to check, of a valid form."""
        file: UploadedFile[Any] | None = self.cleaned_data["file"] or self.cleaned_data["photo"]
        text: str = self.cleaned_data["text"]
        if file is not None:
            return Handed("file", file.name or "", file.read())
        return Handed("link", text, text.encode()) if _is_link(text) else Handed("text", "", text.encode())


def with_problem(sentence: str) -> CheckForm:
    """An empty box that says why the last thing was not taken."""
    form = CheckForm(data={})
    form.is_valid()
    form.errors.clear()
    form.add_error("file", sentence)
    return form


def too_large() -> str:
    return _("This file is over 10 MB. Ask for the signed file itself: it is small.")


def nothing_given() -> str:
    return _("Choose a file, or paste a link or text.")


def _small(file: UploadedFile[Any] | None) -> UploadedFile[Any] | None:
    if file is not None and file.size is not None and file.size > MOST_BYTES:
        raise forms.ValidationError(too_large(), code="too_large")
    return file


def _is_link(text: str) -> bool:
    return text.lower().startswith(("http://", "https://")) and not any(character.isspace() for character in text)
