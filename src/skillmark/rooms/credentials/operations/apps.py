"""Offer a proof to another app, once: make the offer, and change its code for a token. (OpenID4VCI 1.0, sections 4 and 6)"""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import NoReturn
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import Q

from skillmark.errors import DomainError, NotFound
from skillmark.rooms.credentials import queries, rules
from skillmark.rooms.credentials.models import AppOffer, Held, Issued
from skillmark.rooms.credentials.queries.apps import not_possible
from skillmark.rooms.credentials.queries.proofs import signed
from skillmark.rooms.credentials.rules import apps
from skillmark.rooms.journal import operations as journal
from skillmark.rooms.people import operations as people
from skillmark.rooms.people import queries as firms
from skillmark.rooms.people import rules as people_rules
from skillmark.rooms.people.rules import Actor, Role

CODE, TOKEN = "credentials.app_code_hash", "credentials.app_token"


class CannotOfferToApp(DomainError):
    """This proof cannot go into another app."""


class CannotTakeUp(DomainError):
    """An app does not get what it asked for. The code says why; the offer stays what it was unless it says otherwise."""


def offer_to_app(*, actor: Actor, issued_id: UUID, now: datetime) -> tuple[AppOffer, str]:
    """An offer of a proof to an app, and the six digits to be told in another way than by the QR. Neither is shown twice.

    The actor is the person who keeps the proof, or the firm that gave it. Earlier offers of theirs that are open stop.
    Raises NotFound, CannotDo, CannotOfferToApp `app.cancelled`, `app.over`, `app.key_retired`.
    """
    issued = _offerable(actor, issued_id)
    problem = not_possible(issued, now)
    if problem:
        raise CannotOfferToApp(problem)
    digits = people_rules.new_pin()
    pin_hash = make_password(digits)  # slow on purpose, so before the transaction
    number = uuid4()
    code = apps.app_code(offer_id=number, key=settings.SECRET_KEY)
    with transaction.atomic():
        AppOffer.objects.filter(org_id=actor.org_id, issued=issued, used_at=None, closed_at=None).update(closed_at=now)
        made = AppOffer.objects.create(
            id=number, org_id=actor.org_id, issued=issued, code_hash=_hash(code, CODE), pin_hash=pin_hash, made_at=now,
            expires_at=now + apps.APP_OFFER_LASTS,
        )  # fmt: skip
        journal.write(
            org_id=actor.org_id, actor=actor.label, actor_id=actor.key, event="credentials.app.offered", subject_id=issued.id,
            data={"title": issued.title}, now=now,
        )  # fmt: skip
    return made, digits


def app_token(*, org_id: UUID, code: str, tx_code: str, now: datetime) -> str:
    """A token for the code of an offer of this firm: once, by one conditional update, after everything else was checked.

    A wrong number counts a try and leaves the code as it is; the fifth locks it. Raises CannotTakeUp `app.unknown`,
    `app.used`, `app.closed`, `app.expired`, `app.locked`, `app.number_missing`, `app.number_wrong` (fact `tries_left`).
    Call it outside any transaction: a try that is rolled back would not count.
    """
    found = AppOffer.objects.filter(issued__org_id=org_id, code_hash=_hash(code, CODE)).first()
    if found is None:
        raise CannotTakeUp("app.unknown")
    _demand_open(found, now)
    if found.pin_hash:
        _check_number(found, tx_code, now)
    token = secrets.token_urlsafe(32)
    free = AppOffer.objects.filter(id=found.id, used_at=None, closed_at=None, expires_at__gt=now)
    if not free.update(used_at=now, token_hash=_hash(token, TOKEN), token_until=now + apps.APP_TOKEN_LASTS):
        found.refresh_from_db()
        _demand_open(found, now, spent=0)
        raise CannotTakeUp("app.used")
    return token


def app_nonce(*, org_id: UUID, now: datetime) -> str:
    """A number for an app to sign. Nothing is stored before it is used. Raises NotFound for a firm that is not here."""
    firms.organisation_public(org_id=org_id)
    return apps.make_nonce(org_id=org_id, key=settings.SECRET_KEY, now=now)


def offer_of_token(*, org_id: UUID, token: str, now: datetime) -> AppOffer:
    """The offer whose token an app shows. Only for this room. Raises CannotTakeUp `app.token`."""
    mine = AppOffer.objects.filter(issued__org_id=org_id, token_hash=_hash(token, TOKEN), closed_at=None, token_until__gt=now)
    found = mine.select_related("issued__version").first()
    if found is None:
        raise CannotTakeUp("app.token")
    return found


def _offerable(actor: Actor, issued_id: UUID) -> Issued:
    if actor.role is not Role.WORKER:
        people.demand(actor=actor, action="proof.give")
        return queries.proof(actor=actor, issued_id=issued_id)
    people.demand(actor=actor, action="record.change")
    kept = Held.objects.filter(org_id=actor.org_id, issued_id=issued_id).exists()
    found = signed().filter(id=issued_id).first() if kept else None
    if found is None:
        raise NotFound
    return found


def _check_number(found: AppOffer, tx_code: str, now: datetime) -> None:
    if not tx_code:
        raise CannotTakeUp("app.number_missing")
    try:
        people.guess(code=found, alive=Q(used_at=None, closed_at=None, expires_at__gt=now), typed=tx_code)
    except people.NoTry as error:
        found.refresh_from_db()
        _demand_open(found, now)
        raise CannotTakeUp("app.locked") from error
    except people.WrongPin as error:
        if error.left:
            raise CannotTakeUp("app.number_wrong", tries_left=str(error.left)) from error
        _note_locked(found, now)
        raise CannotTakeUp("app.locked") from error


def _demand_open(found: AppOffer, now: datetime, *, spent: int | None = None) -> None:
    """`spent`: the tries to reckon with; the number was right, so those of others no longer matter."""
    tries = found.tries if spent is None else spent
    state = rules.offer_state(
        used_at=found.used_at, closed_at=found.closed_at, expires_at=found.expires_at, tries=tries, now=now
    )
    if state is not rules.OfferState.OPEN:
        _refuse(state)


def _refuse(state: rules.OfferState) -> NoReturn:
    raise CannotTakeUp(state.value.replace("offer.", "app."))


def _note_locked(found: AppOffer, now: datetime) -> None:
    journal.write(
        org_id=found.org_id, actor="Skillmark", actor_id="server", event="credentials.app.locked", subject_id=found.issued_id,
        data={"title": found.issued.title}, now=now,
    )  # fmt: skip


def _hash(text: str, purpose: str) -> str:
    return apps.secret_hash(text, key=settings.SECRET_KEY, purpose=purpose)
