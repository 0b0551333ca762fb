"""Bring proofs to one's own page: each with its answer, many at once, and nothing lost where one of them is bad."""

from __future__ import annotations

import io
import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from PIL import Image

from credcore.containers import png
from skillmark.desks import adding, pictures
from skillmark.edges.jobs import add_proofs
from skillmark.rooms.credentials.models import Held
from skillmark.rooms.records import operations, queries
from skillmark.rooms.records.models import AddedItem, Addition, Statement
from tests.public import foreign
from tests.public.own_page import Own, open_page, zipped


@pytest.fixture
def rosa(firm: Any) -> Own:
    return open_page(firm)


def numbered(number: int) -> str:
    return f"urn:uuid:6c54b12a-9b0f-4f1c-9a53-{number:012}"


def photo() -> bytes:
    """A picture of a card, as a phone makes it: nothing to check in it."""
    made = io.BytesIO()
    picture = Image.effect_noise((900, 600), 90).convert("RGB")
    picture.save(made, "JPEG")
    return made.getvalue()


def states(rosa: Own) -> dict[str, int]:
    return queries.counts_of(actor=rosa.actor, addition_id=rosa.addition.id)


def test_eight_things_three_of_them_bad(rosa: Own) -> None:
    """Each has its own answer; what is genuine is kept, and of the bad ones nothing is."""
    blank = pictures.png(title="Forklift", giver=foreign.NAME, colour="#2a4b8d")
    things = (
        ("good.json", foreign.proof(id=numbered(1))),
        ("also.json", foreign.proof(id=numbered(2), title="Crane operator")),
        ("baked.png", png.bake(png=blank, credential=foreign.proof(id=numbered(3), title="Welder"))),
        ("record.json", foreign.record(foreign.document(id=numbered(4)))),
        ("supported.json", foreign.supported()),
        ("altered.json", foreign.altered()),
        ("broken.json", b'{"type": ['),
        ("unsigned.json", b'{"@context": ["https://www.w3.org/ns/credentials/v2"], "type": ["VerifiableCredential"]}'),
    )  # fmt: skip
    page = rosa.add(*things)
    assert page.status_code == 200
    text = page.content.decode()
    assert Held.objects.count() == 5
    assert text.count("It is on your page now.") == 5
    assert "Altered: this was changed after it was made" in text
    assert "This was not kept. It is not what its giver signed." in text
    assert states(rosa)["kept"] == 5
    assert {one.verdict for one in Held.objects.all()} <= {"careful", "good"}
    assert "Kyle Mercer" not in rosa.client.get("/w").content.decode()


def test_the_same_again_adds_nothing(rosa: Own) -> None:
    file = foreign.proof()
    rosa.add(("a.json", file))
    page = rosa.add(("b.json", file))
    assert "It was on your page already." in page.content.decode()
    assert Held.objects.count() == 1


def test_pasted_text_is_taken_too(rosa: Own) -> None:
    rosa.add(text=foreign.proof().decode())
    assert Held.objects.get().source == "text"


def test_a_link_of_this_server(rosa: Own, firm: Any) -> None:
    from tests.public.given import give

    issued = give(firm=firm)
    page = rosa.add(text=f"http://testserver/verify/{issued.id}")
    assert page.status_code == 200
    assert AddedItem.objects.get().kind == "link"


def test_another_name_is_kept_only_after_a_yes_and_marked_everywhere(rosa: Own) -> None:
    page = rosa.add(("ana.json", foreign.proof(subject_name="Ana Ruiz")))
    assert "The name on it is Ana Ruiz. Your page is Rosa Delgado." in page.content.decode()
    assert not Held.objects.exists()
    rosa.client.post(f"/w/add/{rosa.addition.id}/1", {"do": "keep"})
    held = Held.objects.get()
    assert held.names_other
    assert "The name on it is Ana Ruiz" in rosa.client.get("/w").content.decode()
    assert "The name on it is Ana Ruiz" in rosa.client.get(f"/w/{held.id}").content.decode()


def test_what_is_left_is_let_go_of(rosa: Own) -> None:
    rosa.add(("ana.json", foreign.proof(subject_name="Ana Ruiz")))
    rosa.client.post(f"/w/add/{rosa.addition.id}/1", {"do": "leave"})
    item = AddedItem.objects.get()
    assert (item.state, bytes(item.sealed)) == ("refused", b"")
    assert rosa.client.post(f"/w/add/{rosa.addition.id}/1", {"do": "keep"}).status_code == 404


def test_a_picture_without_a_code_can_be_said(rosa: Own) -> None:
    page = rosa.add(("card.jpg", photo()))
    text = page.content.decode()
    assert "This is only a picture" in text
    assert "Say it myself" in text
    address = f"/w/say/training/new?from={rosa.addition.id}.1"
    assert rosa.client.get(address).status_code == 200
    rosa.client.post(address, {"title": "Food handler card"})
    said = Statement.objects.get()
    assert said.has_photo
    assert "Photo on file – not checked" in rosa.client.get("/w").content.decode()
    assert AddedItem.objects.get().state == "refused"
    picture = rosa.client.get(f"/w/say/{said.id}/photo")
    assert picture["Content-Type"] == "image/jpeg"
    assert not Held.objects.exists()


def test_a_file_that_nobody_signed_can_be_said_without_a_photo(rosa: Own) -> None:
    made = foreign.document()
    del made["proof"]
    page = rosa.add(("unsigned.json", json.dumps(made).encode()))
    assert "Say it myself" in page.content.decode()
    address = f"/w/say/training/new?from={rosa.addition.id}.1"
    assert rosa.client.post(address, {"title": "Forklift"}).status_code == 302
    assert not Statement.objects.get().has_photo


def test_nothing_is_kept_when_nothing_was_handed_over(rosa: Own) -> None:
    page = rosa.client.post("/w/add", {})
    assert page.status_code == 422
    assert "Choose a file, or paste a link or text." in page.content.decode()


def test_more_than_a_hundred_files_are_told_in_words(rosa: Own) -> None:
    page = rosa.add(*((f"{number}.json", b"{}") for number in range(101)))
    assert page.status_code == 422
    assert "ZIP" in page.content.decode()
    assert not Addition.objects.exists()


def test_a_zip_of_two_thousand_waits_for_the_job_and_can_be_stopped(rosa: Own) -> None:
    """The request only writes them down. One bad file among them takes nothing else with it."""
    good = foreign.proof()
    files = {f"folder/{number}.json": b"{}" for number in range(1997)}
    page = rosa.add(("many.zip", zipped({"a.json": good, "b.json": foreign.altered(), "c.json": b"\xff", **files})))
    assert "0 of 2,000 looked at" in page.content.decode()
    addition = rosa.addition
    assert adding.look_at_next(addition_id=addition.id, now=timezone.now())
    rosa.client.post(f"/w/add/{addition.id}/turn", {"turn": "off"})
    assert not adding.look_at_next(addition_id=addition.id, now=timezone.now())
    assert "1 of 2,000 looked at" in rosa.client.get(f"/w/add/{addition.id}").content.decode()
    rosa.client.post(f"/w/add/{addition.id}/turn", {"turn": "on"})
    for _ in range(5):
        assert adding.look_at_next(addition_id=addition.id, now=timezone.now())
    assert Held.objects.count() == 1
    assert states(rosa)["waiting"] == 1994
    progress = rosa.client.get(f"/w/add/{addition.id}?part=progress").content.decode()
    assert "6 of 2,000 looked at" in progress
    assert "data-running" in progress
    page = rosa.client.get(f"/w/add/{addition.id}?only=waiting&from=100").content.decode()
    assert "item-107" in page
    rosa.client.post(f"/w/add/{addition.id}/turn", {"turn": "forget"})
    assert not AddedItem.objects.exists()
    assert Held.objects.count() == 1


def test_one_too_many_is_refused_and_nothing_half_done(rosa: Own) -> None:
    page = rosa.add(("many.zip", zipped({f"{number}.json": b"{}" for number in range(2001)})))
    assert Held.objects.count() == 0
    assert "There are too many files in this ZIP file" in page.content.decode()


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("bomb.zip", zipped({"zeros": b"\0" * (11 * 2**20)})),
        ("broken.zip", b"PK\x03\x04" + b"\0" * 40),
        ("deep.json", b'{"a":' * 2000),
        ("evil.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
        ("../../etc/passwd", b"root"),
        ("<script>alert(1)</script>.json", b"{}"),
        ("empty.pdf", b""),
        ("name\x00.json", b"\x00"),
    ],
)
def test_hostile_files_get_an_answer_and_nothing_else(rosa: Own, name: str, body: bytes) -> None:
    page = rosa.add((name, body))
    assert page.status_code == 200
    assert not Held.objects.exists()
    assert b"<script>alert" not in page.content
    assert "We couldn’t tell" in page.content.decode()


def test_a_worker_that_dies_costs_a_second_try_and_three_give_it_up(rosa: Own) -> None:
    made = operations.add_items(actor=rosa.actor, rows=[("a", "text", foreign.proof())], now=timezone.now())
    now = timezone.now()
    for turn in range(3):
        assert operations.take_item(addition_id=made.id, now=now + turn * timedelta(minutes=6)) is not None
    assert operations.take_item(addition_id=made.id, now=now) is None
    assert operations.take_item(addition_id=made.id, now=now + timedelta(hours=1)) is None
    (told,) = queries.added(actor=rosa.actor, addition_id=made.id)
    assert told.state == "refused"
    assert adding.lines(told=told)[0].sentence


def test_a_list_may_go_while_something_of_it_is_looked_at(rosa: Own) -> None:
    made = operations.add_items(actor=rosa.actor, rows=[("a", "text", foreign.proof())], now=timezone.now())
    taken = operations.take_item(addition_id=made.id, now=timezone.now())
    assert taken is not None
    operations.forget_addition(actor=rosa.actor, addition_id=made.id, now=timezone.now())
    operations.put_item(item_id=taken.id, state="kept", told=[], now=timezone.now())
    assert not AddedItem.objects.exists()


def test_the_job_takes_up_what_lies_idle(rosa: Own) -> None:
    made = operations.add_items(actor=rosa.actor, rows=[("a", "text", foreign.proof())], now=timezone.now())
    add_proofs.run(now=timezone.now(), addition_id=str(made.id))
    assert Held.objects.count() == 1
    assert queries.addition(actor=rosa.actor, addition_id=made.id).ended_at is not None
    assert queries.idle_additions(now=timezone.now()) == []


def test_what_was_handed_over_lies_closed(rosa: Own) -> None:
    operations.add_items(actor=rosa.actor, rows=[("a", "text", b"CANARY-5521")], now=timezone.now())
    assert b"CANARY" not in bytes(AddedItem.objects.get().sealed)


def test_portions_of_a_script_go_into_one_list(rosa: Own) -> None:
    wants = {"HTTP_ACCEPT": "application/json"}
    first = rosa.client.post("/w/add", {"text": foreign.proof(id=numbered(1)).decode()}, **wants).json()
    again = rosa.client.post(first["more"], {"text": foreign.proof(id=numbered(2)).decode()}, **wants).json()
    assert again == first
    assert rosa.addition.total == 2
    assert Held.objects.count() == 2
    assert rosa.client.post(first["more"], {}, **wants).status_code == 422


def test_nobody_else_sees_or_changes_it(rosa: Own, other_firm: Any) -> None:
    rosa.add(("ana.json", foreign.proof(subject_name="Ana Ruiz")))
    place = f"/w/add/{rosa.addition.id}"
    stranger = open_page(other_firm)
    assert stranger.client.get(place).status_code == 404
    for address, sent in (
        (f"{place}/turn", {"turn": "forget"}),
        (f"{place}/1", {"do": "keep"}),
        (f"{place}/more", {"text": "x"}),
    ):
        assert stranger.client.post(address, sent).status_code == 404
    assert stranger.client.get(f"/w/say/training/new?from={rosa.addition.id}.1").status_code == 404
    assert "Ana Ruiz" not in stranger.client.get("/w").content.decode()
    nobody = Client()
    assert nobody.get("/w/add")["Location"] == "/w/open"
    assert nobody.post(f"{place}/1", {"do": "keep"})["Location"] == "/w/open"


def test_a_forged_form_is_refused(rosa: Own) -> None:
    careful = Client(enforce_csrf_checks=True)
    careful.cookies = rosa.client.cookies
    assert careful.post("/w/add", {"text": foreign.proof().decode()}).status_code == 403
    assert not Addition.objects.exists()


def test_what_waits_for_a_decision_is_told_on_the_page(rosa: Own) -> None:
    told = rosa.add(("crane.json", foreign.proof(subject_name="Ana Ruiz"))).content.decode()
    assert "Nothing of it is on your page yet." in told
    assert "btn go" in told.split('value="keep"')[0].rsplit("<button", 1)[1], "the decision is the main button"
    page = rosa.client.get("/w").content.decode()
    assert "1 thing that you added is not on your page yet" in page
    assert f"/w/add/{rosa.addition.id}?only=asks" in page
    rosa.client.post(f"/w/add/{rosa.addition.id}/1", {"do": "keep"})
    assert "not on your page yet" not in rosa.client.get("/w").content.decode()
