"""The few words of the citizenship vocabulary (version 4, release candidate 1) that the published examples use.

It is not pinned by the library; the tests bring it as any operator would bring a vocabulary of their own.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from credcore import contexts

URL = "https://w3id.org/citizenship/v4rc1"
_CITIZENSHIP = "https://w3id.org/citizenship#"
_SCHEMA = "https://schema.org/"
_DATE_TIME = "http://www.w3.org/2001/XMLSchema#dateTime"


def _terms() -> dict[str, Any]:
    terms: dict[str, Any] = {"@protected": True, "Person": _SCHEMA + "Person"}
    for kind in (
        "EmployablePerson", "EmploymentAuthorizationDocument", "EmploymentAuthorizationDocumentCredential",
        "PermanentResident", "PermanentResidentCard", "PermanentResidentCardCredential",
    ):  # fmt: skip
        terms[kind] = _CITIZENSHIP + kind
    for word in ("additionalName", "familyName", "gender", "givenName", "identifier"):
        terms[word] = _SCHEMA + word
    for word in ("birthCountry", "commuterClassification", "lprCategory", "lprNumber"):
        terms[word] = _CITIZENSHIP + word
    for word in ("employmentAuthorizationDocument", "permanentResidentCard"):
        terms[word] = {"@id": _CITIZENSHIP + word, "@type": "@id"}
    terms["image"] = {"@id": _SCHEMA + "image", "@type": "@id"}
    terms["birthDate"] = {"@id": _SCHEMA + "birthDate", "@type": _DATE_TIME}
    terms["residentSince"] = {"@id": _CITIZENSHIP + "residentSince", "@type": _DATE_TIME}
    return terms


def bring(folder: Path) -> None:
    """Make the vocabulary known to this process, once."""
    if contexts.is_pinned(URL):
        return
    data = json.dumps({"@context": _terms()}).encode()
    path = folder / "citizenship.json"
    path.write_bytes(data)
    contexts.add(url=URL, path=path, sha256=hashlib.sha256(data).hexdigest())
