"""What is said. A new format is one file and one line in `FORMATS`; the first that recognises a document reads it."""

from __future__ import annotations

from types import ModuleType

from credcore.errors import UnavailableError
from credcore.formats import openbadges3, vcdm1, vcdm2
from credcore.formats.vcdm import Json
from credcore.model import Credential

FORMATS: tuple[ModuleType, ...] = (openbadges3, vcdm2, vcdm1)


def parse(document: Json) -> Credential:
    """Raises UnavailableError `format.unsupported` when no format recognises the document; MalformedError."""
    for module in FORMATS:
        if module.recognises(document):
            credential: Credential = module.parse(document)
            return credential
    raise UnavailableError("format.unsupported", str(document.get("type"))[:120], permanent=True)
