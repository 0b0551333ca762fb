"""The PNG of a proof is its SVG, drawn: shape, colour and sign are all there."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

from skillmark.desks import pictures
from skillmark.rooms.credentials import rules


def drawn(**parts: str) -> Image.Image:
    body = pictures.png(**{"title": "Pallet jack", "giver": "Tallgrass", "colour": "plum", **parts})
    return Image.open(BytesIO(body)).convert("RGBA")


@pytest.mark.parametrize("shape", rules.SHAPES)
def test_every_shape_is_drawn_in_its_colour_with_its_sign(shape: str) -> None:
    bare, signed = drawn(shape=shape), drawn(shape=shape, icon="gear")
    assert bare.size == (pictures.PNG_SIZE, pictures.PNG_SIZE)
    assert "#{:02x}{:02x}{:02x}".format(*bare.getpixel((256, 380))[:3]) == rules.COLOURS["plum"]
    assert bare.getpixel((1, 1))[3] == 0, "a corner is clear"
    above = (0, 0, 512, 180)
    assert bare.crop(above).tobytes() != signed.crop(above).tobytes()
    below = (0, 400, 512, 512)
    assert bare.crop(below).tobytes() == signed.crop(below).tobytes()
