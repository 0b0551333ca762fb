"""One web part and one jobs part for a data folder: whoever holds the lock file runs; the others say so.

The operating system gives a lock back when its process ends, however it ends: there are no stale locks to clean up.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from types import TracebackType
from typing import IO, Self


class TakenError(Exception):
    """Another process holds the lock. `note` is what it wrote into the file, such as its address."""

    def __init__(self, note: str) -> None:
        super().__init__(note)
        self.note = note


class Lock:
    """A lock file in the data folder's `run` folder. Use it in a `with` block."""

    def __init__(self, *, folder: Path, name: str) -> None:
        self._path = folder / "run" / f"{name}.lock"
        self._note = self._path.with_suffix(".note")  # apart: on Windows a locked file cannot be read by others
        self._file: IO[bytes] | None = None

    def __enter__(self) -> Self:
        """Take the lock, or raise `TakenError`."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._file = self._path.open("ab")
        if not _lock(self._file):
            self._file.close()
            self._file = None
            raise TakenError(self._note.read_text(encoding="utf-8") if self._note.exists() else "")
        self.note("")
        return self

    def note(self, text: str) -> None:
        """Leave a word for whoever finds the lock taken."""
        self._note.write_text(text, encoding="utf-8")

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        if self._file is not None:
            self._note.unlink(missing_ok=True)
            self._file.close()


def _lock(file: IO[bytes]) -> bool:
    if sys.platform == "win32":
        import msvcrt

        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
    import fcntl

    try:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    os.set_inheritable(file.fileno(), False)
    return True
