"""JSON-LD expansion in safe mode. (W3C JSON-LD 1.1 Processing Algorithms, section 5)

PyLD does the expansion. JSON-LD lets it drop in silence whatever has no meaning, and PyLD resolves relative identifiers
against a base of its own. Both would let a document show more than was signed, so this subclass stops at each place
where PyLD would drop, resolve or move something.
"""

from __future__ import annotations

import copy
import threading
from typing import Any, Final

from pyld import jsonld
from pyld.context_resolver import ContextResolver

from credcore import contexts
from credcore.errors import BudgetError, CredcoreError, MalformedError, UnsafeError

Json = dict[str, Any]

# Keywords that a credential never needs and that could move statements away from where a reader sees them. `@index`
# says nothing at all in RDF.
_REFUSED: Final = frozenset({"@graph", "@included", "@index", "@nest", "@reverse"})
_REDEFINED: Final = frozenset({"protected term redefinition", "invalid context nullification"})
MAX_TERMS: Final = 50_000
"""Term definitions that one document may make us build. The largest pinned set of contexts needs about 3,000."""


def expand(document: Json) -> list[Any]:
    """The expanded form of a document whose shape was checked.

    Raises UnsafeError (`rdf.undefined_term`, `rdf.dropped_value`, `rdf.keyword`, `rdf.not_a_term`, `rdf.reserved`,
    `context.redefined`), BudgetError `rdf.budget`, MalformedError `rdf.malformed`, and what the contexts raise.
    """
    # A document's own words must not stay in what the thread remembers.
    resolver = ContextResolver({}, _load) if contexts.own_words_allowed() else _shared.resolver
    return run(document, expander=SafeExpander(), resolver=resolver)


def run(document: Any, *, expander: SafeExpander, resolver: ContextResolver) -> list[Any]:
    """Expand with a given expander, turning PyLD's errors into ours."""
    chosen = _options(resolver)
    try:
        initial = expander._get_initial_context(chosen)
        expanded = expander._expand(initial, None, document, chosen)
    except jsonld.JsonLdError as error:
        raise _ours(error) from error
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        # PyLD stumbles over some impossible shapes (an object where a name must stand) instead of refusing them.
        raise MalformedError("rdf.malformed", type(error).__name__) from error
    if isinstance(expanded, dict) and set(expanded) == {"@graph"}:  # a top that only holds others together
        expanded = expanded["@graph"]
    return expanded if isinstance(expanded, list) else [expanded]


def options() -> dict[str, Any]:
    """PyLD's options with this thread's resolver of pinned contexts."""
    return _options(_shared.resolver)


def _options(resolver: ContextResolver) -> dict[str, Any]:
    return {
        "base": None,
        "contextResolver": resolver,
        "documentLoader": resolver.document_loader,
        "isFrame": False,
        "keepFreeFloatingNodes": False,
        "processingMode": "json-ld-1.1",
    }


def _ours(error: jsonld.JsonLdError) -> CredcoreError:
    """PyLD wraps whatever a document loader raises: ours comes out again, whole."""
    cause: BaseException | None = error
    code = str(error.code or error.type)
    while cause is not None:
        if isinstance(cause, CredcoreError):
            return cause
        if isinstance(cause, jsonld.JsonLdError) and cause.code in _REDEFINED:
            return UnsafeError("context.redefined", str(cause.code))
        cause = cause.__cause__
    return MalformedError("rdf.malformed", code)


class SafeExpander(jsonld.JsonLdProcessor):  # type: ignore[misc]  # PyLD ships no types
    """PyLD's expansion that raises where it would drop. One object serves one document.

    `any_keyword` lets through what is safe in itself but not in a credential: it serves the JSON-LD test suite.
    """

    def __init__(self, *, any_keyword: bool = False) -> None:
        super().__init__()
        self.any_keyword = any_keyword
        self.terms = MAX_TERMS
        self.names: dict[tuple[str, str, bool], Any] = {}

    def _expand(self, active_ctx: Any, active_property: Any, element: Any, options: Any, **rest: Any) -> Any:
        expanded = super()._expand(active_ctx, active_property, element, options, **rest)
        if expanded is None:  # a null, a text outside any property, an object that says nothing
            raise UnsafeError("rdf.dropped_value", str(active_property or "the document")[:120])
        return expanded

    def _expand_object(
        self, active_ctx: Any, active_property: Any, expanded_property: Any, element: Any, *rest: Any, **more: Any
    ) -> None:
        for key, value in element.items():
            if key != "@context":
                self._check_key(active_ctx, key, value)
        super()._expand_object(active_ctx, active_property, expanded_property, element, *rest, **more)

    def _check_key(self, active_ctx: Any, key: str, value: Any) -> None:
        name = self._expand_iri(active_ctx, key, vocab=True)
        if name is None or not (jsonld._is_keyword(name) or jsonld._is_absolute_iri(name)):
            # “@”, “@1” and the like are no keywords and no names: PyLD passes over them as if they were not there.
            code = "rdf.reserved" if name is not None and name.startswith("@") else "rdf.undefined_term"
            raise UnsafeError(code, key[:120])
        if not self.any_keyword:
            if name in _REFUSED:
                raise UnsafeError("rdf.keyword", key[:120])
            # The same statement under its full address would be signed alike, but no reader would look for it there.
            if ":" in key and key not in active_ctx["mappings"]:
                raise UnsafeError("rdf.not_a_term", key[:120])
        json_literal = self.get_context_value(active_ctx, key, "@type") == "@json"
        if value is None and name != "@value" and not json_literal:
            raise UnsafeError("rdf.dropped_value", key[:120])

    def _expand_language_map(self, active_ctx: Any, language_map: Any, direction: Any) -> Any:
        for key, values in language_map.items():
            if values is None or (isinstance(values, list) and None in values):
                raise UnsafeError("rdf.dropped_value", key[:120])
        return super()._expand_language_map(active_ctx, language_map, direction)

    def _expand_iri(
        self,
        active_ctx: Any,
        value: Any,
        base: object = None,
        vocab: bool = False,
        local_ctx: Any = None,
        defined: Any = None,
    ) -> Any:
        # `base` is never passed on: a relative identifier stays relative, and is refused when the statements are made.
        if local_ctx is not None or not isinstance(value, str):
            return super()._expand_iri(active_ctx, value, None, vocab, local_ctx, defined)
        place = (active_ctx.get("_uuid", ""), value, bool(vocab))
        if place[0] and place in self.names:
            return self.names[place]
        name = super()._expand_iri(active_ctx, value, None, vocab)
        if name is None and not (vocab and value in active_ctx["mappings"]):
            raise UnsafeError("rdf.reserved", value[:120])  # it looks like a keyword, and none of that name exists
        self.names[place] = name
        return name

    def _create_term_definition(self, *args: Any, **more: Any) -> None:
        self.terms -= 1
        if self.terms < 0:
            raise BudgetError("rdf.budget", "contexts that take too much work")
        super()._create_term_definition(*args, **more)


def _load(url: str, options: object) -> Json:
    # PyLD may write into what it is given, and ours is shared.
    document = copy.deepcopy(contexts.resolve(url))
    if _imports(document):
        # PyLD writes what imports into what is imported, which another context with the same words then means, too.
        raise UnsafeError("rdf.keyword", f"@import in {url[:120]}")
    return {"contentType": "application/ld+json", "contextUrl": None, "documentUrl": url, "document": document}


def _imports(part: Any) -> bool:
    if isinstance(part, dict):
        return "@import" in part or any(map(_imports, part.values()))
    return isinstance(part, list) and any(map(_imports, part))


class _Shared(threading.local):
    """Lets each pinned context be processed once a thread: PyLD's caches are not safe between threads.

    It only ever holds pinned contexts and their parts, so documents cannot make it grow.
    """

    def __init__(self) -> None:
        self.resolver = ContextResolver({}, _load)


_shared: Final = _Shared()
