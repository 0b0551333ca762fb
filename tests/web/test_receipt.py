"""The receipt of a check on paper, read back."""

from __future__ import annotations

import io
from typing import Any

import pypdf
import pytest
from django.test import Client
from django.utils import timezone, translation

from skillmark.desks import checking
from skillmark.rooms.credentials import queries
from tests.public import foreign
from tests.public.given import give

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(client: Client, firm: Any) -> Client:
    client.force_login(firm.owner_user)
    return client


def keep(firm: Any, body: bytes, *, name: str = "card.json", kind: str = "file") -> Any:
    return checking.check_and_keep(actor=firm.supervisor, kind=kind, name=name, body=body, now=timezone.now())[0]


def read(client: Client, check: Any) -> pypdf.PdfReader:
    answer = client.get(f"/checks/{check.id}/receipt.pdf")
    assert answer.status_code == 200 and answer["Content-Type"] == "application/pdf"
    return pypdf.PdfReader(io.BytesIO(answer.content))


def words(paper: pypdf.PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in paper.pages).replace("\u200b", "").split())


def test_it_tells_what_when_by_whom_and_the_answer(owner: Client, firm: Any) -> None:
    check = keep(firm, bytes(give(firm=firm).document))
    item = queries.checked_item(actor=firm.owner, item_id=check.item_id)
    paper = read(owner, check)
    text = words(paper)
    for part in (
        "Looks good",
        "This is genuine and in date.",
        "Rosa Delgado",
        "card.json",
        "by Walt Jensen",
        "Tallgrass",
        str(check.id),
    ):
        assert part in text
    for label in ("Unchanged", "Who gave it", "Still counts", "The right person"):
        assert label in text
    assert item.sha256 in text.replace(" ", "") and f"{item.size:,} bytes" in text
    assert "proof passed proof.fits" in text, text
    assert "firms on this server" in text, text
    assert paper.attachments["proof.json"] == [item.body if isinstance(item.body, bytes) else bytes(item.body)]


def test_it_prints_on_both_papers_and_is_read_aloud(owner: Client, firm: Any) -> None:
    paper = read(owner, keep(firm, foreign.proof()))
    width, height = float(paper.pages[0].mediabox.width), float(paper.pages[0].mediabox.height)
    assert width <= 595.3 and height <= 792.1  # no wider than A4, no higher than Letter
    root = paper.trailer["/Root"]
    assert bool(root["/MarkInfo"]["/Marked"]) and root["/Lang"] == "en"


def test_it_speaks_the_language_of_the_page(owner: Client, firm: Any) -> None:
    check = keep(firm, bytes(give(firm=firm).document))
    owner.cookies["django_language"] = "es"
    paper = read(owner, check)
    text = words(paper)
    assert "Todo en orden" in text and "Sin cambios" in text and "empresas de este servidor" in text
    assert not [left for left in ("Receipt", "What was checked", "Fingerprint", "List that", "Size") if left in text]


def test_a_check_made_in_spanish_is_read_in_english(owner: Client, firm: Any) -> None:
    with translation.override("es"):
        check = keep(firm, bytes(give(firm=firm).document))
    text = words(read(owner, check))
    assert "firms on this server" in text and "empresas" not in text


def test_what_lies_inside_is_told_with_its_own_answer(owner: Client, firm: Any) -> None:
    inside = foreign.document()
    inside["name"] = "Crane operator"
    text = words(read(owner, keep(firm, foreign.record(inside))))
    assert "What lies inside" in text and "Don’t rely on this" in text


def test_pasted_nonsense_has_a_receipt_without_a_document(owner: Client, firm: Any) -> None:
    paper = read(owner, keep(firm, b"hello \xf0\x9f\x98\x80 \xe4\xbd\xa0\xe5\xa5\xbd", name="", kind="text"))
    assert "We couldn’t tell" in words(paper)
    assert dict(paper.attachments) == {}


def test_a_name_as_long_as_can_be_stays_on_the_paper(owner: Client, firm: Any) -> None:
    text = words(read(owner, keep(firm, foreign.proof(), name="x" * 190 + ".json")))
    assert "x" * 100 in text.replace(" ", "")
