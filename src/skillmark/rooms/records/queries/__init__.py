"""What is in a person's own space."""

from skillmark.errors import NotFound
from skillmark.rooms.records.queries.own import has_slip, mine

__all__ = ["NotFound", "has_slip", "mine"]
