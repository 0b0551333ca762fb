"""Forms of reminders: when they go out by themselves, calendars, posters, and whose photo from a poster it is."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from skillmark.edges.web.forms import choices
from skillmark.rooms.holdings.rules import REMINDER_STEPS, FeedOf
from skillmark.rooms.skills.rules import label

_HOUR = {"type": "time"}


class PlanForm(forms.Form):
    """When reminders go out by themselves."""

    steps = forms.TypedMultipleChoiceField(
        label=_("Days before a card ends"),
        coerce=int,
        choices=[(step, str(step)) for step in REMINDER_STEPS],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one of the days.")},
    )
    quiet_from = forms.TimeField(label=_("No messages after"), widget=forms.TimeInput(attrs=_HOUR, format="%H:%M"))
    quiet_until = forms.TimeField(label=_("No messages before"), widget=forms.TimeInput(attrs=_HOUR, format="%H:%M"))
    tells_supervisors = forms.BooleanField(
        label=_("Tell the supervisor 30 days before, and after a week without an answer"), required=False
    )
    weekly = forms.BooleanField(label=_("Send the owner a summary on Mondays"), required=False)


class FeedForm(forms.Form):
    """What a calendar shows: all of the firm, one site or one person. One value names it: `firm`, `site:…`, `person:…`."""

    of = forms.ChoiceField(label=_("What should it show?"))
    language = choices.language(label=_("Language of the calendar"))

    def __init__(self, *args: Any, firm: str, sites: list[Any], people: list[Any], whole: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["of"]
        assert isinstance(field, forms.ChoiceField)
        whole_firm: list[Any] = [("firm", firm)] if whole else []
        field.choices = [
            *whole_firm,
            (_("A site"), [(f"site:{one.id}", one.name) for one in sites]),
            (_("A person"), [(f"person:{one.id}", one.name) for one in people]),
        ]

    def chosen(self) -> dict[str, Any]:
        """What `make_feed` takes, of a valid form."""
        of, _colon, id_ = self.cleaned_data["of"].partition(":")
        chosen: dict[str, Any] = {"of": of, "language": self.cleaned_data["language"]}
        if of != FeedOf.FIRM:
            chosen[f"{of}_id"] = UUID(id_)
        return chosen


class PosterForm(forms.Form):
    """Where a poster hangs."""

    site = forms.ChoiceField(label=_("Where will it hang?"), required=False)

    def __init__(self, *args: Any, sites: list[Any], whole: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["site"]
        assert isinstance(field, forms.ChoiceField)
        everywhere: list[Any] = [("", _("Anywhere at our firm"))] if whole else []
        field.choices = [*everywhere, *((str(one.id), one.name) for one in sites)]


class MatchForm(forms.Form):
    """Whose card a photo from a poster shows, and which card."""

    person = forms.ChoiceField(label=_("Whose card is it?"), error_messages={"required": _("Choose a person.")})
    item = forms.ChoiceField(label=_("Which card is it?"), error_messages={"required": _("Choose a card.")})

    def __init__(self, *args: Any, people: list[Any], items: list[Any], language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, found in (
            ("person", [(str(one.id), _with_number(one)) for one in people]),
            ("item", [(str(one.id), label(one.names, language=language)) for one in items]),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", _("Choose…")), *found]


def _with_number(person: Any) -> str:
    return f"{person.name} ({person.number})" if person.number else str(person.name)
