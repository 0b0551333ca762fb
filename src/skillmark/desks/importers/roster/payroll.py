"""Column maps of payroll programs, recognised by their headings. docs/reference/payroll-columns.md says where each is from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from skillmark.desks.importers.roster.plain import plain
from skillmark.desks.importers.roster.words import Field


@dataclass(frozen=True, slots=True)
class PayrollMap:
    """`columns`: plain heading → field. `signs`: headings that only this program has; all must be there."""

    program: str
    signs: frozenset[str]
    columns: Mapping[str, Field]
    source: str
    """Where the headings are documented; empty when we found no document, and the map is what people commonly see."""


MAPS: Final = (
    PayrollMap(
        "QuickBooks Desktop (IIF)",
        frozenset({"firstname", "midinit", "lastname", "phone1"}),
        {
            "name": Field.LEAVE_OUT, "firstname": Field.GIVEN, "midinit": Field.MIDDLE, "lastname": Field.FAMILY,
            "phone1": Field.PHONE, "phone2": Field.LEAVE_OUT, "init": Field.LEAVE_OUT, "notepad": Field.LEAVE_OUT,
            "refnum": Field.LEAVE_OUT, "timestamp": Field.LEAVE_OUT, "salutation": Field.LEAVE_OUT,
        },
        "Intuit, IIF import kit, table Employee list (EMP)",
    ),
    PayrollMap(
        "ADP",
        frozenset({"file number", "home dept"}),
        {"file number": Field.EMPLOYEE_NUMBER, "name": Field.NAME, "home dept": Field.LEAVE_OUT},
        "Infor, CSV files from ADP PC/Payroll for Windows, primary information record",
    ),
    PayrollMap(
        "ADP",
        frozenset({"payroll name", "position id"}),
        {
            "payroll name": Field.NAME, "position id": Field.EMPLOYEE_NUMBER, "file number": Field.LEAVE_OUT,
            "legal first name": Field.LEAVE_OUT, "legal last name": Field.LEAVE_OUT, "job title description": Field.POSITION,
            "location description": Field.SITE, "hire date": Field.HIRED, "termination date": Field.LEFT,
            "home department description": Field.LEAVE_OUT, "position status": Field.LEAVE_OUT,
        },
        "",
    ),
    PayrollMap(
        "Gusto",
        frozenset({"gusto employee id", "first name", "last name"}),
        {
            "gusto employee id": Field.EMPLOYEE_NUMBER, "first name": Field.GIVEN, "last name": Field.FAMILY,
            "title": Field.POSITION,
        },
        "Gusto, Run payroll with CSV upload, column titles",
    ),
    PayrollMap(
        "Paychex",
        frozenset({"client id", "worker id"}),
        {"worker id": Field.EMPLOYEE_NUMBER, "client id": Field.LEAVE_OUT, "org": Field.LEAVE_OUT},
        "Deltek, Export to Paychex, header row",
    ),
    PayrollMap(
        "Square",
        frozenset({"given name", "family name", "reference id"}),
        {
            "given name": Field.GIVEN, "family name": Field.FAMILY, "reference id": Field.EMPLOYEE_NUMBER,
            "phone number": Field.PHONE, "email": Field.EMAIL, "email address": Field.EMAIL, "job title": Field.POSITION,
            "primary job title": Field.POSITION, "location": Field.SITE,
        },
        "",
    ),
)  # fmt: skip


def recognise(headings: Iterable[str]) -> PayrollMap | None:
    """The first program whose signs are all among the headings."""
    there = {plain(one) for one in headings}
    return next((one for one in MAPS if one.signs <= there), None)
