"""Signatures of every kind that we read: those that fit, and the many ways not to."""

from __future__ import annotations

from dataclasses import replace

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import given, settings
from hypothesis import strategies as st

from credcore.errors import MalformedError, SignatureMismatch
from credcore.keys import ecdsa, ed25519, signatures
from credcore.keys.public import ED25519, P256, P384, RSA, PublicKey

# RFC 6979, appendices A.2.5 and A.2.6: private number, message "sample", r, s.
SAMPLES = {
    P256: (
        0xC9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721,
        "efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716"
        "f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8",
    ),
    P384: (
        0x6B9D3DAD2E1B8C1C05B19875B6659F4DE23C3B667BF297BA9AA47740787137D896D5724E4C70A825F872C9EA60D2EDF5,
        "94edbb92a5ecb8aad4736e56c691916b3f88140666ce9fa73d64c4ea95ad133c81a648152e44acf96e36dd1e80fabe46"
        "99ef4aeb15f178cea1fe40db2603138f130e740a19624526203b6351d0a3a94fa329c145786e679e7b82c71a38628ac8",
    ),
}
ORDERS = {P256: ecdsa._ORDERS[P256], P384: ecdsa._ORDERS[P384]}
SIGNERS = {
    ED25519: ed25519.LocalSigner(b"\x07" * 32),
    P256: ecdsa.LocalSigner(P256, 7),
    P384: ecdsa.LocalSigner(P384, 7),
}
MESSAGE = b"what was signed"


@pytest.fixture(scope="module")
def rsa_private() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def spki(private: rsa.RSAPrivateKey) -> PublicKey:
    return PublicKey(RSA, private.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo))


def code(key: PublicKey, signature: bytes, message: bytes = MESSAGE) -> str:
    """`fits`, or the code of the refusal."""
    try:
        signatures.check(key=key, signature=signature, message=message)
    except (MalformedError, SignatureMismatch) as error:
        return error.code
    return "fits"


@pytest.mark.parametrize("algorithm", [P256, P384])
def test_ecdsa_signatures_are_those_of_rfc_6979(algorithm: str) -> None:
    number, expected = SAMPLES[algorithm]
    signer = ecdsa.LocalSigner(algorithm, number)
    assert signer.sign(b"sample").hex() == expected
    assert code(signer.key, bytes.fromhex(expected), b"sample") == "fits"


@pytest.mark.parametrize("algorithm", SIGNERS)
def test_a_signature_fits_only_its_key_and_message(algorithm: str) -> None:
    signer = SIGNERS[algorithm]
    value = signer.sign(MESSAGE)
    assert code(signer.key, value) == "fits"
    assert code(signer.key, value, MESSAGE + b".") == "proof.mismatch"
    other = ed25519.generate() if algorithm == ED25519 else ecdsa.generate(algorithm)
    assert other.verification_method.startswith(f"{other.did}#z")
    assert code(other.key, value) == "proof.mismatch"
    for wrong in (b"", value[:-1], value + b"\0", b"\0" + value):
        assert code(signer.key, wrong) == "proof.value"


@settings(max_examples=60, deadline=None)
@given(algorithm=st.sampled_from(list(SIGNERS)), place=st.integers(0, 10_000), change=st.integers(1, 255))
def test_every_changed_byte_is_seen(algorithm: str, place: int, change: int) -> None:
    signer = SIGNERS[algorithm]
    value = bytearray(signer.sign(MESSAGE))
    value[place % len(value)] ^= change
    assert code(signer.key, bytes(value)) in ("proof.mismatch", "proof.value")


@pytest.mark.parametrize("algorithm", [P256, P384])
def test_numbers_outside_the_group_are_no_signature(algorithm: str) -> None:
    signer, order = SIGNERS[algorithm], ORDERS[algorithm]
    value = signer.sign(MESSAGE)
    half = len(value) // 2
    r, s = value[:half], int.from_bytes(value[half:], "big")
    zero, whole = bytes(half), order.to_bytes(half, "big")
    for wrong in (zero + value[half:], r + zero, zero + zero, whole + value[half:], r + whole, b"\xff" * len(value)):
        assert code(signer.key, wrong) == "proof.value"
    assert code(signer.key, r + (order - s).to_bytes(half, "big")) == "fits"


def test_a_der_signature_is_not_read() -> None:
    from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

    value = SIGNERS[P256].sign(MESSAGE)
    der = encode_dss_signature(int.from_bytes(value[:32], "big"), int.from_bytes(value[32:], "big"))
    assert code(SIGNERS[P256].key, der) == "proof.value"


def test_rs256(rsa_private: rsa.RSAPrivateKey) -> None:
    key, value = spki(rsa_private), rsa_private.sign(MESSAGE, padding.PKCS1v15(), hashes.SHA256())
    assert code(key, value) == "fits"
    assert code(key, value, b"another") == "proof.mismatch"
    assert code(key, value[:-1]) == "proof.value"
    assert code(key, rsa_private.sign(MESSAGE, padding.PKCS1v15(), hashes.SHA512())) == "proof.mismatch"
    pss = rsa_private.sign(MESSAGE, padding.PSS(padding.MGF1(hashes.SHA256()), 32), hashes.SHA256())
    assert code(key, pss) == "proof.mismatch"


def test_a_key_never_works_under_another_algorithm(rsa_private: rsa.RSAPrivateKey) -> None:
    keys = [*(signer.key for signer in SIGNERS.values()), spki(rsa_private)]
    for key in keys:
        for algorithm in (ED25519, P256, P384, RSA, "HS256", ""):
            if algorithm != key.algorithm:
                assert code(replace(key, algorithm=algorithm), b"\1" * 64) in ("key.malformed", "proof.value")


def test_small_order_keys_fit_nothing() -> None:
    # With the neutral element as key and as R, and s = 0, the plain equation holds for every message.
    neutral = b"\1" + bytes(31)
    assert code(PublicKey(ED25519, neutral), neutral + bytes(32)) == "key.malformed"


@pytest.mark.parametrize(("algorithm", "number"), [(P256, 0), (P256, ORDERS[P256]), (P384, -1), (ED25519, 5), ("P-521", 5)])
def test_no_signer_from_a_number_outside_the_group(algorithm: str, number: int) -> None:
    with pytest.raises(MalformedError, match=r"key\.malformed"):
        ecdsa.LocalSigner(algorithm, number)


def test_no_key_of_another_curve() -> None:
    with pytest.raises(MalformedError, match=r"key\.malformed"):
        ecdsa.generate("secp256k1")
