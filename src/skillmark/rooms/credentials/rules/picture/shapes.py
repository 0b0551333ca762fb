"""The outlines that a picture may have, and where the words stand in each. Units are those of a box of 256 × 256."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Shape:
    """`outline` and, a little smaller, `inset` are SVG paths. The words are `width` letters of `size` wide, one line every
    `leading`; they begin at `left`, or stand in the middle where that is None. `giver` is where the giver's line stands."""

    outline: str
    inset: str
    width: int = 15
    size: float = 28
    leading: int = 34
    middle: int = 146
    left: int | None = 24
    giver: tuple[int, int] = (24, 232)
    giver_width: int = 31


DEFAULT_SHAPE = "cut"
SHAPES: Mapping[str, Shape] = MappingProxyType(
    {
        "cut": Shape(
            outline="M12 4h198l42 42v198a8 8 0 0 1-8 8H46L4 210V12a8 8 0 0 1 8-8z",
            inset="M15 11h192l38 38v191a5 5 0 0 1-5 5H49L11 207V15a4 4 0 0 1 4-4z",
            giver=(48, 232),
            giver_width=30,
        ),
        "square": Shape(
            outline="M10 4h236a6 6 0 0 1 6 6v236a6 6 0 0 1-6 6H10a6 6 0 0 1-6-6V10a6 6 0 0 1 6-6z",
            inset="M14 11h228a3 3 0 0 1 3 3v228a3 3 0 0 1-3 3H14a3 3 0 0 1-3-3V14a3 3 0 0 1 3-3z",
        ),
        "round": Shape(
            outline="M52 4h152a48 48 0 0 1 48 48v152a48 48 0 0 1-48 48H52a48 48 0 0 1-48-48V52A48 48 0 0 1 52 4z",
            inset="M54 11h148a43 43 0 0 1 43 43v148a43 43 0 0 1-43 43H54a43 43 0 0 1-43-43V54a43 43 0 0 1 43-43z",
            left=30,
            width=14,
            giver=(30, 228),
            giver_width=27,
        ),
        "ticket": Shape(
            outline="M12 4h232a8 8 0 0 1 8 8v178a14 14 0 0 0 0 28v26a8 8 0 0 1-8 8H12a8 8 0 0 1-8-8v-26a14 14 0 0 0 0-28V12"
            "a8 8 0 0 1 8-8z",
            inset="M15 11h226a4 4 0 0 1 4 4v170a21 21 0 0 0 0 38v18a4 4 0 0 1-4 4H15a4 4 0 0 1-4-4v-18a21 21 0 0 0 0-38V15"
            "a4 4 0 0 1 4-4z",
            left=28,
            giver=(28, 232),
        ),
        "shield": Shape(
            outline="M128 4c32 18 70 26 108 26v98c0 62-48 100-108 124C68 228 20 190 20 128V30c38 0 76-8 108-26z",
            inset="M128 12c31 16 66 24 101 25v91c0 57-44 93-101 116C71 221 27 185 27 128V37c35-1 70-9 101-25z",
            width=14,
            size=25,
            leading=30,
            middle=136,
            left=None,
            giver=(128, 206),
            giver_width=19,
        ),
        "hexagon": Shape(
            outline="M128 4l107.4 62v124L128 252 20.6 190V66z",
            inset="M128 12l100.4 58v116L128 244 27.6 186V70z",
            width=14,
            size=25,
            leading=30,
            middle=140,
            left=None,
            giver=(128, 208),
            giver_width=19,
        ),
    }
)
