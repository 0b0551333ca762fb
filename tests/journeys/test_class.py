"""A teacher's class: thirty names become thirty proofs with slips to cut apart; one is cancelled, and its page says so."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pypdf
import pytest
from django.utils import timezone
from playwright.sync_api import Browser, expect

from skillmark.rooms.credentials import operations, queries
from tests.cast import Firm
from tests.house.desks.sheets import xlsx
from tests.journeys.conftest import DESK, PHONE
from tests.journeys.fitness import runs_off_the_side

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
NAMES = [f"Learner Number{at}" for at in range(1, 31)]


def test_thirty_names_thirty_slips_one_cancelled(
    here: str, browser: Browser, firm: Firm, signed_in_address: Any, tmp_path: Path
) -> None:
    roster = tmp_path / "class.xlsx"
    roster.write_bytes(xlsx([["Student name", "Level"], *([name, "3"] for name in NAMES)]))
    page = browser.new_context(viewport=DESK, locale="en-US").new_page()  # type: ignore[arg-type]
    page.goto(signed_in_address(firm.owner_user.id))
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_load_state()

    page.goto(f"{here}/give")
    page.get_by_role("link", name="Paste a list, or bring a class").click()
    page.get_by_label("What is it for?").select_option("cnc-tool-change")
    page.get_by_label("Drop your list here, or choose it").set_input_files(str(roster))
    page.get_by_role("button", name="Look at it").click()
    expect(page.get_by_role("heading", name="Look before you give")).to_be_visible()
    assert queries.proofs(actor=firm.owner) == []
    page.get_by_role("button", name="Give 30 proofs").click()
    expect(page.get_by_text("30 proofs given").first).to_be_visible()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Print slips and PINs (PDF)").click()
    slips = tmp_path / "slips.pdf"
    waiting.value.save_as(slips)
    text = "".join(one.extract_text() for one in pypdf.PdfReader(slips).pages)
    assert text.count("Learner, you have a proof") == 30 and all(name in text for name in NAMES)

    given = queries.proofs(actor=firm.owner)
    assert len(given) == 30
    operations.cancel(actor=firm.owner, issued_id=given[0].id, reason="Wrong person", now=timezone.now())
    operations.publish_due(now=timezone.now())
    phone = browser.new_context(viewport=PHONE, locale="en-US").new_page()  # type: ignore[arg-type]
    phone.goto(f"{here}/verify/{given[0].id}")
    expect(phone.locator("main")).to_contain_text("has cancelled this")
    phone.goto(f"{here}/verify/{given[1].id}")
    expect(phone.locator("main")).not_to_contain_text("has cancelled this")
    page.set_viewport_size({"width": 390, "height": 844})
    page.reload()
    assert not runs_off_the_side(page)
