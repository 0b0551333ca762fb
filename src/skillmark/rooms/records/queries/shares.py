"""What a person shows to others, for themselves, for whoever has the link, and for the employer whom they let see it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from skillmark.errors import NotFound
from skillmark.rooms.credentials import queries as credentials
from skillmark.rooms.people import operations as people
from skillmark.rooms.people import queries as people_queries
from skillmark.rooms.people.rules import Actor, Role, digest
from skillmark.rooms.records.models import Share, SharedItem, ShareView, Statement
from skillmark.rooms.records.rules import shares as limits
from skillmark.rooms.signing import operations as signing

if TYPE_CHECKING:
    from skillmark.rooms.credentials.models import Held


@dataclass(frozen=True, slots=True)
class ShownItem:
    """One thing as the reader gets it. `body` is a signed file, or the JSON of a statement (`statement_id`).

    `names_other`: another name stands on it than on the person's page; `comment`: what the person says about it.
    """

    number: int
    body: bytes
    held_id: UUID | None
    statement_id: UUID | None
    facts: tuple[str, ...]
    names_other: bool
    comment: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A live share, opened: what its reader sees, and nothing else. `org_id` is whose it is."""

    id: UUID
    org_id: UUID
    language: str
    made_at: datetime
    ends_at: datetime
    details: limits.Details
    items: tuple[ShownItem, ...]


@dataclass(frozen=True, slots=True)
class MyShare:
    """A share as its owner sees it: to whom and why, with what is in it, and who opened it."""

    shown: Shown
    firm_id: UUID | None
    firm: str
    has_pin: bool
    ask_first: bool
    closed_at: datetime | None
    views: tuple[ShareView, ...]
    is_live: bool

    @property
    def waiting(self) -> list[ShareView]:
        """Readers who wait for an answer, the longest first."""
        return [one for one in reversed(self.views) if self.ask_first and not (one.allowed_at or one.refused_at)]

    @property
    def let_in(self) -> list[ShareView]:
        """Readers who asked and may see it; newest first."""
        return [one for one in self.views if self.ask_first and one.allowed_at and one.at < one.allowed_at]

    @property
    def opened(self) -> list[ShareView]:
        """When it was seen, and by whom where they said so; newest first. Asking comes before the yes, and seeing after it."""
        return [one for one in self.views if not self.ask_first or (one.allowed_at and one.at >= one.allowed_at)]


def share_behind(*, token: str, now: datetime) -> Share:
    """The share of a link, without what is in it. Raises NotFound: guessed, over, stopped and an employer's read the same."""
    found = Share.objects.filter(token_hash=digest(token), firm_id=None, closed_at=None, ends_at__gt=now).first()
    if found is None:
        raise NotFound
    return found


def shown(*, share: Share) -> Shown:
    """What a live share holds. What its owner has let go of since is not among it. Raises CannotSign `sign.outer_key`."""
    sealer = signing.sealer(org_id=share.org_id)
    items = _items(share, sealer)
    return Shown(
        id=share.id, org_id=share.org_id, language=share.language, made_at=share.made_at, ends_at=share.ends_at,
        details=limits.read_details(sealer.unseal(share.sealed)), items=items,
    )  # fmt: skip


def reader(*, share: Share, view_id: UUID | None) -> ShareView | None:
    """The line of the log that is a reader's own visit, if it is one of this share."""
    return ShareView.objects.filter(share=share, id=view_id, by_firm=False).first() if view_id is not None else None


def shares(*, actor: Actor, now: datetime) -> list[MyShare]:
    """Everything that the actor shows to others at this moment, newest first. Raises CannotSign `sign.outer_key`."""
    live = Share.objects.filter(org_id=actor.org_id, closed_at=None, ends_at__gt=now)
    found = live.prefetch_related("views", "items")
    names = {one.org_id: one.org.name for one in people_queries.known_as(actor=actor)}
    return [_mine(one, names, now) for one in found]


def waiting_at(*, actor: Actor, now: datetime) -> list[UUID]:
    """The share of each reader who waits for the actor's yes or no, the longest first."""
    asked = ShareView.objects.filter(share__org_id=actor.org_id, share__ask_first=True, share__closed_at=None)
    unanswered = asked.filter(share__ends_at__gt=now, allowed_at=None, refused_at=None)
    return list(unanswered.order_by("at").values_list("share_id", flat=True))


def my_share(*, actor: Actor, share_id: UUID, now: datetime) -> MyShare:
    """One of them. Raises NotFound."""
    found = Share.objects.filter(org_id=actor.org_id, id=share_id).first()
    if found is None:
        raise NotFound
    return _mine(found, {one.org_id: one.org.name for one in people_queries.known_as(actor=actor)}, now)


def shared_with(*, actor: Actor, person_id: UUID, on: date, now: datetime) -> list[Shown]:
    """What somebody who works here lets the actor's firm see at this moment, newest first.

    `on` is the day where the firm is. Raises NotFound for people of others or of another site, from the day after their last
    day on, and for an auditor. Looking is told to the person: see `operations.note_look`.
    """
    people.demand(actor=actor, action="check.read")
    person = people_queries.person(actor=actor, person_id=person_id)
    if not limits.works_there(left_on=person.left_on, on=on):
        raise NotFound
    ids = people_queries.ids_of(actor=actor, person_id=person_id)
    found = Share.objects.filter(firm_id=actor.org_id, person_id__in=ids, closed_at=None, ends_at__gt=now)
    return [one for one in (shown(share=row) for row in found) if one.items]


def _mine(row: Share, names: dict[UUID, str], now: datetime) -> MyShare:
    return MyShare(
        shown=shown(share=row), firm_id=row.firm_id, firm=names.get(row.firm_id, "") if row.firm_id else "",
        has_pin=bool(row.pin_hash), ask_first=row.ask_first, closed_at=row.closed_at, views=tuple(row.views.all()),
        is_live=limits.is_live(ends_at=row.ends_at, closed_at=row.closed_at, now=now),
    )  # fmt: skip


def _items(share: Share, sealer: signing.Sealer) -> tuple[ShownItem, ...]:
    rows = list(share.items.all())
    owner = Actor(org_id=share.org_id, role=Role.WORKER, name="")
    kept = credentials.held_some(actor=owner, held_ids=[row.held_id for row in rows if row.held_id is not None])
    said = [row.statement_id for row in rows if row.statement_id is not None]
    there = set(Statement.objects.filter(org_id=share.org_id, id__in=said).values_list("id", flat=True)) if said else set()
    return tuple(_item(row, kept, sealer) for row in rows if row.held_id in kept or row.statement_id in there)


def _item(row: SharedItem, kept: Mapping[UUID, Held], sealer: signing.Sealer) -> ShownItem:
    held = kept[row.held_id] if row.held_id is not None else None
    return ShownItem(
        number=row.number, body=sealer.unseal(row.sealed), held_id=row.held_id, statement_id=row.statement_id,
        facts=tuple(row.facts), names_other=held is not None and held.names_other, comment=held.remark if held else "",
    )  # fmt: skip
