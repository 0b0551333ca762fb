"""What was asked of people's phones, and what came back."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from credcore.errors import MalformedError
from credcore.verify import Report
from credcore.verify.record import load
from skillmark.errors import NotFound
from skillmark.rooms.credentials import rules
from skillmark.rooms.credentials.models import Asking, Check
from skillmark.rooms.people.rules import Actor, digest
from skillmark.rooms.signing import operations as signing


def asking_of_firm(*, actor: Actor, asking_id: UUID) -> Asking:
    """One of the firm's own; a supervisor of some sites sees what they asked themselves. Raises NotFound."""
    found = Asking.objects.filter(org_id=actor.org_id, id=asking_id).first()
    own = opened(found) if found is not None else None
    if found is None or (own is not None and not own.keeps) or (actor.sites and found.made_by != actor.key):
        raise NotFound
    return found


def asking_of_browser(*, asking_id: UUID, session: str) -> Asking:
    """The one that this browser asked; `session` is its secret. Raises NotFound."""
    found = Asking.objects.filter(id=asking_id).first()
    if found is None or not session or found.session_hash != digest(session):
        raise NotFound
    return found


def open_asking(*, asking_id: UUID, now: datetime) -> tuple[Asking, rules.asking.Secrets] | None:
    """One that still waits for its answer, with what only it knows; None when it is over. Raises NotFound."""
    found = Asking.objects.filter(id=asking_id).first()
    if found is None:
        raise NotFound
    own = opened(found)
    return None if own is None or found.answered_at is not None or found.expires_at <= now else (found, own)


def answer_of(*, asking: Asking, now: datetime) -> list[Report]:
    """What came for a stranger, until it ends; `asking` comes from these queries."""
    own = opened(asking)
    if own is None or asking.expires_at <= now:
        return []
    try:
        return [load(one) for one in own.answer]
    except MalformedError:  # written by another version of this program
        return []


def checks_of_asking(*, asking: Asking) -> list[Check]:
    """What came for a firm, as it was kept; what was forgotten since is left out. `asking` comes from these queries."""
    found = Check.objects.filter(org_id=asking.org_id, id__in=asking.items).select_related("item")
    return sorted(found, key=lambda one: asking.items.index(str(one.id)))


def opened(asking: Asking) -> rules.asking.Secrets | None:
    """What only this request knows; None when it was forgotten. Only for this room."""
    if not asking.key:
        return None
    return rules.asking.loads(signing.sealer(org_id=asking.org_id).unseal(asking.key))
