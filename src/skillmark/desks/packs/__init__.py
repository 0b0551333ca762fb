"""The inspector pack: what was on file for some people on a day, with its gaps, as paper, table and files in one ZIP."""

from skillmark.desks.packs import wording
from skillmark.desks.packs.gathering import end_of, gather
from skillmark.desks.packs.parcel import Parcel
from skillmark.desks.packs.shape import Choice, Entry, Pack, Page, Source
from skillmark.desks.packs.standards import Standard, find, standards

__all__ = [
    "Choice",
    "Entry",
    "Pack",
    "Page",
    "Parcel",
    "Source",
    "Standard",
    "end_of",
    "find",
    "gather",
    "standards",
    "wording",
]
