"""Tokens made here are good there, theirs are good here, and altered copies are refused on both sides.

joserfc for plain signatures; openvc-core, with its own keys and its own reading of RFC 9901, for tokens with shown parts.
openvc-core dates what it makes by the real clock, so these tests read it too.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from joserfc import jwk as their_jwk
from joserfc import jws as theirs
from joserfc.errors import JoseError
from openvc.errors import OpenvcError
from openvc.keys import P256SigningKey
from openvc.proof.sd_jwt import SdJwtVcProofSuite

from credcore.codec import jose
from credcore.errors import CredcoreError, MalformedError, SignatureMismatch
from credcore.keys import ecdsa, ed25519, jwk
from credcore.keys.public import ED25519, P256, P384, PublicKey
from credcore.proofs import jose as proof
from credcore.proofs import sd_jwt, sd_jwt_making

PAYLOAD = b'{"iss":"did:example:college"}'
ED = ed25519.LocalSigner(b"\x07" * 32)
SIGNERS: list[tuple[str, Any, PublicKey]] = [
    ("EdDSA", ED, PublicKey(ED25519, ED.public)),
    ("ES256", (first := ecdsa.LocalSigner(P256, 31)), first.key),
    ("ES384", (second := ecdsa.LocalSigner(P384, 32)), second.key),
]
PUBLIC_PARTS = ("kty", "crv", "x", "y", "n", "e")
# joserfc warns of the name that all but the newest tokens have.
NOT_NEW = pytest.mark.filterwarnings("ignore:EdDSA is deprecated")
US, NONCE = "https://check.example", "n-0S6_WzA2Mj"


def altered(token: bytes) -> bytes:
    """The same token about somebody else."""
    head, _, signature = token.split(b".")
    return b".".join([head, base64.urlsafe_b64encode(b'{"iss":"did:example:another"}').rstrip(b"="), signature])


def their_public(key: PublicKey) -> Any:
    return their_jwk.import_key(jwk.encode(key))


@NOT_NEW
@pytest.mark.parametrize(("name", "signer", "key"), SIGNERS)
def test_joserfc_reads_ours(name: str, signer: Any, key: PublicKey) -> None:
    made = proof.sign(payload=PAYLOAD, signer=signer, header={"typ": "JWT"})
    assert theirs.deserialize_compact(made, their_public(key), algorithms=[name]).payload == PAYLOAD
    with pytest.raises(JoseError):
        theirs.deserialize_compact(altered(made), their_public(key), algorithms=[name])


THEIR_KEYS: dict[str, Callable[[], Any]] = {
    "EdDSA": lambda: their_jwk.OKPKey.generate_key("Ed25519"),
    "Ed25519": lambda: their_jwk.OKPKey.generate_key("Ed25519"),
    "ES256": lambda: their_jwk.ECKey.generate_key("P-256"),
    "ES384": lambda: their_jwk.ECKey.generate_key("P-384"),
    "RS256": lambda: their_jwk.RSAKey.generate_key(2048),
}


@NOT_NEW
@pytest.mark.parametrize("name", THEIR_KEYS)
def test_we_read_those_of_joserfc(name: str) -> None:
    private = THEIR_KEYS[name]()
    key = jwk.decode({part: value for part, value in private.as_dict(private=False).items() if part in PUBLIC_PARTS})
    made = theirs.serialize_compact({"alg": name}, PAYLOAD, private, algorithms=[name]).encode()
    read = jose.parse(made)
    assert read.payload == PAYLOAD
    proof.verify(jws=read, key=key)
    with pytest.raises(SignatureMismatch):
        proof.verify(jws=jose.parse(altered(made)), key=key)


def test_their_shared_secrets_are_refused() -> None:
    secret = their_jwk.OctKey.import_key(b"k" * 32)
    made = theirs.serialize_compact({"alg": "HS256"}, PAYLOAD, secret, algorithms=["HS256"]).encode()
    with pytest.raises(MalformedError) as caught:
        jose.parse(made)
    assert caught.value.code == "jose.algorithm"


def now() -> datetime:
    return datetime.now(tz=UTC)


GIVER, HOLDER = P256SigningKey.generate("https://college.example#1"), P256SigningKey.generate("holder")


def their_token() -> str:
    claims = {"iss": "https://college.example", "given_name": "Rosa", "age": 40, "address": {"city": "Fresno"}}
    suite = SdJwtVcProofSuite()
    return suite.issue(
        claims, signing_key=GIVER, vct="https://college.example/forklift", decoys=3,
        disclosable=["given_name", "age", "address"], holder_jwk=HOLDER.public_jwk(),
    )  # fmt: skip


def test_we_read_and_show_a_token_of_openvc() -> None:
    held = their_token().encode()
    read = sd_jwt.parse(held)
    proof.verify(jws=read.jws, key=jwk.decode(GIVER.public_jwk()))
    sd_jwt.check_type(read)
    sd_jwt.check_undisclosed(read)
    assert read.claims["address"] == {"city": "Fresno"}
    assert read.hidden == 3
    shown = sd_jwt.parse(sd_jwt_making.present(held, shown=[("given_name",)]))
    assert (shown.claims["given_name"], shown.hidden) == ("Rosa", 5)
    assert "age" not in shown.claims


def test_we_check_a_binding_of_openvc() -> None:
    shown = SdJwtVcProofSuite().create_presentation(their_token(), holder_key=HOLDER, audience=US, nonce=NONCE).encode()
    sd_jwt.check_key_binding(sd_jwt.parse(shown), now=now(), audience=US, nonce=NONCE)
    for audience, nonce in (("https://other.example", NONCE), (US, "other")):
        with pytest.raises(MalformedError):
            sd_jwt.check_key_binding(sd_jwt.parse(shown), now=now(), audience=audience, nonce=nonce)
    with pytest.raises(MalformedError):
        sd_jwt.check_key_binding(sd_jwt.parse(shown), now=now() + timedelta(minutes=6), audience=US, nonce=NONCE)


@pytest.mark.parametrize("part", [1, 2, 3])
def test_an_altered_part_of_a_token_of_openvc_is_refused(part: int) -> None:
    parts = their_token().split("~")
    salt, name, _ = json.loads(base64.urlsafe_b64decode(parts[part] + "=="))
    parts[part] = base64.urlsafe_b64encode(json.dumps([salt, name, "Walt"]).encode()).decode().rstrip("=")
    with pytest.raises(CredcoreError) as caught:
        sd_jwt.parse("~".join(parts).encode())
    assert caught.value.code == "sdjwt.unused"


def our_presentation(*, audience: str = US) -> bytes:
    giver, holder = ecdsa.LocalSigner(P256, 41), ecdsa.LocalSigner(P256, 42)
    claims = {
        "iss": "https://college.example",
        "vct": "https://college.example/forklift",
        "cnf": {"jwk": jwk.encode(holder.key)},
        "given_name": "Rosa",
        "address": {"city": "Fresno", "zip": "93650"},
        "skills": ["forklift", "crane"],
    }
    held = sd_jwt_making.issue(
        claims=claims,
        disclosable=[("given_name",), ("address",), ("address", "city"), ("skills", 0), ("skills", 1)],
        signer=giver,
        header={"typ": "dc+sd-jwt"},
    )
    binding = sd_jwt_making.Binding(holder, audience, NONCE, now())
    return sd_jwt_making.present(held, shown=[("address", "city"), ("skills", 1)], binding=binding)


def test_openvc_reads_ours() -> None:
    key = jwk.encode(ecdsa.LocalSigner(P256, 41).key)
    there = SdJwtVcProofSuite().verify(
        our_presentation().decode(), public_key_jwk=key, audience=US, nonce=NONCE, require_key_binding=True
    )
    assert there.claims["address"] == {"zip": "93650", "city": "Fresno"}
    assert there.claims["skills"] == ["crane"]
    assert "given_name" not in there.claims


def test_openvc_refuses_ours_when_altered_or_for_another() -> None:
    key = jwk.encode(ecdsa.LocalSigner(P256, 41).key)
    token, *parts, binding = our_presentation().decode().split("~")
    for data in (
        "~".join([token, *parts[1:], binding]),
        "~".join([token, *parts, ""]),
        our_presentation(audience="https://other.example").decode(),
    ):
        with pytest.raises(OpenvcError):
            SdJwtVcProofSuite().verify(data, public_key_jwk=key, audience=US, nonce=NONCE, require_key_binding=True)
