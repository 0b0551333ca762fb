"""Forms about signing keys: since when somebody else may know one, and why giving proofs stops."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from skillmark.rooms.signing.rules import REASON_LENGTH

ALL = "all"


class KnownForm(forms.Form):
    """A key may be known to somebody else: since which day, and what happened."""

    day = forms.DateField(
        label=_("Since which day?"),
        help_text=_("If you are not sure, choose the earliest day that it may have been."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Choose a day."), "invalid": _("Choose a day.")},
    )
    why = forms.CharField(
        label=_("What happened?"),
        max_length=REASON_LENGTH,
        help_text=_("Only your firm sees this."),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say in a few words what happened.")},
    )

    def since(self, *, made_at: datetime, now: datetime) -> datetime:
        """The beginning of that day at the site; not before the key was made, and not after now if the day is today."""
        day = self.cleaned_data["day"]
        begins = datetime.combine(day, time(), tzinfo=timezone.get_current_timezone())
        if timezone.localtime(made_at).date() == day:
            return made_at
        return min(begins, now) if timezone.localtime(now).date() == day else begins


class StopForm(forms.Form):
    """Why giving proofs stops, and which."""

    which = forms.ChoiceField(label=_("What shall stop?"), widget=forms.RadioSelect, initial=ALL)
    why = forms.CharField(
        label=_("Why?"),
        max_length=REASON_LENGTH,
        help_text=_("Whoever wants to give a proof reads it."),
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Say in a few words why.")},
    )

    def __init__(self, data: Any = None, *, kinds: list[tuple[str, str]]) -> None:
        super().__init__(data)
        field = self.fields["which"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(ALL, _("Every proof")), *kinds]

    def template_id(self) -> UUID | None:
        """The kind of proof that was chosen; None: all."""
        which = self.cleaned_data["which"]
        return None if which == ALL else UUID(which)
