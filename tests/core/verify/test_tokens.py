"""Tokens through the whole check: the named giver's key decides, whatever the token says of itself."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from credcore.codec import multibase
from credcore.formats import openbadges3
from credcore.keys import ecdsa, jwk
from credcore.keys.ed25519 import LocalSigner
from credcore.ports import Signer
from credcore.proofs import jose, sd_jwt_making
from credcore.status import bitstring, token_status_list
from credcore.trust import TrustEntry, TrustList
from credcore.verify import Verdict, Verifier, explain
from credcore.verify.policy import Asked
from credcore.verify.report import Report
from tests.core.proofs import COLLEGE, LIST_URL, NOW, OUR_LIST, STRANGER, Answers, as_bytes, credential, status_list, verifier

Json = dict[str, Any]
SITE = "https://college.example"
HOLDER = LocalSigner(b"\x07" * 32)
OUR_SITE_LIST = TrustList("Our list", (TrustEntry(SITE, "Prairie Valley College"),))


def token(
    signer: Signer = COLLEGE, *, payload: Json | None = None, typ: str = "vc+jwt", kid: str = "", **header: Any
) -> bytes:
    body = credential() if payload is None else payload
    full = {"typ": typ, "kid": kid or signer.verification_method, **header}
    return jose.sign(payload=as_bytes(body), signer=signer, header={key: value for key, value in full.items() if value})


def check(data: bytes, pages: dict[str, bytes] | None = None, **more: Any) -> Report:
    return verifier(pages, **more).check(data, now=NOW)


def test_a_signed_token_is_good_and_read_like_any_other_proof() -> None:
    report = check(token())
    assert (report.code, report.proof) == ("good", "JWT EdDSA")
    assert report.credential is not None and report.credential.subject.name == "Rosa Delgado"
    assert report.credential.format == openbadges3.NAME


@pytest.mark.parametrize("algorithm", ["P-256", "P-384"])
def test_a_did_jwk_giver_signs_with_its_own_curve(algorithm: str) -> None:
    bare = ecdsa.LocalSigner(algorithm, 4711)
    did = "did:jwk:" + multibase.encode(as_bytes(jwk.encode(bare.key)), base="u")[1:]
    signer = ecdsa.LocalSigner(algorithm, 4711, f"{did}#0")
    body = credential()
    body["issuer"]["id"] = did
    trust = (TrustList("Ours", (TrustEntry(did, "Prairie Valley College"),)),)
    for kid in (f"{did}#0", "#0", "0"):
        assert check(token(signer, payload=body, kid=kid), trust=trust).code == "good"
    other = ecdsa.LocalSigner(algorithm, 4712, f"{did}#0")
    assert check(token(other, payload=body), trust=trust).code == "altered"


def test_what_a_token_says_of_its_own_key_is_not_believed() -> None:
    """The key in the header is the forger's; the name is the College's."""
    for header in ({"jwk": jwk.encode(STRANGER.key)}, {"jku": f"{SITE}/keys"}, {"x5c": ["MIIB"]}):
        forged = jose.sign(
            payload=as_bytes(credential()),
            signer=STRANGER,
            header={"typ": "vc+jwt", "kid": COLLEGE.verification_method} | header,
        )
        assert check(forged).code == "altered"
    assert check(token(STRANGER)).code == "name.borrowed"  # signed by the stranger's key, in the College's name


METADATA = f"{SITE}/.well-known/jwt-vc-issuer"


def metadata(*keys: LocalSigner, issuer: str = SITE) -> Json:
    return {"issuer": issuer, "jwks": {"keys": [jwk.encode(one.key) for one in keys]}}


@pytest.mark.parametrize(
    ("pages", "kid", "code"),
    [
        ({METADATA: metadata(COLLEGE)}, "x", "good"),
        ({METADATA: metadata(STRANGER, COLLEGE)}, "x", "good"),
        ({METADATA: metadata(STRANGER)}, "x", "altered"),
        ({METADATA: metadata(issuer="https://other.example")}, "x", "signer.not_tied"),
        ({f"{SITE}/key": jwk.encode(COLLEGE.key)}, f"{SITE}/key", "good"),
        ({"https://evil.example/key": jwk.encode(COLLEGE.key)}, "https://evil.example/key", "signer.unreachable"),
        (
            {
                SITE: {
                    "id": SITE,
                    "verificationMethod": [
                        {"id": f"{SITE}#a", "type": "JsonWebKey", "controller": SITE, "publicKeyJwk": jwk.encode(COLLEGE.key)}
                    ],
                    "assertionMethod": [f"{SITE}#a"],
                }
            },
            f"{SITE}#a",
            "good",
        ),
        ({}, "x", "signer.unreachable"),
    ],
)  # fmt: skip
def test_an_https_giver_is_asked_on_its_own_site(pages: Json, kid: str, code: str) -> None:
    body = credential()
    body["issuer"]["id"] = SITE
    answers = {url: as_bytes(value) for url, value in pages.items()}
    report = check(token(payload=body, kid=kid), answers, trust=(OUR_SITE_LIST,))
    assert report.code == code, report.summary()


def test_a_neighbour_on_the_same_site_cannot_lend_its_key() -> None:
    body = credential()
    body["issuer"]["id"] = f"{SITE}/issuers/1"
    pages = {f"{SITE}/issuers/2/key": as_bytes(jwk.encode(STRANGER.key))}
    report = check(token(STRANGER, payload=body, kid=f"{SITE}/issuers/2/key"), pages)
    assert report.verdict is Verdict.UNKNOWN
    assert report.code == "signer.unreachable"


def test_an_envelope_is_worth_what_is_in_it() -> None:
    envelope = {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "type": "EnvelopedVerifiableCredential",
        "id": f"data:application/vc+jwt,{token().decode()}",
    }
    assert check(as_bytes(envelope)).code == "good"
    assert check(as_bytes({**envelope, "id": "data:text/plain,hello"})).code == "unsupported"


def test_a_token_of_the_older_data_model_is_read() -> None:
    body = credential()
    inner = {key: value for key, value in body.items() if key not in ("validFrom", "validUntil", "id", "issuer")}
    inner["@context"] = [
        "https://www.w3.org/2018/credentials/v1",
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json",
    ]
    inner["issuer"] = {"id": COLLEGE.did, "type": ["Profile"], "name": "Prairie Valley College"}
    claims = {"vc": inner, "iss": COLLEGE.did, "nbf": int(NOW.timestamp()) - 60, "jti": body["id"]}
    claims["exp"] = int(NOW.timestamp()) + 3600
    assert check(token(payload=claims, typ="JWT")).code == "good"
    late = verifier().check(token(payload=claims, typ="JWT"), now=NOW + timedelta(hours=2))
    assert late.code == "dates.expired"
    assert check(token(payload={**claims, "iss": STRANGER.did}, typ="JWT")).code == "unreadable"


def test_unsigned_tokens_say_that_nobody_signed() -> None:
    head, body, _ = token().split(b".")
    report = check(b".".join([head, body, b""]))
    assert (report.code, report.verdict) == ("unsigned", Verdict.UNKNOWN)
    assert [line.sign for line in explain(report).lines] == ["unk"] * 4


def sd_jwt_vc(*, status: Json | None = None, **more: Any) -> bytes:
    claims: Json = {
        "iss": COLLEGE.did,
        "vct": "https://college.example/kinds/forklift",
        "iat": int(NOW.timestamp()) - 60,
        "exp": int(NOW.timestamp()) + 86_400,
        "name": "Rosa Delgado",
        "level": "Alone",
        "cnf": {"jwk": jwk.encode(HOLDER.key)},
        **({"status": status} if status is not None else {}),
        **more,
    }
    return sd_jwt_making.issue(
        claims=claims,
        disclosable=[("name",), ("level",)],
        signer=COLLEGE,
        header={"typ": "dc+sd-jwt", "kid": COLLEGE.verification_method},
    )


def test_a_token_of_which_a_part_is_shown() -> None:
    held = sd_jwt_vc()
    report = check(held)
    assert (report.code, report.format, report.proof) == ("good", "SD-JWT VC", "SD-JWT EdDSA")
    hidden = check(sd_jwt_making.present(held, shown=[]))
    assert hidden.code == "good"
    assert hidden.credential is not None and hidden.credential.subject.name == ""
    assert check(held.replace(b"~", b"~e30~", 1)).verdict is Verdict.UNKNOWN


@pytest.mark.parametrize(
    ("bound", "asked", "code"),
    [
        (None, None, "good"),
        (None, ("n-1", "us"), "holder.other"),
        (("n-1", "us", HOLDER), ("n-1", "us"), "good"),
        (("n-1", "us", HOLDER), ("n-2", "us"), "holder.other"),
        (("n-1", "them", HOLDER), ("n-1", "us"), "holder.other"),
        (("n-1", "us", STRANGER), ("n-1", "us"), "holder.other"),
        (("n-1", "us", HOLDER), None, "good"),
        (("n-1", "us", STRANGER), None, "holder.broken"),
    ],
)
def test_whoever_hands_it_over_answers_our_question(bound: Any, asked: Any, code: str) -> None:
    held = sd_jwt_vc()
    if bound is not None:
        nonce, audience, holder = bound
        binding = sd_jwt_making.Binding(holder=holder, audience=audience, nonce=nonce, now=NOW)
        held = sd_jwt_making.present(held, shown=[("name",)], binding=binding)
    question = Asked(nonce=asked[0], audience=asked[1]) if asked else None
    report = verifier().check(held, now=NOW, asked=question)
    assert report.code == code, report.summary()


def test_a_question_without_nonce_or_audience_cannot_be_asked() -> None:
    for nonce, audience in (("", "us"), ("n", "")):
        with pytest.raises(ValueError, match="somebody else's answer"):
            Asked(nonce=nonce, audience=audience)


@pytest.mark.parametrize(
    ("values", "signer", "typ", "code"),
    [
        ({}, COLLEGE, token_status_list.JWT_TYPE, "good"),
        ({7: 1}, COLLEGE, token_status_list.JWT_TYPE, "status.cancelled"),
        ({7: 2}, COLLEGE, token_status_list.JWT_TYPE, "status.paused"),
        ({7: 3}, COLLEGE, token_status_list.JWT_TYPE, "status.unknown"),
        ({6: 1}, COLLEGE, token_status_list.JWT_TYPE, "good"),
        ({}, STRANGER, token_status_list.JWT_TYPE, "status.unknown"),
        ({}, COLLEGE, "JWT", "status.unknown"),
    ],
)
def test_a_token_list_says_what_was_cancelled(values: dict[int, int], signer: LocalSigner, typ: str, code: str) -> None:
    claims = token_status_list.build(
        list_url=LIST_URL, values=values, size=2, length=1024, issued_at=NOW, expires_at=NOW + timedelta(days=1), ttl_s=600
    )
    page = jose.sign(payload=as_bytes(claims), signer=signer, header={"typ": typ, "kid": COLLEGE.verification_method})
    held = sd_jwt_vc(status=token_status_list.entry(list_url=LIST_URL, index=7))
    report = check(held, {LIST_URL: page})
    assert report.code == code, report.summary()


@pytest.mark.parametrize(("cancelled", "code"), [([], "good"), ([42], "status.cancelled")])
def test_a_status_list_may_itself_be_a_token(cancelled: list[int], code: str) -> None:
    document = json.loads(status_list(cancelled))
    del document["proof"]
    body = {**credential(), "credentialStatus": bitstring.entry(list_url=LIST_URL, index=42)}
    assert check(token(payload=body), {LIST_URL: token(payload=document)}).code == code
    assert check(token(payload=body), {LIST_URL: token(STRANGER, payload=document, kid=COLLEGE.verification_method)}).code == (
        "status.unknown"
    )


def test_remembered_keys_and_lists_are_said_to_be_old() -> None:
    """Offline the signature still checks; what was known last is said with its day, and it is never good."""
    body = credential()
    body["issuer"]["id"] = SITE
    body["credentialStatus"] = bitstring.entry(list_url=LIST_URL, index=42)
    seen = NOW - timedelta(days=3)
    pages = {
        METADATA: as_bytes(metadata(COLLEGE)),
        LIST_URL: status_list(now=seen),
    }
    old = Verifier(fetch=Answers(pages, fetched_at=seen), trust=(OUR_LIST, OUR_SITE_LIST))
    report = old.check(token(payload=body, kid="x"), now=NOW)
    assert report.verdict is Verdict.CAREFUL
    assert {"keys.remembered", "status.unknown"} <= {finding.state for finding in report.findings}
    said = explain(report)
    assert "1 May 2026" in " ".join((said.sentence, *said.also))
