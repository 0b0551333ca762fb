"""Whether a photo may be hard to read. Only ever a question: who took it sees better than we do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from PIL.Image import Image

_SIDE: Final = 800  # so that the answer does not depend on how large the photo is
DARK: Final = 90
"""The brightest twentieth of a photo that is darker than this (0 to 255) shows next to nothing."""
SMOOTH: Final = 18
"""A photo whose sharpest hundredth of edges is weaker than this (0 to 255) has no lines to read."""


def doubt(picture: Image) -> str:
    """`dark`, `blurry` or nothing."""
    from PIL import ImageFilter

    grey = picture.convert("L")
    grey.thumbnail((_SIDE, _SIDE))
    if _at(grey, 0.95) < DARK:
        return "dark"
    edges = grey.filter(ImageFilter.FIND_EDGES)
    inner = edges.crop((2, 2, max(3, edges.width - 2), max(3, edges.height - 2)))  # the rim is no edge of the card
    return "blurry" if _at(inner, 0.99) < SMOOTH else ""


def _at(grey: Image, part: float) -> int:
    """The brightness that this part of all points does not exceed."""
    counts = grey.histogram()
    left = part * sum(counts)
    for level, count in enumerate(counts):
        left -= count
        if left <= 0:
            return level
    return 255
