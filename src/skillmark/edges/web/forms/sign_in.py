"""Forms of signing in and joining. The e-mail code forms are the account library's own; only their words are ours."""

from typing import Any

from allauth.account import forms as account
from django import forms
from django.utils.translation import gettext_lazy as _


class JoinForm(forms.Form):
    """Code and PIN of an invitation."""

    code = forms.CharField(
        label=_("Code"),
        max_length=20,
        error_messages={"required": _("Please type the code.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )
    pin = forms.CharField(
        label=_("PIN"),
        max_length=12,
        help_text=_("The owner tells you this number."),
        error_messages={"required": _("Please type the PIN.")},
        widget=forms.TextInput(attrs={"class": "pin", "inputmode": "numeric", "autocomplete": "one-time-code"}),
    )


class EmailForm(account.RequestLoginCodeForm):  # type: ignore[misc]
    """Ask for a code by e-mail."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["email"]
        field.label = _("Your e-mail")
        field.widget.attrs = {"autocomplete": "email"}
        field.error_messages["required"] = _("Please type your e-mail.")
        field.error_messages["invalid"] = _("That does not look like an e-mail address.")
        for validator in field.validators:
            if hasattr(validator, "message"):
                validator.message = field.error_messages["invalid"]


class CodeForm(account.ConfirmLoginCodeForm):  # type: ignore[misc]
    """Type the code that came by e-mail."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["code"]
        field.label = _("Code from the e-mail")
        field.widget.attrs = {"class": "pin", "autocomplete": "one-time-code"}
        field.error_messages["required"] = _("Please type the code.")

    def clean_code(self) -> str:
        """The right code, or our own sentence for a wrong one."""
        try:
            return str(super().clean_code())
        except forms.ValidationError as error:
            raise forms.ValidationError(_("That code isn’t right. Look at the newest e-mail and try again.")) from error
