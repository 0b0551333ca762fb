"""Draw what a photo of a made-up card looks like: plain, and marked as a sample."""

from __future__ import annotations

import io
from datetime import date

from PIL import Image, ImageDraw, ImageFont

SIZE = (640, 400)
PAPER, INK, BAND = "#f4f1ea", "#263044", "#1b5e6b"


def card(*, person: str, title: str, ends: date | None) -> bytes:
    """A PNG of 640 × 400 pixels with the person's name, the card's name and its last day, if it has one."""
    picture = Image.new("RGB", SIZE, PAPER)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 0, SIZE[0], 70), fill=BAND)
    lines = [
        (24, 22, "SAMPLE – not a real card", 26, PAPER),
        (24, 120, title.replace("-", " "), 34, INK),
        (24, 200, person, 40, INK),
        (24, 310, f"Expires {ends:%B} {ends.day}, {ends.year}" if ends else "No date", 28, INK),
    ]
    for x, y, text, size, colour in lines:
        draw.text((x, y), text, fill=colour, font=ImageFont.load_default(size))
    made = io.BytesIO()
    picture.save(made, format="PNG", optimize=True)
    return made.getvalue()
