"""The fast path: a plain credential to its canonical N-Quads in one walk. It answers what the exact path would, or nothing.

Expansion and statements come out together. A credential is a tree: each unnamed thing stands in one place only, so the hash
of its own statements (RDFC-1.0, section 4.6) almost always tells it from all others, and sorting labels them. Two alike,
or anything that is not plain, and the exact path decides. A sub-object with an identifier of its own (giver, achievement,
evidence) is a pure function of its context, key and content, so its statements are remembered under exactly these.
"""

from __future__ import annotations

import re
import threading
from typing import Any, Final

import orjson

from credcore import contexts
from credcore.codec.rdf.canonical import HASHES
from credcore.codec.rdf.compiled import (
    ID,
    LITERAL,
    MAX_CONTEXTS,
    PROPERTY,
    REFERENCE,
    TYPE,
    Compiler,
    Context,
    Outside,
    Term,
)
from credcore.codec.rdf.expansion import MAX_TERMS, options
from credcore.codec.rdf.fragments import Fragments
from credcore.codec.rdf.quads import literal, quoted
from credcore.codec.rdf.shape import MAX_DEPTH
from credcore.codec.rdf.statements import Spelled, Statements, form
from credcore.errors import CredcoreError

Json = dict[str, Any]

_RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_TYPE: Final = f" <{_RDF}type> "
_FIRST: Final = f" <{_RDF}first> "
_REST: Final = f" <{_RDF}rest> "
_NIL: Final = f"<{_RDF}nil> .\n"
_NEEDS_ESCAPE: Final = re.compile('[\x00-\x1f"\\\\\x7f\ufffe\uffff]').search
_MAX_DEPTH: Final = (MAX_DEPTH - 3) // 2  # objects, of which each may stand in an array, as may the text in the last
_MAX_WEIGHT: Final = MAX_TERMS - 10_000  # what is left is for the contexts that the document names
_MAX_NAMED: Final = 16
_MAX_ROOTS: Final = 64
_ENOUGH_CONTEXTS: Final = MAX_CONTEXTS * 3 // 4  # what is left is for the document that comes next
_MAX_NUMBER: Final = 2**1023
_ONLY_JSON: Final = orjson.OPT_PASSTHROUGH_DATACLASS | orjson.OPT_PASSTHROUGH_DATETIME | orjson.OPT_PASSTHROUGH_SUBCLASS
_TEXTS: Final = frozenset({str})
_WORTH_KEEPING: Final = 4  # members; smaller objects are walked as fast as they are looked up


# A remembered subtree: its name, what it says, how many objects deep it is, and its weight in terms.
Part = tuple[str, Spelled, int, int]


class _Walk:
    """One document, or a part of it at some depth. `memory` remembers what parts say."""

    __slots__ = ("deepest", "depth", "hash_name", "memory", "weight")

    def __init__(self, memory: Fragments, hash_name: str, depth: int = 0) -> None:
        self.memory = memory
        self.hash_name = hash_name
        self.depth = self.deepest = depth
        self.weight = 0

    def node(self, element: Json, context: Context, into: Statements, owner: int, predicate: str) -> str:
        """Add an object's statements, and the one of its owner (by number, -1 for none) that leads to it.

        Returns its name as `<…>`, empty for an unnamed thing.
        """
        outer = context
        types, typed_by = _types(element, context)
        if types:
            context = context.typed.get(types) or context.of_types(types)
        self.weight += context.weight
        terms = context.terms
        thing, ends = into.thing()
        name = ""
        for key, value in element.items():
            term = terms.get(key) or context.term(key)
            if term.is_plain and type(value) is str:  # most of all there is
                if _NEEDS_ESCAPE(value) is None:
                    ends.append(f'{term.predicate}"{value}"{term.suffix} .\n')
                else:
                    ends.append(f"{term.predicate}{quoted(value)}{term.suffix} .\n")
            elif term.kind == PROPERTY:
                if term.is_list:
                    self.list(value, term, key, context, into, thing)
                else:
                    for item in value if type(value) is list else (value,):
                        self.value(item, term, key, context, into, thing, term.predicate)
            elif term.kind == ID:
                if name or type(value) is not str:
                    raise Outside
                name = into.names[thing] = context.reference(value)
            elif key == typed_by:  # unless the types themselves give the key another meaning
                ends += [f"{_TYPE}{outer.words.get(one) or outer.word(one)} .\n" for one in types]
            else:
                raise Outside
        if not name:
            into.lead(owner=owner, predicate=predicate, to=thing)
        elif owner >= 0:
            into.ends[owner].append(f"{predicate}{name} .\n")
        if not element or not (name or ends or thing in into.links):
            raise Outside
        return name

    def value(self, value: Any, term: Term, key: str, context: Context, into: Statements, owner: int, predicate: str) -> None:
        """Add the statement that leads from its owner to a value."""
        if type(value) is str:
            if term.coercion == LITERAL:
                text = f'"{value}"' if _NEEDS_ESCAPE(value) is None else quoted(value)
                into.ends[owner].append(f"{predicate}{text}{term.suffix} .\n")
            else:
                into.ends[owner].append(f"{predicate}{_named(value, term, key, context)} .\n")
        elif type(value) is dict:
            self._object(value, term, key, context, into, owner, predicate)
        elif type(value) in (int, float, bool):
            into.ends[owner].append(f"{predicate}{_scalar(value, term)} .\n")
        else:
            raise Outside

    def _object(
        self, value: Json, term: Term, key: str, context: Context, into: Statements, owner: int, predicate: str
    ) -> None:
        within = context if not term.scoped else context.values.get(key) or context.value(key)
        if within.passing and len(value) <= 2 and _stays(value, within):
            raise Outside
        inside = context.children.get(key) or context.child(key)
        self._go_down(1)
        part = None
        if len(value) >= _WORTH_KEEPING and not inside.identifiers.isdisjoint(value):
            part = self._part(value, inside)
        if part is None:
            self.node(value, inside, into, owner, predicate)
        else:
            name, spelled, height, weight = part
            self._go_down(height)
            self.depth -= height
            self.weight += weight
            into.ends[owner].append(f"{predicate}{name} .\n")
            into.take(spelled)
        self.depth -= 1

    def _go_down(self, levels: int) -> None:
        self.depth += levels
        if self.depth > self.deepest:
            self.deepest = self.depth
            if self.depth > _MAX_DEPTH:
                raise Outside

    def _part(self, value: Json, inside: Context) -> Part | None:
        """What a named subtree says, remembered when it comes again and again. None before that: most never do, and to keep
        them costs more than to walk them. (One without a name is labelled with the whole document.)
        """
        try:
            content = (inside.number, self.hash_name, orjson.dumps(value, option=_ONLY_JSON))
        except TypeError as error:  # too deep, no JSON, or a longer integer than a machine word
            raise Outside from error
        part: Part | None = self.memory.get(content)
        if part is None and self.memory.comes_again(content):
            part = self._new_part(value, inside)
            self.memory.put(content, value=part, size=part[1].size())
        return part

    def _new_part(self, value: Json, inside: Context) -> Part:
        walk, statements = _Walk(self.memory, self.hash_name, self.depth), Statements()
        name = walk.node(value, inside, statements, -1, "")
        if not name:
            raise Outside
        return name, statements.spelled(self.hash_name), walk.deepest - self.depth, walk.weight

    def list(self, value: Any, term: Term, key: str, context: Context, into: Statements, owner: int) -> None:
        """A chain of first and rest (JSON-LD 1.1 API, section 8.4)."""
        items = value if type(value) is list else [value]
        predicate = term.predicate
        for item in items:
            if type(item) is list:
                raise Outside
            link, _ = into.thing()
            into.lead(owner=owner, predicate=predicate, to=link)
            owner, predicate = link, _REST
            self.value(item, term, key, context, into, link, _FIRST)
        into.ends[owner].append(f"{predicate}{_NIL}")


def _types(element: Json, context: Context) -> tuple[tuple[str, ...], str]:
    """The types of an object as they are written, and under which key; empty for none."""
    usual = context.terms.get("type")
    if usual is not None and usual.kind == TYPE and "type" in element:
        return _words(element["type"]), "type"  # of a second such key, the walk takes notice
    types: tuple[str, ...] = ()
    typed_by = ""
    for key in element:
        term = context.terms.get(key)
        if term is None:
            if key not in context.active["mappings"]:
                continue  # the types may define it
            term = context.term(key)
        if term.kind == TYPE:
            if typed_by:
                raise Outside
            types, typed_by = _words(element[key]), key
    return types, typed_by


def _words(value: Any) -> tuple[str, ...]:
    if type(value) is str:
        return (value,)
    if type(value) is list and _TEXTS.issuperset(map(type, value)):
        return tuple(value)
    raise Outside


def _named(value: str, term: Term, key: str, context: Context) -> str:
    """`<…>` of what a text means that is an identifier or a word."""
    inside = context if not term.scoped else context.values.get(key) or context.value(key)
    return inside.reference(value) if term.coercion == REFERENCE else inside.words.get(value) or inside.word(value)


def _scalar(value: int | float | bool, term: Term) -> str:
    if not -_MAX_NUMBER < value < _MAX_NUMBER:
        raise Outside
    try:
        return literal(value, kind=term.datatype, language=None)
    except CredcoreError as error:
        raise Outside from error


def _stays(value: Json, context: Context) -> bool:
    """Whether it is a bare reference or a value object: such keep the context of the type that they stand in."""
    return not context.literals.isdisjoint(value) or (len(value) == 1 and not context.identifiers.isdisjoint(value))


class _Thread(threading.local):
    """What one thread remembers: PyLD's caches are not safe between threads."""

    def __init__(self) -> None:
        self.fragments = Fragments()
        self.forget()

    def forget(self) -> None:
        """Begin anew with the contexts."""
        self.compiler = Compiler(options())
        self.roots: dict[tuple[str, ...], Context] = {}

    def root(self, value: Any) -> Context:
        named = value if type(value) is list else [value]
        if len(named) > _MAX_NAMED or not all(type(one) is str for one in named):
            raise Outside
        if self.compiler.count >= _ENOUGH_CONTEXTS or len(self.roots) >= _MAX_ROOTS:
            self.forget()
        known = self.roots.get(tuple(named))
        if known is None:
            if not named or not all(contexts.is_pinned(one) for one in named):
                raise Outside
            known = self.roots[tuple(named)] = self.compiler.root(named)
        return known


_thread: Final = _Thread()


def canonicalize(document: Json, *, hash_name: str = "sha256") -> bytes | None:
    """Canonical N-Quads of a plain document; None when the exact path has to decide, also about what is wrong with it.

    In a plain document no other object has the document's own identifier, and no key is a JSON-LD keyword.
    `hash_name` is `sha256` or `sha384`. Never raises for anything that a document holds.
    """
    if type(document) is not dict or "@context" not in document or hash_name not in HASHES:
        return None
    try:
        root = _thread.root(document["@context"])
        body = dict(document)
        del body["@context"]
        whole = Statements()
        walk = _Walk(_thread.fragments, hash_name)
        name = walk.node(body, root, whole, -1, "")
        if walk.weight > _MAX_WEIGHT:
            return None
        return form(whole.spelled(hash_name), name=name)
    except (Outside, CredcoreError, UnicodeEncodeError):
        return None
