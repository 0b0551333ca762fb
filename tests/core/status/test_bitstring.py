"""Bitstring Status List with more than one bit a place. (W3C Bitstring Status List 1.0, sections 2.1 and 3.2)"""

from __future__ import annotations

import gzip
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credcore.codec import multibase
from credcore.errors import MalformedError
from credcore.status import bits, bitstring

Json = dict[str, Any]
URL = "https://college.example/status/9"
NOW = datetime(2026, 5, 4, tzinfo=UTC)
MESSAGES = ["pending", "accepted", "rejected", "undefined"]


def _entry(index: int = 0, **more: Any) -> Json:
    messages = [{"status": f"0x{number:X}", "message": text} for number, text in enumerate(MESSAGES)]
    made = bitstring.entry(list_url=URL, index=index, purpose="message") | {"statusSize": 2, "statusMessage": messages}
    return {key: value for key, value in (made | more).items() if value is not None}


def _list(data: bytes, *, purpose: Any = "message") -> Json:
    document = bitstring.build(
        id=URL, issuer="did:example:c", purpose="message", indexes=[], valid_from=NOW, valid_until=NOW, ttl_ms=1
    )
    encoded = multibase.encode(gzip.compress(data, mtime=0), base="u")
    document["credentialSubject"] |= {"encodedList": encoded, "statusPurpose": purpose}
    return document


def test_a_message_is_read() -> None:
    document = _list(bytes([0b00_01_10_11, 0b11_00_00_01]))
    for index, expected in enumerate([0, 1, 2, 3, 3, 0, 0, 1]):
        entry = bitstring.read_entry(_entry(index))
        assert (entry.purpose, entry.size) == ("message", 2)
        found = bitstring.value(entry=entry, document=document)
        assert (found, entry.messages[found]) == (expected, MESSAGES[expected])
        assert bitstring.is_set(entry=entry, document=document) == (expected != 0)


def test_the_purpose_may_be_one_of_several() -> None:
    entry = bitstring.read_entry(_entry(1))
    assert bitstring.value(entry=entry, document=_list(b"\x10", purpose=["revocation", "message"])) == 1
    with pytest.raises(MalformedError, match=r"status\.malformed"):
        bitstring.value(entry=entry, document=_list(b"\x10", purpose=["revocation"]))


def test_a_place_that_is_not_wholly_inside() -> None:
    entry = bitstring.read_entry(_entry(4))
    assert bitstring.value(entry=entry, document=_list(b"\0\x80")) == 2
    with pytest.raises(MalformedError, match=r"status\.index"):
        bitstring.value(entry=entry, document=_list(b"\xff"))
    with pytest.raises(MalformedError, match=r"status\.index"):
        bits.value(b"\xff", index=2, size=3)


def test_one_bit_needs_no_messages() -> None:
    plain = bitstring.read_entry(bitstring.entry(list_url=URL, index=1))
    assert (plain.size, plain.messages) == (1, {})
    two = [{"status": "0x0", "message": "no"}, {"status": "0x1", "message": "yes"}]
    told = bitstring.read_entry(bitstring.entry(list_url=URL, index=1) | {"statusMessage": two})
    assert told.messages == {0: "no", 1: "yes"}


def _messages(*pairs: tuple[Any, Any]) -> list[Json]:
    return [{"status": status, "message": message} for status, message in pairs]


@pytest.mark.parametrize(
    "more",
    [
        {"statusSize": 0}, {"statusSize": -1}, {"statusSize": 9}, {"statusSize": True}, {"statusSize": "2"},
        {"statusSize": 2.0}, {"statusSize": 1}, {"statusSize": 3}, {"statusSize": None}, {"statusMessage": None},
        {"statusMessage": []}, {"statusMessage": MESSAGES}, {"statusMessage": "four"},
        {"statusMessage": _messages(("0x0", "a"), ("0x1", "b"), ("0x2", "c"), ("0x2", "d"))},
        {"statusMessage": _messages(("0x0", "a"), ("0x1", "b"), ("0x2", "c"), ("0x4", "d"))},
        {"statusMessage": _messages(("0x0", "a"), ("0x1", "b"), ("0x2", "c"), ("3", "d"))},
        {"statusMessage": _messages(("0x0", "a"), ("0x1", "b"), ("0x2", "c"), (3, "d"))},
        {"statusMessage": _messages(("0x0", "a"), ("0x1", "b"), ("0x2", "c"), ("0x3", None))},
        {"statusListIndex": "-1"}, {"statusListIndex": "1.0"}, {"statusListIndex": True},
    ],
)  # fmt: skip
def test_badly_built_places_are_refused(more: Json) -> None:
    bitstring.read_entry(_entry())
    with pytest.raises(MalformedError, match=r"status\.entry"):
        bitstring.read_entry(_entry(**more))


@given(st.integers(1, 8), st.binary(min_size=1, max_size=40), st.data())
def test_values_are_the_digits_of_the_list(size: int, data: bytes, draws: st.DataObject) -> None:
    digits = "".join(f"{octet:08b}" for octet in data)
    index = draws.draw(st.integers(0, len(digits) // size - 1))
    assert bits.value(data, index=index, size=size) == int(digits[index * size :][:size], 2)
