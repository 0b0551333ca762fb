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

from skillmark.rooms.credentials import operations, queries
from tests.public import foreign
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


def test_several_proofs_have_a_list_on_top_that_leads_to_each(client: Client, firm: Any) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("one.json", bytes(give(firm=firm).document))
        archive.writestr("two.json", foreign.altered())
    page = upload(client, packed.getvalue(), name="both.zip").content.decode()
    summary = page[page.index('aria-label="Proofs in here"') : page.index("</nav>", page.index('aria-label="Proofs in here"'))]
    assert summary.index("Looks good") < summary.index("Don’t rely on this")
    assert all(f'href="#proof-{number}"' in summary and f'id="proof-{number}"' in page for number in (1, 2))


def test_what_lies_in_a_record_has_an_answer_of_its_own(client: Client, db: Any) -> None:
    changed = foreign.document()
    changed["credentialSubject"]["achievement"]["name"] = "Crane operator"
    page = upload(client, foreign.record(foreign.document(), changed)).content.decode()
    assert page.count('class="part ') == 2
    inside = page[page.index("In this record") : page.index("Technical details")]
    assert "Don’t rely on this" in inside and "Crane operator" in inside and "Altered: this was changed" in inside
    assert inside.count('<dl class="lines">') == 2
    assert "What it holds" in page and "What others say about it" not in page


def test_what_others_say_stands_apart(client: Client, db: Any) -> None:
    page = upload(client, foreign.supported()).content.decode()
    assert "What others say about it" in page and "Word of the chamber" in page and "In this record" not in page
    assert "We hire people with this." in page


def test_programs_get_the_parts_too(client: Client, db: Any) -> None:
    [found] = upload(client, foreign.record(foreign.document()), **DATA).json()["results"]
    assert [(part["role"], part["code"]) for part in found["parts"]] == [("credential", "issuer.unknown")]


def test_of_a_stranger_nothing_is_kept_and_nobody_is_offered_for_trust(client: Client, firm: Any) -> None:
    page = upload(client, foreign.proof()).content.decode()
    assert "Be careful" in page and "Nothing you gave us was kept." in page
    assert "Trust this giver" not in page and "Kept in your checks" not in page and "receipt" not in page
    assert queries.checks(actor=firm.owner) == []


def test_a_photo_is_taken_like_a_file(client: Client, db: Any) -> None:
    page = client.post("/check", {"photo": SimpleUploadedFile("photo.jpg", foreign.proof())}).content.decode()
    assert "Be careful" in page and 'capture="environment"' in client.get("/check").content.decode()


def test_a_member_gets_data_of_what_was_kept(client: Client, firm: Any) -> None:
    client.force_login(firm.owner_user)
    found = upload(client, foreign.proof(), **DATA).json()["results"][0]
    [kept] = queries.checks(actor=firm.owner)
    assert (found["code"], kept.code) == ("issuer.unknown", "issuer.unknown")


def test_a_member_keeps_the_menu_and_reads_that_answers_are_kept(client: Client, firm: Any) -> None:
    client.force_login(firm.owner_user)
    page = client.get("/check").content.decode()
    assert 'class="side"' in page and "Your firm keeps each answer as evidence." in page and "Check many at once" in page
    assert 'class="side"' in client.get("/check/sample/good").content.decode()
    stranger = Client().get("/check").content.decode()
    assert 'class="side"' not in stranger and "Files are read here and not kept." in stranger


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
