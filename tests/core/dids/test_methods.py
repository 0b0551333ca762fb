"""did:key and did:jwk: the identifier is the key, and nothing else is believed."""

from __future__ import annotations

import json
from typing import Any

import pytest

from credcore import dids
from credcore.codec import multibase, strict_json
from credcore.errors import CredcoreError, MalformedError, UnavailableError
from credcore.keys import ecdsa, ed25519, jwk
from credcore.keys.public import ED25519, P256, P384
from credcore.ports import Fetched, FetchKind
from tests.vectors import vectors

Json = dict[str, Any]
P256_KEY = ecdsa.LocalSigner(P256, 7).key


def _nobody(url: str, *, kind: FetchKind) -> Fetched:
    raise AssertionError(f"asked {url} ({kind})")


def resolve(did: str) -> dids.DidDocument:
    """Without a network: asking would be an error of another kind."""
    return dids.resolve(did, fetch=_nobody)


def refusal(did: str) -> str:
    with pytest.raises(CredcoreError) as caught:
        resolve(did)
    assert isinstance(caught.value, MalformedError | UnavailableError)
    return caught.value.code


def did_jwk(value: Any) -> str:
    return "did:jwk:" + multibase.encode(strict_json.dumps(value), base="u")[1:]


def samples(name: str) -> Json:
    found: Json = json.loads((vectors("did-key") / name).read_bytes())
    return found


def test_did_keys_of_ed25519() -> None:
    for did, sample in samples("ed25519-x25519.json").items():
        document = resolve(did)
        [method] = document.assertion.values()
        assert method.key == ed25519.LocalSigner(bytes.fromhex(sample["seed"])).key
        assert method.id == did + "#" + sample["verificationKeyPair"]["id"].partition("#")[2]
        assert method.controller == document.id == did
        assert document.authentication == document.assertion


def test_did_keys_of_nist_curves() -> None:
    read = set()
    for did, sample in samples("nist-curves.json").items():
        if did.startswith(("did:key:zDn", "did:key:z82")):
            published = sample["didDocument"]["verificationMethod"][0]
            [method] = resolve(did).assertion.values()
            assert method.id == published["id"]
            assert method.key is not None
            if "publicKeyJwk" in published:
                assert method.key == jwk.decode(published["publicKeyJwk"])
            else:
                assert method.key.raw == multibase.decode("z" + published["publicKeyBase58"])
            read.add(method.key.algorithm)
        else:
            assert refusal(did) == "key.unsupported"
    assert read == {P256, P384}


@pytest.mark.parametrize("name", ["bls12381.json", "rsa.json", "secp256k1.json", "x25519.json"])
def test_did_keys_of_kinds_that_we_do_not_read_say_so(name: str) -> None:
    found = samples(name)
    found = found.get("didDocument", found)
    assert found
    for did in found:
        assert refusal(did) == "key.unsupported"


@pytest.mark.parametrize("did", ["did:key:z", "did:key:zzz", "did:key:u7QE", "did:key:z6Mk", "did:key:zDnaerx9CtbPJ1q36T5Ln"])
def test_what_is_no_did_key(did: str) -> None:
    assert refusal(did) in ("key.malformed", "multibase.bad")


@pytest.mark.parametrize(
    "key", [ed25519.LocalSigner(b"\7" * 32).key, P256_KEY, ecdsa.LocalSigner(P384, 7).key], ids=[ED25519, P256, P384]
)
def test_did_jwk(key: Any) -> None:
    did = did_jwk(jwk.encode(key))
    document = resolve(did)
    assert list(document.assertion) == [f"{did}#0"]
    assert document.assertion[f"{did}#0"].key == key
    assert document.assertion[f"{did}#0"].controller == did
    assert document.authentication == document.assertion


def test_a_did_jwk_for_encryption_signs_nothing() -> None:
    assert resolve(did_jwk({**jwk.encode(P256_KEY), "use": "sig"})).assertion
    for said in ({"use": "enc"}, {"key_ops": ["deriveKey"]}):
        with pytest.raises(UnavailableError) as caught:
            resolve(did_jwk({**jwk.encode(P256_KEY), **said}))
        assert caught.value.code == "key.unsupported"


@pytest.mark.parametrize(
    ("did", "code"),
    [
        (did_jwk({**jwk.encode(P256_KEY), "d": "AQAB"}), "key.malformed"),
        (did_jwk({"kty": "oct", "k": "AQAB"}), "key.malformed"),
        (did_jwk({"kty": "EC", "crv": "secp256k1"}), "key.unsupported"),
        (did_jwk([1]), "did.malformed"),
        ("did:jwk:" + multibase.encode(b'{"kty":"EC","kty":"EC"}', base="u")[1:], "json.duplicate_key"),
        (did_jwk({"x": "y" * 4096}), "json.too_large"),
        ("did:jwk:" + "A" * 9000, "did.malformed"),
        ("did:jwk:e30=", "multibase.bad"),
        ("did:jwk:", "did.unsupported"),
    ],
)
def test_what_is_no_did_jwk(did: str, code: str) -> None:
    assert refusal(did) == code
