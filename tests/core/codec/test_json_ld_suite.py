"""The W3C's JSON-LD to RDF tests, with their inline contexts let through: each answer is exact or refused, never wrong.

The product refuses inline contexts before anything else; here only the part behind that door is tested.
"""

from __future__ import annotations

import json
import warnings
from collections import Counter
from typing import Any

import pytest
from pyld.context_resolver import ContextResolver  # type: ignore[import-untyped]
from pyoxigraph import CanonicalizationAlgorithm, Dataset, RdfFormat, parse

from credcore.codec import rdf
from credcore.codec.rdf import expansion
from credcore.codec.rdf.quads import quads
from credcore.errors import CredcoreError, UnavailableError
from tests.core.codec import nquads
from tests.vectors import vectors


def _nothing(url: str, options: object) -> Any:
    raise UnavailableError("context.unknown", url, permanent=True)


def _ours(document: Any) -> list[rdf.Quad]:
    expander = expansion.SafeExpander(any_keyword=True)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SyntaxWarning)  # PyLD's word on look-alike keywords in inline contexts
        return quads(expansion.run(document, expander=expander, resolver=ContextResolver({}, _nothing)))


def _canonical(text: str) -> set[str]:
    """An oracle that shares no code with us; a set, as it is asked for the same statements, not for their order."""
    dataset = Dataset(parse(text.encode(), format=RdfFormat.N_QUADS))
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return {str(quad) for quad in dataset}


def _outcome(entry: dict[str, Any], folder: Any) -> str:
    try:
        found = _ours(json.loads((folder / entry["input"]).read_bytes()))
    except CredcoreError:
        return "refused"
    if "expect" not in entry:
        return "accepted"
    text = "".join(rdf.canonical.line(quad) for quad in found)
    expected = (folder / entry["expect"]).read_text(encoding="utf-8")
    same = _canonical(text) == _canonical(expected)
    again = rdf.canonicalize_quads(found).nquads == rdf.canonicalize_quads(nquads.read(expected)).nquads
    return "exact" if same and again else "wrong"


def test_every_answer_is_exact_or_refused(capsys: pytest.CaptureFixture[str]) -> None:
    folder = vectors("json-ld")
    sequence = json.loads((folder / "toRdf-manifest.jsonld").read_bytes())["sequence"]
    wrong, counts = [], Counter[str]()
    for entry in sequence:
        options = entry.get("option", {})
        wanted = next(kind for kind in ("Negative", "Positive") if any(kind in name for name in entry["@type"]))
        if options.get("processingMode") == "json-ld-1.0" or options.get("specVersion") == "json-ld-1.0":
            counts["of another version"] += 1
            continue
        if not entry["input"].endswith((".jsonld", ".json")) or (
            {"expandContext", "rdfDirection"} & set(options) or not (folder / entry["input"]).is_file()
        ):
            counts["of another input"] += 1
            continue
        outcome = _outcome(entry, folder)
        counts[f"{wanted}: {outcome}"] += 1
        if outcome == "wrong" or (wanted == "Negative" and outcome == "accepted"):
            wrong.append(f"{entry['@id']} {entry['name']}")
    with capsys.disabled():
        print(f"\nJSON-LD toRdf: {dict(counts)}")
    assert wrong == []
    assert counts["Positive: exact"] > 150
