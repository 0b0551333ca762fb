"""Show what is on somebody's page: what can be picked, what a reader sees of it, and the same laid out as a CV."""

from skillmark.desks.sharing.laying_out import Cv, Job, lay_out
from skillmark.desks.sharing.picking import Choice, Thing, picked, things
from skillmark.desks.sharing.reading import Entry, file_of, mine, read

__all__ = ["Choice", "Cv", "Entry", "Job", "Thing", "file_of", "lay_out", "mine", "picked", "read", "things"]
