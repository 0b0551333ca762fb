"""A token is read in one spelling, with one kind of key, or refused for the right reason."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import hmac
import json
from collections.abc import Callable
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import example, given
from hypothesis import strategies as st

from credcore.codec import jose, strict_json
from credcore.errors import CredcoreError, MalformedError, SignatureMismatch, UnavailableError
from credcore.keys import ecdsa, ed25519, jwk, multikey
from credcore.keys.public import ED25519, P256, P384, PublicKey
from credcore.proofs import jose as proof

GIVER = ed25519.LocalSigner(b"\x01" * 32)
ATTACKER = ed25519.LocalSigner(b"\x02" * 32)
KEYS = {
    GIVER: PublicKey(ED25519, GIVER.public),
    (P256_SIGNER := ecdsa.LocalSigner(P256, 11)): P256_SIGNER.key,
    (P384_SIGNER := ecdsa.LocalSigner(P384, 12)): P384_SIGNER.key,
}
NAMES = {GIVER: "EdDSA", P256_SIGNER: "ES256", P384_SIGNER: "ES384"}
KEY = KEYS[GIVER]
PAYLOAD = b'{"iss":"did:example:college"}'


def b64(data: bytes) -> bytes:
    return base64.urlsafe_b64encode(data).rstrip(b"=")


def token(header: bytes | dict[str, Any], *, payload: bytes = PAYLOAD, sign: Callable[[bytes], bytes] = GIVER.sign) -> bytes:
    """Signed by the giver, whatever the header says."""
    raw = header if isinstance(header, bytes) else json.dumps(header).encode()
    message = b64(raw) + b"." + b64(payload)
    return message + b"." + b64(sign(message))


def refused(data: bytes, code: str) -> None:
    with pytest.raises(MalformedError) as caught:
        jose.parse(data)
    assert caught.value.code == code


def test_the_twin_of_all_bad_ones_is_read_and_fits() -> None:
    read = jose.parse(token({"alg": "EdDSA", "typ": "JWT"}))
    assert (read.header, read.payload) == ({"alg": "EdDSA", "typ": "JWT"}, PAYLOAD)
    assert jose.claims(read) == {"iss": "did:example:college"}
    proof.verify(jws=read, key=KEY)


def test_the_example_of_rfc_8037_is_made_octet_for_octet() -> None:
    """Appendix A.4."""
    signer = ed25519.LocalSigner(base64.urlsafe_b64decode("nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A="))
    made = proof.sign(payload=b"Example of Ed25519 signing", signer=signer, header={})
    assert made == (
        b"eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc."
        b"hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg"
    )


@pytest.mark.parametrize("signer", KEYS, ids=NAMES.get)
@given(payload=st.binary(max_size=60))
@example(payload=b"")
def test_round_trip(signer: Any, payload: bytes) -> None:
    made = proof.sign(payload=payload, signer=signer, header={"typ": "JWT", "alg": "HS256"})
    read = jose.parse(made)
    assert read.header == {"alg": NAMES[signer], "typ": "JWT"}
    assert (read.payload, read.compact) == (payload, made)
    proof.verify(jws=read, key=KEYS[signer])


def test_the_fully_specified_name_of_ed25519_is_read() -> None:
    proof.verify(jws=jose.parse(token({"alg": "Ed25519"})), key=KEY)


@pytest.mark.parametrize("part", [0, 1, 2])
@pytest.mark.parametrize("signer", KEYS, ids=NAMES.get)
def test_a_changed_part_does_not_fit(signer: Any, part: int) -> None:
    other = proof.sign(payload=b'{"iss":"did:example:other"}', signer=signer, header={"typ": "vc+jwt"})
    parts = proof.sign(payload=PAYLOAD, signer=signer, header={"typ": "JWT"}).split(b".")
    proof.verify(jws=jose.parse(b".".join(parts)), key=KEYS[signer])
    parts[part] = other.split(b".")[part]
    with pytest.raises(SignatureMismatch):
        proof.verify(jws=jose.parse(b".".join(parts)), key=KEYS[signer])


@pytest.mark.parametrize("signer", KEYS, ids=NAMES.get)
def test_an_algorithm_goes_with_its_own_kind_of_key(signer: Any) -> None:
    read = jose.parse(proof.sign(payload=PAYLOAD, signer=signer, header={}))
    for other, key in KEYS.items():
        if other is not signer:
            with pytest.raises(MalformedError) as caught:
                proof.verify(jws=read, key=key)
            assert caught.value.code == "jose.key_mismatch"


@pytest.mark.parametrize("name", ["ES256K", "ES512", "PS256", "RS512", "ML-DSA-65", "eddsa", "es256", "EdDSA "])
def test_an_unknown_algorithm_is_not_guessed_at(name: str) -> None:
    with pytest.raises(UnavailableError) as caught:
        proof.verify(jws=jose.parse(token({"alg": name})), key=KEY)
    assert (caught.value.code, caught.value.permanent) == ("proof.unsupported", True)


def test_nothing_is_signed_with_an_unknown_kind_of_key() -> None:
    class Rsa:
        algorithm = "RSA"
        verification_method = "did:example:a#rsa"

        def sign(self, message: bytes) -> bytes:
            raise AssertionError("asked to sign")

    with pytest.raises(UnavailableError):
        proof.sign(payload=PAYLOAD, signer=Rsa(), header={})


def encodings() -> dict[str, bytes]:
    """The giver's public key in the ways in which a program may have it at hand."""
    key = Ed25519PublicKey.from_public_bytes(GIVER.public)
    return {
        "raw": GIVER.public,
        "pem": key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo),
        "der": key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo),
        "jwk": strict_json.dumps(jwk.encode(KEY)),
        "multikey": multikey.encode(KEY).encode(),
    }


@pytest.mark.parametrize("bits", [256, 384, 512])
@pytest.mark.parametrize("encoding", ["raw", "pem", "der", "jwk", "multikey"])
def test_a_public_key_is_no_shared_secret(encoding: str, bits: int) -> None:
    secret = encodings()[encoding]
    forged = token({"alg": f"HS{bits}"}, sign=lambda message: hmac.digest(secret, message, f"sha{bits}"))
    refused(forged, "jose.algorithm")


@pytest.mark.parametrize("name", ["none", "None", "NONE", "nOnE", " none", "none ", "none\t", "", " "])
@pytest.mark.parametrize("signed", [True, False])
def test_unsecured_tokens_are_refused(name: str, signed: bool) -> None:
    made = token({"alg": name})
    refused(made if signed else made.rpartition(b".")[0] + b".", "jose.algorithm")


@pytest.mark.parametrize("name", ["dir", "A128KW", "A256GCMKW", "RSA1_5", "RSA-OAEP-256", "ECDH-ES", "PBES2-HS256+A128KW"])
def test_encryption_is_refused(name: str) -> None:
    refused(token({"alg": name, "enc": "A256GCM"}), "jose.algorithm")


BAD_HEADERS: list[tuple[bytes | dict[str, Any], str]] = [
    ({"alg": "EdDSA", "crit": ["b64"], "b64": True}, "jose.crit"),
    ({"alg": "EdDSA", "crit": ["exp"]}, "jose.crit"),
    ({"alg": "EdDSA", "crit": []}, "jose.crit"),
    ({"alg": "EdDSA", "crit": None}, "jose.crit"),
    ({"alg": "EdDSA", "b64": False}, "jose.unencoded"),
    ({"alg": "EdDSA", "b64": 1}, "jose.unencoded"),
    ({"alg": "EdDSA", "enc": "A256GCM"}, "jose.algorithm"),
    ({"typ": "JWT"}, "jose.malformed"),
    ({"alg": ["EdDSA"]}, "jose.malformed"),
    ({"alg": None}, "jose.malformed"),
    (b'["alg","EdDSA"]', "jose.malformed"),
    (b'{"alg":"EdDSA","alg":"EdDSA"}', "json.duplicate_key"),
    (b'{"alg":"HS256","alg":"EdDSA"}', "json.duplicate_key"),
    (b'{"alg":"EdDSA","\\u0061lg":"none"}', "json.duplicate_key"),
    (b'{"alg":"EdDSA"', "json.not_json"),
    (b"", "json.not_json"),
    (b'{"alg":"EdDSA","n":1e999}', "json.bad_number"),
    (b'{"alg":"EdDSA","x":' + b"[" * 40 + b"]" * 40 + b"}", "json.too_deep"),
    ({"alg": "EdDSA", "pad": "x" * jose.MAX_HEADER}, "jose.too_large"),
]


@pytest.mark.parametrize(("header", "code"), BAD_HEADERS)
def test_bad_headers(header: bytes | dict[str, Any], code: str) -> None:
    refused(token(header), code)


def test_a_header_just_small_enough_is_read() -> None:
    jose.parse(token({"alg": "EdDSA", "pad": "x" * (jose.MAX_HEADER - 40)}))


GOOD = token({"alg": "EdDSA"})
HEAD, BODY, SIGNATURE = GOOD.split(b".")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "jose.malformed"),
        (HEAD + b"." + BODY, "jose.malformed"),
        (GOOD + b".", "jose.malformed"),
        (GOOD + b"." + BODY + b"." + BODY, "jose.malformed"),
        (HEAD + b"." + BODY + b".", "jose.unsigned"),
        (GOOD + b"==", "jose.malformed"),
        (GOOD + b"\n", "jose.malformed"),
        (b" " + GOOD, "jose.malformed"),
        (HEAD + b"=." + BODY + b"." + SIGNATURE, "jose.malformed"),
        (HEAD + b"." + BODY[:-1] + b"+." + SIGNATURE, "jose.malformed"),
        (HEAD + b"." + BODY + b"\xc3\xa9." + SIGNATURE, "jose.malformed"),
        (HEAD + b"." + BODY + b"AA." + SIGNATURE, "jose.malformed"),
        (b"." + BODY + b"." + SIGNATURE, "json.not_json"),
        (HEAD + b"." + b"A" * jose.MAX_TOKEN + b"." + SIGNATURE, "jose.too_large"),
    ],
)
def test_bad_framing(data: bytes, code: str) -> None:
    refused(data, code)


def test_a_signature_has_one_spelling() -> None:
    """64 octets leave four unused bits in the last letter: sixteen spellings of which one is canonical."""
    letters = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    read = []
    for letter in letters:
        try:
            read.append(jose.parse(GOOD[:-1] + bytes([letter])).signature)
        except MalformedError as error:
            assert error.code == "jose.malformed"
    assert len(read) == len(set(read)) == 4


@pytest.mark.parametrize("name", ["jwk", "jku", "x5u", "x5c", "x5t", "kid"])
def test_a_key_from_the_header_is_never_used(name: str) -> None:
    values: dict[str, Any] = {
        "jwk": jwk.encode(PublicKey(ED25519, ATTACKER.public)),
        "x5c": [base64.b64encode(ATTACKER.public).decode()],
        "x5t": hashlib.sha1(ATTACKER.public, usedforsecurity=False).hexdigest(),
        "kid": ATTACKER.verification_method,
    }
    header = {"alg": "EdDSA", name: values.get(name, "https://attacker.example/keys")}
    with pytest.raises(SignatureMismatch):
        proof.verify(jws=jose.parse(token(header, sign=ATTACKER.sign)), key=KEY)
    proof.verify(jws=jose.parse(token(header)), key=KEY)


@given(data=st.binary(max_size=200) | st.builds(lambda head: b64(head) + b".e30.AA", st.binary(max_size=80)))
def test_only_our_own_errors_leave(data: bytes) -> None:
    with contextlib.suppress(CredcoreError):
        jose.parse(data)


def flattened() -> dict[str, Any]:
    return {"protected": HEAD.decode(), "payload": BODY.decode(), "signature": SIGNATURE.decode()}


def test_both_json_serializations_are_the_same_token() -> None:
    flat = flattened()
    general = {"payload": flat["payload"], "signatures": [{"protected": flat["protected"], "signature": flat["signature"]}]}
    for value in (flat, flat | {"header": {"kid": "1"}}, general):
        read = jose.parse_json(value)
        assert read == jose.parse(GOOD)
        proof.verify(jws=read, key=KEY)


@pytest.mark.parametrize(
    "change",
    [
        {"payload": None},
        {"protected": 3},
        {"signature": "AA=="},
        {"header": []},
        {"header": {"alg": "EdDSA"}},
        {"header": {"crit": ["x"]}},
        {"header": {"b64": False}},
        {"signatures": [{"protected": HEAD.decode(), "signature": SIGNATURE.decode()}]},
    ],
)
def test_bad_json_serializations(change: dict[str, Any]) -> None:
    with pytest.raises(MalformedError) as caught:
        jose.parse_json(flattened() | change)
    assert caught.value.code == "jose.malformed"


@pytest.mark.parametrize("count", [0, 2])
def test_one_signature_and_no_more(count: int) -> None:
    one = {"protected": HEAD.decode(), "signature": SIGNATURE.decode()}
    with pytest.raises(MalformedError):
        jose.parse_json({"payload": BODY.decode(), "signatures": [one] * count})


def test_claims_inside_a_signature_do_not_replace_the_payload() -> None:
    one = {"protected": HEAD.decode(), "signature": SIGNATURE.decode(), "payload": b64(b"{}").decode()}
    assert jose.parse_json({"payload": BODY.decode(), "signatures": [one]}).payload == PAYLOAD


@pytest.mark.parametrize(
    ("payload", "code"), [(b"[]", "jose.malformed"), (b"x", "json.not_json"), (b'{"a":1,"a":2}', "json.duplicate_key")]
)
def test_claims_are_a_strict_object(payload: bytes, code: str) -> None:
    with pytest.raises(MalformedError) as caught:
        jose.claims(jose.parse(token({"alg": "EdDSA"}, payload=payload)))
    assert caught.value.code == code
