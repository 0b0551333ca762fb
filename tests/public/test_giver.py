"""A giver's public page: what it gives proofs for, and who accepts them. Only those who chose to be named are named."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.test import Client

from credcore.trust import files
from skillmark.errors import NotFound
from skillmark.rooms.credentials import operations, queries
from skillmark.rooms.people.models import Organisation
from skillmark.rooms.signing import queries as signing
from tests.cast import NOW
from tests.public.given import give

pytestmark = pytest.mark.django_db


@pytest.fixture
def listed(firm: Any, other_firm: Any) -> Any:
    """The other firm has this one on its list, and has told nobody."""
    (mine,) = signing.identities(org_id=firm.org.id)
    return operations.trust_giver(
        actor=other_firm.owner, issuer=mine, name="Tallgrass", reason="We called Dana on 555-0188", now=NOW
    )


def test_what_anyone_may_know_of_a_giver(firm: Any) -> None:
    give(firm=firm)
    page = Client().get(f"/o/{firm.org.id}").content.decode()
    assert "Tallgrass Machine Works" in page and "Sit-down forklift" in page
    assert signing.identities(org_id=firm.org.id)[0] in page
    assert "Rosa" not in page and "Dana" not in page


def test_a_firm_is_named_only_after_it_said_so(firm: Any, other_firm: Any, listed: Any) -> None:
    address = f"/o/{firm.org.id}"
    assert "Northgate" not in Client().get(address).content.decode()
    assert queries.accepted_by(org_id=firm.org.id) == []
    operations.tell_giver(actor=other_firm.owner, giver_id=listed.id, told=True, now=NOW)
    page = Client().get(address).content.decode()
    assert "Northgate Weld School" in page and "555-0188" not in page
    (one,) = queries.accepted_by(org_id=firm.org.id)
    assert (one.firm, one.since) == ("Northgate Weld School", NOW)
    operations.tell_giver(actor=other_firm.owner, giver_id=listed.id, told=False, now=NOW)
    assert "Northgate" not in Client().get(address).content.decode()
    operations.tell_giver(actor=other_firm.owner, giver_id=listed.id, told=True, now=NOW)
    operations.stop_trusting(actor=other_firm.owner, giver_id=listed.id, now=NOW)
    assert "Northgate" not in Client().get(address).content.decode()


def test_the_list_for_programs_is_a_list_of_givers(firm: Any, other_firm: Any, listed: Any) -> None:
    address = f"/o/{other_firm.org.id}/accepts.json"
    assert files.parse(Client().get(address).content).entries == ()
    operations.tell_giver(actor=other_firm.owner, giver_id=listed.id, told=True, now=NOW)
    answer = Client().get(address)
    read = files.parse(answer.content)
    assert (read.name, [(one.issuer, one.name) for one in read.entries]) == (
        "Northgate Weld School", [(listed.issuer, "Tallgrass")],
    )  # fmt: skip
    assert b"555-0188" not in answer.content and answer["Access-Control-Allow-Origin"] == "*"
    assert Client().get(address, headers={"If-None-Match": answer["ETag"]}).status_code == 304
    assert "Tallgrass" in Client().get(f"/o/{other_firm.org.id}").content.decode()


def test_a_firm_cannot_name_itself_or_speak_for_another(firm: Any, other_firm: Any, listed: Any) -> None:
    (mine,) = signing.identities(org_id=firm.org.id)
    own = operations.trust_giver(actor=firm.owner, issuer=mine, name="Us", reason="It is us", now=NOW)
    operations.tell_giver(actor=firm.owner, giver_id=own.id, told=True, now=NOW)
    assert queries.accepted_by(org_id=firm.org.id) == []
    with pytest.raises(NotFound):
        operations.tell_giver(actor=firm.owner, giver_id=listed.id, told=True, now=NOW)
    assert queries.accepted_by(org_id=firm.org.id) == []


@pytest.mark.parametrize("ending", ["", "/accepts.json"])
def test_who_is_no_firm_has_no_page(firm: Any, ending: str) -> None:
    person = Organisation.objects.create(kind=Organisation.Kind.PERSON, name="Rosa", created_at=NOW)
    sample = Organisation.objects.create(kind=Organisation.Kind.FIRM, name="Made up", sample="construction", created_at=NOW)
    for org_id in (person.id, sample.id, uuid.uuid4()):
        assert Client().get(f"/o/{org_id}{ending}").status_code == 404


def test_the_pages_of_the_firm_that_says_so(firm: Any, other_firm: Any, listed: Any) -> None:
    client = Client()
    client.force_login(other_firm.owner_user)
    asked = client.get(f"/trust/{listed.id}/tell").content.decode()
    assert "Show that you accept proofs of Tallgrass?" in asked and "What others see" in asked
    client.post(f"/trust/{listed.id}/tell", {"told": "yes"})
    assert "anyone can see, that you accept their proofs" in client.get("/trust").content.decode()
    giver = Client()
    giver.force_login(firm.owner_user)
    assert "Northgate Weld School" in giver.get("/trust/accepted").content.decode()
    assert giver.get(f"/trust/{listed.id}/tell").status_code == 404
    assert giver.post(f"/trust/{listed.id}/tell", {"told": "no"}).status_code == 404
    client.post(f"/trust/{listed.id}/tell", {"told": "no"})
    assert "No firm shows this yet" in giver.get("/trust/accepted").content.decode()
    supervisor = Client()
    supervisor.force_login(other_firm.supervisor_user)
    assert supervisor.post(f"/trust/{listed.id}/tell", {"told": "yes"}).status_code == 403
