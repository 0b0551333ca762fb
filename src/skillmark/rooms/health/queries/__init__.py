"""Ask the health store. `clear_until` is for talent; all else is for allowed readers, and each reading is journalled."""

from skillmark.errors import NotFound
from skillmark.rooms.health.queries.clearance import clear_until
from skillmark.rooms.health.queries.permission import Access, Rights, access, rights
from skillmark.rooms.health.queries.reading import (
    Line,
    PersonHealth,
    Record,
    StoredFile,
    file,
    for_pack,
    item,
    items,
    of_person,
    overview,
    record,
)
from skillmark.rooms.health.queries.vault import CannotOpen

__all__ = [
    "Access",
    "CannotOpen",
    "Line",
    "NotFound",
    "PersonHealth",
    "Record",
    "Rights",
    "StoredFile",
    "access",
    "clear_until",
    "file",
    "for_pack",
    "item",
    "items",
    "of_person",
    "overview",
    "record",
    "rights",
]
