"""Draws pages of a PDF, or an SVG, and prints their points: a program of its own, started by `apart.py`.

Arguments: seconds of the processor; `svg`; or `pdf`, most pages, longest side, `L` (grey) or `RGB`. A page that was drawn is
printed at once, so that it is there whatever the next one does. Imports nothing of ours, so that it starts in a blink.
"""

from __future__ import annotations

import math
import signal
import struct
import sys
from contextlib import suppress
from io import BytesIO
from time import process_time
from typing import Any

MEMORY = 1024 * 2**20
SCALE = 200 / 72  # at most 200 dots an inch
LOCKED, BAD = 3, 4
PAGE = struct.Struct(">4sII")
"""Mode, width and height of a picture whose points follow; `DONE` ends the print, with the milliseconds that were used."""
_PASSWORD = 4  # FPDF_ERR_PASSWORD
_SVG_PAGE = b"""#set page(width: 1400pt, height: 1400pt, margin: 0pt, fill: white)
#image("drawing.svg", width: 100%, height: 100%, fit: "contain")"""


def limit(seconds: float) -> float:
    """From now on no more memory and time of the processor than this, where the system can promise that. When it began."""
    try:
        import resource
    except ImportError:  # not on Windows
        return process_time()
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    with suppress(ValueError):  # macOS takes no limit of memory
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY if hard == resource.RLIM_INFINITY else min(MEMORY, hard), hard))
    signal.setitimer(signal.ITIMER_PROF, seconds)  # its signal ends the process, also in the midst of a library
    return process_time()


def tell(picture: Any) -> None:
    """One picture."""
    sys.stdout.buffer.write(PAGE.pack(picture.mode.encode().ljust(4), *picture.size) + picture.tobytes())
    sys.stdout.buffer.flush()


def end(begun: float) -> int:
    """The last word: everything was drawn."""
    sys.stdout.buffer.write(PAGE.pack(b"DONE", int((process_time() - begun) * 1000), 0))
    return 0


def pages(data: bytes, *, seconds: float, most: int, longest: float, mode: str) -> int:
    """Of a PDF. A page that cannot be drawn is left out."""
    import pypdfium2

    begun = limit(seconds)
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        return LOCKED if getattr(error, "err_code", None) == _PASSWORD else BAD
    for number in range(min(len(document), most)):
        try:
            page = document[number]
            side = max(page.get_size())
            if math.isfinite(side) and side >= 1:
                drawn = page.render(scale=min(SCALE, longest / side), grayscale=mode == "L").to_pil()
                tell(drawn.convert(mode))
        except (pypdfium2.PdfiumError, ValueError, OverflowError):
            continue
    return end(begun)


def drawing(data: bytes, *, seconds: float) -> int:
    """An SVG of nothing but shapes, in grey."""
    import typst
    from PIL import Image

    begun = limit(seconds)
    draw: Any = typst.compile  # its stubs do not know files in memory
    try:
        drawn = draw({"main.typ": _SVG_PAGE, "drawing.svg": data}, format="png", ppi=72, ignore_system_fonts=True)
    except (RuntimeError, ValueError, TypeError, OSError):  # TypstError is a RuntimeError
        return BAD
    if not isinstance(drawn, bytes):  # several pages
        return BAD
    with Image.open(BytesIO(drawn), formats=("PNG",)) as picture:
        tell(picture.convert("L"))
    return end(begun)


def main(arguments: list[str]) -> int:
    """The exit code says why there is no picture: 3 locked, 4 cannot be read."""
    seconds, kind, *more = arguments
    data = sys.stdin.buffer.read()
    if kind == "svg":
        return drawing(data, seconds=float(seconds))
    most, longest, mode = more
    return pages(data, seconds=float(seconds), most=int(most), longest=float(longest), mode=mode)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
