"""Which proofs a firm has given, and what anyone who has the link may see of one."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from skillmark.errors import NotFound
from skillmark.rooms.credentials import rules
from skillmark.rooms.credentials.models import Issued, StatusChange
from skillmark.rooms.people import queries as people
from skillmark.rooms.people.rules import Actor

# What the list can be narrowed to: not cancelled, cancelled, waiting to be kept, kept.
STATES = ("live", "cancelled", "waiting", "kept")


@dataclass(frozen=True, slots=True)
class PublicProof:
    """What the hosted page and the card show. `document` is the signed file, byte for byte; days begin in `time_zone`."""

    id: UUID
    document: bytes
    title: str
    person_name: str
    giver: str
    given_at: datetime
    valid_until: datetime | None
    did: str
    how: str
    note: str
    observer: str
    observed_on: date | None
    level: int | None
    level_name: str
    language: str
    colour: str
    time_zone: str
    cancelled_at: datetime | None

    @property
    def cancelled(self) -> bool:
        return self.cancelled_at is not None


def signed() -> QuerySet[Issued, Issued]:
    """Every signed proof of every firm with what `cancelled_at` needs; for this room only, callers narrow it down."""
    change = _changes()
    return Issued.objects.filter(state=Issued.State.SIGNED).annotate(
        status_changed_at=Subquery(change.values("changed_at")[:1])
    )


def _changes() -> QuerySet[StatusChange]:
    return StatusChange.objects.filter(list_id=OuterRef("entry__list_id"), index=OuterRef("entry__index"))


def proofs(*, actor: Actor, search: str = "", person_id: UUID | None = None, state: str | None = None) -> list[Issued]:
    """The firm's proofs, newest first, without their documents. `search` looks at the person's name and the title.

    A supervisor of some sites gets those of the people there. Raises NotFound for a `person_id` that is not the actor's.
    """
    found = _given_by(actor).defer("document", "payload").select_related("person")
    if search.strip():
        found = found.filter(Q(person_name__icontains=search.strip()) | Q(title__icontains=search.strip()))
    if person_id is not None:
        found = found.filter(person_id__in=people.ids_of(actor=actor, person_id=person_id))
    if state == "cancelled":
        found = found.filter(Exists(_changes()))
    elif state is not None:
        found = found.filter(~Exists(_changes()))
    if state in ("waiting", "kept"):
        found = found.filter(own_org_id__isnull=state == "waiting")
    return list(found)


def proof(*, actor: Actor, issued_id: UUID) -> Issued:
    """One of the firm's proofs, with `cancelled_at`. Raises NotFound, also for somebody of another site than the actor's."""
    found = _given_by(actor).filter(id=issued_id).select_related("person", "version").first()
    if found is None:
        raise NotFound
    return found


def _given_by(actor: Actor) -> QuerySet[Issued, Issued]:
    found, seen = signed().filter(org_id=actor.org_id), people.seen_ids(actor=actor)
    return found if seen is None else found.filter(person_id__in=seen)


def documents_of(*, actor: Actor, issued_ids: Collection[UUID]) -> dict[UUID, bytes]:
    """The signed files of several of the firm's proofs, by id, byte for byte; others are left out."""
    found = Issued.objects.filter(org_id=actor.org_id, id__in=list(issued_ids), state=Issued.State.SIGNED)
    return {id_: bytes(document) for id_, document in found.values_list("id", "document")}


def public_proof(*, issued_id: UUID) -> PublicProof:
    """A proof by its own identifier, which only those know who were given it. Raises NotFound, also before it is signed."""
    found = signed().filter(id=issued_id).select_related("version").first()
    if found is None:
        raise NotFound
    return PublicProof(
        id=found.id,
        document=bytes(found.document),
        title=found.title,
        person_name=found.person_name,
        giver=found.giver,
        given_at=found.given_at,
        valid_until=found.valid_until,
        did=rules.said(texts=found.version.did, language=found.language)[0],
        how=rules.said(texts=found.version.how, language=found.language)[0],
        note=found.note,
        observer=found.given_by,
        observed_on=found.observed_on,
        level=found.level,
        level_name=rules.level_name(level=found.level, language=found.language),
        language=found.language,
        colour=found.version.colour,
        time_zone=found.time_zone,
        cancelled_at=found.cancelled_at,
    )


def giver_names(*, org_id: UUID) -> list[str]:
    """Every name that a firm has printed on its proofs: a firm may change its name, its older proofs keep the old one."""
    names = Issued.objects.filter(org_id=org_id, state=Issued.State.SIGNED).order_by("giver").values_list("giver", flat=True)
    return list(names.distinct())
