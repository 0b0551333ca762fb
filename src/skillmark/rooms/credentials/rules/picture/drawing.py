"""Draw the picture of a proof."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from xml.sax.saxutils import escape

from skillmark.rooms.credentials.rules.picture.icons import ICONS
from skillmark.rooms.credentials.rules.picture.shapes import DEFAULT_SHAPE, SHAPES, Shape

# None of these is green, amber, red or grey: those four colours mean a state and nothing else.
COLOURS: Mapping[str, str] = MappingProxyType(
    {"indigo": "#2c4284", "teal": "#1b5e6b", "plum": "#6b2f66", "cocoa": "#5b4636", "night": "#263044"}
)
DEFAULT_COLOUR = "indigo"
GROUND = "#fffefc"  # of every letter and line, on any of the colours
LINES = 3
PICTURE_WORDS_LENGTH = 45


def lines(text: str, *, width: int, count: int) -> list[str]:
    """The text in at most `count` lines of at most `width` characters; what does not fit ends in an ellipsis."""
    return textwrap.wrap(_printable(text), width=width, max_lines=count, placeholder="…", break_on_hyphens=False)


def _printable(text: str) -> str:
    """Without control characters, which XML does not allow even when escaped."""
    return "".join(" " if character.isspace() else character for character in text if _xml_allows(character))


def _xml_allows(character: str) -> bool:
    code = ord(character)
    return character.isspace() or 0x20 <= code <= 0x7E or 0xA0 <= code <= 0xD7FF or 0xE000 <= code <= 0xFFFD or code >= 0x10000


@lru_cache(maxsize=128)  # the same for a whole class
def svg(*, title: str, giver: str, colour: str, shape: str = DEFAULT_SHAPE, icon: str = "", words: str = "") -> str:
    """A self-contained SVG of 256 × 256 units, below 2.5 KB, without scripts, styles, links or fonts of its own.

    `words` stand on it instead of the title; without an icon it bears the mark of this program. A colour, shape or icon
    that is not known is drawn as the first one: a picture never stands in the way of a proof.
    """
    ground = COLOURS.get(colour, COLOURS[DEFAULT_COLOUR])
    form = SHAPES.get(shape, SHAPES[DEFAULT_SHAPE])
    named = escape(f"{_printable(title)[:120]} · {_printable(giver)[:120]}", {'"': "&quot;"})
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 256 256" width="256" height="256" role="img" '
        f'aria-label="{named}"><path d="{form.outline}" fill="{ground}"/>'
        f'<path d="{form.inset}" fill="none" stroke="{GROUND}" stroke-opacity=".45" stroke-width="1.5"/>'
        f"{_sign(form, icon=icon, ground=ground)}{_words(form, text=words or title, giver=giver)}</svg>"
    )


def _sign(form: Shape, *, icon: str, ground: str) -> str:
    """The icon, else the mark: above the words."""
    left, top = (form.left, 28) if form.left is not None else (106, 40)
    if icon in ICONS:
        return (
            f'<path transform="translate({left} {top}) scale(1.83)" d="{ICONS[icon]}" fill="none" stroke="{GROUND}" '
            'stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"/>'
        )
    return (
        f'<g transform="translate({left} {top}) scale(1.25)"><path d="M2.5 1.5h18l10 10v18a1 1 0 0 1-1 1h-18l-10-10v-18'
        f'a1 1 0 0 1 1-1z" fill="{GROUND}"/><path d="M28.2 9.4C23.8 4.6 10 4.4 9.8 10.7 9.6 17.2 22.4 14.8 22.2 21.3 22 27.6 '
        f'8.2 27.4 3.8 22.6" fill="none" stroke="{ground}" stroke-width="3.1"/></g>'
    )


def _words(form: Shape, *, text: str, giver: str) -> str:
    """Up to three lines, a short rule, and who gave it."""
    rows = lines(text, width=form.width, count=LINES)
    across, anchor = (form.left, "") if form.left is not None else (128, ' text-anchor="middle"')
    top = form.middle - form.leading * (len(rows) - 1) / 2
    spans = "".join(
        f'<tspan x="{across}" y="{top + form.leading * row:g}">{escape(line)}</tspan>' for row, line in enumerate(rows)
    )
    x, y = form.giver
    by = "".join(escape(line) for line in lines(giver, width=form.giver_width, count=1))
    start = across if not anchor else across - 15
    return (
        f'<g fill="{GROUND}"{anchor}><text font-family="Charter,Georgia,Cambria,serif" font-size="{form.size:g}" '
        f'font-weight="600">{spans}</text><path d="M{start} {y - 28 if not anchor else y - 20}h30" stroke="{GROUND}" '
        f'stroke-opacity=".6"/><text x="{x}" y="{y}" font-family="Inter,system-ui,Arial,sans-serif" font-size="12.5">'
        f"{by}</text></g>"
    )
