"""An erased page stays empty: what was joined into it, what was on its way to it, and what an older backup brings back."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.core import serializers

from skillmark.desks import adding, own_record
from skillmark.errors import NotFound
from skillmark.rooms.credentials import operations as credentials
from skillmark.rooms.credentials import queries as proofs
from skillmark.rooms.credentials.models import Held, Issued
from skillmark.rooms.journal import queries as journal
from skillmark.rooms.people.models import Organisation, Person
from skillmark.rooms.people.rules import Actor
from skillmark.rooms.records import operations, queries
from skillmark.rooms.records.models import Addition
from skillmark.rooms.records.rules.erased import erased_digest
from skillmark.rooms.signing.models import DataKey, PartyKey
from tests.cast import NOW, Firm
from tests.house.desks.own_page import foreign
from tests.house.records.keeping import give_one, keep_one

PIN = "739204"


def erase(page: Actor) -> None:
    operations.erase(actor=page, typed_name=Organisation.objects.get(id=page.org_id).name, now=NOW)


@pytest.fixture
def joined(page: Actor, other_firm: Firm) -> Actor:
    """The page of before, with a name of its own, that is part of `page` now; each had a key of its own."""
    other = keep_one(firm=other_firm, issued=give_one(firm=other_firm))
    for one in (page, other):
        operations.note_consent(
            actor=one, kind="answer", to_whom="Harbor", purpose="A start", facts=["Forklift"], wording="Yes", language="en",
            until=None, now=NOW,
        )  # fmt: skip
    slip = operations.choose_pin(actor=other, pin=PIN, now=NOW)
    operations.join_page(actor=page, slip_code=slip, pin=PIN, now=NOW)
    return other


def test_the_page_of_before_has_no_name_once_it_was_joined(joined: Actor) -> None:
    assert Organisation.objects.get(id=joined.org_id).name != joined.name


def test_erasing_a_page_erases_the_pages_that_were_joined_into_it(page: Actor, joined: Actor) -> None:
    erase(page)
    assert not DataKey.objects.filter(org_id__in=[page.org_id, joined.org_id]).exists()
    assert not PartyKey.objects.filter(org_id__in=[page.org_id, joined.org_id]).exists()
    assert {erased_digest(page.org_id), erased_digest(joined.org_id)} <= set(queries.erased())


def test_the_name_and_the_proofs_of_a_joined_page_are_told_nowhere_afterwards(page: Actor, joined: Actor) -> None:
    erase(page)
    own = {page.org_id, joined.org_id}
    rows: list[Any] = [Organisation.objects.filter(id__in=own)]
    rows += [apps.get_model("journal", "Entry").objects.filter(org_id__in=own)]
    told = "".join(serializers.serialize("json", found) for found in rows)
    assert joined.name not in told
    assert "Forklift" not in told


def test_a_backup_from_before_the_joining_loses_both_pages_again(page: Actor, joined: Actor) -> None:
    erase(page)
    digests = queries.erased()
    Organisation.objects.filter(id=joined.org_id).update(name=joined.name)  # as the backup has it
    operations.erase_again(digests=digests, now=NOW)
    assert Organisation.objects.get(id=joined.org_id).name != joined.name


def test_the_firm_does_not_learn_that_a_page_was_erased_and_its_proof_can_be_kept_again(page: Actor, firm: Firm) -> None:
    """Somebody who left would be reminded of a proof “that nobody has kept yet”, on the day on which they erase theirs."""
    (issued,) = Issued.objects.all()
    told = [one.event for one in journal.latest(org_id=firm.org.id)]
    erase(page)
    assert not proofs.proofs(actor=firm.owner, state="waiting")
    assert [one.event for one in journal.latest(org_id=firm.org.id)] == told
    issued.refresh_from_db()
    assert issued.own_org_id not in (None, page.org_id)
    again = keep_one(firm=firm, issued=issued)
    issued.refresh_from_db()
    assert issued.own_org_id == again.org_id != page.org_id


def handed(page: Actor) -> Addition:
    return adding.hand_over(actor=page, files=[("one.json", foreign(subject_name=page.name))], text="", now=NOW)


def test_what_a_job_was_looking_at_does_not_come_to_lie_on_an_erased_page(
    page: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    addition = handed(page)
    check = own_record.checking.check_bytes

    def erased_meanwhile(**how: Any) -> Any:
        erase(page)
        return check(**how)

    monkeypatch.setattr(own_record.checking, "check_bytes", erased_meanwhile)
    adding.look_at_next(addition_id=addition.id, now=NOW)
    assert not Held.objects.filter(org_id=page.org_id).exists()
    assert not DataKey.objects.filter(org_id=page.org_id).exists()


def test_what_a_job_was_looking_at_goes_along_when_pages_are_joined(
    page: Actor, other_firm: Firm, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = keep_one(firm=other_firm, issued=give_one(firm=other_firm))
    slip = operations.choose_pin(actor=other, pin=PIN, now=NOW)
    addition = handed(other)
    check = own_record.checking.check_bytes
    turns = iter([True])

    def joined_meanwhile(**how: Any) -> Any:
        if next(turns, False):
            operations.join_page(actor=page, slip_code=slip, pin=PIN, now=NOW)
        return check(**how)

    monkeypatch.setattr(own_record.checking, "check_bytes", joined_meanwhile)
    adding.look_at_next(addition_id=addition.id, now=NOW)
    while adding.look_at_next(addition_id=addition.id, now=NOW + timedelta(minutes=6)):  # its time is up: anew
        pass
    assert not Held.objects.filter(org_id=other.org_id).exists()
    [told] = queries.added(actor=page, addition_id=addition.id)
    assert told.state in ("kept", "asks")


def test_nothing_is_put_into_an_erased_page(page: Actor, firm: Firm) -> None:
    erase(page)
    with pytest.raises(NotFound):
        own_record.bring(actor=page, data=foreign(), name="", source="file", now=NOW, name_agreed=True)
    issued = give_one(firm=firm)
    with pytest.raises(NotFound):
        keep_one(firm=firm, issued=issued, into=page)
    assert not Held.objects.filter(org_id=page.org_id).exists()
    assert Person.objects.get(id=firm.person.id).own_org_id is None
    _, code, _ = credentials.offer(actor=firm.owner, issued_id=issued.id, way="screen", now=NOW)
    assert credentials.look_at_offer(code=code, now=NOW)  # the failed attempt used nothing up
    assert json.loads(json.dumps(queries.erased()))
