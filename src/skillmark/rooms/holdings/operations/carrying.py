"""What speaks for a holding goes along when it is corrected, as copies: the old row keeps its own for any past day.

Photos, notes and whatever speaks against a card always go along. A look-up and a good signature are about what was looked
at: they go along only to a row that says the same, so that nobody can raise a typed date to a checked one by typing.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from skillmark.rooms.holdings.models import Holding

VOUCHED_FOR = ("item_id", "obtained", "starts", "ends", "end_state", "level", "hours", "giver", "number")
"""What somebody has seen who looked a card up."""


def carry_over(*, old: Holding, made: Holding) -> None:
    """Copy onto `made` what speaks for and against `old`, which it replaces. Sign-offs tell of both: they go along themselves.

    Where `made` says again what an earlier row said, it gets that row's look-ups and signatures back.
    """
    same = _says_the_same(old, made)
    rows: list[Any] = [*old.photos.all(), *old.late_notes.all()]
    rows += [one for one in old.source_checks.all() if same is old or not one.confirmed]
    rows += [one for one in old.signatures.all() if same is old or one.verdict == "bad"]
    if same is not None and same is not old:
        rows += [one for one in same.source_checks.all() if one.confirmed]
        rows += [one for one in same.signatures.all() if one.verdict != "bad"]
    old.sign_offs.update(holding=made, person_id=made.person_id)
    for row in rows:
        row.pk = type(row)._meta.pk.get_default() or None
        row._state.adding = True
        row.holding = made
        row.save(force_insert=True)


def _says_the_same(old: Holding, made: Holding) -> Holding | None:
    """The latest of the rows before that says what the new one says."""
    for one in _before(old):
        if all(getattr(one, name) == getattr(made, name) for name in VOUCHED_FOR):
            return one
    return None


def _before(old: Holding) -> Iterator[Holding]:
    at: Holding | None = old
    while at is not None:
        yield at
        at = at.supersedes
