"""A made-up staff list to try the import with: as messy as real ones, with one row to mend."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

_ROWS: Final = (
    ("Bell, Marcus", "555-0114", "Materials", 210, "5/1/24", "ask Ray"),
    ("Delgado, Rosa", "555 0132", "CNC op", 24, "–", ""),
    ("", "", "", None, "", ""),
    ("Tran, Hieu", "(555) 0178", "CNC setup", -12, "9/30/25", "back in June"),
    ("Brooks, Devon", "555-0199", "Materials", 88, "31 Feb", ""),
    ("Kowalski, Lena", "555-0150", "Quality", 400, "n/a", ""),
)


def text(*, on: date) -> str:
    """The cells of the list as from the clipboard, with days around `on`: one card has lapsed, one will soon."""
    lines = [
        "Staff list FINAL (2)",
        "",
        "\t".join(("Emp Name", "cell #", "Job", "CPR exp", "fork lift trained on", "notes 2")),
    ]
    for name, phone, job, days, lift, note in _ROWS:
        expires = "" if days is None else f"{on + timedelta(days=days):%m/%d/%Y}"
        lines.append("\t".join((name, phone, job, expires, lift, note)))
    return "\n".join([*lines, "Total: 5"])
