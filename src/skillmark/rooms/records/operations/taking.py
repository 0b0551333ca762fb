"""The person's side of a leaver pack: look, type the PIN, keep everything. Looking takes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, NoReturn
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from credcore.errors import VerificationError
from credcore.verify import Policy, VerifiedCredential, Verifier
from skillmark.errors import DomainError
from skillmark.rooms.credentials import operations as credentials
from skillmark.rooms.credentials import queries as proofs
from skillmark.rooms.credentials.rules import same_name
from skillmark.rooms.people import operations as people
from skillmark.rooms.people import queries as people_queries
from skillmark.rooms.people.rules import Actor, Role, server_for
from skillmark.rooms.records import queries, rules
from skillmark.rooms.records.models import LeaverPack
from skillmark.rooms.records.operations.packs import code_hash_of, note, when
from skillmark.rooms.records.rules import packs as limits
from skillmark.rooms.signing import queries as signing

if TYPE_CHECKING:
    from skillmark.rooms.credentials.models import Held, Issued


class CannotTake(DomainError):
    """The code or the PIN opens nothing."""


@dataclass(frozen=True, slots=True)
class PackView:
    """What whoever has the code may know before the PIN: from whom it is, and for whom by the first name."""

    giver: str
    first_name: str
    language: str
    expires_at: datetime
    time_zone: str


@dataclass(frozen=True, slots=True)
class Taken:
    """What was kept. `actor`: whose page may be shown now; None where it went into a page with a way in of its own."""

    actor: Actor | None
    kept: tuple[Held, ...]
    asks_for_pin: bool


def look_at_pack(*, code: str, now: datetime) -> PackView:
    """Raises CannotTake `leaver.unknown`, `leaver.used` (fact `date`), `leaver.closed`, `leaver.expired`, `leaver.locked`; all
    but the first with the fact `giver`."""
    found = _open(code=code, now=now)
    firm = server_for(org_id=found.org_id)
    return PackView(
        giver=_giver(found), first_name=found.person.name.split()[0],
        language=found.person.language, expires_at=found.expires_at, time_zone=people_queries.site(actor=firm).time_zone,
    )  # fmt: skip


def open_pack(*, code: str, pin: str, now: datetime) -> UUID:
    """The pack behind the code, when the PIN is right; from then on the firm takes nothing back.

    Raises as `look_at_pack`, and `leaver.wrong_pin` (fact `tries_left`).
    Call it outside any transaction: a try that is rolled back would not count.
    """
    found = _open(code=code, now=now)
    alive = Q(code_hash=found.code_hash, used_at=None, closed_at=None, expires_at__gt=now)
    try:
        people.guess(code=found, alive=alive, typed=rules.pin_digits(pin))
    except people.NoTry:
        _explain(_again(found), now)
    except people.WrongPin as error:
        if error.left:
            raise CannotTake("leaver.wrong_pin", tries_left=str(error.left)) from error
        note(actor=None, pack=found, event="records.pack.locked", now=now)
        raise CannotTake("leaver.locked", giver=_giver(found)) from error
    with transaction.atomic():
        free = LeaverPack.objects.filter(id=found.id, code_hash=found.code_hash, used_at=None, closed_at=None)
        if not free.exists():  # taken back at this very moment
            _explain(_again(found), now)
        if free.filter(opened_at=None).update(opened_at=now):
            note(actor=None, pack=found, event="records.pack.opened", now=now)
    return found.id


def pack_contents(*, pack_id: UUID) -> list[Issued]:
    """The proofs of a pack that still count, the work history first. The caller has opened it with `open_pack`."""
    found = LeaverPack.objects.get(id=pack_id)
    wanted = set(found.issued)
    mine = proofs.proofs(actor=server_for(org_id=found.org_id), person_id=found.person_id, state="live")
    inside = [one for one in mine if str(one.id) in wanted and one.paused_at is None]
    return sorted(inside, key=lambda one: one.id != found.history_id)


def keep_pack(*, pack_id: UUID, verifier: Verifier, now: datetime, into: Actor | None = None) -> Taken:
    """Put all of it into the person's own page at once; the code is spent last, together with keeping.

    The caller has opened the pack with `open_pack`. `into`: the person whose page is open in this browser; what they are given
    by a firm that knows no page of theirs goes there. Each proof is checked first; one that no longer counts is left out.
    Raises CannotTake `leaver.used`, `leaver.closed`, `leaver.expired`, `leaver.not_good` when none of it counts any more.
    Call it outside any transaction.
    """
    if into is not None:
        people.demand(actor=into, action="record.change")
    found = LeaverPack.objects.select_related("person").get(id=pack_id)
    checked = _checked(found, verifier=verifier, now=now)
    if not checked:
        raise CannotTake("leaver.not_good", giver=_giver(found))
    with transaction.atomic():
        free = LeaverPack.objects.filter(id=found.id, used_at=None, closed_at=None, expires_at__gt=now)
        if not free.update(used_at=now):
            _explain(_again(found), now)
        space = people.make_own_space(
            org_id=found.org_id, person_id=found.person_id, now=now, into=into.org_id if into is not None else None
        )
        actor = Actor(org_id=space.id, role=Role.WORKER, name=space.name)
        kept = tuple(
            credentials.hold(
                actor=actor, verified=verified, issued_id=one.id, now=now,
                names_other=not same_name(one.person_name, space.name),
            )
            for one, verified in checked
        )  # fmt: skip
        note(actor=None, pack=found, event="records.pack.kept", now=now)
        locked = queries.has_way_in(actor=actor)
    if into is not None and into.org_id == space.id:
        return Taken(into, kept, not locked)
    return Taken(None if locked else actor, kept, not locked)


def _checked(
    found: LeaverPack, *, verifier: Verifier, now: datetime
) -> list[tuple[Issued, VerifiedCredential]]:  # fmt: skip
    inside = pack_contents(pack_id=found.id)
    ours = Policy.own(issuers=signing.identities(org_id=found.org_id))
    documents = proofs.documents_of(actor=server_for(org_id=found.org_id), issued_ids=[one.id for one in inside])
    checked = []
    for one in inside:
        try:
            checked.append((one, verifier.verify(documents[one.id], now=now, policy=ours)))
        except VerificationError:
            continue  # over, or stopped at this very moment: it stays with the firm
    return checked


def _open(*, code: str, now: datetime) -> LeaverPack:
    found = LeaverPack.objects.filter(code_hash=code_hash_of(code)).select_related("person").first()
    if found is None:
        raise CannotTake("leaver.unknown")
    if _problem(found, now):
        _explain(found, now)
    return found


def _again(found: LeaverPack) -> LeaverPack:
    return LeaverPack.objects.select_related("person").get(id=found.id)


def _problem(found: LeaverPack, now: datetime) -> str:
    return limits.pack_problem(
        used_at=found.used_at, closed_at=found.closed_at, expires_at=found.expires_at, tries=found.tries, now=now
    )


def _explain(found: LeaverPack, now: datetime) -> NoReturn:
    raise CannotTake(_problem(found, now) or "leaver.closed", giver=_giver(found), **when(found))


def _giver(found: LeaverPack) -> str:
    return people_queries.organisation(actor=server_for(org_id=found.org_id)).name
