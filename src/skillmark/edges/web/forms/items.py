"""Forms about what a firm asks for: an item, its rule, who needs it, documents and exemptions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from skillmark.desks import states

VALIDITIES = (
    ("card_date", _("Until the date on the card")),
    ("months", _("A number of months from the day it was got")),
    ("no_end", _("For good")),
    ("hours", _("Hours within a number of months")),
    ("disuse", _("A number of months after it was last used")),
    ("on_revision", _("Until the instruction changes")),
)
TRUSTS = (
    ("source", _("It must be checked at the source, or signed")),
    ("signed", _("Only a signed one counts")),
    ("photo", _("An approved photo is enough")),
)
LEVELS = (("", _("Any level")), *((str(level), word) for level, word in states.LEVELS.items()))
_DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class ItemForm(forms.Form):
    """What it is called, what kind of thing it is, and what it shows."""

    name = forms.CharField(
        label=_("What is it called?"), max_length=120, error_messages={"required": _("Give it a name.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    other_name = forms.CharField(
        label=_("The same in the other language"), max_length=120, required=False,
        help_text=_("For people who read English or Spanish, whichever you did not write above."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    kind = forms.ChoiceField(label=_("What is it?"), choices=tuple(states.KINDS.items()), widget=forms.RadioSelect)
    shows = forms.CharField(
        label=_("What does it show?"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("One sentence: what the person did or can do."),
    )  # fmt: skip
    look_up = forms.URLField(
        label=_("Where can it be looked up?"), max_length=500, required=False, assume_scheme="https",
        help_text=_("The page of the register or of the giver, starting with https://"),
        error_messages={"invalid": _("Type an address that starts with https://")},
    )  # fmt: skip
    leveled = forms.BooleanField(label=_("It has four levels: learning, with help, alone, can teach"), required=False)


class RuleForm(forms.Form):
    """How long it counts, and how well it must be checked."""

    validity = forms.ChoiceField(label=_("How long does it count?"), choices=VALIDITIES, widget=forms.RadioSelect)
    months = forms.IntegerField(label=_("How many months?"), min_value=1, max_value=600, required=False)
    hours = forms.DecimalField(label=_("How many hours?"), min_value=1, max_value=9999, required=False)
    trust = forms.ChoiceField(label=_("When is it green?"), choices=TRUSTS, widget=forms.RadioSelect)
    own_counts = forms.BooleanField(label=_("A sign-off by our own supervisors counts"), required=False)
    lead_days = forms.IntegerField(label=_("Warn how many days before the end?"), min_value=0, max_value=3650, initial=30)
    grace_days = forms.IntegerField(
        label=_("Days after the end on which it still counts"), min_value=0, max_value=3650, initial=0
    )
    due_days = forms.IntegerField(
        label=_("Needed how many days after the first day of work?"), min_value=0, max_value=3650, required=False,
        help_text=_("0 means before the first day. Empty: nothing is marked as late."),
    )  # fmt: skip
    stale_days = forms.IntegerField(
        label=_("Look it up again after how many days?"), min_value=1, max_value=3650, required=False,
        help_text=_("Empty: a look-up does not grow old."),
    )  # fmt: skip
    starts = forms.DateField(
        label=_("From which day does this rule hold?"), widget=_DATE,
        help_text=_("Days before keep the rule that they had."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Months and hours are asked only where the rule needs them."""
        data = super().clean() or {}
        kind = data.get("validity")
        if kind in {"months", "disuse", "hours"} and not data.get("months") and "months" not in self.errors:
            self.add_error("months", _("Type a number of months."))
        if kind == "hours" and not data.get("hours") and "hours" not in self.errors:
            self.add_error("hours", _("Type a number of hours."))
        return data

    def rule(self) -> dict[str, Any]:
        """What `skills.operations.change_rule` takes."""
        data = self.cleaned_data
        validity: dict[str, Any] = {"type": data["validity"]}
        if data["validity"] in {"months", "disuse", "hours"}:
            validity["months"] = data["months"]
        if data["validity"] == "hours":
            validity["hours"] = float(data["hours"])
        names = ("trust", "own_counts", "lead_days", "grace_days", "due_days", "stale_days")
        return {"validity": validity, **{name: data[name] for name in names}}


class NeedForm(forms.Form):
    """Who needs an item, and why."""

    whom = forms.ChoiceField(label=_("Who needs it?"))
    level = forms.TypedChoiceField(label=_("From which level?"), choices=LEVELS, required=False, coerce=int, empty_value=None)
    must = forms.BooleanField(label=_("Nobody may do the job without it"), required=False, initial=True)
    why = forms.CharField(
        label=_("For which task, or by which rule?"), max_length=200,
        error_messages={"required": _("Say which task or rule asks for it.")},
    )  # fmt: skip

    def __init__(self, *args: Any, whom: Sequence[tuple[str, object]], leveled: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["whom"].choices = whom  # type: ignore[attr-defined]
        if not leveled:
            del self.fields["level"]


class PositionForm(forms.Form):
    """What people do here, in one language or both."""

    name = forms.CharField(
        label=_("What is the position called?"), max_length=120, error_messages={"required": _("Give it a name.")}
    )
    other_name = forms.CharField(label=_("The same in the other language"), max_length=120, required=False)


class HeadCountForm(forms.Form):
    """How many people with an item each shift needs."""

    n = forms.IntegerField(label=_("How many people at least?"), min_value=1, max_value=500, initial=1)
    site = forms.ChoiceField(label=_("At which site?"), required=False)
    shift = forms.ChoiceField(label=_("On which shift?"), required=False)

    def __init__(self, *args: Any, sites: Sequence[tuple[str, str]], shifts: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["site"].choices = [("", _("Every site")), *sites]  # type: ignore[attr-defined]
        self.fields["shift"].choices = [("", _("Every shift")), *shifts]  # type: ignore[attr-defined]


class DocumentForm(forms.Form):
    """An instruction by its number, and the skill that follows it."""

    code = forms.CharField(
        label=_("What is its number?"), max_length=60, help_text=_("Such as WI-14."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Type its number, such as WI-14.")},
    )  # fmt: skip
    item = forms.ChoiceField(label=_("Which skill follows it?"), required=False)

    def __init__(self, *args: Any, items: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["item"].choices = [("", _("None yet")), *items]  # type: ignore[attr-defined]


class RevisionForm(forms.Form):
    """A new revision of an instruction, and how long people have to sign again."""

    code = forms.CharField(label=_("Which revision is it now?"), max_length=20, help_text=_("Such as D or 2026-05."))
    effective_from = forms.DateField(label=_("From which day?"), widget=_DATE)
    grace_days = forms.IntegerField(label=_("How many days to sign again?"), min_value=0, max_value=3650, initial=14)
    severity = forms.ChoiceField(
        label=_("What must people do?"), widget=forms.RadioSelect, initial="sign",
        choices=(("sign", _("Be signed off again")), ("read", _("Read it again")), ("none", _("Nothing"))),
    )  # fmt: skip


class ExemptionForm(forms.Form):
    """Let one person do without one item for a while."""

    reason = forms.CharField(
        label=_("Why?"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Say why. It stands on the papers.")},
    )  # fmt: skip
    ends = forms.DateField(label=_("Until when?"), widget=_DATE, help_text=_("At most twelve months."))
