"""What a person's phone is asked for, and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from skillmark.rooms.credentials.rules.asking import PURPOSE

ANY = ""


class AskForm(forms.Form):
    """`items` are the (id, name) of what a firm knows; a stranger types how it is called."""

    purpose = forms.CharField(
        max_length=PURPOSE,
        label=_("Why do you ask?"),
        help_text=_("They read this on their phone before they say yes."),
        error_messages={
            "required": _("Say why you ask. The person reads it on their phone."),
            "max_length": _("Say it in fewer words."),
        },
    )
    what = forms.CharField(
        required=False,
        max_length=200,
        label=_("Which card or skill?"),
        help_text=_("The name as it stands on the proof. Leave it empty, and they pick one."),
    )

    field_order = ("what", "purpose")

    def __init__(self, *args: Any, items: Sequence[tuple[str, str]] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if items is not None:
            self.fields["what"] = forms.ChoiceField(
                required=False,
                choices=[(ANY, _("Any proof: they pick one")), *items],
                label=_("Which card or skill?"),
            )
        self.order_fields(self.field_order)
