""" "Something is wrong": said by the person on their page or with code and PIN, answered where they can read it."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from skillmark.rooms.credentials import operations
from skillmark.rooms.credentials.models import Dispute, Held

pytestmark = pytest.mark.django_db
SAID = {"about": "name", "words": "My name is Rosa Ruiz."}


@pytest.fixture
def english(client: Client) -> Client:
    client.cookies["django_language"] = "en"
    return client


@pytest.fixture
def mine(english: Client, slip: tuple[str, str]) -> str:
    """The address of the proof on Rosa's own page, which is open in this browser."""
    english.post(f"/k/{slip[0]}/keep", {"pin": slip[1]})
    return f"/w/{Held.objects.get().id}"


def test_on_ones_own_page(english: Client, firm: Any, proof: Any, mine: str) -> None:
    assert f"{mine}/wrong" in english.get(mine).content.decode()
    assert english.get(f"{mine}/wrong").status_code == 200
    assert Dispute.objects.count() == 0  # a visit says nothing
    done = english.post(f"{mine}/wrong", SAID, follow=True).content.decode()
    assert "It is under review now." in done and "10 days left to answer" in done
    assert f"{mine}/wrong" not in done
    again = english.post(f"{mine}/wrong", SAID)
    assert again.status_code == 422 and "You said so already." in again.content.decode()
    operations.answer_dispute(
        actor=firm.owner, dispute_id=Dispute.objects.get().id, answer="It is as on your card.", now=timezone.now()
    )
    page = english.get(mine).content.decode()
    assert "It is as on your card." in page and "It stays as it is" in page and f"{mine}/wrong" in page


def test_a_corrected_one_shows_why_the_old_one_ended(english: Client, firm: Any, proof: Any, mine: str) -> None:
    english.post(f"{mine}/wrong", SAID)
    operations.replace(
        actor=firm.owner, issued_id=proof.id, why="corrected", person_name="Rosa Ruiz", answer="You are right.",
        request_key="c", now=timezone.now(),
    )  # fmt: skip
    page = english.get(mine).content.decode()
    assert "Replaced by a corrected one" in page and "You are right." in page and f"{mine}/wrong" not in page
    assert english.post(f"{mine}/wrong", SAID).status_code == 422


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"about": ""}, "Choose what is wrong."),
        ({"about": "<b>"}, "Choose what is wrong."),
        ({"words": " "}, "Say in your own words what is wrong."),
        ({"words": "x" * 601}, "600"),
    ],
)
def test_bad_input(english: Client, mine: str, change: dict[str, str], sentence: str) -> None:
    answer = english.post(f"{mine}/wrong", SAID | change)
    assert answer.status_code == 422 and sentence in answer.content.decode()
    assert Dispute.objects.count() == 0


def test_with_code_and_pin(english: Client, proof: Any, slip: tuple[str, str]) -> None:
    code, pin = slip
    assert f"/k/{code}/wrong" in english.get(f"/k/{code}").content.decode()
    assert english.get(f"/k/{code}/wrong").status_code == 200
    assert "Type the PIN" in english.post(f"/k/{code}/wrong", SAID).content.decode()
    wrong = english.post(f"/k/{code}/wrong", SAID | {"pin": "000000" if pin != "000000" else "111111"})
    assert wrong.status_code == 422 and "4 tries left" in wrong.content.decode()
    done = english.post(f"/k/{code}/wrong", SAID | {"pin": f"{pin[:3]} {pin[3:]}"})
    assert "It is under review now" in done.content.decode()
    assert "You said that something is wrong." in english.get(f"/k/{code}").content.decode()
    kept = english.post(f"/k/{code}/keep", {"pin": pin})
    assert kept.status_code == 302  # it may be kept all the same


def test_the_code_on_the_screen_needs_no_pin(english: Client, firm: Any, proof: Any) -> None:
    _, code, _ = operations.offer(actor=firm.owner, issued_id=proof.id, way="screen", now=timezone.now())
    page = english.get(f"/k/{code}/wrong").content.decode()
    assert 'name="pin"' not in page
    assert "It is under review now" in english.post(f"/k/{code}/wrong", SAID).content.decode()


def test_strangers_say_nothing(client: Client, firm: Any, mine: str) -> None:
    stranger = Client()
    assert stranger.post(f"{mine}/wrong", SAID)["Location"] == "/w/open"
    stranger.force_login(firm.owner_user)  # nor does the firm
    assert stranger.post(f"{mine}/wrong", SAID)["Location"] == "/w/open"
    assert stranger.post("/k/ABCDEFGH/wrong", SAID).status_code == 404
    assert Dispute.objects.count() == 0


def test_what_came_from_elsewhere_has_nobody_here_to_hear_it(english: Client, mine: str) -> None:
    Held.objects.update(issued=None)
    assert "/wrong" not in english.get(mine).content.decode()
    assert english.get(f"{mine}/wrong").status_code == 404
