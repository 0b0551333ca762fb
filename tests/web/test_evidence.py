"""What a person holds, on pages: written down, looked up, put right; kept from outsiders, other sites and auditors."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from skillmark.rooms.holdings import queries
from skillmark.rooms.people import operations as people
from skillmark.rooms.people.rules import Role
from skillmark.rooms.skills import operations as skills
from skillmark.rooms.talent.rules import Reason, State
from tests import jargon
from tests.cast import NOW, Firm
from tests.house.desks import photos
from tests.house.desks.conftest import Net, net
from tests.house.desks.test_checking import PROOF, trust
from tests.web.evidence_cast import LONG_AGO, REGISTER, TODAY, Work, make_work, member, sign_in, text, upload

__all__ = ["net"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def work(firm: Firm) -> Work:
    return make_work(firm)


@pytest.fixture
def owner(client: Client, firm: Firm) -> Client:
    client.force_login(firm.owner_user)
    return client


def held(work: Work) -> list[Any]:
    return queries.holdings_of(actor=work.firm.owner, person_id=work.firm.person.id)


def form(**changes: Any) -> dict[str, Any]:
    """What the browser sends when nothing was typed."""
    blank = dict.fromkeys(
        (
            "ends", "obtained", "giver", "number", "trained_on", "evaluated_on", "evaluator", "language_taught",
            "understanding", "note",
        ),
        "",
    )  # fmt: skip
    return blank | changes


def test_the_person_page_lists_what_is_needed(owner: Client, work: Work) -> None:
    work.hold(work.aid, ends=date(2027, 3, 4))
    page = text(owner.get(f"/people/{work.firm.person.id}"))
    assert "Cards and sign-offs" in page and "Said by the person" in page and "Nothing on file yet" in page
    assert f"/people/{work.firm.person.id}/hold/{work.food.id}" in page


def test_write_one_down_with_its_photo(owner: Client, work: Work) -> None:
    address = f"/people/{work.firm.person.id}/hold/{work.aid.id}"
    assert "A photo is enough to begin with" in text(owner.get(address))
    sent = form(ends="March 4, 2027", obtained="2025-03-04", giver="Red Cross", photo=upload(photos.from_phone()))
    page = owner.post(address, sent, follow=True)
    (made,) = held(work)
    assert (made.ends, made.obtained, made.giver) == (date(2027, 3, 4), date(2025, 3, 4), "Red Cross")
    (photo,) = made.photos.all()
    assert photo.file.media_type == "image/jpeg" and b"Exif" not in bytes(photo.file.body)
    assert "Photo on file – not checked" in text(page) and work.cell(work.aid).reason is Reason.PHOTO_WAITS


@pytest.mark.parametrize("chosen", ["2027-03-04", "2027-04-03"])
def test_a_day_that_reads_two_ways_is_asked_about(owner: Client, work: Work, chosen: str) -> None:
    address = f"/people/{work.firm.person.id}/hold/{work.aid.id}"
    asked = owner.post(address, form(ends="03/04/2027"))
    assert asked.status_code == 400 and held(work) == []
    assert "Which day is “03/04/2027”?" in text(asked) and "March 4, 2027" in text(asked) and "April 3, 2027" in text(asked)
    owner.post(address, form(ends="03/04/2027", ends_is=chosen))
    assert held(work)[0].ends == date.fromisoformat(chosen)


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"ends": "31/02/2027"}, "This day is not in the calendar."),
        ({"ends": "soon"}, "We can’t read this date."),
        ({"ends": "2027"}, "Type the day and the month, too."),
        ({"ends": "2026-01-01", "obtained": "2026-02-01"}, "Expiry is before the start date."),
        ({"ends": "2027-01-01", "no_end": "on"}, "Not both."),
        ({"note": "She is lazy."}, "is an opinion"),
        ({"giver": "x" * 201}, "200"),
    ],
)  # fmt: skip
def test_what_cannot_be_written_down(owner: Client, work: Work, sent: dict[str, str], says: str) -> None:
    response = owner.post(f"/people/{work.firm.person.id}/hold/{work.aid.id}", form(**sent))
    assert response.status_code == 400 and says in text(response) and held(work) == []


@pytest.mark.parametrize(
    ("body", "name", "says"),
    [
        (b"\xff\xd8\xff" + bytes(40 * 2**20), "a.jpg", "over 15 MB"),
        (photos.heic(), "IMG_1.HEIC", ""),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "a.jpg", "programs can hide"),
        (photos.huge(), "a.png", "too large to open"),
        (b"", "a.jpg", "empty"),
    ],
)  # fmt: skip
def test_files_that_are_not_taken(owner: Client, work: Work, body: bytes, name: str, says: str) -> None:
    sent = form(ends="2027-01-01", photo=upload(body, name))
    response = owner.post(f"/people/{work.firm.person.id}/hold/{work.aid.id}", sent)
    assert response.status_code == 400 and says in text(response) and held(work) == []
    assert 'value="2027-01-01"' in text(response)  # what was typed stays


def test_a_pdf_named_jpg_is_drawn_and_kept(owner: Client, work: Work) -> None:
    address = f"/people/{work.firm.person.id}/hold/{work.aid.id}"
    page = owner.post(address, form(photo=upload(photos.pdf(), "scan.jpg")), follow=True)
    (photo,) = held(work)[0].photos.all()
    assert (photo.file.media_type, photo.original.media_type) == ("image/jpeg", "application/pdf")
    assert "The file as it came" in text(page)
    served = owner.get(f"/files/{photo.original_id}")
    assert served["Content-Disposition"].startswith("attachment")


def test_a_dark_photo_is_asked_about_and_replaced(owner: Client, work: Work) -> None:
    address = f"/people/{work.firm.person.id}/hold/{work.aid.id}"
    page = owner.post(address, form(photo=upload(photos.photo(light=50))), follow=True)
    assert "The photo is too dark to read. Keep it or take another?" in text(page)
    one = held(work)[0]
    (dark,) = one.photos.all()
    page = owner.post(f"/holdings/{one.id}/photo", {"photo": upload(photos.photo()), "instead": str(dark.id)}, follow=True)
    assert "too dark" not in text(page)
    assert [bool(each.removed_at) for each in held(work)[0].photos.all()] == [True, False]


def test_look_it_up_raises_the_level_and_goes_stale(owner: Client, work: Work) -> None:
    one = work.hold(work.aid, ends=date(2029, 3, 4))
    skills.change_rule(actor=work.firm.owner, item_id=work.aid.id, starts=LONG_AGO, now=NOW, stale_days=365)
    page = text(owner.get(f"/holdings/{one.id}/look-up"))
    assert f'value="{REGISTER}"' in page
    sent = {"link": REGISTER, "confirmed": "yes", "looked_on": "2026-05-04", "note": "", "screenshot": upload(photos.photo())}
    page = text(owner.post(f"/holdings/{one.id}/look-up", sent, follow=True))
    assert "Checked at source · May 4, 2026 · Dana Whitlock" in page and "Picture of the screen" in page
    assert work.cell(work.aid).state is State.MET
    assert work.cell(work.aid, on=date(2027, 5, 5)).reason is Reason.CHECK_OLD


def test_a_source_that_says_no_never_shows_green(owner: Client, work: Work) -> None:
    one = work.with_photo(work.food, ends=date(2029, 3, 4)).holding
    owner.post(f"/holdings/{one.id}/look-up", {"link": REGISTER, "confirmed": "no", "looked_on": "2026-05-04", "note": ""})
    owner.post(f"/photos/{one.photos.get().id}/accept", {"ends": "2029-03-04"})
    assert work.cell(work.food).reason is Reason.CHECK_DENIED


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"link": "javascript:alert(1)"}, "begins with https://"),
        ({"looked_on": "2026-05-05"}, "still to come"),
        ({"confirmed": ""}, "Choose what the source said."),
    ],
)  # fmt: skip
def test_look_ups_that_cannot_be_noted(owner: Client, work: Work, sent: dict[str, str], says: str) -> None:
    one = work.hold(work.aid)
    good = {"link": REGISTER, "confirmed": "yes", "looked_on": "2026-05-04", "note": ""}
    response = owner.post(f"/holdings/{one.id}/look-up", good | sent)
    assert response.status_code == 400 and says in text(response)
    assert not one.source_checks.exists()


def test_correct_keeps_what_was_written(owner: Client, work: Work) -> None:
    one = work.hold(work.aid, ends=date(2027, 3, 4))
    assert 'value="March 4, 2027"' in text(owner.get(f"/holdings/{one.id}/correct"))
    page = owner.post(f"/holdings/{one.id}/correct", form(ends="March 4, 2028", because="Misread"), follow=True)
    (after,) = held(work)
    assert after.ends == date(2028, 3, 4) and after.id != one.id
    assert "Until March 4, 2027" in text(page) and "Misread" in text(page)
    assert "This is an older record." in text(owner.get(f"/holdings/{one.id}"))
    assert owner.post(f"/holdings/{one.id}/correct", form(ends="2030-01-01")).status_code == 404


def test_withdraw_needs_a_reason(owner: Client, work: Work) -> None:
    one = work.hold(work.aid)
    assert owner.post(f"/holdings/{one.id}/withdraw", {"because": " "}).status_code == 400
    owner.post(f"/holdings/{one.id}/withdraw", {"because": "Typed twice"})
    assert held(work) == [] and "Typed twice" in text(owner.get(f"/holdings/{one.id}"))


def test_put_it_under_another_person(owner: Client, work: Work) -> None:
    marcus = people.add_person(actor=work.firm.owner, name="Marcus Bell", number="7", now=NOW)
    one = work.with_photo(work.aid).holding
    assert "Marcus Bell (7)" in text(owner.get(f"/holdings/{one.id}/move"))
    owner.post(f"/holdings/{one.id}/move", {"person": str(marcus.id)})
    assert held(work) == []
    (moved,) = queries.holdings_of(actor=work.firm.owner, person_id=marcus.id)
    assert moved.photos.count() == 1


def test_disputed_and_settled_and_disputed_again(owner: Client, work: Work) -> None:
    one = work.hold(work.aid, ends=date(2027, 3, 4))
    for _turn in range(2):
        page = owner.post(f"/holdings/{one.id}/dispute", {"disputed": "yes"}, follow=True)
        assert "Under review since" in text(page) and work.cell(work.aid).state is State.DISPUTED
        one = held(work)[0]
        owner.post(f"/holdings/{one.id}/dispute", {"settled": "yes"})
        assert work.cell(work.aid).state is State.BELOW_TRUST


def test_a_late_one_takes_a_note_and_stays_late(owner: Client, work: Work) -> None:
    skills.change_rule(actor=work.firm.owner, item_id=work.aid.id, starts=LONG_AGO, now=NOW, due_days=30)
    rosa = work.firm.person
    people.change_person(
        actor=work.firm.owner, person_id=rosa.id, name=rosa.name, phone="", email="", language="es",
        hired_on=date(2026, 1, 1), now=NOW,
    )  # fmt: skip
    one = work.hold(work.aid, obtained=date(2026, 4, 1), ends=date(2028, 4, 1))
    assert "It came late" in text(owner.get(f"/holdings/{one.id}"))
    owner.post(f"/holdings/{one.id}/late", {"text": "She worked beside Walt until 1 April."})
    page = text(owner.get(f"/holdings/{one.id}"))
    assert "She worked beside Walt" in page and "It came late" in page and work.cell(work.aid).late


def test_attach_a_digital_proof(owner: Client, work: Work, net: Net) -> None:
    trust(work.firm)
    one = work.hold(work.aid)
    page = owner.post(f"/holdings/{one.id}/proof", {"file": upload(PROOF, "proof.json")})
    said = text(page)
    assert "It does not say “First aid”. Is that the card?" in said and "Looks good" in said
    assert work.cell(work.aid).reason is Reason.CLAIMED
    check_id = said.split(f"/holdings/{one.id}/proof/")[1][:36]
    page = text(owner.post(f"/holdings/{one.id}/proof/{check_id}", follow=True))
    assert "Signed by Prairie Valley College" in page
    assert work.cell(work.aid).state in {State.MET, State.MET_SOON}


def test_a_picture_with_a_proof_in_it_offers_to_check_it(owner: Client, work: Work, net: Net) -> None:
    from PIL.PngImagePlugin import PngInfo

    trust(work.firm)
    info = PngInfo()
    info.add_itxt("openbadgecredential", PROOF.decode())
    body = photos.packed(photos.card(), format="PNG", pnginfo=info)
    page = text(owner.post(f"/people/{work.firm.person.id}/hold/{work.aid.id}", form(photo=upload(body)), follow=True))
    assert "There is a digital proof in this file: check it" in page
    one = held(work)[0]
    asked = text(owner.post(f"/holdings/{one.id}/proof", {"photo": str(one.photos.get().id)}))
    assert "Sit-down forklift operator" in asked


@pytest.mark.parametrize("body", [b"nothing", photos.photo(), photos.pdf()])
def test_a_file_without_a_proof_changes_nothing(owner: Client, work: Work, net: Net, body: bytes) -> None:
    one = work.hold(work.aid)
    page = owner.post(f"/holdings/{one.id}/proof", {"file": upload(body)})
    assert "There is nothing signed in this file" in text(page) and not one.signatures.exists()


GETS = (
    "/holdings/{held}", "/holdings/{held}/correct", "/holdings/{held}/withdraw", "/holdings/{held}/move",
    "/holdings/{held}/look-up", "/holdings/{held}/late", "/holdings/{held}/proof", "/files/{file}", "/photos/{photo}/refuse",
    "/people/{person}/hold", "/people/{person}/hold/{item}",
)  # fmt: skip
POSTS = (
    "/holdings/{held}/correct", "/holdings/{held}/withdraw", "/holdings/{held}/move", "/holdings/{held}/look-up",
    "/holdings/{held}/late", "/holdings/{held}/dispute", "/holdings/{held}/photo", "/holdings/{held}/proof",
    "/photos/{photo}/accept", "/photos/{photo}/refuse", "/photos/{photo}/remove", "/people/{person}/hold/{item}",
)  # fmt: skip


def addresses(work: Work, which: tuple[str, ...]) -> list[str]:
    photo = work.with_photo(work.aid)
    ids = {
        "held": photo.holding_id, "file": photo.file_id, "photo": photo.id, "person": work.firm.person.id, "item": work.aid.id,
    }  # fmt: skip
    return [one.format(**ids) for one in which]


def test_outsiders_and_other_sites_find_nothing(work: Work, other_firm: Firm) -> None:
    strangers = [sign_in(other_firm.owner_user), sign_in(member(work.firm, Role.SUPERVISOR, site="North"))]
    for client in strangers:
        assert [one for one in addresses(work, GETS) if client.get(one).status_code != 404] == []
        assert [one for one in addresses(work, POSTS) if client.post(one, {"because": "x"}).status_code != 404] == []
        assert "Rosa" not in text(client.get("/photos"))


def test_an_auditor_reads_and_changes_nothing(work: Work) -> None:
    auditor = sign_in(member(work.firm, Role.AUDITOR))
    for address in addresses(work, ("/holdings/{held}", "/files/{file}", "/people/{person}")):
        assert auditor.get(address).status_code == 200
    page = text(auditor.get(addresses(work, ("/holdings/{held}",))[0]))
    assert "Correct it" not in page and "Take it out" not in page and "Look it up" not in page
    assert [one for one in addresses(work, POSTS) if auditor.post(one, {}).status_code != 403] == []
    assert auditor.get("/photos/many").status_code == 403 and auditor.get("/photos").status_code == 403


def test_this_card_in_five_lines(owner: Client, work: Work) -> None:
    skills.change_item(
        actor=work.firm.owner, item_id=work.aid.id, names=work.aid.names, explained={"giver": {"en": "The Red Cross"}}, now=NOW
    )
    page = text(owner.get(f"/items/{work.aid.id}"))
    assert "This card in five lines" in page and "The Red Cross" in page and page.count("not stated") == 4 and REGISTER in page


def test_accept_for_this_position_changes_the_board(owner: Client, work: Work) -> None:
    cook = people.add_position(actor=work.firm.owner, names={"en": "Cook"}, now=NOW)
    people.assign(actor=work.firm.owner, person_id=work.firm.person.id, position_id=cook.id, starts=LONG_AGO, now=NOW)
    photo = work.with_photo(work.food, ends=date(2028, 1, 1))
    owner.post(f"/photos/{photo.id}/accept", {"ends": "2028-01-01"})
    skills.change_rule(actor=work.firm.owner, item_id=work.aid.id, starts=LONG_AGO, now=NOW, trust="photo")
    assert work.cell(work.aid).state is State.MISSING
    page = owner.post(f"/items/{work.food.id}/accept", {"other": str(work.aid.id), "position": str(cook.id)}, follow=True)
    assert "Accepted as First aid" in text(page) and "Cook" in text(page)
    assert work.cell(work.aid, on=TODAY).state is State.MET
    stop = text(page).split(f"/items/{work.food.id}/accept/")[1][:36]
    owner.post(f"/items/{work.food.id}/accept/{stop}/stop")
    assert work.cell(work.aid).state is State.MISSING


def test_a_circle_is_refused_and_outsiders_find_nothing(owner: Client, work: Work, other_firm: Firm) -> None:
    owner.post(f"/items/{work.food.id}/accept", {"other": str(work.aid.id), "position": ""})
    assert owner.post(f"/items/{work.aid.id}/accept", {"other": str(work.food.id), "position": ""}).status_code == 400
    assert sign_in(other_firm.owner_user).get(f"/items/{work.food.id}/accept").status_code == 404
    assert sign_in(work.firm.supervisor_user).get(f"/items/{work.food.id}/accept").status_code == 403


@pytest.mark.parametrize("language", ["en", "es"])
def test_no_jargon(owner: Client, work: Work, language: str) -> None:
    owner.cookies["django_language"] = language
    for address in [*addresses(work, GETS), "/photos", "/photos/many", f"/items/{work.aid.id}/accept"]:
        response = owner.get(address)
        assert response.status_code == 200, address
        if not address.startswith("/files"):
            assert jargon.jargon(jargon.seen(text(response))) == [], address
