"""Publish the lists as tokens, from the same rows as the lists themselves, by the same rule: cancelled is for good."""

from __future__ import annotations

import logging
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F, Q

from credcore.codec import jose
from credcore.status import token_status_list
from skillmark.rooms.credentials import rules
from skillmark.rooms.credentials.models import StatusList, TokenList
from skillmark.rooms.credentials.operations.publish import CannotPublish
from skillmark.rooms.credentials.queries.token_lists import signed_tokens, tokens_with_changes
from skillmark.rooms.journal import operations as journal
from skillmark.rooms.signing import operations as signing

_TRIES = 20
log = logging.getLogger("skillmark.status")


def publish_first_token(*, row: StatusList, now: datetime) -> None:
    """Publish a list as a token for the first time, if that was not done: no proof may name what is not there.

    Raises `signing.operations.CannotSign`. Call it outside any transaction.
    """
    if TokenList.objects.filter(list=row).exists():
        return
    document, count = signed_tokens(row=row, now=now)
    try:
        with transaction.atomic():
            TokenList.objects.create(list=row, document=document, count=count, published_at=now)
            _note(row, version=1, count=count, now=now)
    except IntegrityError:  # published by another process a moment ago
        return


def publish_token(*, row: StatusList, now: datetime) -> None:
    """Publish it again, where it is published at all. Whoever read older rows loses the swap and starts again.

    Raises CannotPublish `status.would_clear` or `status.busy`, `signing.operations.CannotSign`. Outside any transaction.
    """
    for _ in range(_TRIES):
        old = TokenList.objects.filter(list=row).first()
        if old is None:
            return
        document, count = signed_tokens(row=row, now=now)
        if not rules.keeps_every_cancel(old=_places(bytes(old.document)), new=_places(document)):
            raise CannotPublish("status.would_clear")
        with transaction.atomic():
            seen = TokenList.objects.filter(id=old.id, version=old.version)
            if seen.update(document=document, version=old.version + 1, count=count, published_at=now):
                _note(row, version=old.version + 1, count=count, now=now)
                return
    raise CannotPublish("status.busy")


def publish_due_tokens(*, now: datetime) -> int:
    """Publish every such list that misses a change or was signed more than twelve hours ago; how many that were.

    One that cannot be published now is logged and tried again next time; it does not hold up the others.
    """
    due = tokens_with_changes().filter(Q(published_at__lte=now - rules.STATUS_FRESH) | ~Q(changed=F("count")))
    done = 0
    for one in list(due):
        try:
            publish_token(row=one.list, now=now)
        except (CannotPublish, signing.CannotSign) as problem:
            log.error("status list %s was not published as a token: %s", one.list_id, problem.code)
        else:
            done += 1
    return done


def _places(document: bytes) -> bytes:
    return token_status_list.read_list(jose.claims(jose.parse(document))["status_list"])[1]


def _note(row: StatusList, *, version: int, count: int, now: datetime) -> None:
    journal.write(
        org_id=row.org_id, actor="Skillmark", actor_id="server", event="credentials.token_list.published",
        subject_id=row.id, data={"version": version, "changes": count}, now=now,
    )  # fmt: skip
