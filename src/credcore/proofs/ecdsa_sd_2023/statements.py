"""A document's statements with hidden labels, and which of them a part of it makes.
(W3C Data Integrity ECDSA Cryptosuites 1.0, sections 3.4.1 to 3.4.10 and 3.4.16)

Unnamed things get a name for the time of the work (`urn:bnid:…`), so that a part speaks of the same things as the whole.
In the statements they are unnamed again, under a label that only the holder of the HMAC key can compute.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Sequence
from typing import Any

from credcore.codec import multibase, rdf
from credcore.codec.rdf import Quad
from credcore.codec.rdf.canonical import line
from credcore.errors import UnavailableError
from credcore.proofs.data_integrity import Json
from credcore.proofs.ecdsa_sd_2023.selection import select

_SCHEME = "urn:bnid:"
_VALUES = ("@value", "@list", "@set")  # objects that are no things of their own


class Statements:
    """The statements of a whole document, as the giver's HMAC key labels and orders them.

    `lines`: canonical N-Quads with hidden labels, sorted.
    """

    def __init__(self, document: Json, *, hmac_key: bytes) -> None:
        """Errors as for `rdf.to_quads`; UnavailableError `rdf.unsupported` for a document whose things cannot be named."""
        plain = rdf.to_quads(document)  # first of all: it bounds depth and size
        self._named = name_things(document)
        quads = unnamed(rdf.to_quads(self._named))
        if rdf.canonicalize_quads(quads).nquads != rdf.canonicalize_quads(plain).nquads:
            raise UnavailableError("rdf.unsupported", "naming its parts would change what it says", permanent=True)
        canonical = rdf.canonicalize_quads(quads).labels
        self._labels = {own: hidden_label(label, hmac_key=hmac_key) for own, label in canonical.items()}
        self.lines = relabelled(quads, labels=self._labels)

    def places(self, *, pointers: Sequence[str]) -> list[int]:
        """Which of `lines` the named parts state, ascending."""
        chosen = set(relabelled(self._part(pointers), labels=self._labels))
        return [place for place, text in enumerate(self.lines) if text in chosen]

    def labels_of(self, *, pointers: Sequence[str]) -> dict[int, bytes]:
        """Number of the canonical label in the part → hidden label of the whole."""
        canonical = rdf.canonicalize_quads(self._part(pointers)).labels
        return {number(label): multibase.decode(self._labels[own]) for own, label in canonical.items()}

    def _part(self, pointers: Sequence[str]) -> list[Quad]:
        part = select(self._named, pointers=pointers)
        return unnamed(rdf.to_quads(part)) if part else []


def hidden_label(label: str, *, hmac_key: bytes) -> str:
    """`c14n0` → `u3Lv2…`: HMAC-SHA-256 as base64url multibase (section 3.4.3)."""
    return multibase.encode(hmac.digest(hmac_key, label.encode(), hashlib.sha256), base="u")


def relabelled(quads: Iterable[Quad], *, labels: dict[str, str]) -> list[str]:
    """Sorted N-Quads lines, each once, with new labels for unnamed things. `labels` has them all, without `_:`."""

    def term(text: str) -> str:
        return f"_:{labels[text[2:]]}" if text.startswith("_:") else text

    return sorted({line((term(s), p, term(o), term(g))) for s, p, o, g in quads})


def name_things(document: Json) -> Json:
    """A copy in which every thing without an `id` has one, by order of appearance. Depth as `rdf.to_quads` allows."""
    count = 0

    def named(value: Any) -> Any:
        nonlocal count
        if isinstance(value, list):
            return [named(item) for item in value]
        if not isinstance(value, dict):
            return value
        name: Json = {}
        if not any(key in value for key in ("id", "@id", *_VALUES)):
            name, count = {"id": f"{_SCHEME}{count}"}, count + 1
        return {**name, **{key: item if key == "@context" else named(item) for key, item in value.items()}}

    made: Json = named(document)
    return made


def unnamed(quads: Iterable[Quad]) -> list[Quad]:
    """The statements of a document from `name_things`, about unnamed things again.

    Raises UnavailableError `rdf.unsupported` when there was something else without a name (the links of an ordered list,
    `_:` identifiers): it could not be told apart in the whole and in a part.
    """

    def term(text: str) -> str:
        if text.startswith("_:"):
            raise UnavailableError("rdf.unsupported", "an ordered list, or a name that is none", permanent=True)
        return f"_:{text[1 + len(_SCHEME) : -1]}" if text.startswith(f"<{_SCHEME}") else text

    return [(term(s), p, term(o), term(g)) for s, p, o, g in quads]


def number(label: str) -> int:
    """`c14n7` → 7"""
    return int(label.removeprefix("c14n"))
