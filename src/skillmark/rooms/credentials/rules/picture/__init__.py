"""The picture of a proof, designed from a shape, a colour, an icon and words. Text in, SVG out; nothing is ever uploaded."""

from skillmark.rooms.credentials.rules.picture.drawing import COLOURS, DEFAULT_COLOUR, GROUND, PICTURE_WORDS_LENGTH, svg
from skillmark.rooms.credentials.rules.picture.icons import ICONS
from skillmark.rooms.credentials.rules.picture.shapes import DEFAULT_SHAPE, SHAPES

__all__ = ["COLOURS", "DEFAULT_COLOUR", "DEFAULT_SHAPE", "GROUND", "ICONS", "PICTURE_WORDS_LENGTH", "SHAPES", "svg"]
