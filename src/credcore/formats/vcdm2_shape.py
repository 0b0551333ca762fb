"""Is a credential or presentation built as the W3C's data model says? (VC Data Model 2.0, sections 4 and 5; 1.1 likewise)

Only the shape: what the words mean is the business of the vocabularies, and who signed that of the proof.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from credcore.errors import MalformedError
from credcore.formats import related_resource, vcdm
from credcore.formats.vcdm import Json

MAX_PROBLEMS = 20
ENVELOPES = ("EnvelopedVerifiableCredential", "EnvelopedVerifiablePresentation")

_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")
_LANGUAGE_VALUE = frozenset({"@value", "@language", "@direction"})
# Members that hold one or more objects, each of which says what it is (sections 4.10, 4.11, 5.4 to 5.6, 5.10). In `True`
# ones it must also have an identifier.
_TYPED = {
    "credentialStatus": False,
    "credentialSchema": True,
    "refreshService": False,
    "termsOfUse": False,
    "evidence": False,
    "confidenceMethod": False,
    "renderMethod": False,
}


def is_url(value: object) -> bool:
    """Whether it is one absolute URL (or URN, or DID)."""
    return isinstance(value, str) and _URL.fullmatch(value) is not None


def problems(document: Json) -> tuple[str, ...]:
    """What is not as the data model says, as texts such as `$.issuer.id: not a URL`. At most 20; empty when all is well.

    `document` is a credential or a presentation, secured or not; what lies in a presentation is not entered.
    """
    found: list[str] = []
    for problem in _presentation(document) if _is_presentation(document) else _credential(document):
        found.append(problem)
        if len(found) == MAX_PROBLEMS:
            break
    return tuple(found)


def _is_presentation(document: Json) -> bool:
    return "VerifiablePresentation" in vcdm.texts(document.get("type"))


def _credential(document: Json) -> Iterator[str]:
    yield from _head(document, "VerifiableCredential")
    yield from _party(document.get("issuer"), "$.issuer")
    yield from _subjects(document.get("credentialSubject"))
    yield from _dates(document)
    for name, needs_id in _TYPED.items():
        if name in document:
            yield from _typed(document[name], f"$.{name}", needs_id=needs_id)
    if "relatedResource" in document:
        yield from related_resource.problems(document["relatedResource"])
    yield from _wording(document, "$")
    if isinstance(document.get("issuer"), dict):
        yield from _wording(document["issuer"], "$.issuer")


def _presentation(document: Json) -> Iterator[str]:
    yield from _head(document, "VerifiablePresentation")
    if "holder" in document:
        yield from _party(document["holder"], "$.holder")
    if "termsOfUse" in document:
        yield from _typed(document["termsOfUse"], "$.termsOfUse", needs_id=False)
    held = document.get("verifiableCredential", [])
    for number, one in enumerate(held if isinstance(held, list) else [held]):
        yield from _held(one, f"$.verifiableCredential[{number}]", old=vcdm.version(document) == "1.1")


def _held(value: object, path: str, *, old: bool) -> Iterator[str]:
    """A secured credential, or an envelope around one (section 4.13.1); a token as it is in 1.1 only."""
    if isinstance(value, dict):
        enveloped = any(kind in ENVELOPES for kind in vcdm.texts(value.get("type")))
        if vcdm.text(value.get("id")).startswith("data:") and not enveloped:
            yield f"{path}.type: not {ENVELOPES[0]}"
        if not vcdm.version(value):
            yield f"{path}.@context: does not begin with the data model's own"
    elif not (old and isinstance(value, str)):
        yield f"{path}: not a credential"


def _head(document: Json, kind: str) -> Iterator[str]:
    named = document.get("@context")
    if not isinstance(named, list) or not vcdm.version(document):
        yield "$.@context: not a list that begins with the data model's own"
    else:
        for number, one in enumerate(named):
            if not (isinstance(one, dict) or is_url(one)):
                yield f"$.@context[{number}]: neither a URL nor an object"
    yield from _kinds(document.get("type"), "$.type")
    if kind not in vcdm.texts(document.get("type")):
        yield f"$.type: not {kind}"
    yield from _identifier(document, "$")


def _kinds(value: object, path: str) -> Iterator[str]:
    """One or more words or URLs (section 4.5). What they mean is looked up elsewhere."""
    kinds = value if isinstance(value, list) else [value]
    if not kinds or not all(isinstance(one, str) and one for one in kinds):
        yield f"{path}: not one or more types"


def _identifier(value: Json, path: str, *, required: bool = False) -> Iterator[str]:
    if ("id" in value or required) and not is_url(value.get("id")):
        yield f"{path}.id: not a URL"


def _party(value: object, path: str) -> Iterator[str]:
    """A URL, or an object that has one as its identifier (section 4.7)."""
    if isinstance(value, dict):
        yield from _identifier(value, path, required=True)
    elif not is_url(value):
        yield f"{path}: not a URL"


def _subjects(value: object) -> Iterator[str]:
    subjects = value if isinstance(value, list) else [value]
    if not subjects:
        yield "$.credentialSubject: says nothing"
    for one in subjects:
        if not isinstance(one, dict) or not one:
            yield "$.credentialSubject: says nothing"
        else:
            yield from _identifier(one, "$.credentialSubject")


def _dates(document: Json) -> Iterator[str]:
    if vcdm.version(document) == "1.1" and "issuanceDate" not in document:
        yield "$.issuanceDate: missing"
    readable = True
    for name in ("validFrom", "validUntil", "issuanceDate", "expirationDate"):
        try:
            if name in document and vcdm.instant(document[name]) is None:
                raise MalformedError("dates.malformed", name)
        except MalformedError:
            readable = False
            yield f"$.{name}: not a date and time"
    start, end = vcdm.validity(document) if readable else (None, None)
    if start is not None and end is not None and end < start:
        yield "$.validUntil: before the start"


def _typed(value: object, path: str, *, needs_id: bool) -> Iterator[str]:
    found = value if isinstance(value, list) else [value]
    if not found:
        yield f"{path}: empty"
    for one in found:
        if not isinstance(one, dict):
            yield f"{path}: not an object"
        else:
            yield from _kinds(one.get("type"), f"{path}.type")
            yield from _identifier(one, path, required=needs_id)


def _wording(value: Json, path: str) -> Iterator[str]:
    """`name` and `description`: texts, or texts with a language and a direction (sections 4.6 and 11.1)."""
    for name in ("name", "description"):
        if name in value:
            held = value[name]
            if not all(map(_is_wording, held if isinstance(held, list) else [held])):
                yield f"{path}.{name}: neither a text nor one with a language"


def _is_wording(value: object) -> bool:
    if not isinstance(value, dict):
        return isinstance(value, str)
    texts = all(isinstance(one, str) for one in value.values())
    return texts and "@value" in value and value.keys() <= _LANGUAGE_VALUE and value.get("@direction", "ltr") in ("ltr", "rtl")
