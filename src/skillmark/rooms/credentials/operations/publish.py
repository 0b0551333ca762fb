"""Publish the lists of what was cancelled and of what is paused: made again from rows, signed, swapped in one update."""

from __future__ import annotations

import logging
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q

from credcore.codec import strict_json
from credcore.status import bits
from skillmark.errors import DomainError, NotFound
from skillmark.rooms.credentials import rules
from skillmark.rooms.credentials.models import StatusList
from skillmark.rooms.credentials.queries.status import lists_with_changes, signed_list
from skillmark.rooms.journal import operations as journal
from skillmark.rooms.signing import operations as signing

_TRIES = 20
log = logging.getLogger("skillmark.status")


class CannotPublish(DomainError):
    """The list stays as it was published last."""


def publish(*, list_id: UUID, now: datetime) -> None:
    """Publish one list. Several publishers at once are fine: whoever read the older rows loses the swap and starts again.

    What was cancelled never comes back; what is paused may.
    Raises NotFound, CannotPublish `status.would_clear` or `status.busy`, `signing.operations.CannotSign`.
    Call it outside any transaction.
    """
    for _ in range(_TRIES):
        row = StatusList.objects.filter(id=list_id).first()
        if row is None:
            raise NotFound
        document, changes = signed_list(row=row, now=now)
        for_good = row.purpose == rules.Purpose.CANCELLED
        if for_good and row.published_version and not _keeps_every_bit(old=bytes(row.document), new=document):
            raise CannotPublish("status.would_clear")
        with transaction.atomic():
            seen = StatusList.objects.filter(id=row.id, published_version=row.published_version)
            if seen.update(
                document=document, published_version=row.published_version + 1, published_count=changes, published_at=now
            ):
                journal.write(
                    org_id=row.org_id, actor="Skillmark", actor_id="server", event="credentials.status_list.published",
                    subject_id=row.id, now=now,
                    data={"version": row.published_version + 1, "cancelled" if for_good else "pauses": changes},
                )  # fmt: skip
                return
    raise CannotPublish("status.busy")


def publish_new(*, row: StatusList, now: datetime) -> None:
    """Publish a list and its pair for the first time, if that was not done: a proof must not point at what is not there.

    Raises as `publish`. Call it outside any transaction.
    """
    for one in (row, row.paused):
        if one.published_version == 0:
            publish(list_id=one.id, now=now)


def publish_due(*, now: datetime) -> int:
    """Publish every list that misses a change or was signed more than twelve hours ago; how many that were.

    A list that cannot be published now is logged and tried again next time; it does not hold up the others.
    """
    due = lists_with_changes().filter(
        Q(published_at__isnull=True) | Q(published_at__lte=now - rules.STATUS_FRESH) | ~Q(changed=F("published_count"))
    )
    done = 0
    for list_id in list(due.values_list("id", flat=True)):
        try:
            publish(list_id=list_id, now=now)
        except (CannotPublish, signing.CannotSign) as problem:
            log.error("status list %s was not published: %s", list_id, problem.code)
        else:
            done += 1
    return done


def _keeps_every_bit(*, old: bytes, new: bytes) -> bool:
    """A cancelled proof never comes back: every bit that was set is still set."""
    before, after = (int.from_bytes(_bits(document)) for document in (old, new))
    return not before & ~after


def _bits(document: bytes) -> bytes:
    return bits.unpack(strict_json.loads(document)["credentialSubject"]["encodedList"])
