"""Parts of a JSON-LD document by JSON pointers. (RFC 6901; W3C Data Integrity ECDSA Cryptosuites 1.0, section 3.4.11)"""

from __future__ import annotations

import copy
import re
from collections.abc import Sequence
from typing import Any

from credcore.errors import MalformedError
from credcore.proofs.data_integrity import Json

MAX_POINTERS = 1_000
# What stays, whole, of everything on the way to a part: without it the part would be about, or would mean, another thing.
_KEPT = ("@context", "id", "type")
_ALL = ""  # marks a branch that is taken whole; real steps begin with "/"

_Tree = dict[str, Any]


def select(document: Json, *, pointers: Sequence[str]) -> Json:
    """A new document with the named parts and what they hang on; empty without pointers. Gaps in arrays close.

    `pointers` are such as `/credentialSubject/name`; "" is everything.

    Raises MalformedError `proof.pointer` for a pointer that is none or that leads nowhere.
    """
    if not pointers:
        return {}
    if len(pointers) > MAX_POINTERS:
        raise MalformedError("proof.pointer", f"{len(pointers)} pointers, at most {MAX_POINTERS}")
    tree: _Tree = {}
    for pointer in pointers:
        branch, value = tree, document
        for step in _steps(pointer):
            value = _follow(value, step)
            branch = branch.setdefault(f"/{step}", {})
        branch[_ALL] = {}
    picked: Json = _pick(document, tree)
    return picked


def _steps(pointer: str) -> list[str]:
    if pointer and not pointer.startswith("/"):
        raise MalformedError("proof.pointer", pointer[:120])
    if re.search(r"~(?![01])", pointer):
        raise MalformedError("proof.pointer", pointer[:120])
    return [step.replace("~1", "/").replace("~0", "~") for step in pointer.split("/")[1:]]


def _follow(value: Any, step: str) -> Any:
    if isinstance(value, dict) and step in value:
        return value[step]
    if isinstance(value, list) and re.fullmatch(r"0|[1-9][0-9]{0,5}", step) and int(step) < len(value):
        return value[int(step)]
    raise MalformedError("proof.pointer", f"nothing at {step[:120]}")


def _pick(value: Any, tree: _Tree) -> Any:
    # As deep as the pointers that were followed, so as deep as the document.
    if _ALL in tree:
        return copy.deepcopy(value)
    if isinstance(value, list):
        return [_pick(item, tree[f"/{place}"]) for place, item in enumerate(value) if f"/{place}" in tree]
    return {
        key: copy.deepcopy(item) if key in _KEPT else _pick(item, tree[f"/{key}"])
        for key, item in value.items()
        if key in _KEPT or f"/{key}" in tree
    }
