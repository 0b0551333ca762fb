"""Pictures: a proof's own picture as SVG and PNG, and QR codes."""

from __future__ import annotations

import io

import segno

from skillmark.desks import typesetting
from skillmark.rooms.credentials import rules

PNG_SIZE = 512  # pixels, each side
_PAGE = b'#set page(width: 256pt, height: 256pt, margin: 0pt, fill: none)\n#image("proof.svg", width: 256pt)'


def svg(*, title: str, giver: str, colour: str, shape: str = rules.DEFAULT_SHAPE, icon: str = "", words: str = "") -> str:
    """The picture of a proof, below 2.5 KB, as `credentials.rules.svg` draws it."""
    return rules.svg(title=title, giver=giver, colour=colour, shape=shape, icon=icon, words=words)


def png(*, title: str, giver: str, colour: str, shape: str = rules.DEFAULT_SHAPE, icon: str = "", words: str = "") -> bytes:
    """The same picture, drawn from the SVG, 512 × 512 pixels with clear corners."""
    drawn = svg(title=title, giver=giver, colour=colour, shape=shape, icon=icon, words=words)
    sources = {"main": _PAGE, "proof.svg": drawn.encode()}
    return typesetting.typeset(sources, format="png", ppi=72.0 * PNG_SIZE / 256)


def qr_svg(*, text: str) -> str:
    """The text as a QR code: black on white with its quiet zone, so that it reads on any ground. (ISO/IEC 18004)"""
    return _drawn(segno.make(text, error="m", micro=False, boost_error=False))


def dense_qr_svg(*, data: bytes) -> str:
    """A whole signed proof as a QR code: the lowest correction that leaves big squares, since the paper is clean."""
    return _drawn(segno.make(data, error="l", mode="byte", micro=False))


def _drawn(code: segno.QRCode) -> str:
    drawn = io.BytesIO()
    code.save(drawn, kind="svg", border=4, dark="#000", light="#fff", xmldecl=False, svgclass=None, lineclass=None)
    return drawn.getvalue().decode()
