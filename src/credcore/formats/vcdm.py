"""What every W3C credential says, whichever version: parties, dates, types. (VC Data Model 1.1 and 2.0, section 4)"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache
from typing import Any

from credcore.errors import MalformedError
from credcore.model import Credential, Party

Json = dict[str, Any]

V1 = "https://www.w3.org/2018/credentials/v1"
V2 = "https://www.w3.org/ns/credentials/v2"

_DATETIME = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)?",
    re.ASCII,
)

_LONGEST_DATE = 40  # date, time, nine decimals and a zone have 35 characters


def instant(text: object) -> datetime | None:
    """An XML dateTime (XSD 1.1 part 2, section 3.3.7) as an aware datetime; without a zone it is read as UTC.

    None for None. Raises MalformedError `dates.malformed`.
    """
    if text is None:
        return None
    if not isinstance(text, str) or len(text) > _LONGEST_DATE:
        raise MalformedError("dates.malformed", str(text)[:40])
    return _instant(text)


@lru_cache(maxsize=1024)
def _instant(text: str) -> datetime:
    """Remembered, because one document names the same few moments again and again."""
    match = _DATETIME.fullmatch(text)
    if match is None:
        raise MalformedError("dates.malformed", text)
    year, month, day, hour, minute, second = (int(part) for part in match.groups()[:6])
    micro = int((match[7] or "0").ljust(6, "0")[:6])
    try:
        zone: timezone = UTC
        if match[8] and match[8] != "Z":
            sign = -1 if match[8][0] == "-" else 1
            zone = timezone(sign * timedelta(hours=int(match[8][1:3]), minutes=int(match[8][4:])))
        # 24:00:00 is the end of the day in XML, and unknown to Python.
        extra = timedelta(days=1) if (hour, minute, second) == (24, 0, 0) else timedelta()
        moment = datetime(year, month, day, hour % 24 if extra else hour, minute, second, micro, tzinfo=zone)
        return (moment + extra).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise MalformedError("dates.malformed", text) from error


def iso(moment: datetime) -> str:
    """An aware datetime as XML dateTime in UTC, to the second."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def texts(value: object) -> tuple[str, ...]:
    """A string or list of strings as a tuple; anything else is left out."""
    if isinstance(value, str):
        return (value,)
    return tuple([item for item in value if isinstance(item, str)]) if isinstance(value, list) else ()


def text(value: object) -> str:
    """A string; of a language-tagged value its text; of a list its first. Else empty."""
    if isinstance(value, list) and value:
        value = value[0]
    if isinstance(value, dict):
        value = value.get("@value") or value.get("value")
    return value if isinstance(value, str) else ""


def first(value: object) -> Json:
    """The first object of an object or list of objects; else an empty one."""
    if isinstance(value, list):
        value = next((item for item in value if isinstance(item, dict)), None)
    return value if isinstance(value, dict) else {}


def version(document: Json) -> str:
    """`1.1` or `2.0` by the first context, as the data models require; empty for neither."""
    contexts = document.get("@context")
    base = contexts[0] if isinstance(contexts, list) and contexts else contexts
    return {V1: "1.1", V2: "2.0"}.get(base, "") if isinstance(base, str) else ""


def issuer_id(document: Json) -> str:
    """The identifier of the giver, or empty."""
    value = document.get("issuer")
    return value if isinstance(value, str) else text(first(value).get("id"))


def validity(document: Json) -> tuple[datetime | None, datetime | None]:
    """(from, until). Where the names of both data models stand, the narrower date counts: neither may hide the other.

    Raises MalformedError `dates.malformed`.
    """
    starts, ends = (
        [found for name in names if (found := instant(document.get(name))) is not None]
        for names in (("validFrom", "issuanceDate"), ("validUntil", "expirationDate"))
    )
    return max(starts, default=None), min(ends, default=None)


def parse(document: Json, *, format: str) -> Credential:
    """The common fields in plain form. Raises MalformedError `dates.malformed`."""
    giver, subject = first(document.get("issuer")), first(document.get("credentialSubject"))
    valid_from, valid_until = validity(document)
    return Credential(
        id=text(document.get("id")),
        name=text(document.get("name")) or text(subject.get("name")),
        format=format,
        issuer=Party(id=issuer_id(document), name=text(giver.get("name")), url=text(giver.get("url"))),
        subject=Party(id=text(subject.get("id")), name=text(subject.get("name"))),
        valid_from=valid_from,
        valid_until=valid_until,
        description=text(document.get("description")),
        types=texts(document.get("type")),
    )
