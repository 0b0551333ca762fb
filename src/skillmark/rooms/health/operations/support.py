"""What every change of this room does: find the vault, judge a text, write the journal."""

from __future__ import annotations

import secrets
from datetime import datetime
from uuid import UUID

from django.conf import settings

from skillmark.errors import DomainError
from skillmark.rooms.health import rules
from skillmark.rooms.health.models import HealthKey
from skillmark.rooms.health.queries.vault import Vault, vault_of
from skillmark.rooms.journal import operations as journal
from skillmark.rooms.people.rules import Actor
from skillmark.rooms.people.rules.facts import Kind, demand_facts

MAX_NOTE = 1000


class CannotKeepHealth(DomainError):
    """What was typed cannot be kept."""


def vault(*, org_id: UUID) -> Vault:
    """The firm's vault, with a new key on first use. Raises CannotOpen `health.key`."""
    if not HealthKey.objects.filter(org_id=org_id).exists():
        wrapping = rules.wrapping_key(outer=settings.OUTER_KEY)
        wrapped = rules.seal(key=wrapping, plain=secrets.token_bytes(32), bound_to=f"{org_id}|health")
        HealthKey.objects.get_or_create(org_id=org_id, defaults={"wrapped": wrapped})
    found = vault_of(org_id=org_id)
    if found is None:
        raise AssertionError("the key was made a line above")
    return found


def clean_note(text: str) -> str:
    """A note that may speak of health, but holds no opinion and no accusation. Raises CannotKeepHealth, CannotWrite."""
    text = text.strip()
    if len(text) > MAX_NOTE:
        raise CannotKeepHealth("health.note_too_long", most=str(MAX_NOTE))
    demand_facts(text=text, allowed=(Kind.HEALTH,))
    return text


def note(*, actor: Actor, event: str, subject: UUID, now: datetime, data: dict[str, str] | None = None) -> None:
    """Tell the journal that something was done, and nothing of anybody's health."""
    journal.write(
        org_id=actor.org_id, actor=actor.label, actor_id=actor.key, event=event, subject_id=subject, data=data, now=now
    )
