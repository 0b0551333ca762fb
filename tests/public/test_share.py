"""A share shows what was picked and nothing else, to whoever has the link, until its owner stops it."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from typing import Any

import pypdf
import pytest
from django.test import Client
from django.utils import timezone

from credcore.proofs import sd_jwt
from skillmark.desks import checking
from skillmark.edges.jobs import clean_up
from skillmark.rooms.credentials import operations as credentials
from skillmark.rooms.journal.models import Entry
from skillmark.rooms.records import operations as records
from skillmark.rooms.records import queries
from skillmark.rooms.records.models import Share, SharedItem, ShareView
from tests.public import sharing
from tests.public.given import give
from tests.public.sharing import SECRET

PIN = "739204"


@pytest.fixture
def mine(firm: Any) -> sharing.Mine:
    return sharing.make(firm)


@pytest.fixture
def reader() -> Client:
    return _reader()


def _reader() -> Client:
    client = Client()
    client.cookies["django_language"] = "en"
    return client


def everything(client: Client, link: str) -> Iterator[bytes]:
    """Whatever a reader can get by a link: pages in both languages, headers, files, the PDF with its text and attachments."""
    for language in ("en", "es"):
        client.cookies["django_language"] = language
        page = client.get(link)
        yield page.content + repr(sorted(page.headers.items())).encode()
        for number in range(1, 5):
            answer = client.get(f"{link}/{number}")
            yield answer.content + repr(sorted(answer.headers.items())).encode()
        paper = client.get(f"{link}/skills-record.pdf")
        yield repr(sorted(paper.headers.items())).encode()
        if paper.status_code == 200:
            yield from inside(paper.content)


def inside(body: bytes) -> Iterator[bytes]:
    """Everything in a PDF, unpacked: what is printed, what is attached, what it says about itself."""
    document = pypdf.PdfReader(BytesIO(body))
    yield repr(document.metadata).encode()
    for page in document.pages:
        yield page.extract_text().encode()
    for bodies in document.attachments.values():
        yield from bodies
    yield b"\n".join(stream_of(body))


def stream_of(body: bytes) -> Iterator[bytes]:
    document = pypdf.PdfReader(BytesIO(body))
    for number in range(1, len(document.xref[0]) + 1):
        one = pypdf.generic.IndirectObject(number, 0, document).get_object()
        if isinstance(one, pypdf.generic.StreamObject):
            yield one.get_data()


def test_it_holds_what_was_picked_and_nothing_else(mine: sharing.Mine, reader: Client) -> None:
    link = mine.share(mine.cnc, show_name="")
    page = reader.get(link)
    text = page.content.decode()
    assert page.status_code == 200
    assert mine.cnc.title in text
    assert "Looks good" in text
    assert "Checked just now" in text
    assert "Signed by Tallgrass Machine Works" in text
    told = b"\n".join(everything(reader, link)).decode("utf-8", "replace")
    for other in (SECRET, mine.forklift.title, str(mine.forklift.id), "Prairie Mill", "Mill hand", str(mine.issued.id)):
        assert other not in told


def test_single_facts_of_a_proof(mine: sharing.Mine, reader: Client) -> None:
    link = mine.share(mine.forklift, facts=[], show_name="")
    told = b"\n".join(everything(reader, link))
    for left_out in (SECRET, "Rosa Delgado", str(mine.issued.person_id)):
        assert left_out.encode() not in told
    page = _reader().get(link).content.decode()
    assert mine.forklift.title in page
    assert "Looks good" in page
    file = reader.get(f"{link}/1")
    assert file["Content-Type"] == "application/dc+sd-jwt"
    assert sd_jwt.parse(file.content).disclosed == ()

    with_name = mine.share(mine.forklift, facts=mine.facts("name"), show_name="")
    shown = sd_jwt.parse(reader.get(f"{with_name}/1").content)
    assert shown.disclosed == (("name",),)
    assert shown.claims["name"] == "Rosa Delgado"
    assert SECRET.encode() not in b"\n".join(everything(reader, with_name))


def test_all_facts_are_the_signed_file_itself(mine: sharing.Mine, reader: Client) -> None:
    file = reader.get(f"{mine.share(mine.forklift)}/1")
    assert file.content == bytes(mine.issued.document)
    assert file["Content-Type"] == "application/vc"
    assert file["Cache-Control"] == "no-store"


def test_pay_only_where_it_is_ticked(mine: sharing.Mine, reader: Client) -> None:
    link = mine.share(mine.job)
    page = reader.get(link).content.decode()
    assert "Mill hand" in page
    assert "Said by the person" in page
    assert "March 2019" in page
    assert SECRET.encode() not in b"\n".join(everything(reader, link))
    assert SECRET in reader.get(mine.share(mine.job, facts=[f"{mine.job.id}/pay"])).content.decode()


def test_the_page_is_quiet(mine: sharing.Mine, reader: Client) -> None:
    page = reader.get(mine.share(mine.cnc))
    assert page["X-Robots-Tag"] == "noindex, nofollow"
    assert page["Referrer-Policy"] == "same-origin"
    assert page["Cache-Control"] == "no-store"
    assert b"og:" not in page.content
    assert b"<script" not in page.content.split(b"<main")[1]


def test_guessed_over_and_stopped_read_the_same(mine: sharing.Mine, reader: Client) -> None:
    links = [mine.share(mine.cnc) for _ in range(3)]
    over, stopped, emptied = Share.objects.order_by("made_at")
    Share.objects.filter(id=over.id).update(ends_at=timezone.now())
    mine.client.post(f"/w/shares/{stopped.id}/stop")
    SharedItem.objects.filter(share=emptied).delete()
    answers = [_reader().get(link) for link in ("/s/guessed", *links)]
    files = [_reader().get(f"{link}/{what}") for link in links for what in ("1", "skills-record.pdf")]
    assert {one.status_code for one in answers + files} == {410}
    bodies = {one.content.split(b"<main")[1].split(b"</main>")[0] for one in answers + files}
    assert len(bodies) == 1
    assert b"This link is closed or too old." in bodies.pop()


def test_stopping_is_one_tap_and_the_log_tells_the_time(mine: sharing.Mine, reader: Client) -> None:
    link = mine.share(mine.cnc)
    reader.get(link)
    reader.get(link)  # the same visit
    reader.get(f"{link}/1")
    _reader().head(link)  # asks whether it is there, and sees nothing
    view = ShareView.objects.get()
    share = Share.objects.get()
    reader.post(link, {"name": "Lee, Northgate"})
    page = mine.client.get(f"/w/shares/{share.id}").content.decode()
    assert "Lee, Northgate" in page
    assert ShareView.objects.get().at == view.at
    assert mine.client.post(f"/w/shares/{share.id}/stop")["Location"] == "/w/shares"
    assert reader.get(link).status_code == 410
    assert not SharedItem.objects.exists()
    assert "You stopped it on" in mine.client.get(f"/w/shares/{share.id}").content.decode()


def test_the_owner_looking_is_no_visit(mine: sharing.Mine) -> None:
    link = mine.share(mine.cnc, ask_first="on", pin=PIN)
    assert mine.cnc.title in mine.client.get(link).content.decode()
    assert not ShareView.objects.exists()


def test_a_pin_pauses_and_comes_back(mine: sharing.Mine) -> None:
    link = mine.share(mine.cnc, pin=PIN)
    reader = _reader()
    first = reader.get(link)
    assert mine.cnc.title not in first.content.decode()
    assert not ShareView.objects.exists()  # a scanner of mails learns nothing, and is no reader
    assert reader.get(f"{link}/1").status_code == 410
    answers = [reader.post(link, {"pin": f"00000{number}"}) for number in range(10)]
    assert {one.status_code for one in answers} == {422}
    assert "15 minutes" in answers[-1].content.decode()
    assert "15 minutes" in _reader().post(link, {"pin": PIN}).content.decode()
    Share.objects.update(locked_until=timezone.now() - timedelta(seconds=1))
    assert reader.post(link, {"pin": f"{PIN[:3]} {PIN[3:]}"}).status_code == 302
    assert mine.cnc.title in reader.get(link).content.decode()
    assert ShareView.objects.count() == 1
    assert mine.cnc.title not in _reader().get(link).content.decode()


def test_ask_me_first(mine: sharing.Mine, reader: Client) -> None:
    link = mine.share(mine.cnc, ask_first="on")
    assert mine.cnc.title not in reader.get(link).content.decode()
    assert reader.post(link, {"name": " "}).status_code == 422
    reader.post(link, {"name": "Lee, Northgate"})
    assert "You have asked" in reader.get(link).content.decode()
    share, view = Share.objects.get(), ShareView.objects.get()
    assert "Lee, Northgate" in mine.client.get(f"/w/shares/{share.id}").content.decode()
    mine.client.post(f"/w/shares/{share.id}/readers/{view.id}", {"allow": ""})
    assert "Nobody yet." in mine.client.get(f"/w/shares/{share.id}").content.decode()  # asking is not opening
    for _ in range(2):
        assert mine.cnc.title in reader.get(link).content.decode()
    assert ShareView.objects.exclude(id=view.id).get().name == "Lee, Northgate"
    assert "Nobody yet." not in mine.client.get(f"/w/shares/{share.id}").content.decode()
    assert mine.cnc.title not in _reader().get(link).content.decode()
    mine.client.post(f"/w/shares/{share.id}/readers/{view.id}", {"refuse": ""})
    assert reader.get(link).status_code == 410


def test_a_yes_to_one_name_is_no_yes_to_another(mine: sharing.Mine, reader: Client) -> None:
    link = mine.share(mine.cnc, ask_first="on")
    reader.post(link, {"name": "Lee, Northgate"})
    view = ShareView.objects.get()
    mine.client.post(f"/w/shares/{Share.objects.get().id}/readers/{view.id}", {"allow": ""})
    reader.post(link, {"name": "Somebody Else"})
    view.refresh_from_db()
    assert view.name == "Lee, Northgate"


def test_a_dozen_proofs_ask_the_database_hardly_more_than_one(
    mine: sharing.Mine, reader: Client, firm: Any, django_assert_max_num_queries: Any
) -> None:
    for _ in range(10):
        proof = give(firm=firm, key="forklift")
        _, code, _ = credentials.offer(actor=firm.owner, issued_id=proof.id, way="screen", now=timezone.now())
        records.keep(code=code, pin="", verifier=checking.verifier(org_id=None, now=timezone.now()), now=timezone.now())
    everything = queries.mine(actor=mine.actor)
    assert len(everything) == 12
    link = mine.share(*everything, mine.job)
    reader.get(link)  # the visit is in the log
    with django_assert_max_num_queries(30):
        page = reader.get(link)
    assert page.content.decode().count(mine.forklift.title) >= 11


def test_whoever_opens_a_link_all_day_long_does_not_fill_the_log(mine: sharing.Mine, reader: Client) -> None:
    link = mine.share(mine.cnc)
    share, long_ago = Share.objects.get(), timezone.now() - timedelta(days=1)
    lines = [ShareView(share=share, at=long_ago - timedelta(seconds=number)) for number in range(500)]
    named = ShareView(share=share, at=long_ago - timedelta(days=1), name="Lee, Northgate")
    ShareView.objects.bulk_create([*lines, named])
    reader.get(link)
    assert ShareView.objects.count() == 501
    left = set(ShareView.objects.values_list("id", flat=True))
    assert named.id in left
    assert lines[0].id in left
    assert lines[-1].id not in left


def test_not_too_many_wait(mine: sharing.Mine) -> None:
    link = mine.share(mine.cnc, ask_first="on")
    answers = [_reader().post(link, {"name": f"Reader {number}"}) for number in range(21)]
    assert [one.status_code for one in answers] == [302] * 20 + [422]


def test_a_form_sent_twice_makes_one_share(mine: sharing.Mine) -> None:
    number = "8a0d3bd0-0f7c-4f52-8a52-7b4b6a2d8f11"
    assert mine.post(mine.cnc, number=number).status_code == 200
    assert mine.post(mine.cnc, number=number)["Location"] == "/w/shares"
    assert Share.objects.count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"pick": []}, {"pick": ["somebody-elses"]}, {"days": "3650"}, {"who": "8a0d3bd0-0f7c-4f52-8a52-7b4b6a2d8f11"},
        {"pin": "123"}, {"pin": "111111"}, {"email": "no"}, {"number": "x"}, {"to_whom": "x" * 200}, {"fact": ["/"]},
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused(mine: sharing.Mine, wrong: dict[str, Any]) -> None:
    page = mine.post(mine.cnc, **wrong)
    assert page.status_code == 422
    assert not Share.objects.exists()


def test_a_token_opens_nothing_of_another_share(mine: sharing.Mine, reader: Client) -> None:
    first, second = mine.share(mine.cnc), mine.share(mine.forklift, mine.job)
    assert reader.get(f"{first}/2").status_code == 410
    assert reader.get(f"{second}/2").status_code == 410  # what somebody says themselves is no signed file
    assert reader.get(f"{second}/1").content == bytes(mine.issued.document)


def test_links_are_kept_as_hashes(mine: sharing.Mine) -> None:
    token = mine.share(mine.cnc).removeprefix("/s/")
    assert len(token) == 43  # 256 bits
    assert not any(token in str(row) for row in Share.objects.values())


def test_another_link_kills_the_first(mine: sharing.Mine, reader: Client) -> None:
    link = mine.share(mine.cnc)
    page = mine.client.post(f"/w/shares/{Share.objects.get().id}/link").content.decode()
    assert reader.get(link).status_code == 410
    assert mine.cnc.title in reader.get(page.split('value="http://testserver')[1].split('"')[0]).content.decode()


def test_a_cancelled_item_can_be_taken_out(mine: sharing.Mine, firm: Any, reader: Client) -> None:
    link = mine.share(mine.forklift, mine.cnc)
    credentials.cancel(actor=firm.owner, issued_id=mine.issued.id, reason="Given by mistake", now=timezone.now())
    share = Share.objects.get()
    assert "One of your items was cancelled. Take it out?" in mine.client.get(f"/w/shares/{share.id}").content.decode()
    assert "Don’t rely on this" in reader.get(link).content.decode()
    mine.client.post(f"/w/shares/{share.id}/out/{mine.forklift.id}")
    text = reader.get(link).content.decode()
    assert mine.forklift.title not in text
    assert mine.cnc.title in text


def test_what_its_owner_lets_go_of_leaves_every_share(mine: sharing.Mine, reader: Client) -> None:
    link, alone = mine.share(mine.forklift, mine.job), mine.share(mine.job)
    records.remove_statement(actor=mine.actor, statement_id=mine.job.id, now=timezone.now())
    assert "Mill hand" not in reader.get(link).content.decode()
    assert reader.get(alone).status_code == 410
    credentials.remove_held(actor=mine.actor, held_id=mine.forklift.id, now=timezone.now())
    assert reader.get(link).status_code == 410


def test_what_is_over_is_forgotten_but_for_who_saw_it(mine: sharing.Mine, reader: Client) -> None:
    link, live = mine.share(mine.forklift), mine.share(mine.cnc)
    reader.get(link)
    over = Share.objects.order_by("made_at")[0]
    Share.objects.filter(id=over.id).update(ends_at=timezone.now() - timedelta(seconds=1))
    clean_up.run(now=timezone.now())
    assert [item.held_id for item in SharedItem.objects.all()] == [mine.cnc.id]
    page = mine.client.get(f"/w/shares/{over.id}").content.decode()
    assert "It ended on" in page
    assert "No name given" in page
    assert reader.get(live).status_code == 200
    assert mine.client.post(f"/w/shares/{over.id}/link").status_code == 404


def test_the_pdf_holds_the_signed_files(mine: sharing.Mine, reader: Client) -> None:
    body = reader.get(f"{mine.share(mine.forklift, mine.cnc)}/skills-record.pdf").content
    document = pypdf.PdfReader(BytesIO(body))
    attached = [one for bodies in document.attachments.values() for one in bodies]
    assert bytes(mine.issued.document) in attached
    assert len(attached) == 2
    root: Any = document.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    text = " ".join(page.extract_text() for page in document.pages)
    assert "Rosa Delgado" in text
    assert "Looks good" in text
    assert mine.cnc.title in text


def test_nothing_of_it_is_written_down_elsewhere(mine: sharing.Mine, reader: Client, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        link = mine.share(mine.forklift, facts=[], to_whom=SECRET, purpose="", own_purpose=SECRET, phone="555-0132")
        reader.get(link)
        reader.get("/s/guessed")
        mine.client.post(f"/w/shares/{Share.objects.get().id}/stop")
    told = caplog.text + repr(list(Entry.objects.filter(event__startswith="records.").values()))
    assert SECRET not in told
    assert "555-0132" not in told
    assert link not in caplog.text


def test_guessing_is_slow(db: None) -> None:
    reader = _reader()
    answers = [reader.get(f"/s/guess-{number}").status_code for number in range(122)]
    assert answers[-1] == 429


def test_contact_facts_are_off_until_typed(mine: sharing.Mine, reader: Client) -> None:
    page = reader.get(mine.share(mine.cnc)).content.decode()
    assert "Phone" not in page
    page = reader.get(mine.share(mine.cnc, phone="555-0132", email="rosa@example.com")).content.decode()
    assert "555-0132" in page
    assert "rosa@example.com" in page
