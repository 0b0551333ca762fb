"""Draw the icons of the home screen from our own `icon.svg`: `python -m tests.web.make_icons`."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image

from skillmark.desks import typesetting

FOLDER = Path(__file__).parents[2] / "src/skillmark/edges/web/static/skillmark"
SIZES = (192, 512)
_PAGE = b'#set page(width: 64pt, height: 64pt, margin: 0pt)\n#image("icon.svg", width: 64pt)'


def icon(size: int) -> bytes:
    """A PNG of that many pixels each side, in few colours, so that it stays small."""
    drawn = typesetting.typeset(
        {"main": _PAGE, "icon.svg": (FOLDER / "icon.svg").read_bytes()}, format="png", ppi=72.0 * size / 64
    )
    made = io.BytesIO()
    Image.open(io.BytesIO(drawn)).convert("RGB").quantize(48).save(made, "PNG", optimize=True)
    return made.getvalue()


if __name__ == "__main__":
    for size in SIZES:
        (FOLDER / f"icon-{size}.png").write_bytes(icon(size))
