"""From the claims of a signed token to the credential or presentation that is shown. Nothing is verified here.

Three forms: a `vc` or `vp` claim beside the registered claims (VC Data Model 1.1, section 6.3.1); the payload is the
credential itself (VC-JOSE-COSE 1.0, sections 3.1 and 3.2); the same with registered claims that repeat it (Open
Badges 3.0, section 8.2). What a token says twice must be the same both times, or two readers would see two credentials.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TypeVar

from credcore.codec import moments
from credcore.errors import MalformedError, UnavailableError
from credcore.formats import vcdm
from credcore.formats.vcdm import Json

T = TypeVar("T")

# Registered claims (RFC 7519, section 4.1) that wrap the credential and are no part of it.
_WRAPPING = frozenset({"iss", "sub", "aud", "exp", "nbf", "iat", "jti", "nonce"})
_LOOSE = frozenset({"", "jwt"})
# Types under which the payload is the document itself; the names with +ld are those of earlier drafts.
_CREDENTIAL = frozenset({"vc+jwt", "vc+ld+jwt", "vc+sd-jwt"})
_PRESENTATION = frozenset({"vp+jwt", "vp+ld+jwt", "vp+sd-jwt"})
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def credential_of(*, header: Json, claims: Json) -> Json:
    """The credential or presentation inside a token, complete with what only the registered claims say.

    The arguments are a token's protected header and its payload; they are not changed. Where claim and credential both
    speak, they must agree: issuer (or holder), subject and id exactly, dates to the second. Under `typ` vc+jwt and
    vp+jwt the dates of the token are those of the signature and may be narrower; then the narrower ones are shown.

    Raises MalformedError `jose.claims_differ`, `jose.type`, `jose.malformed` or `dates.malformed`; UnavailableError
    `format.unsupported` when it is none of the three forms.
    """
    kind = _type(header)
    wrapped = claims.keys() & {"vc", "vp"}
    if wrapped and "@context" in claims:
        raise MalformedError("jose.malformed", "a credential with another one beside it")
    if "@context" in claims and "type" in claims:
        document = {name: value for name, value in claims.items() if name not in _WRAPPING}
        _expect(kind, _LOOSE | (_PRESENTATION if _is_presentation(document) else _CREDENTIAL))
    elif wrapped:
        inner = claims[next(iter(wrapped))]
        if len(wrapped) > 1 or not isinstance(inner, dict):
            raise MalformedError("jose.malformed", "vc and vp")
        document = dict(inner)
        if _is_presentation(document) != ("vp" in wrapped):
            raise MalformedError("jose.malformed", "a credential in vp, or a presentation in vc")
        if "status" in claims:  # where it can be cancelled is said beside the credential (IETF Token Status List, section 6)
            document["status"] = _same("status", claims["status"], document.get("status"))
        _expect(kind, _LOOSE)
    else:
        raise UnavailableError("format.unsupported", f"token with typ {kind[:40]}", permanent=True)
    return _completed(document, claims, narrow=kind not in _LOOSE)


def numeric_date(value: object) -> datetime | None:
    """A NumericDate, seconds since 1970, as an aware datetime (RFC 7519, section 2). None for None.

    Raises MalformedError `dates.malformed` for anything but a finite number within the years 1 to 9999.
    """
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise MalformedError("dates.malformed", str(value)[:40])
    try:
        return moments.tellable(_EPOCH + timedelta(seconds=value))
    except (OverflowError, ValueError) as error:  # ValueError: not a number
        raise MalformedError("dates.malformed", "out of range") from error


def _type(header: Json) -> str:
    """`typ` in small letters and without its optional prefix (RFC 7515, section 4.1.9); empty when absent."""
    value = header.get("typ", "")
    if not isinstance(value, str):
        raise MalformedError("jose.type", "not text")
    return value.lower().removeprefix("application/")


def _expect(kind: str, allowed: frozenset[str]) -> None:
    """A token made for another purpose must not pass for a credential (RFC 8725, section 3.11)."""
    if kind not in allowed:
        raise MalformedError("jose.type", kind[:40])


def _is_presentation(document: Json) -> bool:
    return "VerifiablePresentation" in vcdm.texts(document.get("type"))


def _completed(document: Json, claims: Json, *, narrow: bool) -> Json:
    issuer, subject, identifier = (_string(claims, name) for name in ("iss", "sub", "jti"))
    if identifier:
        document["id"] = _same("jti", identifier, document.get("id"))
    if issuer:
        name = "holder" if _is_presentation(document) else "issuer"
        document[name] = _with_id("iss", issuer, document.get(name))
    if subject and not _is_presentation(document):
        document["credentialSubject"] = _subject(subject, document.get("credentialSubject"))
    _fill_dates(document, claims, narrow=narrow)
    return document


def _string(claims: Json, name: str) -> str:
    value = claims.get(name, "")
    if not isinstance(value, str):
        raise MalformedError("jose.malformed", f"{name} is not text")
    return value


def _same(name: str, claimed: T, written: object) -> T:
    if written is not None and written != claimed:
        raise MalformedError("jose.claims_differ", name)
    return claimed


def _with_id(name: str, claimed: str, written: object) -> str | Json:
    """An object keeps its other members; a bare identifier stays one."""
    if isinstance(written, dict):
        return {**written, "id": _same(name, claimed, written.get("id"))}
    return _same(name, claimed, written)


def _subject(claimed: str, written: object) -> Json | list[Json]:
    """Only one subject can be the one that `sub` means."""
    if isinstance(written, list) and len(written) == 1:
        return [_subject_object(claimed, written[0])]
    return _subject_object(claimed, written)


def _subject_object(claimed: str, written: object) -> Json:
    if not isinstance(written, dict | None):
        raise MalformedError("jose.claims_differ", "sub")
    return {**(written or {}), "id": _same("sub", claimed, (written or {}).get("id"))}


def _fill_dates(document: Json, claims: Json, *, narrow: bool) -> None:
    not_before, expires = numeric_date(claims.get("nbf")), numeric_date(claims.get("exp"))
    issued = numeric_date(claims.get("iat"))
    start, end = vcdm.validity(document)
    # `iat` says when it was signed, which may be long after the start: it only stands in where nothing else speaks.
    if start is None and not_before is None and not narrow:
        not_before = issued
    # Whatever else the document says: of two names for one date the narrower one is read, and this is the narrower one.
    first, last = ("issuanceDate", "expirationDate") if vcdm.version(document) == "1.1" else ("validFrom", "validUntil")
    if not_before is not None and (start is None or _moved("nbf", not_before, start, narrow) > timedelta()):
        document[first] = _iso(not_before)
    if expires is not None and (end is None or _moved("exp", expires, end, narrow) < timedelta()):
        document[last] = _iso(expires)


def _moved(name: str, claimed: datetime, written: datetime, narrow: bool) -> timedelta:
    """By how much the claim changes the date. Dates that mean the same differ by less than a second: leave them."""
    distance = claimed - written
    if abs(distance) < timedelta(seconds=1):
        return timedelta()
    if not narrow:
        raise MalformedError("jose.claims_differ", name)
    return distance


def _iso(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")
