"""Public keys as PEM text: the same keys as in any other spelling, and nothing else."""

from __future__ import annotations

import contextlib

import pytest
from cryptography.hazmat.primitives.asymmetric import dsa, ec, ed448, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from hypothesis import given
from hypothesis import strategies as st

from credcore.errors import CredcoreError, MalformedError, UnavailableError
from credcore.keys import multikey, pem, signatures
from credcore.keys.ed25519 import LocalSigner

RSA_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


def text(key: rsa.RSAPublicKey | ec.EllipticCurvePublicKey | ed25519.Ed25519PublicKey | dsa.DSAPublicKey) -> bytes:
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


@pytest.mark.parametrize("curve", [ec.SECP256R1(), ec.SECP384R1()], ids=lambda curve: curve.name)
def test_points_are_the_same_as_in_a_multikey(curve: ec.EllipticCurve) -> None:
    key = pem.decode(text(ec.derive_private_key(7, curve).public_key()))
    assert multikey.decode(multikey.encode(key)) == key


def test_ed25519_is_the_signers_own_key() -> None:
    signer = LocalSigner(b"\x01" * 32)
    key = pem.decode(text(ed25519.Ed25519PublicKey.from_public_bytes(signer.public)))
    signatures.check(key=key, signature=signer.sign(b"hat"), message=b"hat")


def test_rsa_in_both_of_its_forms_is_one_key() -> None:
    public = RSA_KEY.public_key()
    assert pem.decode(text(public)) == pem.decode(public.public_bytes(Encoding.PEM, PublicFormat.PKCS1))
    assert pem.decode(b"\r\n " + text(public).replace(b"\n", b"\r\n") + b"\n\n") == pem.decode(text(public))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"key",
        b"-----BEGIN PUBLIC KEY-----\n-----END PUBLIC KEY-----\n",
        b"-----BEGIN PUBLIC KEY-----\n!!!!\n-----END PUBLIC KEY-----\n",
        text(RSA_KEY.public_key()) * 2,
        text(RSA_KEY.public_key()) + b" " * pem.MAX_BYTES,
        text(rsa.generate_private_key(public_exponent=65537, key_size=1024).public_key()),  # noqa: S505 - it is to be refused
        RSA_KEY.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()),
        text(ed25519.Ed25519PublicKey.from_public_bytes(b"\x01" + b"\0" * 31)),
    ],
    ids=["empty", "words", "hollow", "no base64", "two keys", "long", "short RSA", "private", "small order"],
)
def test_what_is_no_key_is_refused(data: bytes) -> None:
    with pytest.raises(MalformedError) as caught:
        pem.decode(data)
    assert caught.value.code == "key.malformed"


@pytest.mark.parametrize(
    "key",
    [
        ec.derive_private_key(7, ec.SECP256K1()).public_key(),
        ec.derive_private_key(7, ec.SECP521R1()).public_key(),
        ed448.Ed448PrivateKey.generate().public_key(),
        dsa.generate_private_key(2048).public_key(),
    ],
    ids=["secp256k1", "P-521", "Ed448", "DSA"],
)
def test_other_kinds_are_not_read(key: ec.EllipticCurvePublicKey) -> None:
    with pytest.raises(UnavailableError) as caught:
        pem.decode(text(key))
    assert (caught.value.code, caught.value.permanent) == ("key.unsupported", True)


@given(at=st.integers(0, 450), value=st.integers(0, 255))
def test_nothing_but_our_errors_leaves(at: int, value: int) -> None:
    data = bytearray(text(RSA_KEY.public_key()))
    data[at % len(data)] = value
    with contextlib.suppress(CredcoreError):
        assert pem.decode(bytes(data)).algorithm
