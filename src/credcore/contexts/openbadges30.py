"""The unversioned contexts of Open Badges 3.0 and CLR 2.0, which no package carries, as term → IRI facts.

They are the oldest ones, still named by credentials that were signed with them. Their `xsd` is written with https, unlike
XML Schema's own; a signature covers it as it is.
"""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]

_OB = "https://purl.imsglobal.org/spec/vc/ob/vocab.html#"
_CLR = "https://purl.imsglobal.org/spec/vc/clr/vocab.html#"
_SCHEMA = "https://schema.org/"
_KEYWORDS = {"id": "@id", "type": "@type"}


def _terms(names: str, *, base: str = _OB, type: str = "xsd:string", many: bool = False) -> Json:
    """Terms that are called as the last part of their IRI. `type` is empty for one without a type."""
    rest = ({"@type": type} if type else {}) | ({"@container": "@set"} if many else {})
    return {name: {"@id": base + name, **rest} for name in names.split()}


def _many(**kinds: str) -> Json:
    """Terms that hold any number of objects of one type."""
    return {name: {"@id": _OB + name, "@type": _OB + kind, "@container": "@set"} for name, kind in kinds.items()}


def _class(name: str, terms: Json | None = None, *, base: str = _OB) -> Json:
    return {name: {"@id": base + name, **({"@context": terms} if terms is not None else {})}}


_ACHIEVEMENT = (
    _terms("achievementType fieldOfStudy humanCode specialization version")
    | _terms("creditsAvailable", type="xsd:float")
    | _many(alignment="Alignment", otherIdentifier="IdentifierEntry", related="Related", resultDescription="ResultDescription")
    | {
        "creator": {"@id": _OB + "Profile"},
        "criteria": {"@id": _OB + "Criteria", "@type": "@id"},
        "tag": {"@id": _SCHEMA + "keywords", "@type": "xsd:string", "@container": "@set"},
    }
)
_SUBJECT = (
    _terms("licenseNumber role term")
    | _terms("activityEndDate activityStartDate", type="xsd:date")
    | _terms("creditsEarned", type="xsd:float")
    | _many(identifier="IdentityObject", result="Result")
    | {"achievement": {"@id": _OB + "Achievement"}, "source": {"@id": _OB + "source", "@type": _OB + "Profile"}}
)
_ADDRESS = _terms(
    "addressCountry addressLocality addressRegion postOfficeBoxNumber postalCode streetAddress", base=_SCHEMA
) | {
    "addressCountryCode": {"@id": _OB + "CountryCode", "@type": "xsd:string"},
    "geo": {"@id": _OB + "GeoCoordinates"},
}
_ALIGNMENT = (
    _terms("targetDescription targetFramework targetName", base=_SCHEMA)
    | _terms("targetCode targetType")
    | _terms("targetUrl", base=_SCHEMA, type="xsd:anyURI")
)
_PROFILE = (
    _terms("additionalName email familyName givenName honorificPrefix honorificSuffix", base=_SCHEMA)
    | _terms("familyNamePrefix official parentOrg patronymicName")
    | _terms("dateOfBirth", type="xsd:date")
    | _many(otherIdentifier="IdentifierEntry")
    | {"address": {"@id": _OB + "Address"}, "phone": {"@id": _OB + "PhoneNumber", "@type": "xsd:string"}}
)
_RESULT = _terms("achievedLevel resultDescription", type="xsd:anyURI") | _terms("status") | _terms("value", base=_SCHEMA)
_RESULT_DESCRIPTION = (
    _terms("allowedValue", many=True)
    | _terms("requiredLevel", type="xsd:anyURI")
    | _terms("requiredValue resultType valueMax valueMin")
    | _many(rubricCriterionLevel="RubricCriterionLevel")
)

_OPEN_BADGES: Json = {
    **_KEYWORDS,
    "xsd": "https://www.w3.org/2001/XMLSchema#",
    **_class("OpenBadgeCredential"),
    "AchievementCredential": {"@id": "OpenBadgeCredential"},
    **_class("EndorsementCredential"),
    **_class("Achievement", _ACHIEVEMENT),
    **_class("AchievementSubject", _SUBJECT),
    **_class("Address", _ADDRESS),
    **_class("Alignment", _ALIGNMENT, base=_SCHEMA),
    **_class("Criteria"),
    **_class("EndorsementSubject", _terms("endorsementComment")),
    **_class("Evidence", _terms("audience genre", base=_SCHEMA)),
    **_class("GeoCoordinates", _terms("latitude longitude", base=_SCHEMA)),
    **_class("IdentifierEntry", _terms("identifier identifierType")),
    **_class("IdentityObject", _terms("hashed", type="xsd:boolean") | _terms("identityHash identityType salt")),
    **_class("Image", _terms("caption", base=_SCHEMA)),
    **_class("Profile", _PROFILE),
    **_class("Related", _terms("version")),
    **_class("Result", _RESULT),
    **_class("ResultDescription", _RESULT_DESCRIPTION),
    **_class("RubricCriterionLevel", _terms("level points")),
    **_many(alignment="Alignment", endorsement="EndorsementCredential"),
    **_terms("description name", base=_SCHEMA),
    **_terms("narrative"),
    **_terms("image", type=_OB + "Image"),
    **_terms("url", base=_SCHEMA, type="xsd:anyURI"),
}

_RECORD = {
    **_KEYWORDS,
    "cred": "https://www.w3.org/2018/credentials#",
    "obi": "https://purl.imsglobal.org/spec/ob/v3p0/vocab.html#",
    **_terms("achievement", base=_CLR, type="obi:Achievement", many=True),
    **_terms("association", base=_CLR, type=_CLR + "Association", many=True),
    **_terms("verifiableCredential", base=_CLR, type="cred:verifiableCredential", many=True),
}
_ASSOCIATION = {
    "associationType": {"@id": _CLR + "AssociationType"},
    **_terms("sourceId targetId", base=_CLR, type="xsd:anyURI"),
}
_LEARNER_RECORD: Json = {
    **_KEYWORDS,
    **_class("ClrCredential", _KEYWORDS, base=_CLR),
    **_class("ClrSubject", _RECORD, base=_CLR),
    **_class("Association", _ASSOCIATION, base=_CLR),
}

CONTEXTS: dict[str, Any] = {
    "https://purl.imsglobal.org/spec/ob/v3p0/context.json": _OPEN_BADGES,
    "https://purl.imsglobal.org/spec/clr/v2p0/context.json": _LEARNER_RECORD,
}
