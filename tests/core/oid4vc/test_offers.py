"""Offers and the links that hold them."""

from __future__ import annotations

import json
from urllib.parse import quote

import pytest

from credcore.errors import MalformedError
from credcore.oid4vc import offers
from credcore.oid4vc.offers import PRE_AUTHORIZED, CredentialOffer, Link, TxCode

ISSUER = "https://giver.example/oid4vci/1"
OFFER = {
    "credential_issuer": ISSUER,
    "credential_configuration_ids": ["a", "b"],
    "grants": {
        PRE_AUTHORIZED: {
            "pre-authorized_code": "abc",
            "tx_code": {"input_mode": "numeric", "length": 6, "description": "On the screen"},
        }
    },
}
READ = CredentialOffer(ISSUER, ("a", "b"), code="abc", tx_code=TxCode(True, 6, "On the screen"))


def test_there_and_back() -> None:
    assert offers.parse(OFFER) == READ
    assert offers.build(READ) == OFFER
    assert offers.parse(offers.build(CredentialOffer(ISSUER, ("a",), code="x"))).tx_code is None


def test_what_the_giver_leaves_open() -> None:
    grant = {"pre-authorized_code": "abc", "tx_code": {}, "authorization_server": "https://other.example"}
    read = offers.parse(OFFER | {"grants": {PRE_AUTHORIZED: grant}})
    assert (read.tx_code, read.server) == (TxCode(), "https://other.example")


@pytest.mark.parametrize("grants", [{}, {"authorization_code": {"issuer_state": "x"}}, {"another": {}}])
def test_an_offer_without_a_code_means_signing_in(grants: dict[str, object]) -> None:
    read = offers.parse(OFFER | {"grants": grants})
    assert read.needs_sign_in
    assert read.code == ""


@pytest.mark.parametrize(
    "wrong",
    [
        None,
        [],
        OFFER | {"credential_issuer": "ftp://x"},
        OFFER | {"credential_issuer": 1},
        OFFER | {"credential_configuration_ids": []},
        OFFER | {"credential_configuration_ids": "a"},
        OFFER | {"credential_configuration_ids": ["a", "a"]},
        OFFER | {"credential_configuration_ids": [1]},
        OFFER | {"credential_configuration_ids": [str(n) for n in range(21)]},
        OFFER | {"grants": []},
        OFFER | {"grants": {PRE_AUTHORIZED: {}}},
        OFFER | {"grants": {PRE_AUTHORIZED: {"pre-authorized_code": ""}}},
        OFFER | {"grants": {PRE_AUTHORIZED: {"pre-authorized_code": "a", "tx_code": "6"}}},
        OFFER | {"grants": {PRE_AUTHORIZED: {"pre-authorized_code": "a", "tx_code": {"input_mode": "voice"}}}},
        OFFER | {"grants": {PRE_AUTHORIZED: {"pre-authorized_code": "a", "tx_code": {"length": True}}}},
        OFFER | {"grants": {PRE_AUTHORIZED: {"pre-authorized_code": "a", "tx_code": {"length": 101}}}},
        OFFER | {"grants": {PRE_AUTHORIZED: {"pre-authorized_code": "a", "authorization_server": 1}}},
    ],
)
def test_what_is_no_offer(wrong: object) -> None:
    with pytest.raises(MalformedError) as caught:
        offers.parse(wrong)
    assert caught.value.code == "oid4vci.offer"


def test_links() -> None:
    uri = f"{ISSUER}/offers/7?x=1"
    assert offers.read_link(offers.link(uri)) == Link(uri=uri)
    packed = quote(json.dumps(OFFER))
    for start in ("openid-credential-offer://?", "haip-vci://?", "https://app.example/take?a=b&"):
        assert offers.read_link(f" {start}credential_offer={packed}\n").offer == READ
    assert offers.read_link(json.dumps(OFFER)).offer == READ
    url = "https://giver.example/interactions/7?iuv=1"
    for text in (url, f"interaction:{url}"):
        assert offers.read_link(text) == Link(uri=url, is_interaction=True)


@pytest.mark.parametrize(
    "wrong",
    [
        "",
        "hello",
        "javascript:alert(1)",
        "openid4vp://?client_id=x",
        "openid-credential-offer://",
        "openid-credential-offer://?credential_offer_uri=file:///etc/passwd",
        "openid-credential-offer://?credential_offer_uri=https://a.example&credential_offer_uri=https://b.example",
        "openid-credential-offer://?credential_offer_uri=https://a.example&credential_offer=%7B%7D",
        "openid-credential-offer://?credential_offer=",
        "https://[/",
        "https://a.example/?" + "x" * 16_400,
    ],
)
def test_what_is_no_link(wrong: str) -> None:
    with pytest.raises(MalformedError) as caught:
        offers.read_link(wrong)
    assert caught.value.code == "oid4vci.link"
