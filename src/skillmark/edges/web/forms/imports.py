"""Forms of bringing in a list: the file or the pasted cells, and the answers that came with a page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

MOST_BYTES = 20 * 2**20
ACCEPTED = ".xlsx,.xls,.ods,.csv,.tsv,.txt"


class ListForm(forms.Form):
    """A file, or cells from the clipboard."""

    file = forms.FileField(required=False, allow_empty_file=True, label=_("File"))
    cells = forms.CharField(
        required=False,
        strip=False,
        label=_("Or paste cells here"),
        help_text=_("Mark them in your spreadsheet with the headings, copy, and paste."),
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off", "spellcheck": "false"}),
    )

    def clean_file(self) -> UploadedFile[Any] | None:
        file: UploadedFile[Any] | None = self.cleaned_data["file"]
        if file is not None and (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError(_("This file is over 20 MB. Save only the sheet with the people."))
        return file

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and cleaned.get("file") is None and not (cleaned.get("cells") or "").strip():
            self.add_error("file", _("Choose a file, or paste cells."))
        return cleaned


def numbered(posted: Mapping[str, str], letter: str) -> dict[int, str]:
    """Fields named by a letter and a number: `c3` → 3."""
    found = {}
    for name, value in posted.items():
        number = name[len(letter) :]
        if name.startswith(letter) and number.isascii() and number.isdecimal() and len(number) < 7:
            found[int(number)] = value
    return found


def mended(posted: Mapping[str, str]) -> dict[str, str]:
    """Cells that were typed anew: `m17:3` → "17:3"."""
    found = {}
    for name, value in posted.items():
        row, _colon, column = name[1:].partition(":")
        if name.startswith("m") and row.isdecimal() and column.isdecimal() and len(row) < 7 and len(column) < 4:
            found[f"{int(row)}:{int(column)}"] = value.strip()[:500]
    return found
