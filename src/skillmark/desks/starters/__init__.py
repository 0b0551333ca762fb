"""Starter packs: what each trade usually asks of its people, to begin with and to change. Facts, not legal advice."""

from skillmark.desks.starters.adopting import Adopted, adopt, bring_covers, bring_items, bring_positions
from skillmark.desks.starters.reading import pack, trades
from skillmark.desks.starters.shapes import Code, Cover, Need, Pack, PackItem, PackPosition, Source, Text

__all__ = [
    "Adopted",
    "Code",
    "Cover",
    "Need",
    "Pack",
    "PackItem",
    "PackPosition",
    "Source",
    "Text",
    "adopt",
    "bring_covers",
    "bring_items",
    "bring_positions",
    "pack",
    "trades",
]
