"""Check through the interface: the same answers as on the page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.api.test_access import problem

pytestmark = pytest.mark.django_db
JSON = {"content_type": "application/json"}


@pytest.fixture
def document(give: Callable[..., Any], owner_api: Client) -> bytes:
    return owner_api.get(f"/api/v1/proofs/{give().json()['id']}/document").content


def test_a_proof_of_this_firm_is_good(owner_api: Client, document: bytes) -> None:
    [answer] = owner_api.post("/api/v1/check", {"text": document.decode()}, **JSON).json()
    assert answer["verdict"] == "good", answer
    assert answer["credential"]["name"] == "Tool change" and answer["credential"]["subject"] == "Rosa Delgado"
    assert {one["outcome"] for one in answer["findings"]} == {"passed"}


def test_a_changed_letter_is_bad(owner_api: Client, document: bytes) -> None:
    file = SimpleUploadedFile("proof.json", document.replace(b"Rosa Delgado", b"Rosa Delgada"))
    [answer] = owner_api.post("/api/v1/check/file", {"file": file}).json()
    assert answer["verdict"] == "bad" and answer["code"] == "altered" and answer["item"] == "proof.json"


def test_what_is_no_proof_is_unknown(owner_api: Client) -> None:
    [answer] = owner_api.post("/api/v1/check", {"text": "hello"}, **JSON).json()
    assert answer["verdict"] == "unknown" and answer["sentence"]


def test_a_link_into_this_network_is_not_followed(owner_api: Client) -> None:
    [answer] = owner_api.post("/api/v1/check", {"url": "http://169.254.169.254/latest"}, **JSON).json()
    assert answer["verdict"] == "unknown"


@pytest.mark.parametrize("body", [{}, {"text": "a", "url": "https://b.example"}, {"text": "  "}])
def test_one_thing_is_named(owner_api: Client, body: dict[str, str]) -> None:
    problem(owner_api.post("/api/v1/check", body, **JSON), 422, "request.invalid")


def test_a_token_is_needed() -> None:
    problem(Client().post("/api/v1/check", {"text": "x"}, **JSON), 401, "token.needed")
