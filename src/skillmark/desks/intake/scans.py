"""The first page of a PDF as a picture; scanners and school offices send cards that way."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from skillmark.desks.intake.pictures import LONGEST, upright
from skillmark.desks.intake.refusals import CannotTake

if TYPE_CHECKING:
    from PIL.Image import Image

_MOST_SCALE: Final = 200 / 72  # 200 dots an inch
_PASSWORD: Final = 4  # FPDF_ERR_PASSWORD


def first_page(body: bytes) -> Image:
    """Drawn at most 1,600 points long. Raises CannotTake `photo.pdf_locked`, `photo.pdf_broken`."""
    import pypdfium2

    from credcore.containers import pdf

    with pdf.DRAWING:  # one lock for the whole process: the drawing library must not be entered by two threads
        try:
            document = pypdfium2.PdfDocument(body)
        except pypdfium2.PdfiumError as error:
            locked = getattr(error, "err_code", None) == _PASSWORD
            raise CannotTake("photo.pdf_locked" if locked else "photo.pdf_broken") from error
        try:
            page = document[0]
            longest = max(page.get_size())
            if not math.isfinite(longest) or longest < 1:
                raise CannotTake("photo.pdf_broken")
            return upright(page.render(scale=min(_MOST_SCALE, LONGEST / longest)).to_pil())
        except (pypdfium2.PdfiumError, IndexError, ValueError, OverflowError, MemoryError) as error:
            raise CannotTake("photo.pdf_broken") from error
        finally:
            document.close()
