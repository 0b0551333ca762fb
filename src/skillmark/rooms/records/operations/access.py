"""The slip and the PIN of a space: choose them, change them, open with them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction

from skillmark.errors import DomainError
from skillmark.rooms.journal import operations as journal
from skillmark.rooms.people import operations as people
from skillmark.rooms.people.rules import Actor, Role, shown_code
from skillmark.rooms.records import rules
from skillmark.rooms.records.models import Access
from skillmark.rooms.records.operations.openings import end_other_openings


class CannotOpen(DomainError):
    """The space stays closed, or its slip and PIN stay as they are."""


def choose_pin(*, actor: Actor, pin: str, now: datetime) -> str:
    """Lock the space with a PIN; the code of its slip (`XXXX-XXXX-XXXX`), which is shown this once.

    Raises CannotOpen `pin.wrong_length`, `pin.too_easy`, `record.has_pin`.
    """
    people.demand(actor=actor, action="record.change")
    pin = fit(pin)
    slip = rules.new_slip()
    pin_hash = make_password(pin)
    try:
        with transaction.atomic():
            people.hold_own_space(org_id=actor.org_id)
            Access.objects.create(org_id=actor.org_id, slip_hash=slip_hash(slip), pin_hash=pin_hash, made_at=now)
            _note(actor=actor, event="records.pin.chosen", now=now)
    except IntegrityError:
        raise CannotOpen("record.has_pin") from None
    return shown_code(slip)


def change_pin(*, actor: Actor, old_pin: str, new_pin: str, stay: Collection[UUID] = (), now: datetime) -> str:
    """A new PIN and a new slip; the old slip stops working. The space is closed everywhere but in the openings that `stay`.

    Raises as `open` and `choose_pin`.
    """
    people.demand(actor=actor, action="record.change")
    access = Access.objects.filter(org_id=actor.org_id).first()
    if access is None:
        raise CannotOpen("record.wrong")
    _try(access=access, pin=old_pin, now=now)
    pin_hash = make_password(fit(new_pin))
    slip = rules.new_slip()
    with transaction.atomic():
        Access.objects.filter(id=access.id).update(slip_hash=slip_hash(slip), pin_hash=pin_hash)
        end_other_openings(actor=actor, stay=stay, now=now)
        _note(actor=actor, event="records.pin.changed", now=now)
    return shown_code(slip)


def prove(*, actor: Actor, pin: str, now: datetime) -> None:
    """Ask for the PIN once more, before somebody with an open page in hand takes everything along or erases it.

    A page without a PIN has nothing to ask for. Raises CannotOpen as `open`; call it outside any transaction.
    """
    access = Access.objects.filter(org_id=actor.org_id).first()
    if access is not None:
        _try(access=access, pin=pin, now=now)


def open(*, slip_code: str, pin: str, now: datetime) -> Actor:  # noqa: A001 - called as records.open, and it says so
    """Open the space. Five wrong PINs pause it for fifteen minutes, never for good.

    Raises CannotOpen `record.wrong` (unknown slip and wrong PIN read the same) or `record.paused` (fact `minutes`).
    Call it outside any transaction: a try that is rolled back would not count.
    """
    access = tried(slip_code=slip_code, pin=pin, now=now)
    return Actor(org_id=access.org_id, role=Role.WORKER, name=access.org.name)


def tried(*, slip_code: str, pin: str, now: datetime) -> Access:
    """The lock that this slip and this PIN open. For this room; raises as `open`."""
    access = Access.objects.filter(slip_hash=slip_hash(slip_code)).select_related("org").first()
    if access is None:
        make_password(rules.pin_digits(pin))  # takes as long as a wrong PIN does
        raise CannotOpen("record.wrong")
    _try(access=access, pin=pin, now=now)
    return access


def _try(*, access: Access, pin: str, now: datetime) -> None:
    try:
        people.guess_lock(lock=access, typed=rules.pin_digits(pin), now=now)
    except people.Resting as error:
        raise CannotOpen("record.paused", minutes=str(error.minutes)) from error
    except people.WrongPin as error:
        raise CannotOpen("record.wrong") from error


def fit(pin: str) -> str:
    """The digits of a PIN that may be chosen. For this room. Raises CannotOpen `pin.wrong_length`, `pin.too_easy`."""
    pin = rules.pin_digits(pin)
    problem = rules.pin_problem(pin)
    if problem:
        raise CannotOpen(problem)
    return pin


def slip_hash(code: str) -> str:
    """How the code of a slip is kept. For this room."""
    return rules.slip_digest(code, key=settings.SECRET_KEY)


def _note(*, actor: Actor, event: str, now: datetime) -> None:
    journal.write(org_id=actor.org_id, actor=actor.label, actor_id=actor.key, event=event, subject_id=actor.org_id, now=now)
