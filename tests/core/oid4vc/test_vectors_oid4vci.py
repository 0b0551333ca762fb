"""Every example of the specification is read by the part of ours that it belongs to."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from credcore.codec import jose
from credcore.keys import jwk
from credcore.oid4vc import credential_requests, issuer_metadata, offers, tokens
from credcore.oid4vc.offers import TxCode
from credcore.ports import Posted
from tests.vectors import vectors, vectors_dir

GIVER = "https://credential-issuer.example.com"
EVERY = sorted(path.name for path in (vectors_dir() / "openid4vci").glob("*")) or ["credential_offer_by_reference.json"]


def body(text: str) -> str:
    """Out of an example of HTTP; the specification breaks long values into lines."""
    _, _, found = text.lstrip().partition("\n\n") if text.lstrip().startswith("HTTP/") else ("", "", text)
    found = found or text[text.index("{") :]
    return re.sub(r"\n\s+(?=[^\s\"{}\[\]])", "", found)


def details(text: str) -> None:
    assert tokens.parse_details(json.loads(text))


def configurations(text: str) -> None:
    read = issuer_metadata.parse_configurations(json.loads(text)["credential_configurations_supported"])
    for one in read.values():
        assert one.format
        assert one.names["en"]
        assert one.binding


def metadata(text: str) -> None:
    read = issuer_metadata.parse(json.loads(text), identifier=GIVER)
    assert read.servers == ("https://server.example.com",)
    assert read.nonce_endpoint == f"{GIVER}/nonce"
    assert read.names == {"en": "Example University", "fr": "Example Université"}
    assert read.encrypts


def signed_metadata(text: str) -> None:
    said = jose.claims(jose.parse(text.replace("\n", "").encode()))
    assert issuer_metadata.parse(said, identifier=GIVER).credential_endpoint == f"{GIVER}/credential"


def offer(text: str) -> None:
    read = offers.parse(json.loads(body(text)))
    assert read.issuer == GIVER
    assert read.needs_sign_in == ("authorization_code" in text)
    assert read.needs_sign_in or isinstance(read.tx_code, TxCode)


def request(text: str) -> None:
    """It is of an older draft, which named a format where 1.0 names a configuration."""
    with pytest.raises(tokens.Refusal) as caught:
        credential_requests.parse_request(text.encode(), media_type="application/json")
    assert caught.value.error == "invalid_credential_request"


def response(text: str) -> None:
    answer = Posted(200, body(text).encode(), "application/json")
    (credential,) = credential_requests.parse_response(answer)
    assert credential


def keys(text: str) -> None:
    for one in json.loads(body(text))["jwks"]["keys"]:
        assert jwk.decode(one).algorithm == "P-256"


def token(text: str) -> None:
    assert jose.claims(jose.parse(text.replace("\n", "").encode()))["sub"] == "https://wallet.example.com"


READERS: dict[str, Callable[[str], None]] = {
    "authorization_details": details,
    "credential_issuer_metadata_sd_jwt_jwt": signed_metadata,
    "credential_issuer_metadata": metadata,
    "credential_metadata": configurations,
    "credential_offer": offer,
    "credential_request": request,
    "credential_response": response,
    "issuer_jwks": keys,
    "wallet_attestation": token,
}


def reader(name: str) -> Callable[[str], None]:
    return next(read for start, read in READERS.items() if name.startswith(start))


@pytest.mark.parametrize("name", EVERY)
def test_examples(name: str) -> None:
    folder: Path = vectors("openid4vci")
    reader(name)((folder / name).read_text())


def test_there_is_an_example_for_each_reader() -> None:
    vectors("openid4vci")
    used: set[Any] = {reader(name) for name in EVERY}
    assert used == set(READERS.values())
