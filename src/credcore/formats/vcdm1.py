"""Any credential of the VC Data Model 1.1."""

from __future__ import annotations

from credcore.formats import vcdm
from credcore.model import Credential

NAME = "W3C VC 1.1"


def recognises(document: vcdm.Json) -> bool:
    """Whether this format is the one to read the document."""
    return vcdm.version(document) == "1.1" and "VerifiableCredential" in vcdm.texts(document.get("type"))


def parse(document: vcdm.Json) -> Credential:
    """The common fields. Raises MalformedError `dates.malformed`."""
    return vcdm.parse(document, format=NAME)
