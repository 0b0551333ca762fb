"""The people of a firm, and that nobody else sees them."""

from __future__ import annotations

from datetime import datetime

import pytest

from skillmark.errors import NotFound
from skillmark.rooms.journal import queries as journal
from skillmark.rooms.people import operations, queries
from skillmark.rooms.people.models import Organisation
from tests.cast import Firm

pytestmark = pytest.mark.django_db


def test_people_are_added_found_and_changed(firm: Firm, now: datetime) -> None:
    person = operations.add_person(actor=firm.supervisor, name="  Hieu   Tran ", phone="+1 555 0100", now=now)
    assert person.name == "Hieu Tran"
    assert queries.people(actor=firm.owner, search="tran") == [person]
    operations.change_person(
        actor=firm.owner, person_id=person.id, name="Hieu Tran-Lee", phone="", email="h@t.example", language="es", now=now
    )
    assert queries.person(actor=firm.owner, person_id=person.id).email == "h@t.example"
    events = [entry.event for entry in journal.history(org_id=firm.org.id, subject_id=person.id)]
    assert events == ["people.person.added", "people.person.changed"]


def test_an_outsider_finds_nobody(firm: Firm, other_firm: Firm, now: datetime) -> None:
    assert firm.person not in queries.people(actor=other_firm.owner)
    with pytest.raises(NotFound):
        queries.person(actor=other_firm.owner, person_id=firm.person.id)
    with pytest.raises(NotFound):
        operations.change_person(
            actor=other_firm.owner, person_id=firm.person.id, name="x", phone="", email="", language="en", now=now
        )


@pytest.mark.parametrize(
    ("name", "code"), [("", "person.name_missing"), (" \n", "person.name_missing"), ("x" * 201, "person.name_too_long")]
)
def test_a_bad_name_is_refused(firm: Firm, now: datetime, name: str, code: str) -> None:
    with pytest.raises(operations.CannotChangePerson) as refused:
        operations.add_person(actor=firm.owner, name=name, now=now)
    assert refused.value.code == code


def test_a_list_of_names_goes_in_whole_or_not_at_all(firm: Firm, now: datetime) -> None:
    before = len(queries.people(actor=firm.owner))
    with pytest.raises(operations.CannotChangePerson):
        operations.add_people(actor=firm.owner, names=["Ana", "y" * 300], now=now)
    assert len(queries.people(actor=firm.owner)) == before
    assert len(operations.add_people(actor=firm.owner, names=["Ana", "", "Ben"], now=now)) == 2


def test_a_persons_own_space_is_made_once(firm: Firm, now: datetime) -> None:
    own = operations.make_own_space(org_id=firm.org.id, person_id=firm.person.id, now=now)
    assert own.kind == Organisation.Kind.PERSON
    assert operations.make_own_space(org_id=firm.org.id, person_id=firm.person.id, now=now) == own


@pytest.mark.parametrize(
    "address", ["http://plain.example", "https://a.example/path", "ftp://a.example", "https://u@a.example"]
)
def test_a_public_address_must_be_https_and_nothing_more(firm: Firm, now: datetime, address: str) -> None:
    with pytest.raises(operations.CannotSetUp) as refused:
        _settings(firm, now, base_url=address)
    assert refused.value.code == "setup.base_url"


def test_an_earlier_public_address_is_remembered(firm: Firm, now: datetime) -> None:
    _settings(firm, now, base_url="https://one.example")
    org = _settings(firm, now, base_url="https://two.example/")
    assert (org.base_url, org.past_base_urls) == ("https://two.example", ["https://one.example"])


def _settings(firm: Firm, now: datetime, **more: str) -> Organisation:
    values = {"name": "T", "language": "en", "time_zone": "UTC", "date_order": "mdy", "base_url": ""} | more
    return operations.change_settings(actor=firm.owner, now=now, **values)
