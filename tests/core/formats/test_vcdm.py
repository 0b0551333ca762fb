"""Dates as both data models write them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credcore.errors import MalformedError
from credcore.formats import vcdm

EARLY, LATE = "2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z"


def test_zones_lead_to_utc() -> None:
    noon = datetime(2026, 1, 1, 12, tzinfo=UTC)
    for written in ("2026-01-01T12:00:00Z", "2026-01-01T12:00:00", "2026-01-01T13:30:00+01:30", "2026-01-01T01:00:00-11:00"):
        assert vcdm.instant(written) == noon
    assert vcdm.instant("2025-12-31T24:00:00Z") == noon - timedelta(hours=12)


@pytest.mark.parametrize("zone", ["+24:00", "+25:00", "-99:99", "+1:00", "z", "+00"])
def test_a_zone_that_is_none_is_malformed(zone: str) -> None:
    with pytest.raises(MalformedError, match=r"dates\.malformed"):
        vcdm.instant(f"2026-01-01T12:00:00{zone}")


@given(text=st.from_regex(r"\A\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)?\Z"))
def test_whatever_looks_like_a_date_is_one_or_malformed(text: str) -> None:
    try:
        moment = vcdm.instant(text)
    except MalformedError:
        return
    assert moment is not None and moment.tzinfo is UTC


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ({"validFrom": EARLY, "issuanceDate": LATE}, (LATE, None)),
        ({"validFrom": LATE, "issuanceDate": EARLY}, (LATE, None)),
        ({"validUntil": EARLY, "expirationDate": LATE}, (None, EARLY)),
        ({"validUntil": LATE, "expirationDate": EARLY}, (None, EARLY)),
        ({"validFrom": EARLY, "expirationDate": LATE}, (EARLY, LATE)),
        ({"issuanceDate": EARLY, "validUntil": LATE}, (EARLY, LATE)),
        ({}, (None, None)),
    ],
)
def test_of_two_names_for_one_date_the_narrower_counts(names: dict[str, str], expected: tuple[str | None, ...]) -> None:
    assert vcdm.validity(names) == tuple(map(vcdm.instant, expected))


@given(year=st.integers(2, 9998), hours=st.integers(-14, 14))
def test_a_written_moment_is_read_as_it_was(year: int, hours: int) -> None:
    """Also one before the year 1000, which has four digits, too."""
    moment = datetime(year, 5, 4, 12, 30, 1, tzinfo=timezone(timedelta(hours=hours)))
    assert vcdm.instant(vcdm.iso(moment)) == moment
