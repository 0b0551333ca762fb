"""What the person has decided about a sheet: kept between the screens, and again when the import is repeated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Answers:
    """All of it may be empty.

    `columns`: column, from 0 → key of a target. `date_order`: mdy, dmy or ymd. `count_from`: 1900 or 1904. `mark`: what "x"
    means, `have` or a level 1 to 4. `cells`: "row:column" → the mended text. `rows`: row → `skip`, `new`, `take`,
    `person:ID` or `row:NUMBER`. `update`: whether people who are there already are changed.
    """

    columns: Mapping[int, str] = field(default_factory=dict)
    date_order: str = ""
    count_from: str = ""
    mark: str = ""
    cells: Mapping[str, str] = field(default_factory=dict)
    rows: Mapping[int, str] = field(default_factory=dict)
    update: bool = True

    def as_json(self) -> dict[str, Any]:
        """As it is kept."""
        return {
            "columns": {str(at): key for at, key in self.columns.items()}, "date_order": self.date_order,
            "count_from": self.count_from, "mark": self.mark, "cells": dict(self.cells),
            "rows": {str(at): key for at, key in self.rows.items()}, "update": self.update,
        }  # fmt: skip


def from_json(kept: Mapping[str, Any]) -> Answers:
    """As `as_json` wrote it."""
    return Answers(
        {int(at): key for at, key in kept.get("columns", {}).items()},
        kept.get("date_order", ""),
        kept.get("count_from", ""),
        kept.get("mark", ""),
        kept.get("cells", {}),
        {int(at): key for at, key in kept.get("rows", {}).items()},
        kept.get("update", True),
    )
