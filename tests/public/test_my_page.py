"""My page with many proofs on it: found at a glance, fast, and honest about what was known last."""

from __future__ import annotations

import time
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from skillmark.rooms.credentials import operations
from skillmark.rooms.credentials.models import Held
from skillmark.rooms.signing import operations as signing
from tests.public import foreign
from tests.public.given import give
from tests.public.own_page import Own, open_page

DAY = timedelta(days=1)


@pytest.fixture
def rosa(firm: Any) -> Own:
    return open_page(firm)


def fill(rosa: Own, number: int, **more: Any) -> None:
    """So many proofs of the school, as checked a moment ago."""
    now = timezone.now()
    sealed = signing.sealer(org_id=rosa.actor.org_id).seal(foreign.proof())
    facts: dict[str, Any] = {
        "org_id": rosa.actor.org_id, "sealed": sealed, "giver": foreign.NAME, "verdict": "good", "code": "good",
        "checked_at": now, "valid_until": now + 300 * DAY, "received_at": now, "source": "file",
    } | more  # fmt: skip
    Held.objects.bulk_create(
        [Held(id=uuid.uuid4(), credential_id=f"urn:uuid:{uuid.uuid4()}", title=f"Task {at}", **facts) for at in range(number)]
    )


def test_two_thousand_proofs_are_a_page_of_a_few(rosa: Own) -> None:
    fill(rosa, 1998)
    fill(rosa, 1, valid_until=timezone.now() + 10 * DAY)
    fill(rosa, 1, verdict="bad", code="status.cancelled")
    rosa.client.get("/w")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        begun = time.perf_counter()
        page = rosa.client.get("/w")
        took = time.perf_counter() - begun
    text = page.content.decode()
    assert "2000 proofs" in text
    assert text.count('class="proof"') == 24
    assert len(asked) <= 18, [one["sql"][:120] for one in asked]
    assert took < 2, took
    over = rosa.client.get("/w?only=over").content.decode()
    assert over.count('class="proof"') == 1
    assert "The giver cancelled it" in over
    assert "Ends " in rosa.client.get("/w?only=soon").content.decode()
    assert rosa.client.get("/w?from=1992").content.decode().count('class="proof"') == 8
    assert rosa.client.get("/w?words=task+1234").content.decode().count('class="proof"') == 1
    assert "Nothing found" in rosa.client.get("/w?words=zzz").content.decode()
    assert rosa.client.get("/w?from=x&only=nonsense").status_code == 200


def test_an_answer_that_is_old_is_not_shown_as_good(rosa: Own) -> None:
    fill(rosa, 1, checked_at=timezone.now() - 3 * DAY)
    text = rosa.client.get("/w").content.decode()
    assert "Last known on" in text
    assert "In date until" not in text


def test_words_about_a_proof(rosa: Own) -> None:
    rosa.add(("a.json", foreign.proof()))
    held = Held.objects.get()
    rosa.client.post(f"/w/{held.id}", {"remark": "Nights only. CANARY-3310"})
    assert "CANARY-3310" in rosa.client.get(f"/w/{held.id}").content.decode()
    assert b"CANARY" not in bytes(Held.objects.get().comment)
    assert rosa.client.post(f"/w/{held.id}", {"remark": "x" * 501}).status_code == 422


def test_the_file_comes_back_byte_for_byte(rosa: Own) -> None:
    body = foreign.proof()
    rosa.add(("a.json", body))
    answer = rosa.client.get(f"/w/{Held.objects.get().id}/file")
    assert answer.content == body
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Cache-Control"] == "no-store"


def test_letting_go_asks_first(rosa: Own) -> None:
    rosa.add(("a.json", foreign.proof()))
    held = Held.objects.get()
    assert rosa.client.get(f"/w/{held.id}/let-go").status_code == 200
    assert rosa.client.get(f"/w/{held.id}/remove").status_code == 405
    assert Held.objects.exists()
    rosa.client.post(f"/w/{held.id}/remove")
    assert not Held.objects.exists()


def test_a_corrected_proof_tells_what_became_of_it(firm: Any) -> None:
    rosa = open_page(firm)
    proof = give(firm=firm)
    _, code, _ = operations.offer(actor=firm.owner, issued_id=proof.id, way="screen", now=timezone.now())
    rosa.client.post(f"/k/{code}/keep")
    held = Held.objects.get()
    operations.replace(actor=firm.owner, issued_id=proof.id, why="corrected", request_key="again", now=timezone.now(), level=2)
    text = rosa.client.get(f"/w/{held.id}").content.decode()
    assert "What became of it" in text
    assert "Corrected one" in text
    assert "cancelled on" in text
    assert "The giver cancelled it" in rosa.client.get("/w").content.decode()


def test_the_outsider_gets_nothing(rosa: Own, other_firm: Any) -> None:
    rosa.add(("a.json", foreign.proof()))
    held = Held.objects.get()
    stranger = open_page(other_firm)
    for address in (f"/w/{held.id}", f"/w/{held.id}/file", f"/w/{held.id}/let-go"):
        assert stranger.client.get(address).status_code == 404
    assert stranger.client.post(f"/w/{held.id}/remove").status_code == 404
    assert stranger.client.post(f"/w/{held.id}", {"remark": "mine"}).status_code == 404
    assert "Prairie Valley College" not in stranger.client.get("/w").content.decode()
    assert Held.objects.count() == 1


def test_more_lists_only_what_is_there(rosa: Own) -> None:
    text = rosa.client.get("/w/more").content.decode()
    assert "Say something about me" in text
    assert 'href=""' not in text


def test_a_giver_on_no_list_is_told_to_the_owner_as_their_own_and_to_a_reader_as_theirs(rosa: Own) -> None:
    told = rosa.add(("a.json", foreign.proof())).content.decode()
    mine = rosa.client.get(f"/w/{Held.objects.get().id}").content.decode()
    for page in (told, mine):
        assert f"no list here knows {foreign.NAME}" in page and "your list" not in page
