"""Backups: one sealed file with everything but the outer key, which is on the printed recovery sheet.

The front door. What needs the database is imported when it is called, because a restore has to put the outer key in place
before the settings are read.
"""

from __future__ import annotations

import base64
import os
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from skillmark.desks.backups import recovery
from skillmark.desks.backups.problems import BackupError, CannotBackUp, CannotRestore

if TYPE_CHECKING:
    from skillmark.desks.backups.making import Made
    from skillmark.desks.backups.restoring import Restored

__all__ = [
    "BackupError",
    "CannotBackUp",
    "CannotRestore",
    "backup",
    "outer_key_text",
    "put_key",
    "recovery_code",
    "restore",
    "wrong_keys",
]


def recovery_code() -> str:
    """What the recovery sheet prints: it opens every backup of this server, and holds its outer key."""
    from django.conf import settings

    return recovery.code_of(key=settings.OUTER_KEY)


def backup(*, target: Path, now: datetime) -> Made:
    """Write everything into one new sealed file. Raises CannotBackUp, OSError."""
    from skillmark.desks.backups import making

    return making.backup(target=target, now=now)


def restore(*, source: Path, recovery_code: str, now: datetime, erased: Path | None = None) -> Restored:
    """Bring everything back into an empty place; `put_key` comes first. Raises CannotRestore, OSError.

    `erased` is the list of pages that people have erased since: the file `erased.txt` of the data folder that was in use.
    """
    from skillmark.desks import erasing
    from skillmark.desks.backups import restoring

    digests = erasing.read_list(erased) if erased is not None else []
    return restoring.restore(source=source, recovery_code=recovery_code, now=now, erased=digests)


def wrong_keys(*, now: datetime) -> list[str]:
    """The names of the firms whose keys the present outer key does not open."""
    from skillmark.desks.backups import keys

    return keys.wrong_for(now=now)


def outer_key_text(*, recovery_code: str) -> str:
    """The outer key as SKILLMARK_KEY_ENCRYPTION_KEY takes it. Raises CannotRestore `backup.code_mistyped`."""
    try:
        return base64.b64encode(recovery.key_of(code=recovery_code)).decode()
    except recovery.MistypedError as error:
        raise CannotRestore("backup.code_mistyped") from error


def put_key(*, recovery_code: str, folder: Path) -> None:
    """Write the outer key where the settings look for it, in a new data folder. Raises CannotRestore, OSError."""
    text = outer_key_text(recovery_code=recovery_code)
    path = folder / "keys" / "outer.key"
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text + "\n")
