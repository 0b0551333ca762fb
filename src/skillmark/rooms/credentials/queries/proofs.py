"""Which proofs a firm has given, and what anyone who has the link may see of one."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from skillmark.errors import NotFound
from skillmark.rooms.credentials import rules
from skillmark.rooms.credentials.models import Dispute, Issued, Pause, StatusChange
from skillmark.rooms.credentials.queries.templates import look
from skillmark.rooms.people import queries as people
from skillmark.rooms.people.rules import Actor

# What the list can be narrowed to: not cancelled, cancelled, waiting to be kept, kept, paused, said to be wrong.
STATES = ("live", "cancelled", "waiting", "kept", "paused", "disputed")


@dataclass(frozen=True, slots=True)
class PublicProof:
    """What the hosted page and the card show. `document` is the signed file, byte for byte; days begin in `time_zone`.

    `look` is its picture, as `rules.svg` takes it; `steps` are those of the check list, `evidence` what was seen.
    """

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
    steps: tuple[str, ...]
    evidence: tuple[rules.Seen, ...]
    level: int | None
    level_name: str
    language: str
    colour: str
    look: dict[str, str]
    time_zone: str
    cancelled_at: datetime | None

    @property
    def cancelled(self) -> bool:
        return self.cancelled_at is not None


def signed() -> QuerySet[Issued, Issued]:
    """Every signed proof of every firm with what `cancelled_at`, `paused_at` and `answer_by` need; for this room only,
    callers narrow it down."""
    return Issued.objects.filter(state=Issued.State.SIGNED).annotate(
        status_changed_at=Subquery(_changes().values("changed_at")[:1]),
        paused_since=Subquery(_pauses().values("paused_at")[:1]),
        review_until=Subquery(_open_disputes().values("answer_by")[:1]),
    )


def counting() -> QuerySet[Issued, Issued]:
    """Those of `signed` that were not cancelled."""
    return signed().filter(~Exists(_changes()))


def _changes() -> QuerySet[StatusChange]:
    return StatusChange.objects.filter(list_id=OuterRef("entry__list_id"), index=OuterRef("entry__index"))


def _pauses() -> QuerySet[Pause]:
    return Pause.objects.filter(list_id=OuterRef("entry__list_id"), index=OuterRef("entry__index"), resumed_at=None)


def _open_disputes() -> QuerySet[Dispute]:
    return Dispute.objects.filter(issued_id=OuterRef("id"), answered_at=None).order_by()


def proofs(*, actor: Actor, search: str = "", person_id: UUID | None = None, state: str | None = None) -> list[Issued]:
    """The firm's proofs, newest first, without their documents. `search` looks at the person's name and the title.

    A supervisor of some sites gets those of the people there. Raises NotFound for a `person_id` that is not the actor's.
    """
    found = given_by(actor=actor).defer("document", "payload").select_related("person")
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
    if state == "paused":
        found = found.filter(Exists(_pauses()))
    if state == "disputed":
        found = found.filter(Exists(_open_disputes()))
    return list(found)


def proof(*, actor: Actor, issued_id: UUID) -> Issued:
    """One of the firm's proofs, with `cancelled_at`, `paused_at` and `answer_by`.

    Raises NotFound, also for somebody of another site than the actor's.
    """
    found = given_by(actor=actor).filter(id=issued_id).select_related("person", "version").first()
    if found is None:
        raise NotFound
    return found


def why_stopped(*, actor: Actor, issued_id: UUID) -> StatusChange | Pause | None:
    """Why one of the firm's proofs does not count: how it was cancelled, else how it is paused; None: it is neither.

    Raises NotFound.
    """
    entry = proof(actor=actor, issued_id=issued_id).entry
    cancelled = StatusChange.objects.filter(list_id=entry.list_id, index=entry.index).first()
    return cancelled or Pause.objects.filter(list_id=entry.list_id, index=entry.index, resumed_at=None).first()


def given_by(*, actor: Actor) -> QuerySet[Issued, Issued]:
    """The firm's proofs that the actor may see; for this room only."""
    found, seen = signed().filter(org_id=actor.org_id), people.seen_ids(actor=actor)
    return found if seen is None else found.filter(person_id__in=seen)


def given_counts(*, actor: Actor) -> dict[UUID, int]:
    """How many proofs each of the actor's people was given, cancelled ones included, by the record that they were given to."""
    return dict(given_by(actor=actor).order_by().values_list("person_id").annotate(Count("id")))


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
        did=did(issued=found),
        how=rules.said(texts=found.version.how, language=found.language)[0],
        note=found.note,
        observer="" if found.history else found.given_by,
        observed_on=found.observed_on,
        steps=tuple(rules.said(texts=step, language=found.language)[0] for step in found.version.steps),
        evidence=tuple(rules.from_json(one) for one in found.evidence),
        level=found.level,
        level_name=rules.level_name(level=found.level, language=found.language),
        language=found.language,
        colour=found.version.colour,
        look=look(version=found.version, title=found.title, giver=found.giver, language=found.language),
        time_zone=found.time_zone,
        cancelled_at=found.cancelled_at,
    )


def time_zones(*, issued_ids: Collection[UUID]) -> dict[UUID, str]:
    """Where the givers of several proofs work, by the proofs' own identifiers; what is not one of ours is left out."""
    found = Issued.objects.filter(id__in=list(issued_ids), state=Issued.State.SIGNED)
    return dict(found.values_list("id", "time_zone"))


def did(*, issued: Issued) -> str:
    """What the person did, in the words of a proof: those of its kind, or the work history that it tells."""
    history = rules.history_from_json(issued.history)
    if history is None:
        return rules.said(texts=issued.version.did, language=issued.language)[0]
    on = rules.day_there(moment=issued.valid_from, time_zone=issued.time_zone)
    return history.said(giver=issued.giver, language=issued.language, on=on)


def giver_names(*, org_id: UUID) -> list[str]:
    """Every name that a firm has printed on its proofs: a firm may change its name, its older proofs keep the old one."""
    names = Issued.objects.filter(org_id=org_id, state=Issued.State.SIGNED).order_by("giver").values_list("giver", flat=True)
    return list(names.distinct())
