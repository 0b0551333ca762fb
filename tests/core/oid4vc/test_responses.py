"""What comes back counts as an answer to this one request, or not at all. (trustworthy: verification rules 11 and 12)"""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import pytest

from credcore.codec import jose, multibase, strict_json
from credcore.errors import CredcoreError
from credcore.issue import issue
from credcore.issue.securing import Making
from credcore.keys import ecdsa
from credcore.model import Party
from credcore.oid4vc import dcql, encryption, matching, requests, responses
from credcore.oid4vc.responses import Shown
from credcore.proofs import sd_jwt
from credcore.trust import TrustEntry, TrustList
from credcore.verify import Verdict
from tests.core.proofs import NOW, STRANGER, Answers, as_bytes, credential, signed, verifier
from tests.vectors import vectors

from .asking import (
    ASKED,
    CLIENT,
    NONCE,
    QUERY,
    ROSA,
    THIEF,
    VCT,
    held_jwt,
    held_ldp,
    held_sd_jwt,
    query,
    request,
    show_jwt,
    show_ldp,
    show_sd_jwt,
    signed_request,
)  # fmt: skip

OTHER = "decentralized_identifier:did:web:evil.example"
SECONDS = int(NOW.timestamp())


def check(vp_token: Any, *, asked: Any = ASKED, read: dcql.Query | None = None, now: Any = NOW) -> list[Shown]:
    return responses.check(vp_token, query=read or query(), asked=asked, verifier=verifier(), now=now)


def refused(code: str, vp_token: Any, **more: Any) -> CredcoreError:
    with pytest.raises(CredcoreError) as problem:
        check(vp_token, **more)
    assert problem.value.code == code
    return problem.value


@pytest.mark.parametrize(
    ("name", "show"), [("sd", show_sd_jwt), ("jwt", show_jwt), ("ldp", show_ldp)], ids=["dc+sd-jwt", "jwt_vc_json", "ldp_vc"]
)
def test_a_proof_shown_by_whom_it_is_about_is_good(name: str, show: Any) -> None:
    (found,) = check({name: [show()]})
    assert found.wanted == name
    said = {finding.check: finding.outcome.value for finding in found.report.findings}
    assert said["proof"] == said["holder"] == said["trust"] == said["dates"] == "passed"
    assert found.report.verdict in (Verdict.GOOD, Verdict.CAREFUL), "only whether it was cancelled may be open here"
    assert found.report.credential is not None and found.report.credential.subject.name == "Rosa Delgado"


def test_what_was_left_out_is_not_there() -> None:
    (found,) = check({"sd": [show_sd_jwt()]})
    assert b"Alone" not in found.report.document and found.report.credential and not found.report.credential.level


# ---- stolen, replayed, for somebody else: one test for each way ----


@pytest.mark.parametrize(
    "vp_token",
    [
        pytest.param(lambda: {"sd": [show_sd_jwt(nonce="another")]}, id="sd nonce"),
        pytest.param(lambda: {"jwt": [show_jwt(nonce="another")]}, id="jwt nonce"),
        pytest.param(lambda: {"jwt": [show_jwt(nonce=None)]}, id="jwt no nonce"),
        pytest.param(lambda: {"ldp": [show_ldp(challenge="another")]}, id="ldp challenge"),
        pytest.param(lambda: {"sd": [show_sd_jwt(aud=OTHER)]}, id="sd aud"),
        pytest.param(lambda: {"sd": [show_sd_jwt(aud=[CLIENT])]}, id="sd list aud"),
        pytest.param(lambda: {"jwt": [show_jwt(aud=OTHER)]}, id="jwt aud"),
        pytest.param(lambda: {"jwt": [show_jwt(aud=[CLIENT])]}, id="jwt list aud"),
        pytest.param(lambda: {"ldp": [show_ldp(domain=OTHER)]}, id="ldp domain"),
        pytest.param(lambda: {"ldp": [show_ldp(domain=[CLIENT, OTHER])]}, id="ldp list domain"),
        pytest.param(lambda: {"sd": [show_sd_jwt(signer=THIEF)]}, id="sd key binding to another key"),
        pytest.param(lambda: {"sd": [show_sd_jwt(iat=SECONDS - 301)]}, id="sd old iat"),
        pytest.param(lambda: {"sd": [show_sd_jwt(iat=SECONDS + 61)]}, id="sd iat of tomorrow"),
        pytest.param(lambda: {"sd": [show_sd_jwt(sd_hash="x")]}, id="sd hash"),
        pytest.param(lambda: {"sd": [with_more_shown()]}, id="sd shown after signing"),
        pytest.param(lambda: {"sd": [show_sd_jwt().rpartition("~")[0] + "~"]}, id="sd binding stripped"),
        pytest.param(lambda: {"ldp": [show_ldp(proofPurpose="assertionMethod")]}, id="ldp purpose"),
        pytest.param(lambda: {"ldp": [changed_ldp()]}, id="ldp changed"),
        pytest.param(lambda: {"ldp": [{k: v for k, v in show_ldp().items() if k != "proof"}]}, id="ldp unsigned"),
        pytest.param(lambda: {"jwt": [show_jwt(iss=ROSA.did, signer=THIEF)]}, id="jwt in another name"),
    ],
)
def test_not_made_by_its_holder_for_us_now(vp_token: Any) -> None:
    refused("oid4vp.holder", vp_token())


def with_more_shown() -> str:
    """Rosa signed that she shows her name; somebody put in the level as well."""
    held = held_sd_jwt()
    little, everything = show_sd_jwt(held), held.decode()
    extra = next(part for part in everything.split("~")[1:] if part and part not in little)
    head, *rest = little.split("~")
    return "~".join([head, extra, *rest])


def changed_ldp() -> Any:
    shown = show_ldp()
    shown["verifiableCredential"][0]["credentialSubject"]["achievement"]["name"] = "Crane"
    return shown


@pytest.mark.parametrize("show", [lambda: show_jwt(held_jwt(), signer=THIEF), lambda: show_ldp(held_ldp(), signer=THIEF)])
def test_a_stolen_proof_is_not_about_whoever_shows_it(show: Any) -> None:
    name = "jwt" if isinstance(shown := show(), str) else "ldp"
    refused("oid4vp.other_subject", {name: [shown]})


def test_a_stolen_sd_jwt_does_not_fit_the_thiefs_key() -> None:
    refused("oid4vp.holder", {"sd": [show_sd_jwt(held_sd_jwt(holder=ROSA), signer=THIEF)]})


@pytest.mark.parametrize("name", ["jwt", "ldp"])
def test_a_bare_proof_is_no_answer(name: str) -> None:
    bare: Any = held_jwt().decode() if name == "jwt" else held_ldp()
    refused("dcql.unbound", {name: [bare]})


@pytest.mark.parametrize(
    "vp_token",
    [
        lambda: {"jwt": [show_jwt(iat=SECONDS - 301)]},
        lambda: {"jwt": [show_jwt(iat=None, nbf=None)]},
        lambda: {"ldp": [show_ldp(now=NOW - timedelta(minutes=6))]},
    ],
)
def test_an_old_presentation_is_refused(vp_token: Any) -> None:
    refused("oid4vp.old", vp_token())


def test_a_presentation_that_has_ended_is_refused() -> None:
    """By the check of whoever holds it, before we look how old it is."""
    refused("oid4vp.holder", {"jwt": [show_jwt(exp=SECONDS - 61)]})


def test_the_same_answer_ten_minutes_later_is_refused() -> None:
    answer = {"sd": [show_sd_jwt()]}
    assert check(answer)
    refused("oid4vp.holder", answer, now=NOW + timedelta(minutes=10))


# ---- only what was asked for ----


@pytest.mark.parametrize(
    ("vp_token", "code"),
    [
        (lambda: {"sd": [show_sd_jwt()], "more": [show_sd_jwt()]}, "dcql.not_asked"),
        (lambda: {"sd": [show_sd_jwt(), show_sd_jwt()]}, "dcql.too_many"),
        (lambda: {"sd": []}, "dcql.not_answered"),
        (lambda: {"sd": [show_sd_jwt(shown=())]}, "dcql.claims"),
        (lambda: {"jwt": [show_sd_jwt()]}, "dcql.other_format"),
        (lambda: {"sd": [show_jwt()]}, "dcql.other_format"),
        (lambda: {"ldp": [show_jwt()]}, "dcql.other_format"),
        (lambda: {"jwt": [show_jwt(held_sd_jwt())]}, "dcql.other_format"),
        (dict, "oid4vp.malformed"),
        (list, "oid4vp.malformed"),
        (lambda: None, "oid4vp.malformed"),
        (lambda: "eyJ", "oid4vp.malformed"),
        (lambda: {"sd": show_sd_jwt()}, "oid4vp.malformed"),
        (lambda: {"sd": [7]}, "oid4vp.malformed"),
        (lambda: {"sd": ["not a token"]}, "jose.malformed"),
    ],
)
def test_what_was_not_asked_for_is_refused(vp_token: Any, code: str) -> None:
    refused(code, vp_token())


def test_another_kind_is_refused() -> None:
    read = dcql.parse({"credentials": [QUERY["credentials"][0] | {"meta": {"vct_values": [VCT + "/2"]}}]})
    refused("dcql.other_kind", {"sd": [show_sd_jwt()]}, read=read)


def test_without_binding_a_bare_proof_will_do_where_that_was_asked_for() -> None:
    loose = dcql.parse({"credentials": [{"id": "ldp", "format": "ldp_vc", "require_cryptographic_holder_binding": False}]})
    (found,) = check({"ldp": [held_ldp()]}, read=loose)
    assert found.report.finding("holder") is None


def test_a_proof_that_somebody_altered_is_shown_as_altered() -> None:
    """The answer is one, made by its holder; what lies in it is bad, and is said to be."""
    altered = held_ldp()
    altered["credentialSubject"]["achievement"]["name"] = "Crane operator"
    (found,) = check({"ldp": [show_ldp(altered)]})
    assert found.report.verdict is Verdict.BAD and found.report.code == "altered"


def test_a_proof_of_somebody_nobody_knows_is_shown_with_care() -> None:
    theirs = signed(STRANGER, subject_id=ROSA.did, issuer=Party(id=STRANGER.did, name="Night School"))
    (found,) = check({"ldp": [show_ldp(theirs)]})
    assert found.report.code == "issuer.unknown"


# ---- on the way ----


def read_request(**more: Any) -> requests.Request:
    return requests.read_signed(signed_request(request(**more)), client_id=CLIENT, now=NOW, fetch=Answers())


def test_an_open_answer_goes_there_and_back() -> None:
    body = responses.pack(read_request(), vp_token={"ldp": [show_ldp()]})
    said = responses.unpack(dict(parse_qsl(body.decode())), key=None)
    assert said["state"] == "state-1" and check(said["vp_token"])


def test_an_encrypted_answer_goes_there_and_back() -> None:
    key = encryption.new_key(name="k1")
    asked = read_request(key=encryption.public(key), encodings=encryption.ENCODINGS)
    form = dict(parse_qsl(responses.pack(asked, vp_token={"sd": [show_sd_jwt()]}).decode()))
    assert list(form) == ["response"] and "Rosa" not in form["response"]
    said = responses.unpack(form, key=key)
    assert said["state"] == "state-1" and check(said["vp_token"])
    with pytest.raises(CredcoreError, match=r"jwe\.malformed"):
        responses.unpack(form, key=encryption.new_key(name="k1"))
    with pytest.raises(CredcoreError, match=r"jwe\.other_key"):
        responses.unpack(form, key=encryption.new_key(name="k2"))
    with pytest.raises(CredcoreError, match=r"oid4vp\.malformed"):
        responses.unpack(form, key=None)


def test_where_encryption_was_asked_for_an_open_answer_is_refused() -> None:
    with pytest.raises(CredcoreError, match=r"oid4vp\.not_encrypted"):
        responses.unpack({"vp_token": "{}", "state": "state-1"}, key=encryption.new_key(name="k1"))


def test_no_is_an_answer() -> None:
    said = responses.unpack(dict(parse_qsl(responses.refusal(read_request()).decode())), key=encryption.new_key(name="k"))
    assert said == {"error": "access_denied", "state": "state-1"}


@pytest.mark.parametrize(
    "header",
    [
        {"alg": "dir", "enc": "A256GCM"},
        {"alg": "ECDH-ES+A256KW", "enc": "A256GCM"},
        {"alg": "RSA-OAEP", "enc": "A256GCM"},
        {"alg": "ECDH-ES", "enc": "A128CBC-HS256"},
        {"alg": "ECDH-ES", "enc": "A256GCM", "zip": "DEF"},
        {"alg": "ECDH-ES", "enc": "A256GCM", "crit": ["x"]},
        {},
    ],
)
def test_other_ways_of_encrypting_are_refused(header: dict[str, Any]) -> None:
    head = multibase.encode(json.dumps(header).encode(), base="u")[1:]
    with pytest.raises(CredcoreError, match=r"jwe\.algorithm"):
        encryption.decrypt(f"{head}..AAAA.AAAA.AAAA".encode(), key=encryption.new_key(name="k"))


@pytest.mark.parametrize("message", [b"", b"a.b.c", b"!.b.c.d.e", b"W10.b.c.d.e", b"." * 10, b"\xff.b.c.d.e"])
def test_messages_that_are_none(message: bytes) -> None:
    with pytest.raises(CredcoreError) as problem:
        encryption.decrypt(message, key=encryption.new_key(name="k"))
    assert problem.value.code == "jwe.malformed"


def test_a_huge_message_is_refused_unread() -> None:
    with pytest.raises(CredcoreError, match=r"jwe\.too_large"):
        encryption.decrypt(b"." * 1_000_001, key=encryption.new_key(name="k"))


@pytest.mark.parametrize(
    ("keys", "encodings", "code"),
    [
        (None, None, "jwe.malformed"),
        ({"keys": ["x"]}, None, "jwe.malformed"),
        ({"keys": []}, None, "jwe.no_key"),
        ({"keys": [{"kty": "RSA", "n": "AA", "e": "AQAB"}]}, None, "jwe.no_key"),
        ({"keys": [{"kty": "EC", "crv": "P-256", "use": "sig"}]}, None, "jwe.no_key"),
        ({"keys": [{"kty": "EC", "crv": "P-256", "alg": "ECDH-ES+A128KW"}]}, None, "jwe.no_key"),
        ({"keys": []}, ["A128CBC-HS256"], "jwe.encoding"),
    ],
)
def test_we_write_only_to_keys_that_we_know_how_to_write_to(keys: Any, encodings: Any, code: str) -> None:
    with pytest.raises(CredcoreError) as problem:
        encryption.choose(keys, encodings=encodings)
    assert problem.value.code == code


# ---- the published examples ----


def test_published_answers_have_the_shape_of_ours() -> None:
    folder = vectors("openid4vp") / "response"
    ours = strict_json.loads(_payload(show_jwt()))
    theirs = json.loads((folder / "jwt_vc.json").read_text())
    assert set(ours) - {"exp"} <= set(theirs) and ours["vp"].keys() == theirs["vp"].keys()
    binding = json.loads((folder / "kb_jwt_unsecured.json").read_text())
    assert set(responses.binding(presented=b"x~", audience=CLIENT, nonce=NONCE, now=NOW)) <= set(binding)
    shown, example = show_ldp(), json.loads((folder / "ldp_vc.json").read_text())
    assert set(shown) <= set(example) and {"challenge", "domain"} <= shown["proof"].keys() & example["proof"].keys()
    # Their tokens and signatures are cut short in print, and nobody's keys are given: read, and refused as what they are.
    refused("oid4vp.holder", {"ldp": [example]})
    error = json.loads((folder.parent / "digital_credentials_api" / "error_invalid_request.json").read_text())
    assert responses.unpack(error, key=None) == error


def _payload(token: str) -> bytes:
    return jose.parse(token.encode()).payload


@pytest.mark.parametrize("name", ["jwt_vc", "ldp_vc", "sd_jwt_vc", "sd_jwt_vc_unsecured"])
def test_published_proofs_are_found_by_the_published_queries(name: str) -> None:
    folder = vectors("openid4vp")
    claims = json.loads((folder / "credentials" / f"{name}.json").read_text())
    if name.startswith("sd_jwt"):
        asked, format_ = QUERY | {}, dcql.SD_JWT
        asked = {"credentials": [{"id": "a", "format": format_, "meta": {"vct_values": [claims["vct"]]}}]}
    else:
        asked, format_ = (
            json.loads((folder / "request" / f"dcql_{name}.json").read_text()),
            name.replace("jwt_vc", "jwt_vc_json"),
        )
    read = dcql.parse(asked)
    said = claims.get("vc", claims)
    candidate = matching.Candidate("theirs", format_, said, True)
    assert matching.match(read, candidates=[candidate]).answered == (read.wanted[0].id,)


def test_the_published_selective_example_is_read_whole() -> None:
    folder = vectors("openid4vp") / "sd_jwt_vcld" / "01"
    sd = sd_jwt.parse(_joined(folder / "sd_jwt_presentation.txt"))
    assert sd.key_binding is not None
    assert json.loads((folder / "verified_contents.json").read_text()) == sd.claims
    issued = sd_jwt.parse(_joined(folder / "sd_jwt_issuance.txt"))
    assert issued.key_binding is None and set(sd.disclosed) <= set(issued.disclosed)
    claims = strict_json.loads(sd.key_binding.payload)
    assert claims == json.loads((folder / "kb_jwt_payload.json").read_text())
    assert sd.key_binding.header == json.loads((folder / "kb_jwt_header.json").read_text())
    assert sd_jwt.digest(sd.presented) == claims["sd_hash"]


def _joined(path: Path) -> bytes:
    """The text that is printed in lines."""
    return b"".join(path.read_bytes().split())


def test_nobody_signs_for_the_college_with_a_key_that_only_shows() -> None:
    """A key by which somebody shows that they are there makes no proofs."""
    site = "did:web:college.example"
    method = {"id": f"{site}#1", "type": "Multikey", "controller": site, "publicKeyMultibase": ROSA.multibase}
    document = {"id": site, "verificationMethod": [method], "authentication": [method["id"]]}
    signer = ecdsa.LocalSigner("P-256", ROSA.private_number, f"{site}#1")
    made = issue(credential(signer), signer=signer, now=NOW, making=Making(suite="ecdsa-rdfc-2019"))
    pages = {"https://college.example/.well-known/did.json": json.dumps(document).encode()}
    trust = (TrustList("Ours", (TrustEntry(site, "Prairie Valley College"),)),)
    report = verifier(pages, trust=trust).check(as_bytes(made), now=NOW)
    assert report.verdict is not Verdict.GOOD and report.finding("proof").outcome.value != "passed"
    good = document | {"assertionMethod": [method["id"]]}
    pages = {"https://college.example/.well-known/did.json": json.dumps(good).encode()}
    passed = verifier(pages, trust=trust).check(as_bytes(made), now=NOW)
    assert passed.finding("proof").outcome.value == "passed", "the twin that is a giver's key"
