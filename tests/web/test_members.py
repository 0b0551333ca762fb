"""Supervisors of sites and auditors: invited, changed and removed by the owner, and what each of them then sees."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from skillmark.rooms.people import operations, queries
from tests.cast import NOW, Firm, today

pytestmark = pytest.mark.django_db
PAGE = "/settings/phones"


@pytest.fixture
def owner(client: Client, firm: Firm) -> Client:
    client.force_login(firm.owner_user)
    return client


@pytest.fixture
def north(firm: Firm) -> Any:
    return operations.add_site(actor=firm.owner, name="North", now=NOW)


def _come_in(page: str) -> Client:
    """Join with the code and the PIN that a page shows."""
    [code] = re.findall(r"<code>([A-Z0-9]{4}-[A-Z0-9]{4})</code>", page)
    [pin] = re.findall(r'class="secret">(\d{6})<', page)
    phone = Client()
    assert phone.post("/join", {"code": code, "pin": pin}).status_code == 302
    return phone


def _in(days: int) -> str:
    return (today() + timedelta(days=days)).isoformat()


def test_a_supervisor_of_one_site_sees_its_people(owner: Client, firm: Firm, north: Any) -> None:
    operations.assign(actor=firm.owner, person_id=firm.person.id, starts=date(2026, 1, 1), site_id=north.id, now=NOW)
    operations.add_person(actor=firm.owner, name="Sam Ortiz", now=NOW)
    assert 'name="sites"' in owner.get(PAGE).content.decode()
    phone = _come_in(owner.post(PAGE, {"name": "Lena", "role": "supervisor", "sites": [str(north.id)]}).content.decode())
    people = phone.get("/people").content.decode()
    assert "Rosa Delgado" in people and "Sam Ortiz" not in people
    assert "Supervisor · North" in " ".join(owner.get(PAGE).content.decode().split())

    member = next(one for one in queries.members(actor=firm.owner) if one.user.name == "Lena")
    elsewhere = next(one for one in queries.sites(actor=firm.owner) if one.name != "North")
    assert "Last day" not in owner.get(f"{PAGE}/{member.id}").content.decode()
    assert owner.post(f"{PAGE}/{member.id}", {"sites": [str(elsewhere.id)]}).status_code == 302
    assert "Rosa Delgado" not in phone.get("/people").content.decode()
    assert phone.get(f"/people/{firm.person.id}").status_code == 404


def test_an_auditor_reads_until_the_last_day(owner: Client, firm: Firm) -> None:
    page = owner.post(PAGE, {"name": "Ina", "role": "auditor", "until": _in(7), "read_from": "2026-01-01"}).content.decode()
    phone = _come_in(page)
    home = phone.get("/people")
    assert home.status_code == 200 and "Rosa Delgado" in home.content.decode()
    assert "Add a person" not in home.content.decode() and "/proofs" not in home.content.decode()
    assert "Change details" not in phone.get(f"/people/{firm.person.id}").content.decode()
    for where in ("settings", "settings/phones", "settings/history", "proofs", "kinds", "people/new", "checks", "codes"):
        assert phone.get(f"/{where}").status_code == 403, where
    assert phone.post("/people/new", {"name": "X", "language": "en"}).status_code == 403
    member = next(one for one in queries.members(actor=firm.owner) if one.user.name == "Ina")
    member.until = today() - timedelta(days=2)
    member.save()
    assert phone.get("/people").status_code == 403
    assert "Ina" in owner.get(PAGE).content.decode()


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"name": "", "role": "supervisor"}, "Please type the name."),
        ({"name": "Ina", "role": "auditor"}, "An auditor needs a last day of access."),
        ({"name": "Ina", "role": "auditor", "until": "2020-01-01"}, "The last day of access is over already."),
        ({"name": "Ina", "role": "auditor", "until": "9999-01-01"}, "Access of an auditor lasts at most a year."),
        ({"name": "Ina", "role": "owner"}, "owner is not one of the available choices"),
    ],
)
def test_a_bad_invitation_says_why(owner: Client, firm: Firm, typed: dict[str, str], says: str) -> None:
    answer = owner.post(PAGE, typed)
    assert answer.status_code == 400 and says in answer.content.decode()
    assert queries.invitations(actor=firm.owner, now=timezone.now()) == []


def test_days_in_the_wrong_order_are_refused(owner: Client) -> None:
    said = {"name": "Ina", "role": "auditor", "until": _in(7), "read_from": "2026-02-02", "read_until": "2026-02-01"}
    assert "comes after the last one" in owner.post(PAGE, said).content.decode()


def test_only_an_owner_and_only_of_this_firm(firm: Firm, other_firm: Firm) -> None:
    member = queries.members(actor=firm.owner)[1]
    supervisor, outsider = Client(), Client()
    supervisor.force_login(firm.supervisor_user)
    outsider.force_login(other_firm.owner_user)
    assert supervisor.get(f"{PAGE}/{member.id}").status_code == 403
    assert outsider.get(f"{PAGE}/{member.id}").status_code == 404


def test_sites_and_shifts_are_kept_by_the_owner(owner: Client, firm: Firm, north: Any) -> None:
    said = {"name": "South", "time_zone": "America/Denver", "date_order": "mdy"}
    assert owner.post("/settings/sites/new", said).status_code == 302
    assert owner.post("/settings/sites/new", said | {"name": ""}).status_code == 400
    south = next(one for one in queries.sites(actor=firm.owner) if one.name == "South")
    assert owner.post(f"/settings/sites/{south.id}", said | {"name": "South yard"}).status_code == 302
    assert "South yard" in owner.get("/settings/sites").content.decode()
    operations.assign(actor=firm.owner, person_id=firm.person.id, starts=date(2026, 1, 1), site_id=north.id, now=NOW)
    refused = owner.post(f"/settings/sites/{north.id}", {"archive": "1"})
    assert refused.status_code == 409 and "People still work there: 1" in refused.content.decode()
    assert owner.post(f"/settings/sites/{south.id}", {"archive": "1"}).status_code == 302
    assert owner.get(f"/settings/sites/{south.id}").status_code == 404

    shift = {"name": "Night", "starts_at": "22:00", "ends_at": "06:00", "weekdays": ["1", "2"], "site_id": str(north.id)}
    assert owner.post("/settings/shifts/new", shift).status_code == 302
    assert owner.post("/settings/shifts/new", shift | {"weekdays": []}).status_code == 400
    page = owner.get("/settings/shifts").content.decode()
    assert "22:00 – 06:00" in page and "Monday, Tuesday" in page and "North" in page
    [made] = queries.shifts(actor=firm.owner)
    assert owner.post(f"/settings/shifts/{made.id}", shift | {"name": "Late"}).status_code == 302
    assert owner.post(f"/settings/shifts/{made.id}", {"archive": "1"}).status_code == 302
    assert "No shifts yet" in owner.get("/settings/shifts").content.decode()
