"""Whom a firm trusts, and what strangers' public documents said last."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from skillmark.errors import NotFound
from skillmark.rooms.credentials.models import FollowedList, RememberedAnswer, TrustedGiver
from skillmark.rooms.people.rules import Actor


@dataclass(frozen=True, slots=True)
class Trust:
    """What a check needs to know of a firm's trust: givers on its own list, and lists of others (see `list_body`)."""

    givers: tuple[TrustedGiver, ...]
    lists: tuple[FollowedList, ...]


def givers(*, actor: Actor) -> list[TrustedGiver]:
    """Whom the firm trusts now, by name."""
    return list(TrustedGiver.objects.filter(org_id=actor.org_id, ended_at=None))


def giver(*, actor: Actor, giver_id: UUID) -> TrustedGiver:
    """One whom the firm trusts now. Raises NotFound."""
    found = TrustedGiver.objects.filter(org_id=actor.org_id, id=giver_id, ended_at=None).first()
    if found is None:
        raise NotFound
    return found


def followed(*, actor: Actor) -> list[FollowedList]:
    """The lists that the firm follows now, by name, without their content."""
    return list(FollowedList.objects.filter(org_id=actor.org_id, ended_at=None).defer("body"))


def followed_one(*, actor: Actor, list_id: UUID) -> FollowedList:
    """One list that the firm follows now, with its content. Raises NotFound."""
    found = FollowedList.objects.filter(org_id=actor.org_id, id=list_id, ended_at=None).first()
    if found is None:
        raise NotFound
    return found


def trust_of(*, org_id: UUID) -> Trust:
    """Whom a firm trusts now. Takes no actor: what it decides is shown to whoever asks the firm's check page."""
    live = {"org_id": org_id, "ended_at": None}
    lists = FollowedList.objects.filter(**live).defer("body")
    return Trust(tuple(TrustedGiver.objects.filter(**live)), tuple(lists))


def list_body(*, org_id: UUID, list_id: UUID) -> bytes:
    """The content of a list that the firm follows, apart because it may be large. Raises NotFound."""
    found = FollowedList.objects.filter(org_id=org_id, id=list_id).values_list("body", flat=True).first()
    if found is None:
        raise NotFound
    return bytes(found)


def remembered(*, url: str, kind: str) -> RememberedAnswer | None:
    """What an address answered when it was asked last; None when that is not known."""
    return RememberedAnswer.objects.filter(url=url, kind=kind).first()
