"""Before somebody takes a whole page along or erases it: is it the person, or whoever found the phone open?"""

from __future__ import annotations

from django import forms
from django.http import HttpRequest
from django.utils import timezone

from skillmark.desks import words
from skillmark.edges.public import session
from skillmark.rooms.people.rules import Actor
from skillmark.rooms.records import operations as records
from skillmark.rooms.records import queries


def may(request: HttpRequest, *, actor: Actor) -> bool:
    """Whether the form can be shown. A page that only a face or finger opens must have been opened just now; one with a PIN
    asks for it in the form, and one with no lock at all has nothing to ask for."""
    if queries.has_slip(actor=actor) or not queries.has_way_in(actor=actor):
        return True
    return session.is_fresh(request, now=timezone.now())


def proved(form: forms.Form, *, actor: Actor) -> bool:
    """Whether the PIN of a valid form is right; else the form says so. Call it last: each try counts."""
    if "pin" not in form.fields:
        return True
    try:
        records.prove(actor=actor, pin=form.cleaned_data["pin"], now=timezone.now())
    except records.CannotOpen as problem:
        form.add_error(
            "pin", words.sentence("record.wrong_pin" if problem.code == "record.wrong" else problem.code, problem.facts)
        )
        return False
    return True
