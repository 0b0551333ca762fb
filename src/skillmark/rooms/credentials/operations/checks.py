"""Keep what was checked, as evidence. Only reports become checks; nothing here is ever changed, only added to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction

from credcore.verify import Report
from credcore.verify.record import dump
from skillmark.errors import DomainError, NotFound
from skillmark.rooms.credentials import queries, rules
from skillmark.rooms.credentials.models import BatchRow, Check, CheckedItem
from skillmark.rooms.journal import operations as journal
from skillmark.rooms.people import operations as people
from skillmark.rooms.people.rules import Actor

_TEXT = 300


class CannotCheck(DomainError):
    """It was not checked, and nothing was kept."""


def keep_checks(
    *,
    actor: Actor,
    kind: str,
    name: str,
    body: bytes,
    reports: Sequence[Report],
    now: datetime,
    batch_id: UUID | None = None,
) -> list[Check]:
    """A check for each report, in order. The same bytes again are the same item with one more round of checks.

    `kind` is `file`, `link` (then `body` is the address) or `text`; `name` is shown and never believed.
    Raises CannotCheck `check.too_large`, `check.kind_unknown`; CannotDo.
    """
    people.demand(actor=actor, action="check.make")
    demand_checkable(kind=kind, body=body)
    if not reports:
        raise ValueError("a check needs a report")
    with transaction.atomic():
        item = _item(actor=actor, kind=kind, name=rules.storable_text(name)[:200], body=body, now=now)
        before = _told_before(item)
        item.rounds += 1
        if item.watched:
            item.next_at = now + rules.WATCH_EVERY
        item.save(update_fields=["rounds", "next_at"])
        made = [
            _check(item=item, report=report, position=position, before=before.get(position), batch_id=batch_id,
                   actor=actor, now=now)
            for position, report in enumerate(reports, 1)
        ]  # fmt: skip
        if batch_id is None:  # a batch tells of itself when it begins and ends
            _note(actor=actor, item=item, event="credentials.check.kept", now=now, verdicts=[one.verdict for one in made])
        if item.watched:
            for one in made:
                if one.changed:
                    _note_change(actor=actor, check=one, before=before[one.position], now=now)
    return made


def demand_checkable(*, kind: str, body: bytes) -> None:
    """What must hold before something is looked at in order to keep it. Raises CannotCheck as `keep_checks`."""
    if kind not in CheckedItem.Kind.values:
        raise CannotCheck("check.kind_unknown")
    if len(body) > rules.ITEM_BYTES:
        raise CannotCheck("check.too_large", most=str(rules.ITEM_BYTES // 2**20))


def forget_item(*, actor: Actor, item_id: UUID, now: datetime) -> None:
    """Delete an item and all its checks; the journal keeps that it happened. Raises NotFound, CannotDo."""
    people.demand(actor=actor, action="trust.change")
    with transaction.atomic():
        item = _locked(actor=actor, item_id=item_id)
        BatchRow.objects.filter(item=item).update(name="")
        item.checks.all().delete()
        _note(actor=actor, item=item, event="credentials.item.forgotten", now=now)
        item.delete()


def watch(*, actor: Actor, item_id: UUID, on: bool, now: datetime) -> CheckedItem:
    """Check it again every day, or no longer; owners are told when an answer changes. Raises NotFound, CannotDo."""
    people.demand(actor=actor, action="check.make")
    with transaction.atomic():
        queries.checked_item(actor=actor, item_id=item_id)
        item = _locked(actor=actor, item_id=item_id)
        if item.watched != on:
            item.watched, item.next_at = on, now + rules.WATCH_EVERY if on else None
            item.save(update_fields=["watched", "next_at"])
            event = "credentials.item.watched" if on else "credentials.item.unwatched"
            _note(actor=actor, item=item, event=event, now=now)
    return item


def _told_before(item: CheckedItem) -> dict[int, str]:
    """The last answer for each proof in it, passing over the days on which nobody could be asked."""
    told = item.checks.exclude(code__in=rules.NOBODY_ASKED).order_by("round").values_list("position", "verdict")
    return dict(told)


def _locked(*, actor: Actor, item_id: UUID) -> CheckedItem:
    found = CheckedItem.objects.select_for_update().filter(org_id=actor.org_id, id=item_id).first()
    if found is None:
        raise NotFound
    return found


def _item(*, actor: Actor, kind: str, name: str, body: bytes, now: datetime) -> CheckedItem:
    """The item with these bytes, locked, so that two checks at once get different rounds."""
    sha256 = rules.fingerprint(body)
    there = CheckedItem.objects.select_for_update().filter(org_id=actor.org_id, kind=kind, sha256=sha256)
    found = there.first()
    if found is not None:
        return found
    try:
        with transaction.atomic():
            return CheckedItem.objects.create(
                id=uuid4(), org_id=actor.org_id, kind=kind, name=name, body=body, sha256=sha256, size=len(body), created_at=now
            )
    except IntegrityError:  # the same thing at the same moment
        return there.get()


def _check(
    *,
    item: CheckedItem,
    report: Report,
    position: int,
    before: str | None,
    batch_id: UUID | None,
    actor: Actor,
    now: datetime,
) -> Check:
    credential, verdict = report.credential, report.verdict
    shown = {
        "title": credential.name if credential else "",
        "giver": (credential.issuer.name or credential.issuer.id) if credential else "",
        "person": credential.subject.name if credential else "",
    }
    return Check.objects.create(
        id=uuid4(), org_id=actor.org_id, item=item, batch_id=batch_id, round=item.rounds, position=position, made_at=now,
        made_by=actor.label, made_by_key=actor.key, verdict=verdict.value, code=report.code,
        giver_id=rules.storable_text(credential.issuer.id)[:rules.URL_LENGTH] if credential else "",
        ends_at=credential.valid_until if credential else None, report=rules.storable(dump(report)),
        changed=before not in (None, verdict.value) and report.code not in rules.NOBODY_ASKED,
        **{part: rules.storable_text(text)[:_TEXT] for part, text in shown.items()},
    )  # fmt: skip


def _note(*, actor: Actor, item: CheckedItem, event: str, now: datetime, **facts: object) -> None:
    journal.write(
        org_id=actor.org_id, actor=actor.label, actor_id=actor.key, event=event, subject_id=item.id,
        data={"name": item.name, "kind": item.kind, "sha256": item.sha256, **facts}, now=now,
    )  # fmt: skip


def _note_change(*, actor: Actor, check: Check, before: str, now: datetime) -> None:
    journal.write(
        org_id=actor.org_id, actor=actor.label, actor_id=actor.key, event="credentials.check.changed", subject_id=check.id,
        data={
            "item_id": str(check.item_id), "name": check.item.name, "title": check.title, "person": check.person,
            "before": before, "verdict": check.verdict,
        },
        now=now,
    )  # fmt: skip
