"""Say who needs what and who is exempt; ask for what the job needs; make codes to scan, and keep what was agreed to show."""

from skillmark.rooms.talent.operations.forget import forget_person
from skillmark.rooms.talent.operations.requirements import (
    CannotRequire,
    end_exemption,
    exempt,
    require,
    require_head_count,
    stop_head_count,
    stop_requiring,
)
from skillmark.rooms.talent.operations.scanning import (
    CannotScan,
    agree,
    close_code,
    make_person_code,
    make_place_code,
    propose,
    stop_showing,
)
from skillmark.rooms.talent.operations.start_lists import (
    CannotStart,
    acting_for,
    close_start_list,
    note_brought,
    open_start_list,
    renew_start_list,
    say,
    settle_brought,
    start_list,
    take_in,
)

__all__ = [
    "CannotRequire",
    "CannotScan",
    "CannotStart",
    "acting_for",
    "agree",
    "close_code",
    "close_start_list",
    "end_exemption",
    "exempt",
    "forget_person",
    "make_person_code",
    "make_place_code",
    "note_brought",
    "open_start_list",
    "propose",
    "renew_start_list",
    "require",
    "require_head_count",
    "say",
    "settle_brought",
    "start_list",
    "stop_head_count",
    "stop_requiring",
    "stop_showing",
    "take_in",
]
