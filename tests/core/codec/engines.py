"""Other engines that say what the canonical form of a document is. None of them shares its reading of JSON-LD with us."""

from __future__ import annotations

import copy
import json
from functools import cache
from typing import Any

from pyld import jsonld
from pyld.context_resolver import ContextResolver
from pyoxigraph import CanonicalizationAlgorithm, Dataset, RdfFormat, parse, serialize

from credcore import contexts
from credcore.codec import rdf
from credcore.codec.rdf.quads import quoted

Json = dict[str, Any]
STRING = "http://www.w3.org/2001/XMLSchema#string"


def pyoxigraph(document: Json) -> bytes | None:
    """All of it by pyoxigraph, which is handed the pinned contexts inline; None where it is no judge.

    It names the graph of a proof after the proof (JSON-LD 1.1 expansion, step 13.13, leaves it unnamed), and labels two
    alike graphs otherwise than rdf-canonize, whose answer is ours. When two types of a thing bring contexts of their own, it
    lets the first one reach into the things below. Handed the contexts inline, it takes one that is named twice for a
    redefinition of protected words.
    """
    if _several_contexts(document):
        return None
    try:
        text = json.dumps(_inlined(document)).encode()
        return _canonical(Dataset(parse(text, format=RdfFormat.JSON_LD)))
    except SyntaxError:
        return None


def _several_contexts(value: Any) -> bool:
    if isinstance(value, list):
        return any(map(_several_contexts, value))
    if not isinstance(value, dict):
        return False
    kinds = [kind for listed in (value.get("type"), value.get("@type")) if isinstance(listed, list) for kind in listed]
    return len(scoped_types().intersection(map(str, kinds))) > 1 or any(map(_several_contexts, value.values()))


@cache
def scoped_types() -> frozenset[str]:
    """The words with a context of their own in any pinned context."""
    found = set()
    for pin in contexts.pinned():
        whole = contexts.load(pin.url)["@context"]
        for part in whole if isinstance(whole, list) else [whole]:
            if isinstance(part, dict):
                found |= {word for word, what in part.items() if isinstance(what, dict) and "@context" in what}
    return frozenset(found)


def pyoxigraph_labels(quads: list[rdf.Quad]) -> bytes:
    """Our statements, labelled by pyoxigraph: RDFC-1.0 alone."""
    return _canonical(Dataset(parse("".join(map(rdf.canonical.line, quads)).encode(), format=RdfFormat.N_QUADS)))


def _canonical(dataset: Dataset) -> bytes:
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return b"".join(sorted(serialize([quad], format=RdfFormat.N_QUADS) or b"" for quad in dataset))


def _inlined(value: Any) -> Any:
    if isinstance(value, list):
        return [_inlined(item) for item in value]
    if not isinstance(value, dict):
        return value
    return {key: _context(item) if key == "@context" else _inlined(item) for key, item in value.items()}


def _context(value: Any) -> Any:
    named = value if isinstance(value, list) else [value]
    return [url if url is None else contexts.load(url)["@context"] for url in named]


def _load(url: str, options: object) -> Json:
    return {
        "contentType": "application/ld+json", "contextUrl": None, "documentUrl": url,
        "document": copy.deepcopy(contexts.load(url)),
    }  # fmt: skip


_resolver = ContextResolver({}, _load)


def pyld(document: Json) -> bytes:
    """PyLD's expansion and its statements, labelled by us."""
    options = {"base": "", "documentLoader": _load, "contextResolver": _resolver}
    dataset = jsonld.JsonLdProcessor().to_rdf(document, options)
    quads = [
        (_term(one["subject"]), _term(one["predicate"]), _term(one["object"]), "" if graph == "@default" else _name(graph))
        for graph, triples in dataset.items()
        for one in triples
    ]
    return rdf.canonicalize_quads(quads).nquads


def _name(text: str) -> str:
    return text if text.startswith("_:") else f"<{text}>"


def _term(term: Json) -> str:
    if term["type"] != "literal":
        return _name(term["value"])
    text = quoted(term["value"])
    if "language" in term:
        return f"{text}@{term['language']}"
    return text if term["datatype"] == STRING else f"{text}^^<{term['datatype']}>"
