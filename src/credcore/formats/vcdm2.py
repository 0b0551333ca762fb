"""Any credential of the VC Data Model 2.0."""

from __future__ import annotations

from credcore.formats import vcdm
from credcore.model import Credential

NAME = "W3C VC 2.0"


def recognises(document: vcdm.Json) -> bool:
    """Whether this format is the one to read the document."""
    return vcdm.version(document) == "2.0" and "VerifiableCredential" in vcdm.texts(document.get("type"))


def parse(document: vcdm.Json) -> Credential:
    """The common fields. Raises MalformedError `dates.malformed`."""
    return vcdm.parse(document, format=NAME)
