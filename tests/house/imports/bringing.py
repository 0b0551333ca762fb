"""Bring in a list in tests: open, decide, save."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from skillmark.desks.importers import people_lists, roster, saving
from skillmark.rooms.people.rules import Actor
from tests.cast import NOW

TODAY = date(2026, 5, 4)


def bring(actor: Actor, text: str, *, name: str = "list.csv") -> Any:
    """An open import of a text."""
    data = text.encode()
    return people_lists.open_list(actor=actor, name=name, tables=roster.read(name, data), data=data, now=NOW, on=TODAY)


def look(actor: Actor, run: Any) -> people_lists.Looked:
    return people_lists.look(actor=actor, import_id=run.id, now=NOW, on=TODAY)


def decide(actor: Actor, run: Any, *, needs: dict[str, str] | None = None, sheet: int = 0, **answers: Any) -> None:
    kept = replace(look(actor, run).answers, **answers)
    people_lists.decide(actor=actor, import_id=run.id, answers=kept, needs=needs or {}, sheet=sheet, now=NOW)


def save(actor: Actor, run: Any, **more: Any) -> Any:
    return saving.save(actor=actor, import_id=run.id, now=NOW, on=TODAY, **more)
