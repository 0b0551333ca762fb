"""Open Badges 2.0, 1.1 and 1.0: the badges of the big platforms. (Open Badges 2.0, sections 4 and 5; 1.1; 1.0)

A badge of this family is three documents: the assertion (who got it, when), the badge class (what for) and the issuer's
profile. The assertion names the others by address or holds them; `parse` reads what is there and asks nobody.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from credcore.codec import moments
from credcore.errors import MalformedError
from credcore.formats import vcdm
from credcore.formats.vcdm import Json, first, text, texts
from credcore.model import Credential, Party

NAME = "Open Badges 2.0"
V2 = "https://w3id.org/openbadges/v2"
V1 = "https://w3id.org/openbadges/v1"

MAX_EXTENSIONS = 20
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_NO_SECONDS = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d)(Z|[+-]\d\d:\d\d)?", re.ASCII)
_UNIX = re.compile(r"\d{1,12}", re.ASCII)


def version(document: Json) -> str:
    """`2.0`, `1.1` or `1.0` (also 0.5) of an assertion; empty for anything else."""
    contexts = texts(document.get("@context"))
    if "@context" in document:
        if "Assertion" not in texts(document.get("type")):
            return ""
        return "2.0" if V2 in contexts else "1.1" if V1 in contexts else ""
    if "recipient" not in document or "badge" not in document:
        return ""
    inline = first(first(document["badge"]).get("issuer"))
    return "1.0" if isinstance(document.get("verify"), dict) or "origin" in inline else ""


def recognises(document: Json) -> bool:
    """Whether this format is the one to read the document."""
    return bool(version(document))


def parse(document: Json) -> Credential:
    """What the assertion says, and its badge class and issuer as far as they are inside it.

    The subject's name is empty when the recipient is hashed: the hash tells nobody who it is. Raises MalformedError
    `dates.malformed`.
    """
    badge = first(document.get("badge"))
    giver = first(badge.get("issuer"))
    kind, identity, hashed, _ = recipient(document)
    return Credential(
        id=text(document.get("id")) or text(document.get("uid")),
        name=text(badge.get("name")),
        format=f"Open Badges {version(document)}",
        issuer=Party(
            id=reference(badge.get("issuer")),
            name=text(giver.get("name")),
            url=text(giver.get("url")) or text(giver.get("origin")),
        ),
        subject=Party(
            id=f"mailto:{identity}" if kind == "email" and not hashed else identity, name="" if hashed else identity
        ),
        valid_from=moment(document.get("issuedOn", document.get("issued_on"))),
        valid_until=moment(document.get("expires")),
        description=text(badge.get("description")),
        criteria=_criteria(badge.get("criteria")),
        language=text(badge.get("@language")) or text(document.get("@language")),
        evidence=_narratives(document),
        types=(*texts(document.get("type")), *_extensions(document)),
        image=_image(document) or _image(badge),
    )


def recipient(document: Json) -> tuple[str, str, bool, str]:
    """(type, identity, hashed, salt) of who got it. Version 0.5 has the identity as text and the salt beside it.

    Programs have written `hashed` as text, and 0.5 does not have it: a hash is also known by its `algorithm$` in front.
    """
    value = document.get("recipient")
    if isinstance(value, str):
        return "email", value, _is_hash(value), text(document.get("salt"))
    who = first(value)
    identity, said = text(who.get("identity")), who.get("hashed")
    hashed = said is True or said == "true" or _is_hash(identity)
    return text(who.get("type")) or "email", identity, hashed, text(who.get("salt"))


def moment(value: object) -> datetime | None:
    """A date of these versions: an XML dateTime, one without seconds, a plain day, or a UNIX number of seconds.

    None for None. Raises MalformedError `dates.malformed`.
    """
    if isinstance(value, str):
        if _UNIX.fullmatch(value):
            value = int(value)
        elif _DAY.fullmatch(value):
            value = f"{value}T00:00:00Z"
        elif short := _NO_SECONDS.fullmatch(value):
            value = f"{short[1]}:00{short[2] or 'Z'}"
    if isinstance(value, int | float) and not isinstance(value, bool):
        try:
            return moments.tellable(datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=value))
        except (OverflowError, ValueError) as error:
            raise MalformedError("dates.malformed", str(value)[:40]) from error
    return vcdm.instant(value)


def reference(value: object) -> str:
    """The address of a badge class or profile, named by it or held whole. Version 0.5 knows the giver by `origin`."""
    held = first(value)
    return (value if isinstance(value, str) else "") or text(held.get("id")) or text(held.get("origin"))


def _is_hash(identity: str) -> bool:
    return identity.startswith(("sha256$", "md5$"))


def _criteria(value: object) -> str:
    """The narrative, else the address where the criteria stand."""
    return value if isinstance(value, str) else text(first(value).get("narrative")) or text(first(value).get("id"))


def _narratives(document: Json) -> tuple[str, ...]:
    evidence = document.get("evidence")
    notes = evidence if isinstance(evidence, list) else [evidence]
    said = [text(document.get("narrative")), *(text(first(note).get("narrative")) for note in notes)]
    return tuple(one for one in said if one)


def _image(part: Json) -> str:
    value = part.get("image")
    return value if isinstance(value, str) else text(first(value).get("id"))


def _extensions(document: Json) -> tuple[str, ...]:
    """The names of members that declare themselves an extension. (Open Badges 2.0, section 7)"""
    named = [name for name, value in document.items() if "Extension" in texts(first(value).get("type"))]
    return tuple(named[:MAX_EXTENSIONS])
