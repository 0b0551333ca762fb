"""Bring a backup back into an empty place: all of it, or nothing."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any

from django.apps.registry import Apps
from django.conf import settings
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.db.migrations.executor import MigrationExecutor

from skillmark.desks import erasing
from skillmark.desks.backups import archive, keys, recovery, tables
from skillmark.desks.backups.making import FORMAT, OPERATOR
from skillmark.desks.backups.problems import CannotRestore
from skillmark.rooms.journal import operations as journal
from skillmark.rooms.people import queries as people

Manifest = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Restored:
    """What is back. `made_at` tells how old it is; what happened later is not in it, but for `erased`: how many pages people
    had erased since, and which were erased again.
    """

    made_at: datetime
    rows: int
    files: int
    firms: list[str]
    closed_offers: int
    erased: int


def _outer_key(recovery_code: str) -> bytes:
    try:
        return recovery.key_of(code=recovery_code)
    except recovery.MistypedError as error:
        raise CannotRestore("backup.code_mistyped") from error


def look(*, source: Path, recovery_code: str) -> Manifest:
    """Read the whole file and compare it with its own manifest, changing nothing. Needs no database.

    Raises CannotRestore `backup.code_mistyped`, `backup.not_opened`, `backup.damaged`.
    """
    manifest: Manifest = {}
    counted: dict[str, tables.Tally] = {}
    files: dict[str, str] = {}
    with archive.reading(path=source, key=_outer_key(recovery_code)) as members:
        for name, data in members:
            kind, _, rest = name.partition("/")
            if name == "manifest.json":
                manifest = json.loads(data)
            elif kind == "rows":
                counted.setdefault(rest.partition("/")[0], tables.Tally()).add(_lines(data))
            elif kind == "files":
                files[rest] = hashlib.sha256(data).hexdigest()
    empty = tables.Tally().facts
    wanted = {name: facts for name, facts in manifest.get("tables", {}).items() if facts != empty}
    if manifest.get("format") != FORMAT and manifest:
        raise CannotRestore("backup.newer", version=str(manifest.get("skillmark", "?")))
    if not manifest or {name: tally.facts for name, tally in counted.items()} != wanted or manifest["files"] != files:
        raise CannotRestore("backup.damaged")
    return manifest


def restore(*, source: Path, recovery_code: str, now: datetime, erased: Collection[str] = ()) -> Restored:
    """Bring everything back: tables as they were then, rows, files, the outer key; then up to this version.

    Call it with `settings.OUTER_KEY` taken from the same recovery code, and an empty database. Codes that were handed out but
    not used are closed: between backup and today they may have been used. Pages that people have erased since (`erased`: the
    hashes of `erasing.read_list`) are erased again before anybody can see them. On PostgreSQL all of it is one transaction;
    SQLite cannot change tables in one, so the caller works in a folder that it throws away when this fails.
    Raises CannotRestore with every code of `problems`.
    """
    key = _outer_key(recovery_code)
    if key != settings.OUTER_KEY:
        raise CannotRestore("backup.key_differs")
    manifest = look(source=source, recovery_code=recovery_code)
    leaves = [(str(app), str(name)) for app, name in manifest["migrations"]]
    _demand_place(leaves, str(manifest["skillmark"]))
    with _whole():
        executor = MigrationExecutor(connection)
        executor.migrate(leaves)
        then = executor.loader.project_state(leaves).apps
        with transaction.atomic():
            files = _load(source, key, then)
            _compare(then, manifest)
            closed = _close_offers(then, now)
            _reset_sequences(then)
        call_command("migrate", verbosity=0, interactive=False)
        if keys.wrong_for(now=now):
            raise CannotRestore("backup.damaged")
        again = erasing.apply(digests=erased, now=now)
        _note(manifest, now)
    rows = sum(facts["rows"] for facts in manifest["tables"].values())
    firms = [firm.name for firm in people.firms()]
    return Restored(datetime.fromisoformat(manifest["made_at"]), rows, files, firms, closed, again)


def _demand_place(leaves: list[tuple[str, str]], version: str) -> None:
    """The database is empty, and this version knows every migration of the backup."""
    if connection.introspection.table_names():
        raise CannotRestore("backup.not_empty", where=str(connection.settings_dict["NAME"]))
    known = MigrationExecutor(connection).loader.graph.nodes
    if any(leaf not in known for leaf in leaves):
        raise CannotRestore("backup.newer", version=version)


@contextmanager
def _whole() -> Iterator[None]:
    if connection.features.can_rollback_ddl and connection.vendor != "sqlite":
        with transaction.atomic():
            yield
    else:
        yield


def _load(source: Path, key: bytes, apps: Apps) -> int:
    """Rows into tables, files into the files folder. Returns how many files."""
    models_by_name = {model._meta.label_lower: model for model in tables.tables(apps)}
    files = 0
    with archive.reading(path=source, key=key) as members:
        for name, data in members:
            kind, _, rest = name.partition("/")
            if kind == "rows":
                tables.load(models_by_name[rest.partition("/")[0]], _lines(data))
            elif kind == "files":
                _write_file(rest, data)
                files += 1
    return files


def _lines(data: bytes) -> list[str]:
    """JSON never holds a raw line break, so splitting at them is safe (`splitlines` would also split at U+2028)."""
    return data.decode().split("\n")


def _write_file(inside: str, data: bytes) -> None:
    parts = PurePosixPath(inside).parts
    if not parts or inside.startswith("/") or ".." in parts:
        raise CannotRestore("backup.damaged")
    path = Path(settings.MEDIA_ROOT).joinpath(*parts)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def _compare(apps: Apps, manifest: Manifest) -> None:
    """Read everything back out of the database and compare: what was counted then is there now, byte for byte."""
    connection.check_constraints()
    for model in tables.tables(apps):
        tally = tables.Tally()
        for lines in tables.chunks(model):
            tally.add(lines)
        if tally.facts != manifest["tables"].get(model._meta.label_lower, tables.Tally().facts):
            raise CannotRestore("backup.damaged")


def _close_offers(apps: Apps, now: datetime) -> int:
    offers: type[models.Model] = apps.get_model("credentials", "Offer")
    closed = offers._base_manager.filter(used_at=None, closed_at=None).update(closed_at=now)
    if ("credentials", "appoffer") in {(one._meta.app_label, one._meta.model_name) for one in apps.get_models()}:
        # Of a copy that knows offers to other apps: what was taken since then must not be taken once more.
        to_apps: type[models.Model] = apps.get_model("credentials", "AppOffer")
        closed += to_apps._base_manager.filter(done_at=None, closed_at=None).update(closed_at=now)
    return closed


def _reset_sequences(apps: Apps) -> None:
    """Numbered keys go on after the highest that was brought back (SQLite does so by itself)."""
    statements = connection.ops.sequence_reset_sql(no_style(), tables.tables(apps))
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _note(manifest: Manifest, now: datetime) -> None:
    for firm in people.firms():
        journal.write(
            org_id=firm.id, actor=OPERATOR, actor_id=OPERATOR, event="backups.backup.restored", now=now,
            data={"made_at": manifest["made_at"]},
        )  # fmt: skip
