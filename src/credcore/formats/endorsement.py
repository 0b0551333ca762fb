"""Endorsements: what somebody else says in support of a badge or its giver. (1EdTech Open Badges 3.0, section B.1.4)"""

from __future__ import annotations

from dataclasses import replace

from credcore.formats import vcdm
from credcore.formats.embedded import collect, every
from credcore.formats.vcdm import Json, first, text
from credcore.model import Credential, Part

NAME = "Open Badges 3.0 endorsement"
_MEMBERS = ("endorsement", "endorsementJwt")


def recognises(document: Json) -> bool:
    """Whether this format is the one to read the document."""
    return vcdm.is_a(document, kind="EndorsementCredential")


def parse(document: Json) -> Credential:
    """Who supports what, and in which words. Raises MalformedError `dates.malformed`."""
    common = vcdm.parse(document, format=NAME)
    comment = text(first(document.get("credentialSubject")).get("endorsementComment"))
    return replace(common, description=comment or common.description)


def parts(document: Json) -> tuple[Part, ...]:
    """The endorsements of a credential, of what was achieved, and of the giver: objects and tokens.

    Raises MalformedError `parts.too_many`.
    """
    achieved = every(first(document.get("credentialSubject")).get("achievement"))
    endorsed = [document, first(document.get("issuer")), *[one for one in achieved if isinstance(one, dict)]]
    said = [thing[name] for thing in endorsed for name in _MEMBERS if name in thing]
    return collect((one for value in said for one in every(value)), role="endorsement") if said else ()
