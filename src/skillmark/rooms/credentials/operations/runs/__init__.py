"""Give a class, or a spreadsheet: plan (every row judged) → start → some rows at a time until all are done.

A portion of at most 200 rows is reserved in one transaction, signed outside any, and committed in another. Whatever dies in
between: the rows are taken up again, and the same proofs are finished with the same identifiers, places and words.
"""

from skillmark.rooms.credentials.operations.runs.doing import do_rows
from skillmark.rooms.credentials.operations.runs.planning import CannotRun, drop_plans, leave_out_rows, mend_rows, plan_run
from skillmark.rooms.credentials.operations.runs.renewing import renew_run
from skillmark.rooms.credentials.operations.runs.slips import MOST_SLIPS, Slip, make_slips
from skillmark.rooms.credentials.operations.runs.turning import resume_run, start_run, stop_run

__all__ = [
    "MOST_SLIPS",
    "CannotRun",
    "Slip",
    "do_rows",
    "drop_plans",
    "leave_out_rows",
    "make_slips",
    "mend_rows",
    "plan_run",
    "renew_run",
    "resume_run",
    "start_run",
    "stop_run",
]
