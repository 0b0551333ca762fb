"""Whom a firm trusts: the owner adds and takes away, supervisors read, the outsider gets 404."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from skillmark.desks import checking
from skillmark.rooms.credentials import operations, queries, rules
from tests.public import foreign

pytestmark = pytest.mark.django_db

GIVER = {"name": foreign.NAME, "issuer": foreign.SCHOOL.did, "how": "worked", "words": ""}


@pytest.fixture
def owner(client: Client, firm: Any) -> Client:
    client.force_login(firm.owner_user)
    return client


@pytest.fixture
def supervisor(firm: Any) -> Client:
    client = Client()
    client.force_login(firm.supervisor_user)
    return client


def trust(firm: Any) -> Any:
    values = {"issuer": foreign.SCHOOL.did, "name": foreign.NAME, "reason": "We know them"}
    return operations.trust_giver(actor=firm.owner, now=timezone.now(), **values)


def follow(firm: Any, **more: Any) -> Any:
    answer = rules.ListAnswer(name="State list", body=b"{}", entries=3, fetched_at=timezone.now(), left_out=1)
    values = {"kind": "registry", "url": "https://state.example/list", "keeper": "", "reason": "The state keeps it"} | more
    return operations.follow_list(actor=firm.owner, answer=answer, now=timezone.now(), **values)


def verdict(firm: Any) -> str:
    made = checking.check_and_keep(actor=firm.owner, kind="file", name="", body=foreign.proof(), now=timezone.now())
    return str(made[0].verdict)


def test_an_empty_list_says_how_it_fills(owner: Client) -> None:
    page = owner.get("/trust").content.decode()
    assert "Nobody on your own list yet" in page and "Follow a list" in page


def test_a_giver_added_by_hand_counts_and_no_longer_when_taken_off(owner: Client, firm: Any) -> None:
    assert verdict(firm) == "careful"
    added = owner.post("/trust/add", GIVER, follow=True).content.decode()
    assert "Prairie Valley College is on your list now." in added
    assert "We have worked with them before" in added and "added by Dana Whitlock" in added
    assert verdict(firm) == "good"
    [giver] = queries.givers(actor=firm.owner)
    assert "Stop trusting Prairie Valley College?" in owner.get(f"/trust/{giver.id}/stop").content.decode()
    gone = owner.post(f"/trust/{giver.id}/stop", follow=True).content.decode()
    assert "Prairie Valley College is no longer on your list." in gone
    assert verdict(firm) == "careful"
    assert owner.get(f"/trust/{giver.id}/stop").status_code == 404


def test_what_is_missing_or_wrong_is_said_at_its_field(owner: Client, firm: Any) -> None:
    empty = owner.post("/trust/add", {}).content.decode()
    assert "Type the giver’s name." in empty and "Choose how you know them." in empty
    wrong = owner.post("/trust/add", GIVER | {"issuer": "Prairie Valley"})
    assert wrong.status_code == 400 and 'id="id_issuer_error"' in wrong.content.decode()
    assert queries.givers(actor=firm.owner) == []


def test_a_list_in_a_file_is_read_and_followed(owner: Client, firm: Any) -> None:
    listed = {"name": "Chamber of commerce", "source": "", "entries": [{"issuer": foreign.SCHOOL.did, "name": foreign.NAME}]}
    file = SimpleUploadedFile("list.json", json.dumps(listed).encode())
    page = owner.post(
        "/trust/follow", {"kind": "file", "file": file, "reason": "They asked us to"}, follow=True
    ).content.decode()
    assert "1 giver is on this list." in page and "Chamber of commerce" in page and "They asked us to" in page
    assert verdict(firm) == "good"
    [followed] = queries.followed(actor=firm.owner)
    gone = owner.post(f"/trust/lists/{followed.id}/stop", follow=True).content.decode()
    assert "The list no longer counts for you." in gone
    assert verdict(firm) == "careful"


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({}, "Choose what kind of list it is."),
        ({"kind": "file", "reason": "x"}, "Choose the file, or type its address."),
        ({"kind": "registry", "reason": "x"}, "Type the address of the list."),
        ({"kind": "signed", "url": "https://a.example/l", "reason": "x"}, "Type the signing address of its keeper."),
        ({"kind": "registry", "url": "http://a.example/l", "reason": "x"}, 'id="id_url_error"'),
    ],
)
def test_a_list_that_cannot_be_followed_says_why(owner: Client, firm: Any, sent: dict[str, str], says: str) -> None:
    answer = owner.post("/trust/follow", sent)
    assert answer.status_code == 400 and says in answer.content.decode()
    assert queries.followed(actor=firm.owner) == []


def test_a_file_that_is_no_list_is_refused_in_words(owner: Client, firm: Any) -> None:
    file = SimpleUploadedFile("list.json", b"no list")
    answer = owner.post("/trust/follow", {"kind": "file", "file": file, "reason": "x"})
    assert answer.status_code == 400 and 'class="errors"' in answer.content.decode()
    assert queries.followed(actor=firm.owner) == []


@pytest.mark.parametrize(
    ("problem", "says"),
    [
        ("fetch.unreachable", "We couldn’t reach it."),
        ("proof.mismatch", "This list was changed after it was signed."),
        ("trust.out_of_date", "has let this list run out"),
        ("trust.malformed", "We couldn’t read it."),
    ],
)
def test_a_followed_list_tells_how_it_fares(owner: Client, firm: Any, problem: str, says: str) -> None:
    followed = follow(firm)
    page = owner.get("/trust").content.decode()
    assert "State list" in page and "Open list · state.example · 3 givers · 1 could not be read" in page
    assert says not in page
    operations.update_list(actor=firm.owner, list_id=followed.id, problem=problem, now=timezone.now())
    told = owner.get("/trust").content.decode()
    assert says in told and "What it said last still counts." in told


def test_a_supervisor_reads_and_changes_nothing(supervisor: Client, firm: Any) -> None:
    giver, followed = trust(firm), follow(firm)
    page = supervisor.get("/trust").content.decode()
    assert foreign.NAME in page and "Stop trusting" not in page and "Only the owner changes who is trusted." in page
    for address in ("/trust/add", "/trust/follow", f"/trust/{giver.id}/stop", f"/trust/lists/{followed.id}/stop"):
        assert supervisor.get(address).status_code == 403 == supervisor.post(address, GIVER).status_code
    assert len(queries.givers(actor=firm.owner)) == 1 == len(queries.followed(actor=firm.owner))


def test_the_outsider_gets_404(firm: Any, other_firm: Any) -> None:
    giver, followed = trust(firm), follow(firm)
    outsider = Client()
    outsider.force_login(other_firm.owner_user)
    for address in (f"/trust/{giver.id}/stop", f"/trust/lists/{followed.id}/stop"):
        assert outsider.get(address).status_code == 404 == outsider.post(address).status_code
    page = outsider.get("/trust").content.decode()
    assert foreign.NAME not in page and "State list" not in page
    assert len(queries.givers(actor=firm.owner)) == 1 == len(queries.followed(actor=firm.owner))
