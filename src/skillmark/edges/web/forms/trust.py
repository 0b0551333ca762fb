"""Forms about givers that a firm trusts, and lists that it follows. Each asks why: somebody will want to know later."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from skillmark.rooms.credentials import rules

KNOWN = (
    ("called", _("I called a number I found myself")),
    ("worked", _("We have worked with them before")),
    ("listed", _("They are on another list: a chamber, trade body or state agency")),
)
KINDS = (
    ("signed", _("A list that its keeper has signed")),
    ("registry", _("An open list of schools and agencies, as its keeper publishes it")),
    ("federation", _("A group of firms and schools that vouch for one another")),
    ("file", _("A list in a file that someone gave you")),
)
SHORT_KINDS = {
    "signed": _("Signed by its keeper"),
    "registry": _("Open list"),
    "federation": _("Group that vouches for its members"),
    "file": _("From a file"),
}
_FILE_BYTES = rules.LIST_BYTES


class TrustForm(forms.Form):
    """How somebody knows a giver: one of three ways, and own words."""

    how = forms.ChoiceField(
        label=_("How do you know them?"),
        choices=KNOWN,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how you know them.")},
    )
    words = forms.CharField(
        label=_("In your own words"),
        required=False,
        max_length=rules.TRUST_REASON_LENGTH - 200,
        help_text=_("Whom you spoke to, when. Only your firm sees this."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def said(self) -> str:
        """The reason as it is kept: the chosen one, and the words."""
        chosen, words = str(dict(KNOWN)[self.cleaned_data["how"]]), self.cleaned_data["words"]
        return f"{chosen}: {words}" if words else chosen


class GiverForm(TrustForm):
    """A giver that is not in front of anybody as a proof: name and identifier by hand."""

    name = forms.CharField(
        label=_("Name of the giver"),
        max_length=rules.GIVER_LENGTH,
        error_messages={"required": _("Type the giver’s name.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    issuer = forms.CharField(
        label=_("Their signing address"),
        max_length=rules.URL_LENGTH,
        help_text=_("It begins with did: or https:// and stands in the technical details of every proof of theirs."),
        error_messages={"required": _("Type or paste the giver’s signing address.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    field_order = ("name", "issuer", "how", "words")


class FollowForm(forms.Form):
    """A list that somebody else keeps: an address, or a file."""

    kind = forms.ChoiceField(
        label=_("What kind of list is it?"),
        choices=KINDS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what kind of list it is.")},
    )
    url = forms.CharField(
        label=_("Its address"),
        required=False,
        max_length=rules.URL_LENGTH,
        help_text=_("Begins with https://. We read it again every day."),
        widget=forms.TextInput(attrs={"type": "url", "autocomplete": "off"}),
    )
    file = forms.FileField(label=_("Or the file"), required=False, help_text=_("For a list that has no address."))
    keeper = forms.CharField(
        label=_("Its keeper"),
        required=False,
        max_length=rules.URL_LENGTH,
        help_text=_(
            "For a signed list the keeper’s signing address, which begins with did: – ask them for it, so that nobody can "
            "slip you another list. For the others a name."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    reason = forms.CharField(
        label=_("Why do you trust this list?"),
        max_length=rules.TRUST_REASON_LENGTH,
        error_messages={"required": _("Say why. Somebody will want to know later.")},
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def clean_file(self) -> UploadedFile[Any] | None:
        file: UploadedFile[Any] | None = self.cleaned_data["file"]
        if file is not None and file.size is not None and file.size > _FILE_BYTES:
            raise forms.ValidationError(_("This file is over 5 MB."))
        return file

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        kind, url, file = cleaned.get("kind"), cleaned.get("url"), cleaned.get("file")
        if kind == "file" and not url and not file and not self.errors:
            self.add_error("file", _("Choose the file, or type its address."))
        elif kind and kind != "file" and not url:
            self.add_error("url", _("Type the address of the list."))
        if kind == "signed" and not cleaned.get("keeper"):
            self.add_error("keeper", _("Type the signing address of its keeper."))
        return cleaned
