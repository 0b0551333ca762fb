"""The one box for what somebody brings to their page: files, a photo, links or text. Nobody picks a format."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from skillmark.rooms.records.rules.additions import MOST_BYTES

ACCEPTED = ".json,.jsonld,.jwt,.txt,.pdf,.png,.svg,.zip,.jpg,.jpeg,.webp,image/*"
MOST_FILES = 100
"""In one request; a script hands over more in portions, and a ZIP holds up to 2,000."""


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


class AddForm(forms.Form):
    """`files`, `photo` (from the camera), `text` (a link, several links, or what was copied), or all of them."""

    # A form takes its fields out of the class: `form.files` stays what the browser sent.
    files = FilesField(  # type: ignore[assignment]
        required=False, allow_empty_file=True, label=gettext_lazy("Drop files, choose some, or take a photo")
    )
    photo = forms.FileField(required=False, allow_empty_file=True, label=gettext_lazy("Take a photo"))
    text = forms.CharField(
        required=False,
        max_length=1_000_000,
        label=gettext_lazy("Or paste a link or text"),
        widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "off", "spellcheck": "false"}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        given = [*cleaned.get("files", ()), *filter(None, [cleaned.get("photo")])]
        if sum(file.size or 0 for file in given) > MOST_BYTES:
            self.add_error("files", _("These files are over 100 MB together. Hand them over in smaller parts."))
        elif not self.errors and not given and not cleaned.get("text"):
            self.add_error("files", _("Choose a file, or paste a link or text."))
        return cleaned

    def handed(self) -> Iterator[tuple[str, bytes]]:
        """(name, body) of each file, one after the other."""
        for file in [*self.cleaned_data["files"], *filter(None, [self.cleaned_data["photo"]])]:
            yield file.name or "", file.read()


def too_many() -> AddForm:
    """An empty box that says why so many files were not taken."""
    form = AddForm({})
    form.full_clean()
    form.errors.clear()
    form.add_error("files", _("These are more than 100 files. Put them into a ZIP file: it may hold up to 2,000."))
    return form
