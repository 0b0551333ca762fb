"""Asked for, the holder's own token must be there and fit in every respect. (RFC 9901, sections 4.3 and 7.3)"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from credcore.codec import strict_json
from credcore.errors import CredcoreError, MalformedError, SignatureMismatch, UnavailableError
from credcore.keys import ed25519, jwk
from credcore.keys.public import ED25519, PublicKey
from credcore.proofs import jose, sd_jwt
from credcore.proofs.sd_jwt_disclosures import digest
from credcore.proofs.sd_jwt_making import Binding, issue, present

from .parts import CNF, GIVER, HOLDER, NOW, Json, as_json

US, NONCE = "https://check.example", "n-0S6_WzA2Mj"
HELD = issue(
    claims={"vct": "x", "cnf": CNF, "given_name": "Rosa", "family_name": "Delgado"},
    disclosable=[("given_name",), ("family_name",)],
    signer=GIVER,
    header={"typ": "dc+sd-jwt"},
)
SHOWN = [("given_name",)]


def bound(**change: Any) -> bytes:
    arguments: Json = {"holder": HOLDER, "audience": US, "nonce": NONCE, "now": NOW}
    return present(HELD, shown=SHOWN, binding=Binding(**(arguments | change)))


def by_hand(claims: Json, *, header: Json | None = None, signer: Any = HOLDER) -> bytes:
    """A presentation whose holder's token says something else; None takes a claim out."""
    shown = present(HELD, shown=SHOWN)
    said = {"iat": int(NOW.timestamp()), "aud": US, "nonce": NONCE, "sd_hash": digest(shown)} | claims
    said = {name: value for name, value in said.items() if value is not None}
    return shown + jose.sign(payload=strict_json.dumps(said), signer=signer, header=header or {"typ": "kb+jwt"})


def check(data: bytes, *, audience: str | None = US, nonce: str | None = NONCE) -> None:
    sd_jwt.check_key_binding(sd_jwt.parse(data), now=NOW, audience=audience, nonce=nonce)


def refused(data: bytes, code: str, **asked: Any) -> None:
    with pytest.raises(CredcoreError) as caught:
        check(data, **asked)
    assert caught.value.code == code


def test_the_twin_of_all_bad_ones_fits() -> None:
    check(bound())
    check(by_hand({}))
    check(as_json(bound()))
    check(as_json(bound(), general=True))


def test_a_stripped_token_is_missed_only_when_asked_for() -> None:
    stripped = present(HELD, shown=SHOWN)
    check(stripped, audience=None, nonce=None)
    refused(stripped, "sdjwt.no_key_binding")
    refused(stripped, "sdjwt.no_key_binding", audience=None)
    refused(stripped, "sdjwt.no_key_binding", nonce=None)
    refused(stripped, "sdjwt.no_key_binding", audience="", nonce=None)


@pytest.mark.parametrize(
    ("claims", "code"),
    [
        ({"aud": "https://other.example"}, "sdjwt.audience"),
        ({"aud": US + "/"}, "sdjwt.audience"),
        ({"aud": [US]}, "sdjwt.key_binding"),
        ({"aud": None}, "sdjwt.key_binding"),
        ({"nonce": "other"}, "sdjwt.nonce"),
        ({"nonce": ""}, "sdjwt.nonce"),
        ({"nonce": None}, "sdjwt.key_binding"),
        ({"nonce": 3}, "sdjwt.key_binding"),
        ({"sd_hash": digest(HELD)}, "sdjwt.other_presentation"),
        ({"sd_hash": None}, "sdjwt.key_binding"),
        ({"iat": None}, "sdjwt.key_binding"),
        ({"iat": True}, "sdjwt.key_binding"),
        ({"iat": "1777896000"}, "sdjwt.key_binding"),
        ({"iat": int(NOW.timestamp()) - 301}, "sdjwt.time"),
        ({"iat": int(NOW.timestamp()) + 61}, "sdjwt.time"),
    ],
)
def test_wrong_claims(claims: Json, code: str) -> None:
    refused(by_hand(claims), code)


@pytest.mark.parametrize("seconds", [-300, 0, 60])
def test_times_that_are_near_enough(seconds: int) -> None:
    check(by_hand({"iat": int(NOW.timestamp()) + seconds}))


def test_a_kept_document_may_be_old_but_not_from_the_future() -> None:
    check(bound(now=NOW - timedelta(days=400)), audience=None, nonce=None)
    check(bound(now=NOW - timedelta(days=400)), nonce=None)
    refused(bound(now=NOW + timedelta(days=1)), "sdjwt.time", audience=None, nonce=None)


@pytest.mark.parametrize("typ", ["JWT", "dc+sd-jwt", "KB+JWT", None, 3])
def test_wrong_types(typ: Any) -> None:
    refused(by_hand({}, header={"typ": typ}), "jose.type")


def test_another_key_does_not_fit_even_if_it_is_in_the_header() -> None:
    header = {"typ": "kb+jwt", "jwk": jwk.encode(GIVER.key), "kid": GIVER.verification_method}
    with pytest.raises(SignatureMismatch):
        check(by_hand({}, header=header, signer=GIVER))


def test_a_key_of_another_kind_does_not_fit() -> None:
    refused(by_hand({}, signer=ed25519.LocalSigner(b"\x05" * 32)), "jose.key_mismatch")


@pytest.mark.parametrize("audience", [US, None])
def test_a_binding_does_not_cover_more_or_fewer_parts(audience: str | None) -> None:
    binding = bound().rpartition(b"~")[2]
    for shown in ([], [("given_name",), ("family_name",)], [("family_name",)]):
        refused(present(HELD, shown=shown) + binding, "sdjwt.other_presentation", audience=audience)


@pytest.mark.parametrize(
    ("cnf", "code"),
    [
        (None, "sdjwt.no_holder_key"),
        ("x", "sdjwt.no_holder_key"),
        ({}, "sdjwt.no_holder_key"),
        ({"jwk": "x"}, "sdjwt.no_holder_key"),
        ({"kid": "did:key:z6Mk#z6Mk"}, "key.unsupported"),
        ({"jwk": {"kty": "oct", "k": "AAAA"}}, "key.malformed"),
        ({"jwk": {"kty": "EC", "crv": "secp256k1"}}, "key.unsupported"),
    ],
)
def test_holder_keys_that_cannot_be_used(cnf: Any, code: str) -> None:
    claims: Json = {"vct": "x"} if cnf is None else {"vct": "x", "cnf": cnf}
    held = issue(claims=claims, disclosable=[], signer=GIVER, header={})
    shown = present(held, shown=[], binding=Binding(HOLDER, US, NONCE, NOW))
    with pytest.raises((MalformedError, UnavailableError)) as caught:
        check(shown)
    assert caught.value.code == code


def test_a_holder_key_of_another_kind_fits_its_own_token() -> None:
    holder = ed25519.LocalSigner(b"\x06" * 32)
    cnf = {"jwk": jwk.encode(PublicKey(ED25519, holder.public))}
    held = issue(claims={"vct": "x", "cnf": cnf}, disclosable=[], signer=GIVER, header={})
    check(present(held, shown=[], binding=Binding(holder, US, NONCE, NOW)))
