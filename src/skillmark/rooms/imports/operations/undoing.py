"""Take an import back: what is still as it was written goes, what was changed since is listed and left alone.

Each part is a transaction and strikes out its own changes: stopped midway, it is simply begun again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from skillmark.errors import NotFound
from skillmark.rooms.holdings import operations as holdings
from skillmark.rooms.holdings import queries as holdings_queries
from skillmark.rooms.imports import rules
from skillmark.rooms.imports.models import Import, ImportChange
from skillmark.rooms.imports.operations.opening import CannotImport, demand, locked, note
from skillmark.rooms.imports.rules import CHUNK, Kind, State
from skillmark.rooms.people import operations as people
from skillmark.rooms.people import queries as people_queries
from skillmark.rooms.people.rules import Actor
from skillmark.rooms.skills import operations as skills
from skillmark.rooms.talent import operations as talent
from skillmark.rooms.talent import queries as talent_queries


def undo(*, actor: Actor, import_id: UUID, now: datetime, today: date) -> Import:
    """Take an import back, also one that stopped midway. `left_alone` of the answer lists whoever was changed since.

    Raises NotFound, CannotImport `import.too_late` after 30 days, `import.closed` when nothing was saved, CannotDo.
    """
    demand(actor=actor)
    with transaction.atomic():
        run = locked(actor=actor, import_id=import_id)
        if run.state not in {State.SAVED, State.SAVING}:
            raise CannotImport("import.closed")
        if not rules.can_undo(state=run.state, saved_at=run.saved_at, now=now):
            raise CannotImport("import.too_late")
    undoing = _Undoing(actor, run, now, today)
    undoing.requirements()
    undoing.added_people()
    undoing.others()
    undoing.definitions()
    return _close(actor, run, now)


@transaction.atomic
def _close(actor: Actor, run: Import, now: datetime) -> Import:
    run = locked(actor=actor, import_id=run.id)
    if run.state != State.UNDONE:
        run.state, run.undone_at = State.UNDONE, now
        run.save(update_fields=["state", "undone_at"])
        note(actor=actor, run=run, event="imports.import.undone", now=now, counts={"left": str(len(run.left_alone))})
    return run


class _Undoing:
    """One import on its way back."""

    def __init__(self, actor: Actor, run: Import, now: datetime, today: date) -> None:
        self.actor, self.run, self.now, self.today = actor, run, now, today

    def requirements(self) -> None:
        """Nobody needs these any more, and nobody did on the days since: it was a mistake."""
        for change in self._changes(Kind.REQUIRED):
            with transaction.atomic():
                try:
                    talent.stop_requiring(actor=self.actor, requirement_id=change.subject_id, last=date.min, now=self.now)
                except NotFound:
                    self._leave([change.after["name"]])
                change.delete()

    def added_people(self) -> None:
        """Whoever was added and not touched since goes, with all that the import wrote of them."""
        known = {one.id: one for one in people_queries.people(actor=self.actor)}
        while chunk := list(self._changes(Kind.PERSON_ADDED)[:CHUNK]):
            with transaction.atomic():
                ids = {change.subject_id for change in chunk}
                touched = {c.subject_id for c in chunk if c.subject_id in known and _differs(known[c.subject_id], c.after)}
                about = self.run.changes.filter(person_id__in=ids)
                recorded = about.filter(kind__in=[Kind.HOLDING_RECORDED, Kind.HOLDING_CORRECTED])
                held = self._untouched(recorded.values_list("subject_id", flat=True))
                placed = set(about.filter(kind=Kind.ASSIGNED).values_list("subject_id", flat=True))
                kept = people.remove_many(
                    actor=self.actor, person_ids=ids - touched, ours=held | placed, now=self.now
                )  # fmt: skip
                self._leave(known[one].name for one in sorted({*kept, *touched}, key=str) if one in known)
                about.delete()

    def others(self) -> None:
        """People who were there before: their cards, places and facts, the last first."""
        kinds = [Kind.HOLDING_RECORDED, Kind.HOLDING_CORRECTED, Kind.ASSIGNED, Kind.PERSON_CHANGED]
        while chunk := list(self.run.changes.filter(kind__in=kinds).order_by("-id")[:CHUNK]):
            for change in chunk:
                with transaction.atomic():
                    if not self._reversed(change):
                        about = {change.person_id or change.subject_id}
                        self._leave(people_queries.names_of(actor=self.actor, person_ids=about).values())
                    change.delete()

    def definitions(self) -> None:
        """Items, positions and sites that the import made and nobody uses."""
        used = {one.item_id for one in talent_queries.requirements(actor=self.actor, on=self.today)}
        for change in self._changes(Kind.ITEM_ADDED):
            with transaction.atomic():
                id_ = change.subject_id
                if id_ in used or holdings_queries.evidence(actor=self.actor, item_ids=[id_]):
                    self._leave([change.after["name"]])
                else:
                    skills.archive_item(actor=self.actor, item_id=id_, now=self.now)
                change.delete()
        for change in self._changes(Kind.POSITION_ADDED):
            with transaction.atomic():
                there = people_queries.places(actor=self.actor, on=self.today, known_at=self.now)
                asked = talent_queries.requirements(actor=self.actor, on=self.today)
                if change.subject_id in {one.position_id for one in there} | {one.position_id for one in asked}:
                    self._leave([change.after["name"]])
                else:
                    people.archive_position(actor=self.actor, position_id=change.subject_id, now=self.now)
                change.delete()
        for change in self._changes(Kind.SITE_ADDED):
            with transaction.atomic():
                if not people.remove_site(actor=self.actor, site_id=change.subject_id, now=self.now):
                    self._leave([change.after["name"]])
                change.delete()

    def _reversed(self, change: ImportChange) -> bool:
        """Whether the change could be taken back: False when somebody went on from it."""
        if change.kind == Kind.PERSON_CHANGED:
            return self._facts_back(change)
        if change.kind == Kind.ASSIGNED:
            return people.take_back_placing(actor=self.actor, assignment_id=change.subject_id, now=self.now)
        if change.subject_id not in self._untouched([change.subject_id]):
            return False
        if change.kind == Kind.HOLDING_CORRECTED:
            old = holdings_queries.holding(actor=self.actor, holding_id=UUID(change.before["holding"]))
            facts = {name: getattr(old, name) for name in holdings.Facts.__dataclass_fields__ if name != "no_end"}
            said = holdings.Facts(**facts, no_end=old.end_state == "no_end")
            holdings.correct(actor=self.actor, holding_id=change.subject_id, facts=said, now=self.now, because=self.run.name)
        else:
            holdings.withdraw(actor=self.actor, holding_id=change.subject_id, because=self.run.name, now=self.now)
        return True

    def _facts_back(self, change: ImportChange) -> bool:
        """Put back those facts that are still as the import wrote them."""
        try:
            person = people_queries.person(actor=self.actor, person_id=change.subject_id)
        except NotFound:
            return False
        same = {name for name, value in change.after.items() if _text(getattr(person, name)) == _text(value)}
        before = {name: _fact(name, change.before[name]) for name in same}
        if before:
            people.change_facts(actor=self.actor, person_id=person.id, facts=before, now=self.now)
        return len(same) == len(change.after)

    def _untouched(self, holding_ids: Iterable[UUID]) -> set[UUID]:
        """Holdings that nobody has corrected, and for which nothing speaks yet: no photo, look-up, signature or note."""
        found = holdings_queries.holdings_by_id(actor=self.actor, holding_ids=list(holding_ids))
        return {
            one.id
            for one in found.values()
            if one.superseded_at is None
            and one.disputed_at is None
            and not any((one.photos.all(), one.source_checks.all(), one.signatures.all(), one.late_notes.all()))
        }

    def _changes(self, kind: Kind) -> Any:
        return self.run.changes.filter(kind=kind).order_by("-id")

    def _leave(self, names: Iterable[str]) -> None:
        """List what stays as it is."""
        new: Sequence[str] = [name for name in names if name not in self.run.left_alone]
        if new:
            self.run.left_alone = [*self.run.left_alone, *new]
            self.run.save(update_fields=["left_alone"])


def _differs(person: Any, facts: dict[str, Any]) -> bool:
    return any(_text(getattr(person, name)) != _text(value) for name, value in facts.items())


def _text(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else " ".join(str(value or "").split())


def _fact(name: str, value: Any) -> Any:
    return date.fromisoformat(value) if value and name in {"hired_on", "left_on"} else value
