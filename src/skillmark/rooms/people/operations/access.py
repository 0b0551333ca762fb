"""Ways in: invitations, sign-in links, tokens, and the limit on guessing them."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from skillmark.errors import DomainError, NotFound
from skillmark.rooms.journal import operations as journal
from skillmark.rooms.people.models import Invitation, Member, Setup, SignInLink, Token, Try, User
from skillmark.rooms.people.operations.firm import make_user
from skillmark.rooms.people.operations.guessing import NoTry, WrongPin, guess
from skillmark.rooms.people.operations.permission import CannotDo, demand
from skillmark.rooms.people.rules import Actor, Role, digest, new_token, plain_code

LINK_LIFE = timedelta(minutes=15)


class CannotJoin(DomainError):
    """The invitation does not open."""


class CannotSignIn(DomainError):
    """The sign-in link does not open."""


class CannotTry(DomainError):
    """Too many attempts; `minutes` says when to come back."""


def count_try(*, key: str, limit: int, seconds: int, now: datetime) -> None:
    """Count an attempt under a key (an address, a code). Raises CannotTry `tries.too_many` above the limit."""
    name, since = digest(key), now - timedelta(seconds=seconds)
    if Try.objects.filter(key_hash=name, at__gt=since).count() >= limit:
        raise CannotTry("tries.too_many", minutes=str(max(1, seconds // 60)))
    Try.objects.create(key_hash=name, at=now)


def join(*, code: str, pin: str, now: datetime) -> User:
    """Make an account from an invitation, with the role, the sites and the days that it was made for.

    Raises CannotJoin: `join.unknown`, `join.used`, `join.expired`, `join.wrong_pin` (tries_left), `join.locked`.
    """
    invitation = Invitation.objects.filter(code_hash=digest(plain_code(code))).first()
    if invitation is None:
        raise CannotJoin("join.unknown")
    if invitation.used_at is not None:
        raise CannotJoin("join.used")
    if invitation.expires_at <= now:
        raise CannotJoin("join.expired")
    try:
        guess(code=invitation, alive=Q(), typed=pin.strip())
    except NoTry as error:
        raise CannotJoin("join.locked") from error
    except WrongPin as error:
        if not error.left:
            raise CannotJoin("join.locked") from error
        raise CannotJoin("join.wrong_pin", tries_left=str(error.left)) from error
    with transaction.atomic():
        if not Invitation.objects.filter(id=invitation.id, used_at=None).update(used_at=now):
            raise CannotJoin("join.used")
        user = make_user(name=invitation.name, email="", language=invitation.org.language, now=now)
        member = Member.objects.create(
            org=invitation.org, user=user, role=invitation.role, since=now, until=invitation.until,
            read_from=invitation.read_from, read_until=invitation.read_until,
        )  # fmt: skip
        member.sites.set(invitation.sites.all())
        actor = Actor(invitation.org_id, Role(invitation.role), user.name, user.id)
        _note(actor, f"people.{invitation.role}.joined", invitation.id, user.name, now)
    return user


def make_sign_in_link(*, user_id: int, now: datetime) -> str:
    """A token for one sign-in within 15 minutes."""
    token = new_token()
    SignInLink.objects.create(token_hash=digest(token), user_id=user_id, expires_at=now + LINK_LIFE)
    return token


def use_sign_in_link(*, token: str, now: datetime) -> User:
    """The user of a sign-in link, which is used up. Raises CannotSignIn `link.closed`."""
    used = SignInLink.objects.filter(token_hash=digest(token), used_at=None, expires_at__gt=now).update(used_at=now)
    if used != 1:
        raise CannotSignIn("link.closed")
    return SignInLink.objects.select_related("user").get(token_hash=digest(token)).user


@transaction.atomic
def make_token(*, actor: Actor, name: str, now: datetime) -> tuple[Token, str]:
    """(token, its text, shown once). Raises CannotDo, `token.name_missing`."""
    demand(actor=actor, action="token.make")
    if actor.user_id is None or not name.strip():
        raise CannotDo("token.name_missing")
    text = f"smk_{new_token()}"
    token = Token.objects.create(
        org_id=actor.org_id, name=name.strip()[:100], token_hash=digest(text), made_by_id=actor.user_id, created_at=now
    )
    _note(actor, "people.token.made", token.id, token.name, now)
    return token, text


@transaction.atomic
def revoke_token(*, actor: Actor, token_id: UUID, now: datetime) -> None:
    """End a token. Raises NotFound, CannotDo."""
    demand(actor=actor, action="token.make")
    if not Token.objects.filter(org_id=actor.org_id, id=token_id, revoked_at=None).update(revoked_at=now):
        raise NotFound
    _note(actor, "people.token.ended", token_id, "", now)


def clean_up(*, now: datetime) -> int:
    """Forget attempts and links that have long ended. Returns how many rows went."""
    old = now - timedelta(days=2)
    gone = Try.objects.filter(at__lt=old).delete()[0]
    gone += SignInLink.objects.filter(expires_at__lt=old).delete()[0]
    gone += Setup.objects.filter(expires_at__lt=old).delete()[0]
    return gone + Invitation.objects.filter(expires_at__lt=old).delete()[0]


def _note(actor: Actor, event: str, subject_id: object, name: str, now: datetime) -> None:
    journal.write(
        org_id=actor.org_id, actor=actor.label, actor_id=actor.key, event=event, subject_id=subject_id,
        data={"name": name}, now=now,
    )  # fmt: skip
