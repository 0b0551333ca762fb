"""What is in a moving file, taken apart with distrust: its code proves who made it, not that they mean well."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import pyrage

from credcore.codec import moments, strict_json
from credcore.containers import archive
from credcore.containers.found import Found
from credcore.errors import MalformedError
from skillmark.desks.backups import recovery
from skillmark.desks.moved_proofs import MovedProof
from skillmark.errors import DomainError
from skillmark.rooms.people.rules import plain_code
from skillmark.rooms.records.operations import OldReceipt
from skillmark.rooms.records.rules.statements import Words, from_json

FORMAT: Final = 1
MOST_BYTES: Final = 64 * 2**20
"""Of the file: some 2,000 proofs and 300 photos."""
MOST_ENTRIES: Final = 5000
HEAD: Final = "page.json"
_MAGIC = b"age-encryption.org/v1\n"
_KEY = 32  # bytes of a private number of P-256


class CannotMove(DomainError):
    """Nothing was packed, or nothing was taken out."""


@dataclass(frozen=True, slots=True)
class MovedLine:
    """What the person says about themselves; `photo` as it came, empty: none."""

    kind: str
    words: Words
    photo: bytes


@dataclass(frozen=True, slots=True)
class MovedPage:
    """Everything that a moving file holds. `key` is the page's own private number."""

    name: str
    language: str
    key: bytes
    proofs: tuple[MovedProof, ...]
    said: tuple[MovedLine, ...]
    receipts: tuple[OldReceipt, ...]


def identity(code: str) -> Any:
    """The key that a plain code stands for."""
    return recovery.identity_of(key=code.encode(), purpose="moving page")


def opened(*, data: bytes, code: str) -> MovedPage:
    """The page in a file. Raises CannotMove `move.not_a_file`, `move.wrong_code`, `move.damaged`, `move.too_large` (fact
    `most`)."""
    if len(data) > MOST_BYTES:
        raise CannotMove("move.too_large", most=str(MOST_BYTES // 2**20))
    if not data.startswith(_MAGIC):
        raise CannotMove("move.not_a_file")
    try:
        plain = pyrage.decrypt(data, [identity(plain_code(code))])
    except pyrage.DecryptError as error:  # age says only in words whether the key or the file is at fault
        raise CannotMove("move.wrong_code" if "key" in str(error) else "move.damaged") from error
    try:
        return _page(_files(plain))
    except MalformedError as error:
        raise _bad(error.code) from error


def _files(plain: bytes) -> dict[str, bytes]:
    """Every file by its name, however they overlap never more bytes than a moving file may have."""
    files: dict[str, bytes] = {}

    def inside(body: bytes, name: str) -> tuple[Found, ...]:
        files[name] = body
        return ()

    budget = archive.Budget(entries=MOST_ENTRIES, size=MOST_BYTES, depth=1)
    if archive.read(plain, inside=inside, budget=budget, max_bytes=MOST_BYTES):
        raise _bad("a file in it cannot be opened")
    return files


def _page(files: dict[str, bytes]) -> MovedPage:
    """Exactly what `make_moving_file` writes. Raises CannotMove or MalformedError for anything else."""
    head = strict_json.loads(files.get(HEAD, b""), max_bytes=MOST_BYTES)
    if not isinstance(head, dict) or head.get("format") != FORMAT:
        raise _bad("another format")
    key = _text(head, "key")
    if len(key) != 2 * _KEY or set(key) - set("0123456789abcdef"):
        raise _bad("key")
    name = _text(head, "name")
    if "\0" in name:  # which no database takes
        raise _bad("name")
    return MovedPage(
        name=name, language=_text(head, "language"), key=bytes.fromhex(key),
        proofs=tuple(_proof(files, one) for one in _list(head, "proofs")),
        said=tuple(_line(files, one) for one in _list(head, "said")),
        receipts=tuple(OldReceipt(_text(one, "token").encode(), _back(one)) for one in _list(head, "agreed")),
    )  # fmt: skip


def _proof(files: dict[str, bytes], one: dict[str, Any]) -> MovedProof:
    return MovedProof(_file(files, one, "file"), _text(one, "comment"), _flag(one, "other"))


def _line(files: dict[str, bytes], one: dict[str, Any]) -> MovedLine:
    words = one.get("words")
    if not isinstance(words, dict) or not all(isinstance(text, str) for text in words.values()):
        raise _bad("words")
    return MovedLine(_text(one, "kind"), from_json(words), _file(files, one, "photo") if "photo" in one else b"")


def _back(one: dict[str, Any]) -> datetime | None:
    """When it was taken back, if it was."""
    return moments.instant(one["back"]) if one.get("back") is not None else None


def _list(value: dict[str, Any], name: str) -> list[dict[str, Any]]:
    found = value.get(name)
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise _bad(name)
    return found


def _text(value: dict[str, Any], name: str) -> str:
    found = value.get(name)
    if not isinstance(found, str):
        raise _bad(name)
    return found


def _flag(value: dict[str, Any], name: str) -> bool:
    found = value.get(name)
    if not isinstance(found, bool):
        raise _bad(name)
    return found


def _file(files: dict[str, bytes], value: dict[str, Any], name: str) -> bytes:
    found = files.get(_text(value, name))
    if found is None:
        raise _bad(f"{name} is missing")
    return found


def _bad(why: str) -> CannotMove:
    return CannotMove("move.damaged", why=why)
