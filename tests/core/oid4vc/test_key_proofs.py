"""Proofs of a key: what counts, and everything that does not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from credcore.codec import jose as tokens
from credcore.codec import multibase, strict_json
from credcore.errors import MalformedError
from credcore.keys import ecdsa, ed25519, jwk
from credcore.keys.public import P256, P384
from credcore.oid4vc import key_proofs
from credcore.proofs import jose

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
GIVER = "https://giver.example/oid4vci/1"
APP = ecdsa.generate(P256)
OTHER = ecdsa.generate(P256)
SAID = key_proofs.payload(audience=GIVER, nonce="n", now=NOW)


def made(*, signer: Any = APP, header: dict[str, Any] | None = None, said: dict[str, Any] | None = None) -> str:
    named = {"typ": key_proofs.TYPE, "jwk": jwk.encode(signer.key)} if header is None else header
    return jose.sign(payload=strict_json.dumps(SAID if said is None else said), signer=signer, header=named).decode()


def unsigned(alg: str) -> str:
    head = strict_json.dumps({"alg": alg, "typ": key_proofs.TYPE, "jwk": jwk.encode(APP.key)})
    return ".".join(multibase.encode(part, base="u")[1:] for part in (head, strict_json.dumps(SAID), b"x"))


def refused(token: str, *, now: datetime = NOW) -> str:
    with pytest.raises(MalformedError) as caught:
        key_proofs.check(token, audience=GIVER, now=now)
    assert caught.value.code == "oid4vci.proof"
    return caught.value.detail


@pytest.mark.parametrize("signer", [APP, ed25519.generate()])
def test_each_way_to_name_a_key(signer: Any) -> None:
    did = key_proofs.did_jwk(signer.key)
    for header, name in (
        ({"jwk": jwk.encode(signer.key)}, did),
        ({"kid": signer.verification_method}, signer.did),
        ({"kid": signer.did}, signer.did),
        ({"kid": f"{did}#0"}, did),
    ):
        proof = key_proofs.check(made(signer=signer, header={"typ": key_proofs.TYPE} | header), audience=GIVER, now=NOW)
        assert proof == key_proofs.KeyProof(signer.key, name, "n")
        assert proof.thumbprint == jwk.thumbprint(signer.key)


@pytest.mark.parametrize(
    "header",
    [
        {"typ": "JWT", "jwk": jwk.encode(APP.key)},
        {"jwk": jwk.encode(APP.key)},
        {"typ": key_proofs.TYPE},
        {"typ": key_proofs.TYPE, "jwk": jwk.encode(APP.key), "kid": APP.did},
        {"typ": key_proofs.TYPE, "x5c": ["MII"]},
        {"typ": key_proofs.TYPE, "jwk": jwk.encode(OTHER.key)},
        {"typ": key_proofs.TYPE, "jwk": jwk.encode(APP.key) | {"d": "AAAA"}},
        {"typ": key_proofs.TYPE, "jwk": {"kty": "oct", "k": "AAAA"}},
        {"typ": key_proofs.TYPE, "jwk": "text"},
        {"typ": key_proofs.TYPE, "kid": 7},
        {"typ": key_proofs.TYPE, "kid": "did:web:giver.example#key"},
        {"typ": key_proofs.TYPE, "kid": f"{APP.did}#{OTHER.multibase}"},
        {"typ": key_proofs.TYPE, "kid": "did:key:z6Mkbroken"},
        {"typ": key_proofs.TYPE, "kid": "../../etc/passwd"},
        {"typ": key_proofs.TYPE, "jwk": jwk.encode(APP.key), "crit": ["b64"]},
    ],
)
def test_headers_that_do_not_count(header: dict[str, Any]) -> None:
    refused(made(header=header))


@pytest.mark.parametrize(
    "change",
    [
        {"aud": "https://giver.example/oid4vci/2"},
        {"aud": GIVER + "/"},
        {"aud": [GIVER]},
        {"nonce": ""},
        {"nonce": 5},
        {"iat": "now"},
        {"iat": True},
        {"iat": int((NOW - timedelta(minutes=7)).timestamp())},
        {"iat": int((NOW + timedelta(minutes=2)).timestamp())},
        {"exp": int((NOW - timedelta(minutes=2)).timestamp())},
        {"nbf": int((NOW + timedelta(minutes=2)).timestamp())},
    ],
)
def test_claims_that_do_not_count(change: dict[str, Any]) -> None:
    refused(made(said=SAID | change))


@pytest.mark.parametrize("name", ["aud", "nonce", "iat"])
def test_claims_that_must_be_there(name: str) -> None:
    refused(made(said={key: value for key, value in SAID.items() if key != name}))


@pytest.mark.parametrize("alg", ["none", "None", "HS256", "ES384", "RS256", "dir"])
def test_algorithms(alg: str) -> None:
    refused(unsigned(alg))


def test_a_kind_of_key_that_is_not_offered() -> None:
    assert "another kind" in refused(made(signer=ecdsa.generate(P384)))


@pytest.mark.parametrize("token", ["", "a.b", "a.b.c", "é.é.é", "." * 5, "x" * 600_000])
def test_what_is_no_token(token: str) -> None:
    refused(token)


def test_an_altered_one() -> None:
    head, _, signature = made().split(".")
    other = multibase.encode(strict_json.dumps(SAID | {"nonce": "m"}), base="u")[1:]
    refused(f"{head}.{other}.{signature}")
    assert tokens.parse(made().encode()).header["alg"] == "ES256"
