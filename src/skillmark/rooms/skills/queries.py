"""Ask about items, their rules, links, documents and revisions. Everything takes its actor."""

from __future__ import annotations

from datetime import date, datetime
from typing import TypeVar
from uuid import UUID

from django.db.models import Q, QuerySet

from skillmark.errors import NotFound
from skillmark.rooms.people.rules import Actor
from skillmark.rooms.skills.models import Alias, Document, Item, Link, Revision, Rule

Row = TypeVar("Row", Rule, Link, Revision)


def items(*, actor: Actor, archived: bool = False) -> list[Item]:
    """The firm's items in the order of their columns."""
    found = Item.objects.filter(org_id=actor.org_id)
    return list(found if archived else found.filter(archived_at=None))


def item(*, actor: Actor, item_id: UUID) -> Item:
    """One item. Raises NotFound."""
    found = Item.objects.filter(org_id=actor.org_id, id=item_id).first()
    if found is None:
        raise NotFound
    return found


def rules_of(*, actor: Actor, on: date, known_at: datetime) -> dict[UUID, Rule]:
    """By item: the rule in force on a day, as it was known at a moment."""
    found = _known(Rule.objects.filter(item__org_id=actor.org_id), known_at).filter(starts__lte=on)
    return {rule.item_id: rule for rule in found.order_by("starts", "recorded_at")}


def rule(*, actor: Actor, item_id: UUID, on: date, known_at: datetime) -> Rule:
    """The rule of one item in force on a day. Raises NotFound."""
    item(actor=actor, item_id=item_id)
    found = _known(Rule.objects.filter(item_id=item_id), known_at).filter(starts__lte=on)
    last = found.order_by("starts", "recorded_at").last()
    if last is None:
        raise NotFound
    return last


def rule_history(*, actor: Actor, item_id: UUID) -> list[Rule]:
    """Every version of an item's rule, the superseded ones too, oldest first. Raises NotFound."""
    item(actor=actor, item_id=item_id)
    return list(Rule.objects.filter(item_id=item_id).order_by("recorded_at"))


def links(*, actor: Actor, on: date, known_at: datetime) -> list[Link]:
    """Every link between items in force on a day."""
    found = _known(Link.objects.filter(org_id=actor.org_id), known_at).filter(starts__lte=on)
    return list(found.filter(Q(ends=None) | Q(ends__gte=on)))


def documents(*, actor: Actor) -> list[Document]:
    """The firm's documents by code."""
    return list(Document.objects.filter(org_id=actor.org_id).order_by("code"))


def document(*, actor: Actor, document_id: UUID) -> Document:
    """One document. Raises NotFound."""
    found = Document.objects.filter(org_id=actor.org_id, id=document_id).first()
    if found is None:
        raise NotFound
    return found


def revisions(*, actor: Actor, known_at: datetime) -> dict[UUID, list[Revision]]:
    """By document: its revisions, oldest first, also those not yet in force."""
    found = _known(Revision.objects.filter(document__org_id=actor.org_id), known_at)
    by_document: dict[UUID, list[Revision]] = {}
    for one in found.order_by("effective_from", "recorded_at"):
        by_document.setdefault(one.document_id, []).append(one)
    return by_document


def aliases(*, actor: Actor) -> dict[str, list[UUID]]:
    """By plain word: the items that it may mean. More than one means: ask."""
    by_text: dict[str, list[UUID]] = {}
    for text, item_id in Alias.objects.filter(org_id=actor.org_id).order_by("text", "item_id").values_list("text", "item_id"):
        by_text.setdefault(text, []).append(item_id)
    return by_text


def _known(found: QuerySet[Row], known_at: datetime) -> QuerySet[Row]:
    """What was written down by then and not yet replaced."""
    return found.filter(recorded_at__lte=known_at).filter(Q(superseded_at=None) | Q(superseded_at__gt=known_at))
