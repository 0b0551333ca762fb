"""The hosted page of a proof and its files: a real check, and the same signed bytes everywhere."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from credcore.containers import png, svg
from skillmark.desks import checking
from skillmark.rooms.credentials import operations

FILES = {
    "card.pdf": "application/pdf",
    "proof.json": "application/vc",
    "proof.jwt": "application/vc+jwt",
    "proof.sd-jwt": "application/dc+sd-jwt",
    "picture.png": "image/png",
    "picture.svg": "image/svg+xml",
    "qr.svg": "image/svg+xml",
}


def test_the_page_is_a_check_of_the_stored_document(client: Client, firm: Any, proof: Any) -> None:
    page = client.get(f"/verify/{proof.id}").content.decode()
    assert "Looks good" in page
    assert "This page is run by Tallgrass Machine Works itself" in page
    operations.cancel(actor=firm.owner, issued_id=proof.id, reason="Given by mistake", now=timezone.now())
    assert "has cancelled this" in client.get(f"/verify/{proof.id}").content.decode()


def test_it_is_not_indexed_and_tells_no_other_site(client: Client, proof: Any) -> None:
    answer = client.get(f"/verify/{proof.id}")
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert answer["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize("name", FILES)
def test_files_have_their_kind_and_are_not_indexed(client: Client, proof: Any, name: str) -> None:
    answer = client.get(f"/verify/{proof.id}/{name}")
    assert (answer.status_code, answer["Content-Type"]) == (200, FILES[name])
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert "attachment" in answer["Content-Disposition"]


def test_every_file_carries_the_signed_bytes(client: Client, proof: Any) -> None:
    signed = bytes(proof.document)
    assert client.get(f"/verify/{proof.id}/proof.json").content == signed
    assert png.read(client.get(f"/verify/{proof.id}/picture.png").content) == signed
    assert svg.read(client.get(f"/verify/{proof.id}/picture.svg").content) == signed
    card = client.get(f"/verify/{proof.id}/card.pdf").content
    reports = checking.check_bytes(data=card, name="card.pdf", now=timezone.now(), org_id=None)
    assert [report.code for report in reports] == ["good"]
    assert reports[0].document == signed


@pytest.mark.parametrize("name", ["proof.jwt", "proof.sd-jwt"])
def test_other_forms_are_good_and_stay_the_same(client: Client, proof: Any, name: str) -> None:
    body = client.get(f"/verify/{proof.id}/{name}").content
    reports = checking.check_bytes(data=body, name=name, now=timezone.now(), org_id=None)
    assert [report.code for report in reports] == ["good"]
    assert client.get(f"/verify/{proof.id}/{name}").content == body


def test_a_form_that_cannot_be_made_any_more_says_so(client: Client, firm: Any, proof: Any) -> None:
    operations.cancel(actor=firm.owner, issued_id=proof.id, reason="Given by mistake", now=timezone.now())
    answer = client.get(f"/verify/{proof.id}/proof.jwt")
    assert answer.status_code == 409
    assert "No new file is made of it" in answer.content.decode()
    assert client.get(f"/verify/{proof.id}/card.pdf").status_code == 200  # without the code, with the file


def test_a_card_is_printed_while_signing_is_stopped(client: Client, firm: Any, proof: Any) -> None:
    from skillmark.rooms.signing import operations as signing

    signing.stop(actor=firm.owner, why="We look into something.", now=timezone.now())
    assert client.get(f"/verify/{proof.id}/proof.sd-jwt").status_code == 409
    assert client.get(f"/verify/{proof.id}/card.pdf").status_code == 200


def test_what_others_show_of_the_link_does_not_say_whose_it_is(client: Client, proof: Any) -> None:
    page = client.get(f"/verify/{proof.id}").content.decode()
    head = page.partition("</head>")[0]
    assert f'<meta property="og:title" content="{proof.title}">' in head
    assert f'<link rel="canonical" href="http://testserver/verify/{proof.id}">' in head
    assert f'content="http://testserver/verify/{proof.id}/preview.png"' in head
    assert "Tallgrass Machine Works" in head
    assert "Rosa" in page
    assert "Rosa" not in head
    picture = client.get(f"/verify/{proof.id}/preview.png")
    assert (picture.status_code, picture["Content-Type"]) == (200, "image/png")
    assert picture["X-Robots-Tag"] == "noindex, nofollow"


def test_a_name_with_markup_stays_a_name(client: Client, proof: Any) -> None:
    proof.giver = '"><script>alert(1)</script> & Sons'
    proof.save(update_fields=["giver"])
    page = client.get(f"/verify/{proof.id}").content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; Sons. Open the link" in page
    assert client.get(f"/verify/{proof.id}/preview.png").status_code == 200
    assert client.get(f"/verify/{proof.id}/card.pdf").status_code == 200


def test_the_link_can_be_taken_along_without_a_script(client: Client, proof: Any) -> None:
    page = client.get(f"/verify/{proof.id}").content.decode()
    assert f'<input id="link" readonly value="http://testserver/verify/{proof.id}">' in page
    assert "linkedin.com" not in page  # nobody outside could open the link


def test_the_professional_network_gets_nothing_before_it_is_pressed(client: Client, firm: Any) -> None:
    from html import unescape
    from urllib.parse import parse_qs, urlsplit

    from tests.public.given import give

    firm.org.base_url = "https://proofs.tallgrass.example"
    firm.org.save()
    proof = give(firm=firm)
    answer = client.get(f"/verify/{proof.id}")
    page = answer.content.decode()
    links = [unescape(part.partition('"')[0]) for part in page.split('href="') if part.startswith("https://www.linkedin.com/")]
    assert len(links) == 1
    assert page.count("linkedin.com") == 2  # the link, and the words that say where it leads: no picture, no script
    assert 'rel="noopener noreferrer nofollow"' in page
    said = {name: value[0] for name, value in parse_qs(urlsplit(links[0]).query).items()}
    assert said["certUrl"] == f"https://proofs.tallgrass.example/verify/{proof.id}"
    assert (said["name"], said["organizationName"], said["certId"]) == (proof.title, proof.giver, str(proof.id))
    assert {"issueYear", "issueMonth", "expirationYear", "expirationMonth"} <= said.keys()
    assert "Rosa" not in links[0]
    operations.cancel(actor=firm.owner, issued_id=proof.id, reason="Given by mistake", now=timezone.now())
    assert "linkedin.com" not in client.get(f"/verify/{proof.id}").content.decode()


def test_dates_are_days_where_the_giver_works(client: Client, proof: Any) -> None:
    """It ends with the last second of a day in Chicago, which in UTC is the day after."""
    from zoneinfo import ZoneInfo

    last = proof.valid_until.astimezone(ZoneInfo("America/Chicago"))
    assert (last.hour, last.minute) == (23, 59)
    page = client.get(f"/verify/{proof.id}").content.decode()
    assert f"In date until {last.day} {last:%B} {last.year}" in page


@pytest.mark.parametrize("path", ["", "/preview.png", *(f"/{name}" for name in FILES)])
def test_what_is_not_there_is_not_there(client: Client, db: Any, path: str) -> None:
    assert client.get(f"/verify/{uuid.uuid4()}{path}").status_code == 404


def test_under_review_is_said_with_the_day(client: Client, firm: Any, proof: Any, slip: tuple[str, str]) -> None:
    now = timezone.now()
    made = operations.dispute_offer(code=slip[0], pin=slip[1], about="name", words="SECRETWORDS", now=now)
    page = client.get(f"/verify/{proof.id}").content.decode()
    assert "Be careful" in page and "Someone has said that something here is wrong." in page
    assert f"until {made.answer_by.day} {made.answer_by:%B} {made.answer_by.year}" in page
    assert "SECRETWORDS" not in page  # what is wrong is between the person and the firm
    checked = client.post("/check", {"text": bytes(proof.document).decode()}).content.decode()
    assert "Someone has said that something here is wrong." in checked
    operations.answer_dispute(actor=firm.owner, dispute_id=made.id, answer="It is as we saw it.", now=now)
    assert "Looks good" in client.get(f"/verify/{proof.id}").content.decode()
