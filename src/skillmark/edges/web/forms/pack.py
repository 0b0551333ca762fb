"""What goes into an inspector pack: the standard, where, which day, and who."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from skillmark.desks import packs
from skillmark.desks.packs import Standard
from skillmark.edges.web import wording
from skillmark.edges.web.access import Request
from skillmark.rooms.people import queries as people
from skillmark.rooms.skills.rules import label


class PackForm(forms.Form):
    """Sent by GET, so that a pack is a link that can be kept, and an auditor may make one."""

    standard = forms.ChoiceField(label=_("Standard"), required=False)
    site = forms.ChoiceField(label=_("Site"), required=False)
    position = forms.ChoiceField(label=_("Position"), required=False)
    on = forms.DateField(
        label=_("As of"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Choose a day."), "invalid": _("This is no day. Write it like 2026-03-03.")},
    )  # fmt: skip
    known_then = forms.BooleanField(label=_("Leave out what was written down after that day"), required=False)
    person = forms.MultipleChoiceField(
        label=_("Only these people"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Tick nobody, and everyone who matches goes in."),
    )  # fmt: skip

    def __init__(self, *args: Any, request: Request, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._request = request
        self._by_source, self._by_item = packs.standards(actor=request.actor, language=language)
        every = [("", _("Everything they need"))]
        groups = [(_("By rule"), _keys(self._by_source)), (_("By item"), _keys(self._by_item))]
        self.fields["standard"].choices = [*every, *(group for group in groups if group[1])]  # type: ignore[attr-defined]
        sites = [(str(one.id), one.name) for one in people.sites(actor=request.actor)]
        self._choose("site", _("All sites"), sites, least=2)
        positions = [(str(one.id), label(one.names, language=language)) for one in people.positions(actor=request.actor)]
        self._choose("position", _("All positions"), positions, least=1)
        names = [(str(one.id), _who(one.name, one.number)) for one in people.people(actor=request.actor)]
        self.fields["person"].choices = names  # type: ignore[attr-defined]

    def clean_on(self) -> Any:
        """Today or a day before, and one that an auditor may ask for."""
        day, actor = self.cleaned_data["on"], self._request.actor
        if (actor.read_from and day < actor.read_from) or (actor.read_until and day > actor.read_until):
            start = wording.day(day=actor.read_from) if actor.read_from else "…"
            end = wording.day(day=actor.read_until) if actor.read_until else "…"
            raise forms.ValidationError(
                _("You can see the days from %(start)s to %(end)s."), params={"start": start, "end": end}
            )
        if day > self._request.today:
            raise forms.ValidationError(_("Choose today or a day before. Nothing is on record yet for a later day."))
        return day

    def choice(self) -> packs.Choice:
        """What was chosen."""
        data = self.cleaned_data
        standard = packs.find(data["standard"], [*self._by_source, *self._by_item])
        return packs.Choice(
            on=data["on"],
            known_at=packs.end_of(day=data["on"], time_zone=self._request.site.time_zone) if data["known_then"] else None,
            person_ids=frozenset(UUID(one) for one in data["person"]),
            site_id=UUID(data["site"]) if data.get("site") else None,
            position_id=UUID(data["position"]) if data.get("position") else None,
            item_ids=standard.item_ids if standard else (), standard=standard.name if standard else "",
        )  # fmt: skip

    def _choose(self, name: str, every: Any, choices: list[tuple[str, str]], *, least: int) -> None:
        """Ask only where there is something to choose."""
        if len(choices) < least:
            del self.fields[name]
        else:
            self.fields[name].choices = [("", every), *choices]  # type: ignore[attr-defined]


def _keys(standards: list[Standard]) -> list[tuple[str, str]]:
    return [(one.key, one.name) for one in standards]


def _who(name: str, number: str) -> str:
    return f"{name} ({number})" if number else name
