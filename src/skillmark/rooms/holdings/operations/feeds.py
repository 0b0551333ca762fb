"""Make, renew and close calendars at secret addresses."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from skillmark.errors import DomainError, NotFound
from skillmark.rooms.holdings.models import CalendarFeed
from skillmark.rooms.holdings.operations.noting import note
from skillmark.rooms.holdings.rules import FeedOf
from skillmark.rooms.people import operations as people
from skillmark.rooms.people import queries as people_queries
from skillmark.rooms.people.rules import Actor, digest, may, new_token

ACTION = "reminder.send"
"""Who may make a calendar: owners and supervisors. An auditor reads on these pages only."""


class CannotFeed(DomainError):
    """A calendar cannot be made, or its address opens nothing."""


@transaction.atomic
def make_feed(
    *, actor: Actor, of: str, language: str, now: datetime, site_id: UUID | None = None, person_id: UUID | None = None
) -> tuple[CalendarFeed, str]:
    """A calendar of the firm, a site or a person, and its secret, shown once.

    Raises CannotFeed (`feed.of`, `ask.sample_firm`), NotFound (also for the whole firm, by one who sees some sites only).
    """
    people.demand(actor=actor, action=ACTION)
    if actor.user_id is None:  # a stranger who tries a made-up firm
        raise CannotFeed("ask.sample_firm")
    if of not in set(FeedOf):
        raise CannotFeed("feed.of")
    site = person = None
    if of == FeedOf.FIRM and actor.sites:
        raise NotFound
    if of == FeedOf.SITE:
        site = next((one for one in people_queries.sites(actor=actor) if one.id == site_id), None)
        if site is None:
            raise NotFound
    if of == FeedOf.PERSON:
        if person_id is None:
            raise CannotFeed("feed.of")
        person = people_queries.person(actor=actor, person_id=person_id)
    token = new_token()
    made = CalendarFeed.objects.create(
        org_id=actor.org_id, of=of, site=site, person=person, language=language, token_hash=digest(token), made_at=now,
        made_by_id=actor.user_id,
    )  # fmt: skip
    note(actor=actor, subject=made.id, event="calendar.made", data={"name": _name(made)}, now=now)
    return made, token


@transaction.atomic
def renew_feed(*, actor: Actor, feed_id: UUID, now: datetime) -> tuple[CalendarFeed, str]:
    """Give a calendar a new secret; its old address opens nothing any more. Raises NotFound, CannotDo."""
    found = _mine(actor, feed_id)
    token = new_token()
    found.token_hash, found.renewed_at = digest(token), now
    found.save(update_fields=["token_hash", "renewed_at"])
    note(actor=actor, subject=found.id, event="calendar.renewed", data={"name": _name(found)}, now=now)
    return found, token


@transaction.atomic
def close_feed(*, actor: Actor, feed_id: UUID, now: datetime) -> None:
    """Close a calendar for good. Raises NotFound, CannotDo."""
    found = _mine(actor, feed_id)
    CalendarFeed.objects.filter(id=found.id).update(closed_at=now)
    note(actor=actor, subject=found.id, event="calendar.closed", data={"name": _name(found)}, now=now)


def open_feed(*, token: str, now: datetime) -> tuple[CalendarFeed, Actor]:
    """The calendar behind an address, and its maker, as whom it is read. The token is the permission.

    Raises NotFound when it is closed or unknown, or when its maker has left or may not make one any more.
    """
    found = CalendarFeed.objects.filter(token_hash=digest(token), closed_at=None)
    feed = found.select_related("org", "site", "person").first()
    if feed is None:
        raise NotFound
    actor = people_queries.actor_for(user_id=feed.made_by_id, org_id=feed.org_id, now=now)
    if not may(actor, ACTION) or (feed.of == FeedOf.FIRM and actor.sites):
        raise NotFound
    if feed.site_id is not None and actor.sites and feed.site_id not in actor.sites:
        raise NotFound
    found.update(read_at=now)
    return feed, actor


def _mine(actor: Actor, feed_id: UUID) -> CalendarFeed:
    """An open calendar: the owner's are all, a supervisor's are those they made."""
    people.demand(actor=actor, action=ACTION)
    mine = CalendarFeed.objects.filter(org_id=actor.org_id, id=feed_id, closed_at=None)
    if not may(actor, "settings.change"):
        mine = mine.filter(made_by_id=actor.user_id)
    found = mine.select_related("org", "site", "person").first()
    if found is None:
        raise NotFound
    return found


def _name(feed: CalendarFeed) -> str:
    return str(feed.person or feed.site or feed.org)
