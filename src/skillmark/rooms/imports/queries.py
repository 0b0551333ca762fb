"""Ask about imports. Everything takes its actor."""

from __future__ import annotations

from uuid import UUID

from skillmark.errors import NotFound
from skillmark.rooms.imports.models import ColumnMemory, Import, ImportChange
from skillmark.rooms.imports.rules import Kind, State
from skillmark.rooms.people.rules import Actor


def imports(*, actor: Actor, most: int = 20) -> list[Import]:
    """The firm's imports, newest first, without the cells of their lists."""
    return list(Import.objects.filter(org_id=actor.org_id).defer("sheets", "answers")[:most])


def one(*, actor: Actor, import_id: UUID) -> Import:
    """One import. Raises NotFound."""
    found = Import.objects.filter(org_id=actor.org_id, id=import_id).first()
    if found is None:
        raise NotFound
    return found


def earlier(*, actor: Actor, sha256: str) -> Import | None:
    """The last import of exactly this file that was saved, if any."""
    found = Import.objects.filter(org_id=actor.org_id, sha256=sha256, state=State.SAVED).defer("sheets", "answers")
    return found.first()


def persons_by_row(*, actor: Actor, import_id: UUID) -> dict[int, UUID]:
    """By row: the person whom the import added there. Raises NotFound."""
    found = ImportChange.objects.filter(run=one(actor=actor, import_id=import_id), kind=Kind.PERSON_ADDED)
    return dict(found.values_list("row", "subject_id"))


def items_made(*, actor: Actor, import_id: UUID) -> dict[str, UUID]:
    """By name: the items that the import added. Raises NotFound."""
    found = ImportChange.objects.filter(run=one(actor=actor, import_id=import_id), kind=Kind.ITEM_ADDED)
    return {change.after["name"]: change.subject_id for change in found}


def made_by(*, actor: Actor, import_id: UUID) -> dict[str, int]:
    """What the import has written so far: people `added` and `changed`, and `cards`. Raises NotFound."""
    found = ImportChange.objects.filter(run=one(actor=actor, import_id=import_id))
    added, about, cards = set(), set(), 0
    for kind, person_id in found.values_list("kind", "person_id"):
        added |= {person_id} if kind == Kind.PERSON_ADDED else set()
        about |= {person_id} if person_id is not None else set()
        cards += kind in {Kind.HOLDING_RECORDED, Kind.HOLDING_CORRECTED}
    return {"added": len(added), "changed": len(about - added), "cards": cards}


def remembered(*, actor: Actor, kind: str) -> dict[str, str]:
    """What was decided about a list with these headings: plain heading → what it means."""
    found = ColumnMemory.objects.filter(org_id=actor.org_id, kind=kind).first()
    return dict(found.columns) if found else {}
