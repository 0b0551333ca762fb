"""When it counts: ended, not begun, impossible, said twice. (trustworthy: rule 9)

Each date is signed: the giver wrote it so. The corpus is looked at on 4 May 2026 at noon, UTC.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from credcore.formats import vcdm
from credcore.proofs import eddsa_jcs_2022
from tests.core.proofs import as_bytes, credential
from tests.negative.case import Case
from tests.negative.twins import Json, sealed

BAD, UNKNOWN = ("bad",), ("unknown",)
EXPIRED, NOT_YET, REVERSED, MALFORMED = "dates.expired", "dates.not_yet", "dates.reversed", "dates.malformed"
FROM, UNTIL = "2026-04-04T12:00:00Z", "2027-02-28T12:00:00Z"


def dated(**dates: Any) -> bytes:
    """A plain credential with these dates and no others; signed as JSON, so that any value can be signed."""
    return as_bytes(sealed(_plain(vcdm.V2) | dates, sign=eddsa_jcs_2022.sign))


def older(**dates: Any) -> bytes:
    """The same in the data model 1.1."""
    return as_bytes(sealed(_plain(vcdm.V1) | dates, sign=eddsa_jcs_2022.sign))


def _plain(context: str) -> Json:
    whole = credential()
    return {
        "@context": [context], "id": whole["id"], "type": ["VerifiableCredential"], "issuer": whole["issuer"]["id"],
        "credentialSubject": {"id": whole["credentialSubject"]["id"]},
    }  # fmt: skip


def cases() -> Iterator[Case]:
    good = dated(validFrom=FROM, validUntil=UNTIL)
    for name, start, end, code, verdicts in (
        ("ended", FROM, "2026-05-03T12:00:00Z", EXPIRED, BAD),
        ("ended-two-minutes-ago", FROM, "2026-05-04T11:58:00Z", EXPIRED, BAD),
        ("ended-by-its-own-zone", FROM, "2026-05-04T13:30:00+02:00", EXPIRED, BAD),
        ("ended-without-a-zone", FROM, "2026-05-04T11:30:00", EXPIRED, BAD),
        ("ended-long-ago", "1969-01-01T00:00:00Z", "1970-01-01T00:00:00Z", EXPIRED, BAD),
        ("ended-at-the-end-of-a-day", FROM, "2026-05-03T24:00:00Z", EXPIRED, BAD),
        ("not-begun", "2026-05-05T12:00:00Z", UNTIL, NOT_YET, BAD),
        ("not-begun-by-two-minutes", "2026-05-04T12:02:00Z", UNTIL, NOT_YET, BAD),
        ("not-begun-by-its-own-zone", "2026-05-04T11:30:00-02:00", UNTIL, NOT_YET, BAD),
        ("ends-before-it-starts", FROM, "2026-04-03T12:00:00Z", REVERSED, UNKNOWN),
        ("start-on-30-february", "2026-02-30T12:00:00Z", UNTIL, MALFORMED, UNKNOWN),
        ("end-on-29-february-of-a-common-year", FROM, "2027-02-29T12:00:00Z", MALFORMED, UNKNOWN),
        ("end-in-the-year-10000", FROM, "10000-01-01T00:00:00Z", MALFORMED, UNKNOWN),
        ("end-at-the-last-moment-there-is", FROM, "9999-12-31T24:00:00Z", MALFORMED, UNKNOWN),
        ("end-before-christ", FROM, "-0001-01-01T00:00:00Z", MALFORMED, UNKNOWN),
        ("end-as-a-day", FROM, "2027-02-28", MALFORMED, UNKNOWN),
        ("end-at-25-hours", FROM, "2027-02-28T25:00:00Z", MALFORMED, UNKNOWN),
        ("end-at-a-zone-that-is-none", FROM, "2027-02-28T12:00:00+25:00", MALFORMED, UNKNOWN),
        ("end-in-arabic-digits", FROM, "\u0662\u0660\u0662\u0667-02-28T12:00:00Z", MALFORMED, UNKNOWN),
        ("end-with-a-space", FROM, "2027-02-28 12:00:00Z", MALFORMED, UNKNOWN),
        ("end-with-a-line-break", FROM, "2027-02-28T12:00:00Z\n", MALFORMED, UNKNOWN),
        ("end-as-a-number", FROM, 1803816000, MALFORMED, UNKNOWN),
        ("end-as-a-list", FROM, [UNTIL], MALFORMED, UNKNOWN),
        ("end-empty", FROM, "", MALFORMED, UNKNOWN),
        ("end-in-words", FROM, "never", MALFORMED, UNKNOWN),
    ):
        yield Case(name, "3.9", dated(validFrom=start, validUntil=end), good, (code,), verdicts=verdicts)
    yield from _names(good)


def _names(good: bytes) -> Iterator[Case]:
    """The names of both data models, alone and together: the one of its own model may not hide behind the other."""
    long_ago = "2026-05-01T00:00:00Z"
    good_older = older(issuanceDate=FROM, expirationDate=UNTIL)
    for name, bad, twin, code in (
        ("ended-in-the-older-words", older(issuanceDate=FROM, expirationDate=long_ago), good_older, EXPIRED),
        ("not-begun-in-the-older-words", older(issuanceDate="2026-05-05T12:00:00Z"), good_older, NOT_YET),
        (
            "ended-in-its-own-words-though-not-in-the-newer",
            older(issuanceDate=FROM, expirationDate=long_ago, validUntil=UNTIL), good_older, EXPIRED,
        ),
        (
            "ended-in-its-own-words-though-not-in-the-older",
            dated(validFrom=FROM, validUntil=long_ago, expirationDate=UNTIL), good, EXPIRED,
        ),
        (
            "not-begun-in-its-own-words-though-begun-in-the-newer",
            older(issuanceDate="2026-05-05T12:00:00Z", validFrom=FROM), good_older, NOT_YET,
        ),
    ):  # fmt: skip
        yield Case(name, "3.9", bad, twin, (code,), verdicts=BAD)
