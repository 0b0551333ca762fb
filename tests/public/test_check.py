"""The check page: files, text, links, programs, and what it refuses."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from skillmark.rooms.credentials import operations
from tests.public.given import give

DATA = {"HTTP_ACCEPT": "application/json"}


def upload(client: Client, body: bytes, name: str = "proof.json", **extra: Any) -> Any:
    return client.post("/check", {"file": SimpleUploadedFile(name, body)}, **extra)


def test_a_proof_of_ours_looks_good(client: Client, proof: Any) -> None:
    answer = upload(client, bytes(proof.document))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Looks good" in page
    assert "Rosa Delgado" in page
    assert answer["X-Robots-Tag"] == "noindex, nofollow"


def test_one_changed_byte_is_red_and_what_it_says_is_folded_away(client: Client, proof: Any) -> None:
    changed = bytes(proof.document).replace(b"Rosa Delgado", b"Kyle Mercer")
    page = upload(client, changed).content.decode()
    assert "Don’t rely on this" in page
    assert "What the file says (not to be relied on)" in page
    assert 'class="proof' not in page


def test_cancelled_is_said_at_once(client: Client, firm: Any, proof: Any) -> None:
    operations.cancel(actor=firm.owner, issued_id=proof.id, reason="Given by mistake", now=timezone.now())
    assert "has cancelled this" in upload(client, bytes(proof.document)).content.decode()


def test_pasted_text_and_a_link_of_ours(client: Client, proof: Any, settings: Any) -> None:
    assert "Looks good" in client.post("/check", {"text": bytes(proof.document).decode()}).content.decode()
    link = f"{settings.BASE_URL}/verify/{proof.id}"
    assert "Looks good" in client.post("/check", {"text": link}).content.decode()


def test_links_to_private_addresses_are_not_opened(client: Client, db: Any) -> None:
    answer = client.post("/check", {"text": "http://192.168.0.1/secret"}, **DATA)
    assert answer.json()["results"][0]["verdict"] == "unknown"


def test_several_proofs_are_answered_one_by_one(client: Client, firm: Any) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("one.json", bytes(give(firm=firm).document))
        archive.writestr("two.json", bytes(give(firm=firm, key="harness").document))
    page = upload(client, packed.getvalue(), name="both.zip").content.decode()
    assert "There are 2 proofs in here" in page
    assert page.count('class="verdict') == 2


def test_programs_get_data(client: Client, proof: Any) -> None:
    answer = upload(client, bytes(proof.document), **DATA)
    found = answer.json()["results"][0]
    assert (found["verdict"], found["code"], found["heading"]) == ("good", "good", "Looks good")
    assert found["credential"]["subject"] == "Rosa Delgado"
    assert len(found["lines"]) == 4
    assert {one["check"] for one in found["findings"]} >= {"proof", "dates", "status"}


def test_a_body_that_is_no_form_is_the_item(proof: Any) -> None:
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/check", bytes(proof.document), content_type="application/json", **DATA)
    assert answer.json()["results"][0]["verdict"] == "good"


def test_nothing_given_says_what_to_do(client: Client, db: Any) -> None:
    answer = client.post("/check", {})
    assert answer.status_code == 422
    assert "Choose a file, or paste a link or text." in answer.content.decode()
    assert client.post("/check", {}, **DATA).json() == {"errors": ["Choose a file, or paste a link or text."]}


def test_over_ten_megabytes_is_refused_in_words(client: Client, db: Any) -> None:
    answer = upload(client, b"x" * (10 * 1024 * 1024 + 1), name="large.pdf")
    assert answer.status_code in (413, 422)
    assert "over 10 MB" in answer.content.decode()
    much = upload(client, b"x" * (11 * 1024 * 1024), name="larger.pdf", **DATA)
    assert much.status_code == 413


@pytest.mark.parametrize("body", [b"", b"hello", b"\x89PNG\r\n\x1a\n", json.dumps({"a": 1}).encode()])
def test_what_is_no_proof_says_nothing_against_the_person(client: Client, db: Any, body: bytes) -> None:
    page = upload(client, body, name="thing").content.decode()
    assert "We couldn’t tell" in page


def test_too_many_checks_from_one_address_are_paused(client: Client, db: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from skillmark.edges.public import door

    monkeypatch.setitem(door.LIMITS, "check", 2)
    assert [client.post("/check", {"text": "x"}).status_code for _ in range(3)] == [200, 200, 429]


def test_in_spanish_nothing_is_left_in_english(client: Client, proof: Any) -> None:
    client.cookies["django_language"] = "es"
    page = upload(client, bytes(proof.document)).content.decode()
    assert "Todo en orden" in page
    assert "Nothing you gave us" not in page
