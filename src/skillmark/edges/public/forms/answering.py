"""Another program asks me: its link or code, as text."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from credcore.oid4vc.requests import MAX_LINK


class RequestForm(forms.Form):
    request = forms.CharField(
        max_length=MAX_LINK,
        strip=True,
        label=_("Link or text of the code"),
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false", "autocomplete": "off"}),
        error_messages={
            "required": _("Paste the link, or the text of the code."),
            "max_length": _("This is too long to be such a link."),
        },
    )
