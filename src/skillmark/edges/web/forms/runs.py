"""Forms of giving a class: the list and what it is for, and what is typed to mend a row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from skillmark.edges.web.forms.choices import demand_seen_day
from skillmark.edges.web.forms.imports import ACCEPTED, MOST_BYTES
from skillmark.rooms.credentials.rules import LEVELS, TEXT_LENGTH, level_name

__all__ = ["ACCEPTED", "RunForm", "changes"]
SOMEONE_NEW = "new"


class RunForm(forms.Form):
    """`kinds` are choices of kinds of proof, in groups; `today` is the day at the firm's site."""

    template = forms.ChoiceField(label=_("What is it for?"), error_messages={"required": _("Say what it is for.")})
    file = forms.FileField(required=False, allow_empty_file=True, label=_("File"))
    cells = forms.CharField(
        required=False,
        strip=False,
        label=_("Or paste the names here"),
        help_text=_("One a line, or cells from your spreadsheet with their headings."),
        widget=forms.Textarea(attrs={"rows": 5, "autocomplete": "off", "spellcheck": "false"}),
    )
    observed_on = forms.DateField(
        label=_("When did you see it?"),
        help_text=_("For everyone whose row has no day of its own."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Say on which day you saw it."), "invalid": _("That isn’t a date.")},
    )
    level = forms.TypedChoiceField(
        required=False,
        coerce=int,
        empty_value=None,
        label=_("Level, where the list says none"),
        help_text=_("Only for kinds of proof that have levels."),
    )
    note = forms.CharField(
        required=False,
        max_length=TEXT_LENGTH,
        label=_("What did you see?"),
        help_text=_("Facts, the same for everyone. It is part of each proof, and everybody can read it."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    name = forms.CharField(
        required=False,
        max_length=120,
        label=_("What shall we call this class?"),
        help_text=_("Only you see it."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, kinds: Sequence[Any], today: date, spoken: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        template, level = self.fields["template"], self.fields["level"]
        assert isinstance(template, forms.ChoiceField) and isinstance(level, forms.TypedChoiceField)
        template.choices = [("", _("Choose")), *kinds]
        named = [(str(one), f"{one} {level_name(level=one, language=spoken)}") for one in LEVELS]
        level.choices = [("", _("No level")), *named]
        self.fields["observed_on"].widget.attrs["max"] = today.isoformat()

    def clean_observed_on(self) -> date:
        day: date = self.cleaned_data["observed_on"]
        demand_seen_day(day, today=self.today)
        return day

    def clean_file(self) -> UploadedFile[Any] | None:
        file: UploadedFile[Any] | None = self.cleaned_data["file"]
        if file is not None and (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError(_("This file is over 20 MB. Save only the sheet with the people."))
        return file

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "file" not in self.errors and cleaned.get("file") is None and not (cleaned.get("cells") or "").strip():
            self.add_error("file", _("Choose a file, or paste the names."))
        return cleaned


def changes(posted: Mapping[str, str]) -> dict[int, dict[str, Any]]:
    """What was typed to mend rows: `name-3`, `email-3`, `phone-3`, `level-3`, `observed_on-3` and `who-3`.

    What cannot be read (a level that is none, a day that is none) is left as it stands, and the row stays a problem.
    """
    found: dict[int, dict[str, Any]] = {}
    for key, text in posted.items():
        field, _dash, number = key.rpartition("-")
        if not (number.isascii() and number.isdecimal() and len(number) < 7):
            continue
        read = _read(field, text.strip())
        if read is not None:
            found.setdefault(int(number), {}).update(read)
    return found


def _read(field: str, text: str) -> dict[str, Any] | None:
    if field in ("name", "email", "phone"):
        return {field: text}
    if field == "level" and text in {str(one) for one in LEVELS}:
        return {field: int(text)}
    if field == "observed_on":
        try:
            return {field: date.fromisoformat(text)}
        except ValueError:
            return None
    if field == "who" and text:
        if text == SOMEONE_NEW:
            return {"someone_new": True}
        try:
            return {"person_id": UUID(text)}
        except ValueError:
            return None
    return None
