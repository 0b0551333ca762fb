"""The one box of the check page: a file, a photo, a link or text. Nobody picks a format."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

MOST_BYTES = 10 * 1024 * 1024
ACCEPTED = ".json,.jsonld,.jwt,.txt,.pdf,.png,.svg,.zip,.jpg,.jpeg,.webp,image/*"


class CheckForm(forms.Form):
    """`file` or `text`; a file wins when both are there, because choosing one is the later, deliberate act."""

    file = forms.FileField(required=False, allow_empty_file=True, label=gettext_lazy("Drop a file, or choose one"))
    text = forms.CharField(
        required=False,
        max_length=1_000_000,
        strip=True,
        label=gettext_lazy("Or paste a link or text"),
    )

    def clean_file(self) -> UploadedFile[Any] | None:
        file: UploadedFile[Any] | None = self.cleaned_data["file"]
        if file is not None and file.size is not None and file.size > MOST_BYTES:
            raise forms.ValidationError(too_large(), code="too_large")
        return file

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and cleaned.get("file") is None and not cleaned.get("text"):
            self.add_error("file", forms.ValidationError(nothing_given(), code="nothing_given"))
        return cleaned


def too_large() -> str:
    return _("This file is over 10 MB. Ask for the signed file itself: it is small.")


def nothing_given() -> str:
    return _("Choose a file, or paste a link or text.")
