"""Everything that people hold, with what speaks for and against it: what a status is worked out from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Case, CharField, Q, QuerySet, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast

from skillmark.rooms.holdings.models import Holding, LateNote, Photo, Signature, SourceCheck
from skillmark.rooms.holdings.rules import RUN_OUT, EndState, Evidence, SignedBy
from skillmark.rooms.people import queries as people
from skillmark.rooms.people.rules import Actor

Held = dict[UUID, dict[UUID, list[Evidence]]]
_FEW = 2_000  # pieces of evidence
_CENT = Decimal("0.01")
_TRUE = {"1", "true"}  # as databases write it


def evidence(
    *, actor: Actor, known_at: datetime | None = None, person_ids: Collection[UUID] | None = None,
    item_ids: Collection[UUID] | None = None,
) -> Held:  # fmt: skip
    """By person and item: everything that the actor's people hold, with what speaks for it, as it was known at `known_at`
    (None: now), in no order.

    Whoever was merged into somebody is counted as them, also where `person_ids` names them by the record that was merged;
    everyone of `person_ids` is in the answer, whoever holds nothing with nothing. Seven queries at most, however many people.
    """
    found = _known(Holding.objects.filter(org_id=actor.org_id), known_at)
    seen = people.seen_ids(actor=actor)
    if seen is not None:
        found = found.filter(person_id__in=seen)
    merged = people.merged(actor=actor, known_at=known_at)
    wanted: set[UUID] = set()
    if person_ids is not None:
        wanted = {merged.get(one, one) for one in person_ids}
        found = found.filter(person_id__in=wanted | {old for old, stayed in merged.items() if stayed in wanted})
    if item_ids is not None:
        found = found.filter(item_id__in=list(item_ids))
    disputed = Case(When(_disputed(known_at), then=Value("yes")), default=Value(""), output_field=CharField())
    columns: tuple[str | Combinable, ...] = (
        *map(_text, ("id", "person_id", "item_id", "obtained", "starts", "ends")), "end_state", "level", _text("hours"),
        "giver", "method", "revision", disputed,
    )  # fmt: skip
    found_of: dict[str, dict[str, list[Evidence]]] = defaultdict(lambda: defaultdict(list))
    by_id: dict[str, Evidence] = {}
    ids, days = _Ids(), _Days()
    # No order: by any, a database reads the rows here and there on its disk instead of one after the other.
    for row in found.order_by().values_list(*columns).iterator(chunk_size=_FEW):
        text, person, item, obtained, starts, ends, end_state, level, hours, giver, method, revision, in_doubt = row
        by_id[text] = one = Evidence(
            UUID(text), ids[item], days[obtained], days[starts], days[ends], end_state == EndState.NO_END, level,
            None if hours is None else Decimal(hours).quantize(_CENT), giver, method, revision, bool(in_doubt),
        )  # fmt: skip
        found_of[person][item].append(one)
    if by_id:
        _add_support(actor, by_id, days, known_at)
    held: Held = {one: {} for one in wanted}
    for person, by_item in found_of.items():
        mine = held.setdefault(merged.get(ids[person], ids[person]), {})
        for item, several in by_item.items():
            mine.setdefault(ids[item], []).extend(several)
    return held


def _disputed(known_at: datetime | None) -> Q:
    """Whether it was under review, and the question not settled."""
    if known_at is None:
        return Q(disputed_at__isnull=False, dispute_ended_at=None)
    return Q(disputed_at__lte=known_at) & (Q(dispute_ended_at=None) | Q(dispute_ended_at__gt=known_at))


class _Ids(dict[str, UUID]):
    """Ids by their text, each made once: making them is what takes longest where a firm has tens of thousands of rows."""

    def __missing__(self, text: str) -> UUID:
        made = self[text] = UUID(text)
        return made


class _Days(dict[str | None, date | None]):
    """Days by their text, the same: five years have fewer days than a firm has rows."""

    def __missing__(self, text: str | None) -> date | None:
        made = self[text] = None if text is None else date.fromisoformat(text)
        return made


def _text(column: str) -> Cast:
    return Cast(column, CharField())


def _add_support(actor: Actor, by_id: dict[str, Evidence], days: _Days, known_at: datetime | None) -> None:
    """Photos, look-ups, signatures and late notes, onto the evidence that they are about."""
    mine = _narrowed(actor, by_id)
    upto: dict[str, Any] = {} if known_at is None else {"recorded_at__lte": known_at}
    photos = Photo.objects.filter(**mine)
    if known_at is not None:
        photos = photos.filter(added_at__lte=known_at)
    columns = (_text("holding_id"), "approved_at", "refused_at", "removed_at")
    for holding_id, approved, refused, removed in photos.values_list(*columns):
        one = by_id.get(holding_id)
        if one is None or _by_then(refused, known_at) or _by_then(removed, known_at):
            continue
        one.has_photo = True
        one.photo_approved = one.photo_approved or _by_then(approved, known_at)
    looks = SourceCheck.objects.filter(**mine, **upto).order_by("looked_on", "recorded_at")
    for holding_id, looked_on, confirmed in looks.values_list(_text("holding_id"), _text("looked_on"), _text("confirmed")):
        if (one := by_id.get(holding_id)) is not None:
            one.looked_on, one.look_denied = (days[looked_on], False) if confirmed in _TRUE else (None, True)
    signatures = Signature.objects.filter(**mine, **upto).order_by("recorded_at")
    for row in signatures.values_list(_text("holding_id"), "giver", "verdict", "own", "listed", "code", "recorded_at"):
        holding_id, giver, verdict, own, listed, code, asked_at = row
        if (one := by_id.get(holding_id)) is not None:
            over_on = asked_at.date() if code == RUN_OUT else None
            if over_on and one.signed is not None and one.signed.verdict != "bad":
                one.signed = replace(one.signed, over_on=one.signed.over_on or over_on)
            else:
                one.signed = SignedBy(giver, verdict, own, listed, code, over_on)
    for (holding_id,) in LateNote.objects.filter(**mine, **upto).values_list(_text("holding_id")):
        if (one := by_id.get(holding_id)) is not None:
            one.noted = True


def _narrowed(actor: Actor, by_id: Collection[str]) -> dict[str, Any]:
    """What leads to the rows about these: of a few their ids. A firm that has most of what the server holds reads everybody's
    and drops the others', for that is fastest; else it is led by the firm."""
    if len(by_id) <= _FEW:
        return {"holding_id__in": list(by_id)}
    if Holding.objects.count() <= 2 * len(by_id):
        return {}
    return {"holding__org_id": actor.org_id}


def _by_then(at: datetime | None, known_at: datetime | None) -> bool:
    return at is not None and (known_at is None or at <= known_at)


def _known(found: QuerySet[Holding], known_at: datetime | None) -> QuerySet[Holding]:
    """Rows as they stood at a moment; None: now."""
    if known_at is None:
        return found.filter(superseded_at=None)
    return found.filter(recorded_at__lte=known_at).filter(Q(superseded_at=None) | Q(superseded_at__gt=known_at))
