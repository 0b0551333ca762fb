"""From a JSON-LD document to the exact bytes that are signed. (W3C JSON-LD 1.1; RDF Dataset Canonicalization 1.0)

Two paths with one answer. `fast` walks plain credentials in one go (`statements` spells what it finds) and leaves alone
whatever is not plain. The exact path takes the rest, and says what is wrong: `shape` refuses what is no plain document,
`expansion` gives every word its meaning, `quads` makes the statements, and `canonical` spells them in the one way of RDFC-1.0.
"""

from __future__ import annotations

from typing import Any

from credcore import contexts
from credcore.codec.rdf import fast, shape
from credcore.codec.rdf.canonical import Budget, Canonical, Quad
from credcore.codec.rdf.canonical import canonicalize as canonicalize_quads
from credcore.codec.rdf.expansion import expand
from credcore.codec.rdf.quads import quads

__all__ = ["Budget", "Canonical", "Quad", "canonicalize", "canonicalize_quads", "exact", "plain", "to_quads"]

Json = dict[str, Any]


def canonicalize(document: Json, *, budget: Budget | None = None, hash_name: str = "sha256") -> bytes:
    """Canonical N-Quads in UTF-8, by whichever path can. `hash_name` is `sha256` or `sha384`.

    Raises UnsafeError (undefined terms, dropped values, relative identifiers, inline contexts), BudgetError,
    MalformedError (`rdf.malformed`, `rdf.not_json`, `json.…`, `context.malformed`), UnavailableError
    (`context.unknown`, `rdf.unsupported`).
    """
    form = plain(document, hash_name=hash_name) if budget is None else None
    return exact(document, budget=budget, hash_name=hash_name) if form is None else form


def plain(document: Json, *, hash_name: str = "sha256") -> bytes | None:
    """The same by the fast path alone; None for a document that is not plain (see `fast.canonicalize`). Never raises."""
    # What a document says in words of its own is not remembered: the next one may mean something else by them.
    return None if contexts.own_words_allowed() else fast.canonicalize(document, hash_name=hash_name)


def exact(document: Json, *, budget: Budget | None = None, hash_name: str = "sha256") -> bytes:
    """The same by the exact path alone. Raises as `canonicalize`."""
    return canonicalize_quads(to_quads(document), budget=budget, hash_name=hash_name).nquads


def to_quads(document: Json) -> list[Quad]:
    """The statements of a document, in safe mode. Errors as for `canonicalize`."""
    shape.check(document)
    return quads(expand(document))
