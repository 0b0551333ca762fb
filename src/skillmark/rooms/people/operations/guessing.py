"""Guess a PIN: the one place where tries are counted, whatever the PIN protects.

A try is counted before the PIN is compared, in one conditional update, so that fifty guesses at the same moment are not fifty
chances; whoever knew the PIN spends none. A paper code is locked for good by five wrong PINs, since whoever made it makes
another one; the lock of something that people go on using only rests for a while, so that a stranger cannot keep them out.

Call these outside any transaction: a try that is rolled back would not count.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.hashers import check_password
from django.db.models import F, Model, Q, QuerySet

from skillmark.rooms.people.rules import guesses


class NoTry(Exception):
    """No try is taken: the code is used, closed, over or locked by now. The caller tells which."""


class WrongPin(Exception):
    """It is not the PIN. `left` are the tries that a code still has; 0: this was the last one. Of a lock nothing is told."""

    def __init__(self, left: int = 0) -> None:
        super().__init__(left)
        self.left = left


class Resting(Exception):
    """Too many wrong PINs: for `minutes` none is compared, not even the right one."""

    def __init__(self, minutes: int) -> None:
        super().__init__(minutes)
        self.minutes = minutes


def guess(*, code: Model, alive: Q, typed: str) -> None:
    """Return when `typed` is the PIN of a code, a row with `pin_hash` and `tries` that counts while it is `alive`.

    Raises NoTry, WrongPin.
    """
    mine = _rows(code)
    if not mine.filter(alive, tries__lt=guesses.MAX_TRIES).update(tries=F("tries") + 1):
        raise NoTry
    if not check_password(typed, _pin_hash(code)):
        spent = mine.values_list("tries", flat=True).first()
        raise WrongPin(max(0, guesses.MAX_TRIES - (guesses.MAX_TRIES if spent is None else spent)))
    mine.filter(tries__gt=0).update(tries=F("tries") - 1)


def guess_lock(*, lock: Model, typed: str, now: datetime) -> None:
    """Return when `typed` is the PIN of a lock, a row with `pin_hash`, `tries` and `locked_until`.

    Raises Resting, WrongPin.
    """
    mine = _rows(lock)
    mine.filter(locked_until__lte=now).update(tries=0, locked_until=None)
    if not mine.filter(locked_until=None, tries__lt=guesses.MAX_TRIES).update(tries=F("tries") + 1):
        raise _resting(mine, now)
    if check_password(typed, _pin_hash(lock)):
        mine.update(tries=0, locked_until=None)
        return
    if mine.filter(tries__gte=guesses.MAX_TRIES).exists():
        raise _resting(mine, now)
    raise WrongPin


def _resting(mine: QuerySet[Any], now: datetime) -> Resting:
    """Start the pause, unless it runs already, and tell how long it still lasts."""
    mine.filter(locked_until=None).update(locked_until=now + guesses.PAUSE)
    until = mine.values_list("locked_until", flat=True).first()
    return Resting(guesses.minutes_left(until=until, now=now))


def _rows(row: Model) -> QuerySet[Any]:
    return type(row)._default_manager.filter(pk=row.pk)


def _pin_hash(row: Model) -> str:
    found: str = getattr(row, "pin_hash")  # noqa: B009 - every model of both kinds has one
    return found
