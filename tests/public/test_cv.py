"""The skills record as a CV: work with its dates, proofs marked as checked, and what somebody says marked as said."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

import pypdf
import pytest
from django.test import Client
from django.utils import timezone

from skillmark.rooms.credentials import operations as credentials
from skillmark.rooms.credentials.rules import Stint
from skillmark.rooms.records import operations
from skillmark.rooms.records.rules import statements
from tests.public import sharing
from tests.public.sharing import SECRET


@pytest.fixture
def mine(firm: Any) -> sharing.Mine:
    return sharing.make(firm)


def text_of(body: bytes) -> str:
    return " ".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(body)).pages)


def test_it_is_in_order_and_marked(mine: sharing.Mine) -> None:
    page = mine.client.get("/w/cv").content.decode()
    assert page.index("Mill hand") < page.index(mine.forklift.title)
    assert "March 2019 – 2021" in page
    assert "Said by the person" in page
    assert "Signed by Tallgrass Machine Works" in page
    assert SECRET not in page.replace(f"bay {SECRET}", "")


def test_a_signed_work_history_is_work(mine: sharing.Mine, firm: Any) -> None:
    stint = Stint(title="Press operator", site="North", starts=date(2022, 5, 2), ends=date(2024, 8, 30))
    proof = credentials.give_history(
        actor=firm.owner, person_id=firm.person.id, stints=[stint], request_key="history", now=timezone.now()
    )
    _, code, pin = credentials.offer(actor=firm.owner, issued_id=proof.id, way="slip", now=timezone.now())
    mine.client.post(f"/k/{code}/keep", {"pin": pin})
    page = mine.client.get("/w/cv").content.decode()
    work = page[page.index('id="work"') : page.index('id="proofs"')]
    assert "Press operator" in work
    assert "May 2, 2022 – Aug. 30, 2024" in work
    assert "Looks good" in work
    assert work.index("Press operator") < work.index("Mill hand")


def test_the_pdf_is_tagged_and_holds_no_pay(mine: sharing.Mine) -> None:
    body = mine.client.get("/w/cv.pdf").content
    text = text_of(body)
    for said in ("Rosa Delgado", "Mill hand", "Said by the person", mine.cnc.title, "Looks good"):
        assert said in text
    assert f"$19 {SECRET}" not in text
    root: Any = pypdf.PdfReader(BytesIO(body)).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"


def test_the_pdf_of_what_is_ticked(mine: sharing.Mine) -> None:
    text = text_of(mine.client.get("/w/cv.pdf", {"pick": str(mine.cnc.id)}).content)
    assert mine.cnc.title in text
    assert "Mill hand" not in text


def test_in_spanish(mine: sharing.Mine) -> None:
    mine.client.cookies["django_language"] = "es"
    assert "Todo en orden" in text_of(mine.client.get("/w/cv.pdf").content)


def test_a_name_in_letters_that_no_font_has_still_prints(mine: sharing.Mine) -> None:
    words = statements.Words(title="🦄 \x07 #let x = 1 $ \\ " + "W" * 90)
    operations.say(actor=mine.actor, kind="skill", words=words, on=timezone.now().date(), now=timezone.now())
    assert mine.client.get("/w/cv.pdf").content.startswith(b"%PDF")


def test_it_is_shared_as_it_is_ticked(mine: sharing.Mine) -> None:
    page = mine.client.get("/w/shares", {"pick": [str(mine.cnc.id), str(mine.job.id)], "cv": "1"}).content.decode()
    assert page.count('name="pick"') == 3
    assert page.count(f'name="pick" value="{mine.cnc.id}" checked') == 1
    assert page.count(f'name="pick" value="{mine.forklift.id}" checked') == 0


def test_nobody_elses(mine: sharing.Mine) -> None:
    for address in ("/w/cv", "/w/cv.pdf", "/w/employers", "/w/shares", "/w/consents", "/w/consents/all.zip"):
        assert Client().get(address)["Location"] == "/w/open"
