"""Token Status List against every published example, index by index, and against what must not pass."""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from credcore.codec import cbor, cwt, jose, multibase
from credcore.errors import MalformedError, SignatureMismatch
from credcore.keys import ecdsa, jwk
from credcore.keys.public import P256
from credcore.proofs import jose as jose_proofs
from credcore.status import token_status_list as lists
from tests.vectors import vectors

Json = dict[str, Any]
URL = "https://example.com/statuslists/1"
MADE, ENDS = datetime(2023, 6, 16, 12, 56, 10, tzinfo=UTC), datetime(2042, 8, 15, 12, 56, 10, tzinfo=UTC)

# The draft's own example key (its examples folder), the public half.
EXAMPLE_KEY = jwk.decode({
    "kty": "EC",
    "crv": "P-256",
    "x": "I3HWm_0Ds1dPMI-IWmf4mBmH-YaeAVbPVu7vB27CxXo",
    "y": "6N_d5Elj9bs1htgV3okJKIdbHEpkgTmAluYKJemzn1M",
})  # fmt: skip

# What the draft's appendix says of its long lists of 2**20 entries; everything else is 0.
LONG: dict[str, dict[int, int]] = {
    "1_long": dict.fromkeys((0, 1993, 25460, 159495, 495669, 554353, 645645, 723232, 854545, 934534, 1000345), 1),
    "2_long": {
        0: 1, 1993: 2, 25460: 1, 159495: 3, 495669: 1, 554353: 1, 645645: 2, 723232: 1, 854545: 1, 934534: 2, 1000345: 3,
    },
    "4": {
        0: 1, 1993: 2, 35460: 3, 459495: 4, 595669: 5, 754353: 6, 845645: 7, 923232: 8, 924445: 9, 934534: 10,
        1004534: 11, 1000345: 12, 1030203: 13, 1030204: 14, 1030205: 15,
    },
}  # fmt: skip
FILES = {
    "referenced_token_cwt", "referenced_token_cwt_diag", "status_list_cwt", "status_list_cwt_diag", "status_list_jwt",
    "status_list_jwt_raw", "status_list_encoding_json", "status_list_encoding_cbor", "status_list_encoding_cbor_diag",
    "status_list_encoding2_json", "status_list_encoding2_cbor", "status_list_encoding2_cbor_diag",
    *(f"status_list_encoding{name}_{form}" for name in ("1_long", "2_long", "4", "8") for form in ("json", "cbor")),
}  # fmt: skip


def _text(name: str) -> str:
    return (vectors("token-status-list") / f"{name}.md").read_text(encoding="utf-8")


def _json(name: str) -> Json:
    """The JSON in an example; its long texts are folded over several lines."""
    folded = re.sub(r"\n\s*", "", _text(name))
    found: Json = json.loads(folded[folded.index("{") :])
    return found


def _hex(name: str) -> bytes:
    return bytes.fromhex("".join(_text(name).rpartition("encoded:")[2].split()))


def _diag(name: str) -> bytes:
    """The bytes of a commented dump."""
    return bytes.fromhex("".join("".join(line.partition("#")[0].split()) for line in _text(name).splitlines()))


def _from_cbor(name: str) -> Json:
    """A status list in CBOR under its JSON form, as `codec.cwt` hands it down."""
    read = cbor.loads(_hex(name), max_bytes=2**20)
    return {**read, "lst": multibase.encode(read["lst"], base="u")[1:]}


def test_every_published_file_is_read() -> None:
    assert {path.stem for path in vectors("token-status-list").iterdir()} == FILES


@pytest.mark.parametrize(
    ("name", "size", "expected"),
    [
        ("status_list_encoding", 1, [1, 0, 0, 1, 1, 1, 0, 1, 1, 1, 0, 0, 0, 1, 0, 1]),
        ("status_list_encoding2", 2, [1, 2, 0, 3, 0, 1, 0, 1, 1, 2, 3, 3]),
    ],
)
def test_short_lists(name: str, size: int, expected: list[int]) -> None:
    told = re.search(r"byte_array = \[(.*)\]", _text(f"{name}_json"))
    assert told is not None
    raw = bytes(int(text, 16) for text in told[1].split(","))
    for read in (_json(f"{name}_json"), _from_cbor(f"{name}_cbor")):
        assert lists.read_list(read) == (size, raw)
        assert [lists.value(raw, index=index, size=size) for index in range(len(expected))] == expected
        assert read["lst"] == lists.pack(values=dict(enumerate(expected)), size=size, length=len(expected))
    assert _diag(f"{name}_cbor_diag") == _hex(f"{name}_cbor")


@pytest.mark.parametrize("name", LONG)
def test_long_lists(name: str) -> None:
    expected = LONG[name]
    for read in (_json(f"status_list_encoding{name}_json"), _from_cbor(f"status_list_encoding{name}_cbor")):
        size, raw = lists.read_list(read)
        assert (size, len(raw) * 8 // size) == (int(name[0]), 2**20)
        assert {index: lists.value(raw, index=index, size=size) for index in expected} == expected
        assert read["lst"] == lists.pack(values=expected, size=size, length=2**20)  # so all others are 0


def test_the_list_with_every_value_once() -> None:
    for read in (_json("status_list_encoding8_json"), _from_cbor("status_list_encoding8_cbor")):
        size, raw = lists.read_list(read)
        found = {index: number for index, number in enumerate(raw) if number}
        assert (size, len(raw), sorted(found.values())) == (8, 2**20, list(range(1, 256)))
        first = {233478: 0, 52451: 1, 576778: 2, 513575: 3, 468106: 4, 292632: 5, 214947: 6, 182323: 7, 884834: 8, 66653: 9}
        assert {index: lists.value(raw, index=index, size=8) for index in first} == first
        assert read["lst"] == lists.pack(values=found, size=8, length=2**20)


def test_the_published_jwt() -> None:
    token = "".join(_text("status_list_jwt_raw").split()).encode()
    jws = jose.parse(token)
    jose_proofs.verify(jws=jws, key=EXAMPLE_KEY)
    header, claims = (json.loads(part) for part in _text("status_list_jwt").split("\n.\n"))
    assert jws.header == header
    assert lists.is_list_type(jws.header["typ"])
    assert jose.claims(jws) == claims | {"iss": "https://example.com"}  # the readable copy of it has lost the giver
    _holds_the_short_list(jose.claims(jws))


def test_the_published_cwt() -> None:
    data = _hex("status_list_cwt")
    assert _diag("status_list_cwt_diag") == data
    token = cwt.parse(data)
    jose_proofs.verify(jws=token.jws, key=EXAMPLE_KEY)
    assert token.jws.header == {"alg": "ES256", "typ": "application/statuslist+cwt"}
    assert token.key_id == b"12"
    assert lists.is_list_type(token.jws.header["typ"])
    _holds_the_short_list(token.claims)


def _holds_the_short_list(claims: Json) -> None:
    found = [lists.status_of(entry=lists.Entry(URL, index), claims=claims) for index in range(16)]
    assert found == [1, 0, 0, 1, 1, 1, 0, 1, 1, 1, 0, 0, 0, 1, 0, 1]
    with pytest.raises(MalformedError, match=r"status\.index"):
        lists.status_of(entry=lists.Entry(URL, 16), claims=claims)
    assert lists.ttl_seconds(claims) == 43_200
    assert lists.dates(claims) == (MADE, ENDS)


def test_the_published_proof_names_its_place() -> None:
    data = _hex("referenced_token_cwt")
    assert _diag("referenced_token_cwt_diag") == data
    token = cwt.parse(data)
    jose_proofs.verify(jws=token.jws, key=EXAMPLE_KEY)
    assert (token.claims["iss"], token.claims["sub"]) == ("https://example.com", "12345")
    assert not lists.is_list_type(token.jws.header.get("typ"))
    assert lists.read_entry(token.claims["status"]) == lists.Entry(URL, 0)


def test_an_altered_cwt_does_not_fit() -> None:
    data = bytearray(_hex("status_list_cwt"))
    place = bytes(data).index(b"statuslists/1")
    data[place + 12] = ord("2")
    token = cwt.parse(bytes(data))
    assert token.claims["sub"] == "https://example.com/statuslists/2"
    with pytest.raises(SignatureMismatch):
        jose_proofs.verify(jws=token.jws, key=EXAMPLE_KEY)


def _claims(**more: Any) -> Json:
    return lists.build(list_url=URL, values={3: 2}, size=2, length=100, issued_at=MADE, expires_at=ENDS, ttl_s=60) | more


def test_a_list_of_our_own() -> None:
    signer = ecdsa.LocalSigner(P256, 5)
    token = jose_proofs.sign(payload=json.dumps(_claims()).encode(), signer=signer, header={"typ": lists.JWT_TYPE})
    jws = jose.parse(token)
    jose_proofs.verify(jws=jws, key=signer.key)
    assert lists.is_list_type(jws.header["typ"])
    claims = jose.claims(jws)
    assert lists.status_of(entry=lists.read_entry(lists.entry(list_url=URL, index=3)), claims=claims) == lists.SUSPENDED
    assert lists.status_of(entry=lists.Entry(URL, 4), claims=claims) == lists.VALID
    assert (lists.ttl_seconds(claims), lists.dates(claims)) == (60, (MADE, ENDS))
    assert lists.NAMES == {0: "valid", 1: "invalid", 2: "suspended"}


@settings(max_examples=50, deadline=None)
@given(st.sampled_from(lists.SIZES), st.integers(1, 300), st.data())
def test_what_is_packed_is_read(size: int, length: int, data: st.DataObject) -> None:
    values = data.draw(st.dictionaries(st.integers(0, length - 1), st.integers(0, 2**size - 1)))
    read_size, raw = lists.read_list({"bits": size, "lst": lists.pack(values=values, size=size, length=length)})
    assert read_size == size
    assert [lists.value(raw, index=index, size=size) for index in range(length)] == [values.get(n, 0) for n in range(length)]


def _lst(data: bytes) -> str:
    return multibase.encode(data, base="u")[1:]


BAD_LISTS: dict[str, Callable[[], Any]] = {
    "no list": lambda: None,
    "a text": lambda: "eNrbuRgAAhcBXQ",
    "3 bits": lambda: {"bits": 3, "lst": "eNrbuRgAAhcBXQ"},
    "16 bits": lambda: {"bits": 16, "lst": "eNrbuRgAAhcBXQ"},
    "true bits": lambda: {"bits": True, "lst": "eNrbuRgAAhcBXQ"},
    "bits as a text": lambda: {"bits": "1", "lst": "eNrbuRgAAhcBXQ"},
    "no lst": lambda: {"bits": 1},
    "lst in base64 with padding": lambda: {"bits": 1, "lst": "eNrbuRgAAhcBXQ=="},
    "lst not compressed": lambda: {"bits": 1, "lst": _lst(b"\xb9\xa3")},
    "gzip instead of zlib": lambda: {"bits": 1, "lst": _lst(zlib.compress(b"\xb9\xa3", wbits=31))},
    "cut off": lambda: {"bits": 1, "lst": _lst(zlib.compress(b"\xb9\xa3")[:-1])},
    "followed by something": lambda: {"bits": 1, "lst": _lst(zlib.compress(b"\xb9\xa3") + b"\0")},
    "a bomb": lambda: {"bits": 1, "lst": _lst(zlib.compress(bytes(2 * 1024 * 1024 + 1)))},
}


@pytest.mark.parametrize("name", BAD_LISTS)
def test_badly_built_lists_are_refused(name: str) -> None:
    assert lists.status_of(entry=lists.Entry(URL, 0), claims=_claims(status_list={"bits": 1, "lst": "eNrbuRgAAhcBXQ"})) == 1
    with pytest.raises(MalformedError):
        lists.status_of(entry=lists.Entry(URL, 0), claims=_claims(status_list=BAD_LISTS[name]()))


def test_the_largest_list_is_read() -> None:
    size, raw = lists.read_list({"bits": 8, "lst": _lst(zlib.compress(bytes(2 * 1024 * 1024)))})
    assert (size, len(raw)) == (8, 2 * 1024 * 1024)


@pytest.mark.parametrize("sub", [None, "https://example.com/statuslists/2", URL + "/", 7])
def test_another_list_is_refused(sub: Any) -> None:
    with pytest.raises(MalformedError, match=r"status\.other_list"):
        lists.status_of(entry=lists.Entry(URL, 0), claims=_claims(sub=sub))


@pytest.mark.parametrize("index", [100, 2**40, -1])
def test_a_place_outside_is_refused(index: int) -> None:
    with pytest.raises(MalformedError, match=r"status\.index"):
        lists.status_of(entry=lists.Entry(URL, index), claims=_claims())


@pytest.mark.parametrize(
    "place",
    [
        None, [], {"idx": 0}, {"uri": URL}, {"idx": -1, "uri": URL}, {"idx": True, "uri": URL}, {"idx": 1.0, "uri": URL},
        {"idx": "1", "uri": URL}, {"idx": 1, "uri": ""}, {"idx": 1, "uri": 7}, {"idx": 1, "uri": "x" * 2_049},
    ],
)  # fmt: skip
def test_badly_built_places_are_refused(place: Any) -> None:
    assert lists.read_entry({"status_list": {"idx": 1, "uri": URL}}) == lists.Entry(URL, 1)
    with pytest.raises(MalformedError, match=r"status\.entry"):
        lists.read_entry({"status_list": place})


@pytest.mark.parametrize(
    "more", [{"iat": None}, {"iat": "2026"}, {"iat": True}, {"iat": -1}, {"iat": 10**12}, {"exp": "never"}, {"exp": 10**12}]
)
def test_dates_that_are_none_are_refused(more: Json) -> None:
    with pytest.raises(MalformedError, match=r"status\.malformed"):
        lists.dates(_claims(**more))


def test_a_list_without_end_or_ttl() -> None:
    claims = {key: value for key, value in _claims().items() if key not in ("exp", "ttl")}
    assert (lists.dates(claims), lists.ttl_seconds(claims)) == ((MADE, None), None)
    assert lists.ttl_seconds(_claims(ttl=-1)) is None


def test_only_lists_are_lists() -> None:
    assert all(map(lists.is_list_type, ("statuslist+jwt", "application/statuslist+jwt", "StatusList+JWT", lists.CWT_TYPE)))
    assert not any(map(lists.is_list_type, ("dc+sd-jwt", "JWT", None, 7, "", "x/statuslist+jwt")))


@pytest.mark.parametrize(
    ("code", "values", "size"),
    [
        ("status.index", {8: 1}, 1), ("status.index", {-1: 1}, 1), ("status.malformed", {0: 2}, 1),
        ("status.malformed", {0: -1}, 1), ("status.malformed", {}, 3),
    ],
)  # fmt: skip
def test_values_that_do_not_fit_are_not_packed(code: str, values: dict[int, int], size: int) -> None:
    assert lists.pack(values={7: 1}, size=1, length=8)
    with pytest.raises(MalformedError) as caught:
        lists.pack(values=values, size=size, length=8)
    assert caught.value.code == code
