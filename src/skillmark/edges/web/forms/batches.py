"""The form for many things at once: files, ZIP files, spreadsheets of links, or pasted links."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from skillmark.rooms.credentials.rules import BATCH_ROWS

MOST_BYTES = 100 * 2**20
_LEFT_BEHIND = ("Thumbs.db", "desktop.ini")
ACCEPTED = ".zip,.csv,.xlsx,.xls,.ods,.txt,.json,.jsonld,.jwt,.pdf,.png,.svg,.jpg,.jpeg,.webp"

Row = tuple[str, str, bytes]


class Files(forms.ClearableFileInput):
    """A file button that takes several."""

    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: MultiValueDict[str, Any], name: str) -> Any:
        return files.getlist(name)


class FilesField(forms.FileField):
    """Every chosen file, in order; none is an empty list."""

    widget = Files

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        single = super().clean
        return [single(one, initial) for one in data or []]


class BatchForm(forms.Form):
    """`uploads`, `folder`, `links` (one a line), or all; `name` is how the list is called later."""

    uploads = FilesField(required=False, allow_empty_file=True, label=_("Files"))
    folder = FilesField(
        required=False,
        allow_empty_file=True,
        label=_("Or a whole folder"),
        help_text=_("With everything in it, up to 100 files. A phone may not offer this."),
        widget=Files(attrs={"webkitdirectory": True}),
    )
    links = forms.CharField(
        required=False,
        label=_("Or paste links, one on each line"),
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off", "spellcheck": "false"}),
    )
    name = forms.CharField(
        required=False,
        max_length=120,
        label=_("What shall we call it?"),
        help_text=_("Such as “Applicants in May”. Only you see it."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def clean_folder(self) -> list[UploadedFile[Any]]:
        """Without what the computer itself puts into folders."""
        files: list[UploadedFile[Any]] = self.cleaned_data["folder"]
        return [file for file in files if not (file.name or "").startswith(".") and file.name not in _LEFT_BEHIND]

    def clean_links(self) -> list[str]:
        lines = [line.strip() for line in self.cleaned_data["links"].splitlines()]
        links = [line for line in lines if line]
        if len(links) > BATCH_ROWS:
            raise forms.ValidationError(_("That is more than 10,000 links. Paste them in smaller parts."))
        return links

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if sum(file.size or 0 for file in self.files_given()) > MOST_BYTES:
            self.add_error("uploads", _("These files are over 100 MB together. Hand them over in smaller parts."))
        elif not self.errors and not self.files_given() and not cleaned.get("links"):
            self.add_error("uploads", _("Choose files, or paste links."))
        return cleaned

    def files_given(self) -> list[UploadedFile[Any]]:
        """The chosen files, then those of the folder."""
        return [*self.cleaned_data.get("uploads", ()), *self.cleaned_data.get("folder", ())]

    def pasted(self) -> list[Row]:
        """A row for each pasted line; one that is no link says so."""
        return [
            (line[:200], "link", line.encode()) if _is_link(line) else (line[:200], "problem", b"rows.no_link")
            for line in self.cleaned_data["links"]
        ]


def _is_link(line: str) -> bool:
    return line.lower().startswith(("http://", "https://")) and not any(character.isspace() for character in line)
