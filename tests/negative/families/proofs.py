"""Signatures that do not fit, or fit something else. (trustworthy: rules 1, 3 and 7, threats 5 and 8)"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from types import ModuleType
from typing import Any

from credcore.codec import cbor, multibase
from credcore.formats.vcdm import iso
from credcore.keys import ecdsa
from credcore.keys.public import P256
from credcore.ports import Signer
from credcore.proofs import (
    ecdsa_jcs_2019,
    ecdsa_rdfc_2019,
    ecdsa_sd_2023,
    ed25519_signature_2020,
    eddsa_jcs_2022,
    eddsa_rdfc_2022,
)
from credcore.proofs.data_integrity import hash_data
from credcore.status import bitstring
from credcore.trust import TrustEntry
from tests.core.proofs import COLLEGE, LIST_URL, NOW, STRANGER, as_bytes, credential
from tests.negative import making
from tests.negative.case import Case
from tests.negative.twins import COLLEGE_256, COLLEGE_384, CREATED, STATUS, Change, Json, after, altered, put, sealed

NAME = "Prairie Valley College"
GIVERS = (TrustEntry(COLLEGE_256.did, NAME), TrustEntry(COLLEGE_384.did, NAME))
ED2020 = "https://w3id.org/security/suites/ed25519-2020/v1"
OTHER_KEY = STRANGER.verification_method
UNSUPPORTED = "proof.unsupported"
NO_CBOR = multibase.encode(b"\xd9\x5d\x01\xff", base="u")
BAD, UNKNOWN = ("bad",), ("unknown",)
MISMATCH, VALUE = "proof.mismatch", "proof.value"

# suite in words → module, signer
SUITES: dict[str, tuple[ModuleType, Any]] = {
    "eddsa-rdfc": (eddsa_rdfc_2022, COLLEGE),
    "eddsa-jcs": (eddsa_jcs_2022, COLLEGE),
    "ed25519-2020": (ed25519_signature_2020, COLLEGE),
    "p256-rdfc": (ecdsa_rdfc_2019, COLLEGE_256),
    "p256-jcs": (ecdsa_jcs_2019, COLLEGE_256),
    "p384-rdfc": (ecdsa_rdfc_2019, COLLEGE_384),
    "p384-jcs": (ecdsa_jcs_2019, COLLEGE_384),
}


def unsealed(signer: Any, change: Change | None = None) -> Json:
    """A small credential of this giver, not yet signed."""
    made = making.credential(signer.did)
    if change is not None:
        change(made)
    return made


def signed_by(suite: str) -> Json:
    module, signer = SUITES[suite]
    change = (lambda document: document["@context"].append(ED2020)) if module is ed25519_signature_2020 else None
    return sealed(unsealed(signer, change), sign=module.sign, signer=signer)


def value_of(proof: Json) -> bytes:
    return multibase.decode(proof["proofValue"])


def with_value(document: Json, value: bytes) -> Change:
    """The same signature field with other bytes."""
    return put("proof", proofValue=multibase.encode(value))


def cases() -> Iterator[Case]:
    yield from _altered()
    yield from _values()
    yield from _options()
    yield from _names()
    yield from _several()
    yield from _chains()
    yield from _selective()


def _altered() -> Iterator[Case]:
    """One word changed under each suite, and the signature of one document put under another."""
    for suite in SUITES:
        good = signed_by(suite)
        bad = after(good, put("credentialSubject", name="Eve Delgado"))
        yield Case(f"altered-under-{suite}", "threat 5", bad, as_bytes(good), (MISMATCH,), verdicts=BAD)
    for suite in ("eddsa-rdfc", "p256-jcs"):
        good = signed_by(suite)
        bad = after(good, put("", validUntil="2036-01-01T00:00:00Z"))
        yield Case(f"end-moved-under-{suite}", "3.9, threat 5", bad, as_bytes(good), (MISMATCH,), verdicts=BAD)
    module, signer = SUITES["eddsa-jcs"]
    good = signed_by("eddsa-jcs")
    other = sealed(unsealed(signer, put("", validUntil="2036-01-01T00:00:00Z")), sign=module.sign, signer=signer)
    bad = after(good, put("", proof=other["proof"]))
    yield Case("proof-of-another-document", "3.2", bad, as_bytes(good), (MISMATCH,), verdicts=BAD)


def _values() -> Iterator[Case]:
    """The signature itself."""
    good = signed_by("eddsa-rdfc")
    value = value_of(good["proof"])
    order = 2**252 + 27742317777372353535851937790883648493
    scaled = (int.from_bytes(value[32:], "little") + order).to_bytes(32, "little")
    other_value: dict[str, tuple[Any, str]] = {
        "signature-truncated": (multibase.encode(value[:-1]), VALUE),
        "signature-extended": (multibase.encode(value + b"\0"), VALUE),
        "signature-of-zeros": (multibase.encode(bytes(64)), MISMATCH),
        "signature-with-one-bit-turned": (multibase.encode(value[:-1] + bytes([value[-1] ^ 1])), MISMATCH),
        "signature-in-its-other-form": (multibase.encode(value[:32] + scaled), MISMATCH),
        "signature-in-base64": (multibase.encode(value, base="u"), VALUE),
        "signature-without-its-letter": (multibase.encode(value)[1:], VALUE),
        "signature-with-a-letter-that-is-none": (multibase.encode(value)[:-1] + "0", "multibase.bad"),
        "signature-empty": ("", VALUE),
        "signature-null": (None, VALUE),
        "signature-as-a-list": ([multibase.encode(value)], VALUE),
    }
    for name, (text, code) in other_value.items():
        yield Case(name, "3.3", after(good, put("proof", proofValue=text)), as_bytes(good), (code,), verdicts=BAD)
    without = altered(good, lambda document: document["proof"].pop("proofValue"))
    yield Case("signature-missing", "threat 8", as_bytes(without), as_bytes(good), (VALUE,), verdicts=BAD)
    good = signed_by("p256-rdfc")
    value = value_of(good["proof"])
    der = _der(value[:32]) + _der(value[32:])
    for name, changed, code in (
        ("p256-signature-in-der", b"\x30" + bytes([len(der)]) + der, VALUE),
        ("p256-signature-of-zeros", bytes(64), VALUE),
        ("p256-signature-with-halves-swapped", value[32:] + value[:32], MISMATCH),
    ):
        yield Case(name, "3.3", after(good, with_value(good, changed)), as_bytes(good), (code,), verdicts=BAD)
    good = signed_by("p384-jcs")
    bad = after(good, with_value(good, value_of(good["proof"])[:64]))
    yield Case("p384-signature-cut-to-p256", "3.3", bad, as_bytes(good), (VALUE,), verdicts=BAD)


def _der(number: bytes) -> bytes:
    """An integer as ASN.1 has it."""
    body = number.lstrip(b"\0")
    body = b"\0" + body if body[0] & 0x80 else body
    return b"\x02" + bytes([len(body)]) + body


def _options() -> Iterator[Case]:
    """What the proof says about itself."""
    later, earlier = iso(NOW + timedelta(days=2)), iso(NOW - timedelta(days=1))
    for suite in ("eddsa-rdfc", "p384-jcs"):
        good = signed_by(suite)
        bad = after(good, put("proof", created="2026-05-01T00:00:00Z"))
        yield Case(f"day-of-signing-moved-under-{suite}", "3.9", bad, as_bytes(good), (MISMATCH,), verdicts=BAD)
    good = signed_by("eddsa-rdfc")
    for name, rule, change, code in (
        ("purpose-changed", "3.7", put("proof", proofPurpose="authentication"), "proof.purpose"),
        ("purpose-missing", "3.7", lambda document: document["proof"].pop("proofPurpose"), "proof.purpose"),
        (
            "key-of-proof-changed",
            "threat 4",
            put("proof", verificationMethod=STRANGER.verification_method),
            "issuer.other_key",
        ),
        ("domain-added", "3.7", put("proof", domain="https://shop.example"), MISMATCH),
        ("end-of-signature-added", "3.9", put("proof", expires="2036-01-01T00:00:00Z"), MISMATCH),
        ("day-of-signing-impossible", "3.9", put("proof", created="2026-02-30T00:00:00Z"), "proof.malformed"),
    ):
        yield Case(name, rule, after(good, change), as_bytes(good), (code,), verdicts=BAD)
    for name, change in (
        ("key-of-proof-missing", lambda document: document["proof"].pop("verificationMethod")),
        ("key-of-proof-as-an-object", put("proof", verificationMethod={"id": COLLEGE.verification_method})),
    ):
        yield Case(name, "3.4", after(good, change), as_bytes(good), ("proof.no_method",), verdicts=UNKNOWN)
    future = as_bytes(sealed(unsealed(COLLEGE), created=later))
    yield Case("signed-in-the-future", "3.9", future, as_bytes(good), ("proof.from_the_future",), verdicts=BAD)
    for name, options, code in (
        ("signature-has-ended", {"expires": earlier}, "proof.expired"),
        ("signed-for-another-purpose", {"proofPurpose": "keyAgreement"}, "proof.purpose"),
    ):
        bad = as_bytes({**unsealed(COLLEGE), "proof": _proof(unsealed(COLLEGE), **options)})
        yield Case(name, "3.7, 3.9", bad, as_bytes(good), (code,), verdicts=BAD)


def _proof(document: Json, signer: Signer = COLLEGE, /, **options: Any) -> Json:
    """An eddsa-rdfc-2022 proof with options of its own. `document` holds the proofs that it builds on."""
    proof = {
        "type": "DataIntegrityProof", "cryptosuite": "eddsa-rdfc-2022", "created": CREATED,
        "verificationMethod": signer.verification_method, "proofPurpose": "assertionMethod",
    } | options  # fmt: skip
    return {**proof, "proofValue": multibase.encode(signer.sign(hash_data(document=document, proof=proof)))}


def _names() -> Iterator[Case]:
    """Suites under each other's names."""
    for name, suite, change, code, verdicts in (
        ("json-suite-under-the-name-of-the-other", "eddsa-jcs", put("proof", cryptosuite="eddsa-rdfc-2022"), MISMATCH, BAD),
        ("meaning-suite-under-the-name-of-the-other", "eddsa-rdfc", put("proof", cryptosuite="eddsa-jcs-2022"), MISMATCH, BAD),
        ("suite-of-another-kind-of-key", "eddsa-rdfc", put("proof", cryptosuite="ecdsa-rdfc-2019"), "proof.key_kind", BAD),
        ("p256-suite-of-another-kind-of-key", "p256-rdfc", put("proof", cryptosuite="eddsa-rdfc-2022"), "proof.key_kind", BAD),
        ("suite-unknown", "eddsa-rdfc", put("proof", cryptosuite="eddsa-rdfc-1999"), UNSUPPORTED, UNKNOWN),
        ("suite-missing", "eddsa-rdfc", lambda document: document["proof"].pop("cryptosuite"), UNSUPPORTED, UNKNOWN),
        ("suite-as-a-list", "eddsa-rdfc", put("proof", cryptosuite=["eddsa-rdfc-2022"]), UNSUPPORTED, UNKNOWN),
        ("suite-in-other-letters", "eddsa-rdfc", put("proof", cryptosuite="EdDSA-RDFC-2022"), UNSUPPORTED, UNKNOWN),
        (
            "proof-type-of-the-older-suite",
            "eddsa-rdfc",
            put("proof", type="Ed25519Signature2020"),
            UNSUPPORTED,
            UNKNOWN,
        ),
        ("proof-type-of-the-newer-suite", "ed25519-2020", _as_newer, MISMATCH, BAD),
        (
            "proof-type-that-anybody-can-make",
            "eddsa-rdfc",
            put("proof", type="Sha256Digest2020"),
            UNSUPPORTED,
            UNKNOWN,
        ),
    ):
        good = signed_by(suite)
        yield Case(name, "3.1, 3.3", after(good, change), as_bytes(good), (code,), verdicts=verdicts)


def _as_newer(document: Json) -> None:
    document["proof"] |= {"type": "DataIntegrityProof", "cryptosuite": "eddsa-rdfc-2022"}


def _several() -> Iterator[Case]:
    """No proof, and more than one."""
    good = signed_by("eddsa-rdfc")
    for name, value, code, verdicts in (
        ("proof-empty", {}, UNSUPPORTED, UNKNOWN),
        ("proof-list-empty", [], "proof.none", UNKNOWN),
        ("proof-null", None, "proof.malformed", UNKNOWN),
        ("proof-as-text", "signed", "proof.malformed", UNKNOWN),
        ("proof-list-with-text", [good["proof"], "signed"], "proof.malformed", UNKNOWN),
    ):
        yield Case(name, "threat 8", after(good, put("", proof=value)), as_bytes(good), (code,), verdicts=verdicts)
    without = {name: value for name, value in good.items() if name != "proof"}
    yield Case("proof-missing", "threat 8", as_bytes(without), as_bytes(good), ("proof.none",), verdicts=UNKNOWN)
    second = sealed(unsealed(COLLEGE), sign=eddsa_jcs_2022.sign)["proof"]
    two = altered(good, put("", proof=[good["proof"], second]))
    broken = after(two, put("proof.1", created="2026-05-01T00:00:00Z"))
    yield Case("bad-proof-beside-a-good-one", "3.7", broken, as_bytes(two), (MISMATCH,), verdicts=BAD)
    strangers = _proof(unsealed(COLLEGE), STRANGER)
    bad = after(good, put("", proof=[good["proof"], strangers]))
    yield Case("proof-of-a-stranger-beside-a-good-one", "3.4, 3.7", bad, as_bytes(two), ("issuer.other_key",), verdicts=BAD)


def _chains() -> Iterator[Case]:
    """Signatures over signatures."""
    document = unsealed(COLLEGE)
    first = _proof(document, id="urn:uuid:6c54b12a-9b0f-4f1c-9a53-444444444444")
    options = {"id": "urn:uuid:6c54b12a-9b0f-4f1c-9a53-555555555555", "previousProof": first["id"]}
    good = {**document, "proof": [first, _proof({**document, "proof": [first]}, **options)]}
    for name, change, codes, verdicts in (
        ("previous-proof-missing", lambda made: made["proof"].pop(0), ("proof.chain_broken",), BAD),
        ("previous-proof-altered", put("proof.0", created="2026-05-01T00:00:00Z"), (MISMATCH,), BAD),
        ("previous-proof-no-longer-named", lambda made: made["proof"][1].pop("previousProof"), (MISMATCH,), BAD),
        ("previous-proof-is-itself", put("proof.1", previousProof=options["id"]), ("proof.chain_broken",), BAD),
        ("previous-proofs-in-a-circle", put("proof.0", previousProof=options["id"]), ("proof.chain_broken",), BAD),
        ("previous-proof-twice", lambda made: made["proof"].insert(0, made["proof"][0]), ("proof.chain_broken",), BAD),
        ("previous-proof-as-a-number", put("proof.1", previousProof=0), ("proof.malformed",), UNKNOWN),
        ("previous-proof-of-an-unknown-kind", put("proof.0", cryptosuite="eddsa-rdfc-1999"), (UNSUPPORTED,), BAD),
    ):
        yield Case(name, "3.7", after(good, change), as_bytes(good), codes, verdicts=verdicts)


def _selective() -> Iterator[Case]:
    """ecdsa-sd-2023: copies of which a part is shown."""
    document = credential(change=put("issuer", id=COLLEGE_256.did), status=STATUS)
    base = {
        **document,
        "proof": ecdsa_sd_2023.sign(
            document=document, signer=COLLEGE_256, created=CREATED, hmac_key=b"\x05" * 32,
            proof_key=ecdsa.LocalSigner(P256, 9),
        ),
    }  # fmt: skip
    unsigned_list = bitstring.build(
        id=LIST_URL, issuer=COLLEGE_256.did, purpose="revocation", indexes=(), valid_from=NOW,
        valid_until=NOW + timedelta(days=1), ttl_ms=900_000,
    )  # fmt: skip
    pages = {LIST_URL: as_bytes(sealed(unsigned_list, sign=ecdsa_rdfc_2019.sign, signer=COLLEGE_256))}
    pointers = [f"/{name}" for name in ("@context", "id", "type", "name", "issuer", "credentialSubject")]
    good = ecdsa_sd_2023.derive(document=base, selective_pointers=pointers)
    more = ecdsa_sd_2023.derive(document=base, selective_pointers=[*pointers, "/evidence"])

    def repacked(change: Change) -> Change:
        """The proof value with one of its five parts changed."""
        data = multibase.decode(good["proof"]["proofValue"])
        parts = cbor.loads(data[3:], max_bytes=2**20)
        change(parts)
        return put("proof", proofValue=multibase.encode(data[:3] + cbor.dumps(parts), base="u"))

    def other_label(parts: Any) -> None:
        parts[3][0] = b"\x07" * 32

    def swapped_labels(parts: Any) -> None:
        parts[3][0], parts[3][1] = parts[3][1], parts[3][0]

    for name, change, code, verdicts in (
        ("base-proof-handed-over", put("", **base), "proof.base_only", UNKNOWN),
        ("shown-value-altered", put("credentialSubject", name="Eve Delgado"), MISMATCH, BAD),
        ("mandatory-value-altered", put("", validUntil="2036-01-01T00:00:00Z"), MISMATCH, BAD),
        ("mandatory-value-left-out", lambda made: made.pop("validUntil"), MISMATCH, BAD),
        ("mandatory-status-left-out", lambda made: made.pop("credentialStatus"), MISMATCH, BAD),
        ("shown-value-left-out", lambda made: made["credentialSubject"].pop("name"), MISMATCH, BAD),
        ("evidence-shown-without-its-signature", put("", evidence=more["evidence"]), MISMATCH, BAD),
        ("mandatory-places-moved", repacked(lambda parts: parts[4].__setitem__(-1, parts[4][-1] + 1)), MISMATCH, BAD),
        ("mandatory-place-left-out", repacked(lambda parts: parts[4].pop()), MISMATCH, BAD),
        ("mandatory-places-not-ascending", repacked(lambda parts: parts[4].reverse()), VALUE, BAD),
        ("label-changed", repacked(other_label), MISMATCH, BAD),
        ("labels-swapped", repacked(swapped_labels), MISMATCH, BAD),
        ("label-missing", repacked(lambda parts: parts[3].pop(max(parts[3]))), MISMATCH, BAD),
        ("signature-of-a-statement-left-out", repacked(lambda parts: parts[2].pop()), MISMATCH, BAD),
        ("signatures-of-statements-in-another-order", repacked(lambda parts: parts[2].reverse()), MISMATCH, BAD),
        ("key-of-statements-changed", repacked(lambda parts: parts.__setitem__(1, _key_bytes())), MISMATCH, BAD),
        ("value-of-four-parts", repacked(lambda parts: parts.pop()), VALUE, BAD),
        ("value-no-cbor", put("proof", proofValue=NO_CBOR), "cbor.malformed", BAD),
    ):
        yield Case(
            f"selective-{name}", "threat 8", after(good, change), as_bytes(good),
            (code,), pages=pages, verdicts=verdicts,
        )  # fmt: skip


def _key_bytes() -> bytes:
    """Another P-256 key, as the proof value holds it."""
    return multibase.decode(ecdsa.LocalSigner(P256, 10).multibase)
