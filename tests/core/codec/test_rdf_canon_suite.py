"""The W3C's own tests of RDFC-1.0, all 86, with the budget that the product uses."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from typing import Any

import pytest

from credcore.codec.rdf import canonicalize_quads
from credcore.errors import BudgetError
from tests.core.codec import nquads
from tests.patience import BUSY
from tests.vectors import vectors


def entries() -> Iterator[Any]:
    try:
        manifest = vectors("rdf-canon") / "manifest.jsonld"
    except pytest.skip.Exception as skipped:
        yield pytest.param(None, marks=pytest.mark.skip(reason=str(skipped)), id="absent")
        return
    for entry in json.loads(manifest.read_bytes())["entries"]:
        yield pytest.param(entry, id=entry["id"])


@pytest.mark.parametrize("entry", list(entries()))
def test_entry(entry: dict[str, Any]) -> None:
    folder = vectors("rdf-canon")
    quads = nquads.read((folder / entry["action"]).read_text(encoding="utf-8"))
    hash_name = entry.get("hashAlgorithm", "SHA256").lower()
    if "Negative" in entry["type"]:
        before = time.perf_counter()
        with pytest.raises(BudgetError):
            canonicalize_quads(quads, hash_name=hash_name)
        assert time.perf_counter() - before < 0.2 * BUSY
        return
    found = canonicalize_quads(quads, hash_name=hash_name)
    expected = (folder / entry["result"]).read_bytes()
    if entry["type"].endswith("MapTest"):
        assert found.labels == json.loads(expected)
    else:
        assert found.nquads == expected


def test_the_suite_is_whole() -> None:
    manifest = json.loads((vectors("rdf-canon") / "manifest.jsonld").read_bytes())
    assert len(manifest["entries"]) == 86
