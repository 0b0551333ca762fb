"""What the fast path has found a document to say, and how that is spelled (RDFC-1.0, section 4.4).

A statement is kept as its end, ` <predicate> object .` and a line feed, at the thing that it is about, so that a thing's name
is put before all of them at once. All statements of a thing then make one block of lines, and nothing else sorts between
them: after a name comes a space or `>`, in which no other name goes on. So blocks are sorted, not lines.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Final

from credcore.codec.rdf.canonical import Budget
from credcore.codec.rdf.compiled import Outside
from credcore.codec.rdf.shape import MAX_OBJECTS

_HASHES: Final = {"sha256": hashlib.sha256, "sha384": hashlib.sha384}
_LIMITS: Final = Budget()

_LABEL: Final = "\0"
"""Stands for a label that is not known yet. Whatever a document says, such a character in it is written as an escape."""

# A thing whose statements lead to unnamed ones: its name, or its hash, the ends of its other statements, and these by the
# predicate and the hash of the thing at the other end.
Open = tuple[str, bytes, list[str], list[tuple[str, bytes]]]


class Statements:
    """What a subtree says, thing by thing; a thing's number is its place in each list.

    `names`: of the named things, else empty. `ends`: of their statements. `links`: the statements that lead to an unnamed
    thing (predicate with spaces, number). `places`: of each unnamed thing the one statement that leads to it (number of
    the thing that it is about, -1 for none, and predicate). `parts`: what remembered subtrees in it say, `count` how much.
    """

    __slots__ = ("count", "ends", "links", "names", "parts", "places")

    def __init__(self) -> None:
        self.names: list[str] = []
        self.ends: list[list[str]] = []
        self.links: dict[int, list[tuple[str, int]]] = {}
        self.places: dict[int, tuple[int, str]] = {}
        self.parts: list[Spelled] = []
        self.count = 0

    def thing(self) -> tuple[int, list[str]]:
        """A new one, without a name so far: its number, and the list for the ends of its statements."""
        ends: list[str] = []
        self.names.append("")
        self.ends.append(ends)
        return len(self.ends) - 1, ends

    def lead(self, *, owner: int, predicate: str, to: int) -> None:
        """One thing's statement leads to another, which is not named."""
        self.places[to] = owner, predicate
        if owner >= 0:
            self.links.setdefault(owner, []).append((predicate, to))

    def take(self, part: Spelled) -> None:
        """What a remembered subtree says. Raises Outside for too many statements: each repeats a name, which may be long."""
        self.parts.append(part)
        self.count += part.count
        if self.count >= MAX_OBJECTS:
            raise Outside

    def spelled(self, hash_name: str) -> Spelled:
        """As far as it can be without the labels of the unnamed things. Call it when all is said.

        Raises Outside for too many statements, before a long name is put before each of them.
        """
        own = Spelled([name for name in self.names if name])
        own.count = sum(map(len, self.ends)) + sum(map(len, self.links.values()))
        if own.count + self.count >= MAX_OBJECTS:  # every object but the first makes a statement at least
            raise Outside
        all_ends = [sorted(set(ends)) for ends in self.ends]
        digests = {thing: self._digest(thing, all_ends[thing], hash_name) for thing in self.places}
        own.digests += digests.values()
        for thing, (name, ends) in enumerate(zip(self.names, all_ends, strict=True)):
            if thing in self.links:
                links = [(predicate, digests[to]) for predicate, to in self.links[thing]]
                own.open.append((name, digests.get(thing, b""), ends, links))
            elif name:
                own.blocks.append(_block(name, ends))
            else:
                own.unnamed.append((digests[thing], _block(_LABEL, ends)))
        for part in self.parts:
            own.add(part)
        return own

    def _digest(self, thing: int, ends: list[str], hash_name: str) -> bytes:
        """The first-degree hash of an unnamed thing (RDFC-1.0, section 4.6)."""
        if thing in self.links:
            ends = sorted([*ends, *[f"{predicate}_:z .\n" for predicate, _ in self.links[thing]]])
        text = "_:a" + "_:a".join(ends)
        owner, predicate = self.places[thing]
        if owner >= 0:  # sorts first if it begins with a name, as "<" comes before "_", and else last, as "a" before "z"
            name = self.names[owner]
            text = f"{name}{predicate}_:a .\n{text}" if name else f"{text}_:z{predicate}_:a .\n"
        return _HASHES[hash_name](text.encode()).digest()


@dataclass(slots=True)
class Spelled:
    """What things say, spelled but for the labels of the unnamed ones.

    `names` are those of the named things, as often as they were met; `blocks` the lines of things without labels in them,
    `unnamed` those of unnamed things with a mark for their own label, by hash; `open` is spelled last. `digests`: the
    first-degree hash of every unnamed thing. `count`: the statements.
    """

    names: list[str]
    blocks: list[bytes] = field(default_factory=list)
    unnamed: list[tuple[bytes, bytes]] = field(default_factory=list)
    open: list[Open] = field(default_factory=list)
    digests: list[bytes] = field(default_factory=list)
    count: int = 0

    def add(self, part: Spelled) -> None:
        """Take in what a part says."""
        self.names += part.names
        self.blocks += part.blocks
        self.unnamed += part.unnamed
        self.open += part.open
        self.digests += part.digests
        self.count += part.count

    def size(self) -> int:
        """Bytes of memory, about."""
        texts = [text for name, _, ends, links in self.open for text in (name, *ends, *[predicate for predicate, _ in links])]
        wide = 1 if all(map(str.isascii, texts)) else 4
        blocks = [*self.blocks, *[block for _, block in self.unnamed]]
        things = len(blocks) + len(self.open) + len(self.digests)
        letters = wide * sum(map(len, texts)) + sum(map(len, blocks)) + sum(map(len, self.names))
        return 300 * things + 150 * len(texts) + letters


def form(whole: Spelled, *, name: str) -> bytes:
    """The canonical form. `name` is the document's own, if it has one.

    Raises Outside where unnamed things look alike, where something else has the document's own name, and past the budget.
    """
    if name and whole.names.count(name) > 1:
        raise Outside  # to JSON-LD both are one thing, to a reader they are not
    labels = _labels(whole.digests)
    mark = _LABEL.encode()
    blocks = whole.blocks + [block.replace(mark, labels[own].encode()) for own, block in whole.unnamed]
    for own_name, own, ends, links in whole.open:
        leading = [f"{predicate}{labels[to]} .\n" for predicate, to in links]
        blocks.append(_block(own_name or labels[own], sorted(ends + leading)))
    if len(set(whole.names)) < len(whole.names):  # one thing in several places: one block, and each statement once
        blocks = list(set(b"".join(blocks).splitlines(keepends=True)))
    blocks.sort()
    found = b"".join(blocks)
    if not found or len(found) > _LIMITS.characters:
        raise Outside
    return found


def _block(name: str, ends: list[str]) -> bytes:
    return (name + name.join(ends)).encode() if ends else b""


def _labels(digests: list[bytes]) -> dict[bytes, str]:
    """Of the unnamed things, in the order of their hashes (RDFC-1.0, section 4.4, steps 4 and 5)."""
    labels = {digest: f"_:c14n{rank}" for rank, digest in enumerate(sorted(digests))}
    if len(digests) > _LIMITS.blank_nodes or len(labels) < len(digests):
        raise Outside
    return labels
