"""Photos: one press makes green what a photo is enough for, and nothing else; the door to the files; a pile of them."""

from __future__ import annotations

import re
import zipfile
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.test import Client

from skillmark.rooms.holdings import operations as holdings
from skillmark.rooms.holdings import queries
from skillmark.rooms.holdings.models import LoosePhoto, Photo, StoredFile
from skillmark.rooms.people import operations as people
from skillmark.rooms.people import queries as staff
from skillmark.rooms.people.rules import Role
from skillmark.rooms.skills import operations as skills
from skillmark.rooms.skills.rules import Trust
from skillmark.rooms.talent.rules import Reason, State
from tests.cast import NOW, Firm
from tests.house.desks import photos
from tests.web.evidence_cast import LONG_AGO, Work, make_work, member, sign_in, text, upload

pytestmark = pytest.mark.django_db
NEVER_SAID_OF_A_PHOTO = re.compile(r"verified|verificad|checked at source|comprobado en la fuente|signed by", re.IGNORECASE)


@pytest.fixture
def work(firm: Firm) -> Work:
    return make_work(firm)


@pytest.fixture
def owner(client: Client, firm: Firm) -> Client:
    client.force_login(firm.owner_user)
    return client


def test_one_press_makes_it_green(owner: Client, work: Work) -> None:
    photo = work.with_photo(work.food, ends=date(2027, 3, 4))
    page = text(owner.get("/photos"))
    assert (
        "Looks right" in page and 'value="March 4, 2027"' in page and "By your rule an approved photo is enough here" in page
    )
    page = text(owner.post(f"/photos/{photo.id}/accept", {"ends": "March 4, 2027"}, follow=True))
    assert "Photo of Rosa Delgado approved." in page and "No photo waits" in page
    cell = work.cell(work.food)
    assert (cell.state, cell.trust) == (State.MET, Trust.PHOTO)


def test_the_date_field_stands_empty_until_a_person_types(owner: Client, work: Work) -> None:
    photo = work.with_photo(work.food)
    page = text(owner.get("/photos"))
    assert re.search(r'<input type="text" name="ends"(?![^>]*value=)', page)
    refused = owner.post(f"/photos/{photo.id}/accept", {"ends": ""})
    assert refused.status_code == 400 and "Type the date on the card, or say that it has none." in text(refused)
    asked = owner.post(f"/photos/{photo.id}/accept", {"ends": "04/03/2027"})
    assert asked.status_code == 400 and "Which day is “04/03/2027”?" in text(asked)
    assert work.cell(work.food).state is not State.MET and not Photo.objects.exclude(approved_at=None).exists()
    owner.post(f"/photos/{photo.id}/accept", {"ends": "04/03/2027", "ends_is": "2027-03-04"})
    assert (work.cell(work.food).state, work.cell(work.food).ends) == (State.MET, date(2027, 3, 4))


def test_it_has_no_end_date(owner: Client, work: Work) -> None:
    photo = work.with_photo(work.food)
    owner.post(f"/photos/{photo.id}/accept", {"ends": "", "no_end": "on"})
    assert work.cell(work.food).state is State.MET and work.cell(work.food).no_end


def test_the_rule_proposes_a_day_and_a_person_types_it(owner: Client, work: Work) -> None:
    rule = {"type": "months", "months": 24}
    skills.change_rule(actor=work.firm.owner, item_id=work.food.id, starts=LONG_AGO, now=NOW, validity=rule)
    photo = work.with_photo(work.food, obtained=date(2025, 6, 1))
    page = text(owner.get("/photos"))
    assert "By the rule it would be June 1, 2027." in page and re.search(r'name="ends"(?![^>]*value=)', page)
    owner.post(f"/photos/{photo.id}/accept", {"ends": ""})
    assert work.cell(work.food).state is State.MET


def test_where_a_photo_is_not_enough_it_stays_a_photo(owner: Client, work: Work) -> None:
    photo = work.with_photo(work.aid, ends=date(2027, 3, 4))
    assert "a photo is not enough here" in text(owner.get("/photos"))
    owner.post(f"/photos/{photo.id}/accept", {"ends": "2027-03-04"})
    cell = work.cell(work.aid)
    assert (cell.state, cell.trust, cell.reason) == (State.BELOW_TRUST, Trust.PHOTO, Reason.PHOTO)


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("approved", [False, True])
def test_a_photo_never_shows_as_checked(owner: Client, work: Work, language: str, approved: bool) -> None:
    photo = work.with_photo(work.food, ends=date(2027, 3, 4))
    if approved:
        owner.post(f"/photos/{photo.id}/accept", {"ends": "2027-03-04"})
    owner.cookies["django_language"] = language
    label = "Photo on file – not checked" if language == "en" else None
    for address in (f"/holdings/{photo.holding_id}", f"/people/{work.firm.person.id}"):
        page = text(owner.get(address))
        assert not NEVER_SAID_OF_A_PHOTO.search(re.sub(r"<h2.*?</h2>|<title>.*?</title>", "", page))
        assert label is None or label in page


def test_the_one_before_lies_beside_it(owner: Client, work: Work) -> None:
    old = work.with_photo(work.food, ends=date(2026, 6, 1))
    holdings.approve_photo(actor=work.firm.owner, photo_id=old.id, now=NOW)
    assert "The one before" not in text(owner.get("/photos"))
    work.with_photo(work.food)
    page = text(owner.get("/photos"))
    assert "The one before" in page and page.count(f"/files/{old.file_id}") >= 2


def test_looked_at_twice_counts_once(owner: Client, work: Work) -> None:
    photo = work.with_photo(work.food)
    owner.post(f"/photos/{photo.id}/accept", {"ends": "2027-03-04"})
    late = owner.post(f"/photos/{photo.id}/accept", {"ends": "2029-03-04"})
    assert late.status_code == 400
    assert work.cell(work.food).ends == date(2027, 3, 4)


def test_ask_again_with_a_reason(owner: Client, work: Work) -> None:
    photo = work.with_photo(work.food)
    assert owner.post(f"/photos/{photo.id}/refuse", {}).status_code == 400
    page = text(owner.post(f"/photos/{photo.id}/refuse", {"reason": "blurry"}, follow=True))
    assert "Does not count: Not sharp" in page
    assert work.cell(work.food).trust is Trust.CLAIMED and "No photo waits" in text(owner.get("/photos"))


def test_the_door_to_the_files(owner: Client, work: Work) -> None:
    photo = work.with_photo(work.food)
    served = owner.get(f"/files/{photo.file_id}")
    assert served["Content-Type"] == "image/jpeg" and served["X-Content-Type-Options"] == "nosniff"
    assert served["Cache-Control"].startswith("private") and "sandbox" in served["Content-Security-Policy"]
    assert served.content == bytes(photo.file.body)
    assert Client().get(f"/files/{photo.file_id}").status_code == 302
    assert owner.post(f"/files/{photo.file_id}").status_code == 405


def test_the_door_shows_nothing_that_runs(owner: Client, work: Work) -> None:
    odd = holdings.store_file(org_id=work.firm.org.id, body=b"<svg/>", media_type="image/svg+xml", now=NOW)
    served = owner.get(f"/files/{odd.id}")
    assert served["Content-Type"] == "application/octet-stream" and served["Content-Disposition"].startswith("attachment")


def test_the_same_picture_of_two_people_opens_to_each_site_by_its_own(work: Work) -> None:
    photo = work.with_photo(work.food)
    elsewhere = sign_in(member(work.firm, Role.SUPERVISOR, site="North"))
    assert elsewhere.get(f"/files/{photo.file_id}").status_code == 404
    north = people.add_person(actor=work.firm.owner, name="Marcus Bell", now=NOW)
    site = next(one for one in staff.sites(actor=work.firm.owner) if one.name == "North")
    people.assign(actor=work.firm.owner, person_id=north.id, site_id=site.id, starts=LONG_AGO, now=NOW)
    held = holdings.record(actor=work.firm.owner, person_id=north.id, item_id=work.food.id, facts=holdings.Facts(), now=NOW)
    holdings.add_photo(
        actor=work.firm.owner, holding_id=held.id, body=bytes(photo.file.body), media_type="image/jpeg", name="", now=NOW
    )
    assert StoredFile.objects.count() == 1
    assert elsewhere.get(f"/files/{photo.file_id}").status_code == 200


def parcel() -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("Delgado Rosa - first aid.jpg", photos.photo())
        archive.writestr("cards/1042 manipulador.png", photos.packed(photos.card(text="FOOD"), format="PNG"))
        archive.writestr("Luis Ortega food handler.jpg", photos.photo(text="LUIS"))
        archive.writestr("IMG_2231.jpg", photos.photo(text="NOBODY"))
        archive.writestr("notes.docx", b"PK\x03\x04 no")
        archive.writestr("logo.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>")
    return out.getvalue()


@pytest.fixture
def many(owner: Client, work: Work) -> str:
    """Two people called Luis, one with a number; the page after the pile came in."""
    for number in ("1042", "1043"):
        people.add_person(actor=work.firm.owner, name="Luis Ortega", number=number, now=NOW)
    work.hold(work.aid, ends=date(2027, 3, 4))
    return text(owner.post("/photos/many", {"uploads": upload(parcel(), "cards.zip")}))


def test_a_pile_is_matched_and_nothing_is_kept_yet(many: str, work: Work) -> None:
    assert "2 files were not taken" in many and "programs can hide" in many and "notes.docx" in many
    assert "Are these right? 2 photos" in many and "Whose are these? 2 photos" in many
    assert LoosePhoto.objects.count() == 4 and not Photo.objects.exists()


def place(owner: Client, **said: dict[str, Any]) -> Any:
    """Press the button; `said` by the beginning of the file's name, the others as the page proposes."""
    page = text(owner.get("/photos/many"))
    sent: dict[str, Any] = {}
    for one in LoosePhoto.objects.all():
        prefix = one.id.hex
        for field in ("person", "item"):
            chosen = re.search(rf'<select name="{prefix}-{field}".*?</select>', page, re.DOTALL)
            assert chosen
            picked = re.search(r'<option value="([^"]*)" selected>', chosen[0])
            sent[f"{prefix}-{field}"] = picked[1] if picked else ""
        ticked = re.search(rf'name="{prefix}-do" value="(\w+)"[^>]* checked', page)
        assert ticked
        sent[f"{prefix}-do"] = ticked[1]
        for start, changes in said.items():
            if one.name.startswith(start):
                sent |= {f"{prefix}-{field}": value for field, value in changes.items()}
    return owner.post("/photos/many/place", sent, follow=True)


@pytest.mark.usefixtures("many")
def test_what_is_right_goes_where_it_belongs(owner: Client, work: Work) -> None:
    page = text(place(owner))
    assert "2 photos put in their places." in page and "IMG_2231.jpg" in page and "Luis Ortega food handler.jpg" in page
    (aid,) = queries.holdings_of(actor=work.firm.owner, person_id=work.firm.person.id)
    assert aid.ends == date(2027, 3, 4) and aid.photos.count() == 1  # it joined what was known from the list
    (waiting, other) = queries.waiting_photos(actor=work.firm.owner)
    assert {waiting.holding.person.number, other.holding.person.number} == {"", "1042"}
    assert work.cell(work.aid).reason is Reason.PHOTO_WAITS


@pytest.mark.usefixtures("many")
def test_the_rest_is_chosen_or_thrown_away(owner: Client, work: Work) -> None:
    luis = next(one for one in staff.people(actor=work.firm.owner) if one.number == "1043")
    place(owner, Luis={"person": str(luis.id), "do": "keep"}, IMG={"do": "bin"})
    assert not LoosePhoto.objects.exists()
    assert len(queries.holdings_of(actor=work.firm.owner, person_id=luis.id)) == 1
    assert StoredFile.objects.count() == 3


@pytest.mark.usefixtures("many")
def test_half_a_choice_keeps_nothing(owner: Client, work: Work) -> None:
    response = place(owner, IMG={"do": "keep"})
    assert response.status_code == 400 and "Choose whose it is." in text(response)
    assert LoosePhoto.objects.count() == 4 and not Photo.objects.exists()


@pytest.mark.usefixtures("many")
def test_a_pile_is_nobody_elses(work: Work, other_firm: Firm) -> None:
    loose = LoosePhoto.objects.first()
    assert loose is not None
    for client in (sign_in(other_firm.owner_user), sign_in(member(work.firm, Role.SUPERVISOR, site="North"))):
        assert "IMG_2231" not in text(client.get("/photos/many"))
        assert client.get(f"/files/{loose.file_id}").status_code == 404
        prefix = loose.id.hex
        client.post("/photos/many/place", {f"{prefix}-do": "bin", f"{prefix}-person": "", f"{prefix}-item": ""})
    assert LoosePhoto.objects.count() == 4


def test_the_same_pile_twice_is_one(owner: Client, work: Work) -> None:
    for _turn in range(2):
        owner.post("/photos/many", {"uploads": upload(parcel(), "cards.zip")})
    assert LoosePhoto.objects.count() == 4


def test_a_request_of_gigabytes_is_refused_unread(owner: Client) -> None:
    response = owner.generic(
        "POST", "/photos/many", b"--x\r\n", content_type="multipart/form-data; boundary=x", CONTENT_LENGTH=str(3 * 2**30)
    )
    assert response.status_code == 400 and not LoosePhoto.objects.exists()


def test_nothing_chosen_says_so(owner: Client, work: Work) -> None:
    response = owner.post("/photos/many", {})
    assert response.status_code == 400 and "Choose photos, a folder or a ZIP." in text(response)


def test_the_number_of_questions_does_not_grow(owner: Client, work: Work, django_assert_max_num_queries: Any) -> None:
    for _one in range(8):
        work.with_photo(work.food)
    with django_assert_max_num_queries(16):
        owner.get("/photos")
