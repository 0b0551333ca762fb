"""Keys as JWK and Multikey: there and back, and everything that is no key."""

from __future__ import annotations

from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric import ed25519 as foreign_ed25519
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import given
from hypothesis import strategies as st
from joserfc.jwk import ECKey, OKPKey, RSAKey

from credcore.codec import multibase
from credcore.errors import CredcoreError, MalformedError, UnavailableError
from credcore.keys import ecdsa, ed25519, jwk, multikey
from credcore.keys.acceptance import accept
from credcore.keys.public import ED25519, P256, P384, RSA, PublicKey

Json = dict[str, Any]
PRIME_ED25519 = 2**255 - 19
PRIME_P256 = 2**256 - 2**224 + 2**192 + 2**96 - 1


def rsa_key(bits: int = 2048, exponent: int = 65537) -> PublicKey:
    public = rsa.generate_private_key(public_exponent=exponent, key_size=bits).public_key()
    return PublicKey(RSA, public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo))


KEYS = {
    ED25519: ed25519.LocalSigner(b"\x07" * 32).key,
    P256: ecdsa.LocalSigner(P256, 7).key,
    P384: ecdsa.LocalSigner(P384, 7).key,
    RSA: rsa_key(),
}


def refusal(read: Any, value: Any) -> str:
    with pytest.raises(CredcoreError) as caught:
        read(value)
    assert isinstance(caught.value, MalformedError | UnavailableError)
    return caught.value.code


@pytest.mark.parametrize("algorithm", KEYS)
def test_a_jwk_goes_there_and_back_and_is_read_by_another_library(algorithm: str) -> None:
    key, foreign = KEYS[algorithm], {ED25519: OKPKey, P256: ECKey, P384: ECKey, RSA: RSAKey}[algorithm]
    made = jwk.encode(key)
    assert jwk.decode(made) == key
    assert foreign.import_key(made).thumbprint() == jwk.thumbprint(key)
    assert jwk.decode({**made, "use": "sig", "kid": "1", "key_ops": ["verify"]}) == key


def test_the_key_and_thumbprint_of_rfc_8037() -> None:
    key = ed25519.LocalSigner(multibase.decode("unWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A")).key
    assert jwk.encode(key) == {"crv": "Ed25519", "kty": "OKP", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}
    assert jwk.thumbprint(key) == "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"


@pytest.mark.parametrize("algorithm", KEYS)
def test_secret_keys_are_refused_not_used(algorithm: str) -> None:
    for part in ("d", "p", "q", "dp", "dq", "qi", "oth", "k"):
        assert refusal(jwk.decode, {**jwk.encode(KEYS[algorithm]), part: "AQAB"}) == "key.malformed"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"kty": "oct"}, "key.malformed"),
        ({"kty": "OKP", "crv": "X25519"}, "key.unsupported"),
        ({"kty": "EC", "crv": "secp256k1"}, "key.unsupported"),
        ({"kty": "EC", "crv": "P-521"}, "key.unsupported"),
        ({"kty": "OKP", "crv": "P-256"}, "key.unsupported"),
        ({"kty": ["EC"]}, "key.unsupported"),
        ({"alg": "ECDH-ES"}, "key.unsupported"),
        ({"alg": "ES384"}, "key.unsupported"),
        ({"alg": "HS256"}, "key.unsupported"),
        ({"alg": ["ES256"]}, "key.unsupported"),
        ({"x": None}, "key.malformed"),
        ({"y": ""}, "key.malformed"),
        ({"y": "AAAA"}, "key.malformed"),
        ({"x": "A" * 43, "y": "A" * 43}, "key.malformed"),
        ({"x": "A" * 2000}, "key.malformed"),
        ({"x": "+" * 43}, "multibase.bad"),
        ({"x": "é"}, "multibase.bad"),
    ],
)
def test_what_is_no_ec_key(change: Json, code: str) -> None:
    good = jwk.encode(KEYS[P256])
    assert jwk.decode({**good, "alg": "ES256"}) == KEYS[P256]
    assert refusal(jwk.decode, {**good, **change}) == code


def test_an_ec_number_as_long_as_another_curve() -> None:
    good = jwk.encode(KEYS[P256])
    shorter = multibase.encode(multibase.decode("u" + good["x"])[1:], base="u")[1:]
    longer = multibase.encode(b"\0" + multibase.decode("u" + good["x"]), base="u")[1:]
    for x in (shorter, longer):
        assert refusal(jwk.decode, {**good, "x": x}) == "key.malformed"


def test_what_is_no_rsa_key() -> None:
    good = jwk.encode(KEYS[RSA])
    n = multibase.decode("u" + good["n"])

    def text(number: int) -> str:
        return multibase.encode(number.to_bytes((number.bit_length() + 7) // 8, "big"), base="u")[1:]

    assert jwk.decode({**good, "e": text(65539)}).algorithm == RSA
    for exponent in (1, 3, 17, 65536, 65538, 2**64 + 1):
        assert refusal(jwk.decode, {**good, "e": text(exponent)}) == "key.malformed"
    for changed in (b"\0" + n, n[1:], n[:128]):
        assert refusal(jwk.decode, {**good, "n": multibase.encode(changed, base="u")[1:]}) == "key.malformed"
    assert refusal(jwk.decode, {**good, "alg": "PS256"}) == "key.unsupported"


@pytest.mark.parametrize("algorithm", [ED25519, P256, P384])
def test_a_multikey_goes_there_and_back(algorithm: str) -> None:
    key = KEYS[algorithm]
    text = multikey.encode(key)
    assert text.startswith({ED25519: "z6Mk", P256: "zDn", P384: "z82"}[algorithm])
    assert multikey.decode(text) == key
    data = multibase.decode(text)
    assert refusal(multikey.decode, multibase.encode(data, base="u")) == "key.malformed"
    for wrong in (data[:-1], data + b"\0", data[:2], b"", data[:1]):
        assert refusal(multikey.decode, multibase.encode(wrong)) == "key.malformed"


def test_only_compressed_points_on_the_curve() -> None:
    number = multibase.decode(multikey.encode(KEYS[P256]))[3:]
    numbers = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), KEYS[P256].raw)
    uncompressed = numbers.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    off_curve = next(x for x in range(1, 50) if not _is_on_p256(x))
    for point in (
        uncompressed, b"\0", b"\5" + number, b"\2" + off_curve.to_bytes(32, "big"), b"\2" + PRIME_P256.to_bytes(32, "big"),
        b"\2" + b"\xff" * 32,
    ):  # fmt: skip
        assert refusal(multikey.decode, multibase.encode(b"\x80\x24" + point)) == "key.malformed"


def _is_on_p256(x: int) -> bool:
    b = 0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B
    square = (x**3 - 3 * x + b) % PRIME_P256
    return pow(square, (PRIME_P256 - 1) // 2, PRIME_P256) == 1


def test_no_ed25519_key_has_two_spellings() -> None:
    for y in range(PRIME_ED25519, 2**255):
        for sign in (0, 2**255):
            raw = (y + sign).to_bytes(32, "little")
            assert refusal(multikey.decode, multibase.encode(b"\xed\x01" + raw)) == "key.malformed"
    for y in (0, 1, PRIME_ED25519 - 1):
        raw = y.to_bytes(32, "little")
        assert (
            refusal(jwk.decode, {"kty": "OKP", "crv": "Ed25519", "x": multibase.encode(raw, base="u")[1:]}) == "key.malformed"
        )


def test_an_rsa_key_has_one_spelling_and_no_multikey() -> None:
    good = KEYS[RSA]
    assert accept(algorithm=RSA, raw=good.raw) == good
    ed = foreign_ed25519.Ed25519PrivateKey.from_private_bytes(b"\x07" * 32).public_key()
    for raw in (b"", b"0", good.raw + b"\0", good.raw[:-1], ed.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)):
        with pytest.raises(MalformedError, match=r"key\.malformed"):
            accept(algorithm=RSA, raw=raw)
    with pytest.raises(MalformedError, match=r"key\.malformed"):
        accept(algorithm=RSA, raw=rsa_key(bits=1024).raw)
    assert refusal(multikey.encode, good) == "key.unsupported"


@given(st.binary(max_size=70))
def test_any_bytes_as_multikey_are_a_key_with_one_spelling_or_refused(data: bytes) -> None:
    for prefix in (b"", b"\xed\x01", b"\x80\x24\x02", b"\x81\x24\x03"):
        text = multibase.encode(prefix + data)
        try:
            assert multikey.encode(multikey.decode(text)) == text
        except (MalformedError, UnavailableError) as error:
            assert error.code in ("key.malformed", "key.unsupported")


_VALUES = (
    st.none() | st.integers() | st.sampled_from(["EC", "RSA", "P-256", "AQAB", "A" * 43]) | st.text("AZ_=+é", max_size=44)
)


@given(st.dictionaries(st.sampled_from(["kty", "crv", "x", "y", "n", "e", "alg"]), _VALUES))
def test_any_object_as_jwk_is_a_key_or_refused(jwk_members: Json) -> None:
    for more in ({}, {"kty": "RSA"}, {"kty": "EC", "crv": "P-384"}, {"kty": "OKP", "crv": "Ed25519"}):
        try:
            jwk.decode({**jwk_members, **more})
        except (MalformedError, UnavailableError) as error:
            assert error.code in ("key.malformed", "key.unsupported", "multibase.bad")
