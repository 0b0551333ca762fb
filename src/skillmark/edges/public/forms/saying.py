"""What a person says about themselves: a job, a skill, a card or training, or something else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from skillmark.edges.public.forms.photo import small
from skillmark.rooms.records.rules import Words
from skillmark.rooms.records.rules.statements import LENGTHS

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

KINDS: dict[str, tuple[str | StrPromise, str, str | StrPromise]] = {
    "job": (_("A job"), "jobs", _("Where I worked, from when to when, what I did")),
    "skill": (_("A skill"), "skills", _("For example: I drove a reach truck for 3 years")),
    "training": (_("A card, course or training"), "proof", _("With a photo, if I have one")),
    "other": (_("Something else"), "speech", _("Whatever I want to have on my page")),
}
"""(what it is called, its icon, a line about it)"""
_WHEN = _("A year, or month and year: 2019 or 3/2019")
_FIELDS: dict[str, dict[str, tuple[str | StrPromise, str | StrPromise]]] = {
    "job": {
        "title": (_("Position"), ""),
        "by": (_("Employer"), ""),
        "place": (_("Place"), _("City or site")),
        "since": (_("From"), _WHEN),
        "until": (_("Until"), _("Leave this empty if you still work there.")),
        "details": (_("What I did there"), ""),
        "hours": (_("Hours"), _("For example: 40 a week")),
        "pay": (_("Pay"), _("Only you see it, unless you pick it when you share.")),
    },
    "skill": {
        "title": (_("What I can do"), _("For example: I drove a reach truck for 3 years")),
        "by": (_("Where I did it"), ""),
        "since": (_("From"), _WHEN),
        "until": (_("Until"), ""),
        "details": (_("More about it"), ""),
    },
    "training": {
        "title": (_("What it is called"), _("For example: food handler card")),
        "by": (_("Who gave it"), ""),
        "since": (_("When I got it"), _WHEN),
        "until": (_("Good until"), ""),
        "details": (_("More about it"), ""),
    },
    "other": {
        "title": (_("What I want to say"), ""),
        "since": (_("From"), _WHEN),
        "until": (_("Until"), ""),
        "details": (_("More about it"), ""),
    },
}
ACCEPTED = "image/jpeg,image/png,image/webp,image/gif,application/pdf"


class SayForm(forms.Form):
    """The fields of one kind. `photo` is a picture or a PDF; `without_photo` takes the one that is there away."""

    photo = forms.FileField(
        required=False,
        allow_empty_file=True,
        label=_("A photo of it"),
        help_text=_("A card or certificate. A photo is not checked, and the page says so."),
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
    )
    without_photo = forms.BooleanField(required=False, label=_("Take the photo away"))

    def __init__(self, *args: Any, kind: str, has_photo: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, (label, hint) in _FIELDS[kind].items():
            long = name == "details"
            self.fields[name] = forms.CharField(
                label=label, help_text=hint, required=name == "title", max_length=LENGTHS[name],
                widget=forms.Textarea(attrs={"rows": 4}) if long else forms.TextInput(attrs={"autocomplete": "off"}),
                error_messages={"required": _("Please say what it is.")},
            )  # fmt: skip
        self.order_fields([*_FIELDS[kind], "photo", "without_photo"])
        if not has_photo:
            del self.fields["without_photo"]

    def clean_photo(self) -> Any:
        return small(self.cleaned_data["photo"])

    def said(self) -> Words:
        """The words of a valid form."""
        return Words(**{"title": "", **{name: self.cleaned_data[name] for name in LENGTHS if name in self.fields}})
