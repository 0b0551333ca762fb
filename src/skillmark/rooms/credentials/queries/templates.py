"""Which kinds of proof can be given."""

from __future__ import annotations

from uuid import UUID

from skillmark.errors import NotFound
from skillmark.rooms.credentials import rules
from skillmark.rooms.credentials.models import Template
from skillmark.rooms.people.rules import Actor


def ready() -> list[rules.KindOfProof]:
    """The ready-made kinds, in order of trade."""
    return list(rules.READY)


def templates(*, actor: Actor) -> list[Template]:
    """The firm's live kinds of proof, oldest first, each with its current words."""
    live = Template.objects.filter(org_id=actor.org_id, state=Template.State.LIVE)
    return list(live.select_related("current").order_by("made_at", "id"))


def template(*, actor: Actor, template_id: UUID) -> Template:
    """One of the firm's kinds, archived ones too, with its current words. Raises NotFound."""
    found = Template.objects.filter(org_id=actor.org_id, id=template_id).select_related("current").first()
    if found is None:
        raise NotFound
    return found
