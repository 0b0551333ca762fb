"""The PIN of a shared phone: right, wrong, paused, of another firm, and set by a link that works once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from skillmark.errors import NotFound
from skillmark.rooms.journal import queries as journal
from skillmark.rooms.people import operations, queries
from skillmark.rooms.people.models import Member, SignPin
from skillmark.rooms.people.rules import guesses
from tests.cast import NOW, Firm

pytestmark = pytest.mark.django_db
PIN = "204719"


def member_of(firm: Firm, user: Any) -> Member:
    return Member.objects.get(org=firm.org, user=user)


def test_the_right_pin_opens_and_forgets_the_wrong_ones(firm: Firm) -> None:
    walt = member_of(firm, firm.supervisor_user)
    with pytest.raises(operations.CannotUsePin, match=r"sign_pin\.none"):
        operations.take_over(actor=firm.owner, member_id=walt.id, pin=PIN, now=NOW)
    operations.set_sign_pin(actor=firm.supervisor, pin="204 719", now=NOW)
    for _ in range(guesses.MAX_TRIES - 1):
        with pytest.raises(operations.CannotUsePin, match=r"sign_pin\.wrong"):
            operations.take_over(actor=firm.owner, member_id=walt.id, pin="999999", now=NOW)
    assert operations.take_over(actor=firm.owner, member_id=walt.id, pin=PIN, now=NOW) == firm.supervisor_user.id
    assert SignPin.objects.get(member=walt).tries == 0
    assert [one.id for one in queries.pin_holders(actor=firm.owner)] == [walt.id]
    told = journal.entries(org_id=firm.org.id, events=["people.sign_pin.chosen"])
    assert [one.actor for one in told] == [firm.supervisor.label] and PIN not in str(told[0].data)


def test_five_wrong_ones_pause_it_for_fifteen_minutes(firm: Firm) -> None:
    walt = member_of(firm, firm.supervisor_user)
    operations.set_sign_pin(actor=firm.supervisor, pin=PIN, now=NOW)
    codes = []
    for _ in range(guesses.MAX_TRIES):
        with pytest.raises(operations.CannotUsePin) as refused:
            operations.take_over(actor=firm.owner, member_id=walt.id, pin="000001", now=NOW)
        codes.append(refused.value.code)
    assert codes == ["sign_pin.wrong"] * 4 + ["sign_pin.paused"]
    with pytest.raises(operations.CannotUsePin, match=r"sign_pin\.paused") as paused:
        operations.take_over(actor=firm.owner, member_id=walt.id, pin=PIN, now=NOW + timedelta(minutes=14, seconds=30))
    assert paused.value.facts == {"minutes": "1"}
    later = NOW + guesses.PAUSE
    assert operations.take_over(actor=firm.owner, member_id=walt.id, pin=PIN, now=later) == firm.supervisor_user.id


def test_somebody_elses_member_is_not_there(firm: Firm, other_firm: Firm) -> None:
    walt = member_of(firm, firm.supervisor_user)
    operations.set_sign_pin(actor=firm.supervisor, pin=PIN, now=NOW)
    with pytest.raises(NotFound):
        operations.take_over(actor=other_firm.owner, member_id=walt.id, pin=PIN, now=NOW)
    with pytest.raises(NotFound):
        operations.make_pin_link(actor=other_firm.owner, member_id=walt.id, now=NOW)
    assert queries.pin_holders(actor=other_firm.owner) == []


def test_whoever_left_takes_nothing_over(firm: Firm) -> None:
    walt = member_of(firm, firm.supervisor_user)
    operations.set_sign_pin(actor=firm.supervisor, pin=PIN, now=NOW)
    operations.remove_member(actor=firm.owner, member_id=walt.id, now=NOW)
    with pytest.raises(NotFound):
        operations.take_over(actor=firm.owner, member_id=walt.id, pin=PIN, now=NOW)
    assert queries.pin_holders(actor=firm.owner) == []


@pytest.mark.parametrize(
    ("pin", "code"),
    [
        ("123", "sign_pin.length"), ("1234567", "sign_pin.length"), ("abcd", "sign_pin.length"), ("", "sign_pin.length"),
        ("1111", "pin.too_easy"), ("1234", "pin.too_easy"), ("654321", "pin.too_easy"), ("471471", "pin.too_easy"),
        ("1212", "pin.too_easy"),
    ],
)  # fmt: skip
def test_a_pin_that_is_easy_to_guess_is_refused(firm: Firm, pin: str, code: str) -> None:
    with pytest.raises(operations.CannotUsePin) as refused:
        operations.set_sign_pin(actor=firm.supervisor, pin=pin, now=NOW)
    assert refused.value.code == code
    assert not SignPin.objects.exists()


def test_the_owners_link_sets_one_pin_for_a_day(firm: Firm) -> None:
    walt = member_of(firm, firm.supervisor_user)
    token = operations.make_pin_link(actor=firm.owner, member_id=walt.id, now=NOW)
    assert operations.open_pin_link(token=token, now=NOW + timedelta(hours=23)).id == walt.id
    for bad in (token + "x", "no-such-thing"):
        with pytest.raises(operations.CannotUsePin, match=r"sign_pin\.link"):
            operations.open_pin_link(token=bad, now=NOW)
    with pytest.raises(operations.CannotUsePin, match=r"sign_pin\.link"):
        operations.set_pin_by_link(token=token, pin=PIN, now=NOW + timedelta(hours=25))
    operations.set_pin_by_link(token=token, pin=PIN, now=NOW)
    with pytest.raises(operations.CannotUsePin, match=r"sign_pin\.link"):
        operations.set_pin_by_link(token=token, pin="858301", now=NOW)
    assert operations.take_over(actor=firm.owner, member_id=walt.id, pin=PIN, now=NOW) == firm.supervisor_user.id


def test_only_the_owner_makes_links(firm: Firm) -> None:
    dana = member_of(firm, firm.owner_user)
    with pytest.raises(operations.CannotDo):
        operations.make_pin_link(actor=firm.supervisor, member_id=dana.id, now=NOW)
