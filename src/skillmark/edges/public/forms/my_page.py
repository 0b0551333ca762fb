"""What a person wants to say about a proof of theirs."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from skillmark.desks import words
from skillmark.rooms.credentials.rules import COMMENT_LENGTH


class RemarkForm(forms.Form):
    """Empty takes it back."""

    remark = forms.CharField(
        required=False,
        label=_("What I want to say about it"),
        help_text=_("It goes along when you share this proof. Nobody checks it."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean_remark(self) -> str:
        said: str = self.cleaned_data["remark"].strip()
        if len(said) > COMMENT_LENGTH:
            facts = {"most": str(COMMENT_LENGTH)}
            raise forms.ValidationError(words.sentence("held.comment_too_long", facts), code="too_long")
        return said
