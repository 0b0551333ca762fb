"""What people say about themselves: it always reads so, lies closed, and is nobody else's."""

from __future__ import annotations

from typing import Any

import pytest

from skillmark.rooms.records.models import Statement
from tests.public.own_page import Own, open_page
from tests.public.test_adding import photo

JOB = {
    "title": "Forklift operator", "by": "Tallgrass Foods", "place": "Peoria", "since": "3/2019", "until": "2021",
    "hours": "40 a week", "pay": "$19", "details": "Loaded trucks. CANARY-8812",
}  # fmt: skip


@pytest.fixture
def rosa(firm: Any) -> Own:
    return open_page(firm)


def say(rosa: Own, kind: str = "job", **more: Any) -> Any:
    return rosa.client.post(f"/w/say/{kind}/new", {**JOB, **more})


def test_a_job_is_said_and_reads_so_everywhere(rosa: Own) -> None:
    assert say(rosa)["Location"] == "/w/say"
    for address in ("/w", "/w/say"):
        page = rosa.client.get(address).content.decode()
        assert "Forklift operator" in page
        assert "Said by the person" in page
        assert "March 2019 – 2021" in page
        assert "$19" not in page
    held = Statement.objects.get()
    assert b"CANARY" not in bytes(held.sealed)


def test_it_can_be_changed_and_taken_back(rosa: Own) -> None:
    say(rosa)
    held = Statement.objects.get()
    page = rosa.client.get(f"/w/say/{held.id}").content.decode()
    assert 'value="2019-03"' in page
    assert rosa.client.post(f"/w/say/{held.id}", JOB | {"title": "Crane operator"}).status_code == 302
    assert "Crane operator" in rosa.client.get("/w").content.decode()
    rosa.client.post(f"/w/say/{held.id}/remove")
    assert not Statement.objects.exists()


def test_a_photo_goes_with_it_and_away_again(rosa: Own) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    say(rosa, "training", title="Food handler card", photo=SimpleUploadedFile("a.jpg", photo()), until="2031")
    held = Statement.objects.get()
    assert "Photo on file – not checked" in rosa.client.get("/w").content.decode()
    assert rosa.client.get(f"/w/say/{held.id}/photo").status_code == 200
    rosa.client.post(f"/w/say/{held.id}", {"title": "Food handler card", "without_photo": "on"})
    assert rosa.client.get(f"/w/say/{held.id}/photo").status_code == 404
    assert "Said by the person" in rosa.client.get("/w").content.decode()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"title": " "}, "Please say what it is."),
        ({"title": "x" * 121}, "120"),
        ({"since": "soon"}, "We don’t understand this date."),
        ({"since": "13/2019"}, "We don’t understand this date."),
        ({"since": "2019-02-30"}, "We don’t understand this date."),
        ({"since": "1890"}, "This date is too long ago."),
        ({"until": "2199"}, "This date has not come yet."),
        ({"since": "2021-05", "until": "2021-04"}, "The end is before the beginning."),
    ],
)
def test_what_makes_no_sense_is_told_beside_its_field(rosa: Own, changes: dict[str, str], sentence: str) -> None:
    page = say(rosa, **changes)
    assert page.status_code == 422
    assert sentence in page.content.decode()
    assert not Statement.objects.exists()


def test_a_file_that_is_no_picture_is_not_taken(rosa: Own) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    assert say(rosa, photo=SimpleUploadedFile("a.jpg", b"MZ not a picture")).status_code == 422
    assert not Statement.objects.exists()


def test_there_is_an_end_to_it(rosa: Own, monkeypatch: pytest.MonkeyPatch) -> None:
    from skillmark.rooms.records.rules import statements

    monkeypatch.setattr(statements, "MOST", 1)
    say(rosa)
    assert say(rosa).status_code == 422
    assert Statement.objects.count() == 1


def test_unknown_kinds_are_not_there(rosa: Own) -> None:
    assert rosa.client.get("/w/say/rating/new").status_code == 404


def test_it_is_nobody_else_s(rosa: Own, firm: Any, other_firm: Any) -> None:
    say(rosa)
    held = Statement.objects.get()
    stranger = open_page(other_firm)
    assert stranger.client.get(f"/w/say/{held.id}").status_code == 404
    assert stranger.client.post(f"/w/say/{held.id}", JOB).status_code == 404
    assert stranger.client.post(f"/w/say/{held.id}/remove").status_code == 404
    assert stranger.client.get(f"/w/say/{held.id}/photo").status_code == 404
    assert Statement.objects.count() == 1
    for address in ("/w", "/w/say", "/w/more"):
        assert "CANARY" not in stranger.client.get(address).content.decode()
