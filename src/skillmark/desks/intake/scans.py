"""The first page of a PDF as a picture; scanners and school offices send cards that way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from credcore.containers import apart
from credcore.effort import Effort
from credcore.errors import MalformedError
from skillmark.desks.intake.pictures import LONGEST
from skillmark.desks.intake.refusals import CannotTake

if TYPE_CHECKING:
    from PIL.Image import Image


def first_page(body: bytes) -> Image:
    """Drawn at most 1,600 points long. Raises CannotTake `photo.pdf_locked`, `photo.pdf_broken`."""
    try:
        drawn = apart.pages(body, most=1, longest=LONGEST, effort=Effort.of(len(body)), mode="RGB")
    except MalformedError as error:
        raise CannotTake("photo.pdf_locked" if error.code == "pdf.locked" else "photo.pdf_broken") from error
    if not drawn.pictures:
        raise CannotTake("photo.pdf_broken")
    return drawn.pictures[0]
