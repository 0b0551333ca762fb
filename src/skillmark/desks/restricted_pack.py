"""The restricted part of an inspector pack: a file of its own, made only for those whom the owner let in.

It is never part of the pack, so that the pack can be handed on without a thought.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _

from skillmark.desks import spreadsheets
from skillmark.rooms.health import queries
from skillmark.rooms.health.queries import Line, PersonHealth
from skillmark.rooms.people.rules import Actor
from skillmark.rooms.skills.rules import label

SHEET = "restricted.csv"
_ENDINGS = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}


def restricted_pack(*, actor: Actor, person_ids: Collection[UUID], on: date, now: datetime, language: str) -> bytes:
    """A ZIP: one table as of a day, and the papers. Every person in it leaves a journal entry, every paper another one.

    Raises NotFound without the permission, or for somebody who is not the actor's to see.
    """
    parts = queries.for_pack(actor=actor, person_ids=person_ids, on=on, now=now)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as parcel, translation.override(language):
        rows = []
        for number, part in enumerate(parts, 1):
            for place, line in enumerate(part.lines, 1):
                paper = ""
                if line.best is not None and line.best.file_id is not None:
                    file = queries.file(actor=actor, file_id=line.best.file_id, now=now)
                    paper = f"papers/{number:03}-{place:02}.{_ENDINGS[file.kind]}"
                    parcel.writestr(_entry(paper, on), file.body)
                rows.append(_row(part, line, paper, language))
        head = [
            _("Name"),
            _("Number"),
            _("What"),
            _("State"),
            _("Got on"),
            _("Last day"),
            _("Note"),
            _("Written down"),
            _("Paper"),
        ]
        parcel.writestr(_entry(SHEET, on), spreadsheets.csv_of(head=head, rows=rows))
    return made.getvalue()


def _row(part: PersonHealth, line: Line, paper: str, language: str) -> list[str]:
    best = line.best
    state = _("In date") if line.counts else _("Missing or ended") if line.needed else _("Not asked for now")
    told = ["", "", "", ""]
    if best is not None:
        ends = best.shown.ends.isoformat() if best.shown.ends else _("no end")
        told = [best.shown.obtained.isoformat(), ends, best.note, f"{best.recorded_at:%Y-%m-%d}"]
    person = part.person
    return [person.name, person.number, label(line.terms.names, language=language), state, *told, paper]


def _entry(name: str, day: date) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, (max(1980, day.year), day.month, day.day, 0, 0, 0))
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry
