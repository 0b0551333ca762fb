"""ZIP files: many proofs in one parcel (PKWARE APPNOTE; only stored and deflated entries are read)."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from io import BytesIO

from credcore.containers.found import MAX_ITEM_BYTES, Found
from credcore.errors import MalformedError

MAX_ENTRIES = 200
MAX_TOTAL = 52_428_800  # inflated, all entries together, also those of a ZIP inside
_ENTRY_BYTES = 132  # of the directory, on average: a long name and what stands around it
_END = struct.Struct("<4s4H2LH")
_LITTER = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")
_BROKEN = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    KeyError,
    IndexError,
    OverflowError,
    NotImplementedError,
    RuntimeError,
    MemoryError,
)


@dataclass(slots=True)
class Budget:
    """What may still be taken out, shared by an archive and an archive in it. `depth`: levels of ZIP still allowed."""

    entries: int = MAX_ENTRIES
    size: int = MAX_TOTAL
    depth: int = 2


def read(
    data: bytes, *, inside: Callable[[bytes, str], tuple[Found, ...]], budget: Budget, max_bytes: int = MAX_ITEM_BYTES
) -> tuple[Found, ...]:
    """What `inside(entry bytes, clean name)` finds in each entry, in the order of the archive.

    An entry that cannot be opened becomes a Found of kind `problem` whose body is the error code; the others go on.
    Raises MalformedError: `zip.bad` (broken, empty, or nested more than once), `zip.locked` (every entry needs a
    password), `zip.too_many`, `zip.too_large` (all entries together; a single one is a problem of that entry).
    """
    if budget.depth < 1:
        raise MalformedError("zip.bad", "a ZIP in a ZIP in a ZIP")
    _refuse_large_directory(data, most=10 * max(budget.entries, MAX_ENTRIES))
    found: list[Found] = []
    try:
        archive = zipfile.ZipFile(BytesIO(data))
    except _BROKEN as error:
        raise MalformedError("zip.bad", type(error).__name__) from error
    with archive:
        entries = [entry for entry in archive.infolist() if not entry.is_dir() and not _is_litter(entry.filename)]
        budget.entries -= len(entries)
        if budget.entries < 0:
            raise MalformedError("zip.too_many")
        if not entries:
            raise MalformedError("zip.bad", "nothing in it")
        if all(entry.flag_bits & 1 for entry in entries):
            raise MalformedError("zip.locked")
        budget.depth -= 1
        for entry in entries:
            name = clean_name(entry.filename)
            try:
                body = _inflate(archive, entry, budget=budget, max_bytes=max_bytes)
                found += [replace(one, container="zip") for one in inside(body, name)]
            except MalformedError as error:
                if budget.size < 0:
                    raise MalformedError("zip.too_large") from error
                found.append(Found(error.code.encode(), "zip", name, "problem"))
        budget.depth += 1
    return tuple(found)


def clean_name(name: str) -> str:
    """An entry's name for people: no way up, no drive, no control characters, at most 200 characters."""
    parts = [part for part in name.replace("\\", "/").split("/") if part not in ("", ".", "..") and part[1:] != ":"]
    return "".join(character for character in "/".join(parts) if character.isprintable())[-200:]


def _inflate(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, *, budget: Budget, max_bytes: int) -> bytes:
    """The entry's bytes. What the directory says about sizes is not believed: bytes are counted as they come."""
    if entry.flag_bits & 1:
        raise MalformedError("zip.locked")
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise MalformedError("zip.bad", "an unknown compression")
    try:
        with archive.open(entry) as stream:
            body = stream.read(max_bytes + 1)
    except _BROKEN as error:
        raise MalformedError("zip.bad", type(error).__name__) from error
    budget.size -= len(body)
    if len(body) > max_bytes or budget.size < 0:
        raise MalformedError("zip.too_large")
    return body


def _refuse_large_directory(data: bytes, *, most: int) -> None:
    """Look at the end record before the library builds an object for each of 200,000 entries.

    Folders and litter count here, so `most` is generous.
    """
    at = data.rfind(b"PK\x05\x06")
    if at < 0 or at + _END.size > len(data):
        raise MalformedError("zip.bad", "no end record")
    _, _, _, _, entries, size, _, _ = _END.unpack_from(data, at)
    if entries > most or size > most * _ENTRY_BYTES:
        raise MalformedError("zip.too_many")


def _is_litter(name: str) -> bool:
    return name.startswith(_LITTER[0]) or name.rpartition("/")[2] in _LITTER[1:]
