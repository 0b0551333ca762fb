"""One proof in every form in which people carry it: each comes to the page, and the page keeps what was signed."""

from __future__ import annotations

import io
import json
from datetime import timedelta
from typing import Any

import pytest
import segno
from django.utils import timezone

from skillmark.desks import own_record
from skillmark.desks.checking import fetching
from skillmark.edges.jobs import recheck_held
from skillmark.rooms.credentials import operations, queries
from skillmark.rooms.credentials.models import Held
from skillmark.rooms.journal.models import Entry
from skillmark.rooms.signing import operations as signing
from tests.core.proofs import Answers
from tests.public import foreign
from tests.public.given import give
from tests.public.own_page import Own, open_page
from tests.vectors import vectors


@pytest.fixture
def rosa(firm: Any) -> Own:
    return open_page(firm)


@pytest.fixture
def issued(firm: Any) -> Any:
    return give(firm=firm)


def only(rosa: Own) -> Any:
    (held,) = queries.held(actor=rosa.actor)
    return held


@pytest.mark.parametrize("form", ["jwt", "sd-jwt"])
def test_tokens_keep_their_form(rosa: Own, issued: Any, form: str) -> None:
    token = operations.form_of(issued_id=issued.id, form=form, now=timezone.now())
    rosa.add(text=token.decode())
    held = only(rosa)
    assert (held.form, held.document, held.verdict) == (form, token, "good")
    answer = rosa.client.get(f"/w/{held.id}/file")
    assert answer.content == token


@pytest.mark.parametrize("name", ["picture.png", "picture.svg", "card.pdf", "proof.json"])
def test_files_with_the_proof_inside(rosa: Own, issued: Any, name: str) -> None:
    body = rosa.client.get(f"/verify/{issued.id}/{name}")
    rosa.add((name, b"".join(body.streaming_content) if body.streaming else body.content))
    held = only(rosa)
    assert json.loads(held.document) == json.loads(bytes(issued.document))
    assert held.verdict == "good"
    assert held.issued_id is None  # whoever has a file is not by that the person to whom it was given


def test_a_photo_of_the_code_that_leads_to_it(rosa: Own, issued: Any, settings: Any) -> None:
    picture = io.BytesIO()
    segno.make(f"{settings.BASE_URL}/verify/{issued.id}").save(picture, kind="png", scale=6, border=4)
    rosa.add(("photo.png", picture.getvalue()))
    assert only(rosa).source == "picture"
    assert only(rosa).verdict == "good"


def test_a_hand_over_of_several_is_taken_apart(rosa: Own) -> None:
    inside = [foreign.document(id=f"urn:uuid:6c54b12a-9b0f-4f1c-9a53-{number:012}") for number in (1, 2)]
    packet = {
        "@context": ["https://www.w3.org/ns/credentials/v2"], "type": ["VerifiablePresentation"],
        "verifiableCredential": inside,
    }  # fmt: skip
    page = rosa.add(("packet.json", json.dumps(packet).encode()))
    assert Held.objects.count() == 2
    assert page.content.decode().count("It is on your page now.") == 2


def test_a_record_is_kept_whole_and_says_what_is_in_it(rosa: Own) -> None:
    body = foreign.record(foreign.document(title="Forklift"), foreign.document(title="Crane"))
    rosa.add(("record.json", body))
    held = only(rosa)
    assert held.document == body
    page = rosa.client.get(f"/w/{held.id}").content.decode()
    assert "Record of Rosa Delgado" in page
    assert "Proofs inside it" in page
    assert "Crane" in page


def test_a_badge_of_another_site_that_does_not_answer_can_be_tried_again(rosa: Own, monkeypatch: Any) -> None:
    monkeypatch.setattr(fetching, "_outside", lambda: Answers())
    body = (vectors("one-edtech") / "ob20" / "simple-badge.png").read_bytes()
    page = rosa.add(("badge.png", body))
    assert "Try again" in page.content.decode()
    assert not Held.objects.exists()
    rosa.client.post(f"/w/add/{rosa.addition.id}/1", {"do": "again"})
    assert "Try again" in rosa.client.get(f"/w/add/{rosa.addition.id}").content.decode()


def test_the_job_writes_down_what_became_of_a_proof(rosa: Own, firm: Any, issued: Any) -> None:
    rosa.add(("proof.json", bytes(issued.document)))
    operations.cancel(actor=firm.owner, issued_id=issued.id, reason="Mistake", now=timezone.now())
    Held.objects.update(checked_at=timezone.now() - timedelta(days=2))
    assert "Last known on" in rosa.client.get("/w").content.decode()
    recheck_held.run(now=timezone.now())
    assert only(rosa).code == "status.cancelled"
    assert "The giver cancelled it" in rosa.client.get("/w").content.decode()
    told = Entry.objects.filter(org_id=rosa.actor.org_id, event="credentials.proof.answer_changed").get()
    assert told.data == {"code": "status.cancelled"}


def test_one_opened_proof_of_a_wrong_word_breaks_nothing(rosa: Own) -> None:
    """A kept file that cannot be read any more is shown as such, not as an error of the page."""
    rosa.add(("a.json", foreign.proof()))
    held = only(rosa)
    Held.objects.update(sealed=signing.sealer(org_id=rosa.actor.org_id).seal(b"{"))
    assert rosa.client.get("/w").status_code == 200
    assert rosa.client.get(f"/w/{held.id}").status_code == 200
    shown = own_record.look(actor=rosa.actor, held=only(rosa), now=timezone.now())
    assert shown.state != "ok"
