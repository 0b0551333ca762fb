"""Forms about who has access."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from skillmark.edges.web.forms import choices
from skillmark.rooms.people.rules import Role


class AccessForm(forms.Form):
    """For which sites and days somebody has access. `role` drops what does not concern a supervisor."""

    sites = forms.MultipleChoiceField(
        label=_("Which sites?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("They see the people who work there and nobody else. None ticked: all sites."),
    )
    until = choices.day(
        label=_("Last day of access"), required=False, help_text=_("An auditor needs one, at most a year away.")
    )
    read_from = choices.day(label=_("May see days from"), required=False)
    read_until = choices.day(label=_("May see days up to"), required=False)

    def __init__(self, *args: Any, sites: list[tuple[Any, str]], role: str = "", **more: Any) -> None:
        super().__init__(*args, **more)
        field: Any = self.fields["sites"]
        field.choices = [(str(one), name) for one, name in sites]
        if len(sites) < 2:
            del self.fields["sites"]
        if role == Role.SUPERVISOR:
            for name in ("until", "read_from", "read_until"):
                del self.fields[name]

    def said(self) -> dict[str, Any]:
        """What was chosen, as the rooms take it."""
        return self.cleaned_data | {"sites": [UUID(one) for one in self.cleaned_data.get("sites", ())]}


class InviteForm(AccessForm):
    """Somebody to invite."""

    name = forms.CharField(
        label=_("Name"),
        max_length=120,
        error_messages={"required": _("Please type the name.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    role = forms.ChoiceField(
        label=_("What may they do?"),
        widget=forms.RadioSelect,
        initial=Role.SUPERVISOR.value,
        required=False,
        choices=[
            (Role.SUPERVISOR.value, _("Supervisor: gives proofs, adds people, keeps records up to date")),
            (Role.AUDITOR.value, _("Auditor: reads the board and papers for a while, changes nothing")),
        ],
    )
    field_order = ("name", "role", "sites", "until", "read_from", "read_until")

    def clean_role(self) -> str:
        """A supervisor, unless an auditor was chosen."""
        return self.cleaned_data["role"] or Role.SUPERVISOR.value
