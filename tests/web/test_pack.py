"""The page of the inspector pack, the ZIP behind it, and the report buttons: for owner, supervisor and auditor."""

from __future__ import annotations

import io
import zipfile
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from skillmark.rooms.people import operations as people
from skillmark.rooms.people.models import Member, User
from tests.cast import NOW, Firm, today
from tests.house.talent.shop import FEBRUARY, Shop, make_march, require

pytestmark = pytest.mark.django_db
FORKLIFT = {"standard": "source:29 CFR 1910.178(l)", "on": "2026-03-03"}


@pytest.fixture
def shop(firm: Firm) -> Shop:
    return make_march(firm)


@pytest.fixture
def owner(client: Client, firm: Firm) -> Client:
    client.force_login(firm.owner_user)
    return client


def text(client: Client, address: str = "/pack", query: Any = FORKLIFT, status: int = 200) -> str:
    """A page, its spaces made plain."""
    response = client.get(address, query)
    assert response.status_code == status
    return " ".join(response.content.decode().split())


def zipped(client: Client, query: Any = FORKLIFT) -> zipfile.ZipFile:
    """The pack as it is saved."""
    response: Any = client.get("/pack.zip", query)
    assert response.status_code == 200 and response["Content-Type"] == "application/zip"
    return zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))


def test_complete_people_and_gaps(owner: Client, shop: Shop) -> None:
    page = text(owner)
    assert "Forklift, 29 CFR 1910.178(l) on March 3, 2026" in page and "5 people, 3 complete, 2 gaps." in page
    complete, gaps = page.split('id="gaps"')
    for word in ("Operator", "Evaluator", "February 10, 2025", "February 11, 2025", "T. Alvarez", "Checked at source"):
        assert word in complete
    assert "Obtained late" in complete or "obtained late" in complete
    assert "Kept off the truck until 9 June." in complete and "Recorded March 9, 2026, after this day." in complete
    assert (
        "Eve Moss" in gaps
        and "Expired January 20, 2026." in gaps
        and "Trained January 19, 2024. No evaluation on file." in gaps
    )
    assert "read January 9, 2026" in gaps and "Check with your state." in gaps and "2 files." in gaps
    assert "3 files are missing" in gaps and "Kept apart and not included." in gaps


def test_the_button_saves_what_the_page_shows(owner: Client, shop: Shop) -> None:
    page = owner.get("/pack", FORKLIFT).content.decode()
    assert 'href="/pack.zip?standard=source%3A29+CFR+1910.178%28l%29&amp;on=2026-03-03"' in page
    assert page.count('class="btn go"') == 1
    with zipped(owner) as opened:
        assert opened.testzip() is None and len(opened.namelist()) == 4


def test_everything_that_people_need(owner: Client, shop: Shop) -> None:
    require(shop, "First aid")
    shop.hold("Ana Ruiz", "First aid", at=FEBRUARY, obtained=date(2024, 1, 20), ends=date(2026, 12, 1))
    page = text(owner, query={"on": "2026-03-03"})
    assert "5 people, 1 complete, 6 gaps." in page and "December 1, 2026" in page
    assert "Records on March 3, 2026" in page and "First to expire" in page
    assert "Inspector pack</h1>" in text(owner, query={})


def test_ticks_sites_and_only_what_was_known_then(owner: Client, shop: Shop) -> None:
    ana, sam = shop.people["Ana Ruiz"].id, shop.people["Sam Okafor"].id
    assert "2 people, 1 complete, 1 gap." in text(owner, query=FORKLIFT | {"person": [str(ana), str(sam)]})
    assert "1 person, 0 complete, 1 gap." in text(owner, query=FORKLIFT | {"site": str(shop.north.id)})
    known_then = text(owner, query=FORKLIFT | {"known_then": "on"})
    assert "Only what was written down by March 3, 2026." in known_then and "5 people" not in known_then.split("Gaps")[1]
    assert "4 people, 2 complete" in known_then or "5 people, 2 complete, 3 gaps." in known_then


def test_nobody_matches(owner: Client, shop: Shop) -> None:
    page = text(owner, query={"standard": f"item:{shop.items['First aid'].id}", "on": "2026-03-03"})
    assert "Nobody matches" in page and "Make the pack" not in page


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ({"on": "31 Feb"}, "This is no day."),
        ({"on": ""}, "Choose a day."),
        ({"on": (today() + timedelta(days=1)).isoformat()}, "Choose today or a day before."),
        ({"on": "9999-12-31"}, "Choose today or a day before."),
        ({"standard": "item:nonsense"}, "Select a valid choice"),
        ({"person": "nobody"}, "Select a valid choice"),
    ],
)
def test_bad_questions_get_a_sentence(query: dict[str, str], says: str, owner: Client, shop: Shop) -> None:
    assert says in text(owner, query=query, status=400)
    assert owner.get("/pack.zip", query).status_code == 302


def test_in_spanish(owner: Client, shop: Shop) -> None:
    owner.cookies["django_language"] = "es"
    page = text(owner)
    assert "Montacargas" in page and "3 de marzo de 2026" in page


def test_another_firm_and_nobody_get_nothing(client: Client, shop: Shop, other_firm: Firm) -> None:
    assert client.get("/pack").status_code == client.get("/pack.zip").status_code == 302
    client.force_login(other_firm.owner_user)
    assert "Ana Ruiz" not in text(client, query={"on": "2026-03-03"})
    assert text(client, query=FORKLIFT | {"site": str(shop.north.id)}, status=400)
    assert client.get("/reports/who-can.json", {"item": str(shop.items["Forklift"].id)}).status_code == 404


def test_a_supervisor_of_one_site_gets_their_people(client: Client, shop: Shop, firm: Firm) -> None:
    Member.objects.get(user=firm.supervisor_user).sites.add(shop.north)
    client.force_login(firm.supervisor_user)
    page = text(client)
    assert "Sam Okafor" in page and "Ana Ruiz" not in page
    with zipped(client) as opened:
        assert b"Ana Ruiz" not in opened.read("inspector-pack.csv")
    assert client.get("/reports/board.json", {"site": str(shop.site.id)}).status_code == 404


def test_an_auditor_makes_packs_of_their_days(client: Client, shop: Shop, firm: Firm) -> None:
    user = User.objects.create(handle="auditor", name="Q. Auditor", date_joined=NOW)
    Member.objects.create(
        org=firm.org, user=user, role="auditor", since=NOW, until=today() + timedelta(days=9),
        read_from=date(2026, 3, 1), read_until=date(2026, 3, 31),
    )  # fmt: skip
    client.force_login(user)
    assert "3 complete" in text(client)
    assert "inspector-pack.pdf" in zipped(client).namelist()
    refused = text(client, query=FORKLIFT | {"on": "2026-04-01"}, status=400)
    assert "You can see the days from March 1, 2026 to March 31, 2026." in refused
    assert client.get("/reports/board.csv", {"on": "2026-04-01"}).status_code == 404
    assert client.get("/reports/board.csv", {"on": "2026-03-04"}).status_code == 200


def test_reports_are_saved_in_every_form(owner: Client, shop: Shop) -> None:
    for name in ("board", "matrix", "cover", "only-one", "expiries", "resign", "pack"):
        response = owner.get(f"/reports/{name}.xlsx", {"on": "2026-03-03"})
        assert response.status_code == 200 and response.content.startswith(b"PK")
        assert response["Content-Disposition"] == f'attachment; filename="{name}-2026-03-03.xlsx"'
    assert owner.get("/reports/pack.zip", {"on": "2026-03-03"})["Content-Type"] == "application/zip"
    assert owner.get("/reports/who-can.pdf").status_code == 409
    for address in ("board.exe", "nothing.csv", "board.zip", "board.csv?on=yesterday", "board.csv?site=x"):
        assert owner.get(f"/reports/{address}").status_code == 404, address


def test_the_number_of_queries_does_not_grow(owner: Client, shop: Shop) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as caught:
            text(owner)
        return len(caught)

    def hire(number: int) -> None:
        one = people.add_person(actor=shop.owner, name=f"New {number}", now=FEBRUARY)
        shop.people[one.name] = one
        people.assign(actor=shop.owner, person_id=one.id, starts=FEBRUARY.date(), position_id=shop.operator.id, now=FEBRUARY)
        shop.hold(one.name, "Forklift", at=FEBRUARY, obtained=FEBRUARY.date(), trained_on=FEBRUARY.date())

    asked()  # now there is a board in memory; after something was written it is looked at once more
    hire(0)
    before = asked()
    for number in range(1, 9):
        hire(number)
    assert asked() == before
