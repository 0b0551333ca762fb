"""Accept one card in place of another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class AcceptedForm(forms.Form):
    """For which position, in place of which item."""

    other = forms.ChoiceField(
        label=gettext_lazy("It counts as"), error_messages={"required": gettext_lazy("Choose what it counts as.")}
    )
    position = forms.ChoiceField(label=gettext_lazy("For this position"), required=False)

    def __init__(
        self, *args: Any, items: Sequence[tuple[str, str]], positions: Sequence[tuple[str, str]], **options: Any
    ) -> None:  # fmt: skip
        super().__init__(*args, **options)
        other: Any = self.fields["other"]
        position: Any = self.fields["position"]
        other.choices = [("", _("Choose")), *items]
        position.choices = [("", _("Every position")), *positions]

    def other_id(self) -> UUID:
        """What it counts as."""
        return UUID(self.cleaned_data["other"])

    def position_id(self) -> UUID | None:
        """For which position; None: for all."""
        return UUID(self.cleaned_data["position"]) if self.cleaned_data["position"] else None
