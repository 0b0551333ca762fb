"""Many files on all cores. Answers come in the order of the items, and one file holds up no other."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from credcore.cli.checker import Answer, Checker
from credcore.verify import beside

MOST = 64
_WORTH_IT = 64  # files; a process takes as long to start as it takes to check about a hundred
_CHUNK = 32
_ROUND = 4_096  # files handed out at a time, so that a folder of millions is not in memory at once

_here: Checker | None = None


def answers(items: Sequence[str], *, checker: Checker, options: argparse.Namespace) -> Iterator[Answer]:
    """An answer for each link and file, folders opened, in order of name."""
    for item in items:
        if item == "-":
            yield checker.piped()
        elif item.startswith(("https://", "http://")):
            yield checker.link(item)
        else:
            yield from _of_path(Path(item), checker=checker, options=options)


def _of_path(path: Path, *, checker: Checker, options: argparse.Namespace) -> Iterator[Answer]:
    if not path.exists():
        yield Answer(unopened=True, problem=f"There is no file or folder called {path}.")
        return
    inside = [path] if path.is_file() else _proofs(path)
    if not inside:
        yield Answer(unopened=True, problem=f"{path} is an empty folder.")
        return
    jobs = options.jobs or (os.cpu_count() or 1)
    if jobs == 1 or len(inside) < _WORTH_IT:
        yield from map(checker.file, inside)
        return
    from concurrent.futures import ProcessPoolExecutor  # here, because most runs check one file and want to start at once

    same = argparse.Namespace(**{**vars(options), "at": checker.now.isoformat()})
    with ProcessPoolExecutor(max_workers=jobs, initializer=_begin, initargs=(same,)) as pool:
        waiting = iter(inside)
        while some := list(islice(waiting, _ROUND)):
            yield from pool.map(_check, some, chunksize=_CHUNK)


def _proofs(folder: Path) -> list[Path]:
    """The files below a folder, in order; of a parcel without what lies beside the proofs."""
    names = sorted(_names(folder), key=lambda name: name.split("/"))
    if beside.is_parcel(names):
        names = [name for name in names if not beside.is_beside(name)]
    return [folder / name for name in names]


def _names(folder: Path) -> Iterator[str]:
    """Of the files below a folder, with `/`. Nobody else works meanwhile, so it asks for each file once and at once.

    Links to folders are not followed, as they may lead in a circle; what must not be looked into is passed over.
    """
    waiting = [""]
    while waiting:
        below = waiting.pop()
        try:
            entries = list(os.scandir(folder / below))
        except OSError:
            continue
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                waiting.append(f"{below}{entry.name}/")
            elif entry.is_file():
                yield below + entry.name


def _begin(options: argparse.Namespace) -> None:
    global _here
    _here = Checker(options)


def _check(path: Path) -> Answer:
    if _here is None:
        raise RuntimeError("the worker was not begun")
    return _here.file(path)
