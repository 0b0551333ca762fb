"""Follow a list that somebody else keeps. A desk has fetched it and checked its signature before; here it is written down."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction

from skillmark.errors import NotFound
from skillmark.rooms.credentials import rules
from skillmark.rooms.credentials.models import FollowedList
from skillmark.rooms.credentials.operations.givers import CannotTrust, demand_reason
from skillmark.rooms.journal import operations as journal
from skillmark.rooms.people import operations as people
from skillmark.rooms.people.rules import Actor


def follow_list(
    *, actor: Actor, kind: str, url: str, keeper: str, reason: str, answer: rules.ListAnswer, now: datetime
) -> FollowedList:
    """Trust whom this list names, from now on. Followed already: the one that is there.

    `url` is where it is read again (empty for a file that was handed over); `keeper` is the DID that must have signed it
    (kind `signed`), else who keeps it, in words.
    Raises CannotTrust `list.kind_unknown`, `list.bad_address`, `list.keeper_missing`, `giver.reason_missing`,
    `giver.too_long`; CannotDo.
    """
    people.demand(actor=actor, action="trust.change")
    demand_follow(kind=kind, url=url, keeper=keeper, reason=reason)
    live = FollowedList.objects.filter(org_id=actor.org_id, url=url, ended_at=None)
    found = live.first() if url else None
    if found is not None:
        return found
    try:
        with transaction.atomic():
            made = FollowedList.objects.create(
                id=uuid4(), org_id=actor.org_id, kind=kind, url=url, keeper=keeper, reason=rules.storable_text(reason.strip()),
                added_at=now, added_by=actor.label, **_read(answer),
            )  # fmt: skip
            _note(actor=actor, followed=made, event="credentials.list.followed", now=now)
    except IntegrityError:  # pressed twice at the same moment
        return live.get()
    return made


def demand_follow(*, kind: str, url: str, keeper: str, reason: str) -> None:
    """What must hold before a list is fetched at all. Raises CannotTrust as `follow_list`."""
    if kind not in FollowedList.Kind.values:
        raise CannotTrust("list.kind_unknown")
    if (url or kind != FollowedList.Kind.FILE) and not rules.is_address(url):
        raise CannotTrust("list.bad_address")
    if kind == FollowedList.Kind.SIGNED and not rules.is_did(keeper):
        raise CannotTrust("list.keeper_missing")
    if len(url) > rules.URL_LENGTH or len(keeper) > rules.URL_LENGTH:
        raise CannotTrust("giver.too_long")
    demand_reason(reason)


def update_list(
    *, actor: Actor, list_id: UUID, now: datetime, answer: rules.ListAnswer | None = None, problem: str = ""
) -> FollowedList:
    """What reading it again has given: a new content, or the code of why there is none; then the old content stays.

    The journal tells of it only when something differs. Raises NotFound, CannotDo.
    """
    people.demand(actor=actor, action="trust.change")
    with transaction.atomic():
        found = FollowedList.objects.select_for_update().filter(org_id=actor.org_id, id=list_id, ended_at=None).first()
        if found is None:
            raise NotFound
        before = (bytes(found.body), found.problem, found.valid_until)
        found.problem = problem[:60]
        for name, value in (_read(answer) if answer is not None else {}).items():
            setattr(found, name, value)
        found.save()
        if (bytes(found.body), found.problem, found.valid_until) != before:
            _note(actor=actor, followed=found, event="credentials.list.updated", now=now)
    return found


def stop_following(*, actor: Actor, list_id: UUID, now: datetime) -> None:
    """Trust nobody any more on the word of this list. Raises NotFound, also when it has ended already; CannotDo."""
    people.demand(actor=actor, action="trust.change")
    with transaction.atomic():
        live = FollowedList.objects.filter(org_id=actor.org_id, id=list_id, ended_at=None)
        found = live.select_for_update().first()
        if found is None:
            raise NotFound
        live.update(ended_at=now, ended_by=actor.label)
        _note(actor=actor, followed=found, event="credentials.list.unfollowed", now=now)


def _read(answer: rules.ListAnswer) -> dict[str, object]:
    return {
        "name": rules.storable_text(answer.name)[:200],
        "body": answer.body,
        "entries": answer.entries,
        "left_out": answer.left_out,
        "valid_until": answer.valid_until,
        "fetched_at": answer.fetched_at,
        "thumbprints": list(answer.thumbprints),
    }


def _note(*, actor: Actor, followed: FollowedList, event: str, now: datetime) -> None:
    journal.write(
        org_id=actor.org_id, actor=actor.label, actor_id=actor.key, event=event, subject_id=followed.id, now=now,
        data={
            "name": followed.name, "url": followed.url, "reason": followed.reason, "entries": followed.entries,
            "problem": followed.problem,
        },
    )  # fmt: skip
