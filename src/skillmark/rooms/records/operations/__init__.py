"""What a person does in their own space."""

from skillmark.rooms.records.operations.access import CannotOpen, change_pin, choose_pin, open  # noqa: A004
from skillmark.rooms.records.operations.keeping import keep

__all__ = ["CannotOpen", "change_pin", "choose_pin", "keep", "open"]
