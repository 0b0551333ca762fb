"""@openid4vc/openid4vp: its wallet answers our requests, its verifier's requests are answered by us and read there."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl

import pytest

from credcore.codec import jose, strict_json
from credcore.errors import CredcoreError
from credcore.keys.ecdsa import LocalSigner
from credcore.oid4vc import dcql, encryption, requests, responses
from credcore.verify import Verdict
from tests.core.oid4vc.asking import (
    ASKED,
    CLIENT,
    FIRM,
    NONCE,
    QUERY,
    RESPONSE_URI,
    ROSA,
    THIEF,
    held_jwt,
    held_ldp,
    held_sd_jwt,
    request,
    show_jwt,
    show_ldp,
    show_sd_jwt,
    signed_request,
)  # fmt: skip
from tests.core.proofs import NOW, Answers, verifier

from .node_side import Giver, OtherSide, Refused

REQUEST_URI = "https://firm.example/oid4vp/1/request"
ASKER = Giver(FIRM, FIRM.private_number.to_bytes(32, "big"))
HOLDER = Giver(ROSA, ROSA.private_number.to_bytes(32, "big"))
SECONDS = int(NOW.timestamp())
TAKEN = {RESPONSE_URI: {"body": "{}", "type": "application/json"}}


def our_question(*, key: Any = None, wallet_nonce: str = "w-1") -> dict[str, Any]:
    """What the wallet is given: our link, and what our server answers to it."""
    public = {"key": encryption.public(key), "encodings": encryption.ENCODINGS} if key else {}
    # Their library looks at the clock of this machine.
    now = datetime.now(UTC)
    question = request(wallet_nonce=wallet_nonce, now=now, until=now + timedelta(minutes=10), **public)
    token = signed_request(question).decode()
    link = requests.link(client_id=CLIENT, request_uri=REQUEST_URI)
    return {
        "link": link, "asker": ASKER.jwk, "nonce": "w-1",
        "pages": {REQUEST_URI: {"body": token, "type": requests.MEDIA_TYPE}},
    }  # fmt: skip


def shown_there(other: OtherSide, form: str) -> Any:
    """One proof, signed by the foreign libraries in Rosa's name."""
    if form == "sd":
        binding = {"iat": SECONDS, "aud": CLIENT, "nonce": NONCE}
        return other.ask(
            "sdjwt-present", token=held_sd_jwt().decode(), frame={"name": True}, holder=HOLDER.key, binding=binding
        )  # fmt: skip
    if form == "jwt":
        payload = responses.envelope(
            holder=ROSA.did, credential=held_jwt().decode(), audience=CLIENT, nonce=NONCE, now=NOW
        )  # fmt: skip
        return other.ask("jws-sign", payload=payload, header={"typ": "JWT", "kid": ROSA.verification_method}, key=HOLDER.key)
    return other.ask(
        "present", credentials=[held_ldp()], key=HOLDER.key, suite="ecdsa-rdfc-2019", created=NOW.isoformat(),
        challenge=NONCE, domain=CLIENT,
    )  # fmt: skip


@pytest.mark.parametrize("sealed", [False, True], ids=["direct_post", "direct_post.jwt"])
@pytest.mark.parametrize("form", ["sd", "jwt", "ldp"])
def test_their_wallet_answers_our_question(other: OtherSide, form: str, sealed: bool) -> None:
    key = encryption.new_key(name="k1") if sealed else None
    read = other.ask("vp-read", **our_question(key=key))
    assert read["prefix"] == "decentralized_identifier" and read["version"] == 100, "they read it as version 1.0"
    assert dcql.parse(read["query"]) == dcql.parse(QUERY)
    (posted,) = other.ask(
        "vp-answer", request=read["request"], vp_token={form: [shown_there(other, form)]}, pages=TAKEN
    )  # fmt: skip
    assert posted["url"] == RESPONSE_URI
    said = responses.unpack(dict(parse_qsl(posted["body"])), key=key)
    assert said["state"] == "state-1"
    (found,) = responses.check(said["vp_token"], query=dcql.parse(QUERY), asked=ASKED, verifier=verifier(), now=NOW)
    assert found.report.verdict in (Verdict.GOOD, Verdict.CAREFUL)
    assert found.report.finding("holder").code == "holder.signed" and found.report.finding("proof").code == "proof.fits"


def test_their_wallet_refuses_what_is_wrong_with_a_question_of_ours(other: OtherSide) -> None:
    wrong = our_question() | {"asker": Giver(THIEF, THIEF.private_number.to_bytes(32, "big")).jwk}
    with pytest.raises(Refused):
        other.ask("vp-read", **wrong)
    with pytest.raises(Refused, match="wallet_nonce"):
        other.ask("vp-read", **our_question(wallet_nonce="w-2"))


def their_question(other: OtherSide, *, key: Any = None, signer: LocalSigner = FIRM) -> tuple[requests.Request, Any]:
    asked: dict[str, Any] = {
        "response_type": "vp_token", "client_id": CLIENT, "response_mode": "direct_post.jwt" if key else "direct_post",
        "response_uri": RESPONSE_URI, "nonce": NONCE, "state": "state-1", "dcql_query": QUERY,
        "client_metadata": {"vp_formats_supported": requests.FORMATS},
    }  # fmt: skip
    if key:
        asked["client_metadata"] |= {
            "jwks": {"keys": [encryption.public(key)]}, "encrypted_response_enc_values_supported": ["A256GCM"],
        }  # fmt: skip
    secret = Giver(signer, signer.private_number.to_bytes(32, "big")).key["jwk"]
    made = other.ask("vp-ask", request=asked, key=secret, didUrl=FIRM.verification_method, requestUri=REQUEST_URI)
    link = requests.read_link(made["link"])
    assert (link.client_id, link.request_uri) == (CLIENT, REQUEST_URI)
    # Their library stamps the request with the present moment, so it is read at that moment.
    issued = json.loads(_part(made["token"]))["iat"]
    now = datetime.fromtimestamp(issued, UTC)
    token = made["token"].encode()
    read = requests.read_signed(token, client_id=CLIENT, now=now, fetch=Answers(), request_uri=link.request_uri)
    return read, asked


def _part(token: str) -> bytes:
    return jose.parse(token.encode()).payload


@pytest.mark.parametrize("sealed", [False, True], ids=["direct_post", "direct_post.jwt"])
@pytest.mark.parametrize("form", ["sd", "jwt", "ldp"])
def test_our_answer_is_read_by_their_verifier(other: OtherSide, form: str, sealed: bool) -> None:
    key = encryption.new_key(name="k1") if sealed else None
    read, asked = their_question(other, key=key)
    assert read.encrypted is sealed
    shown: Any = {"sd": show_sd_jwt, "jwt": show_jwt, "ldp": show_ldp}[form]()
    body = dict(parse_qsl(responses.pack(read, vp_token={form: [shown]}).decode()))
    form_there = body if sealed else body | {"vp_token": json.loads(body["vp_token"])}
    taken = other.ask("vp-take", request=asked, form=form_there, key=key)
    assert taken["state"] == "state-1" and taken["nonce"] == NONCE
    assert strict_json.dumps(taken["shown"]) == strict_json.dumps({form: [shown]})


def test_their_request_under_another_key_is_refused_here(other: OtherSide) -> None:
    with pytest.raises(CredcoreError, match=r"oid4vp\.signature"):
        their_question(other, signer=THIEF)


def test_their_request_in_the_link_itself_is_read(other: OtherSide) -> None:
    client = f"redirect_uri:{RESPONSE_URI}"
    asked = {
        "response_type": "vp_token", "client_id": client, "response_mode": "direct_post", "response_uri": RESPONSE_URI,
        "nonce": NONCE, "dcql_query": QUERY, "client_metadata": {"vp_formats_supported": requests.FORMATS},
    }  # fmt: skip
    link = requests.read_link(other.ask("vp-ask", request=asked)["link"])
    assert link.parameters is not None
    found = requests.read_unsigned(link.parameters, now=NOW)
    assert found.client_id == client and found.query == dcql.parse(QUERY)
