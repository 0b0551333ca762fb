"""The form of how a firm signs an item off itself."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from skillmark.edges.web.signing import METHODS
from skillmark.rooms.skills.rules import MOST_STEPS

CODE_ROWS = 3
_PARTS = (
    ("framework", _("Which list?"), _("For example O*NET or ESCO")),
    ("code", _("Its code there"), ""),
    ("name", _("What it is called there"), ""),
    ("url", _("Its page there"), _("Starts with https://")),
)


class SigningForm(forms.Form):
    """Method, words, steps in two languages, and who may sign."""

    method = forms.ChoiceField(
        label=_("How do you check it?"), choices=[("", _("It is not signed off here")), *METHODS.items()], required=False,
        widget=forms.RadioSelect,
    )  # fmt: skip
    how_en = forms.CharField(
        label=_("How, in one or two sentences (English)"), max_length=500, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The next employer reads this: “Watched on two shifts, following WI-14.”"),
    )  # fmt: skip
    how_es = forms.CharField(
        label=_("How, in one or two sentences (Spanish)"), max_length=500, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    steps_en = forms.CharField(
        label=_("Steps to watch for, one a line (English)"), required=False, max_length=8000,
        widget=forms.Textarea(attrs={"rows": 6}), help_text=_("What somebody does, so that it can be ticked."),
    )  # fmt: skip
    steps_es = forms.CharField(
        label=_("The same steps, one a line (Spanish)"), required=False, max_length=8000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )  # fmt: skip
    leveled = forms.BooleanField(label=_("It has four levels: learning, with help, alone, can teach"), required=False)
    times_seen = forms.IntegerField(label=_("On how many days is it seen?"), min_value=1, max_value=10)
    co_sign = forms.BooleanField(label=_("A second person signs it, too"), required=False)
    behaviour = forms.BooleanField(
        label=_("It is about behavior"), required=False,
        help_text=_("Such as “reports a hazard at once”. It is seen on two days at least; opinions are refused."),
    )  # fmt: skip
    signers = forms.MultipleChoiceField(
        label=_("Who may sign it?"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked: every owner and supervisor."),
    )  # fmt: skip

    def __init__(self, *args: Any, members: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        field: Any = self.fields["signers"]
        field.choices = members
        for row in range(CODE_ROWS):
            for part, words, hint in _PARTS:
                self.fields[f"{part}_{row}"] = forms.CharField(
                    label=words, required=False, max_length=500 if part == "url" else 300, help_text=hint if not row else "",
                    widget=forms.TextInput(attrs={"autocomplete": "off"}),
                )  # fmt: skip

    def code_rows(self) -> list[list[forms.BoundField]]:
        """The fields of each reference to another list."""
        return [[self[f"{part}_{row}"] for part, _words, _hint in _PARTS] for row in range(CODE_ROWS)]

    def clean(self) -> dict[str, Any]:
        """The steps of the two languages belong together line by line."""
        cleaned: dict[str, Any] = super().clean() or {}
        lines = {language: _lines(cleaned.get(f"steps_{language}", "")) for language in ("en", "es")}
        if lines["en"] and lines["es"] and len(lines["en"]) != len(lines["es"]):
            self.add_error("steps_es", _("Both languages need the same number of lines."))
        if max(len(lines["en"]), len(lines["es"])) > MOST_STEPS:
            self.add_error("steps_en", _("At most %(most)s steps. Put some of them together.") % {"most": MOST_STEPS})
        return cleaned

    def said(self) -> dict[str, Any]:
        """As `skills.operations.change_signing` takes it."""
        given = self.cleaned_data
        lines = {language: _lines(given[f"steps_{language}"]) for language in ("en", "es")}
        many = max(len(lines["en"]), len(lines["es"]))
        codes = [
            {part: given[f"{part}_{row}"].strip() for part, _words, _hint in _PARTS}
            for row in range(CODE_ROWS)
            if any(given[f"{part}_{row}"].strip() for part, _words, _hint in _PARTS)
        ]
        return {
            "method": given["method"], "how": _texts({"en": given["how_en"], "es": given["how_es"]}),
            "checklist": [
                {language: told[number] for language, told in lines.items() if number < len(told)} for number in range(many)
            ],
            "leveled": given["leveled"], "times_seen": given["times_seen"], "co_sign": given["co_sign"],
            "behaviour": given["behaviour"], "codes": codes,
        }  # fmt: skip

    def user_ids(self) -> list[int]:
        """Who may sign; nobody in particular: everybody who signs."""
        return [int(one) for one in self.cleaned_data["signers"]]


def initial(*, item: Any, signers: frozenset[int] | None) -> dict[str, Any]:
    """What stands in the form at first."""
    shown: dict[str, Any] = {
        "method": item.method, "leveled": item.leveled, "times_seen": item.times_seen, "co_sign": item.co_sign,
        "behaviour": item.behaviour, "signers": [str(one) for one in signers or ()],
    }  # fmt: skip
    for language in ("en", "es"):
        shown[f"how_{language}"] = item.how.get(language, "")
        shown[f"steps_{language}"] = "\n".join(step.get(language, "") for step in item.checklist).strip("\n")
    for row, code in enumerate(item.codes[:CODE_ROWS]):
        shown |= {f"{part}_{row}": code.get(part, "") for part, _words, _hint in _PARTS}
    return shown


def _lines(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


def _texts(said: dict[str, str]) -> dict[str, str]:
    return {language: " ".join(text.split()) for language, text in said.items() if text.strip()}
