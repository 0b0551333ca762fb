"""Add and change items, rules, links, documents and revisions. A change is a new version; the old one stays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Q

from skillmark.errors import DomainError, NotFound
from skillmark.rooms.journal import operations as journal
from skillmark.rooms.people import operations as people
from skillmark.rooms.people import queries as people_queries
from skillmark.rooms.people.rules import Actor
from skillmark.rooms.people.rules.facts import demand_facts
from skillmark.rooms.skills import queries, rules
from skillmark.rooms.skills.models import Alias, Document, Item, Link, Revision, Rule

MAX_NAME = 120
MOST_DAYS = 3650


_SIGNING = ("method", "how", "checklist", "leveled", "times_seen", "co_sign", "behaviour", "codes")


class CannotChangeItem(DomainError):
    """An item, rule, link or document cannot be kept as typed."""


@transaction.atomic
def add_item(
    *, actor: Actor, kind: str, names: Mapping[str, str], now: datetime, starts: date, rule: Mapping[str, Any] | None = None,
    shows: Mapping[str, str] | None = None, explained: Mapping[str, Mapping[str, str]] | None = None, look_up: str = "",
    sources: Sequence[Mapping[str, str]] = (), note: Mapping[str, str] | None = None,
    checklist: Sequence[Mapping[str, str]] = (), leveled: bool = False, origin: str = "",
    signing: Mapping[str, Any] | None = None,
) -> Item:  # fmt: skip
    """Add an item with the first version of its rule, in force from `starts`. `signing` as `change_signing` takes it.

    `rule` holds what `change_rule` takes; without it: until the date on the card, checked at source. Raises
    CannotChangeItem (`item.name_missing`, `item.kind_unknown`, `item.look_up`, and as `change_rule`), CannotDo.
    """
    people.demand(actor=actor, action="item.change")
    if kind not in set(rules.Kind):
        raise CannotChangeItem("item.kind_unknown")
    item = Item.objects.create(
        org_id=actor.org_id, kind=kind, names=_names(names), shows=dict(shows or {}), explained=dict(explained or {}),
        look_up=_link(look_up), sources=[dict(one) for one in sources], note=dict(note or {}),
        origin=origin,
        position=Item.objects.filter(org_id=actor.org_id).count(), created_at=now,
        **{"checklist": [dict(one) for one in checklist], "leveled": leveled, **_signing(signing or {})},
    )  # fmt: skip
    _write_rule(actor, item, {"own_counts": kind in rules.OWN_COUNTS, **(rule or {})}, starts, now)
    _note(actor, item.id, "skills.item.added", {"name": str(item)}, now)
    return item


@transaction.atomic
def change_item(
    *, actor: Actor, item_id: UUID, names: Mapping[str, str], now: datetime, shows: Mapping[str, str] | None = None,
    explained: Mapping[str, Mapping[str, str]] | None = None, look_up: str | None = None,
    note: Mapping[str, str] | None = None,
) -> Item:  # fmt: skip
    """Change what an item is called and how it is explained; None leaves a part as it is. Raises as `add_item`, NotFound."""
    people.demand(actor=actor, action="item.change")
    item = queries.item(actor=actor, item_id=item_id)
    item.names = _names(names)
    item.shows = item.shows if shows is None else dict(shows)
    item.explained = item.explained if explained is None else dict(explained)
    item.look_up = item.look_up if look_up is None else _link(look_up)
    item.note = item.note if note is None else dict(note)
    item.save(update_fields=["names", "shows", "explained", "look_up", "note"])
    _note(actor, item.id, "skills.item.changed", {"name": str(item)}, now)
    return item


@transaction.atomic
def change_signing(*, actor: Actor, item_id: UUID, now: datetime, **signing: Any) -> Item:
    """How the firm signs an item off itself; what `signing` does not name stays as it was.

    `signing`: method ("observed", "test", "hours"; "": not signed off here), how ({language: words}), checklist (a list of
    {language: words}), leveled, times_seen (1 or 2 days), co_sign, behaviour, codes ({framework, code, url, name}). A
    behaviour is seen on two days at least. Raises CannotChangeItem (`item.method_unknown`, `item.how_missing`,
    `item.steps_many`, `item.code_wrong`), CannotWrite where words hold more than facts, NotFound, CannotDo.
    """
    people.demand(actor=actor, action="item.change")
    item = queries.item(actor=actor, item_id=item_id)
    before = {name: getattr(item, name) for name in _SIGNING}
    for name, value in _signing({**before, **signing}).items():
        setattr(item, name, value)
    item.save(update_fields=list(_SIGNING))
    _note(actor, item.id, "skills.item.signing_changed", {"name": str(item)}, now)
    return item


@transaction.atomic
def change_rule(*, actor: Actor, item_id: UUID, starts: date, now: datetime, **rule: Any) -> Rule:
    """A new version of an item's rule, in force from `starts`; what `rule` does not name stays as it was.

    `rule`: validity (see `skills.rules.Validity`), trust ("photo", "source", "signed"), givers, own_counts, due_days,
    max_age_days, stale_days, lead_days, grace_days, document_id. A version of the same first day replaces the earlier
    one. Raises CannotChangeItem (`rule.validity`, `rule.trust`, `rule.days`), NotFound, CannotDo; TypeError for a part that
    rules do not have.
    """
    people.demand(actor=actor, action="item.change")
    item = queries.item(actor=actor, item_id=item_id)
    versions = Rule.objects.filter(item=item, superseded_at=None).order_by("starts", "recorded_at")
    last = versions.filter(starts__lte=starts).last() or versions.first()
    before = {name: getattr(last, name) for name in _PARTS} if last else {}
    Rule.objects.filter(item=item, superseded_at=None, starts=starts).update(superseded_at=now)
    made = _write_rule(actor, item, {**before, **rule}, starts, now)
    _note(actor, item.id, "skills.rule.changed", {"name": str(item), "from": starts.isoformat()}, now)
    return made


@transaction.atomic
def archive_item(*, actor: Actor, item_id: UUID, now: datetime) -> None:
    """Take an item out of the lists. What people hold of it stays. Raises NotFound, CannotDo."""
    people.demand(actor=actor, action="item.change")
    item = queries.item(actor=actor, item_id=item_id)
    if item.archived_at is not None:
        return
    item.archived_at = now
    item.save(update_fields=["archived_at"])
    _note(actor, item.id, "skills.item.archived", {"name": str(item)}, now)


@transaction.atomic
def link(
    *, actor: Actor, kind: str, first_id: UUID, second_id: UUID, starts: date, now: datetime, level_cap: int | None = None,
    position_id: UUID | None = None, reason: str = "",
) -> Link:  # fmt: skip
    """Say that the first item must be held before the second, or counts as it (for one position, if given).

    Said again, it replaces what was said before from `starts` on. Raises CannotChangeItem (`link.kind_unknown`; `link.level`
    for a level that there is not; `link.circle` where the second leads to the first already), CannotWrite when the reason is
    no fact, NotFound, CannotDo.
    """
    people.demand(actor=actor, action="item.change")
    if kind not in set(rules.LinkKind):
        raise CannotChangeItem("link.kind_unknown")
    if level_cap is not None and level_cap not in rules.LEVELS:
        raise CannotChangeItem("link.level")
    demand_facts(text=reason)
    first, second = (queries.item(actor=actor, item_id=one) for one in (first_id, second_id))
    if position_id is not None and position_id not in {one.id for one in people_queries.positions(actor=actor)}:
        raise NotFound
    if _leads_to(actor, kind, second.id, first.id, starts):
        raise CannotChangeItem("link.circle")
    same = Link.objects.filter(org_id=actor.org_id, kind=kind, first=first, second=second, for_position_id=position_id)
    for old in same.filter(Q(ends=None) | Q(ends__gte=starts), superseded_at=None):
        _end(old, last=starts - timedelta(days=1), actor=actor, now=now)
    made = Link.objects.create(
        org_id=actor.org_id, kind=kind, first=first, second=second, level_cap=level_cap, for_position_id=position_id,
        reason=reason[:500], starts=starts, recorded_at=now, recorded_by=actor.label,
    )  # fmt: skip
    _note(actor, first.id, "skills.link.made", {"first": str(first), "second": str(second), "kind": kind}, now)
    return made


@transaction.atomic
def unlink(*, actor: Actor, link_id: UUID, now: datetime, last: date | None = None) -> None:
    """Let a link end on `last`; None: it is taken back, as if it had never been. Raises NotFound, CannotDo."""
    people.demand(actor=actor, action="item.change")
    found = Link.objects.filter(org_id=actor.org_id, id=link_id, superseded_at=None).first()
    if found is None:
        raise NotFound
    _end(found, last=last, actor=actor, now=now)
    _note(actor, found.first_id, "skills.link.taken_back", {"kind": found.kind}, now)


@transaction.atomic
def add_document(*, actor: Actor, code: str, now: datetime, title: str = "") -> Document:
    """Add a document by its code; one that exists is returned. Raises CannotChangeItem `document.code_missing`, CannotDo."""
    people.demand(actor=actor, action="item.change")
    code = " ".join(code.split())[:60]
    if not code:
        raise CannotChangeItem("document.code_missing")
    found, made = Document.objects.get_or_create(
        org_id=actor.org_id, code=code, defaults={"title": title[:200], "created_at": now}
    )
    if made:
        _note(actor, found.id, "skills.document.added", {"code": code}, now)
    return found


@transaction.atomic
def raise_revision(
    *, actor: Actor, document_id: UUID, code: str, effective_from: date, now: datetime, grace_days: int = 0,
    severity: str = rules.Severity.SIGN,
) -> Revision:  # fmt: skip
    """A new revision of a document: those signed off on an older one have `grace_days` to do it again.

    Raises CannotChangeItem (`document.code_missing`, `revision.severity`, `rule.days`), NotFound, CannotDo.
    """
    people.demand(actor=actor, action="item.change")
    document = queries.document(actor=actor, document_id=document_id)
    code = code.strip()[:20]
    if not code:
        raise CannotChangeItem("document.code_missing")
    if not 0 <= grace_days <= MOST_DAYS:
        raise CannotChangeItem("rule.days")
    if severity not in set(rules.Severity):
        raise CannotChangeItem("revision.severity")
    Revision.objects.filter(document=document, code__iexact=code, superseded_at=None).update(superseded_at=now)
    made = Revision.objects.create(
        document=document, code=code, effective_from=effective_from, grace_days=grace_days, severity=severity,
        recorded_at=now, recorded_by=actor.label,
    )  # fmt: skip
    _note(actor, document.id, "skills.revision.raised", {"document": document.code, "revision": code}, now)
    return made


@transaction.atomic
def add_alias(*, actor: Actor, item_id: UUID, text: str, origin: str, now: datetime) -> None:
    """Remember another word for an item. The same word twice is one. Raises NotFound, CannotDo."""
    people.demand(actor=actor, action="import.make")
    item = queries.item(actor=actor, item_id=item_id)
    if plain := rules.plain(text)[:200]:
        defaults = {"origin": origin, "created_at": now}
        _, made = Alias.objects.get_or_create(org_id=actor.org_id, item=item, text=plain, defaults=defaults)
        if made:
            _note(actor, item.id, "skills.alias.added", {"name": str(item), "text": plain}, now)


_PARTS = (
    "validity", "trust", "givers", "own_counts", "due_days", "max_age_days", "stale_days", "lead_days", "grace_days",
    "document_id",
)  # fmt: skip
_DAYS = {"due_days": True, "max_age_days": True, "stale_days": True, "lead_days": False, "grace_days": False}
"""Parts of a rule that count days, and whether each may be left empty."""


def _write_rule(actor: Actor, item: Item, parts: Mapping[str, Any], starts: date, now: datetime) -> Rule:
    if unknown := set(parts) - set(_PARTS):
        raise TypeError(f"a rule has no {', '.join(sorted(unknown))}")
    validity = dict(parts.get("validity") or {"type": rules.Validity.CARD_DATE})
    if not rules.makes_sense(validity):
        raise CannotChangeItem("rule.validity")
    if parts.get("trust", "source") not in {"photo", "source", "signed"}:
        raise CannotChangeItem("rule.trust")
    for name, may_be_empty in _DAYS.items():
        days = parts.get(name, 0)
        if not (may_be_empty if days is None else isinstance(days, int) and 0 <= days <= MOST_DAYS):
            raise CannotChangeItem("rule.days")
    if parts.get("document_id"):
        queries.document(actor=actor, document_id=parts["document_id"])
    kept = {name: parts[name] for name in _PARTS if name in parts}
    return Rule.objects.create(
        item=item, **{**kept, "validity": validity}, starts=starts, recorded_at=now, recorded_by=actor.label
    )


def _end(old: Link, *, last: date | None, actor: Actor, now: datetime) -> None:
    """Close a link and write its shorter twin; with no days left it is closed alone."""
    Link.objects.filter(id=old.id, superseded_at=None).update(superseded_at=now)
    if last is not None and last >= old.starts:
        old.pk, old.ends, old.recorded_at, old.recorded_by = uuid4(), min(last, old.ends or last), now, actor.label
        old.save(force_insert=True)


def _leads_to(actor: Actor, kind: str, start: UUID, goal: UUID, on: date) -> bool:
    """Whether one item leads to another by links in force on a day or later."""
    after: dict[UUID, list[UUID]] = {}
    found = Link.objects.filter(org_id=actor.org_id, kind=kind, superseded_at=None).filter(Q(ends=None) | Q(ends__gte=on))
    for first, second in found.values_list("first_id", "second_id"):
        after.setdefault(first, []).append(second)
    seen, open_ = set(), [start]
    while open_:
        if (here := open_.pop()) == goal:
            return True
        if here not in seen:
            seen.add(here)
            open_ += after.get(here, [])
    return False


def _names(names: Mapping[str, str]) -> dict[str, str]:
    cleaned = {language: " ".join(name.split())[:MAX_NAME] for language, name in names.items() if name.strip()}
    if not cleaned:
        raise CannotChangeItem("item.name_missing")
    return cleaned


def _link(link: str) -> str:
    link = link.strip()
    if link and (not link.startswith("https://") or len(link) > 500):
        raise CannotChangeItem("item.look_up")
    return link


def _note(actor: Actor, subject: UUID, event: str, data: dict[str, str], now: datetime) -> None:
    journal.write(
        org_id=actor.org_id, actor=actor.label, actor_id=actor.key, event=event, subject_id=subject, data=data, now=now
    )


def _signing(said: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of how an item is signed off, judged; only those that `said` names."""
    kept = {name: said[name] for name in _SIGNING if name in said}
    if kept.get("method", "") not in ("", *rules.METHODS):
        raise CannotChangeItem("item.method_unknown")
    for texts in [kept.get("how", {}), *kept.get("checklist", [])]:
        for text in texts.values():
            demand_facts(text=text)
    if kept.get("method") and not any(kept.get("how", {}).values()):
        raise CannotChangeItem("item.how_missing")
    if len(kept.get("checklist", [])) > rules.MOST_STEPS:
        raise CannotChangeItem("item.steps_many", most=str(rules.MOST_STEPS))
    if not all(rules.is_code(one) for one in kept.get("codes", [])):
        raise CannotChangeItem("item.code_wrong")
    if kept.get("behaviour"):
        kept["times_seen"] = max(2, int(kept.get("times_seen", 2)))
    return kept
