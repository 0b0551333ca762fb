"""Contexts looked up once: from a word in its place to what it means, without asking the JSON-LD processor again.

PyLD builds each active context, so what a word means is decided by the same code as on the exact path. A context of this
module only remembers the answers. Whatever is not plain (language maps, graphs, reversed properties, JSON literals …) is
Outside, and left to the exact path. (JSON-LD 1.1 Processing Algorithms, sections 4 and 5)
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from typing import Any, Final, TypeVar

from pyld import jsonld

from credcore.codec.rdf.quads import DOUBLE, STRING, is_iri

PROPERTY, ID, TYPE = 1, 2, 3
LITERAL, REFERENCE, WORD = 0, 1, 2
K = TypeVar("K")
V = TypeVar("V")
LONGEST: Final = 2_048
"""Characters of a name. Longer ones are left to the exact path: each statement of a thing repeats its name."""

MAX_CONTEXTS: Final = 256
"""Contexts alive in one thread, each of about 50 KB. Documents that need more go to the exact path."""

_FULL: Final = 128
"""Answers that one context remembers of a kind. A document that asks for more makes it forget, never grow."""

_WORTH_KEEPING: Final = 128
"""Characters of a word. Longer ones are looked up each time."""

_BY_URL: Final = 3_000
"""Terms that a context may define that another one names by its address."""

_processor: Final = jsonld.JsonLdProcessor()
_numbers: Final = itertools.count()


class Outside(Exception):
    """Not for the fast path: the exact one decides."""


class Term:
    """A key of a document in its context. `predicate` has spaces around it, `suffix` is what follows a literal.

    `is_plain`: a text under it is a literal, and nothing else has to be known.
    """

    __slots__ = ("coercion", "datatype", "is_list", "is_plain", "kind", "predicate", "scoped", "suffix")

    def __init__(self, kind: int, *, predicate: str = "", definition: Any = None) -> None:
        self.kind = kind
        self.predicate = predicate
        self.datatype: str | None = None
        self.suffix = ""
        self.coercion = LITERAL
        self.is_list = self.scoped = False
        if definition is not None:
            self._define(definition)
        self.is_plain = kind == PROPERTY and self.coercion == LITERAL and not self.is_list

    def _define(self, definition: Any) -> None:
        container = definition.get("@container") or []
        if definition.get("reverse") or any(name not in ("@set", "@list") for name in container):
            raise Outside
        if any(definition.get(name) is not None for name in ("@language", "@direction", "@index", "@nest")):
            raise Outside
        self.is_list = "@list" in container
        self.scoped = definition.get("@context") is not None
        kind = definition.get("@type")
        if kind == "@json" or kind == DOUBLE:
            raise Outside  # the exact path looks at how such a value is spelled
        if kind == "@id":
            self.coercion = REFERENCE
        elif kind == "@vocab":
            self.coercion = WORD
        elif kind not in (None, "@none"):
            if not is_iri(kind):
                raise Outside
            self.datatype = kind
            self.suffix = "" if kind == STRING else f"^^<{kind}>"


class Compiler:
    """Makes the contexts of one thread. `options` are those of PyLD, with the resolver of pinned contexts."""

    def __init__(self, options: dict[str, Any]) -> None:
        self.options = options
        self.made: dict[str, Context] = {}
        self.count = 0

    def root(self, named: list[str]) -> Context:
        """The context of a document that names these."""
        return self.context(self.process(_processor._get_initial_context(self.options), local=named))

    def process(self, active: Any, *, local: Any, **how: bool) -> Any:
        """What PyLD makes of a context inside another one."""
        try:
            return _processor._process_context(active, local, self.options, **how)
        except (jsonld.JsonLdError, AttributeError, KeyError, TypeError, ValueError) as error:
            raise Outside from error  # it stumbles over some shapes instead of refusing them

    def context(self, active: Any, *, weight: int = 0) -> Context:
        """One Context for each active context, by PyLD's own name for it. A mere copy has none."""
        name = active.get("_uuid")
        known = self.made.get(name)
        if known is None:
            known = Context(active, self, weight)
            if name is not None:
                self.made[name] = known
        return known


class Context:
    """An active context that remembers what it was asked.

    `number` never comes again. `passing` is set inside a type: other objects leave this context. `identifiers` are the
    other names of `@id` here, `literals` those of `@value`. `weight`: the terms that the exact path defines, at most, for
    one object inside this context.
    """

    __slots__ = (
        "active", "children", "compiler", "identifiers", "literals", "number", "passing", "prefixes", "terms", "typed",
        "values", "weight", "words",
    )  # fmt: skip

    def __init__(self, active: Any, compiler: Compiler, weight: int) -> None:
        if active.get("@language") is not None or active.get("@direction") is not None or active.get("@base") is not None:
            raise Outside
        if compiler.count >= MAX_CONTEXTS:
            raise Outside
        compiler.count += 1
        self.active = active
        self.compiler = compiler
        self.weight = weight
        self.number = next(_numbers)
        self.passing = "previousContext" in active
        self.identifiers = _aliases(active, "@id")
        self.literals = _aliases(active, "@value")
        self.terms: dict[str, Term] = {}
        self.children: dict[str, Context] = {}
        self.values: dict[str, Context] = {}
        self.typed: dict[tuple[str, ...], Context] = {}
        self.words: dict[str, str] = {}
        self.prefixes: dict[str, bool] = {}

    def term(self, key: str) -> Term:
        """What a key means here. Raises Outside for a word without meaning, too: the exact path says what is wrong with it."""
        if type(key) is not str or key[:1] == "@":
            raise Outside
        definition = self.active["mappings"].get(key)
        if definition is None:
            raise Outside
        name = _processor._expand_iri(self.active, key, vocab=True)
        if name == "@id":
            return _remember(self.terms, key, Term(ID))
        if name == "@type":
            return _remember(self.terms, key, Term(TYPE))
        if not is_iri(name):
            raise Outside
        term = Term(PROPERTY, predicate=f" <{name}> ", definition=definition)
        if term.scoped and self.value(key).active["mappings"].get(key) != definition:
            raise Outside  # its own context gives it another meaning, which counts for some of its values
        return _remember(self.terms, key, term)

    def child(self, key: str) -> Context:
        """The context of an object under this key: types fall away, then the key's own context applies (section 5.1.2)."""
        active = self._of_value(key).active
        own = jsonld.JsonLdProcessor.get_context_value(active, key, "@context")
        active = _processor._revert_to_previous_context(active)
        if own is None:
            return _remember(self.children, key, self.compiler.context(active))
        active = self.compiler.process(active, local=own, override_protected=True)
        return _remember(self.children, key, self.compiler.context(active, weight=2 * _weight(own)))

    def value(self, key: str) -> Context:
        """The context of a text under this key, which has a context of its own."""
        return _remember(self.values, key, self._of_value(key))

    def of_types(self, types: tuple[str, ...]) -> Context:
        """The context inside an object of these types (section 5.1.2, step 11)."""
        if max(map(len, types)) > LONGEST:
            raise Outside
        active, weight = self.active, self.weight
        for name in sorted(types):
            own = jsonld.JsonLdProcessor.get_context_value(self.active, name, "@context")
            if own is not None and own is not False:
                active = self.compiler.process(active, local=own, propagate=False)
                weight += _weight(own)
        inside = self if active is self.active else Context(active, self.compiler, weight)
        return _remember(self.typed, types, inside) if sum(map(len, types)) <= _WORTH_KEEPING else inside

    def word(self, text: str) -> str:
        """`<…>` of a type, or of a value that is a word of the vocabulary."""
        name = _processor._expand_iri(self.active, text, vocab=True)
        if not is_iri(name) or len(text) > LONGEST:
            raise Outside
        return _remember(self.words, text, f"<{name}>") if len(text) <= _WORTH_KEEPING else f"<{name}>"

    def reference(self, text: str) -> str:
        """`<…>` of an identifier, which must be a full address or have a known prefix."""
        prefix, colon, rest = text.partition(":")
        if not colon or prefix == "_" or len(text) > LONGEST:
            raise Outside
        if not rest.startswith("//"):
            is_prefix = self.prefixes.get(prefix)
            if is_prefix is None:
                definition = self.active["mappings"].get(prefix)
                is_prefix = bool(definition and definition["_prefix"])
                if len(prefix) <= _WORTH_KEEPING:
                    _remember(self.prefixes, prefix, is_prefix)
            if is_prefix:
                text = _processor._expand_iri(self.active, text)
        if not is_iri(text):
            raise Outside
        return f"<{text}>"

    def _of_value(self, key: str) -> Context:
        own = jsonld.JsonLdProcessor.get_context_value(self.active, key, "@context")
        if own is None:
            return self
        return self.compiler.context(self.compiler.process(self.active, local=own, propagate=True, override_protected=True))


def _aliases(active: Any, keyword: str) -> frozenset[str]:
    return frozenset(key for key, definition in active["mappings"].items() if definition and definition["@id"] == keyword)


def _weight(local: Any) -> int:
    """Terms to define for a context, at most; those of a context inside it again when a value is met, and its object."""
    if isinstance(local, list | tuple):
        return sum(map(_weight, local))
    if isinstance(local, Mapping):
        inner = (one["@context"] for one in local.values() if isinstance(one, Mapping) and "@context" in one)
        return len(local) + 3 * sum(map(_weight, inner))
    return _BY_URL if isinstance(local, str) else 0


def _remember(known: dict[K, V], key: K, answer: V) -> V:
    if len(known) >= _FULL:
        known.clear()
    known[key] = answer
    return answer
