"""From a list that was handed in to one that is saved: its states, and what was decided on the way."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from skillmark.errors import DomainError, NotFound
from skillmark.rooms.imports import rules
from skillmark.rooms.imports.models import ColumnMemory, Import, ImportChange
from skillmark.rooms.imports.rules import State
from skillmark.rooms.journal import operations as journal
from skillmark.rooms.people import operations as people
from skillmark.rooms.people.rules import Actor


class CannotImport(DomainError):
    """A list cannot be brought in, or not taken back."""


def demand(*, actor: Actor) -> None:
    """Raise CannotDo, or CannotImport `import.one_site`: who sees one site only cannot tell who is there already."""
    people.demand(actor=actor, action="import.make")
    if actor.sites:
        raise CannotImport("import.one_site")


@transaction.atomic
def open_import(*, actor: Actor, name: str, sha256: str, sheets: bytes, now: datetime) -> Import:
    """Keep a list to look at. Nothing of it is saved. `sheets` are its cells. Raises CannotImport, CannotDo."""
    demand(actor=actor)
    made = Import.objects.create(
        org_id=actor.org_id, name=" ".join(name.replace("\0", "").split())[:200], sha256=sha256, sheets=sheets,
        started_at=now, started_by=actor.label,
    )  # fmt: skip
    note(actor=actor, run=made, event="imports.import.opened", now=now)
    return made


@transaction.atomic
def decide(*, actor: Actor, import_id: UUID, answers: Mapping[str, Any], now: datetime) -> Import:
    """Keep what the person decided about a list that is not saved yet. Raises NotFound, CannotImport, CannotDo."""
    demand(actor=actor)
    found = locked(actor=actor, import_id=import_id)
    if found.state != State.OPEN:
        raise CannotImport("import.closed")
    found.answers = dict(answers)
    found.save(update_fields=["answers"])
    return found


@transaction.atomic
def begin_saving(*, actor: Actor, import_id: UUID, total: int, now: datetime) -> Import:
    """Start to save, or go on. `total` is the number of the last row.

    Raises NotFound, CannotImport `import.closed` once it is saved or taken back, CannotDo.
    """
    demand(actor=actor)
    found = locked(actor=actor, import_id=import_id)
    if found.state not in {State.OPEN, State.SAVING}:
        raise CannotImport("import.closed")
    if found.state == State.OPEN:
        note(actor=actor, run=found, event="imports.import.started", now=now)
    found.state, found.total = State.SAVING, total
    found.save(update_fields=["state", "total"])
    return found


@transaction.atomic
def finish(
    *, actor: Actor, import_id: UUID, counts: Mapping[str, int], kind: str, columns: Mapping[str, str], now: datetime
) -> Import:
    """All rows are in. `counts` is what the page says of them; `columns` is remembered for lists of this `kind`.

    Raises NotFound, CannotImport `import.closed`, CannotDo.
    """
    demand(actor=actor)
    found = locked(actor=actor, import_id=import_id)
    if found.state != State.SAVING:
        raise CannotImport("import.closed")
    found.state, found.saved_at, found.counts, found.done = State.SAVED, now, dict(counts), found.total
    found.save(update_fields=["state", "saved_at", "counts", "done"])
    ColumnMemory.objects.update_or_create(org_id=actor.org_id, kind=kind, defaults={"columns": dict(columns), "noted_at": now})
    note(actor=actor, run=found, event="imports.import.saved", now=now, counts={k: str(v) for k, v in counts.items()})
    return found


@transaction.atomic
def forget(*, actor: Actor, import_id: UUID, now: datetime) -> None:
    """Throw away a list that was not saved. Raises NotFound, CannotImport `import.closed`, CannotDo."""
    demand(actor=actor)
    found = locked(actor=actor, import_id=import_id)
    if found.state != State.OPEN:
        raise CannotImport("import.closed")
    note(actor=actor, run=found, event="imports.import.thrown_away", now=now)
    found.delete()


def drop_lists(*, now: datetime) -> None:
    """Forget the cells of lists that can no longer be taken back, and lists that nobody saved. A job: it takes no actor."""
    real = Import.objects.filter(org__clock=None)  # the clock of a made-up firm stands still
    real.filter(state=State.OPEN, started_at__lt=now - rules.OPEN_LASTS).delete()
    over = Q(saved_at__lt=now - rules.UNDO) | Q(state=State.UNDONE)
    real.filter(over).exclude(sheets=b"").update(sheets=b"", answers={})


def forget_people(*, org_id: UUID, person_ids: Collection[UUID]) -> None:
    """Keep nothing of people who were deleted: neither the notes of what was changed, nor the cells of any list, since
    somebody stands in a list, too, of whom it changed nothing. Lists that nobody saved go as a whole."""
    ImportChange.objects.filter(run__org_id=org_id, person_id__in=person_ids).delete()
    Import.objects.filter(org_id=org_id, state=State.OPEN).delete()
    Import.objects.filter(org_id=org_id).exclude(sheets=b"").update(sheets=b"", answers={})


def locked(*, actor: Actor, import_id: UUID) -> Import:
    """The import, until the end of the transaction in nobody else's hands. Raises NotFound."""
    found = Import.objects.select_for_update().filter(org_id=actor.org_id, id=import_id).first()
    if found is None:
        raise NotFound
    return found


def note(*, actor: Actor, run: Import, event: str, now: datetime, counts: Mapping[str, str] | None = None) -> None:
    """An entry about an import."""
    journal.write(
        org_id=actor.org_id, actor=actor.label, actor_id=actor.key, event=event, subject_id=run.id,
        data={"name": run.name, **(counts or {})}, now=now,
    )  # fmt: skip
