"""Our own file of givers: read strictly, written so that it is read again."""

from __future__ import annotations

import base64
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credcore.codec import strict_json
from credcore.errors import CredcoreError, MalformedError
from credcore.trust import TrustEntry, TrustList, files

Json = dict[str, Any]
ENTRY: Json = {
    "issuer": "did:web:college.example",
    "name": "Prairie Valley College",
    "since": "2026-01-09",
    "aliases": ["PVC"],
    "source": "https://chamber.example/givers",
    "reason": "We have known them for ten years.",
    "certificates": [base64.b64encode(b"DER").decode()],
}
FILE: Json = {"name": "Our list", "source": "Rivertown Metal", "entries": [ENTRY]}


def _bytes(**change: Any) -> bytes:
    return strict_json.dumps(FILE | change)


def _entry(**change: Any) -> bytes:
    return _bytes(entries=[ENTRY | change])


def test_a_file_is_read_whole() -> None:
    moment = datetime(2026, 5, 4, tzinfo=UTC)
    entry = TrustEntry(
        "did:web:college.example",
        "Prairie Valley College",
        date(2026, 1, 9),
        ("PVC",),
        "https://chamber.example/givers",
        "We have known them for ten years.",
        (b"DER",),
    )
    assert files.parse(_bytes(), fetched_at=moment) == TrustList("Our list", (entry,), "Rivertown Metal", moment)
    assert strict_json.loads(files.dumps(files.parse(_bytes()))) == FILE


def test_a_short_file_is_enough() -> None:
    data = b'{"name":"N","entries":[{"issuer":"did:web:a.example","name":"A"}],"more":1}'
    assert files.parse(data) == TrustList("N", (TrustEntry("did:web:a.example", "A"),))


@pytest.mark.parametrize(
    "data",
    [
        b"[]",
        _bytes(entries={}),
        _bytes(name=""),
        _bytes(name=None),
        _bytes(source=1),
        _bytes(entries=["did:web:college.example"]),
        _bytes(entries=[{}] * 20_001),
        _entry(issuer=""),
        _entry(issuer=["did:web:college.example"]),
        _entry(name=None),
        _entry(since="9 January"),
        _entry(since=2026),
        _entry(aliases="PVC"),
        _entry(aliases=[1]),
        _entry(aliases=["PVC"] * 51),
        _entry(source=[]),
        _entry(reason=None),
        _entry(certificates="REVS"),
        _entry(certificates=["not base64"]),
        _entry(certificates=["é"]),
        _entry(certificates=[""]),
        _entry(certificates=["REVS"] * 11),
        _entry(certificates=[base64.b64encode(bytes(16_385)).decode()]),
    ],
)
def test_what_is_not_as_agreed_is_refused(data: bytes) -> None:
    with pytest.raises(MalformedError, match=r"^trust\.malformed"):
        files.parse(data)


def test_the_same_name_twice_is_refused() -> None:
    with pytest.raises(MalformedError, match=r"^json\.duplicate_key"):
        files.parse(b'{"name":"N","name":"M","entries":[]}')


TEXTS = st.text(min_size=1, max_size=20)
ENTRIES = st.builds(
    TrustEntry,
    issuer=TEXTS,
    name=TEXTS,
    since=st.none() | st.dates(),
    aliases=st.lists(st.text(max_size=9), max_size=3).map(tuple),
    source=st.text(max_size=9),
    reason=st.text(max_size=9),
    certificates=st.lists(st.binary(min_size=1, max_size=40), max_size=2).map(tuple),
)
LISTS = st.builds(TrustList, name=TEXTS, source=st.text(max_size=9), entries=st.lists(ENTRIES, max_size=4).map(tuple))


@given(LISTS)
def test_what_is_written_is_read_again(one: TrustList) -> None:
    assert files.parse(files.dumps(one)) == one


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(sorted(ENTRY)), inner, max_size=4),
    max_leaves=8,
)


@given(
    st.binary(max_size=80)
    | st.dictionaries(st.sampled_from(sorted(FILE)), JSON | st.lists(JSON), max_size=3).map(strict_json.dumps)
)
def test_only_our_errors_leave_the_parser(data: bytes) -> None:
    _allow_our_errors(lambda: files.parse(data))


def _allow_our_errors(call: Callable[[], Any]) -> None:
    try:
        call()
    except CredcoreError as error:
        assert error.code.partition(".")[0] in ("trust", "json")
