"""Made-up firms, one a trade: to try everything without typing anything, with answers worked out by hand."""

from skillmark.desks.demos.filling import CLOCK, load, reload
from skillmark.desks.demos.finding import find
from skillmark.desks.demos.reading import Firm, answers, firm
from skillmark.desks.demos.removing import remove

__all__ = ["CLOCK", "Firm", "answers", "find", "firm", "load", "reload", "remove"]
