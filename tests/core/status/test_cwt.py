"""CBOR and CBOR Web Tokens: what is well built, and one fault each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import cbor2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from credcore.codec import cbor, cwt
from credcore.errors import CredcoreError, MalformedError, SignatureMismatch, UnavailableError
from credcore.keys import ecdsa
from credcore.keys.ed25519 import LocalSigner
from credcore.keys.public import ED25519, P256, P384, PublicKey
from credcore.ports import Signer
from credcore.proofs import jose as jose_proofs

HEADER = {1: -7, 16: "application/statuslist+cwt"}
CLAIMS = {2: "https://example.com/1", 6: 1_700_000_000, 65533: {"bits": 1, "lst": b"\1\2"}}
ES256 = ecdsa.LocalSigner(P256, 5)


def _token(
    *, header: Any = HEADER, unprotected: Any = None, claims: Any = CLAIMS, signer: Signer = ES256, tag: bytes = b"\xd2"
) -> bytes:
    protected, payload = cbor.dumps(header), cbor.dumps(claims)
    signature = signer.sign(cbor.dumps(["Signature1", protected, b"", payload]))
    return tag + cbor.dumps([protected, {} if unprotected is None else unprotected, payload, signature])


def test_a_well_built_token() -> None:
    token = cwt.parse(_token(unprotected={4: b"key 1"}))
    assert token.jws.header == {"alg": "ES256", "typ": "application/statuslist+cwt"}
    assert token.claims == {"sub": "https://example.com/1", "iat": 1_700_000_000, "status_list": {"bits": 1, "lst": "AQI"}}
    assert token.key_id == b"key 1"
    jose_proofs.verify(jws=token.jws, key=ES256.key)
    with pytest.raises(SignatureMismatch):
        jose_proofs.verify(jws=token.jws, key=ecdsa.LocalSigner(P256, 6).key)


def test_every_algorithm_that_we_read() -> None:
    ed, es384 = LocalSigner(b"\7" * 32), ecdsa.LocalSigner(P384, 5)
    signers: dict[int, tuple[Signer, PublicKey]] = {
        -7: (ES256, ES256.key), -9: (ES256, ES256.key), -35: (es384, es384.key), -51: (es384, es384.key),
        -8: (ed, PublicKey(ED25519, ed.public)), -19: (ed, PublicKey(ED25519, ed.public)),
    }  # fmt: skip
    for number, (signer, key) in signers.items():
        jose_proofs.verify(jws=cwt.parse(_token(header={1: number}, signer=signer)).jws, key=key)


def test_the_tag_of_cwt_may_stand_before() -> None:
    assert cwt.parse(_token(tag=b"\xd8\x3d\xd2")).claims == cwt.parse(_token()).claims


def test_claims_without_a_json_name_are_left_out() -> None:
    assert cwt.parse(_token(claims={**CLAIMS, 8: {1: 2}, "note": [b"\1", None]})).claims["note"] == ["AQ", None]


FAULTS: dict[str, Callable[[], bytes]] = {
    "empty": lambda: b"",
    "no tag": lambda: _token(tag=b""),
    "COSE_Mac0": lambda: _token(tag=b"\xd1"),
    "tag of CWT alone": lambda: _token(tag=b"\xd8\x3d"),
    "tag in two bytes": lambda: _token(tag=b"\xd8\x12"),
    "bytes after the end": lambda: _token() + b"\0",
    "cut off": lambda: _token()[:-1],
    "three parts": lambda: b"\xd2" + cbor.dumps([b"", {}, b""]),
    "detached payload": lambda: b"\xd2" + cbor.dumps([cbor.dumps(HEADER), {}, None, b""]),
    "protected header not a byte string": lambda: b"\xd2" + cbor.dumps([HEADER, {}, cbor.dumps(CLAIMS), b""]),
    "protected header not a map": lambda: _token(header=[1]),
    "unprotected header not a map": lambda: _token(unprotected=[]),
    "alg unprotected": lambda: _token(header={16: "x"}, unprotected={1: -7}),
    "one label in both": lambda: _token(header={**HEADER, 4: b"a"}, unprotected={4: b"b"}),
    "typ unprotected": lambda: _token(header={1: -7}, unprotected={16: "application/statuslist+cwt"}),
    "crit": lambda: _token(header={**HEADER, 2: [16]}),
    "crit unprotected": lambda: _token(unprotected={2: [16]}),
    "typ a number": lambda: _token(header={1: -7, 16: 60}),
    "kid a text": lambda: _token(unprotected={4: "12"}),
    "payload not a map": lambda: _token(claims=[1]),
    "a claim by name and number": lambda: _token(claims={**CLAIMS, "sub": "https://example.com/2"}),
    "a claim by name": lambda: _token(claims={"sub": "https://example.com/2"}),
    "numbers inside a claim": lambda: _token(claims={**CLAIMS, 65533: {1: 2}}),
    "a claim twice": lambda: b"\xd2" + cbor.dumps([cbor.dumps(HEADER), {}, b"\xa2\x02\x61a\x02\x61b", b""]),
    "a date as a float": lambda: _token(claims={**CLAIMS, 6: 1.5}),
}


@pytest.mark.parametrize("name", FAULTS)
def test_faults_are_refused(name: str) -> None:
    with pytest.raises(MalformedError) as caught:
        cwt.parse(FAULTS[name]())
    assert caught.value.code in ("cwt.malformed", "cbor.malformed")


@pytest.mark.parametrize("algorithm", [-257, 5, "ES256", None, [1]])
def test_other_algorithms_are_not_read(algorithm: Any) -> None:
    with pytest.raises(UnavailableError) as caught:
        cwt.parse(_token(header={1: algorithm}))
    assert (caught.value.code, caught.value.permanent) == ("proof.unsupported", True)


@pytest.mark.parametrize(
    "spelling",
    [
        "1801", "190001", "5801ff", "9fff", "bfff", "5fff", "a201010102", "a1f501", "a14100" + "01", "f93c00",
        "fb3ff0000000000000", "c06161", "c11a00000000", "c24101", "d81c81d81d00", "d9010081" + "01", "f7", "e0", "61ff",
        "0000", "", "81" * 33 + "00", "9bffffffffffffffff", "5bffffffffffffffff",
    ],
)  # fmt: skip
def test_other_spellings_are_refused(spelling: str) -> None:
    with pytest.raises(MalformedError, match=r"cbor\.malformed"):
        cbor.loads(bytes.fromhex(spelling), max_bytes=1_000)


def test_parts_used_more_than_once_cost_nothing() -> None:
    """Each level holds the level below twice by reference: thirty of them would be a billion values."""
    data = b"\xd8\x1c\x81\x00"
    for level in range(30):
        data = b"\xd8\x1c\x82" + data + b"\xd8\x1d" + cbor.dumps(30 - level)
    outer = cbor2.loads(data)
    assert outer[0] is outer[1]
    with pytest.raises(MalformedError, match=r"cbor\.malformed"):
        cbor.loads(data, max_bytes=10_000)


def test_size_is_bounded() -> None:
    assert cbor.loads(b"\x42ab", max_bytes=3) == b"ab"
    with pytest.raises(MalformedError, match=r"cbor\.malformed"):
        cbor.loads(b"\x42ab", max_bytes=2)


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**64), 2**64 - 1) | st.binary(max_size=9) | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.integers(-99, 99) | st.text(max_size=4), inner, max_size=4),
    max_leaves=20,
)


@settings(max_examples=100, deadline=None)
@given(PLAIN)
def test_plain_values_come_back(value: Any) -> None:
    assert cbor.loads(cbor.dumps(value), max_bytes=10_000) == value


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=60))
def test_arbitrary_bytes_give_only_our_errors(data: bytes) -> None:
    for read in (lambda: cbor.loads(data, max_bytes=100), lambda: cwt.parse(b"\xd2\x84" + data)):
        try:
            read()
        except CredcoreError as error:
            assert error.code in ("cbor.malformed", "cwt.malformed", "proof.unsupported")
