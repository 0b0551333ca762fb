"""From a JSON-LD document to the exact bytes that are signed.

Expansion is PyLD's, with contexts answered from `credcore.contexts` only; everything it would silently drop is refused
here (safe mode); the statements and their canonical form are ours. (W3C JSON-LD 1.1; RDFC-1.0)
"""

from __future__ import annotations

from typing import Any, NoReturn

from pyld import jsonld

from credcore import contexts
from credcore.codec.rdf.canonical import Budget, Canonical
from credcore.codec.rdf.canonical import canonicalize as canonicalize_quads
from credcore.codec.rdf.quads import quads
from credcore.errors import MalformedError, UnavailableError, UnsafeError

__all__ = ["Budget", "Canonical", "canonicalize", "canonicalize_quads", "to_quads"]

Json = dict[str, Any]

# Keywords that a credential never needs and that could move statements away from where a reader sees them.
_REFUSED = frozenset({"@base", "@graph", "@import", "@included", "@index", "@nest", "@propagate", "@reverse", "@vocab"})


def canonicalize(document: Json, *, budget: Budget | None = None, hash_name: str = "sha256") -> bytes:
    """Canonical N-Quads in UTF-8.

    Raises UnsafeError (undefined terms, relative identifiers, inline contexts), BudgetError, MalformedError
    `rdf.malformed`, UnavailableError (`context.unknown`, `rdf.unsupported`).
    """
    return canonicalize_quads(to_quads(document), budget=budget, hash_name=hash_name).nquads


def to_quads(document: Json) -> list[tuple[str, str, str, str]]:
    """The statements of a document, in safe mode. Errors as for `canonicalize`."""
    _refuse(document)
    try:
        expanded = jsonld.expand(
            document, {"documentLoader": _load, "base": "", "processingMode": "json-ld-1.1"}, _dropped
        )
    except jsonld.JsonLdError as error:
        raise MalformedError("rdf.malformed", str(error.code or error.type)) from error
    return quads(expanded)


def _dropped(name: object) -> NoReturn:
    raise UnsafeError("rdf.undefined_term", str(name)[:120])


def _load(url: str, options: object) -> Json:
    return {"contentType": "application/ld+json", "contextUrl": None, "documentUrl": url, "document": contexts.load(url)}


def _refuse(value: Any) -> None:
    """Refuse inline and unknown contexts, and keywords outside the subset, anywhere in the document."""
    if isinstance(value, list):
        for item in value:
            _refuse(item)
    elif isinstance(value, dict):
        for key, item in value.items():
            if key == "@context":
                _refuse_context(item)
            elif key in _REFUSED:
                raise UnsafeError("rdf.keyword", key)
            elif key == "@value" and (item is None or isinstance(item, dict | list)):
                raise UnsafeError("rdf.bad_value", "@value")
            else:
                _refuse(item)


def _refuse_context(value: Any) -> None:
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, dict):
            raise UnsafeError("context.inline", "a context must be named, not written into the document")
        if not isinstance(item, str):
            raise MalformedError("context.malformed", repr(item)[:60])
        if not contexts.is_pinned(item):
            raise UnavailableError("context.unknown", item[:200], permanent=True)
