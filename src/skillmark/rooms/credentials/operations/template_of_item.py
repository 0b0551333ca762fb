"""The kind of proof that follows an item: its words are those of the item, and are changed there."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from skillmark.rooms.credentials import rules
from skillmark.rooms.credentials.models import Template
from skillmark.rooms.credentials.operations.template_words import CannotMakeTemplate, judged
from skillmark.rooms.credentials.operations.versions import make, renew
from skillmark.rooms.people import operations as people
from skillmark.rooms.people import queries as people_queries
from skillmark.rooms.people.rules import Actor
from skillmark.rooms.skills import queries as skills
from skillmark.rooms.skills.rules import Validity


def template_of_item(*, actor: Actor, item_id: UUID, now: datetime) -> Template:
    """The live kind of proof of an item, made or renewed so that its newest version has the item's present words.

    Asked again, it is the same one with the same version; the picture stays as it was. Whoever may give proofs may ask: the
    words are the owner's. Raises NotFound, CannotDo, CannotMakeTemplate: `template.did_missing` and `template.how_missing`
    where the item lacks what a proof must say, `template.archived` for an item that is no longer used, and as `judged`.
    """
    people.demand(actor=actor, action="proof.give")
    words = _words(actor=actor, item_id=item_id, now=now)
    live = Template.objects.filter(org_id=actor.org_id, item_id=item_id, state=Template.State.LIVE)
    if not live.exists():
        try:
            return make(actor=actor, item_id=item_id, words=words, now=now)
        except IntegrityError:  # two sign-offs at the same moment
            pass
    with transaction.atomic():
        return renew(actor=actor, template=live.select_for_update().get(), changes=words, now=now)


def _words(*, actor: Actor, item_id: UUID, now: datetime) -> dict[str, Any]:
    item = skills.item(actor=actor, item_id=item_id)
    if item.archived_at is not None:
        raise CannotMakeTemplate("template.archived")
    if not item.method:
        raise CannotMakeTemplate("template.how_missing")
    on = rules.day_there(moment=now, time_zone=people_queries.site(actor=actor).time_zone)
    rule = skills.rule(actor=actor, item_id=item_id, on=on, known_at=now)
    return judged(
        name=_said(item.names), did=_said(item.shows), how=_said(item.how), method=item.method,
        months=_months(rule.validity, method=item.method), level_asked=item.leveled,
        steps=[_said(step) for step in item.checklist], codes=item.codes, times_seen=item.times_seen, co_sign=item.co_sign,
    )  # fmt: skip


def _said(texts: dict[str, str]) -> dict[str, str]:
    return {language: text for language, text in texts.items() if text.strip()}


def _months(validity: dict[str, Any], *, method: str) -> int | None:
    """How long a proof counts by a rule that tells it in months; other rules end it by what happens later, or never."""
    months = validity.get("months")
    if validity.get("type") == Validity.ALTERNATING:
        months = months.get(method) if isinstance(months, dict) else None
    elif validity.get("type") != Validity.MONTHS:
        return None
    return int(months) if months else None
