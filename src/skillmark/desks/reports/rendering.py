"""One table in the form that was asked for: text, JSON, CSV, Excel or PDF."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from skillmark.desks import papers, spreadsheets
from skillmark.desks.reports.shape import Table
from skillmark.desks.spreadsheets import Value

_WIDEST = 60


@dataclass(frozen=True, slots=True)
class Rendered:
    """The bytes, and what they are. `ending` is that of a file's name, without the dot."""

    body: bytes
    media_type: str
    ending: str


def render(*, table: Table, format: str) -> Rendered:
    """The table in one of `FORMATS`. Raises KeyError for another."""
    make, media_type, ending = _MAKERS[format]
    return Rendered(make(table), media_type, ending)


def _text(table: Table) -> bytes:
    """Columns side by side, for a terminal."""
    lines = [[column.title for column in table.columns], *([spreadsheets.text(one) for one in row] for row in table.rows)]
    lines = [[_shortened(one) for one in line] for line in lines]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    drawn = ["  ".join(one.ljust(width) for one, width in zip(line, widths, strict=True)).rstrip() for line in lines]
    drawn.insert(1, "  ".join("─" * width for width in widths))
    return "\n".join([f"{table.title} · {table.firm} · {table.ask.on.isoformat()}", "", *drawn, ""]).encode()


def _json(table: Table) -> bytes:
    """`report`, `as_of`, `known_at`, `firm`, and what the report tells: `people`, else `rows`, one object each.

    Each on a line of its own, for a person who reads it; with more lines it takes three times as long.
    """
    known_at = table.ask.known_at.isoformat() if table.ask.known_at else None
    told: dict[str, object] = {
        "report": table.name, "as_of": table.ask.on.isoformat(), "known_at": known_at, "firm": table.firm,
    }  # fmt: skip
    told |= table.body
    if "people" not in told:
        keys = [column.key for column in table.columns]
        told["rows"] = [dict(zip(keys, map(_plain, row), strict=True)) for row in table.rows]
    parts = [f"  {_as_json(name)}: {_lines(part)}" for name, part in told.items()]
    return ("{\n" + ",\n".join(parts) + "\n}\n").encode()


def _lines(part: object) -> str:
    if not isinstance(part, list) or not part:
        return _as_json(part)
    return "[\n" + ",\n".join(f"    {_as_json(one)}" for one in part) + "\n  ]"


def _as_json(thing: object) -> str:
    return json.dumps(thing, ensure_ascii=False)


def _csv(table: Table) -> bytes:
    return spreadsheets.csv_of(head=[column.title for column in table.columns], rows=table.rows)


def _xlsx(table: Table) -> bytes:
    return spreadsheets.xlsx_of(title=table.title, head=[column.title for column in table.columns], rows=table.rows)


def _pdf(table: Table) -> bytes:
    return papers.report(
        title=table.title, firm=table.firm, on=table.ask.on, language=table.ask.language,
        head=[(column.title, column.share) for column in table.columns],
        rows=[[value if isinstance(value, date) else spreadsheets.text(value) for value in row] for row in table.rows],
        nothing=_("Nothing to show for this day."),
    )  # fmt: skip


def _plain(value: Value) -> object:
    return value.isoformat() if isinstance(value, date) else value


def _shortened(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _WIDEST else text[: _WIDEST - 1] + "…"


_MAKERS: Mapping[str, tuple[Callable[[Table], bytes], str, str]] = {
    "table": (_text, "text/plain; charset=utf-8", "txt"),
    "json": (_json, "application/json", "json"),
    "csv": (_csv, "text/csv; charset=utf-8", "csv"),
    "xlsx": (_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
    "pdf": (_pdf, "application/pdf", "pdf"),
}
FORMATS = tuple(_MAKERS)
