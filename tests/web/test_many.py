"""Check many at once: what is taken, how far it is, the answers row by row, and the spreadsheet of them."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from skillmark.desks import checking
from skillmark.edges.web import batches as shown_batches
from skillmark.rooms.credentials import operations, queries
from tests.public import foreign
from tests.public.given import give

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(client: Client, firm: Any) -> Client:
    client.force_login(firm.owner_user)
    return client


def start(firm: Any, *rows: tuple[str, str, bytes], name: str = "Applicants") -> Any:
    return operations.start_batch(actor=firm.supervisor, name=name, rows=rows, now=timezone.now())


def work(batch: Any, *, most: int = 100) -> None:
    checking.check_rows(now=timezone.now(), most=most, batch_id=batch.id)


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_files_a_zip_and_pasted_links_become_rows(owner: Client, firm: Any) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("two.json", foreign.proof())
        archive.writestr("three.json", foreign.altered())
    uploads = [SimpleUploadedFile("one.json", foreign.proof()), SimpleUploadedFile("more.zip", packed.getvalue())]
    links = "https://college.example/1\n\nnot a link\n"
    answer = owner.post("/checks/many", {"uploads": uploads, "links": links, "name": "May"})
    [batch] = queries.batches(actor=firm.owner)
    assert answer["Location"] == f"/checks/batches/{batch.id}" and batch.name == "May"
    rows = queries.batch_rows(actor=firm.owner, batch_id=batch.id)
    assert [(row.name, row.kind) for row in rows] == [
        ("one.json", "file"),
        ("more.zip/two.json", "file"),
        ("more.zip/three.json", "file"),
        ("https://college.example/1", "link"),
        ("not a link", "problem"),
    ]


def test_a_whole_folder_without_what_the_computer_put_there(owner: Client, firm: Any) -> None:
    inside = [SimpleUploadedFile(name, foreign.proof()) for name in ("a.json", ".DS_Store", "Thumbs.db", "b.json")]
    owner.post("/checks/many", {"folder": inside, "uploads": [SimpleUploadedFile("one.json", foreign.proof())]})
    [batch] = queries.batches(actor=firm.owner)
    rows = queries.batch_rows(actor=firm.owner, batch_id=batch.id)
    assert [row.name for row in rows] == ["one.json", "a.json", "b.json"]
    nothing = owner.post("/checks/many", {"folder": [SimpleUploadedFile(".DS_Store", b"x")]})
    assert nothing.status_code == 400 and "Choose files, or paste links." in nothing.content.decode()


def test_a_list_without_a_name_is_called_by_its_file_or_its_day(owner: Client, firm: Any) -> None:
    owner.post("/checks/many", {"uploads": [SimpleUploadedFile("staff.csv", b"name,link\nRosa,https://a.example/1\n")]})
    owner.post("/checks/many", {"links": "https://a.example/1"})
    names = {one.name for one in queries.batches(actor=firm.owner)}
    assert "staff.csv" in names and any(name.startswith("Checks of ") for name in names)


def test_nothing_and_too_much_say_what_to_do(owner: Client, firm: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from skillmark.edges.web.forms import batches as forms

    empty = owner.post("/checks/many", {})
    assert empty.status_code == 400 and "Choose files, or paste links." in empty.content.decode()
    monkeypatch.setattr(forms, "MOST_BYTES", 10)
    large = owner.post("/checks/many", {"uploads": [SimpleUploadedFile("a.json", b"x" * 11)]})
    assert large.status_code == 400 and "over 100 MB together" in large.content.decode()
    monkeypatch.setattr(forms, "BATCH_ROWS", 2)
    many = owner.post("/checks/many", {"links": "https://a.example\n" * 3})
    assert many.status_code == 400 and "more than 10,000 links" in many.content.decode()
    assert queries.batches(actor=firm.owner) == []


def test_more_files_than_fit_into_a_form_are_answered_in_words(owner: Client, firm: Any) -> None:
    uploads = [SimpleUploadedFile(f"{number}.json", b"{}") for number in range(101)]
    answer = owner.post("/checks/many", {"uploads": uploads})
    assert answer.status_code == 400 and "more than 100 files" in answer.content.decode()
    assert queries.batches(actor=firm.owner) == []


def test_nobody_starts_one_from_another_site(firm: Any) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(firm.owner_user)
    assert strict.post("/checks/many", {"links": "https://a.example/1"}).status_code == 403
    assert queries.batches(actor=firm.owner) == []


def test_progress_is_told_in_words_until_the_end(owner: Client, firm: Any) -> None:
    batch = start(firm, *((f"{number}.json", "file", f"no proof {number}".encode()) for number in range(4)))
    address = f"/checks/batches/{batch.id}"
    fresh = page(owner, address)
    assert "0 of 4 done" in fresh and "See how far it is now" in fresh
    assert "You can leave; we’ll show it on Home." in fresh and "Under way, 4 left" in page(owner, "/")
    work(batch, most=2)
    half = page(owner, f"{address}?part=progress")
    assert "2 of 4 done" in half and 'data-words="Half are checked."' in half and "data-running" in half
    assert "<html" not in half
    work(batch)
    done = page(owner, address)
    assert "4 of 4 done" in done and "data-running" not in done and "See how far" not in done
    assert "4 checked" in page(owner, "/") and "4 checked" in page(owner, "/checks/batches")


def test_it_is_stopped_and_goes_on(owner: Client, firm: Any) -> None:
    batch = start(firm, ("a", "file", b"a"), ("b", "file", b"b"))
    address = f"/checks/batches/{batch.id}"
    assert "Stopped. What was checked stays." in owner.post(f"{address}/turn", {"turn": "off"}, follow=True).content.decode()
    work(batch)
    stopped = page(owner, address)
    assert "0 of 2 done" in stopped and "Go on" in stopped and "See how far" not in stopped
    assert "Stopped, 2 left" in page(owner, "/checks/batches")
    assert "It goes on." in owner.post(f"{address}/turn", {"turn": "on"}, follow=True).content.decode()
    work(batch)
    assert "2 of 2 done" in page(owner, address)


def test_each_row_has_its_answer_and_the_reason(owner: Client, firm: Any) -> None:
    good = bytes(give(firm=firm).document)
    batch = start(
        firm, ("good.json", "file", good), ("fake.json", "file", foreign.altered()), ("x.csv", "problem", b"rows.no_link")
    )
    work(batch)
    shown = page(owner, f"/checks/batches/{batch.id}")
    assert "All 3" in shown and "Looks good 1" in shown and "Not opened 1" in shown
    assert "Altered: this was changed after it was made" in shown and "Rosa Delgado" in shown
    bad = page(owner, f"/checks/batches/{batch.id}?answer=bad")
    assert "fake.json" in bad and "good.json" not in bad
    unopened = page(owner, f"/checks/batches/{batch.id}?answer=failed")
    assert "x.csv" in unopened and "fake.json" not in unopened
    assert "Nothing found" in page(owner, f"/checks/batches/{batch.id}?answer=waiting")


def test_the_worst_of_several_answers_tells_of_a_row(owner: Client, firm: Any) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("one.json", bytes(give(firm=firm).document))
        archive.writestr("two.json", foreign.altered())
    batch = start(firm, ("both.zip", "file", packed.getvalue()), ("again.zip", "file", packed.getvalue()))
    work(batch)
    lines = shown_batches.lines(actor=firm.owner, batch_id=batch.id)
    assert [line.state for line in lines] == ["bad", "bad"]
    assert all(line.reason.startswith("Altered") for line in lines)


def test_the_spreadsheet_holds_every_row_and_no_formula(owner: Client, firm: Any) -> None:
    names = ["=1+1", "+x", "-x", "@x", "\tx", "\rx", "plain"]
    batch = start(firm, *((name, "file", name.encode()) for name in names), ("sheet", "problem", b"rows.no_link"))
    work(batch)
    answer = owner.get(f"/checks/batches/{batch.id}/answers.csv")
    assert answer["Content-Type"].startswith("text/csv") and "attachment" in answer["Content-Disposition"]
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0][:4] == ["Row", "Name", "Answer", "Reason"] and len(rows) == len(names) + 2
    assert rows[1][1] == "'=1+1" and rows[7][1] == "plain" and rows[8][2] == "Not opened"
    assert all(not cell.startswith(("=", "+", "-", "@", "\t", "\r")) for row in rows for cell in row)
    assert all(row[2] and row[3] for row in rows[1:])


def test_many_rows_come_in_pages(owner: Client, firm: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from skillmark.edges.web.views import batches

    monkeypatch.setattr(batches, "PAGE", 2)
    batch = start(firm, *((f"row-{number}.json", "file", str(number).encode()) for number in range(3)))
    first = page(owner, f"/checks/batches/{batch.id}")
    assert "row-1.json" in first and "row-2.json" not in first
    following = re.search(r'href="(\?answer=&amp;from=2)"', first)
    assert following is not None
    assert "row-2.json" in page(owner, f"/checks/batches/{batch.id}?from=2")


@pytest.mark.parametrize("path", ["", "/turn", "/answers.csv"])
def test_the_outsider_gets_404(firm: Any, other_firm: Any, path: str) -> None:
    batch = start(firm, ("Rosa.json", "file", b"a"))
    outsider = Client()
    outsider.force_login(other_firm.owner_user)
    address = f"/checks/batches/{batch.id}{path}"
    assert outsider.get(address).status_code in (404, 405)
    assert outsider.post(address, {"turn": "off"}).status_code in (404, 405)
    assert "Applicants" not in outsider.get("/checks/batches").content.decode()
    assert queries.batch(actor=firm.owner, batch_id=batch.id).state == "waiting"
