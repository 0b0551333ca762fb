"""Forms about the people of a firm."""

from django import forms
from django.utils.translation import gettext_lazy as _

from skillmark.edges.web.forms import choices


class PersonForm(forms.Form):
    """One person; the name alone is enough."""

    name = forms.CharField(
        label=_("Name"),
        max_length=120,
        error_messages={"required": _("Please type the person’s name.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    phone = forms.CharField(
        label=_("Phone"),
        max_length=40,
        required=False,
        help_text=_("So that you can text them from your own phone."),
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
    )
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        error_messages={"invalid": _("That does not look like an e-mail address. Leave it empty if you have none.")},
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    language = choices.language(label=_("Language this person reads"))


class NamesForm(forms.Form):
    """A pasted list, one name a line."""

    MOST = 500

    names = forms.CharField(
        label=_("Names, one on each line"),
        error_messages={"required": _("Please paste at least one name.")},
        widget=forms.Textarea(attrs={"rows": 10, "autocomplete": "off", "spellcheck": "false"}),
    )
    language = choices.language(label=_("Language these people read"))

    def clean_names(self) -> list[str]:
        """The names without empty lines and doubles, in the order they were pasted."""
        lines = (" ".join(line.split()) for line in self.cleaned_data["names"].splitlines())
        names = list(dict.fromkeys(line for line in lines if line))
        if not names:
            raise forms.ValidationError(_("Please paste at least one name."))
        if len(names) > self.MOST:
            raise forms.ValidationError(_("That is more than 500 names. Paste them in smaller parts."))
        long = next((name for name in names if len(name) > 120), None)
        if long is not None:
            raise forms.ValidationError(_("This line is too long for a name: “%(start)s…”"), params={"start": long[:40]})
        return names
