"""Each byte string has exactly one text that is read."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from credcore.codec import multibase
from credcore.errors import MalformedError


@given(data=st.binary(max_size=80))
@example(data=b"")
@example(data=b"\0\0\1")
@pytest.mark.parametrize("base", ["z", "u"])
def test_round_trip(base: str, data: bytes) -> None:
    text = multibase.encode(data, base=base)
    assert text[0] == base
    assert multibase.decode(text) == data


@given(text=st.text(alphabet="zu123ABCabc-_=+/0OIl\n é", max_size=12))
def test_a_text_that_is_read_is_the_only_one(text: str) -> None:
    try:
        data = multibase.decode(text)
    except MalformedError as error:
        assert error.code == "multibase.bad"
    else:
        assert multibase.encode(data, base=text[0]) == text


@pytest.mark.parametrize(
    ("text", "data"),
    [("z2NEpo7TZRRrLZSi2U", b"Hello World!"), ("z11233QC4", b"\0\0\x28\x7f\xb4\xcd"), ("uSGVsbG8", b"Hello"), ("z", b"")],
)
def test_known_texts(text: str, data: bytes) -> None:
    assert multibase.decode(text) == data
    assert multibase.encode(data, base=text[0]) == text


REFUSED = ["", "mSGVsbG8", "z0", "zO", "z l", "uSGVsbG9", "uSGVsbG8=", "uSGVs bG8", "uA", "u+/", "z" + "2" * 9000]


@pytest.mark.parametrize("text", REFUSED, ids=lambda text: text[:12])
def test_other_texts_are_refused(text: str) -> None:
    with pytest.raises(MalformedError) as caught:
        multibase.decode(text)
    assert caught.value.code == "multibase.bad"


def test_another_base_is_not_written() -> None:
    with pytest.raises(MalformedError):
        multibase.encode(b"a", base="m")
