"""The picture of a proof: a small drawing with two cut corners, its title and who gave it. Pure text in, SVG out."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from types import MappingProxyType
from xml.sax.saxutils import escape

# None of these is green, amber, red or grey: those four colours mean a state and nothing else.
COLOURS: Mapping[str, str] = MappingProxyType(
    {"indigo": "#2c4284", "teal": "#1b5e6b", "plum": "#6b2f66", "cocoa": "#5b4636", "night": "#263044"}
)
DEFAULT_COLOUR = "indigo"
TITLE_LINES = 3
TITLE_WIDTH = 15  # characters that fit in a line of 28 px serif in a box of 256 px
GIVER_WIDTH = 30


def lines(text: str, *, width: int, count: int) -> list[str]:
    """The text in at most `count` lines of at most `width` characters; what does not fit ends in an ellipsis."""
    return textwrap.wrap(_printable(text), width=width, max_lines=count, placeholder="…", break_on_hyphens=False)


def _printable(text: str) -> str:
    """Without control characters, which XML does not allow even when escaped."""
    return "".join(" " if character.isspace() else character for character in text if _xml_allows(character))


def _xml_allows(character: str) -> bool:
    code = ord(character)
    return character.isspace() or 0x20 <= code <= 0x7E or 0xA0 <= code <= 0xD7FF or 0xE000 <= code <= 0xFFFD or code >= 0x10000


def svg(*, title: str, giver: str, colour: str) -> str:
    """A self-contained SVG of 256 × 256 units, below 2.5 KB, without scripts, styles, links or fonts of its own."""
    ground = COLOURS.get(colour, COLOURS[DEFAULT_COLOUR])
    rows = lines(title, width=TITLE_WIDTH, count=TITLE_LINES)
    top = 146 - 17 * (len(rows) - 1)
    spans = "".join(f'<tspan x="24" y="{top + 34 * row}">{escape(line)}</tspan>' for row, line in enumerate(rows))
    by = "".join(escape(line) for line in lines(giver, width=GIVER_WIDTH, count=1))
    named = escape(f"{_printable(title)[:120]} · {_printable(giver)[:120]}", {'"': "&quot;"})
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 256 256" width="256" height="256" role="img" '
        f'aria-label="{named}">'
        f'<path d="M12 4h198l42 42v198a8 8 0 0 1-8 8H46L4 210V12a8 8 0 0 1 8-8z" fill="{ground}"/>'
        '<path d="M15 11h192l38 38v191a5 5 0 0 1-5 5H49L11 207V15a4 4 0 0 1 4-4z" fill="none" stroke="#fffefc" '
        'stroke-opacity=".45" stroke-width="1.5"/>'
        '<g transform="translate(24 28) scale(1.25)"><path d="M2.5 1.5h18l10 10v18a1 1 0 0 1-1 1h-18l-10-10v-18a1 1 0 0 1 '
        f'1-1z" fill="#fffefc"/><path d="M28.2 9.4C23.8 4.6 10 4.4 9.8 10.7 9.6 17.2 22.4 14.8 22.2 21.3 22 27.6 8.2 27.4 '
        f'3.8 22.6" fill="none" stroke="{ground}" stroke-width="3.1"/></g>'
        '<g fill="#fffefc"><text font-family="Charter,Georgia,Cambria,serif" font-size="28" font-weight="600">'
        f'{spans}</text><path d="M24 204h30" stroke="#fffefc" stroke-opacity=".6"/>'
        f'<text x="48" y="232" font-family="Inter,system-ui,Arial,sans-serif" font-size="12.5">{by}</text></g></svg>'
    )
