"""Credentials that are tokens: what we make, our own verifier takes; what is wrong, is not made."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from credcore.codec import jose, strict_json
from credcore.formats import vcdm
from credcore.issue import Claims, LintError, envelope, issue_jwt, issue_sd_jwt, issue_status_list
from credcore.keys import ecdsa, ed25519, jwk
from credcore.keys.public import P256
from credcore.proofs import sd_jwt
from credcore.status import token_status_list
from credcore.verify import Policy, lists
from tests.core import proofs
from tests.core.proofs import NOW

Json = dict[str, Any]
SIGNERS = [ed25519.LocalSigner(b"\x03" * 32), ecdsa.LocalSigner(P256, 11)]
GIVER, HOLDER = SIGNERS


def accepts(data: bytes, signer: Any = GIVER) -> bool:
    return Policy.own(issuers=[signer.did]).accepts(proofs.verifier().check(data, now=NOW))


def older(signer: Any) -> Json:
    made = proofs.credential(signer)
    made["@context"] = [vcdm.V1, *made["@context"][1:]]
    made["issuanceDate"], made["expirationDate"] = made.pop("validFrom"), made.pop("validUntil")
    return made


@pytest.mark.parametrize("signer", SIGNERS, ids=lambda one: one.algorithm)
def test_a_token_of_each_model(signer: Any) -> None:
    new, old = proofs.credential(signer), older(signer)
    for credential, kind in ((new, "vc+jwt"), (old, "JWT")):
        token = issue_jwt(credential, signer=signer, now=NOW)
        assert jose.parse(token).header["typ"] == kind
        assert accepts(token, signer)
        head, body, signature = token.split(b".")
        assert not accepts(b".".join([head, body, signature[::-1]]), signer)
    said = jose.claims(jose.parse(issue_jwt(new, signer=signer, now=NOW)))
    assert {name: value for name, value in said.items() if name in new} == new
    # Open Badges 3.0, section 8.2: said a second time in the names of JWT.
    assert (said["iss"], said["jti"], said["sub"]) == (signer.did, new["id"], new["credentialSubject"]["id"])
    claims = jose.claims(jose.parse(token))
    assert (claims["vc"], claims["iss"], claims["jti"]) == (old, signer.did, old["id"])
    assert claims["exp"] - claims["nbf"] == 330 * 86_400


def test_an_envelope_holds_the_token() -> None:
    token = issue_jwt(proofs.credential(GIVER), signer=GIVER, now=NOW)
    wrapped = envelope(token)
    assert wrapped["id"] == f"data:application/vc+jwt,{token.decode()}"
    assert accepts(strict_json.dumps(wrapped))
    assert not accepts(strict_json.dumps(wrapped | {"id": wrapped["id"][:-6]}))


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda made: made.update(proof={}), "lint.already_signed"),
        (lambda made: made.update(colour="red"), "rdf.undefined_term"),
        (lambda made: made.update(evidence={}), "lint.shape"),
        (lambda made: made.update(validUntil="2026-05-01T00:00:00Z"), "lint.refused"),
        (lambda made: made["issuer"].update(id=HOLDER.did), "lint.issuer"),
    ],
)
def test_what_is_wrong_becomes_no_token(change: Callable[[Json], Any], code: str) -> None:
    with pytest.raises(LintError) as caught:
        issue_jwt(proofs.credential(GIVER, change=change), signer=GIVER, now=NOW)
    assert caught.value.code == code


def test_what_has_ended_becomes_a_token_for_who_asks() -> None:
    ended = proofs.credential(GIVER, valid_until=NOW - timedelta(days=1))
    assert issue_jwt(ended, signer=GIVER, now=NOW, ended=True)


CLAIMS = {"iss": GIVER.did, "vct": "https://college.example/forklift", "given_name": "Rosa", "level": 3, "nbf": 1_760_000_000}


def test_a_holder_hides_what_the_giver_lets_hide() -> None:
    claims = Claims(CLAIMS, [("given_name",), ("level",)], jwk.encode(HOLDER.key))
    held = issue_sd_jwt(claims, signer=GIVER, now=NOW)
    parsed = sd_jwt.parse(held)
    assert accepts(held)
    assert set(parsed.disclosed) == {("given_name",), ("level",)}
    assert parsed.claims["cnf"] == {"jwk": jwk.encode(HOLDER.key)}
    assert parsed.claims["iat"] == int(NOW.timestamp())
    assert b"Rosa" not in parsed.jws.payload
    assert not accepts(held.replace(b"~", b"~e30~", 1))


@pytest.mark.parametrize(
    ("claims", "code"),
    [
        (Claims({**CLAIMS, "iss": ""}), "lint.no_issuer"),
        (Claims({**CLAIMS, "iss": HOLDER.did}), "lint.issuer"),
        (Claims({**CLAIMS, "vct": ""}), "format.no_type"),
        (Claims(CLAIMS, [("vct",)]), "sdjwt.disclosed"),
        (Claims(CLAIMS, [("colour",)]), "sdjwt.path"),
        (Claims({**CLAIMS, "_sd": []}), "sdjwt.reserved"),
        (Claims({**CLAIMS, "exp": 1_770_000_000}), "lint.refused"),
        (Claims({**CLAIMS, "@context": []}), "format.no_type"),
    ],
)
def test_what_is_wrong_becomes_no_selective_token(claims: Claims, code: str) -> None:
    with pytest.raises(LintError) as caught:
        issue_sd_jwt(claims, signer=GIVER, now=NOW)
    assert caught.value.code == code


def listed(signer: Any, **more: Any) -> Json:
    built = token_status_list.build(
        list_url="https://college.example/list/token", values={3: 1}, size=2, length=64, issued_at=NOW,
        expires_at=NOW + timedelta(hours=24), ttl_s=900,
    )  # fmt: skip
    return {"iss": signer.did, **built} | more


@pytest.mark.parametrize("signer", SIGNERS, ids=lambda one: one.algorithm)
def test_a_list_is_read_by_its_own_reader(signer: Any) -> None:
    token = issue_status_list(listed(signer), signer=signer, now=NOW)
    reader = lists.ListReader(fetch=proofs.verifier().fetch, now=NOW)
    claims = reader.token(token, issuer=signer.did, read_at=NOW)
    entry = token_status_list.Entry("https://college.example/list/token", 3)
    assert token_status_list.status_of(entry=entry, claims=claims) == token_status_list.INVALID
    assert jose.parse(token).header["typ"] == "statuslist+jwt"


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"iss": ""}, "lint.no_issuer"),
        ({"iss": "did:key:z6MkwSomebodyElse"}, "lint.issuer"),
        ({"sub": None}, "lint.status"),
        ({"ttl": None}, "lint.status"),
        ({"iat": "today"}, "status.malformed"),
        ({"exp": 1}, "status.list_out_of_date"),
        ({"status_list": {"bits": 3, "lst": ""}}, "status.malformed"),
    ],
)
def test_a_list_that_nobody_could_read_is_not_signed(more: Json, code: str) -> None:
    with pytest.raises(LintError) as problem:
        issue_status_list(listed(GIVER, **more), signer=GIVER, now=NOW)
    assert problem.value.code == code
