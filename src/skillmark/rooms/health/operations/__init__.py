"""Change the health store. Without the permission nothing of it is there: NotFound."""

from skillmark.rooms.health.operations.access import let_in, shut_out
from skillmark.rooms.health.operations.forget import forget_person
from skillmark.rooms.health.operations.items import add_item, change_item, stop_item
from skillmark.rooms.health.operations.records import correct, record, withdraw
from skillmark.rooms.health.operations.support import CannotKeepHealth

__all__ = [
    "CannotKeepHealth",
    "add_item",
    "change_item",
    "correct",
    "forget_person",
    "let_in",
    "record",
    "shut_out",
    "stop_item",
    "withdraw",
]
