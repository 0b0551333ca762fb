"""The JSON schemas of HR Open, as files: every `$ref` is found beside the one that names it, and nothing is fetched."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft4Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT4

from tests.vectors import vectors


@cache
def registry() -> Registry[Any]:
    """Every schema under the address of its file; an address without a file fails."""

    def find(uri: str) -> Resource[Any]:
        return Resource.from_contents(json.loads(Path(uri.removeprefix("file://")).read_bytes()), default_specification=DRAFT4)

    return Registry(retrieve=find)  # type: ignore[call-arg]


def problems(document: dict[str, Any], *, schema: str) -> list[str]:
    """What the schema (a path below `recruiting/json`) has against a document; empty when it validates."""
    root = vectors("one-edtech") / "hr-open-schemas" / "recruiting" / "json" / schema
    checker = Draft4Validator({"$ref": root.resolve().as_uri()}, registry=registry())
    return [f"{'/'.join(map(str, one.absolute_path))}: {one.message[:200]}" for one in checker.iter_errors(document)]
