"""A pile of photos: bring it in, and say of each whose card it is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from skillmark.edges.web.forms.batches import Files, FilesField

MOST_BYTES = 100 * 2**20
ACCEPTED = ".zip,.jpg,.jpeg,.png,.webp,.gif,.heic,.pdf"
_LEFT_BEHIND = ("Thumbs.db", "desktop.ini")

Choices = Sequence[tuple[str, str]]


class PileForm(forms.Form):
    """Many photos, a whole folder, or a ZIP."""

    uploads = FilesField(required=False, allow_empty_file=True, label=gettext_lazy("Photos, or a ZIP of them"))
    folder = FilesField(
        required=False, allow_empty_file=True, label=gettext_lazy("Or a whole folder"),
        help_text=gettext_lazy("With everything in it, up to 100 files. A phone may not offer this."),
        widget=Files(attrs={"webkitdirectory": True}),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Something, and not too much of it."""
        data = super().clean() or {}
        if sum(file.size or 0 for file in self.given()) > MOST_BYTES:
            self.add_error("uploads", _("These files are over 100 MB together. Hand them over in smaller parts."))
        elif not self.errors and not self.given():
            self.add_error("uploads", _("Choose photos, a folder or a ZIP."))
        return data

    def given(self) -> list[UploadedFile[Any]]:
        """The chosen files, then those of the folder, without what a computer itself puts there."""
        files = [*self.cleaned_data.get("uploads", ()), *self.cleaned_data.get("folder", ())]
        return [file for file in files if not (file.name or "").startswith(".") and file.name not in _LEFT_BEHIND]


class PlaceForm(forms.Form):
    """One photo of the pile: whose, which card, and what to do with it."""

    DOS = (
        ("keep", gettext_lazy("Put it there")),
        ("later", gettext_lazy("Leave it for later")),
        ("bin", gettext_lazy("Throw it away")),
    )
    person = forms.ChoiceField(
        label=gettext_lazy("Whose is it?"), error_messages={"required": gettext_lazy("Choose whose it is.")}
    )
    item = forms.ChoiceField(
        label=gettext_lazy("Which card?"), error_messages={"required": gettext_lazy("Choose which card it is.")}
    )
    do = forms.ChoiceField(label=gettext_lazy("What to do"), choices=DOS, widget=forms.RadioSelect)

    def __init__(self, *args: Any, people: Choices, items: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        kept = not self.is_bound or self.data.get(self.add_prefix("do")) == "keep"  # only then both must be known
        for name, choices in (("person", people), ("item", items)):
            field: Any = self.fields[name]
            field.choices, field.required = [("", _("Choose")), *choices], kept

    def where(self) -> tuple[UUID, UUID]:
        """(person, item) of one that is to be kept."""
        return UUID(self.cleaned_data["person"]), UUID(self.cleaned_data["item"])
