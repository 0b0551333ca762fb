"""What is said. A new format is one file and one line in `FORMATS`; the first that recognises a document reads it."""

from __future__ import annotations

from types import ModuleType

from credcore.errors import UnavailableError
from credcore.formats import clr2, endorsement, ler_rs, openbadges2, openbadges3, presentation, sd_jwt_vc, vcdm, vcdm1, vcdm2
from credcore.formats.vcdm import Json
from credcore.model import Credential, Part

FORMATS: tuple[ModuleType, ...] = (openbadges3, clr2, endorsement, ler_rs, openbadges2, sd_jwt_vc, vcdm2, vcdm1)
"""Each has `NAME`, `recognises(document)` and `parse(document)`."""


def parse(document: Json) -> Credential:
    """Raises UnavailableError `format.unsupported` when no format recognises the document; MalformedError."""
    for module in FORMATS:
        if module.recognises(document):
            credential: Credential = module.parse(document)
            return credential
    raise UnavailableError("format.unsupported", str(document.get("type"))[:120], permanent=True)


def giver(document: Json) -> str:
    """The identifier of the named giver, or empty."""
    return vcdm.text(document.get("iss")) if sd_jwt_vc.recognises(document) else vcdm.issuer_id(document)


def parts(document: Json) -> tuple[Part, ...]:
    """The proofs inside: of a hand-over, of a record, and what others say in support.

    Raises MalformedError `parts.too_many`.
    """
    if presentation.recognises(document):
        return presentation.parts(document)
    if openbadges2.recognises(document):
        return ()  # older badges name endorsements that their own sites would have to vouch for: those are not read
    inside: tuple[Part, ...] = ()
    for module in (clr2, ler_rs):
        if module.recognises(document):
            inside += module.parts(document)
    return inside + endorsement.parts(document)
