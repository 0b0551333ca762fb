"""What signed lists and entity statements have in common: a typed token, and claims that count for a while. (RFC 7519)"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

from credcore.codec import jose, moments
from credcore.codec.jose import Json, Jws
from credcore.errors import MalformedError, UnavailableError

SKEW: Final = timedelta(seconds=60)
_LAST: Final = 253_402_300_799  # the last second of the year 9999


def opened(token: bytes, *, typ: str) -> tuple[Jws, Json]:
    """The token and its claims, nothing of it verified yet.

    Raises MalformedError `trust.malformed` for another `typ` or no `kid`, `jose.…` or `json.…`.
    """
    jws = jose.parse(token)
    if jws.header.get("typ") != typ:
        raise MalformedError("trust.malformed", f"typ is not {typ}")
    if not isinstance(jws.header.get("kid"), str):
        raise MalformedError("trust.malformed", "no kid")
    return jws, jose.claims(jws)


def require_current(claims: Json, *, now: datetime) -> datetime:
    """The end (`exp`, aware) of claims that count: `iat` has come and `exp` has not, give or take a minute.

    Raises UnavailableError `trust.out_of_date`, MalformedError `trust.malformed` when one of them is missing.
    """
    made, ends = _instant(claims, "iat"), _instant(claims, "exp")
    if made > now + SKEW or ends <= now - SKEW:
        raise UnavailableError("trust.out_of_date", f"from {made.isoformat()} to {ends.isoformat()}")
    return ends


def _instant(claims: Json, name: str) -> datetime:
    value = claims.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= _LAST:
        raise MalformedError("trust.malformed", f"no {name}")
    return moments.tellable(datetime.fromtimestamp(value, tz=UTC))
