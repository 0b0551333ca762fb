"""Erase a page so that it stays erased: here, in the database's own leftovers, and when an older backup comes back.

A backup made earlier still holds the page, and its key. So a list of what was erased lies beside the database, as a file of
hashes that tells nobody whose pages they were; a restore reads it and erases those pages again.
"""

from __future__ import annotations

import os
from collections.abc import Collection
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connection

from skillmark.rooms.people.rules import Actor
from skillmark.rooms.records import operations as records
from skillmark.rooms.records import queries

NAME = "erased.txt"
_DIGEST = 64


def erase(*, actor: Actor, typed_name: str, now: datetime) -> None:
    """Erase the actor's own space for good. Call it outside any transaction. Raises CannotErase `erase.other_name`."""
    records.erase(actor=actor, typed_name=typed_name, now=now)
    write_list()
    _leave_nothing_in_the_log()


def write_list(*, beside: Path | None = None) -> None:
    """Write the list of what was erased beside the database (or `beside` a backup), whole or not at all.

    What is in it stays in it. Where nothing was ever erased, there is no list. Raises OSError.
    """
    path = beside.with_name(NAME) if beside is not None else Path(settings.ERASED_LIST)
    known = {*queries.erased(), *(read_list(path) if path.exists() else ())}
    if not known:
        return
    part = path.with_name(f".{path.name}.part")
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write("".join(f"{one}\n" for one in sorted(known)))
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)


def read_list(path: Path) -> list[str]:
    """The hashes in such a file; lines that are none are passed over. Raises OSError."""
    lines = path.read_text("ascii", "replace").split()
    return [one for one in lines if len(one) == _DIGEST and all(letter in "0123456789abcdef" for letter in one)]


def apply(*, digests: Collection[str], now: datetime) -> int:
    """Erase again what was erased after a backup was made, once it is back. Returns how many pages that were."""
    again = records.erase_again(digests=digests, now=now)
    write_list()
    _leave_nothing_in_the_log()
    return again


def _leave_nothing_in_the_log() -> None:
    """SQLite overwrites what is deleted; the write-ahead log, which still has the old pages, is emptied now and not some day.

    Somebody who reads at this moment holds it back; then the next erasure or the next start of the server does it.
    """
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
