"""Read what people have already: each file here reads one kind of source and gives rows to check."""

from skillmark.desks.importers.uploads import Row, rows_from_upload

__all__ = ["Row", "rows_from_upload"]
