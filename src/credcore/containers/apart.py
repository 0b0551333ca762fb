"""Pages and drawings of strangers, drawn in a process of its own that can be stopped.

Three kilobytes of PDF can keep the library that draws it busy for hours, and no look at the file beforehand tells. So it has
so much time of the processor and so much memory, and no more: what would take this program down takes down that process.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from credcore.containers.drawer import BAD, LOCKED, PAGE
from credcore.effort import Effort
from credcore.errors import MalformedError

if TYPE_CHECKING:
    from PIL.Image import Image

_DRAWER: Final = Path(__file__).with_name("drawer.py")
_START: Final = 0.1  # seconds that are counted for starting a process
_PATIENCE: Final = 10  # seconds of the clock for each of the processor, on a busy machine
_ALONE: Final = {"RAYON_NUM_THREADS": "1", "MALLOC_ARENA_MAX": "1"}
"""One thread draws. With one for each of 64 processors, their stacks alone would be more memory than there may be."""
_CHANNELS: Final = {"L": 1, "RGB": 3}


@dataclass(frozen=True, slots=True)
class Drawn:
    """The pictures, and whether they are all: false when drawing was stopped before its end."""

    pictures: tuple[Image, ...]
    whole: bool


def pages(data: bytes, *, most: int, longest: float, effort: Effort, mode: str = "L") -> Drawn:
    """The first `most` pages of a PDF that can be drawn, `longest` points on their longer side at most.

    Raises MalformedError `pdf.locked`, `pdf.bad`.
    """
    return _drawn(data, "pdf", str(most), str(longest), mode, effort=effort)


def drawing(data: bytes, *, effort: Effort) -> Drawn:
    """An SVG of nothing but shapes. Raises MalformedError `picture.no_code` for none that can be drawn."""
    return _drawn(data, "svg", effort=effort)


def _drawn(data: bytes, *how: str, effort: Effort) -> Drawn:
    seconds = effort.seconds
    if seconds <= 0:
        return Drawn((), whole=False)
    command = [sys.executable, "-I", str(_DRAWER), f"{seconds:.3f}", *how]
    patience = _PATIENCE * (1 + seconds)
    try:
        done = subprocess.run(
            command, input=data, env=os.environ | _ALONE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=patience,
            check=False,
        )  # fmt: skip
        told, code = done.stdout, done.returncode
    except subprocess.TimeoutExpired as error:
        told, code = error.stdout or b"", -1
    if code in (LOCKED, BAD):
        raise MalformedError("pdf.locked" if code == LOCKED else "pdf.bad" if how[0] == "pdf" else "picture.no_code")
    found, used = _read(told)
    effort.seconds -= _START + (seconds if used is None else used)
    return Drawn(tuple(found), whole=code == 0)


def _read(told: bytes) -> tuple[list[Image], float | None]:
    """The whole pictures, and how many seconds were used; None when the end is missing."""
    found: list[Image] = []
    for head, points in _parts(told):
        mode, width, height = head
        if mode == "DONE":
            return found, width / 1000
        found.append(_picture(mode, width, height, points))
    return found, None


def _parts(told: bytes) -> Iterator[tuple[tuple[str, int, int], bytes]]:
    at = 0
    while at + PAGE.size <= len(told):
        mode, width, height = PAGE.unpack_from(told, at)
        name, at = mode.decode("ascii").strip(), at + PAGE.size
        size = _CHANNELS.get(name, 0) * width * height
        if at + size > len(told):
            return
        yield (name, width, height), told[at : at + size]
        at += size


def _picture(mode: str, width: int, height: int, points: bytes) -> Image:
    from PIL import Image

    return Image.frombytes(mode, (width, height), points)
