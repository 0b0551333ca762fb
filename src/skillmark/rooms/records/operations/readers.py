"""Who reads what a person shows: the PIN, asking first, and the log of who opened it."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from skillmark.errors import DomainError, NotFound
from skillmark.rooms.journal import operations as journal
from skillmark.rooms.people import operations as people
from skillmark.rooms.people.rules import Actor
from skillmark.rooms.records import queries, rules
from skillmark.rooms.records.models import Share, ShareView
from skillmark.rooms.records.queries.shares import Shown, share_behind
from skillmark.rooms.records.rules import shares as limits

_NAME = 100
_READER, _READER_KEY = "A reader", "link"


class CannotRead(DomainError):
    """The reader does not see it, or not yet."""


def try_pin(*, token: str, pin: str, now: datetime) -> Share:
    """The share, for whoever knows its PIN. Five wrong ones pause it for fifteen minutes, never for good.

    Raises NotFound, CannotRead `share.wrong_pin`, `share.paused` (fact `minutes`). Call it outside any transaction: a try that
    is rolled back would not count.
    """
    share = share_behind(token=token, now=now)
    try:
        people.guess_lock(lock=share, typed=rules.pin_digits(pin), now=now)
    except people.Resting as error:
        raise CannotRead("share.paused", minutes=str(error.minutes)) from error
    except people.WrongPin as error:
        raise CannotRead("share.wrong_pin") from error
    return share


def ask_to_see(*, token: str, name: str, now: datetime) -> ShareView:
    """Tell the person that somebody wants to see it.

    Raises NotFound, CannotRead `share.name_missing`, `share.many_waiting`.
    """
    share, name = share_behind(token=token, now=now), _tidy(name)
    if not name:
        raise CannotRead("share.name_missing")
    with transaction.atomic():
        if Share.objects.select_for_update().filter(id=share.id).first() is None:  # so that those who ask at once are counted
            raise NotFound
        if ShareView.objects.filter(share=share, allowed_at=None, refused_at=None).count() >= limits.MOST_WAITING:
            raise CannotRead("share.many_waiting")
        return _viewed(share, name=name, event="records.share.asked_for", now=now)


def note_view(*, token: str, asked: ShareView | None = None, now: datetime) -> ShareView:
    """Write down that it was opened; `asked`: by a reader who asked first, and may. Raises NotFound."""
    share = share_behind(token=token, now=now)
    name, allowed_at = (asked.name, asked.allowed_at) if asked is not None else ("", None)
    with transaction.atomic():
        made = _viewed(share, name=name, allowed_at=allowed_at, event="records.share.opened", now=now)
        unnamed = ShareView.objects.filter(share=share, name="", by_firm=False).order_by("-at", "id")
        old = list(unnamed.values_list("id", flat=True)[limits.MOST_VISITS : limits.MOST_VISITS + 100])
        if old:  # the newest are told of; when the others were stays in the journal
            ShareView.objects.filter(id__in=old).delete()
    return made


def say_who(*, token: str, view_id: UUID, name: str, now: datetime) -> None:
    """The reader tells who they are, if they want to: once, since a yes to one name is no yes to another. Raises NotFound."""
    share = share_behind(token=token, now=now)
    if not ShareView.objects.filter(share=share, id=view_id, name="").update(name=_tidy(name)):
        raise NotFound


def answer_reader(*, actor: Actor, view_id: UUID, allow: bool, now: datetime) -> None:
    """Let somebody who asked see it, or not. An answer can be changed: whoever may not any more sees nothing from then on.

    Raises NotFound.
    """
    people.demand(actor=actor, action="record.change")
    asked = ShareView.objects.filter(share__org_id=actor.org_id, share__ask_first=True, by_firm=False)
    found = asked.filter(id=view_id).first()
    if found is None:
        raise NotFound
    found.allowed_at, found.refused_at = (now, None) if allow else (None, now)
    with transaction.atomic():
        found.save(update_fields=["allowed_at", "refused_at"])
        journal.write(
            org_id=actor.org_id, actor=actor.label, actor_id=actor.key, subject_id=found.share_id, now=now,
            event="records.share.reader_allowed" if allow else "records.share.reader_refused",
        )  # fmt: skip


def look(*, actor: Actor, person_id: UUID, on: date, now: datetime) -> list[Shown]:
    """What an employee lets the actor's firm see, as `queries.shared_with`; that it was looked at is told to the employee."""
    found = queries.shared_with(actor=actor, person_id=person_id, on=on, now=now)
    since = now - limits.SAME_READER
    with transaction.atomic():
        for one in found:
            again = ShareView.objects.filter(share_id=one.id, by_firm=True, name=_tidy(actor.name), at__gt=since)
            if not again.exists():
                ShareView.objects.create(share_id=one.id, at=now, name=_tidy(actor.name), by_firm=True, allowed_at=now)
                for org_id in (one.org_id, actor.org_id):
                    journal.write(
                        org_id=org_id, actor=actor.label, actor_id=actor.key, event="records.share.looked_at",
                        subject_id=one.id, now=now,
                    )  # fmt: skip
    return found


def _viewed(share: Share, *, name: str, allowed_at: datetime | None = None, event: str, now: datetime) -> ShareView:
    made = ShareView.objects.create(share=share, at=now, name=name, allowed_at=allowed_at)
    journal.write(org_id=share.org_id, actor=_READER, actor_id=_READER_KEY, event=event, subject_id=share.id, now=now)
    return made


def _tidy(name: str) -> str:
    return " ".join(name.split())[:_NAME]
