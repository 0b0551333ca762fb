"""JSON has one meaning, or none."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from credcore.codec import strict_json
from credcore.errors import CredcoreError, MalformedError
from tests.patience import BUSY

REFUSED = [
    (b'{"a":1,"a":2}', "json.duplicate_key"),
    (b'{"x":[{"a":1,"\\u0061":2}]}', "json.duplicate_key"),
    (b"NaN", "json.bad_number"),
    (b"[Infinity]", "json.bad_number"),
    (b"[-Infinity]", "json.bad_number"),
    (b"9007199254740992", "json.bad_number"),
    (b"-9007199254740992", "json.bad_number"),
    (b"1" * 5000, "json.bad_number"),
    (b"1e400", "json.bad_number"),
    (b'"\\ud800"', "json.bad_text"),
    (b'{"\\udc00":1}', "json.bad_text"),
    (b'["\\ud800\\u0041"]', "json.bad_text"),
    (b"\xef\xbb\xbf{}", "json.not_json"),
    ('{"a":1}'.encode("utf-16"), "json.not_json"),
    (b'"\xff"', "json.not_json"),
    (b'"\xed\xa0\x80"', "json.not_json"),
    (b"", "json.not_json"),
    (b"{", "json.not_json"),
    (b"01", "json.not_json"),
    (b"{'a':1}", "json.not_json"),
    (b"[1,]", "json.not_json"),
    (b"{} {}", "json.not_json"),
    (b'"\n"', "json.not_json"),
    (b"[" * 33 + b"]" * 33, "json.too_deep"),
    (b'{"a":' * 33 + b"1" + b"}" * 33, "json.too_deep"),
    (b"[" * 400_000, "json.too_deep"),
    (b" " * 524_289, "json.too_large"),
]


@pytest.mark.parametrize(("data", "code"), REFUSED, ids=lambda value: str(value)[:40])
def test_what_has_two_meanings_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(MalformedError) as caught:
        strict_json.loads(data)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("data", "value"),
    [
        (b"[" * 32 + b"]" * 32, None),
        (b'"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[["', "[" * 40),
        (b'["\\"[", "{\\\\"]', ['"[', "{\\"]),
        (b"9007199254740991", 2**53 - 1),
        (b'"\\ud83d\\ude00"', "😀"),
        (b" null ", None),
        (b"1.5e3", 1500.0),
    ],
)
def test_what_has_one_meaning_is_read(data: bytes, value: Any) -> None:
    found = strict_json.loads(data)
    assert found == value if value is not None else found == json.loads(data)


@pytest.mark.parametrize(
    "data",
    [
        b'"' + b'\\"' * 260_000,  # never closed
        b'{"a":0,' + b",".join(b'"%d":0' % n for n in range(45_000)) + b',"a":0}',
        b'"\\' * 170_000,
    ],
    ids=["open string", "many keys", "quotes"],
)
def test_hostile_bytes_cost_no_more_than_others(data: bytes) -> None:
    before = time.perf_counter()
    with pytest.raises(MalformedError):
        strict_json.loads(data)
    assert time.perf_counter() - before < 2 * BUSY


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)  # fmt: skip


@given(value=json_values)
@settings(max_examples=200, deadline=None)
def test_what_is_written_is_read_back(value: Any) -> None:
    assert strict_json.loads(strict_json.dumps(value)) == value


@given(data=st.binary(max_size=60) | st.text(alphabet='[]{}",:\\ud8019eE.-', max_size=40).map(str.encode))
@settings(max_examples=400, deadline=None)
def test_any_bytes_are_read_as_json_is_or_refused(data: bytes) -> None:
    try:
        value = strict_json.loads(data)
    except CredcoreError as error:
        assert error.code.startswith("json.")
    else:
        assert value == json.loads(data)


def _loop() -> list[Any]:
    value: list[Any] = []
    value.append(value)
    return value


def _deep() -> list[Any]:
    value: list[Any] = []
    for _ in range(100_000):
        value = [value]
    return value


@pytest.mark.parametrize(
    ("value", "code"),
    [(float("nan"), "json.bad_number"), ("\ud800", "json.bad_text"), (object(), "json.not_json")],
)
def test_only_json_is_written(value: Any, code: str) -> None:
    with pytest.raises(MalformedError) as caught:
        strict_json.dumps(value)
    assert caught.value.code == code


@pytest.mark.parametrize("make", [_loop, _deep])
def test_no_endless_writing(make: Any) -> None:
    with pytest.raises(MalformedError):
        strict_json.dumps(make())


_SCALARS = st.sampled_from(
    ["null", "true", "-0", "0", "1", "1.0", "1.50", "-1e2", "1E400", "NaN", "9007199254740993", "0.1234567890123456789",
     '""', '"a:b"', '"[{"', '"\\"{"', '"\\\\"', '"\\u0041"', '"\\ud800"', '"é"', '"\\n"', '"\n"'],
)  # fmt: skip
_NAMES = st.sampled_from(['"a"', '"b"', '"\\u0061"', '"a:"'])


def _containers(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    lists = st.lists(inner, max_size=3).map(lambda parts: "[" + ",".join(parts) + "]")
    members = st.tuples(_NAMES, inner).map(" : ".join)
    return lists | st.lists(members, max_size=3).map(lambda parts: "{ " + " , ".join(parts) + "}")


_TEXTS = st.recursive(_SCALARS, _containers, max_leaves=8)


@given(text=_TEXTS, tail=st.sampled_from(["", " ", "]", '"', "\\", "\ufeff"]))
def test_the_quick_reader_says_what_the_slow_one_says(text: str, tail: str) -> None:
    data = (text + tail).encode("utf-8", "surrogatepass")

    def outcome(read: Any) -> object:
        try:
            return repr(read(data))
        except MalformedError as error:
            return error.code

    assert outcome(strict_json.loads) == outcome(strict_json._slowly)
