"""Paper: the card of a proof, the receipt of a check, the slip with a code, the recovery sheet, reports, the inspector pack,
the empty sign-off sheet, the sheet of somebody who leaves, of somebody who starts, a person's skills record. Each is one PDF.

What is printed reaches typst as a JSON file, never as source text, so nothing that a person typed can become a command.
"""

from skillmark.desks.papers.card import card
from skillmark.desks.papers.class_slips import ClassSlip, class_slips
from skillmark.desks.papers.leaver import Inside, leaver_sheet
from skillmark.desks.papers.own_codes import own_codes
from skillmark.desks.papers.pack import pack
from skillmark.desks.papers.receipt import receipt
from skillmark.desks.papers.recovery import recovery_sheet
from skillmark.desks.papers.reminder import Slip, poster, reminder_slips
from skillmark.desks.papers.report import report
from skillmark.desks.papers.sheet import sign_off_sheet
from skillmark.desks.papers.skills_record import skills_record
from skillmark.desks.papers.slip import slip
from skillmark.desks.papers.start import start_slip

__all__ = [
    "ClassSlip",
    "Inside",
    "Slip",
    "card",
    "class_slips",
    "leaver_sheet",
    "own_codes",
    "pack",
    "poster",
    "receipt",
    "recovery_sheet",
    "reminder_slips",
    "report",
    "sign_off_sheet",
    "skills_record",
    "slip",
    "start_slip",
]
