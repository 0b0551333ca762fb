"""Metadata, tokens, credentials and interaction addresses, from both sides."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

import pytest

from credcore.errors import CredcoreError, MalformedError, UnavailableError
from credcore.oid4vc import credential_requests, interactions, issuer_metadata, offers, tokens
from credcore.oid4vc.interactions import Interaction
from credcore.oid4vc.issuer_metadata import Configuration
from credcore.oid4vc.tokens import FORM, JSON, Refusal, Token, TokenRequest
from credcore.ports import Fetched, FetchKind, Posted

GIVER = "https://giver.example/oid4vci/1"
NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
GRANT = {"grant_type": offers.PRE_AUTHORIZED, "pre-authorized_code": "abc"}
KINDS = [
    Configuration(
        "k.ldp_vc", "ldp_vc", {"en": "Forklift", "es": "Montacargas"}, ("VerifiableCredential", "OpenBadgeCredential"),
        binding=issuer_metadata.BINDING, proof_algorithms=issuer_metadata.PROOF_ALGORITHMS, algorithms=("eddsa-rdfc-2022",),
    ),
    Configuration(
        "k.sd", "dc+sd-jwt", {"en": "Forklift"}, vct="https://giver.example/vct/1", binding=("jwk",),
        proof_algorithms=("ES256",), algorithms=("EdDSA",),
    ),
]  # fmt: skip
METADATA = issuer_metadata.build(identifier=GIVER, names={"en": "Tallgrass"}, configurations=KINDS)


def code(call: Callable[[], object]) -> str:
    with pytest.raises(CredcoreError) as caught:
        call()
    return caught.value.code


def test_where_metadata_is() -> None:
    named = issuer_metadata.well_known(GIVER, name=issuer_metadata.ISSUER)
    assert named == "https://giver.example/.well-known/openid-credential-issuer/oid4vci/1"
    bare = issuer_metadata.well_known("https://giver.example/", name=issuer_metadata.SERVER)
    assert bare == "https://giver.example/.well-known/oauth-authorization-server"
    for wrong in (
        "giver.example",
        "https://",
        "https://giver.example/?a",
        "https://giver.example/#a",
        "https://[/",
        "did:web:x",
    ):
        assert code(lambda w=wrong: issuer_metadata.well_known(w, name="x")) == "oid4vci.metadata"  # type: ignore[misc]


def test_metadata_there_and_back() -> None:
    read = issuer_metadata.parse(METADATA, identifier=GIVER)
    assert list(read.configurations.values()) == KINDS
    assert (read.credential_endpoint, read.nonce_endpoint) == (f"{GIVER}/credential", f"{GIVER}/nonce")
    assert (read.names, read.servers, read.encrypts) == ({"en": "Tallgrass"}, (), False)
    server = issuer_metadata.build_server(identifier=GIVER)
    assert issuer_metadata.parse_server(server, identifier=GIVER) == f"{GIVER}/token"


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"credential_issuer": GIVER + "/"}, "oid4vci.other_issuer"),
        ({"credential_issuer": "https://evil.example"}, "oid4vci.other_issuer"),
        ({"credential_endpoint": "javascript:1"}, "oid4vci.metadata"),
        ({"credential_endpoint": None}, "oid4vci.metadata"),
        ({"nonce_endpoint": 1}, "oid4vci.metadata"),
        ({"authorization_servers": "x"}, "oid4vci.metadata"),
        ({"authorization_servers": [1]}, "oid4vci.metadata"),
        ({"credential_configurations_supported": []}, "oid4vci.metadata"),
        ({"credential_configurations_supported": {"a": {}}}, "oid4vci.metadata"),
        ({"credential_configurations_supported": {"a": {"format": "x", "proof_types_supported": []}}}, "oid4vci.metadata"),
    ],
)
def test_metadata_that_is_refused(change: dict[str, Any], expected: str) -> None:
    assert code(lambda: issuer_metadata.parse(METADATA | change, identifier=GIVER)) == expected


def test_servers_that_are_refused() -> None:
    server = issuer_metadata.build_server(identifier=GIVER)
    parse = issuer_metadata.parse_server
    assert code(lambda: parse(server | {"issuer": "x"}, identifier=GIVER)) == "oid4vci.other_issuer"
    assert code(lambda: parse(server | {"grant_types_supported": ["password"]}, identifier=GIVER)) == "oid4vci.grant"
    assert code(lambda: parse(server | {"token_endpoint": ""}, identifier=GIVER)) == "oid4vci.metadata"
    assert code(lambda: parse([], identifier=GIVER)) == "oid4vci.metadata"


def test_a_token_is_asked_for_and_given() -> None:
    body = tokens.request_body(code="a b&c", tx_code="123456")
    assert tokens.parse_request(body, media_type=FORM) == TokenRequest("a b&c", "123456")
    details = json.dumps([{"type": "openid_credential", "credential_configuration_id": "k"}])
    body = urlencode(GRANT | {"authorization_details": details, "client_id": "app"}).encode()
    assert tokens.parse_request(body, media_type=FORM).wanted == ("k",)
    plain = Posted(200, json.dumps(tokens.response(token="t", seconds=600, wanted=None)).encode(), JSON)
    assert tokens.parse_response(plain) == Token("t")
    named = Posted(200, json.dumps(tokens.response(token="t", seconds=600, wanted=["k"])).encode(), JSON)
    assert tokens.parse_response(named) == Token("t", {"k": ("k",)})


@pytest.mark.parametrize(
    ("body", "error"),
    [
        (b"", "invalid_request"),
        (b"{}", "invalid_request"),
        (b"\xff=\xfe", "invalid_request"),
        (b"a=%ff", "invalid_request"),
        (b"&&&", "invalid_request"),
        (b"grant_type=password", "unsupported_grant_type"),
        (b"grant_type=authorization_code&code=x", "unsupported_grant_type"),
        (urlencode({"grant_type": offers.PRE_AUTHORIZED}).encode(), "invalid_request"),
        (urlencode([*GRANT.items(), ("pre-authorized_code", "b")]).encode(), "invalid_request"),
        (urlencode(GRANT | {"authorization_details": "[{}]"}).encode(), "invalid_request"),
        (urlencode(GRANT | {"authorization_details": "{"}).encode(), "invalid_request"),
        (urlencode(GRANT | {f"f{n}": "x" for n in range(30)}).encode(), "invalid_request"),
        (urlencode(GRANT | {"x": "y" * 20_000}).encode(), "invalid_request"),
    ],
)
def test_messages_for_a_token_that_are_refused(body: bytes, error: str) -> None:
    with pytest.raises(Refusal) as caught:
        tokens.parse_request(body, media_type=FORM)
    assert caught.value.error == error


def test_answers_that_are_refused() -> None:
    def answer(status: int, body: object) -> Posted:
        return Posted(status, body if isinstance(body, bytes) else json.dumps(body).encode(), JSON)

    for wrong in (b"<html>", [], {}, {"access_token": 1, "token_type": "Bearer"}, {"access_token": "t", "token_type": "DPoP"}):
        assert code(lambda w=wrong: tokens.parse_response(answer(200, w))) == "oid4vci.answer"  # type: ignore[misc]
    bad = {"access_token": "t", "token_type": "bearer", "authorization_details": [{"type": "x"}]}
    assert code(lambda: tokens.parse_response(answer(200, bad))) == "oid4vci.details"
    for body, error in (({"error": "invalid_grant"}, "invalid_grant"), (b"<html>", ""), ([], ""), ({"error": 5}, "")):
        with pytest.raises(Refusal) as caught:
            tokens.parse_response(answer(400, body))
        assert (caught.value.error, caught.value.code) == (error, "oid4vci.refused")


def test_a_credential_is_asked_for_and_given() -> None:
    ask, read = credential_requests.request, credential_requests.parse_request
    for body, named in (
        (ask(configuration="k", identifier="", proof="a.b.c"), False),
        (ask(configuration="x", identifier="k", proof="a.b.c"), True),
    ):
        assert read(body, media_type=JSON) == credential_requests.CredentialRequest("k", "a.b.c", by_identifier=named)
    assert b"proofs" not in ask(configuration="k", identifier="", proof="")
    for credential, expected in (("a.b.c", b"a.b.c"), ({"type": "x"}, b'{"type":"x"}')):
        body = json.dumps(credential_requests.response(credential)).encode()  # type: ignore[arg-type]
        assert credential_requests.parse_response(Posted(200, body, JSON)) == [expected]


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ("[]", "invalid_credential_request"),
        ("{", "invalid_credential_request"),
        ('{"a":1,"a":2}', "invalid_credential_request"),
        ("[" * 5_000, "invalid_credential_request"),
        ("{}", "invalid_credential_request"),
        ('{"credential_configuration_id":"k","credential_identifier":"k"}', "invalid_credential_request"),
        ('{"credential_configuration_id":5}', "invalid_credential_request"),
        ('{"credential_configuration_id":"k"}', "invalid_proof"),
        ('{"credential_configuration_id":"k","proof":{"proof_type":"jwt","jwt":"a.b.c"}}', "invalid_proof"),
        ('{"credential_configuration_id":"k","proofs":{"jwt":[]}}', "invalid_proof"),
        ('{"credential_configuration_id":"k","proofs":{"jwt":["a","b"]}}', "invalid_proof"),
        ('{"credential_configuration_id":"k","proofs":{"jwt":[7]}}', "invalid_proof"),
        ('{"credential_configuration_id":"k","proofs":{"di_vp":[{}]}}', "invalid_proof"),
        ('{"credential_configuration_id":"k","credential_response_encryption":{}}', "invalid_encryption_parameters"),
    ],
)
def test_messages_for_a_credential_that_are_refused(said: str, error: str) -> None:
    with pytest.raises(Refusal) as caught:
        credential_requests.parse_request(said.encode(), media_type=JSON)
    assert caught.value.error == error


def test_credentials_that_are_refused() -> None:
    for wrong in ({}, {"credentials": []}, {"credentials": [{}]}, {"credentials": [{"credential": ""}]}, {"credentials": [5]}):
        answer = Posted(200, json.dumps(wrong).encode(), JSON)
        assert code(lambda a=answer: credential_requests.parse_response(a)) == "oid4vci.answer"  # type: ignore[misc]
    later = Posted(202, b'{"transaction_id":"x","interval":5}', JSON)
    assert code(lambda: credential_requests.parse_response(later)) == "oid4vci.deferred"


def test_nothing_but_our_own_errors_whatever_is_sent() -> None:
    """Random damage to good messages: an answer or a refusal, never another exception."""
    dice = random.Random(7)
    token = json.dumps(tokens.response(token="t", seconds=1, wanted="k")).encode()
    given = json.dumps(credential_requests.response("a")).encode()
    asked = credential_requests.request(configuration="k", identifier="", proof="a.b.c")
    good: list[tuple[Callable[[bytes], object], bytes]] = [
        (lambda b: tokens.parse_request(b, media_type=FORM), tokens.request_body(code="abc", tx_code="123456")),
        (lambda b: credential_requests.parse_request(b, media_type=JSON), asked),
        (lambda b: tokens.parse_response(Posted(200, b, JSON)), token),
        (lambda b: credential_requests.parse_response(Posted(200, b, JSON)), given),
        (lambda b: offers.read_link(b.decode("latin-1")), offers.link("https://giver.example/x").encode()),
    ]
    for read, body in good:
        for _ in range(400):
            damaged = bytearray(body)
            for _ in range(dice.randint(1, 4)):
                damaged[dice.randrange(len(damaged))] = dice.choice(b'\x00\xff"{}[],:%&=\\0naZ')
            try:
                read(bytes(damaged))
            except CredcoreError as error:
                assert error.code


def test_interaction_addresses() -> None:
    asked: list[str] = []

    def fetch(url: str, *, kind: FetchKind) -> Fetched:
        asked.append(url)
        assert kind is FetchKind.MESSAGE
        body = {"protocols": {"vcapi": "https://x", "OID4VP": "openid4vp://?a", "OID4VCI": "openid-credential-offer://?b"}}
        return Fetched(url, json.dumps(body).encode(), JSON, NOW)

    url = "https://giver.example/interactions/offer/1?iuv=1"
    assert interactions.read(f"interaction:{url}", fetch=fetch) == Interaction("OID4VCI", "openid-credential-offer://?b")
    assert asked == [url]
    assert interactions.parse(interactions.build({"OID4VP": "openid4vp://?a"})) == Interaction("OID4VP", "openid4vp://?a")
    wrong: list[object] = [None, [], {}, {"protocols": []}, {"protocols": {"vcapi": "x"}}, {"protocols": {"OID4VCI": 5}}]
    for one in wrong:
        assert code(lambda o=one: interactions.parse(o)) == "oid4vc.interaction"  # type: ignore[misc]


def test_errors_are_of_our_family() -> None:
    assert not issubclass(Refusal, MalformedError | UnavailableError)
    assert issubclass(Refusal, CredcoreError)
