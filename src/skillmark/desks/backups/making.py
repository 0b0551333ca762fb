"""Make a backup: every row, every file, one sealed file. The outer key is not in it."""

from __future__ import annotations

import hashlib
import json
import os
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

from skillmark.desks import erasing
from skillmark.desks.backups import archive, tables
from skillmark.desks.backups.problems import CannotBackUp
from skillmark.rooms.journal import operations as journal
from skillmark.rooms.people import queries as people

FORMAT = 1
OPERATOR = "operator"


@dataclass(frozen=True, slots=True)
class Made:
    """What was written. `size` in bytes."""

    path: Path
    size: int
    rows: int
    files: int


def backup(*, target: Path, now: datetime) -> Made:
    """Write everything into one new file that only the recovery code opens.

    Rows are read from one moment's view, so the server may go on working. The file appears whole or not at all. Beside it lies
    the list of what people have erased, for older backups in the same place.
    Raises CannotBackUp `backup.exists`, `backup.not_migrated`; OSError when the place cannot be written.
    """
    if target.exists():
        raise CannotBackUp("backup.exists", file=str(target))
    leaves = _migrations()
    part = target.with_name(f".{target.name}.part")
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            with archive.writing(file=file, key=settings.OUTER_KEY) as tar, _one_moment():
                head = {"format": FORMAT, "skillmark": version("skillmark"), "engine": connection.vendor}
                head |= {"made_at": now.isoformat(), "migrations": leaves}
                rows, files = _fill(_Tar(tar, int(now.timestamp())), head)
            file.flush()
            os.fsync(file.fileno())
        part.replace(target)
        erasing.write_list(beside=target)
    finally:
        part.unlink(missing_ok=True)
    for firm in people.firms():
        journal.write(
            org_id=firm.id, actor=OPERATOR, actor_id=OPERATOR, event="backups.backup.made", now=now, data={"rows": rows}
        )
    return Made(target, target.stat().st_size, rows, files)


@dataclass(frozen=True, slots=True)
class _Tar:
    tar: tarfile.TarFile
    mtime: int

    def add(self, name: str, data: bytes) -> None:
        archive.add(self.tar, name=name, data=data, mtime=self.mtime)


def _fill(tar: _Tar, head: dict[str, Any]) -> tuple[int, int]:
    """Write head, rows, files and, last, the manifest that says what there must be. Returns (rows, files)."""
    tar.add("head.json", json.dumps(head).encode())
    counted: dict[str, dict[str, Any]] = {}
    for model in tables.tables(apps):
        name, tally = model._meta.label_lower, tables.Tally()
        for number, lines in enumerate(tables.chunks(model)):
            tar.add(f"rows/{name}/{number:06}.jsonl", "\n".join(lines).encode())
            tally.add(lines)
        counted[name] = tally.facts
    files: dict[str, str] = {}
    for path, inside in _files(Path(settings.MEDIA_ROOT)):
        data = path.read_bytes()
        tar.add(f"files/{inside}", data)
        files[inside] = hashlib.sha256(data).hexdigest()
    tar.add("manifest.json", json.dumps({**head, "tables": counted, "files": files}).encode())
    return sum(facts["rows"] for facts in counted.values()), len(files)


def _files(folder: Path) -> Iterator[tuple[Path, str]]:
    if not folder.is_dir():
        return
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            yield path, path.relative_to(folder).as_posix()


def _migrations() -> list[list[str]]:
    """[[app, last migration], …]: the shape of the tables, so that a later version can read the rows as they were."""
    executor = MigrationExecutor(connection)
    leaves = executor.loader.graph.leaf_nodes()
    if executor.migration_plan(leaves):
        raise CannotBackUp("backup.not_migrated")
    return [list(leaf) for leaf in leaves]


@contextmanager
def _one_moment() -> Iterator[None]:
    """Every read in here sees the database as it was at the first one, and holds up no writer."""
    if connection.in_atomic_block:
        yield  # the caller's transaction is the moment
    elif connection.vendor == "sqlite":
        # Django would begin with BEGIN IMMEDIATE, which shuts writers out; a plain BEGIN reads from the write-ahead log.
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
        try:
            yield
        finally:
            with connection.cursor() as cursor:
                cursor.execute("ROLLBACK")
    else:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield
