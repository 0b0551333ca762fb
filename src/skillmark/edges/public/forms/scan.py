"""The code on a machine or a hard hat, typed by hand."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from skillmark.rooms.people import rules as people


class ScanForm(forms.Form):
    """Any way of writing it is taken: small letters, spaces, with or without the lines."""

    code = forms.CharField(
        max_length=40,
        label=_("Code below the square"),
        error_messages={"required": _("Type the code that stands below the square.")},
    )

    def clean_code(self) -> str:
        return people.plain_code(self.cleaned_data["code"])
