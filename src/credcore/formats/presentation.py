"""Presentations: proofs that their holder hands over together. (VC Data Model 2.0, section 4.13; 1.1, section 4.10)"""

from __future__ import annotations

from dataclasses import replace

from credcore.formats import vcdm
from credcore.formats.embedded import collect, every
from credcore.formats.vcdm import Json, first, text
from credcore.model import Credential, Part, Party

NAME = "W3C presentation"


def recognises(document: Json) -> bool:
    """Whether this is a presentation and no credential."""
    return vcdm.is_a(document, kind="VerifiablePresentation")


def parse(document: Json) -> Credential:
    """The holder as the giver of the hand-over. Its content are the parts. Raises MalformedError `dates.malformed`."""
    holder = document.get("holder")
    given = Party(
        id=holder if isinstance(holder, str) else text(first(holder).get("id")), name=text(first(holder).get("name"))
    )
    return replace(vcdm.parse(document, format=f"{NAME} {vcdm.version(document)}"), issuer=given)


def parts(document: Json) -> tuple[Part, ...]:
    """The credentials in it: objects, tokens (1.1) and envelopes (2.0). Raises MalformedError `parts.too_many`."""
    return collect(every(document.get("verifiableCredential")), role="credential")
