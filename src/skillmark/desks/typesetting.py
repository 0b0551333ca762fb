"""The one call of typst. Sources and data come as named bytes in memory; typst sees no other file and no network."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import typst


class CannotTypeset(Exception):
    """typst refused: a letter that no font can draw in an archival PDF, for instance."""


def typeset(sources: Mapping[str, bytes], **options: object) -> bytes:
    """Compile the source named `main`. `options` are typst's (`format`, `ppi`, `pdf_standards`)."""
    compiler: Any = typst  # its type stubs do not know sources in memory
    try:
        made = compiler.compile(dict(sources), **options)
    except typst.TypstError as error:
        raise CannotTypeset(str(error)) from error
    if not isinstance(made, bytes):
        raise CannotTypeset("several pages where one was wanted")
    return made
