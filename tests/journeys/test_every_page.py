"""The gate that every page passes: axe (WCAG 2.2 AA) clean, no sideways scroll, no other computer asked, no complaint of the
content policy; in both languages, on a phone and on a desk, light and dark, with and without scripts."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone
from playwright.sync_api import Browser

from skillmark.desks import checking
from skillmark.rooms.credentials import operations as credentials
from skillmark.rooms.credentials import queries, rules
from skillmark.rooms.health import operations as health
from skillmark.rooms.people import queries as people
from tests.cast import Firm, today
from tests.journeys.conftest import AND_DARK, DESK, PHONE
from tests.journeys.fitness import problems
from tests.public import foreign

# A hundred pages, each with axe: a busy machine needs its time.
pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True), pytest.mark.timeout(300)]

PUBLIC = [
    "/",
    "/check",
    "/check/phone",
    "/check/sample/good",
    "/check/sample/expired",
    "/check/sample/fake",
    "/k",
    "/w/open",
    "/w/recover",
    "/join",
    "/sign-in",
]
SIGNED_IN = [
    "/", "/people", "/people/new", "/import", "/proofs", "/give", "/give/close-line", "/kinds", "/kinds/new", "/settings",
    "/settings/firm", "/settings/address", "/settings/phones", "/settings/history", "/start",
    "/check", "/check/phone", "/check/sample/good", "/checks", "/checks/many", "/checks/batches", "/trust", "/trust/add",
    "/trust/follow", "/trust/accepted", "/proofs/unclaimed", "/runs", "/runs/new", "/settings/closing-down",
]  # fmt: skip


@pytest.fixture
def proof(firm: Firm) -> Any:
    """A proof that was given a moment ago."""
    now = timezone.now()
    kind = credentials.add_ready_template(actor=firm.owner, key="close-line", now=now)
    return credentials.give(
        actor=firm.owner, person_id=firm.person.id, template_id=kind.id, level=3, request_key=str(uuid4()),
        now=now - timedelta(minutes=1),
    )  # fmt: skip


@pytest.fixture
def checked(firm: Firm) -> list[str]:
    """Pages about things that were checked: one, several in one, a record, support, many, and whom the firm trusts."""
    now = timezone.now()
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("one.json", foreign.proof())
        archive.writestr("two.json", foreign.altered())
    record = foreign.record(foreign.document(), foreign.document(title="Crane operator"))
    kept = [
        checking.check_and_keep(actor=firm.owner, kind="file", name=name, body=body, now=now)[0].id
        for name, body in (("x" * 90, foreign.supported()), ("record.json", record), ("all.zip", packed.getvalue()))
    ]
    first = queries.check(actor=firm.owner, check_id=kept[0])
    kept.append(checking.recheck(actor=firm.owner, item_id=first.item_id, now=now)[0].id)
    rows = [("a.json", "file", foreign.altered()), ("b" * 90, "file", b"b"), ("c.csv", "problem", b"rows.no_link")]
    batch = credentials.start_batch(actor=firm.owner, name="Applicants", rows=rows, now=now)
    checking.check_rows(now=now, most=1, batch_id=batch.id)
    giver = credentials.trust_giver(actor=firm.owner, issuer="did:web:a.example", name="A", reason="We know them", now=now)
    answer = rules.ListAnswer(name="State list", body=b'{"name": "State list", "entries": []}', entries=3, fetched_at=now)
    followed = credentials.follow_list(
        actor=firm.owner, kind="registry", url="https://state.example/l", keeper="", reason="Theirs", answer=answer, now=now
    )
    credentials.update_list(actor=firm.owner, list_id=followed.id, problem="fetch.unreachable", now=now)
    wanted = [rules.Wanted(line=2, name="Hieu Tran", level=3), rules.Wanted(line=3, name="x" * 90, level=3)]
    kind = credentials.add_ready_template(actor=firm.owner, key="cnc-tool-change", now=now)
    facts = {"actor": firm.owner, "template_id": kind.id, "observed_on": today(), "note": "", "now": now}
    given = credentials.plan_run(name="May class", rows=wanted, request_key="given", **facts)
    credentials.start_run(actor=firm.owner, run_id=given.id, count=2, now=now)
    credentials.do_rows(run_id=given.id, now=now)
    unclear = rules.Wanted(line=4, name="", said={"level": "a lot"})
    looked = credentials.plan_run(name="y" * 90, rows=[*wanted, unclear], request_key="looked", **facts)
    return [
        f"/runs/{given.id}", f"/runs/{looked.id}",
        *(f"/checks/{one}" for one in kept), f"/checks/{kept[0]}/forget", f"/checks/batches/{batch.id}",
        f"/trust/{giver.id}/stop", f"/trust/{giver.id}/tell", f"/trust/lists/{followed.id}/stop",
    ]  # fmt: skip


@pytest.fixture
def restricted(firm: Firm) -> list[str]:
    """The pages of health, kept apart, with something asked for and something shown."""
    now = timezone.now()
    told = {"names": {"en": "Skin test"}, "months": 12, "everyone": True, "position_ids": (), "starts": today()}
    item = health.add_item(actor=firm.owner, now=now, source="https://state.example/rule", **told)
    person = firm.person.id
    day = today() - timedelta(days=9)
    record = health.record(
        actor=firm.owner, person_id=person, item_id=item, obtained=day, today=today(), now=now, about="x" * 90,
        file=("a.pdf", b"%PDF-"),
    )  # fmt: skip
    member = people.members(actor=firm.owner)[1].id
    pages = ["", "/pack", "/access", f"/access/{member}", "/items/new", f"/items/{item}", f"/items/{item}/stop"]
    pages += [f"/people/{person}", f"/records/{record}", f"/records/{record}/withdraw"]
    return [f"/health{one}" for one in pages]


@pytest.mark.parametrize(("view", "language"), AND_DARK)
def test_every_page_is_fit_for_everyone(
    here: str,
    browser: Browser,
    firm: Firm,
    proof: Any,
    checked: list[str],
    restricted: list[str],
    signed_in_address: Any,
    language: str,
    view: str,
) -> None:
    context = browser.new_context(
        reduced_motion="reduce",  # a colour on its way to another one has no contrast to speak of
        viewport=DESK if view == "desk" else PHONE,
        color_scheme="dark" if view == "dark" else "light",
    )
    context.add_cookies([{"name": "django_language", "value": language, "url": here}])
    page = context.new_page()
    now = timezone.now()
    code = credentials.offer(actor=firm.owner, issued_id=proof.id, way="screen", now=now)[1]
    found = []
    for address in [*PUBLIC, f"/k/{code}", f"/k/{code}/wrong", f"/verify/{proof.id}", f"/o/{firm.org.id}"]:
        found += problems(context.new_page(), address, here)
    page.goto(signed_in_address(firm.owner_user.id))
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_load_state()
    context.add_cookies([{"name": "django_language", "value": language, "url": here}])  # signing in chose the user's own
    page.goto(f"{here}/people")
    assert page.locator("html").get_attribute("lang") == language
    mine = [f"/people/{firm.person.id}", f"/proofs/{proof.id}", "/disputes", f"/proofs/renew?proof={proof.id}"]
    mine += [f"/proofs/{proof.id}/{one}" for one in ("cancel", "hand-over", "pause", "renew", "correct")]
    for address in [*SIGNED_IN, *mine, *checked, *restricted]:
        opened = context.new_page()
        found += problems(opened, address, here)
        opened.close()
    assert not found, "\n".join(found)


def test_pages_read_without_scripts(here: str, browser: Browser, firm: Firm, proof: Any) -> None:
    page = browser.new_context(viewport=PHONE, java_script_enabled=False).new_page()
    code = credentials.offer(actor=firm.owner, issued_id=proof.id, way="screen", now=timezone.now())[1]
    page.goto(f"{here}/k/{code}")
    page.locator("button.go").click()  # in the worker's language, whatever the browser's is
    assert page.locator("main h1").count() == 1
    page.goto(f"{here}/check")
    page.locator("textarea").first.fill(f"{here}/verify/{proof.id}")
    page.locator("main form button[type=submit]").first.click()
    assert page.locator(".verdict h1").inner_text() == "Todo en orden"
