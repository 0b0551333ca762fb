"""Forms of the settings."""

import re
from urllib.parse import SplitResult, urlsplit

from django import forms
from django.utils.translation import gettext_lazy as _

from skillmark.edges.web import scheme
from skillmark.edges.web.forms import choices

# Proofs name the address for good, so a slip of the finger must not become one: a name with a dot and an ending, or numbers.
_LABEL = r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
_HOST = re.compile(rf"({_LABEL}\.)+{_LABEL}(:[1-9][0-9]{{0,4}})?", re.IGNORECASE)


class FirmForm(forms.Form):
    """The firm's name, language, time zone and dates."""

    name = forms.CharField(
        label=_("Your firm’s name"),
        max_length=120,
        error_messages={"required": _("Please type your firm’s name.")},
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    language = choices.language(label=_("Which language do you work in?"))
    time_zone = choices.TimeZoneField()
    date_order = choices.date_order()


class AddressForm(forms.Form):
    """The address under which people outside reach this computer; empty when there is none."""

    base_url = forms.CharField(
        label=_("Public address"),
        required=False,
        max_length=200,
        help_text=_("For example https://proofs.your-firm.com"),
        widget=forms.URLInput(attrs={"autocomplete": "off", "placeholder": "https://"}),
    )

    def clean_base_url(self) -> str:
        """An https address without a path, or nothing."""
        address: str = self.cleaned_data["base_url"].strip().rstrip("/")
        if not address:
            return ""
        parts = _split(address if "://" in address else f"https://{address}")
        if parts is None or parts.scheme != "https" or not _HOST.fullmatch(parts.netloc) or any(parts[2:]):
            raise forms.ValidationError(_("Type an address that starts with https:// and has nothing after the name."))
        return f"https://{parts.netloc.lower()}"


class TokenForm(forms.Form):
    """A program that may act for the firm."""

    name = forms.CharField(
        label=_("Which program is it for?"),
        max_length=80,
        error_messages={"required": _("Please say which program it is for.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class SchemeForm(forms.Form):
    """Light, dark, or as the system."""

    scheme = forms.ChoiceField(
        label=_("Light or dark"),
        required=False,
        widget=forms.RadioSelect,
        choices=[("", _("Like this device")), (scheme.SCHEMES[0], _("Light")), (scheme.SCHEMES[1], _("Dark"))],
    )


def _split(address: str) -> SplitResult | None:
    try:
        return urlsplit(address)
    except ValueError:  # brackets that do not close, say
        return None
