"""Whom a firm trusts, and what strangers' public documents said last."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from skillmark.errors import NotFound
from skillmark.rooms.credentials.models import FollowedList, RememberedAnswer, TrustedGiver
from skillmark.rooms.people.rules import Actor
from skillmark.rooms.signing import queries as keys


@dataclass(frozen=True, slots=True)
class Trust:
    """What a check needs to know of a firm's trust: givers on its own list, and lists of others (see `list_body`)."""

    givers: tuple[TrustedGiver, ...]
    lists: tuple[FollowedList, ...]


@dataclass(frozen=True, slots=True)
class Acceptance:
    """A firm that accepts a giver's proofs. `issuer` is the giver's identifier on its list, `since` when it came there."""

    org_id: UUID
    firm: str
    issuer: str
    since: datetime


def givers(*, actor: Actor) -> list[TrustedGiver]:
    """Whom the firm trusts now, by name."""
    return list(TrustedGiver.objects.filter(org_id=actor.org_id, ended_at=None))


def giver(*, actor: Actor, giver_id: UUID) -> TrustedGiver:
    """One whom the firm trusts now. Raises NotFound."""
    found = TrustedGiver.objects.filter(org_id=actor.org_id, id=giver_id, ended_at=None).first()
    if found is None:
        raise NotFound
    return found


def accepted_by(*, org_id: UUID) -> list[Acceptance]:
    """The firms on this server that accept this firm's proofs and have chosen to show it, by name.

    The one question that looks across firms: it answers with what each of them has made public, and with nothing else.
    """
    mine = keys.identities(org_id=org_id)
    found = TrustedGiver.objects.filter(issuer__in=mine, told=True, ended_at=None, org__kind="firm", org__sample="")
    others = found.exclude(org_id=org_id).order_by("org__name", "added_at")
    seen: dict[UUID, Acceptance] = {}
    for firm_id, name, issuer, added_at in others.values_list("org_id", "org__name", "issuer", "added_at"):
        seen.setdefault(firm_id, Acceptance(firm_id, name, issuer, added_at))  # one that lists two of its identifiers
    return list(seen.values())


def accepts(*, org_id: UUID) -> list[TrustedGiver]:
    """Whose proofs the firm accepts, of those givers whom it has let know. Public, but for the reasons."""
    return list(TrustedGiver.objects.filter(org_id=org_id, told=True, ended_at=None).defer("reason"))


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
