"""What a person brings before their first day: a photo, a file or a link; or the ticks of what their own page holds."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from skillmark.edges.public.forms.photo import PhotoForm

LONGEST = 2000


class BringForm(PhotoForm):
    """A photo, a file, or the address of a proof."""

    file = forms.FileField(required=False, allow_empty_file=True, label=gettext_lazy("Or choose a file, a picture or a PDF"))
    link = forms.CharField(required=False, max_length=LONGEST, label=gettext_lazy("Or paste a link to a proof"))

    def clean_link(self) -> str:
        link: str = self.cleaned_data["link"].strip()
        if link and not link.startswith(("https://", "http://")):
            raise forms.ValidationError(_("A link begins with https://"), code="no_link")
        return link

    def clean(self) -> dict[str, Any]:
        """One of the three is enough."""
        if self.data.get("link", "").strip():
            return self.cleaned_data
        return super().clean()


class TickForm(forms.Form):
    """Exactly these. `choices` are (held:item, words)."""

    ticked = forms.MultipleChoiceField(
        widget=forms.CheckboxSelectMultiple,
        label=gettext_lazy("What shall they get?"),
        error_messages={
            "required": gettext_lazy("Tick at least one, or go back."),
            "invalid_choice": gettext_lazy("Tick at least one, or go back."),
        },
    )

    def __init__(self, *args: Any, choices: Sequence[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        field: Any = self.fields["ticked"]
        field.choices = choices

    def pairs(self) -> list[tuple[uuid.UUID, uuid.UUID | None]]:
        """(number on the own page, item), of a valid form."""
        parts = [one.partition(":") for one in self.cleaned_data["ticked"]]
        return [(uuid.UUID(held), uuid.UUID(item) if item else None) for held, _colon, item in parts]
