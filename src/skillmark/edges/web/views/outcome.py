"""How a rule that said no becomes a message of a form."""

from django import forms

from skillmark.desks import words
from skillmark.errors import DomainError


def put(*, error: DomainError, form: forms.Form, field: str | None = None) -> None:
    """Add the plain sentence of `error` to `form`, beside `field` when one is to blame."""
    form.add_error(field if field in form.fields else None, words.sentence(error.code, error.facts))
