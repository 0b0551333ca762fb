"""The form on the page of what was seen of somebody."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from skillmark.rooms.holdings.rules import SEEN_LENGTH


class CommentForm(forms.Form):
    """The worker's own words; empty takes back what was said."""

    text = forms.CharField(
        label=_("Your comment"), max_length=SEEN_LENGTH, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("It is yours: nobody changes it, and it goes with the proof."),
    )  # fmt: skip
