"""SD-JWT VC: what the shown claims say. (draft-ietf-oauth-sd-jwt-vc, section 2.2.2; names of OpenID Connect Core 5.1)

The claims are those of the processed token; whether they were signed, and openly, is the business of the proof.
"""

from __future__ import annotations

import re
from urllib.parse import unquote

from credcore.errors import MalformedError
from credcore.formats.vc_jwt import numeric_date
from credcore.formats.vcdm import Json, first, text
from credcore.model import Credential, Party

NAME = "SD-JWT VC"


def recognises(document: Json) -> bool:
    """Whether this format is the one to read the document."""
    return "vct" in document and "@context" not in document


def parse(document: Json) -> Credential:
    """Raises MalformedError `format.no_type` without a `vct`, `dates.malformed` for dates that are none."""
    kind = document.get("vct")
    if not isinstance(kind, str) or not kind:
        raise MalformedError("format.no_type", "vct")
    start = document.get("nbf", document.get("iat"))
    return Credential(
        id=text(document.get("jti")),
        name=text(document.get("title")) or _title(kind),
        format=NAME,
        issuer=Party(id=text(document.get("iss")), name=text(document.get("issuer_name"))),
        subject=Party(id=text(document.get("sub")), name=_person(document)),
        valid_from=numeric_date(start),
        valid_until=numeric_date(document.get("exp")),
        description=text(document.get("description")),
        criteria=text(document.get("criteria")),
        level=text(document.get("level")),
        types=(kind,),
        image=text(document.get("picture")),
    )


def _person(document: Json) -> str:
    """The receiver's name as far as it is shown, else an e-mail address that stands for it."""
    for claims in (document, first(document.get("credentialSubject")), first(document.get("credential_subject"))):
        parts = (text(claims.get("given_name")), text(claims.get("family_name")))
        if name := text(claims.get("name")) or " ".join(part for part in parts if part) or text(claims.get("email")):
            return name
    return ""


def _title(kind: str) -> str:
    """The last telling part of the type's name: `https://…/forklift_operator/v1` is “Forklift operator”."""
    parts = [re.sub(r"[\s_\-]+", " ", part).strip() for part in re.split(r"[/:#]", unquote(kind))]
    # Versions and country codes are no titles.
    words = next((part for part in reversed(parts) if sum(map(str.isalpha, part)) > 2), parts[-1])
    return words[:1].upper() + words[1:]
