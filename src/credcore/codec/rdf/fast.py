"""The fast path: a plain credential to its canonical N-Quads in one walk. It answers what the exact path would, or nothing.

Expansion and statements come out together. A credential is a tree: each unnamed thing stands in one place only, so the hash
of its own statements (RDFC-1.0, section 4.6) almost always tells it from all others, and sorting labels them. Two alike,
or anything that is not plain, and the exact path decides. A sub-object with an identifier of its own (giver, achievement,
evidence) is a pure function of its context, key and content, so its statements are remembered under exactly these.
"""

from __future__ import annotations

import hashlib
import marshal
import re
import threading
from typing import Any, Final

from pyld import jsonld

from credcore import contexts
from credcore.codec.rdf.canonical import Budget
from credcore.codec.rdf.compiled import ID, LITERAL, PROPERTY, REFERENCE, TYPE, Compiler, Context, Outside, Term
from credcore.codec.rdf.expansion import options
from credcore.codec.rdf.fragments import Fragments
from credcore.codec.rdf.quads import literal, quoted
from credcore.errors import CredcoreError

Json = dict[str, Any]

_RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_TYPE: Final = f" <{_RDF}type> "
_FIRST: Final = f" <{_RDF}first> "
_REST: Final = f" <{_RDF}rest> "
_NIL: Final = f"<{_RDF}nil> .\n"
_NEEDS_ESCAPE: Final = re.compile('[\x00-\x1f"\\\\\x7f\ufffe\uffff]').search
_MAX_DEPTH: Final = 40
_MAX_CONTEXTS: Final = 16
_MAX_ROOTS: Final = 64
_WORTH_KEEPING: Final = 4  # members; smaller objects are walked as fast as they are looked up
_LIMITS: Final = Budget()


class Statements:
    """What a subtree says.

    `lines`: whole statements about named things. Of each unnamed thing: `said`, the ends of its statements (text, and the
    unnamed thing that it ends in, or -1), and `place`, the one statement that ends in it (subject if named, else its number,
    and predicate). `parts`: remembered subtrees in it.
    """

    __slots__ = ("digests", "lines", "parts", "place", "said")

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.said: list[list[tuple[str, int]]] = []
        self.place: list[tuple[str, int, str]] = []
        self.parts: list[Statements] = []
        self.digests: list[str] | None = None

    def hashes(self, hash_name: str) -> list[str]:
        """The first-degree hash of each unnamed thing (RDFC-1.0, section 4.6), found once: call it when all is said."""
        if self.digests is not None:
            return self.digests
        found = []
        new = hashlib.sha256 if hash_name == "sha256" else hashlib.sha384
        for said, (subject, number, predicate) in zip(self.said, self.place, strict=True):
            lines = [f"_:a{text}" if end < 0 else f"_:a{text}_:z .\n" for text, end in set(said)]
            if predicate:
                lines.append(f"{subject if number < 0 else '_:z'}{predicate}_:a .\n")
            lines.sort()
            found.append(new("".join(lines).encode()).hexdigest())
        self.digests = found
        return found


class _Walk:
    """One document. `fragments` remembers what subtrees say."""

    __slots__ = ("depth", "fragments", "hash_name")

    def __init__(self, fragments: Fragments, hash_name: str) -> None:
        self.fragments = fragments
        self.hash_name = hash_name
        self.depth = 0

    def node(self, element: Json, context: Context, into: Statements, subject: str, number: int, predicate: str) -> str:
        """Add an object's statements, and the one that leads to it; its identifier, or empty for an unnamed thing."""
        outer, typed_by = context, ""
        types: tuple[str, ...] = ()
        terms = context.terms
        for key in element:
            term = terms.get(key)
            if term is None:
                if key not in context.active["mappings"]:
                    continue  # the types may define it
                term = context.term(key)
            if term.kind == TYPE:
                if typed_by:
                    raise Outside
                types, typed_by = _types(element[key]), key
        if types:
            context = context.typed.get(types) or context.of_types(types)
            terms = context.terms
        name = ""
        properties: list[tuple[Term, str, Any]] = []
        for key, value in element.items():
            term = terms.get(key) or context.term(key)
            if term.kind == PROPERTY:
                properties.append((term, key, value))
            elif term.kind == ID:
                if name or type(value) is not str:
                    raise Outside
                name = context.reference(value)
            elif key != typed_by:
                raise Outside
        if name:
            own = -1
            if predicate:
                _say(into, subject, number, f"{predicate}{name} .\n", -1)
        else:
            own = len(into.said)
            into.said.append([])
            into.place.append((subject, number, predicate))
            if predicate and number >= 0:
                into.said[number].append((predicate, own))
        for one in types:
            _say(into, name, own, f"{_TYPE}{outer.words.get(one) or outer.word(one)} .\n", -1)
        for term, key, value in properties:
            if term.is_list:
                self.list(value, term, key, context, into, name, own)
            elif type(value) is list:
                for item in value:
                    self.value(item, term, key, context, into, name, own, term.predicate)
            else:
                self.value(value, term, key, context, into, name, own, term.predicate)
        if not element or (not name and not into.said[own]):
            raise Outside
        return name

    def value(
        self, value: Any, term: Term, key: str, context: Context, into: Statements, subject: str, number: int, predicate: str
    ) -> None:
        """Add the statement that leads to a value."""
        if type(value) is str:
            if term.coercion == LITERAL:
                if _NEEDS_ESCAPE(value) is not None:
                    end = f"{predicate}{quoted(value)}{term.suffix} .\n"
                else:
                    end = f'{predicate}"{value}"{term.suffix} .\n'
            else:
                inside = context if not term.scoped else context.values.get(key) or context.value(key)
                if term.coercion == REFERENCE:
                    end = f"{predicate}{inside.reference(value)} .\n"
                else:
                    end = f"{predicate}{inside.words.get(value) or inside.word(value)} .\n"
            _say(into, subject, number, end, -1)
        elif type(value) is dict:
            self._object(value, term, key, context, into, subject, number, predicate)
        elif type(value) in (int, float, bool):
            _say(into, subject, number, f"{predicate}{_scalar(value, term)} .\n", -1)
        else:
            raise Outside

    def _object(
        self, value: Json, term: Term, key: str, context: Context, into: Statements, subject: str, number: int, predicate: str
    ) -> None:
        if context.fallen_back and len(value) <= 2:
            _refuse_short(value, context if not term.scoped else context.values.get(key) or context.value(key))
        inside = context.children.get(key) or context.child(key)
        self.depth += 1
        if self.depth > _MAX_DEPTH:
            raise Outside
        part = None
        if len(value) >= _WORTH_KEEPING:
            part = self._part(value, key, inside)
        if part is None:
            self.node(value, inside, into, subject, number, predicate)
        else:
            name, statements = part
            _say(into, subject, number, f"{predicate}{name} .\n", -1)
            into.parts.append(statements)
        self.depth -= 1

    def _part(self, value: Json, key: str, inside: Context) -> tuple[str, Statements] | None:
        """What a named subtree says, remembered. None for one without a name: it is labelled with the whole document."""
        content = (inside.number, self.hash_name, marshal.dumps(value, 2))
        known: tuple[str, Statements] | None
        found, known = self.fragments.get(content)
        if not found:
            statements = Statements()
            name = self.node(value, inside, statements, "", -1, "")
            known = (name, statements) if name else None
            self.fragments.put(content, known)
        return known

    def list(self, value: Any, term: Term, key: str, context: Context, into: Statements, subject: str, number: int) -> None:
        """A chain of first and rest (JSON-LD 1.1 API, section 8.4)."""
        items = value if type(value) is list else [value]
        predicate = term.predicate
        for item in items:
            if type(item) is list:
                raise Outside
            link = len(into.said)
            into.said.append([])
            into.place.append((subject, number, predicate))
            if number >= 0:
                into.said[number].append((predicate, link))
            subject, number, predicate = "", link, _REST
            self.value(item, term, key, context, into, "", link, _FIRST)
        _say(into, subject, number, f"{predicate}{_NIL}", -1)


def _say(into: Statements, subject: str, number: int, end: str, target: int) -> None:
    if number < 0:
        into.lines.append(subject + end)
    else:
        into.said[number].append((end, target))


def _types(value: Any) -> tuple[str, ...]:
    if type(value) is str:
        return (value,)
    if type(value) is list and all(type(one) is str for one in value):
        return tuple(value)
    raise Outside


def _scalar(value: int | float | bool, term: Term) -> str:
    try:
        return literal(value, kind=term.datatype, language=None)
    except CredcoreError as error:
        raise Outside from error


def _refuse_short(value: Json, context: Context) -> None:
    """Inside a type, a bare reference and a value object keep the type's context. Rare, so not for here."""
    for key in value:
        if (context.terms.get(key) or context.term(key)).kind == ID and len(value) == 1:
            raise Outside


def _spell(whole: Statements, hash_name: str) -> bytes:
    """All statements with their labels, sorted (RDFC-1.0, section 4.4)."""
    units, waiting, total = [whole], list(whole.parts), len(whole.lines)
    while waiting:
        part = waiting.pop()
        units.append(part)
        waiting += part.parts
        total += len(part.lines)
        if total > _LIMITS.quads:
            raise Outside
    order = sorted(
        (digest, place, number) for place, unit in enumerate(units) for number, digest in enumerate(unit.hashes(hash_name))
    )
    if len(order) > _LIMITS.blank_nodes:
        raise Outside
    labels = [[""] * len(unit.said) for unit in units]
    last = ""
    for rank, (digest, place, number) in enumerate(order):
        if digest == last:
            raise Outside
        labels[place][number], last = f"_:c14n{rank}", digest
    lines: set[str] = set()
    for unit, names in zip(units, labels, strict=True):
        lines.update(unit.lines)
        for name, said, (subject, number, predicate) in zip(names, unit.said, unit.place, strict=True):
            lines.update([name + text if end < 0 else f"{name}{text}{names[end]} .\n" for text, end in said])
            if predicate and number < 0:
                lines.add(f"{subject}{predicate}{name} .\n")
    if not lines or len(lines) > _LIMITS.quads:
        raise Outside
    return "".join(sorted(lines)).encode()


class _Thread(threading.local):
    """What one thread remembers: PyLD's caches are not safe between threads."""

    def __init__(self) -> None:
        self.compiler = Compiler(options())
        self.roots: dict[tuple[str, ...], Context] = {}
        self.fragments = Fragments()

    def root(self, value: Any) -> Context:
        named = value if type(value) is list else [value]
        if len(named) > _MAX_CONTEXTS or not all(type(one) is str for one in named):
            raise Outside
        known = self.roots.get(tuple(named))
        if known is None:
            if not named or not all(contexts.is_pinned(one) for one in named):
                raise Outside
            if len(self.roots) >= _MAX_ROOTS:
                self.roots.clear()
            known = self.roots[tuple(named)] = self.compiler.root(named)
        return known


_thread: Final = _Thread()


def canonicalize(document: Json, *, hash_name: str = "sha256") -> bytes | None:
    """Canonical N-Quads of a plain document; None when the exact path has to decide, also about what is wrong with it.

    `hash_name` is `sha256` or `sha384`. Never raises for anything that a document holds.
    """
    if type(document) is not dict or "@context" not in document:
        return None
    try:
        root = _thread.root(document["@context"])
        body = {key: value for key, value in document.items() if key != "@context"}
        whole = Statements()
        _Walk(_thread.fragments, hash_name).node(body, root, whole, "", -1, "")
        return _spell(whole, hash_name)
    except (Outside, CredcoreError, jsonld.JsonLdError, UnicodeEncodeError):
        return None
