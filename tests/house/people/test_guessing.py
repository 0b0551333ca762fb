"""The one place where wrong PINs are counted: codes that are locked by five of them, and locks that only rest."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.hashers import make_password
from django.db import connection
from django.db.models import Q

from skillmark.rooms.people import operations
from skillmark.rooms.people.models import Invitation, Member, SignPin
from skillmark.rooms.people.rules import guesses
from tests.cast import NOW, Firm

pytestmark = pytest.mark.django_db
PIN = "739204"
ALIVE = Q(used_at=None)


@pytest.fixture
def code(firm: Firm) -> Invitation:
    return _code(firm)


def _code(firm: Firm) -> Invitation:
    return Invitation.objects.create(
        org=firm.org, name="Nia", role="supervisor", code_hash="x" * 64, pin_hash=make_password(PIN),
        expires_at=NOW + timedelta(days=1),
    )  # fmt: skip


@pytest.fixture
def lock(firm: Firm) -> SignPin:
    member = Member.objects.filter(org=firm.org).first()
    return SignPin.objects.create(member=member, pin_hash=make_password(PIN), made_at=NOW)


def left(code: Invitation, typed: str = "000000") -> int:
    with pytest.raises(operations.WrongPin) as wrong:
        operations.guess(code=code, alive=ALIVE, typed=typed)
    return wrong.value.left


def rests(lock: SignPin, typed: str = "000000", **later: float) -> int:
    with pytest.raises(operations.Resting) as resting:
        operations.guess_lock(lock=lock, typed=typed, now=NOW + timedelta(**later))
    return resting.value.minutes


def test_five_wrong_pins_lock_a_code_for_the_right_one_too(code: Invitation) -> None:
    assert [left(code) for _ in range(guesses.MAX_TRIES)] == [4, 3, 2, 1, 0]
    with pytest.raises(operations.NoTry):
        operations.guess(code=code, alive=ALIVE, typed=PIN)


def test_whoever_knows_the_pin_of_a_code_spends_no_try(code: Invitation) -> None:
    assert left(code) == 4
    for _ in range(7):
        operations.guess(code=code, alive=ALIVE, typed=PIN)
    assert left(code) == 3


def test_a_code_that_is_not_alive_takes_no_try(code: Invitation) -> None:
    Invitation.objects.update(used_at=NOW)
    with pytest.raises(operations.NoTry):
        operations.guess(code=code, alive=ALIVE, typed=PIN)
    code.refresh_from_db()
    assert code.tries == 0


def test_a_lock_rests_after_five_wrong_pins_and_never_for_good(lock: SignPin) -> None:
    for _ in range(guesses.MAX_TRIES - 1):
        with pytest.raises(operations.WrongPin):
            operations.guess_lock(lock=lock, typed="000000", now=NOW)
    assert rests(lock) == 15
    assert rests(lock, PIN, minutes=14, seconds=59) == 1
    operations.guess_lock(lock=lock, typed=PIN, now=NOW + guesses.PAUSE)
    lock.refresh_from_db()
    assert (lock.tries, lock.locked_until) == (0, None)


def test_trying_on_during_the_pause_makes_it_no_longer(lock: SignPin) -> None:
    SignPin.objects.update(tries=5, locked_until=NOW + guesses.PAUSE)
    assert [rests(lock, minutes=minute) for minute in (1, 7, 14)] == [14, 8, 1]
    with pytest.raises(operations.WrongPin):  # a fresh start: one of five
        operations.guess_lock(lock=lock, typed="000000", now=NOW + guesses.PAUSE)
    lock.refresh_from_db()
    assert (lock.tries, lock.locked_until) == (1, None)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("kind", ["code", "lock"])
def test_many_guesses_at_the_same_moment_are_five(firm: Firm, kind: str) -> None:
    """SQLite's database in memory, which tests use, makes nobody wait: it refuses."""
    if connection.vendor == "sqlite":
        pytest.skip("needs a database that several connections share")
    row: Any = _code(firm)
    if kind == "lock":
        row = SignPin.objects.create(member=Member.objects.first(), pin_hash=make_password(PIN), made_at=NOW)
    compared: list[str] = []
    guess: Callable[[], None] = (
        (lambda: operations.guess(code=row, alive=ALIVE, typed="000000"))
        if kind == "code"
        else (lambda: operations.guess_lock(lock=row, typed="000000", now=NOW))
    )

    def once(_: int) -> None:
        try:
            guess()
        except operations.WrongPin:
            compared.append("wrong")
        except (operations.NoTry, operations.Resting) as error:
            compared.append(type(error).__name__)
        finally:
            connection.close()

    with ThreadPoolExecutor(12) as pool:
        list(pool.map(once, range(24)))
    row.refresh_from_db()
    assert row.tries == guesses.MAX_TRIES
    assert len(compared) == 24
    assert compared.count("wrong") <= guesses.MAX_TRIES
