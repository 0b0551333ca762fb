"""Signed tokens: algorithms, headers, keys, spellings. (trustworthy: rule 3; threats 1 to 3, 20, 25)"""

from __future__ import annotations

import hmac
from collections.abc import Callable, Iterator
from urllib.parse import quote

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from credcore.codec import multibase, strict_json
from credcore.formats import openbadges3
from credcore.formats.vcdm import V2
from credcore.keys import jwk
from credcore.trust import TrustEntry
from tests.core.proofs import STRANGER
from tests.core.proofs import credential as badge
from tests.negative.case import Case
from tests.negative.making import (
    COLLEGE,
    EC_DID,
    EC_SIGNER,
    NAME,
    P384_DID,
    P384_SIGNER,
    RSA_KEY,
    SHORT_RSA_KEY,
    Json,
    b64,
    credential,
    did_jwk,
    dumps,
    rs256,
    rsa_jwk,
    token,
)

KID = COLLEGE.verification_method
HEADER: Json = {"alg": "EdDSA", "typ": "vc+jwt", "kid": KID}
DOCUMENT = credential()
GOOD = token(HEADER)
RSA_DID, SHORT_RSA_DID = did_jwk(rsa_jwk(RSA_KEY)), did_jwk(rsa_jwk(SHORT_RSA_KEY))
# Keys that fit signatures which nobody made: on the list, so that nothing else stands in the way.
SMALL = {
    "the-neutral-point": b"\x01" + bytes(31),
    "a-point-of-order-4": bytes(32),
    "a-point-of-order-2": b"\xec" + b"\xff" * 30 + b"\x7f",
    "a-point-of-order-8": bytes.fromhex("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"),
    "a-point-in-another-spelling": b"\xee" + b"\xff" * 30 + b"\x7f",
}
SMALL_DIDS = {name: "did:key:" + multibase.encode(b"\xed\x01" + raw) for name, raw in SMALL.items()}
GIVERS = tuple(TrustEntry(did, NAME) for did in (EC_DID, P384_DID, RSA_DID, SHORT_RSA_DID, *SMALL_DIDS.values()))
BAD, UNKNOWN = ("bad",), ("unknown",)


def cases() -> Iterator[Case]:
    """The twin is the same token without the fault."""
    yield from _unsigned()
    yield from _shared_secrets()
    yield from _algorithms()
    yield from _headers()
    yield from _brought_keys()
    yield from _altered()
    yield from _small_order()
    yield from _spellings()
    yield from _json_forms()


def _case(
    name: str, bad: bytes, code: str, verdicts: tuple[str, ...] = UNKNOWN, *, good: bytes = GOOD, rule: str = "3.3"
) -> Case:
    return Case(name, rule, bad, good, (code,), ".jwt", verdicts=verdicts)


def _unsigned() -> Iterator[Case]:
    for name, algorithm in (("none", "none"), ("none-in-capitals", "NONE"), ("none-in-mixed-letters", "nOnE"), ("empty", "")):
        bare = token(HEADER | {"alg": algorithm}).rpartition(b".")[0] + b"."
        yield _case(f"alg-{name}", bare, "jose.algorithm", rule="3.3, threat 2")
    yield _case("alg-none-with-a-signature", token(HEADER | {"alg": "none"}), "jose.algorithm", rule="3.3, threat 2")
    yield _case("signature-taken-off", GOOD.rpartition(b".")[0] + b".", "jose.unsigned", rule="3.3, threat 8")
    yield _case("alg-left-out", token({"typ": "vc+jwt", "kid": KID}), "jose.malformed")
    yield _case("alg-is-a-list", token(HEADER | {"alg": ["EdDSA"]}), "jose.malformed")


def _shared_secrets() -> Iterator[Case]:
    """The giver's public key, in each form in which a program may have it, used as a password."""
    key = Ed25519PublicKey.from_public_bytes(COLLEGE.public)
    secrets = {
        "pem": key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo),
        "der": key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo),
        "jwk": strict_json.dumps(jwk.encode(COLLEGE.key)),
        "raw": COLLEGE.public,
        "multikey": COLLEGE.multibase.encode(),
    }
    for form, secret in secrets.items():
        for bits in (256, 384, 512):
            forged = token(HEADER | {"alg": f"HS{bits}"}, sign=_hmac(secret, bits))
            yield _case(f"public-key-as-{form}-for-hs{bits}", forged, "jose.algorithm", rule="3.3, threat 1")


def _hmac(secret: bytes, bits: int) -> Callable[[bytes], bytes]:
    return lambda message: hmac.digest(secret, message, f"sha{bits}")


def _algorithms() -> Iterator[Case]:
    ec = token({"alg": "ES256", "typ": "vc+jwt"}, credential(EC_DID), sign=EC_SIGNER.sign)
    p384 = token({"alg": "ES384", "typ": "vc+jwt"}, credential(P384_DID), sign=P384_SIGNER.sign)
    yield _case("alg-of-another-kind-of-key", token(HEADER | {"alg": "ES256"}), "jose.key_mismatch", BAD)
    for name, right, did, signer, other in (
        ("eddsa-over-a-key-of-p-256", ec, EC_DID, EC_SIGNER, "EdDSA"),
        ("es384-over-a-key-of-p-256", ec, EC_DID, EC_SIGNER, "ES384"),
        ("es256-over-a-key-of-p-384", p384, P384_DID, P384_SIGNER, "ES256"),
    ):
        bad = token({"alg": other, "typ": "vc+jwt"}, credential(did), sign=signer.sign)
        yield _case(name, bad, "jose.key_mismatch", BAD, good=right)
    for algorithm in ("ES256K", "PS256", "ES512", "eddsa"):
        yield _case(f"alg-{algorithm.lower()}-which-we-do-not-read", token(HEADER | {"alg": algorithm}), "proof.unsupported")
    rs = {"alg": "RS256", "typ": "vc+jwt"}
    record = badge(change=lambda made: made["issuer"].update(id=RSA_DID))
    good = token(rs, record, sign=rs256(RSA_KEY))
    yield _case("rs256-outside-1edtech", token(rs, credential(RSA_DID), sign=rs256(RSA_KEY)), "proof.unsupported", good=good)
    short = badge(change=lambda made: made["issuer"].update(id=SHORT_RSA_DID))
    yield _case("rsa-key-of-1024-bits", token(rs, short, sign=rs256(SHORT_RSA_KEY)), "key.malformed", good=good)
    assert openbadges3.recognises(record)
    signature = b64(_der(EC_SIGNER.sign(ec.rpartition(b".")[0])))
    yield _case("token-signature-in-der", ec.rpartition(b".")[0] + b"." + signature, "proof.value", BAD, good=ec)
    for name, raw in (("zeros", bytes(64)), ("ones", b"\xff" * 64)):
        yield _case(f"ecdsa-signature-of-{name}", ec.rpartition(b".")[0] + b"." + b64(raw), "proof.value", BAD, good=ec)


def _der(signature: bytes) -> bytes:
    return encode_dss_signature(int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big"))


def _headers() -> Iterator[Case]:
    for name, value in (("an-extension", ["exp"]), ("nothing", []), ("something-that-is-no-list", "b64")):
        yield _case(f"crit-names-{name}", token(HEADER | {"crit": value, "exp": 1}), "jose.crit", rule="3.3, threat 2")
    yield _case("payload-not-encoded", token(HEADER | {"b64": False}), "jose.unencoded", rule="3.3, threat 2")
    yield _case("packed-with-enc", token(HEADER | {"enc": "A128GCM"}), "jose.algorithm")
    for typ in ("at+jwt", "kb+jwt", "statuslist+jwt", "vp+jwt", "openid4vci-proof+jwt", "dc+sd-jwt"):
        bad = token(HEADER | {"typ": typ})
        yield _case(f"typ-of-{typ.replace('+', '-')}", bad, "jose.type", rule="3.3, threat 25")
    yield _case("typ-is-a-number", token(HEADER | {"typ": 7}), "jose.type")


def _brought_keys() -> Iterator[Case]:
    """Signed by a stranger, whose token says where its key is to be found."""
    public = jwk.encode(STRANGER.key)
    page = "https://stranger.example/keys"
    for name, member in (
        ("a-jwk-in-the-header", {"jwk": public}),
        ("a-jku-in-the-header", {"jku": page}),
        ("an-x5u-in-the-header", {"x5u": page}),
        ("an-x5c-in-the-header", {"x5c": ["MAA="]}),
    ):
        bad = token(HEADER | member, sign=STRANGER.sign)
        pages = {page: strict_json.dumps({"keys": [public]})}
        yield Case(f"key-brought-by-{name}", "3.4, threat 3", bad, GOOD, ("proof.mismatch",), ".jwt", pages, verdicts=BAD)
    for name, kid in (
        ("a-file", "../../../../dev/null"),
        ("a-query", "x' UNION SELECT 'secret' --"),
        ("a-web-page", page),
        ("a-data-address", "data:application/json," + quote(strict_json.dumps(public))),
    ):
        bad = token(HEADER | {"kid": kid}, sign=STRANGER.sign)
        codes = "issuer.other_key" if kid == page else "proof.mismatch"
        yield _case(f"kid-that-leads-to-{name}", bad, codes, BAD, rule="3.4, threat 3, threat 20")
    other = STRANGER.verification_method
    yield _case("kid-of-another-giver", token(HEADER | {"kid": other}), "issuer.other_key", BAD, rule="3.4, threat 4")
    forged = token(HEADER | {"kid": other}, sign=STRANGER.sign)
    yield _case("kid-and-signature-of-another-giver", forged, "issuer.other_key", BAD, rule="3.4, threat 4")
    yield _case("kid-is-a-number", token(HEADER | {"kid": 1}), "jose.kid", rule="3.4")


def _altered() -> Iterator[Case]:
    head, body, signature = GOOD.split(b".")
    stranger = token(HEADER, sign=STRANGER.sign)
    yield _case("signed-by-a-stranger", stranger, "proof.mismatch", BAD, rule="3.4, threat 4")
    crane = b64(dumps(credential(name="Crane")))
    yield _case("payload-altered", b".".join([head, crane, signature]), "proof.mismatch", BAD, rule="3.2")
    loose = b64(dumps(HEADER | {"typ": "JWT"}))
    yield _case("header-altered", b".".join([loose, body, signature]), "proof.mismatch", BAD)
    other = token(HEADER, credential(name="Crane")).rpartition(b".")[2]
    yield _case("signature-of-another-token", b".".join([head, body, other]), "proof.mismatch", BAD)
    raw = COLLEGE.sign(head + b"." + body)
    for name, changed, code in (
        ("with-one-bit-turned", bytes([raw[0] ^ 1]) + raw[1:], "proof.mismatch"),
        ("cut-off", raw[:63], "proof.value"),
        ("with-a-byte-more", raw + b"\0", "proof.value"),
        ("of-zeros", bytes(64), "proof.mismatch"),
    ):
        yield _case(f"token-signature-{name}", b".".join([head, body, b64(changed)]), code, BAD)
    above = int.from_bytes(raw[32:], "little") + 2**252 + 27742317777372353535851937790883648493
    stretched = raw[:32] + above.to_bytes(32, "little")
    yield _case("token-signature-with-s-above-the-order", b".".join([head, body, b64(stretched)]), "proof.mismatch", BAD)


def _small_order() -> Iterator[Case]:
    """R and A of small order with S = 0 fit a part of all messages, the neutral point fits all of them."""
    for name, did in SMALL_DIDS.items():
        bad = token({"alg": "EdDSA", "typ": "vc+jwt"}, credential(did), sign=lambda _: b"\x01" + bytes(63))
        yield _case(f"key-of-{name}", bad, "key.malformed", rule="3.3, 3.4")


def _enveloped(compact: bytes) -> bytes:
    address = "data:application/vc+jwt," + quote(compact)
    return dumps({"@context": [V2], "id": address, "type": "EnvelopedVerifiableCredential"})


def _spellings() -> Iterator[Case]:
    head, body, signature = GOOD.split(b".")
    yield _case("signature-with-bits-that-are-not-read", GOOD[:-1] + _next_letter(GOOD[-1:]), "jose.malformed")
    for name, message in (("header", _loose(dumps(HEADER)) + b"." + body), ("payload", head + b"." + _loose(dumps(DOCUMENT)))):
        bad = message + b"." + b64(COLLEGE.sign(message))
        yield _case(f"{name}-with-bits-that-are-not-read", bad, "jose.malformed")
    padded = GOOD + b"=" * (-len(signature) % 4)
    broken = head[:40] + b"\n" + head[40:] + b"." + body + b"." + signature
    wide = b64(dumps(HEADER | {"x": "?" * 30 + "\x7f\x7f"})).replace(b"_", b"/").replace(b"-", b"+")
    message = wide + b"." + body
    for name, bad, code in (
        ("padded", padded, "jose.malformed"),
        ("with-a-line-end", broken, "jose.malformed"),
        ("in-plain-base64", message + b"." + b64(COLLEGE.sign(message)), "jose.malformed"),
        ("of-two-parts", head + b"." + body, "jose.malformed"),
        ("of-four-parts", GOOD + b"." + signature, "jose.malformed"),
        ("of-five-parts", b".".join([head, body, signature, signature, signature]), "jose.malformed"),
        ("with-a-header-over-16-kib", token(HEADER | {"note": "a" * 16_384}), "jose.too_large"),
    ):
        rule = "3.3, threat 17" if code == "jose.too_large" else "3.3"
        yield Case(f"token-{name}", rule, _enveloped(bad), _enveloped(GOOD), (code,), verdicts=UNKNOWN)
    long = token(HEADER, credential(note="a" * 524_288))
    yield _case("token-over-512-kib", long, "jose.too_large", rule="3.3, threat 17")
    good = _enveloped(GOOD)
    linked = good.replace(b"data:application/vc+jwt,", b"https://college.example/")
    yield Case("envelope-at-a-web-address", "3.2, 3.3", linked, good, ("format.envelope",), verdicts=UNKNOWN)


def _loose(text: bytes) -> bytes:
    """The same octets in another spelling; a space at the end makes room for it."""
    part = b64(text if len(text) % 3 else text + b" ")
    return part[:-1] + _next_letter(part[-1:])


def _next_letter(letter: bytes) -> bytes:
    alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    return alphabet[(place := alphabet.index(letter) + 1) : place + 1]


def _json_forms() -> Iterator[Case]:
    protected, payload, signature = (part.decode() for part in GOOD.split(b"."))
    one = {"protected": protected, "signature": signature}
    flat: Json = {"payload": payload, **one}
    listed: Json = {"payload": payload, "signatures": [one]}
    for name, bad, good in (
        ("two-signatures", {**listed, "signatures": [one, one]}, listed),
        ("no-signature-in-the-list", {**listed, "signatures": []}, listed),
        ("two-forms-at-once", {**listed, **one}, listed),
        ("alg-outside-of-what-is-signed", {**flat, "header": {"alg": "none"}}, flat),
        ("crit-outside-of-what-is-signed", {**flat, "header": {"crit": ["exp"]}}, flat),
        ("kid-twice-inside-and-outside", {**flat, "header": {"kid": STRANGER.verification_method}}, flat),
        ("nothing-protected", {name: value for name, value in flat.items() if name != "protected"}, flat),
    ):
        yield Case(f"json-form-with-{name}", "3.3", dumps(bad), dumps(good), ("jose.malformed",), verdicts=UNKNOWN)
