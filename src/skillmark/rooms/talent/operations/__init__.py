"""Say who needs what and who is exempt; make codes to scan, and keep what their worker and the firm agreed to show."""

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

__all__ = [
    "CannotRequire",
    "CannotScan",
    "agree",
    "close_code",
    "end_exemption",
    "exempt",
    "forget_person",
    "make_person_code",
    "make_place_code",
    "propose",
    "require",
    "require_head_count",
    "stop_head_count",
    "stop_requiring",
    "stop_showing",
]
