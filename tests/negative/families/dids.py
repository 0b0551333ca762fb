"""Key documents: whose they are, and which of their keys may sign what. (trustworthy: rules 4 and 5; threats 4 and 12)"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from credcore.codec import multibase
from credcore.keys import jwk, multikey
from credcore.proofs import eddsa_jcs_2022
from credcore.trust import TrustEntry
from tests.core.proofs import STRANGER
from tests.negative.case import Case
from tests.negative.making import (
    COLLEGE,
    CREATED,
    EC_SIGNER,
    NAME,
    P384_SIGNER,
    RSA_KEY,
    Json,
    b64,
    credential,
    dumps,
    rsa_jwk,
    token,
)

Change = Callable[[Json], Any]
BAD, UNKNOWN = ("bad",), ("unknown",)


def did_of(name: str) -> str:
    """Each case has a page of keys of its own."""
    return f"did:web:college.example:{name}"


def url_of(name: str) -> str:
    return f"https://college.example/{name}/did.json"


def method(did: str, fragment: str = "key-1", key: str = COLLEGE.multibase, **more: Any) -> Json:
    """A verification method; `None` takes a member away."""
    made = {"id": f"{did}#{fragment}", "type": "Multikey", "controller": did, "publicKeyMultibase": key} | more
    return {name: value for name, value in made.items() if value is not None}


def document_of(did: str) -> Json:
    """A page of keys with the College's key, for statements only."""
    methods = [method(did)]
    return {"id": did, "verificationMethod": methods, "assertionMethod": [f"{did}#key-1"]}


def cases() -> Iterator[Case]:
    """The same token twice; only what the page of keys says differs."""
    yield from _whose()
    yield from _what_for()
    yield from _keys()
    yield from _jwks()
    yield from _shapes()
    yield from _embedded()


def _token(name: str, *, kid: str | None = "key-1", sign: Callable[[bytes], bytes] = COLLEGE.sign) -> bytes:
    did = did_of(name)
    header = {"alg": "EdDSA", "typ": "vc+jwt"} | ({} if kid is None else {"kid": kid if ":" in kid else f"{did}#{kid}"})
    return token(header, credential(did), sign=sign)


def _page(
    name: str, change: Change | bytes, code: str, verdicts: tuple[str, ...] = UNKNOWN, rule: str = "3.4, threat 4"
) -> Case:
    good = document_of(did_of(name))
    if isinstance(change, bytes):
        page = change
    else:
        document = document_of(did_of(name))
        page = dumps(change(document) or document)
    proof, url = _token(name), url_of(name)
    return Case(name, rule, proof, proof, (code,), ".jwt", {url: page}, {url: dumps(good)}, verdicts)


def _whose() -> Iterator[Case]:
    other = did_of("other")
    yield _page("page-about-another-giver", lambda made: document_of(other), "did.malformed")
    yield _page("page-with-the-id-of-another-giver", lambda made: made.update(id=other), "did.malformed")
    yield _page("page-without-an-id", lambda made: made.pop("id") and None, "did.malformed")
    yield _page("page-with-an-id-in-capitals", lambda made: made.update(id=made["id"].upper()), "did.malformed")
    yield _page(
        "page-that-is-known-by-this-name-too", lambda made: made.update(id=other, alsoKnownAs=[made["id"]]), "did.malformed"
    )

    def controlled(made: Json) -> None:
        made["verificationMethod"][0]["controller"] = STRANGER.did

    yield _page("key-under-another-controller", controlled, "issuer.no_keys")
    yield _page("key-in-place-under-another-controller", _in_place(controller=STRANGER.did), "issuer.no_keys")
    strangers = {"id": STRANGER.verification_method, "type": "Multikey", "controller": STRANGER.did,
                 "publicKeyMultibase": STRANGER.multibase}  # fmt: skip
    name = "key-of-a-stranger-on-the-page"
    did, url = did_of(name), url_of(name)
    both = {**document_of(did), "verificationMethod": [method(did), strangers], "assertionMethod": [
        f"{did}#key-1", STRANGER.verification_method]}  # fmt: skip
    bad = _token(name, kid=STRANGER.verification_method, sign=STRANGER.sign)
    yield Case(name, "3.4, threat 4", bad, _token(name), ("issuer.other_key",), ".jwt", {url: dumps(both)}, verdicts=BAD)


def _in_place(**members: Any) -> Change:
    """The key written under `assertionMethod` itself."""

    def change(made: Json) -> None:
        made["assertionMethod"] = [made.pop("verificationMethod")[0] | members]

    return change


def _what_for() -> Iterator[Case]:
    def only(relationship: str) -> Change:
        return lambda made: made.update({relationship: made.pop("assertionMethod")})

    yield _page("key-for-nothing", lambda made: made.pop("assertionMethod") and None, "issuer.no_keys")
    for relationship in ("authentication", "keyAgreement", "capabilityDelegation"):
        yield _page(f"key-for-{relationship.lower()}-only", only(relationship), "issuer.no_keys")
    # Controlled Identifiers 1.0, section 2.2: at or after this moment nothing is verified with the key.
    for name, member in (("revoked", "revoked"), ("expired", "expires")):

        def ended(made: Json, member: str = member) -> None:
            made["verificationMethod"][0][member] = "2026-04-30T00:00:00Z"

        yield _page(f"key-that-has-{name}", ended, f"key.{name}", rule="3.4, threat 12")

    def newer(made: Json) -> None:
        made["verificationMethod"] = [method(made["id"], "key-2", STRANGER.multibase)]
        made["assertionMethod"] = [f"{made['id']}#key-2"]

    yield _page("key-taken-off-the-page", newer, "issuer.other_key", BAD, rule="3.5, threat 12")

    def replaced(made: Json) -> None:
        made["verificationMethod"] = [method(made["id"], key=STRANGER.multibase)]

    yield _page("key-replaced-under-its-name", replaced, "proof.mismatch", BAD, rule="3.5, threat 12")
    name = "key-taken-off-and-not-named"
    did, url = did_of(name), url_of(name)
    document = document_of(did)
    newer(document)
    proof = _token(name, kid=None)
    yield Case(name, "3.5, threat 12", proof, proof, ("proof.mismatch",), ".jwt", {url: dumps(document)},
               {url: dumps(document_of(did))}, BAD)  # fmt: skip
    yield _page("page-with-no-keys", lambda made: made.update(verificationMethod=[], assertionMethod=[]), "issuer.no_keys")


def _key(name: str, code: str, verdicts: tuple[str, ...] = UNKNOWN, **members: Any) -> Case:
    def change(made: Json) -> None:
        made["verificationMethod"] = [method(made["id"], **members)]

    return _page(name, change, code, verdicts, rule="3.3, 3.4")


def _keys() -> Iterator[Case]:
    raw = COLLEGE.public
    for name, text, code in (
        ("key-with-a-letter-that-is-none", COLLEGE.multibase[:-1] + "0", "multibase.bad"),
        ("key-of-another-base", "f" + raw.hex(), "multibase.bad"),
        ("key-in-base64", multibase.encode(b"\xed\x01" + raw, base="u"), "key.malformed"),
        ("key-a-byte-short", multibase.encode(b"\xed\x01" + raw[:31]), "key.malformed"),
        ("key-a-byte-long", multibase.encode(b"\xed\x01" + raw + b"\0"), "key.malformed"),
        ("key-without-its-kind", multibase.encode(raw), "key.malformed"),
        ("key-of-a-kind-for-secrets", multibase.encode(b"\xec\x01" + raw), "key.unsupported"),
        ("key-of-secp256k1", multibase.encode(b"\xe7\x01\x02" + raw), "key.unsupported"),
        ("key-that-is-a-secret-key", multibase.encode(b"\x80\x26" + raw), "key.malformed"),
        ("key-of-small-order", multibase.encode(b"\xed\x01\x01" + bytes(31)), "key.malformed"),
        ("key-of-p-256-off-the-curve", multibase.encode(b"\x80\x24\x02" + b"\xff" * 32), "key.malformed"),
        ("key-of-p-256-in-the-long-form", multibase.encode(b"\x80\x24\x04" + bytes(64)), "key.malformed"),
        ("key-text-of-five-thousand-letters", "z" + "2" * 5_000, "multibase.bad"),
    ):
        yield _key(name, code, key=text)
    for name, signer in (("p-256", EC_SIGNER), ("p-384", P384_SIGNER)):
        yield _key(f"key-of-{name}-for-eddsa", "jose.key_mismatch", BAD, key=multikey.encode(signer.key))
    both = {"publicKeyJwk": jwk.encode(COLLEGE.key)}
    yield _key("key-in-two-spellings", "key.malformed", **both)
    yield _key("key-in-no-spelling", "key.unsupported", key=None)
    yield _key("key-that-is-a-list", "key.unsupported", key=[COLLEGE.multibase])
    yield _key("key-as-pem", "key.unsupported", key=None, publicKeyPem="-----BEGIN PUBLIC KEY-----")
    named = {"type": "Ed25519VerificationKey2020", "key": multikey.encode(EC_SIGNER.key)}
    yield _key("key-of-another-kind-than-its-type", "key.malformed", **named)


def _jwks() -> Iterator[Case]:
    right = jwk.encode(COLLEGE.key)
    p256, rsa = jwk.encode(EC_SIGNER.key), rsa_jwk(RSA_KEY)
    for name, key, code in (
        ("with-its-secret-part", right | {"d": "AQ"}, "key.malformed"),
        ("that-is-a-shared-secret", {"kty": "oct", "k": right["x"]}, "key.malformed"),
        ("without-x", {"kty": "OKP", "crv": "Ed25519"}, "key.malformed"),
        ("with-x-a-byte-short", right | {"x": right["x"][:-2]}, "multibase.bad"),
        ("with-x-padded", right | {"x": right["x"] + "="}, "multibase.bad"),
        ("of-ed448", right | {"crv": "Ed448"}, "key.unsupported"),
        ("of-x25519", right | {"crv": "X25519"}, "key.unsupported"),
        ("for-key-agreement", right | {"alg": "ECDH-ES"}, "key.unsupported"),
        ("off-the-curve", p256 | {"y": p256["x"]}, "key.malformed"),
        ("with-a-number-too-long", p256 | {"x": _longer(p256["x"])}, "key.malformed"),
        ("of-rsa-with-an-exponent-of-3", rsa | {"e": "Aw"}, "key.malformed"),
        ("of-rsa-with-a-zero-in-front", rsa | {"n": _longer(rsa["n"])}, "key.malformed"),
        ("that-is-a-text", right["x"], "key.unsupported"),
    ):
        kind = {"type": "JsonWebKey", "key": None, "publicKeyJwk": key}
        yield _key(f"jwk-{name}", code, **kind)


def _longer(number: str) -> str:
    """With a zero in front."""
    return b64(b"\0" + multibase.decode("u" + number)).decode()


def _shapes() -> Iterator[Case]:
    for name, page, code in (
        ("that-is-a-web-page", b"<!doctype html><title>Keys</title>", "json.not_json"),
        ("that-is-empty", b"", "json.not_json"),
        ("that-is-a-list", b"[]", "did.malformed"),
        ("that-is-null", b"null", "did.malformed"),
        ("nested-40-deep", b'{"id":' + b"[" * 40 + b"]" * 40 + b"}", "json.too_deep"),
        ("with-a-byte-order-mark", b"\xef\xbb\xbf{}", "json.not_json"),
    ):
        yield _page(f"page-{name}", page, code, rule="3.5, 3.15")
    name = "page-with-its-keys-twice"
    right = dumps(document_of(did_of(name)))
    yield _page(name, right[:-1] + b',"assertionMethod":[]}', "json.duplicate_key", rule="3.5")
    for name, member in (("id", "id"), ("owner", "controller")):

        def without(made: Json, member: str = member) -> None:
            del made["verificationMethod"][0][member]

        yield _page(f"key-without-an-{name}", without, "did.malformed")
    many = [method(did_of("page-with-101-keys"), f"key-{number}") for number in range(1, 102)]
    yield _page(
        "page-with-101-keys", lambda made: made.update(verificationMethod=many), "did.malformed", rule="3.5, threat 17"
    )


def _embedded() -> Iterator[Case]:
    """The same questions where the proof stands in the document."""
    for name, reference, change, code, verdicts in (
        ("proof-with-a-key-that-is-not-there", "#key-9", None, "issuer.other_key", BAD),
        ("proof-with-the-key-of-a-stranger", STRANGER.verification_method, None, "issuer.other_key", BAD),
        (
            "proof-with-a-key-that-somebody-else-controls",
            "#key-1",
            _in_place(controller=STRANGER.did),
            "issuer.other_key",
            BAD,
        ),
        ("proof-with-a-key-to-sign-in", "#key-1", _to_sign_in, "issuer.no_such_key", UNKNOWN),
        ("proof-with-no-key", None, None, "proof.no_method", UNKNOWN),
        ("proof-with-a-key-that-is-an-object", {"id": "#key-1"}, None, "proof.no_method", UNKNOWN),
        ("proof-under-a-page-of-another-giver", "#key-1", lambda made: made.update(id=did_of("x")), "did.malformed", UNKNOWN),
    ):
        did, url = did_of(name), url_of(name)
        document = document_of(did)
        if change is not None:
            change(document)
        right = f"{did}#key-1"
        wrong = did + reference if isinstance(reference, str) and reference.startswith("#") else reference
        pages = {url: dumps(document)}, {url: dumps(document_of(did))}
        bad = _sealed(did, STRANGER if reference == STRANGER.verification_method else COLLEGE, wrong)
        yield Case(name, "3.4, threat 4", bad, _sealed(did, COLLEGE, right), (code,), ".json", *pages, verdicts)


def _to_sign_in(made: Json) -> None:
    made["authentication"] = made.pop("assertionMethod")


def _sealed(did: str, signer: Any, reference: object) -> bytes:
    """With a proof in which the key has this name."""

    class Named:
        algorithm, sign, verification_method = signer.algorithm, signer.sign, reference

    document = credential(did)
    return dumps({**document, "proof": eddsa_jcs_2022.sign(document=document, signer=Named, created=CREATED)})


GIVERS = tuple(TrustEntry(did_of(case.name), NAME) for case in cases())
