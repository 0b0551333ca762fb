"""Requests: ours can be read, and hostile ones are refused with a code, never answered in another way."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest

from credcore.codec import multibase, strict_json
from credcore.errors import CredcoreError
from credcore.keys import ecdsa, jwk
from credcore.oid4vc import encryption, requests
from tests.core.proofs import NOW, Answers
from tests.vectors import vectors

from .asking import CLIENT, FIRM, NONCE, QUERY, RESPONSE_URI, THIEF, Json, request, signed_request

SITE = "did:web:firm.example:o:1"
SITE_CLIENT = f"decentralized_identifier:{SITE}"


def read(token: bytes, *, client: str = CLIENT, pages: Any = None, **more: Any) -> requests.Request:
    return requests.read_signed(token, client_id=client, now=NOW, fetch=Answers(pages), **more)


def refused(code: str, token: bytes, **more: Any) -> None:
    with pytest.raises(CredcoreError) as problem:
        read(token, **more)
    assert problem.value.code == code


def site(relation: str = "authentication", *, controller: str = SITE) -> dict[str, bytes]:
    method = {"id": f"{SITE}#1", "type": "Multikey", "controller": controller, "publicKeyMultibase": FIRM.multibase}
    document = {"id": SITE, "verificationMethod": [method], relation: [method["id"]]}
    return {"https://firm.example/o/1/did.json": json.dumps(document).encode()}


def test_what_we_make_can_be_read() -> None:
    found = read(signed_request())
    assert (found.nonce, found.state, found.response_uri, found.mode) == (NONCE, "state-1", RESPONSE_URI, "direct_post")
    assert found.says_it_is == "Tallgrass Logistics" and found.purpose == "To start on Monday"
    assert [one.id for one in found.query.wanted] == ["sd", "jwt", "ldp"]
    assert found.tied_to == "", "a bare key is tied to nobody"


def test_a_site_is_tied_to_its_host() -> None:
    token = signed_request(request(client_id=SITE_CLIENT), kid=f"{SITE}#1")
    assert read(token, client=SITE_CLIENT, pages=site()).tied_to == "firm.example"


def test_with_a_key_the_answer_comes_encrypted() -> None:
    key = encryption.new_key(name="k1")
    found = read(signed_request(request(key=encryption.public(key), encodings=encryption.ENCODINGS)))
    assert found.encrypted and all("d" not in one for one in found.metadata["jwks"]["keys"])


def test_the_link_leads_back() -> None:
    text = requests.link(client_id=CLIENT, request_uri="https://firm.example/oid4vp/1/request")
    found = requests.read_link(text)
    assert text.startswith("openid4vp://?")
    assert (found.client_id, found.request_uri, found.by_post) == (CLIENT, "https://firm.example/oid4vp/1/request", True)


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ({"typ": "JWT"}, "oid4vp.type"),
        ({"typ": "kb+jwt"}, "oid4vp.type"),
        ({"kid": THIEF.verification_method}, "oid4vp.other_key"),
        ({"kid": 7}, "oid4vp.other_key"),
        ({"kid": FIRM.did}, "oid4vp.other_key"),
    ],
)
def test_wrong_headers(header: Json, code: str) -> None:
    refused(code, signed_request(**header))


def test_another_signature_is_refused() -> None:
    refused("oid4vp.signature", signed_request(signer=THIEF, kid=FIRM.verification_method))
    head, _, signature = signed_request().split(b".")
    payload = signed_request(request(nonce="another")).split(b".")[1]
    refused("oid4vp.signature", b".".join([head, payload, signature]))


def test_an_unsigned_object_is_refused_where_a_signature_is_needed() -> None:
    payload = signed_request().split(b".")[1]
    refused("jose.algorithm", b"eyJhbGciOiJub25lIiwidHlwIjoib2F1dGgtYXV0aHotcmVxK2p3dCJ9." + payload + b".eA")


@pytest.mark.parametrize("did", ["did:web:firm.example:o:1#2", "did:web:other.example#1"])
def test_only_a_key_of_the_asker(did: str) -> None:
    refused("oid4vp.other_key", signed_request(request(client_id=SITE_CLIENT), kid=did), client=SITE_CLIENT, pages=site())


def test_a_key_of_somebody_else_in_the_document_does_not_count() -> None:
    pages = site(controller="did:web:other.example")
    token = signed_request(request(client_id=SITE_CLIENT), kid=f"{SITE}#1")
    refused("oid4vp.other_key", token, client=SITE_CLIENT, pages=pages)


def test_the_answer_goes_to_the_asker_and_nowhere_else() -> None:
    elsewhere = request(client_id=SITE_CLIENT, response_uri="https://evil.example/take")
    refused("oid4vp.other_host", signed_request(elsewhere, kid=f"{SITE}#1"), client=SITE_CLIENT, pages=site())


def test_the_link_and_the_request_name_the_same_asker() -> None:
    refused("oid4vp.other_client", signed_request(), client="decentralized_identifier:" + THIEF.did)


@pytest.mark.parametrize(
    "client",
    ["x509_san_dns:firm.example", "x509_hash:abc", "verifier_attestation:firm", "openid_federation:https://a", "firm"],
)
def test_prefixes_that_we_do_not_know_are_refused(client: str) -> None:
    refused("oid4vp.client_prefix", signed_request(request(client_id=client)), client=client)
    with pytest.raises(CredcoreError, match=r"oid4vp\.client_prefix"):
        requests.read_unsigned({"client_id": client}, now=NOW)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"response_mode": "fragment"}, "oid4vp.response_mode"),
        ({"response_mode": "dc_api.jwt"}, "oid4vp.response_mode"),
        ({"response_mode": None}, "oid4vp.response_mode"),
        ({"response_type": "code"}, "oid4vp.response_type"),
        ({"response_type": "vp_token id_token"}, "oid4vp.response_type"),
        ({"exp": int(NOW.timestamp()) - 61}, "oid4vp.expired"),
        ({"iat": int(NOW.timestamp()) + 61}, "oid4vp.expired"),
        ({"nbf": int(NOW.timestamp()) + 61}, "oid4vp.expired"),
        ({"aud": "https://another.example"}, "oid4vp.audience"),
        ({"aud": [requests.AUDIENCE]}, "oid4vp.audience"),
        ({"nonce": ""}, "oid4vp.malformed"),
        ({"nonce": 5}, "oid4vp.malformed"),
        ({"state": "x" * 2001}, "oid4vp.malformed"),
        ({"response_uri": ""}, "oid4vp.malformed"),
        ({"redirect_uri": "https://firm.example/back"}, "oid4vp.malformed"),
        ({"client_metadata": []}, "oid4vp.malformed"),
        ({"transaction_data": ["e30"]}, "oid4vp.transaction_data"),
        ({"dcql_query": {}}, "dcql.malformed"),
        ({"dcql_query": {"credentials": [{"id": "m", "format": "mso_mdoc"}]}}, "dcql.format"),
    ],
)
def test_what_we_cannot_do_exactly_is_refused(change: Json, code: str) -> None:
    refused(code, signed_request(request() | change))


def test_whoever_fetches_it_from_there_is_meant_too() -> None:
    token = signed_request(request() | {"aud": "https://firm.example/oid4vp/1/request"})
    assert read(token, request_uri="https://firm.example/oid4vp/1/request")
    refused("oid4vp.audience", token, request_uri="https://evil.example/request")


def test_a_request_for_nothing_is_refused() -> None:
    payload = request()
    del payload["dcql_query"]
    refused("oid4vp.no_query", signed_request(payload | {"presentation_definition": {}}))


def test_the_number_that_we_sent_must_come_back() -> None:
    read(signed_request(request(wallet_nonce="w1")), wallet_nonce="w1")
    refused("oid4vp.wallet_nonce", signed_request(request(wallet_nonce="w2")), wallet_nonce="w1")
    refused("oid4vp.wallet_nonce", signed_request(), wallet_nonce="w1")


def unsigned(**change: str) -> dict[str, str]:
    return {
        "client_id": f"redirect_uri:{RESPONSE_URI}", "response_type": "vp_token", "response_mode": "direct_post",
        "response_uri": RESPONSE_URI, "nonce": NONCE, "state": "s", "dcql_query": strict_json.dumps(QUERY).decode(),
    } | change  # fmt: skip


def test_without_a_signature_only_to_the_address_that_is_the_name() -> None:
    link = requests.read_link("openid4vp://?" + urlencode(unsigned()))
    assert link.parameters is not None
    found = requests.read_unsigned(link.parameters, now=NOW)
    assert found.tied_to == "" and found.client_id == f"redirect_uri:{RESPONSE_URI}"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"response_uri": "https://evil.example/take"}, "oid4vp.other_host"),
        ({"client_id": CLIENT}, "oid4vp.unsigned"),
        ({"client_id": "x509_san_dns:firm.example"}, "oid4vp.client_prefix"),
        ({"dcql_query": "{"}, "json.not_json"),
    ],
)
def test_hostile_requests_without_a_signature(change: dict[str, str], code: str) -> None:
    with pytest.raises(CredcoreError) as problem:
        requests.read_unsigned(unsigned(**change), now=NOW)
    assert problem.value.code == code


def test_a_name_that_nobody_can_sign_for_is_not_signed_for() -> None:
    client = f"redirect_uri:{RESPONSE_URI}"
    refused("oid4vp.signed", signed_request(request(client_id=client)), client=client)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "oid4vp.no_link"),
        ("hello", "oid4vp.no_link"),
        ("javascript:alert(1)?client_id=a", "oid4vp.no_link"),
        ("openid4vp://?request_uri=https://a.example", "oid4vp.no_link"),
        ("openid4vp://?client_id=a&client_id=b", "oid4vp.no_link"),
        ("openid4vp://?client_id=a&request=b&request_uri=c", "oid4vp.no_link"),
        ("openid4vp://?client_id=a&request_uri=b&request_uri_method=put", "oid4vp.no_link"),
        ("openid4vp://?client_id=" + "a" * 20_000, "oid4vp.too_large"),
    ],
)
def test_links_that_are_none(text: str, code: str) -> None:
    with pytest.raises(CredcoreError) as problem:
        requests.read_link(text)
    assert problem.value.code == code


def test_a_huge_request_is_refused_before_it_is_read() -> None:
    refused("jose.too_large", signed_request(request(purpose="x" * 600_000)))


def published(text: str) -> Json:
    """An example of the specification, with the query that it leaves out."""
    return json.loads(re.sub(r"\{ ?\.\.\. ?\}", json.dumps(QUERY), text))


def test_published_request_objects() -> None:
    folder = vectors("openid4vp") / "request"
    payload = published((folder / "request_object_client_id_did.json").read_text())
    header = json.loads((folder / "request_header_client_id_did.json").read_text())
    assert header["typ"] == requests.TYPE
    # Its answer would go back in the address bar, which we do not do, and say so.
    refused_by = "oid4vp.response_mode"
    with pytest.raises(CredcoreError) as problem:
        requests.read_payload(payload, now=NOW, tied_to="")
    assert problem.value.code == refused_by
    del payload["redirect_uri"]
    posted = payload | {"response_mode": "direct_post", "response_uri": RESPONSE_URI}
    found = requests.read_payload(posted, now=NOW, tied_to="")
    assert found.nonce == "n-0S6_WzA2Mj" and found.metadata["vp_formats_supported"]


@pytest.mark.parametrize("name", ["signed_request_payload", "signed_request_payload_compact"])
def test_published_requests_to_the_browser_are_refused_by_their_mode_and_their_key_is_one(name: str) -> None:
    payload = published((vectors("openid4vp") / "digital_credentials_api" / f"{name}.json").read_text())
    with pytest.raises(CredcoreError, match=r"oid4vp\.response_mode"):
        requests.read_payload(payload, now=NOW, tied_to="")
    key, enc = encryption.choose(payload["client_metadata"]["jwks"], encodings=None)
    assert key["kid"] == "1" and enc == "A128GCM"
    assert encryption.encrypt({"a": 1}, key=key, enc=enc).count(b".") == 4


@pytest.mark.parametrize("name", ["mso_mdoc", "sd_jwt_vc", "w3c_jwt", "w3c_ldp"])
def test_published_metadata_of_askers_is_read(name: str) -> None:
    metadata = json.loads((vectors("openid4vp") / "client_metadata" / f"{name}_verifier_metadata.json").read_text())
    found = read(signed_request(request() | {"client_metadata": metadata}))
    assert found.metadata == metadata
    (format_,) = metadata["vp_formats_supported"]
    assert (format_ in requests.FORMATS) is (format_ != "mso_mdoc")
    if format_ in requests.FORMATS:  # the names of the parameters are those that we use
        assert metadata["vp_formats_supported"][format_].keys() <= requests.FORMATS[format_].keys()


def test_a_request_lives_ten_minutes_and_no_longer() -> None:
    token = signed_request(request(until=NOW + timedelta(minutes=10)))
    later = NOW + timedelta(minutes=11, seconds=1)
    with pytest.raises(CredcoreError, match=r"oid4vp\.expired"):
        requests.read_signed(token, client_id=CLIENT, now=later, fetch=Answers())


def test_did_jwk_askers_are_read() -> None:
    did = "did:jwk:" + multibase.encode(strict_json.dumps(jwk.encode(FIRM.key)), base="u")[1:]
    signer = ecdsa.LocalSigner("P-256", FIRM.private_number, f"{did}#0")
    client = f"decentralized_identifier:{did}"
    assert read(signed_request(request(client_id=client), signer=signer), client=client).client_id == client
