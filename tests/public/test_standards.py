"""Documents that other programs fetch, and the three plain addresses for whoever runs the server."""

from __future__ import annotations

import json
import uuid
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client

ADDRESS = "https://proofs.tallgrass.example"


@pytest.fixture
def status_path(proof: Any) -> str:
    listed = json.loads(bytes(proof.document))["credentialStatus"]
    entry = listed[0] if isinstance(listed, list) else listed
    return urlsplit(entry["statusListCredential"]).path


def test_the_status_list_is_cacheable_and_open_to_all(client: Client, status_path: str) -> None:
    answer = client.get(status_path)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/vc")
    assert "max-age=900" in answer["Cache-Control"]
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["ETag"].startswith('"')
    again = client.get(status_path, HTTP_IF_NONE_MATCH=answer["ETag"])
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", answer["ETag"])
    assert client.head(status_path).status_code == 200
    assert client.post(status_path).status_code == 405


def test_the_list_as_a_token_is_cacheable_and_open_to_all(client: Client, proof: Any, status_path: str) -> None:
    assert client.get(f"{status_path}/token").status_code == 404  # no proof names it yet
    client.get(f"/verify/{proof.id}/proof.sd-jwt")
    answer = client.get(f"{status_path}/token")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/statuslist+jwt")
    assert "max-age=900" in answer["Cache-Control"]
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert client.get(f"{status_path}/token", HTTP_IF_NONE_MATCH=answer["ETag"]).status_code == 304
    assert client.post(f"{status_path}/token").status_code == 405


def test_a_kind_of_proof_says_what_it_is(client: Client, firm: Any, proof: Any, settings: Any) -> None:
    path = f"/vct/{proof.version.template_id}"
    assert client.get(path).status_code == 404
    firm.org.base_url = ADDRESS
    firm.org.save()
    answer = client.get(path)
    told = json.loads(answer.content)
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert told["vct"] == f"{ADDRESS}{path}"
    assert {one["locale"] for one in told["display"]} == {"en", "es"}
    assert "Rosa" not in answer.content.decode()
    assert client.get(f"/vct/{uuid.uuid4()}").status_code == 404


def test_its_tag_changes_when_something_is_cancelled(client: Client, firm: Any, proof: Any, status_path: str) -> None:
    from django.utils import timezone

    from skillmark.rooms.credentials import operations

    before = client.get(status_path)["ETag"]
    operations.cancel(actor=firm.owner, issued_id=proof.id, reason="Given by mistake", now=timezone.now())
    assert client.get(status_path, HTTP_IF_NONE_MATCH=before).status_code == 200


def test_the_list_of_paused_ones_lies_beside_it(client: Client, firm: Any, proof: Any) -> None:
    from django.utils import timezone

    from skillmark.rooms.credentials import operations

    paused = json.loads(bytes(proof.document))["credentialStatus"][1]
    path = urlsplit(paused["statusListCredential"]).path
    before = client.get(path)
    assert before.status_code == 200 and "max-age=900" in before["Cache-Control"]
    assert json.loads(before.content)["credentialSubject"]["statusPurpose"] == "suspension"
    operations.pause(actor=firm.owner, issued_id=proof.id, reason="Looking into it", now=timezone.now())
    after = client.get(path, HTTP_IF_NONE_MATCH=before["ETag"])
    assert after.status_code == 200 and after["ETag"] != before["ETag"]


def test_keys_of_a_firm_with_an_address(client: Client, firm: Any, settings: Any) -> None:
    assert client.get(f"/o/{firm.org.id}/did.json").status_code == 404  # without an address there is nobody to ask here
    firm.org.base_url = ADDRESS
    firm.org.save()
    answer = client.get(f"/o/{firm.org.id}/did.json")
    document = json.loads(answer.content)
    assert answer["Content-Type"] == "application/did+json"
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert document["id"] == f"did:web:proofs.tallgrass.example:o:{firm.org.id}"
    assert all(key["publicKeyMultibase"].startswith("z6Mk") for key in document["verificationMethod"])
    assert "private" not in answer.content.decode().lower()
    settings.ALLOWED_HOSTS = ["*"]
    server = client.get("/.well-known/did.json", headers={"host": "proofs.tallgrass.example"})
    assert json.loads(server.content)["alsoKnownAs"] == [document["id"]]
    assert client.get("/.well-known/did.json").status_code == 404


@pytest.mark.parametrize("path", ["/status/{id}", "/o/{id}/did.json"])
def test_what_is_not_there_is_not_there(client: Client, db: Any, path: str) -> None:
    assert client.get(path.format(id=uuid.uuid4())).status_code == 404


def test_a_persons_own_space_has_no_public_keys(client: Client, proof: Any, slip: tuple[str, str]) -> None:
    from skillmark.rooms.people.models import Organisation

    client.post(f"/k/{slip[0]}/keep", {"pin": slip[1]})
    space = Organisation.objects.get(kind=Organisation.Kind.PERSON)
    assert client.get(f"/o/{space.id}/did.json").status_code == 404


def test_health_readiness_and_counts(client: Client, proof: Any) -> None:
    assert client.get("/healthz").content == b"ok\n"
    ready = client.get("/readyz")
    assert (ready.status_code, ready.json()) == (200, {"database": True, "migrations": True, "keys": True})
    client.post("/check", {"text": bytes(proof.document).decode()})
    counted = client.get("/metrics").content.decode()
    assert 'skillmark_checks_total{verdict="good"}' in counted
    assert "Rosa" not in counted


def test_not_ready_without_a_key_to_sign_with(client: Client, firm: Any) -> None:
    from skillmark.rooms.signing.models import IssuerKey

    IssuerKey.objects.filter(org_id=firm.org.id).update(state="retired")
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["keys"]) == (503, False)
