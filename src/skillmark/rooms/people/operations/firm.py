"""Set up a firm, and change what is true of all of it."""

from __future__ import annotations

from datetime import datetime, timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

from django.db import transaction

from skillmark.errors import DomainError
from skillmark.rooms.journal import operations as journal
from skillmark.rooms.people import queries
from skillmark.rooms.people.models import Member, Organisation, Setup, Site, User
from skillmark.rooms.people.operations.permission import demand
from skillmark.rooms.people.rules import Actor, DateOrder, Role, digest, new_code, new_token

SETUP_LIFE = timedelta(minutes=30)


class CannotSetUp(DomainError):
    """The firm cannot be set up, or changed, like this."""


@transaction.atomic
def start_setup(*, now: datetime) -> str:
    """A new one-time set-up token; older ones stop working. Raises CannotSetUp `setup.done` when a firm exists."""
    if queries.is_set_up():
        raise CannotSetUp("setup.done")
    Setup.objects.filter(used_at=None).delete()
    token = new_token()
    Setup.objects.create(token_hash=digest(token), made_at=now, expires_at=now + SETUP_LIFE)
    return token


@transaction.atomic
def set_up(
    *,
    token: str,
    firm_name: str,
    owner_name: str,
    now: datetime,
    email: str = "",
    language: str = "en",
    time_zone: str = "UTC",
    date_order: str = DateOrder.MDY,
) -> tuple[User, Actor]:
    """Make the firm, its first site and its owner. The token is used up.

    Raises CannotSetUp: `setup.done`, `setup.bad_link`, `setup.name_missing`, `setup.time_zone`.
    """
    if queries.is_set_up():
        raise CannotSetUp("setup.done")
    if not firm_name.strip() or not owner_name.strip():
        raise CannotSetUp("setup.name_missing")
    _demand_zone(time_zone)
    used = Setup.objects.filter(token_hash=digest(token), used_at=None, expires_at__gt=now).update(used_at=now)
    if used != 1:
        raise CannotSetUp("setup.bad_link")
    org = Organisation.objects.create(kind=Organisation.Kind.FIRM, name=firm_name.strip(), language=language, created_at=now)
    Site.objects.create(org=org, name=firm_name.strip(), time_zone=time_zone, date_order=date_order)
    user = make_user(name=owner_name.strip(), email=email, language=language, now=now)
    Member.objects.create(org=org, user=user, role=Role.OWNER, since=now)
    actor = Actor(org_id=org.id, role=Role.OWNER, name=user.name, user_id=user.id)
    journal.write(org_id=org.id, actor=actor.label, actor_id=actor.key, event="people.firm.set_up", subject_id=org.id, now=now)
    return user, actor


def make_user(*, name: str, email: str, language: str, now: datetime) -> User:
    """An account without a password. Raises CannotSetUp `user.email_taken`."""
    email = email.strip().lower()
    if email and User.objects.filter(email=email).exists():
        raise CannotSetUp("user.email_taken")
    user = User(handle=f"u-{new_code(12).lower()}", email=email or None, name=name, language=language, date_joined=now)
    user.set_unusable_password()
    user.save()
    return user


@transaction.atomic
def change_settings(
    *, actor: Actor, name: str, language: str, time_zone: str, date_order: str, base_url: str, now: datetime
) -> Organisation:
    """Change the firm's name, language, clock and public address.

    `base_url` is empty or `https://host[:port]`. Raises CannotSetUp (`setup.name_missing`, `setup.time_zone`,
    `setup.base_url`), CannotDo.
    """
    demand(actor=actor, action="settings.change")
    if not name.strip():
        raise CannotSetUp("setup.name_missing")
    _demand_zone(time_zone)
    base_url = base_url.strip().rstrip("/")
    parts = urlsplit(base_url)
    if base_url and (parts.scheme != "https" or not parts.hostname or parts.path or parts.query or parts.username):
        raise CannotSetUp("setup.base_url")
    org, first = Organisation.objects.select_for_update().get(id=actor.org_id), queries.site(actor=actor)
    if org.base_url and org.base_url != base_url and org.base_url not in org.past_base_urls:
        org.past_base_urls = [*org.past_base_urls, org.base_url]
    changed = [key for key, new in (("name", name.strip()), ("base_url", base_url)) if getattr(org, key) != new]
    org.name, org.language, org.base_url = name.strip(), language, base_url
    org.save()
    # A site that was told to be elsewhere stays there.
    same = Site.objects.filter(org=org, time_zone=first.time_zone, date_order=first.date_order)
    same.update(time_zone=time_zone, date_order=DateOrder(date_order))
    journal.write(
        org_id=org.id, actor=actor.label, actor_id=actor.key, event="people.settings.changed", subject_id=org.id,
        data={"changed": changed}, now=now,
    )  # fmt: skip
    return org


def change_language(*, user_id: int, language: str) -> None:
    """Remember the language that a user reads."""
    User.objects.filter(id=user_id).update(language=language)


def _demand_zone(name: str) -> ZoneInfo:
    if name not in available_timezones():
        raise CannotSetUp("setup.time_zone")
    return ZoneInfo(name)
