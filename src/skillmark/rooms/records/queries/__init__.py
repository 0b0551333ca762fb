"""What is in a person's own space."""

from skillmark.errors import NotFound
from skillmark.rooms.records.queries.additions import Told, added, added_item, addition, additions, counts_of, idle_additions
from skillmark.rooms.records.queries.consents import Receipt, consent, consents
from skillmark.rooms.records.queries.erased import erased
from skillmark.rooms.records.queries.own import mine
from skillmark.rooms.records.queries.packs import pack, pack_of
from skillmark.rooms.records.queries.shares import (
    MyShare,
    Shown,
    ShownItem,
    my_share,
    reader,
    share_behind,
    shared_with,
    shares,
    shown,
    waiting_at,
)
from skillmark.rooms.records.queries.statements import statement, statement_photo, statements
from skillmark.rooms.records.queries.ways import (
    Sheet,
    copy_stays,
    has_slip,
    has_way_in,
    keeps_copy,
    openings,
    passkeys,
    recovery_sheet,
)

__all__ = [
    "MyShare",
    "NotFound",
    "Receipt",
    "Sheet",
    "Shown",
    "ShownItem",
    "Told",
    "added",
    "added_item",
    "addition",
    "additions",
    "consent",
    "consents",
    "copy_stays",
    "counts_of",
    "erased",
    "has_slip",
    "has_way_in",
    "idle_additions",
    "keeps_copy",
    "mine",
    "my_share",
    "openings",
    "pack",
    "pack_of",
    "passkeys",
    "reader",
    "recovery_sheet",
    "share_behind",
    "shared_with",
    "shares",
    "shown",
    "statement",
    "statement_photo",
    "statements",
    "waiting_at",
]
