"""Killed at any step, run by several workers at once, sent by a phone twice: one proof, one holding."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, connections

from skillmark.rooms.credentials import operations as credentials
from skillmark.rooms.credentials.models import Issued
from skillmark.rooms.holdings.models import Holding, Signature, SignOff
from skillmark.rooms.holdings.operations import settling
from skillmark.rooms.journal.models import Entry
from skillmark.rooms.people.models import Person
from tests.cast import NOW, Firm, make_firm
from tests.house.holdings.signing import LATER, make_item, only_proof, settle, sign, sign_with_token, states


@pytest.fixture
def item(firm: Firm) -> Any:
    return make_item(firm)


def broken(after: str) -> Callable[..., Any]:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError(after)

    return fail


@pytest.mark.django_db
@pytest.mark.parametrize("where", ["_bundle", "_give", "_record"])
def test_killed_anywhere_it_ends_with_one_proof(firm: Firm, item: Any, where: str, monkeypatch: pytest.MonkeyPatch) -> None:
    sign(firm, item)
    with monkeypatch.context() as broken_here:
        broken_here.setattr(settling, where, broken(where))
        with pytest.raises(RuntimeError):
            settle()
    assert states() == ["counted"]
    Person.objects.filter(id=firm.person.id).update(language="en", name="Rosa Ruiz")  # meanwhile
    for _ in range(2):
        settle(NOW + settling.LEASE)
    assert states() == ["signed"] and only_proof()
    assert (Holding.objects.count(), Signature.objects.count()) == (1, 1)


@pytest.mark.django_db
@pytest.mark.parametrize("where", ["note_signature", "note"])
def test_killed_while_recording_it_is_recorded_once(
    firm: Firm, item: Any, where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign(firm, item)
    settle_only_count(firm)
    with monkeypatch.context() as broken_here:
        broken_here.setattr(settling, where, broken(where))
        with pytest.raises(RuntimeError):
            settle()
    assert Issued.objects.count() == 1 and not Holding.objects.exists()
    settle(NOW + settling.LEASE)
    assert states() == ["signed"] and only_proof() and Holding.objects.count() == Signature.objects.count() == 1


def settle_only_count(firm: Firm) -> None:
    """Up to the first step, as if killed there."""
    one = SignOff.objects.select_related("org", "item").get()
    assert settling._count(one, NOW + LATER) and states() == ["counted"]


@pytest.mark.django_db
def test_killed_within_the_giving(firm: Firm, item: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    sign(firm, item)
    with monkeypatch.context() as broken_here:
        broken_here.setattr(credentials.give.__globals__["signing"], "sign", broken("sign"))
        with pytest.raises(RuntimeError):
            settle()
    assert Issued.objects.get().state == Issued.State.RESERVED
    settle(NOW + settling.LEASE)
    assert states() == ["signed"] and only_proof().version_id == SignOff.objects.get().version_id


@pytest.mark.django_db(transaction=True)
def test_workers_at_once_give_one_proof() -> None:
    if connection.vendor == "sqlite":
        pytest.skip("needs a database that several connections share")
    firm = make_firm(name="Tallgrass Machine Works")
    item = make_item(firm)
    for _ in range(3):
        sign(firm, item)
        sign(firm, item, actor=firm.owner)
    start = threading.Barrier(6)

    def work(_: int) -> None:
        try:
            start.wait()
            for _round in range(3):
                settle()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(6) as workers:
        list(workers.map(work, range(6)))  # raises what any of them raised
    settle(NOW + settling.LEASE)
    assert only_proof() and Holding.objects.count() == Signature.objects.count() == 1
    assert set(states()) <= {"signed", "counted"} and "signed" in states()
    assert SignOff.objects.exclude(issued_id=None).count() == states().count("signed")


@pytest.mark.django_db(transaction=True)
def test_a_phone_that_syncs_twice_at_once_is_heard_once() -> None:
    if connection.vendor == "sqlite":
        pytest.skip("needs a database that several connections share")
    firm = make_firm(name="Tallgrass Machine Works")
    item, same, start = make_item(firm), uuid4(), threading.Barrier(4)

    def send(_: int) -> str:
        try:
            start.wait()
            return sign_with_token(firm, item, sign_off_id=same)[1]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as phones:
        tokens = list(phones.map(send, range(4)))
    assert len([one for one in tokens if one]) == 1
    assert SignOff.objects.get().id == same and Entry.objects.filter(event="holdings.sign_off.made").count() == 1
