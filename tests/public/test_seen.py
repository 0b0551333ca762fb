"""The worker's own link: what was seen of them, in their language, and a comment. A mere visit changes nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from skillmark.rooms.holdings import operations as holdings
from skillmark.rooms.holdings.models import SignOff
from tests.cast import NOW, Firm
from tests.house.holdings.signing import make_item, settle, sign_with_token

pytestmark = pytest.mark.django_db


@pytest.fixture
def token(firm: Firm) -> str:
    return sign_with_token(firm, make_item(firm, times_seen=2), seen="Changed it in 4 minutes.")[1]


def test_the_worker_reads_it_in_their_language(client: Client, token: str) -> None:
    page = client.get(f"/seen/{token}")
    body = page.content.decode()
    assert page["Cache-Control"] == "no-store" and page["X-Robots-Tag"] == "noindex, nofollow"
    assert '<html lang="es"' in body and "Cambio de herramienta" in body and "Bloquea el husillo" in body
    assert "Walt Jensen" in body and "Changed it in 4 minutes." in body and "7:00" in body
    assert SignOff.objects.get().comment == ""


def test_a_comment_is_kept_changed_and_taken_back(client: Client, token: str) -> None:
    said = client.post(f"/seen/{token}", {"text": "The guard was broken."}, follow=True).content.decode()
    assert "The guard was broken." in said
    client.post(f"/seen/{token}", {"text": ""})
    assert SignOff.objects.get().comment == ""
    long = client.post(f"/seen/{token}", {"text": "x" * 601})
    assert long.status_code == 422 and "x" * 601 in long.content.decode()
    markup = client.post(f"/seen/{token}", {"text": "<script>alert(1)</script>"}, follow=True).content.decode()
    assert "<script>alert" not in markup and "&lt;script&gt;" in markup


def test_once_it_is_part_of_a_proof_it_only_reads(client: Client, firm: Firm) -> None:
    token = sign_with_token(firm, make_item(firm))[1]
    settle()
    body = client.get(f"/seen/{token}").content.decode()
    assert SignOff.objects.get().state == "signed" and "<textarea" not in body
    late = client.post(f"/seen/{token}", {"text": "Late."})
    assert late.status_code == 422 and SignOff.objects.get().comment == ""


def test_what_was_taken_back_says_so(client: Client, firm: Firm) -> None:
    kept, token = sign_with_token(firm, make_item(firm))
    holdings.undo_sign_off(actor=firm.supervisor, sign_off_id=kept.id, now=NOW + timedelta(seconds=5))
    client.cookies["django_language"] = "en"
    assert "This was taken back." in client.get(f"/seen/{token}").content.decode()


def test_a_guess_opens_nothing(client: Client, token: str) -> None:
    assert client.get(f"/seen/{token}x").status_code == 404
    assert client.post("/seen/no-such-thing", {"text": "x"}).status_code == 404
    assert client.put(f"/seen/{token}").status_code == 405
