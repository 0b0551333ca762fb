"""Rules of the health store. Pure."""

from skillmark.rooms.health.rules.clearing import ClearUntil, Shown, Terms, best, clear_until, proposed_end
from skillmark.rooms.health.rules.files import CannotKeepFile, demand_file
from skillmark.rooms.health.rules.sealing import CannotUnseal, seal, unseal, wrapping_key

__all__ = [
    "CannotKeepFile",
    "CannotUnseal",
    "ClearUntil",
    "Shown",
    "Terms",
    "best",
    "clear_until",
    "demand_file",
    "proposed_end",
    "seal",
    "unseal",
    "wrapping_key",
]
