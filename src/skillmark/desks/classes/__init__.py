"""A class on its way to its proofs: the list is read, and what was given is printed and told."""

from skillmark.desks.classes.reading import ClassList, from_file, from_text, request_key
from skillmark.desks.classes.telling import class_table, row_state, slips_pdf, table_rows

__all__ = ["ClassList", "class_table", "from_file", "from_text", "request_key", "row_state", "slips_pdf", "table_rows"]
