"""A kind of proof and its versions: made, and renewed when its words or its picture differ."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from skillmark.rooms.credentials import rules
from skillmark.rooms.credentials.models import Template, TemplateVersion
from skillmark.rooms.journal import operations as journal
from skillmark.rooms.people.rules import Actor


@transaction.atomic
def make(
    *, actor: Actor, words: Mapping[str, Any], now: datetime, ready_key: str = "", item_id: UUID | None = None
) -> Template:
    """A new kind with its first version. Raises IntegrityError where another process made the same one a moment ago."""
    made = Template.objects.create(org_id=actor.org_id, ready_key=ready_key, item_id=item_id, made_at=now)
    made.current = TemplateVersion.objects.create(
        template=made, number=1, made_at=now, **{"colour": rules.DEFAULT_COLOUR, **words}
    )
    made.save(update_fields=["current"])
    note(actor=actor, template=made, event="credentials.template.made", now=now)
    return made


def newest(*, template: Template) -> TemplateVersion:
    """The version that counts now. Raises TemplateVersion.DoesNotExist for a kind that is only half made."""
    return TemplateVersion.objects.filter(template=template).latest("number")


def renew(*, actor: Actor, template: Template, changes: Mapping[str, Any], now: datetime) -> Template:
    """A new version where `changes` say something else than the newest; what they do not name stays. The caller has locked
    the kind in a transaction."""
    last = newest(template=template)
    if all(getattr(last, name) == value for name, value in changes.items()):
        template.current = last
        return template
    before = {name: getattr(last, name) for name in _KEPT}
    template.current = TemplateVersion.objects.create(
        template=template, number=last.number + 1, made_at=now, **{**before, **changes}
    )
    template.save(update_fields=["current"])
    note(actor=actor, template=template, event="credentials.template.changed", now=now)
    return template


def note(*, actor: Actor, template: Template, event: str, now: datetime) -> None:
    """Write the journal, with the kind's name."""
    names = template.current.name if template.current is not None else {}
    journal.write(
        org_id=actor.org_id, actor=actor.label, actor_id=actor.key, event=event, subject_id=template.id,
        data={"name": rules.said(texts=names, language="en")[0]}, now=now,
    )  # fmt: skip


_KEPT = tuple(
    field.name for field in TemplateVersion._meta.concrete_fields if field.name not in {"id", "template", "number", "made_at"}
)
