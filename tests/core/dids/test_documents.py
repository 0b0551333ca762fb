"""DID documents: which keys may do what, in every spelling that is still published."""

from __future__ import annotations

from typing import Any

import pytest

from credcore.codec import multibase
from credcore.dids.document import MAX_METHODS, DidDocument, parse
from credcore.errors import MalformedError
from credcore.keys import ecdsa, ed25519, jwk, multikey
from credcore.keys.public import P256, P384, PublicKey

Json = dict[str, Any]
DID = "did:web:college.example"
ED = ed25519.LocalSigner(b"\7" * 32).key
P256_KEY = ecdsa.LocalSigner(P256, 7).key
P384_KEY = ecdsa.LocalSigner(P384, 7).key


def method(name: str = "#key", **members: Any) -> Json:
    return {"id": DID + name, "controller": DID, **members}


def base58(key: PublicKey) -> str:
    return multibase.encode(key.raw)[1:]


def read(*methods: Json, **relationships: Any) -> DidDocument:
    data = {"id": DID, "verificationMethod": list(methods), **relationships}
    return parse(did=DID, data=data)


@pytest.mark.parametrize(
    ("key", "members"),
    [
        (ED, {"type": "Multikey", "publicKeyMultibase": multikey.encode(ED)}),
        (P256_KEY, {"type": "Multikey", "publicKeyMultibase": multikey.encode(P256_KEY)}),
        (P384_KEY, {"type": "Multikey", "publicKeyMultibase": multikey.encode(P384_KEY)}),
        (ED, {"type": "Ed25519VerificationKey2020", "publicKeyMultibase": multikey.encode(ED)}),
        (ED, {"type": "Ed25519VerificationKey2018", "publicKeyBase58": base58(ED)}),
        (ED, {"type": "JsonWebKey2020", "publicKeyJwk": jwk.encode(ED)}),
        (P384_KEY, {"type": "JsonWebKey", "publicKeyJwk": jwk.encode(P384_KEY)}),
        (P256_KEY, {"type": "EcdsaSecp256r1VerificationKey2019", "publicKeyMultibase": multikey.encode(P256_KEY)}),
        (P256_KEY, {"type": "EcdsaSecp256r1VerificationKey2019", "publicKeyJwk": jwk.encode(P256_KEY)}),
        (P256_KEY, {"type": "EcdsaSecp256r1VerificationKey2019", "publicKeyBase58": base58(P256_KEY)}),
    ],
)
def test_every_spelling_of_a_key(key: PublicKey, members: Json) -> None:
    document = read(method(**members), assertionMethod="#key")
    assert document.assertion[f"{DID}#key"].key == key


@pytest.mark.parametrize(
    ("members", "problem"),
    [
        ({"type": "Ed25519VerificationKey2020", "publicKeyMultibase": multikey.encode(P256_KEY)}, "key.malformed"),
        ({"type": "EcdsaSecp256r1VerificationKey2019", "publicKeyJwk": jwk.encode(P384_KEY)}, "key.malformed"),
        ({"type": "Ed25519VerificationKey2018", "publicKeyBase58": base58(P256_KEY)}, "key.malformed"),
        ({"type": "Ed25519VerificationKey2018", "publicKeyBase58": "0OIl"}, "multibase.bad"),
        ({"type": "EcdsaSecp256k1VerificationKey2019", "publicKeyBase58": base58(P256_KEY)}, "key.unsupported"),
        ({"type": "Multikey", "publicKeyBase58": base58(ED)}, "key.unsupported"),
        ({"type": "Ed25519VerificationKey2018", "publicKeyHex": ED.raw.hex()}, "key.unsupported"),
        ({"type": ["Multikey"], "publicKeyJwk": "text"}, "key.unsupported"),
        (
            {"type": "Multikey", "publicKeyMultibase": multikey.encode(ED), "publicKeyJwk": jwk.encode(P256_KEY)},
            "key.malformed",
        ),
    ],
)
def test_a_key_that_cannot_be_read_hides_no_other(members: Json, problem: str) -> None:
    good = method("#good", type="Multikey", publicKeyMultibase=multikey.encode(ED))
    document = read(method(**members), good, assertionMethod=["#key", "#good"])
    assert document.assertion[f"{DID}#good"].key == ED
    assert (document.assertion[f"{DID}#key"].key, document.assertion[f"{DID}#key"].problem) == (None, problem)


def test_signing_statements_and_being_there_are_two_permissions() -> None:
    one = method("#one", type="Multikey", publicKeyMultibase=multikey.encode(ED))
    two = method("#two", type="Multikey", publicKeyMultibase=multikey.encode(P256_KEY))
    inside = method("#inside", type="Multikey", publicKeyMultibase=multikey.encode(P384_KEY))
    document = read(one, two, assertionMethod=["#one"], authentication=[DID + "#two", inside, "#gone", 5])
    assert {name: found.key for name, found in document.assertion.items()} == {f"{DID}#one": ED}
    assert {name: found.key for name, found in document.authentication.items()} == {
        f"{DID}#two": P256_KEY, f"{DID}#inside": P384_KEY,
    }  # fmt: skip
    assert read(one).assertion == read(one).authentication == {}


@pytest.mark.parametrize("relationship", ["verificationMethod", "assertionMethod", "authentication"])
def test_lists_have_an_end(relationship: str) -> None:
    assert parse(did=DID, data={"id": DID, relationship: ["#key"] * MAX_METHODS})
    with pytest.raises(MalformedError, match=r"did\.malformed"):
        parse(did=DID, data={"id": DID, relationship: ["#key"] * (MAX_METHODS + 1)})


@pytest.mark.parametrize("data", [None, [], {"id": DID + "2"}, {"id": DID, "authentication": [{"id": "#key"}]}])
def test_what_is_no_document_of_this_did(data: Any) -> None:
    with pytest.raises(MalformedError, match=r"did\.malformed"):
        parse(did=DID, data=data)
