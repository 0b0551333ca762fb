"""The fast path: a plain credential to its canonical N-Quads in one walk. It answers what the exact path would, or nothing.

Expansion and statements come out together. A credential is a tree: each unnamed thing stands in one place only, so the hash
of its own statements (RDFC-1.0, section 4.6) almost always tells it from all others, and sorting labels them. Two alike,
or anything that is not plain, and the exact path decides. A sub-object with an identifier of its own (giver, achievement,
evidence) is a pure function of its context, key and content, so its statements are remembered under exactly these.
"""

from __future__ import annotations

import hashlib
import re
import threading
from typing import Any, Final

import orjson

from credcore import contexts
from credcore.codec.rdf.canonical import HASHES, Budget
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
from credcore.codec.rdf.shape import MAX_DEPTH, MAX_OBJECTS
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
_WORTH_KEEPING: Final = 4  # members; smaller objects are walked as fast as they are looked up
_LIMITS: Final = Budget()


class Statements:
    """What a subtree says.

    `lines`: whole statements about named things. Of each unnamed thing: `said`, the ends of its statements (text, and the
    unnamed thing that it ends in, or -1), and `place`, the one statement that ends in it (subject if named, else its number,
    and predicate). `names`: of its named things, as often as they stand there. `parts`: remembered subtrees in it.
    """

    __slots__ = ("blocks", "count", "digests", "lines", "names", "parts", "place", "said", "written")

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.said: list[list[tuple[str, int]]] = []
        self.place: list[tuple[str, int, str]] = []
        self.names: list[str] = []
        self.parts: list[Statements] = []
        self.digests: list[str] | None = None
        # Known with the digests: how many statements, those of named things, and those of each unnamed thing without its
        # label, if none ends in another. Both as they are written, in order: that of code points is that of UTF-8, too.
        self.count = 0
        self.written: list[bytes] = []
        self.blocks: list[list[bytes] | None] = []

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
        self.written = sorted([line.encode() for line in self.lines])
        self.blocks = [
            sorted({text.encode() for text, _ in said}) if all(end < 0 for _, end in said) else None for said in self.said
        ]
        self.count = len(self.lines) + sum(map(len, self.said))
        return found

    def size(self) -> int:
        """Bytes of memory, about, without the parts. Each line is held twice, as text and as it is written."""
        texts = self.lines + [text for said in self.said for text, _ in said]
        wide = 2 if all(map(str.isascii, texts)) else 8
        return 500 * len(self.said) + 200 * len(texts) + wide * sum(map(len, texts))


# A remembered subtree: its name, what it says, how many objects deep it is, and its weight in terms.
Part = tuple[str, Statements, int, int]


class _Walk:
    """One document, or a part of it at some depth. `fragments` remembers what parts say."""

    __slots__ = ("deepest", "depth", "fragments", "hash_name", "weight")

    def __init__(self, fragments: Fragments, hash_name: str, depth: int = 0) -> None:
        self.fragments = fragments
        self.hash_name = hash_name
        self.depth = self.deepest = depth
        self.weight = 0

    def node(self, element: Json, context: Context, into: Statements, subject: str, number: int, predicate: str) -> str:
        """Add an object's statements, and the one that leads to it; its identifier, or empty for an unnamed thing."""
        outer, typed_by = context, ""
        types: tuple[str, ...] = ()
        terms = context.terms
        usual = terms.get("type")
        if usual is not None and usual.kind == TYPE and "type" in element:
            types, typed_by = _types(element["type"]), "type"  # of a second such key, the walk below takes notice
        else:
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
        self.weight += context.weight
        said_types: tuple[str, ...] = ()
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
            elif key == typed_by:
                said_types = types  # unless the types themselves give the key another meaning
            else:
                raise Outside
        if name:
            own = -1
            into.names.append(name)
            if predicate:
                _say(into, subject, number, f"{predicate}{name} .\n", -1)
        else:
            own = len(into.said)
            into.said.append([])
            into.place.append((subject, number, predicate))
            if predicate and number >= 0:
                into.said[number].append((predicate, own))
        for one in said_types:
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
        within = context if not term.scoped else context.values.get(key) or context.value(key)
        if within.passing and len(value) <= 2 and _stays(value, within):
            raise Outside
        inside = context.children.get(key) or context.child(key)
        self.depth += 1
        if self.depth > self.deepest:
            self.deepest = self.depth
            if self.depth > _MAX_DEPTH:
                raise Outside
        if len(value) < _WORTH_KEEPING or inside.identifiers.isdisjoint(value):
            self.node(value, inside, into, subject, number, predicate)
        else:
            name, statements = self._part(value, inside)
            _say(into, subject, number, f"{predicate}{name} .\n", -1)
            into.parts.append(statements)
        self.depth -= 1

    def _part(self, value: Json, inside: Context) -> tuple[str, Statements]:
        """What a named subtree says, remembered. One without a name is labelled with the whole document."""
        try:
            content = (inside.number, self.hash_name, orjson.dumps(value, option=_ONLY_JSON))
        except TypeError as error:  # too deep, no JSON, or a longer integer than a machine word
            raise Outside from error
        part: Part | None = self.fragments.get(content)
        if part is None:
            part = self._new_part(value, inside)
            self.fragments.put(content, value=part, size=part[1].size())
        name, statements, height, weight = part
        self.weight += weight
        if self.depth + height > self.deepest:
            self.deepest = self.depth + height
            if self.deepest > _MAX_DEPTH:
                raise Outside
        return name, statements

    def _new_part(self, value: Json, inside: Context) -> Part:
        walk, statements = _Walk(self.fragments, self.hash_name, self.depth), Statements()
        name = walk.node(value, inside, statements, "", -1, "")
        if not name:
            raise Outside
        return name, statements, walk.deepest - self.depth, walk.weight

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
    if not -_MAX_NUMBER < value < _MAX_NUMBER:
        raise Outside
    try:
        return literal(value, kind=term.datatype, language=None)
    except CredcoreError as error:
        raise Outside from error


def _stays(value: Json, context: Context) -> bool:
    """Whether it is a bare reference or a value object: such keep the context of the type that they stand in."""
    return not context.literals.isdisjoint(value) or (len(value) == 1 and not context.identifiers.isdisjoint(value))


def _spell(whole: Statements, name: str, hash_name: str) -> bytes:
    """All statements with their labels, sorted (RDFC-1.0, section 4.4). `name` is the document's own, if it has one."""
    units, waiting = [], [whole]
    while waiting:
        unit = waiting.pop()
        units.append(unit)
        waiting += unit.parts
    order = [
        (digest, place, number) for place, unit in enumerate(units) for number, digest in enumerate(unit.hashes(hash_name))
    ]
    order.sort()
    if name and sum([unit.names.count(name) for unit in units]) > 1:
        raise Outside  # to JSON-LD both are one thing, to a reader they are not
    if sum([unit.count for unit in units]) >= MAX_OBJECTS:  # every object but the first makes a statement at least
        raise Outside
    if len(order) > _LIMITS.blank_nodes:
        raise Outside
    labels = [[""] * len(unit.said) for unit in units]
    last = ""
    for rank, (digest, place, number) in enumerate(order):
        if digest == last:
            raise Outside
        labels[place][number], last = f"_:c14n{rank}", digest
    lines: list[bytes] = []
    blocks: list[tuple[bytes, bytes]] = []
    for unit, names in zip(units, labels, strict=True):
        lines += unit.written
        for name, said, block, (subject, number, predicate) in zip(names, unit.said, unit.blocks, unit.place, strict=True):
            label = name.encode()
            if block is None:
                block = sorted({(text if end < 0 else f"{text}{names[end]} .\n").encode() for text, end in said})
            if block:
                blocks.append((label, label + label.join(block)))
            if predicate and number < 0:
                lines.append(f"{subject}{predicate}{name} .\n".encode())
    if not lines and not blocks:
        raise Outside
    lines.sort()
    blocks.sort()
    # A statement counts once, however often it is made. "<" comes before "_": what begins with an unnamed thing stands last,
    # and all of one such thing together, as a space comes before every digit of a longer label.
    return b"".join([*dict.fromkeys(lines), *[block for _, block in blocks]])


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
        body = {key: value for key, value in document.items() if key != "@context"}
        whole = Statements()
        walk = _Walk(_thread.fragments, hash_name)
        name = walk.node(body, root, whole, "", -1, "")
        return _spell(whole, name, hash_name) if walk.weight <= _MAX_WEIGHT else None
    except (Outside, CredcoreError, UnicodeEncodeError):
        return None
