"""A pack for somebody who leaves: one code and one PIN for everything that goes along. Looking takes nothing.

The firm makes it, and a new code as often as it is needed, until the person has kept what is in it. Once it was opened with
the right PIN nobody takes it back: what is wrong in it is cancelled and given anew, for everybody to see.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction

from skillmark.errors import DomainError, NotFound
from skillmark.rooms.credentials import queries as proofs
from skillmark.rooms.credentials.rules import day_there, digest
from skillmark.rooms.journal import operations as journal
from skillmark.rooms.people import operations as people
from skillmark.rooms.people import queries as people_queries
from skillmark.rooms.people.rules import Actor, new_code, new_pin, server_for, shown_code
from skillmark.rooms.records import queries
from skillmark.rooms.records.models import LeaverPack
from skillmark.rooms.records.rules import packs as limits

_ATTEMPTS = 5


class CannotPack(DomainError):
    """The pack was not made, or stays as it is."""


def make_pack(
    *, actor: Actor, person_id: UUID, issued_ids: Sequence[UUID], history_id: UUID | None, last_day: date, now: datetime
) -> tuple[LeaverPack, str, str]:
    """The pack, its code (`XXXX-XXXX`) and its PIN, which are told this once. An earlier one that nobody kept is closed.

    Raises NotFound (also for a proof that is not this person's), CannotDo, CannotPack `leaver.empty`.
    """
    people.demand(actor=actor, action="people.change")
    people.demand(actor=actor, action="proof.give")
    person = people_queries.person(actor=actor, person_id=person_id)
    theirs = {one.id for one in proofs.proofs(actor=actor, person_id=person.id)}
    if not set(issued_ids) <= theirs:
        raise NotFound
    if not issued_ids:
        raise CannotPack("leaver.empty")

    def make(code_hash: str, pin_hash: str) -> LeaverPack:
        LeaverPack.objects.filter(org_id=actor.org_id, person=person, used_at=None, closed_at=None).update(closed_at=now)
        made = LeaverPack.objects.create(
            id=uuid4(), org_id=actor.org_id, person=person, issued=[str(one) for one in issued_ids], history_id=history_id,
            last_day=last_day, code_hash=code_hash, pin_hash=pin_hash, made_at=now, made_by=actor.label,
            expires_at=now + limits.LASTS,
        )  # fmt: skip
        note(actor=actor, pack=made, event="records.pack.made", now=now)
        return made

    return _with_code(make)


def new_pack_code(*, actor: Actor, pack_id: UUID, now: datetime) -> tuple[LeaverPack, str, str]:
    """Another code and PIN for a pack that nobody has kept yet; the ones of before stop working, wrong tries are forgotten.

    Raises NotFound, CannotDo, CannotPack `leaver.closed`, `leaver.used` (fact `date`).
    """
    people.demand(actor=actor, action="people.change")
    people.demand(actor=actor, action="proof.give")
    queries.pack(actor=actor, pack_id=pack_id)

    def make(code_hash: str, pin_hash: str) -> LeaverPack:
        found = LeaverPack.objects.select_for_update().select_related("person").get(id=pack_id)
        if found.used_at is not None or found.closed_at is not None:
            raise CannotPack("leaver.used" if found.used_at else "leaver.closed", giver=_firm(actor), **when(found))
        found.code_hash, found.pin_hash, found.tries, found.expires_at = code_hash, pin_hash, 0, now + limits.LASTS
        found.save(update_fields=["code_hash", "pin_hash", "tries", "expires_at"])
        note(actor=actor, pack=found, event="records.pack.code_renewed", now=now)
        return found

    return _with_code(make)


@transaction.atomic
def take_back_pack(*, actor: Actor, pack_id: UUID, now: datetime) -> LeaverPack:
    """Close a pack that nobody has opened.

    Raises NotFound, CannotDo, CannotPack `leaver.opened` (fact `date`), `leaver.closed`.
    """
    people.demand(actor=actor, action="people.change")
    found: LeaverPack = queries.pack(actor=actor, pack_id=pack_id)
    still = LeaverPack.objects.filter(id=found.id, opened_at=None, used_at=None, closed_at=None)
    if not still.update(closed_at=now):
        found.refresh_from_db()
        raise CannotPack("leaver.opened" if found.opened_at else "leaver.closed", giver=_firm(actor), **when(found))
    note(actor=actor, pack=found, event="records.pack.taken_back", now=now)
    return found


def _firm(actor: Actor) -> str:
    return people_queries.organisation(actor=actor).name


def _with_code(make: Callable[[str, str], LeaverPack]) -> tuple[LeaverPack, str, str]:
    pin = new_pin()
    pin_hash = make_password(pin)  # slow on purpose, so before the transaction
    for attempt in range(_ATTEMPTS):
        code = new_code()
        try:
            with transaction.atomic():
                return make(code_hash_of(code), pin_hash), shown_code(code), pin
        except IntegrityError:  # once in an age, the same code
            if attempt == _ATTEMPTS - 1:
                raise
    raise AssertionError  # the loop returns or raises


def code_hash_of(code: str) -> str:
    return digest(code, key=settings.SECRET_KEY, purpose="records.pack")


def is_code_of(*, pack: LeaverPack, code: str) -> bool:
    """Whether this is the code of the pack now: to print it again without keeping it anywhere."""
    return pack.code_hash == code_hash_of(code)


def when(found: LeaverPack) -> dict[str, str]:
    """The day, where the firm is, on which it was kept or opened."""
    moment = found.used_at or found.opened_at
    if moment is None:
        return {}
    zone = people_queries.site(actor=server_for(org_id=found.org_id)).time_zone
    return {"date": day_there(moment=moment, time_zone=zone).isoformat()}


def note(*, actor: Actor | None, pack: LeaverPack, event: str, now: datetime) -> None:
    """Without an actor it was the person, whom the code and the PIN stand for."""
    who, key = (actor.label, actor.key) if actor is not None else (pack.person.name, f"person:{pack.person_id}")
    journal.write(
        org_id=pack.org_id, actor=who, actor_id=key, event=event, subject_id=pack.id,
        data={"person": pack.person.name, "person_id": str(pack.person_id)}, now=now,
    )  # fmt: skip
