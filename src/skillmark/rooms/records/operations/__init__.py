"""What a person does in their own space."""

from skillmark.rooms.records.operations.access import CannotOpen, change_pin, choose_pin, open, prove  # noqa: A004
from skillmark.rooms.records.operations.additions import (
    CannotAdd,
    add_items,
    drop_additions,
    forget_addition,
    put_item,
    resume_addition,
    said_item,
    stop_addition,
    take_item,
    wait_again,
)
from skillmark.rooms.records.operations.consents import note_consent
from skillmark.rooms.records.operations.erasing import CannotErase, erase, erase_again
from skillmark.rooms.records.operations.joining import join_page
from skillmark.rooms.records.operations.keeping import keep
from skillmark.rooms.records.operations.moving import OldReceipt, take_key, take_receipts
from skillmark.rooms.records.operations.openings import (
    drop_openings,
    end_copy,
    end_opening,
    end_other_openings,
    keep_copy,
    note_opening,
    note_visit,
)
from skillmark.rooms.records.operations.packs import CannotPack, is_code_of, make_pack, new_pack_code, take_back_pack
from skillmark.rooms.records.operations.passkeys import (
    add_passkey,
    begin_opening,
    begin_passkey,
    open_with_passkey,
    remove_passkey,
)
from skillmark.rooms.records.operations.readers import CannotRead, answer_reader, ask_to_see, look, note_view, say_who, try_pin
from skillmark.rooms.records.operations.recovery import make_recovery_codes, open_with_recovery
from skillmark.rooms.records.operations.shares import CannotShare, drop_ended, new_link, share, stop_sharing, take_out
from skillmark.rooms.records.operations.statements import CannotSay, change_statement, remove_statement, say
from skillmark.rooms.records.operations.taking import (
    CannotTake,
    PackView,
    Taken,
    keep_pack,
    look_at_pack,
    open_pack,
    pack_contents,
)

__all__ = [
    "CannotAdd",
    "CannotErase",
    "CannotOpen",
    "CannotPack",
    "CannotRead",
    "CannotSay",
    "CannotShare",
    "CannotTake",
    "OldReceipt",
    "PackView",
    "Taken",
    "add_items",
    "add_passkey",
    "answer_reader",
    "ask_to_see",
    "begin_opening",
    "begin_passkey",
    "change_pin",
    "change_statement",
    "choose_pin",
    "drop_additions",
    "drop_ended",
    "drop_openings",
    "end_copy",
    "end_opening",
    "end_other_openings",
    "erase",
    "erase_again",
    "forget_addition",
    "is_code_of",
    "join_page",
    "keep",
    "keep_copy",
    "keep_pack",
    "look",
    "look_at_pack",
    "make_pack",
    "make_recovery_codes",
    "new_link",
    "new_pack_code",
    "note_consent",
    "note_opening",
    "note_view",
    "note_visit",
    "open",
    "open_pack",
    "open_with_passkey",
    "open_with_recovery",
    "pack_contents",
    "prove",
    "put_item",
    "remove_passkey",
    "remove_statement",
    "resume_addition",
    "said_item",
    "say",
    "say_who",
    "share",
    "stop_addition",
    "stop_sharing",
    "take_back_pack",
    "take_item",
    "take_key",
    "take_out",
    "take_receipts",
    "try_pin",
    "wait_again",
]
