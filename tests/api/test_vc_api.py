"""The VC-API of an installation: with a token, with keys of its own, and never with those of a firm."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from skillmark.rooms.signing import queries as signing
from tests.api.test_access import problem
from tests.cast import Firm

pytestmark = pytest.mark.django_db
JSON = {"content_type": "application/json"}
ISSUE = "/vc-api/issuers/eddsa-rdfc-2022/credentials/issue"
VERIFY = "/vc-api/verifiers/strict/credentials/verify"


def credential(giver: str) -> dict[str, Any]:
    return {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "type": ["VerifiableCredential"],
        "issuer": giver,
        "credentialSubject": {"id": "did:example:rosa"},
    }


def test_issue_with_a_status_and_verify(owner_api: Client) -> None:
    [first, *_] = owner_api.get("/vc-api/issuers").json()
    assert first["endpoint"] == settings.BASE_URL + ISSUE
    request = {"credential": credential(first["id"]), "options": {"credentialStatus": {"type": "BitstringStatusListEntry"}}}
    answer = owner_api.post(ISSUE, request, **JSON)
    assert answer.status_code == 201
    made = answer.json()["verifiableCredential"]
    assert owner_api.post(VERIFY, {"verifiableCredential": made}, **JSON).json()["verified"] is True
    changed = owner_api.post(VERIFY, {"verifiableCredential": made | {"name": "Other"}}, **JSON)
    assert (changed.status_code, changed.json()["code"]) == (400, "proof.mismatch")
    address = made["credentialStatus"]["statusListCredential"]
    assert Client().get(address.removeprefix(settings.BASE_URL)).json()["id"] == address


@pytest.mark.parametrize("path", [ISSUE, VERIFY, "/vc-api/credentials/derive", "/vc-api/nothing"])
def test_nothing_without_a_token(firm: Firm, path: str) -> None:
    signed_in = Client()
    signed_in.force_login(firm.owner_user, settings.AUTHENTICATION_BACKENDS[0])
    for client in (Client(), signed_in, Client(headers={"Authorization": "Bearer smk_none"})):
        problem(client.post(path, {}, **JSON), 401, "token.needed")
        problem(client.get(path), 401, "token.needed")


def test_a_firm_does_not_sign_here(firm: Firm, owner_api: Client) -> None:
    ours = {one["id"] for one in owner_api.get("/vc-api/issuers").json()}
    theirs = set(signing.identities(org_id=firm.org.id))
    assert theirs and not ours & theirs
    for giver in theirs:
        answer = owner_api.post(ISSUE, {"credential": credential(giver)}, **JSON)
        assert (answer.status_code, answer.json()["code"]) == (400, "lint.issuer")


def test_too_much_is_refused(owner_api: Client) -> None:
    answer = owner_api.post(VERIFY, b" " * (2**20 + 1), **JSON)
    assert (answer.status_code, answer.json()["code"]) == (413, "vcapi.too_large")
