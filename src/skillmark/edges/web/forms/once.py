"""Names that stand in a list once, so that a button pressed twice adds one thing, and nobody chooses between two of a name."""

from __future__ import annotations

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext as _


def is_new(form: forms.Form, *, names: Iterable[str], field: str = "name") -> bool:
    """Whether what a valid form has in `field` is none of `names`; else the form says so beside it."""
    typed = _plain(form.cleaned_data[field])
    if typed not in map(_plain, names):
        return True
    form.add_error(field, _("This name is on the list already."))
    return False


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()
