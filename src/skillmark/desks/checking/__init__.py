"""Check whatever is handed over: our own addresses answered from the database, all others fetched with care.

`check_…` answer and keep nothing; `check_and_keep`, `recheck` and batches keep every answer as the firm's evidence; `follow`
and `refresh` read lists of givers that others keep.
"""

from credcore.verify import Explanation, Line, explain
from skillmark.desks.checking.answering import check_bytes, check_each, check_link, check_text, verifier
from skillmark.desks.checking.keeping import check_and_keep, check_rows, recheck
from skillmark.desks.checking.lists import follow, refresh, refresh_all
from skillmark.desks.checking.ours import with_what_we_know

__all__ = [
    "Explanation",
    "Line",
    "check_and_keep",
    "check_bytes",
    "check_each",
    "check_link",
    "check_rows",
    "check_text",
    "explain",
    "follow",
    "recheck",
    "refresh",
    "refresh_all",
    "verifier",
    "with_what_we_know",
]
