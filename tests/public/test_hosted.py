"""The hosted page of a proof and its files: a real check, and the same signed bytes everywhere."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from credcore.containers import png, svg
from skillmark.desks import checking
from skillmark.rooms.credentials import operations

FILES = {
    "card.pdf": "application/pdf",
    "proof.json": "application/vc",
    "picture.png": "image/png",
    "picture.svg": "image/svg+xml",
    "qr.svg": "image/svg+xml",
}


def test_the_page_is_a_check_of_the_stored_document(client: Client, firm: Any, proof: Any) -> None:
    page = client.get(f"/verify/{proof.id}").content.decode()
    assert "Looks good" in page
    assert "This page is run by Tallgrass Machine Works itself" in page
    operations.cancel(actor=firm.owner, issued_id=proof.id, reason="Given by mistake", now=timezone.now())
    assert "has cancelled this" in client.get(f"/verify/{proof.id}").content.decode()


def test_it_is_not_indexed_and_tells_no_other_site(client: Client, proof: Any) -> None:
    answer = client.get(f"/verify/{proof.id}")
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert answer["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize("name", FILES)
def test_files_have_their_kind_and_are_not_indexed(client: Client, proof: Any, name: str) -> None:
    answer = client.get(f"/verify/{proof.id}/{name}")
    assert (answer.status_code, answer["Content-Type"]) == (200, FILES[name])
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert "attachment" in answer["Content-Disposition"]


def test_every_file_carries_the_signed_bytes(client: Client, proof: Any) -> None:
    signed = bytes(proof.document)
    assert client.get(f"/verify/{proof.id}/proof.json").content == signed
    assert png.read(client.get(f"/verify/{proof.id}/picture.png").content) == signed
    assert svg.read(client.get(f"/verify/{proof.id}/picture.svg").content) == signed
    card = client.get(f"/verify/{proof.id}/card.pdf").content
    reports = checking.check_bytes(data=card, name="card.pdf", now=timezone.now(), org_id=None)
    assert [report.code for report in reports] == ["good"]
    assert reports[0].document == signed


def test_dates_are_days_where_the_giver_works(client: Client, proof: Any) -> None:
    """It ends with the last second of a day in Chicago, which in UTC is the day after."""
    from zoneinfo import ZoneInfo

    last = proof.valid_until.astimezone(ZoneInfo("America/Chicago"))
    assert (last.hour, last.minute) == (23, 59)
    page = client.get(f"/verify/{proof.id}").content.decode()
    assert f"In date until {last.day} {last:%B} {last.year}" in page


@pytest.mark.parametrize("path", ["", *(f"/{name}" for name in FILES)])
def test_what_is_not_there_is_not_there(client: Client, db: Any, path: str) -> None:
    assert client.get(f"/verify/{uuid.uuid4()}{path}").status_code == 404
