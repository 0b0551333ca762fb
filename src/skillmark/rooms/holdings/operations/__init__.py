"""Record what people hold, and what speaks for it."""

from skillmark.rooms.holdings.operations.asks import CannotAsk, ask, close_ask, mark_sent, open_ask, use_ask
from skillmark.rooms.holdings.operations.photos import CannotTakePhoto, add_photo, approve_photo, refuse_photo, store_file
from skillmark.rooms.holdings.operations.record import (
    CannotRecord,
    Facts,
    correct,
    dispute,
    end_dispute,
    move,
    record,
    record_many,
    withdraw,
)
from skillmark.rooms.holdings.operations.support import CannotSupport, log_look_up, note_late, note_signature

__all__ = [
    "CannotAsk",
    "CannotRecord",
    "CannotSupport",
    "CannotTakePhoto",
    "Facts",
    "add_photo",
    "approve_photo",
    "ask",
    "close_ask",
    "correct",
    "dispute",
    "end_dispute",
    "log_look_up",
    "mark_sent",
    "move",
    "note_late",
    "note_signature",
    "open_ask",
    "record",
    "record_many",
    "refuse_photo",
    "store_file",
    "use_ask",
    "withdraw",
]
