"""The backup file: a gzipped tar, sealed in the age format (https://age-encryption.org/v1).

Both directions stream, so that the size of a backup is not bounded by memory, and no readable copy touches the disk.
"""

from __future__ import annotations

import io
import os
import tarfile
import threading
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

import pyrage

from skillmark.desks.backups import recovery
from skillmark.desks.backups.problems import CannotRestore

_CUT = (tarfile.TarError, EOFError, zlib.error)


@dataclass
class _Worker:
    """Runs one end of a pipe in a thread and keeps what went wrong there."""

    work: Callable[[], None]
    failed: list[pyrage.DecryptError | OSError] = field(default_factory=list)

    def start(self) -> threading.Thread:
        thread = threading.Thread(target=self._run, name="backup")
        thread.start()
        return thread

    def _run(self) -> None:
        try:
            self.work()
        except (pyrage.DecryptError, OSError) as error:
            self.failed.append(error)


@contextmanager
def writing(*, file: IO[bytes], key: bytes) -> Iterator[tarfile.TarFile]:
    """A tar that is sealed for the holder of the outer key while it is written. Raises OSError (disk full)."""
    near, far = os.pipe()
    source = os.fdopen(near, "rb")

    def seal() -> None:
        with source:
            pyrage.encrypt_io(source, file, [recovery.identity_of(key=key).to_public()])

    worker = _Worker(seal)
    thread = worker.start()
    try:
        with os.fdopen(far, "wb") as pipe, tarfile.open(fileobj=pipe, mode="w|gz") as tar:
            yield tar
    except BrokenPipeError:
        thread.join()
        if not worker.failed:
            raise
    finally:
        thread.join()
    if worker.failed:
        raise worker.failed[0]


@contextmanager
def reading(*, path: Path, key: bytes) -> Iterator[Iterator[tuple[str, bytes]]]:
    """The members in their order. What is handed out before the end may still prove to be part of a damaged file.

    Raises CannotRestore `backup.not_opened`, `backup.damaged`.
    """
    near, far = os.pipe()
    sink = os.fdopen(far, "wb")
    opened = threading.Event()

    class Watched(io.RawIOBase):
        """age writes only what it has authenticated: the first bytes tell that the key fits."""

        def writable(self) -> bool:
            return True

        def write(self, data: bytes) -> int:  # type: ignore[override]
            opened.set()
            return sink.write(data)

        def flush(self) -> None:
            sink.flush()

    def unseal() -> None:
        with sink, path.open("rb") as file:
            pyrage.decrypt_io(file, Watched(), [recovery.identity_of(key=key)])

    worker = _Worker(unseal)
    thread = worker.start()
    cut = False
    pipe = os.fdopen(near, "rb")
    try:
        with pipe, tarfile.open(fileobj=pipe, mode="r|gz") as tar:
            yield _members(tar)
            pipe.read()  # to the very end, where age tells whether the file was cut
    except _CUT:
        cut = True
    finally:
        thread.join()
    if worker.failed or cut:
        raise CannotRestore("backup.damaged" if opened.is_set() else "backup.not_opened")


def _members(tar: tarfile.TarFile) -> Iterator[tuple[str, bytes]]:
    for member in tar:
        content = tar.extractfile(member) if member.isfile() else None
        if content is None:
            raise CannotRestore("backup.damaged")
        yield member.name, content.read()


def add(tar: tarfile.TarFile, *, name: str, data: bytes, mtime: int) -> None:
    """Put one member into the tar."""
    member = tarfile.TarInfo(name)
    member.size, member.mtime, member.mode = len(data), mtime, 0o600
    tar.addfile(member, io.BytesIO(data))
