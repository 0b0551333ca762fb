"""Is a badge or record built as its standard says? (1EdTech Open Badges 3.0, section B, and CLR 2.0, section B: data model)

A signature can hold over a document that no reader of badges would understand; this says what is missing in it. Proofs
inside other ones (endorsements, the credentials of a record) are parts of their own and are not entered here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

import orjson

from credcore.errors import MalformedError
from credcore.formats import vcdm
from credcore.formats.vcdm import Json, texts

MAX_PROBLEMS = 20

# class → its members as `name:kind`, with `!` where it is required and `*` where there may be many. A kind is a class or
# one of `_VALUES`; `or_uri` lets an address stand for the object.
_MODEL = {
    "OpenBadgeCredential": "id!:uri issuer!:Profile:or_uri credentialSubject!:AchievementSubject name:text description:text "
    "image:Image:or_uri evidence:Evidence* awardedDate:date proof:-Proof*",
    "ClrCredential": "id!:uri issuer!:Profile:or_uri credentialSubject!:ClrSubject name:text description:text "
    "image:Image:or_uri evidence:Evidence* awardedDate:date partial:flag proof:-Proof*",
    "EndorsementCredential": "id!:uri issuer!:Profile:or_uri credentialSubject!:EndorsementSubject name:text "
    "description:text awardedDate:date proof:-Proof*",
    "AchievementSubject": "id:uri achievement!:Achievement identifier:IdentityObject* result:Result* source:Profile "
    "activityStartDate:date activityEndDate:date creditsEarned:number licenseNumber:text narrative:text role:text term:text "
    "image:Image:or_uri",
    "ClrSubject": "id:uri identifier:IdentityObject* achievement:Achievement* association:Association* "
    "verifiableCredential!:any*",
    "EndorsementSubject": "id!:uri endorsementComment:text",
    "Achievement": "id!:uri name!:text description!:text criteria!:-Criteria achievementType:text alignment:Alignment* "
    "creator:Profile creditsAvailable:number fieldOfStudy:text humanCode:text image:Image:or_uri inLanguage:language "
    "otherIdentifier:IdentifierEntry* related:Related* resultDescription:ResultDescription* specialization:text tag:text* "
    "version:text",
    "Criteria": "id:uri narrative:text",
    "Profile": "id!:uri name:text url:uri phone:text description:text image:Image:or_uri email:text address:Address "
    "otherIdentifier:IdentifierEntry* official:text parentOrg:Profile:or_uri familyName:text givenName:text "
    "additionalName:text patronymicName:text honorificPrefix:text honorificSuffix:text familyNamePrefix:text dateOfBirth:date",
    "Result": "achievedLevel:uri alignment:Alignment* resultDescription:uri status:status value:text",
    "ResultDescription": "id!:uri name!:text resultType!:text alignment:Alignment* allowedValue:text* requiredLevel:uri "
    "requiredValue:text rubricCriterionLevel:RubricCriterionLevel* valueMax:text valueMin:text",
    "RubricCriterionLevel": "id!:uri name!:text alignment:Alignment* description:text level:text points:text",
    "Alignment": "targetName!:text targetUrl!:uri targetCode:text targetDescription:text targetFramework:text targetType:text",
    "Association": "associationType!:text sourceId!:uri targetId!:uri",
    "Evidence": "id:uri narrative:text name:text description:text genre:text audience:text",
    "Image": "id!:uri caption:text",
    "IdentifierEntry": "identifier!:text identifierType!:text",
    "IdentityObject": "hashed!:flag identityHash!:text identityType!:text salt:text",
    "Related": "id!:uri inLanguage:language version:text",
    "Address": "addressCountry:text addressCountryCode:text addressRegion:text addressLocality:text streetAddress:text "
    "postOfficeBoxNumber:text postalCode:text geo:GeoCoordinates",
    "GeoCoordinates": "latitude!:number longitude!:number",
    "Proof": "type!:text verificationMethod:uri",
}
_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_STATUS = ("Completed", "Enrolled", "Failed", "InProgress", "OnHold", "Provisional", "Withdrew")


def _is_date(value: object) -> bool:
    try:
        if isinstance(value, str) and len(value) == 10:
            return _DAY.fullmatch(value) is not None
        return isinstance(value, str) and vcdm.instant(value) is not None
    except MalformedError:
        return False


_VALUES: dict[str, Callable[[object], bool]] = {
    "any": lambda value: value is not None,
    "text": lambda value: isinstance(value, str),
    "uri": lambda value: isinstance(value, str) and _URI.fullmatch(value) is not None,
    "date": _is_date,
    "number": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
    "flag": lambda value: isinstance(value, bool),
    "language": lambda value: isinstance(value, str) and _LANGUAGE.fullmatch(value) is not None,
    "status": lambda value: value in _STATUS,
}


@dataclass(frozen=True, slots=True)
class _Member:
    name: str
    kind: str
    required: bool
    many: bool
    or_uri: bool
    typed: bool  # objects name their class in `type`; criteria and proofs do not
    check: Callable[[object], bool] | None  # of a plain value; None for an object


def _member(written: str) -> _Member:
    name, kind, *rest = written.split(":")
    return _Member(
        name=name.removesuffix("!"),
        kind=kind.strip("-*"),
        required=name.endswith("!"),
        many=kind.endswith("*"),
        or_uri=bool(rest),
        typed=not kind.startswith("-"),
        check=_VALUES.get(kind.strip("-*")),
    )


_CLASSES = {name: tuple(_member(one) for one in members.split()) for name, members in _MODEL.items()}
_COMES_AGAIN = frozenset({"Profile", "Achievement"})
_USUAL = 8_192
"""Bytes of a giver or an achievement that is worth remembering; together the remembered ones stay below 8 MiB."""
_DATES = ("validFrom", "validUntil", "issuanceDate", "expirationDate")
_ROOTS = {"AchievementCredential": "OpenBadgeCredential"} | {
    name: name for name in ("OpenBadgeCredential", "ClrCredential", "EndorsementCredential")
}


def recognises(document: Json) -> bool:
    """Whether it is one of the three kinds (badge, record, endorsement) that these rules are about."""
    return _root(document) is not None


def _root(document: Json) -> str | None:
    for name in texts(document.get("type")):
        if name in _ROOTS:
            return _ROOTS[name]
    return None


def problems(document: Json) -> tuple[str, ...]:
    """What is not as the standard says, as texts such as `$.credentialSubject.achievement.name: missing`.

    At most 20; empty for a document that is right, or that is none of the three kinds (badge, record, endorsement).
    """
    root = _root(document)
    if root is None:
        return ()
    if _is_fine(document, root):
        return ()
    found = []
    for problem in _document(document, root):
        found.append(problem)
        if len(found) == MAX_PROBLEMS:
            break
    return tuple(found)


def _is_fine(document: Json, root: str) -> bool:
    """The same question without saying what: nearly every document is, and words cost time."""
    start = "issuanceDate" if vcdm.version(document) == "1.1" else "validFrom"
    return (
        "VerifiableCredential" in texts(document.get("type"))
        and start in document
        and all(_is_date(document[name]) for name in _DATES if name in document)
        and _fits(document, root)
    )


def _fits(value: Json, kind: str) -> bool:
    required, checks = _CHECKS[kind]
    if not required <= value.keys():
        return False
    for name, held in value.items():
        if name not in checks:
            continue
        check, many = checks[name]
        if held is None:
            if name in required:
                return False
        elif many and isinstance(held, list):
            if not all(map(check, held)) or (not held and name in required):
                return False
        elif not check(held):
            return False
    return True


def _check(member: _Member) -> Callable[[object], bool]:
    """Whether one value is such as the member takes."""
    if member.check is not None:
        return member.check
    kind, is_address = member.kind, _VALUES["uri"]
    fits = _fits_again if kind in _COMES_AGAIN else _fits

    def check(value: object) -> bool:
        if not isinstance(value, dict):
            return member.or_uri and is_address(value)
        said = value.get("type")
        is_typed = said == kind or (isinstance(said, list) and kind in said)
        return (is_typed or not member.typed) and fits(value, kind)

    return check


def _fits_again(value: Json, kind: str) -> bool:
    """Of a giver or an achievement, which is the same in many documents."""
    try:
        content = orjson.dumps(value)
    except TypeError:  # an integer longer than a machine word
        return _fits(value, kind)
    return _fitted(kind, content) if len(content) <= _USUAL else _fits(value, kind)


@lru_cache(maxsize=1024)
def _fitted(kind: str, content: bytes) -> bool:
    """Remembered by its exact content."""
    return _fits(orjson.loads(content), kind)


# class → what it must have, and of each member the check of one value, and whether there may be many
_CHECKS = {
    name: (frozenset(one.name for one in members if one.required), {one.name: (_check(one), one.many) for one in members})
    for name, members in _CLASSES.items()
}


def _document(document: Json, root: str) -> Iterator[str]:
    if "VerifiableCredential" not in texts(document.get("type")):
        yield "$.type: not VerifiableCredential"
    start = "issuanceDate" if vcdm.version(document) == "1.1" else "validFrom"
    if start not in document:
        yield f"$.{start}: missing"
    for name in _DATES:
        if name in document and not _is_date(document[name]):
            yield f"$.{name}: not a date"
    yield from _object(document, root, "$")


def _object(value: Json, kind: str, path: str) -> Iterator[str]:
    """Depth is that of the document, which strict reading bounds."""
    for member in _CLASSES[kind]:
        held = value.get(member.name)
        here = f"{path}.{member.name}"
        if held is None or (held == [] and member.required):
            if member.required:
                yield f"{here}: missing"
        elif isinstance(held, list) and member.many:
            for number, one in enumerate(held):
                yield from _value(one, member, f"{here}[{number}]")
        else:
            yield from _value(held, member, here)


def _value(value: object, member: _Member, path: str) -> Iterator[str]:
    if member.check is not None:
        if not member.check(value):
            yield f"{path}: not a {member.kind}"
    elif isinstance(value, dict):
        if member.typed and member.kind not in texts(value.get("type")):
            yield f"{path}.type: not {member.kind}"
        yield from _object(value, member.kind, path)
    elif not (member.or_uri and _VALUES["uri"](value)):
        yield f"{path}: not a {member.kind}"
