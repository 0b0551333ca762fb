"""Bring in a list: begin, decide, save in chunks, finish, take back."""

from skillmark.rooms.imports.operations.opening import (
    CannotImport,
    begin_saving,
    decide,
    drop_lists,
    finish,
    forget,
    forget_people,
    open_import,
)
from skillmark.rooms.imports.operations.saving import add_item, add_position, add_site, require, save_steps
from skillmark.rooms.imports.operations.undoing import undo

__all__ = [
    "CannotImport",
    "add_item",
    "add_position",
    "add_site",
    "begin_saving",
    "decide",
    "drop_lists",
    "finish",
    "forget",
    "forget_people",
    "open_import",
    "require",
    "save_steps",
    "undo",
]
