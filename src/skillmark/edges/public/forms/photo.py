"""A photo of a card: just taken, or a file. Without a script, both are ordinary file buttons."""

from __future__ import annotations

import base64
import binascii
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from skillmark.desks import words
from skillmark.desks.intake import MOST_BYTES


class PhotoForm(forms.Form):
    """`photo` from the camera or `file`; or `kept`: the picture that was just handed in and looked dark, sent all the same."""

    photo = forms.FileField(required=False, allow_empty_file=True, label=gettext_lazy("Take a photo"))
    file = forms.FileField(required=False, allow_empty_file=True, label=gettext_lazy("Or choose a picture or a PDF"))
    kept = forms.CharField(required=False, widget=forms.HiddenInput, max_length=4 * 2**20)

    def clean_photo(self) -> UploadedFile[Any] | None:
        return small(self.cleaned_data["photo"])

    def clean_file(self) -> UploadedFile[Any] | None:
        return small(self.cleaned_data["file"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not any(cleaned.get(one) for one in ("photo", "file", "kept")):
            self.add_error("photo", forms.ValidationError(_("Take a photo first, or choose a file."), code="nothing_given"))
        return cleaned

    def handed(self) -> tuple[bytes, str]:
        """(the file, its name), of a valid form. A kept picture that is no picture any more is an empty file."""
        given = self.cleaned_data["photo"] or self.cleaned_data["file"]
        if given is not None:
            return given.read(), given.name or ""
        try:
            return base64.b64decode(self.cleaned_data["kept"], validate=True), ""
        except binascii.Error:
            return b"", ""

    @property
    def is_sure(self) -> bool:
        """Whether the sender has seen that the picture is hard to read, and wants to send it."""
        return bool(self.cleaned_data["kept"]) and not (self.cleaned_data["photo"] or self.cleaned_data["file"])


class PosterForm(PhotoForm):
    """The same before a poster: who it is and what it shows are typed, and compared by a person."""

    name = forms.CharField(
        max_length=120,
        label=gettext_lazy("Your name, or your employee number"),
        error_messages={"required": gettext_lazy("Type your name or your employee number.")},
    )
    item = forms.CharField(
        max_length=120,
        label=gettext_lazy("What does the photo show?"),
        help_text=gettext_lazy("For example: food handler card"),
        error_messages={"required": gettext_lazy("Type what the photo shows.")},
    )

    field_order = ("name", "item", "photo", "file")


def small(file: UploadedFile[Any] | None) -> UploadedFile[Any] | None:
    """Too large is told before it is read into memory."""
    if file is not None and file.size is not None and file.size > MOST_BYTES:
        raise forms.ValidationError(words.sentence("photo.too_large", {"most": str(MOST_BYTES // 2**20)}), code="too_large")
    return file
