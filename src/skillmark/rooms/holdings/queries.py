"""Ask what people hold. Everything takes its actor; a supervisor of one site gets no answer about the people of another."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Model, Q, QuerySet

from skillmark.errors import NotFound
from skillmark.rooms.holdings.models import Ask, Holding, LateNote, Photo, Signature, SourceCheck, StoredFile
from skillmark.rooms.holdings.rules import EndState, Evidence, SignedBy
from skillmark.rooms.people import queries as people
from skillmark.rooms.people.rules import Actor

Held = dict[UUID, dict[UUID, list[Evidence]]]
Row = TypeVar("Row", bound=Model)


def evidence(
    *, actor: Actor, known_at: datetime | None = None, person_ids: Collection[UUID] | None = None,
    item_ids: Collection[UUID] | None = None,
) -> Held:  # fmt: skip
    """By person and item: everything they hold, with what speaks for it, as it was known at `known_at` (None: now).

    Whoever was merged into somebody is counted as them. Five queries, however many people.
    """
    found = _known(Holding.objects.filter(org_id=actor.org_id), known_at)
    merged = people.merged(actor=actor)
    if person_ids is not None:
        wanted = set(person_ids)
        found = found.filter(person_id__in=wanted | {old for old, stayed in merged.items() if stayed in wanted})
    if item_ids is not None:
        found = found.filter(item_id__in=list(item_ids))
    columns = (
        "id", "person_id", "item_id", "obtained", "starts", "ends", "end_state", "level", "hours", "giver", "method",
        "revision", "disputed_at", "dispute_ended_at",
    )  # fmt: skip
    held: Held = {}
    by_id: dict[UUID, Evidence] = {}
    for row in found.order_by("recorded_at").values_list(*columns):
        (
            id_, person_id, item_id, obtained, starts, ends, end_state, level, hours, giver, method, revision, disputed, ended,
        ) = row  # fmt: skip
        one = Evidence(
            id_, item_id, obtained, starts, ends, end_state == EndState.NO_END, level, hours, giver, method, revision,
            _disputed(disputed, ended, known_at),
        )  # fmt: skip
        by_id[id_] = one
        held.setdefault(merged.get(person_id, person_id), {}).setdefault(item_id, []).append(one)
    if by_id:
        _add_support(actor, by_id, known_at)
    return held


def _disputed(at: datetime | None, ended: datetime | None, known_at: datetime | None) -> bool:
    if at is None or (known_at is not None and at > known_at):
        return False
    return ended is None or (known_at is not None and ended > known_at)


def _add_support(actor: Actor, by_id: dict[UUID, Evidence], known_at: datetime | None) -> None:
    """Photos, look-ups, signatures and late notes, onto the evidence that they are about."""
    mine = {"holding__org_id": actor.org_id}
    upto: dict[str, Any] = {} if known_at is None else {"recorded_at__lte": known_at}
    photos = Photo.objects.filter(**mine)
    if known_at is not None:
        photos = photos.filter(added_at__lte=known_at)
    for holding_id, approved, refused, removed in photos.values_list("holding_id", "approved_at", "refused_at", "removed_at"):
        one = by_id.get(holding_id)
        if one is None or _by_then(refused, known_at) or _by_then(removed, known_at):
            continue
        one.has_photo = True
        one.photo_approved = one.photo_approved or _by_then(approved, known_at)
    looks = SourceCheck.objects.filter(**mine, **upto).order_by("looked_on", "recorded_at")
    for holding_id, looked_on, confirmed in looks.values_list("holding_id", "looked_on", "confirmed"):
        if (one := by_id.get(holding_id)) is not None:
            one.looked_on, one.look_denied = (looked_on, False) if confirmed else (None, True)
    signatures = Signature.objects.filter(**mine, **upto).order_by("recorded_at")
    for row in signatures.values_list("holding_id", "giver", "verdict", "own", "listed", "code"):
        holding_id, giver, verdict, own, listed, code = row
        if (one := by_id.get(holding_id)) is not None:
            one.signed = SignedBy(giver, verdict, own, listed, code)
    for (holding_id,) in LateNote.objects.filter(**mine, **upto).values_list("holding_id"):
        if (one := by_id.get(holding_id)) is not None:
            one.noted = True


def _by_then(at: datetime | None, known_at: datetime | None) -> bool:
    return at is not None and (known_at is None or at <= known_at)


def holdings_of(*, actor: Actor, person_id: UUID, closed: bool = False) -> list[Holding]:
    """What one person holds, newest first; `closed`: also what was corrected or withdrawn. Raises NotFound."""
    found = Holding.objects.filter(org_id=actor.org_id, person_id__in=people.ids_of(actor=actor, person_id=person_id))
    found = found if closed else found.filter(superseded_at=None)
    return list(found.select_related("item").prefetch_related("photos", "source_checks", "signatures", "late_notes"))


def holding(*, actor: Actor, holding_id: UUID) -> Holding:
    """One holding with what speaks for it. Raises NotFound."""
    found = Holding.objects.filter(org_id=actor.org_id, id=holding_id).select_related("item", "person").first()
    if found is None:
        raise NotFound
    people.person(actor=actor, person_id=found.person_id)
    return found


def holdings_by_id(*, actor: Actor, holding_ids: Collection[UUID]) -> dict[UUID, Holding]:
    """Several holdings with photos, look-ups, signatures and notes, by id, in six queries; of the actor's people only."""
    found = Holding.objects.filter(org_id=actor.org_id, id__in=list(holding_ids)).select_related("item", "person")
    if actor.sites:
        found = found.filter(person_id__in=[one.id for one in people.people(actor=actor)])
    return {one.id: one for one in found.prefetch_related("photos__file", "source_checks", "signatures", "late_notes")}


def waiting_photos(*, actor: Actor) -> list[Photo]:
    """Photos that nobody has looked at yet, oldest first."""
    found = Photo.objects.filter(
        holding__org_id=actor.org_id, holding__superseded_at=None, approved_at=None, refused_at=None, removed_at=None
    )
    if actor.sites:
        found = found.filter(holding__person_id__in=[one.id for one in people.people(actor=actor)])
    return list(found.select_related("holding__person", "holding__item").order_by("added_at"))


def photo(*, actor: Actor, photo_id: UUID) -> Photo:
    """One photo with its file. Raises NotFound."""
    found = Photo.objects.filter(holding__org_id=actor.org_id, id=photo_id, removed_at=None)
    one = found.select_related("file", "holding__person", "holding__item").first()
    if one is None:
        raise NotFound
    people.person(actor=actor, person_id=one.holding.person_id)
    return one


def stored_file(*, actor: Actor, file_id: UUID) -> StoredFile:
    """A stored file of a holding that the actor may see: a photo or the screenshot of a look-up. Raises NotFound."""
    found = StoredFile.objects.filter(org_id=actor.org_id, id=file_id).first()
    if found is None:
        raise NotFound
    if actor.sites:
        shows = Holding.objects.filter(Q(photos__file=found) | Q(source_checks__screenshot=found), org_id=actor.org_id)
        seen = {one.id for one in people.people(actor=actor)}
        if not shows.filter(person_id__in=seen).exists():
            raise NotFound
    return found


def asks(*, actor: Actor, person_id: UUID | None = None, open_only: bool = False) -> list[Ask]:
    """Requests for a photo, newest first."""
    found = Ask.objects.filter(org_id=actor.org_id).select_related("person", "item")
    if person_id is not None:
        found = found.filter(person_id__in=people.ids_of(actor=actor, person_id=person_id))
    elif actor.sites:
        found = found.filter(person_id__in=[one.id for one in people.people(actor=actor)])
    return list(found.filter(used_at=None, closed_at=None) if open_only else found)


def _known(found: QuerySet[Row], known_at: datetime | None) -> QuerySet[Row]:
    if known_at is None:
        return found.filter(superseded_at=None)
    return found.filter(recorded_at__lte=known_at).filter(Q(superseded_at=None) | Q(superseded_at__gt=known_at))
