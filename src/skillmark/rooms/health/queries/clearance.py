"""The one question that another room may ask: is somebody cleared for work on a day, and until when?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import UTC, date, datetime
from uuid import UUID

from django.db.models import Q

from skillmark.rooms.health import rules
from skillmark.rooms.health.models import HealthRecord, HealthTerms
from skillmark.rooms.health.queries.vault import Vault, vault_of
from skillmark.rooms.health.rules import ClearUntil, Shown, Terms
from skillmark.rooms.people import queries as people
from skillmark.rooms.people.rules import server_for

_FOREVER = datetime.max.replace(tzinfo=UTC)


def clear_until(
    *, org_id: UUID, person_ids: Collection[UUID], on: date, known_at: datetime | None = None
) -> dict[UUID, ClearUntil]:  # fmt: skip
    """For each of these people of whom something is asked: whether they are cleared on the day, and until when.

    Nothing else leaves: no item, no reason, no note. Somebody of whom nothing is asked is not in the answer. `known_at`
    None: as it is known now. Leaves no journal entry, since nobody learns anything about anybody's health by it.
    Raises CannotOpen `health.key`.
    """
    vault = vault_of(org_id=org_id)
    if vault is None:
        return {}
    asked = terms_on(vault=vault, on=on, known_at=known_at).values()
    positions = positions_on(org_id=org_id, on=on, known_at=known_at)
    shown = shown_by(vault=vault, person_ids=person_ids, known_at=known_at)
    found = {
        one: rules.clear_until(asked=asked, shown=shown.get(one, ()), positions=positions.get(one, ()), on=on)
        for one in person_ids
    }
    return {one: answer for one, answer in found.items() if answer is not None}


def terms_on(*, vault: Vault, on: date, known_at: datetime | None) -> dict[UUID, Terms]:
    """Every item of the firm as it is asked for on a day."""
    rows = HealthTerms.objects.filter(item__org_id=vault.org_id, starts__lte=on).order_by("starts", "recorded_at")
    if known_at is not None:
        rows = rows.filter(recorded_at__lte=known_at)
    newest = {row.item_id: row for row in rows}  # the last one that has begun wins
    return {item_id: vault.terms(row) for item_id, row in newest.items()}


def positions_on(*, org_id: UUID, on: date, known_at: datetime | None) -> dict[UUID, set[UUID]]:
    """The positions in which people work on a day, by person; whoever was merged counts as whom they were merged into."""
    server = server_for(org_id=org_id)
    merged = people.merged(actor=server)
    found: dict[UUID, set[UUID]] = defaultdict(set)
    for place in people.places(actor=server, on=on, known_at=known_at or _FOREVER):
        if place.position_id is not None:
            found[merged.get(place.person_id, place.person_id)].add(place.position_id)
    return found


def records_of(*, org_id: UUID, person_ids: Collection[UUID], known_at: datetime | None) -> dict[UUID, list[HealthRecord]]:
    """Records as they were known at a moment, by the person who stayed after a merge."""
    merged = people.merged(actor=server_for(org_id=org_id))
    wanted = set(person_ids)
    ids = wanted | {gone for gone, stayed in merged.items() if stayed in wanted}
    rows = HealthRecord.objects.filter(org_id=org_id, person_id__in=ids)
    if known_at is None:
        rows = rows.filter(superseded_at=None)
    else:
        rows = rows.filter(recorded_at__lte=known_at).filter(Q(superseded_at=None) | Q(superseded_at__gt=known_at))
    found: dict[UUID, list[HealthRecord]] = defaultdict(list)
    for row in rows:
        found[merged.get(row.person_id, row.person_id)].append(row)
    return found


def shown_by(*, vault: Vault, person_ids: Collection[UUID], known_at: datetime | None) -> dict[UUID, list[Shown]]:
    """What these people have shown."""
    rows = records_of(org_id=vault.org_id, person_ids=person_ids, known_at=known_at)
    return {person_id: [vault.record(row).shown for row in several] for person_id, several in rows.items()}
