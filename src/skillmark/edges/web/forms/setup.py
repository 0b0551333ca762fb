"""The form of the first screen."""

from django import forms
from django.utils.translation import gettext_lazy as _

from skillmark.edges.web.forms import choices


class SetupForm(forms.Form):
    """Six answers that make a workplace; only two have to be typed."""

    firm_name = forms.CharField(
        label=_("Your firm’s name"),
        max_length=120,
        error_messages={"required": _("Please type your firm’s name.")},
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    owner_name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        error_messages={"required": _("Please type your name.")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    language = choices.language(label=_("Which language do you work in?"))
    email = forms.EmailField(
        label=_("Your e-mail"),
        required=False,
        help_text=_("Only for signing in. Nothing is sent without you."),
        error_messages={"invalid": _("That does not look like an e-mail address. Leave it empty if you have none.")},
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    time_zone = choices.TimeZoneField(widget=forms.Select(attrs={"data-guess-zone": ""}))
    date_order = choices.date_order()
