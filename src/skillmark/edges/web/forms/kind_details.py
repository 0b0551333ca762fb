"""The forms of a picture, and of the same skill in other lists."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms.formsets import BaseFormSet, formset_factory
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from skillmark.rooms.credentials.rules import COLOURS, ICONS, PICTURE_WORDS_LENGTH, SHAPES

SHAPE_NAMES: Mapping[str, Promise] = {
    "cut": _("Cut corners"),
    "square": _("Square"),
    "round": _("Round corners"),
    "ticket": _("Ticket"),
    "shield": _("Shield"),
    "hexagon": _("Hexagon"),
}
COLOUR_NAMES: Mapping[str, Promise] = {
    "indigo": _("Indigo"),
    "teal": _("Teal"),
    "plum": _("Plum"),
    "cocoa": _("Brown"),
    "night": _("Night blue"),
}
ICON_NAMES: Mapping[str, Promise] = {
    "wrench": _("Wrench"),
    "hammer": _("Hammer"),
    "forklift": _("Forklift"),
    "crane": _("Crane"),
    "digger": _("Digger"),
    "helmet": _("Hard hat"),
    "harness": _("Harness"),
    "ladder": _("Ladder"),
    "flame": _("Flame"),
    "plug": _("Plug"),
    "gear": _("Gear"),
    "gauge": _("Gauge"),
    "drawing": _("Blueprint"),
    "lock": _("Lock"),
    "truck": _("Truck"),
    "box": _("Box"),
    "knife": _("Kitchen knife"),
    "pan": _("Pan"),
    "thermometer": _("Thermometer"),
    "bread": _("Bread"),
    "cash": _("Cash register"),
    "broom": _("Broom"),
    "drop": _("Drop of water"),
    "heart": _("Heart"),
    "child": _("Child"),
    "first-aid": _("First aid"),
    "people": _("People"),
    "leaf": _("Leaf"),
    "book": _("Book"),
    "clock": _("Clock"),
    "checklist": _("Check list"),
}


MOST_CODES = 12


class PictureForm(forms.Form):
    """A picture is chosen and typed, never uploaded: a drawing from outside could carry a program."""

    shape = forms.ChoiceField(label=_("Shape"), choices=list(SHAPE_NAMES.items()), widget=forms.RadioSelect)
    colour = forms.ChoiceField(label=_("Color"), choices=list(COLOUR_NAMES.items()), widget=forms.RadioSelect)
    icon = forms.ChoiceField(
        label=_("Symbol"), choices=[("", _("None")), *ICON_NAMES.items()], widget=forms.RadioSelect, required=False
    )
    words = forms.CharField(
        label=_("Words on it"),
        required=False,
        max_length=PICTURE_WORDS_LENGTH,
        help_text=_("Up to three short lines. Left empty, its name stands there."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


def options(form: PictureForm) -> list[dict[str, Any]]:
    """The three choices with what each option looks like: a path in a box, or a colour."""
    drawn = {
        "shape": {name: {"path": shape.outline, "box": "0 0 256 256"} for name, shape in SHAPES.items()},
        "colour": {name: {"fill": colour} for name, colour in COLOURS.items()},
        "icon": {name: {"line": path} for name, path in ICONS.items()},
    }
    return [
        {
            "field": form[name],
            "rows": [(option, looks.get(str(option.data["value"]), {})) for option in form[name]],
        }
        for name, looks in drawn.items()
    ]


class CodeForm(forms.Form):
    """The same skill in one other list; all of it empty: none."""

    framework = forms.CharField(label=_("Which list"), required=False, max_length=300)
    name = forms.CharField(label=_("Its name there"), required=False, max_length=300)
    code = forms.CharField(label=_("Its number there"), required=False, max_length=300)
    url = forms.CharField(
        label=_("Web address"), required=False, max_length=500, widget=forms.URLInput(attrs={"placeholder": "https://"})
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if any(said.values()):
            for name, sentence in (("framework", _("Say which list it is.")), ("name", _("Say how it is called there."))):
                if not said.get(name):
                    self.add_error(name, sentence)
            if not str(said.get("url", "")).startswith("https://"):
                self.add_error("url", _("The address begins with https://."))
        return said


CodeForms = formset_factory(CodeForm, extra=2, max_num=MOST_CODES, absolute_max=MOST_CODES)


def typed(forms: BaseFormSet[CodeForm]) -> list[dict[str, str]]:
    """Those that were filled in."""
    return [dict(form.cleaned_data) for form in forms if any(form.cleaned_data.values())]
