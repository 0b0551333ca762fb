"""The pack as a table: one row for each person and item."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from skillmark.desks.packs import wording
from skillmark.desks.packs.shape import Entry, Pack, Page
from skillmark.desks.spreadsheets import Value


def columns() -> list[tuple[str, str, int]]:
    """(key for programs, title, share of the width on paper)."""
    return [
        ("person", _("Person"), 3), ("number", _("Number"), 2), ("positions", _("Position"), 2), ("site", _("Site"), 2),
        ("item", _("Item"), 3), ("state", _("State"), 2), ("gap", _("Gap"), 3), ("obtained", _("Obtained"), 2),
        ("ends", _("Expires"), 2), ("trained_on", _("Trained"), 2), ("evaluated_on", _("Evaluated"), 2),
        ("evaluator", _("Evaluator"), 3), ("giver", _("Giver"), 3), ("card_number", _("Number on it"), 2),
        ("trust", _("How we know"), 3), ("looked_on", _("Looked up on"), 2), ("looked_by", _("Looked up by"), 2),
        ("language", _("Language taught"), 2), ("understanding", _("How understanding was checked"), 3),
        ("late", _("Late"), 3), ("recorded", _("Recorded later"), 2), ("files", _("Files"), 3),
    ]  # fmt: skip


def rows(*, pack: Pack) -> list[list[Value]]:
    """The cells of `columns`, in the order of the pages."""
    return [_row(pack, page, entry) for page in pack.pages for entry in page.entries]


def _row(pack: Pack, page: Page, entry: Entry) -> list[Value]:
    held, on = entry.held, pack.choice.on
    look = held.look_up if held else None
    late = " ".join(wording.late(line=one, in_words=date.isoformat) for one in entry.late)
    gap = wording.gap(entry=entry, on=on, in_words=date.isoformat) if entry.gap else ""
    facts: Sequence[Value] = ("",) * 7
    if held is not None:
        facts = (
            held.obtained or held.starts, held.ends, held.trained_on, held.evaluated_on, held.evaluator, held.giver,
            held.number,
        )  # fmt: skip
    return [
        page.person.name, page.person.number, ", ".join(page.positions), ", ".join(page.sites), entry.item,
        wording.standing(entry=entry, on=on).word, gap, *facts, wording.trust(entry=entry), look.day if look else None,
        look.by if look else "", wording.language(held.language_taught) if held and held.language_taught else "",
        held.understanding if held else "", late, held.written_later if held else None,
        "; ".join(file.name for file in entry.files),
    ]  # fmt: skip
