"""The canonical spelling of JSON: the reference project's files byte for byte, and what has no such spelling."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from credcore.codec import jcs
from credcore.errors import MalformedError
from tests.vectors import vectors

NAMES = ["arrays", "french", "structures", "unicode", "values", "weird"]
SCALARS = st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.floats(allow_nan=False, allow_infinity=False)
VALUES = st.recursive(SCALARS | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=20)


@pytest.mark.parametrize("name", NAMES)
def test_the_reference_files(name: str) -> None:
    folder = vectors("jcs")
    made = jcs.canonicalize(json.loads((folder / "input" / f"{name}.json").read_bytes()))
    assert made == (folder / "output" / f"{name}.json").read_bytes()
    assert made == bytes.fromhex((folder / "outhex" / f"{name}.txt").read_text())


def test_no_reference_file_is_left_out() -> None:
    assert sorted(path.stem for path in (vectors("jcs") / "input").iterdir()) == NAMES


@given(VALUES)
def test_the_spelling_means_the_same_and_is_the_only_one(value: Any) -> None:
    made = jcs.canonicalize(value)
    again = json.loads(made, parse_int=float)  # JavaScript has no other numbers
    assert again == value
    assert jcs.canonicalize(again) == made


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(st.characters(max_codepoint=127)), inner),
    max_leaves=20,
)


@given(VALUES | PLAIN | st.floats(-1e16, 1e16) | st.floats(-1, 1))
def test_both_writers_spell_alike(value: Any) -> None:
    assert jcs.canonicalize(value) == rfc8785.dumps(value)


def test_every_letter_is_spelled_alike_by_both_writers() -> None:
    letters = [chr(code) for code in range(0x11000) if not 0xD800 <= code < 0xE000]
    assert jcs._plain(letters) == letters
    assert jcs.canonicalize(letters) == rfc8785.dumps(letters)


def test_names_beyond_the_basic_plane_come_in_the_order_of_utf_16() -> None:
    assert jcs.canonicalize({"\ufb33": 1, "\U0001f600": 2}) == '{"\U0001f600":2,"\ufb33":1}'.encode()


def test_a_value_that_holds_itself_has_no_spelling() -> None:
    circle: list[Any] = []
    circle.append(circle)
    with pytest.raises(MalformedError, match=r"json\.not_canonical"):
        jcs.canonicalize(circle)


@given(st.dictionaries(st.text(), st.integers(0, 9), min_size=2))
def test_the_order_of_names_does_not_matter(value: dict[str, int]) -> None:
    assert jcs.canonicalize(dict(reversed(value.items()))) == jcs.canonicalize(value)


@pytest.mark.parametrize(
    ("value", "text"),
    [(1e21, "1e+21"), (1e20, "100000000000000000000"), (1e-7, "1e-7"), (1e-6, "0.000001"), (-0.0, "0"), (5e-324, "5e-324")],
)
def test_numbers_are_written_as_javascript_does(value: float, text: str) -> None:
    assert jcs.canonicalize(value) == text.encode()


@pytest.mark.parametrize(
    "value", [math.nan, math.inf, -math.inf, 2**53, -(2**53), "\ud800", {"\ud800": 1}, {1: 2}, b"bytes", {"a": {1, 2}}]
)
def test_what_has_no_spelling(value: Any) -> None:
    for wrapped in (value, [value], {"inside": value}):
        with pytest.raises(MalformedError, match=r"json\.not_canonical"):
            jcs.canonicalize(wrapped)


def test_depth_ends_in_a_refusal() -> None:
    value: list[Any] = []
    for _ in range(100_000):
        value = [value]
    with pytest.raises(MalformedError, match=r"json\.not_canonical"):
        jcs.canonicalize(value)
