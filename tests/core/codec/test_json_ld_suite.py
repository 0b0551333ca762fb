"""The W3C's JSON-LD to RDF tests, with their inline contexts let through: each answer is exact or refused, never wrong.

The product refuses inline contexts before anything else; here only the part behind that door is tested. Which tests are
refused, and why, stands in docs/reference/conformance.md, which is compared.
"""

from __future__ import annotations

import json
import re
import warnings
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import Any

from pyld.context_resolver import ContextResolver
from pyoxigraph import CanonicalizationAlgorithm, Dataset, RdfFormat, parse

from credcore.codec import rdf
from credcore.codec.rdf import expansion
from credcore.codec.rdf.quads import quads
from credcore.errors import CredcoreError, UnavailableError
from tests.core.codec import nquads
from tests.vectors import vectors

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "conformance.md"
EXACT, DEMANDED = "exact", "refused, as it must be"
OLD, OPTIONS, ABSENT = "not asked: version 1.0", "not asked: options", "not asked: no file"


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


def _outcome(entry: dict[str, Any], folder: Path) -> str:
    """The row of the page that a test belongs to; `wrong` has none."""
    options = entry.get("option", {})
    if "json-ld-1.0" in (options.get("processingMode"), options.get("specVersion")):
        return OLD
    if {"expandContext", "rdfDirection"} & set(options):
        return OPTIONS
    if not (folder / entry["input"]).is_file():
        return ABSENT
    negative = any("Negative" in kind for kind in entry["@type"])
    try:
        found = _ours(json.loads((folder / entry["input"]).read_bytes()))
    except CredcoreError as error:
        return DEMANDED if negative else f"refused: `{error.code}`"
    if negative:
        return "wrong"
    if "expect" not in entry:
        return EXACT  # it only asks to be read
    text = "".join(rdf.canonical.line(quad) for quad in found)
    expected = (folder / entry["expect"]).read_text(encoding="utf-8")
    same = _canonical(text) == _canonical(expected)
    again = rdf.canonicalize_quads(found).nquads == rdf.canonicalize_quads(nquads.read(expected)).nquads
    return EXACT if same and again else "wrong"


@cache
def outcomes() -> dict[str, list[str]]:
    """The tests of each row."""
    folder, found = vectors("json-ld"), defaultdict(list)
    for entry in json.loads((folder / "toRdf-manifest.jsonld").read_bytes())["sequence"]:
        found[_outcome(entry, folder)].append(entry["@id"].removeprefix("#"))
    return found


def rows() -> dict[str, tuple[int, list[str]]]:
    """The same as the page has it: how many, and their names where it names them."""
    section = PAGE.read_text(encoding="utf-8").split("## JSON-LD to RDF")[1].split("\n## ")[0]
    found = {}
    for line in section.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) == 4 and cells[2].isdigit():
            found[cells[0]] = (int(cells[2]), re.findall(r"\bt\w+", cells[3]))
    return found


def test_no_answer_is_wrong() -> None:
    assert outcomes().get("wrong", []) == []
    assert len(outcomes()[EXACT]) > 200


def test_the_page_says_which_are_refused() -> None:
    written = rows()
    measured = {row: (len(names), [] if row in (EXACT, DEMANDED) else names) for row, names in outcomes().items()}
    assert written == measured, "\n".join(f"{row} | {count} | {' '.join(names)}" for row, (count, names) in measured.items())
