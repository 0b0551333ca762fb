"""What is past its ten seconds counts; and once nothing is missing, the proof is given and stands on the board.

Each step is kept before the next: counted (it can no longer be undone) → bundled (which sign-offs make one proof, and what
stands on it of each) → given (the bundle is the request, so that it is given once) → recorded. Killed anywhere and run again,
it goes on where it was; run twice at once, it does the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import transaction
from django.db.models import F, Q

from skillmark.errors import DomainError
from skillmark.rooms.credentials import operations as credentials
from skillmark.rooms.credentials import queries as proofs
from skillmark.rooms.credentials.rules import Seen, day_there, from_json, said
from skillmark.rooms.holdings.models import Signature, SignOff
from skillmark.rooms.holdings.operations.noting import note
from skillmark.rooms.holdings.operations.record import Facts, record
from skillmark.rooms.holdings.operations.support import note_signature
from skillmark.rooms.holdings.queries import signing_off as queries
from skillmark.rooms.holdings.rules import RETRY, UNDO, SignOffState, standing_of
from skillmark.rooms.people import queries as people
from skillmark.rooms.people.rules import Actor, Role, server_for
from skillmark.rooms.signing.operations import CannotSign
from skillmark.rooms.skills import queries as skills
from skillmark.rooms.skills.rules import DATELESS, proposed_end

LEASE = timedelta(minutes=1)
"""So long a worker has for a proof, before another one takes it up."""
_MAY_HEAL = frozenset({"proof.observed_in_future"})
"""A phone that is a little ahead, just before midnight. What else cannot be given stays so."""


def settle(*, now: datetime, most: int = 50) -> int:
    """Count what can no longer be undone, and give the proofs that nothing is missing for. How many were looked at.

    For a job, over all firms: one query when nothing is due. A made-up firm's clock stands still: what waits there waits by
    the real one, so that it can be undone there as well. Where a proof cannot be signed (signing stopped, keys that do not
    open) the sign-offs stay counted with the reason as their `problem`, and it is tried again; where it never can be, they
    are refused. Call it outside any transaction.
    """
    runs: dict[tuple[object, ...], tuple[SignOff, datetime]] = {}
    due = _due(now, most)
    for one in due:
        moment = one.org.clock or now
        if one.state == SignOffState.COUNTED or _count(one, moment):
            runs[_run_of(one)] = one, moment
    for one, moment in runs.values():
        bundle = one.bundle or _bundle(one, moment)
        if bundle is not None:
            _give(one.org_id, bundle, moment)
    return len(due)


@transaction.atomic
def look_again(*, actor: Actor, person_id: UUID, now: datetime) -> None:
    """Let `settle` look at a person's open sign-offs once more: two records were joined, or taken apart. Raises NotFound."""
    ids = people.ids_of(actor=actor, person_id=person_id)
    waits = SignOff.objects.filter(org_id=actor.org_id, person_id__in=ids, state=SignOffState.COUNTED, look_at=None)
    waits.update(look_at=people.organisation(actor=actor).clock or now)


def _due(now: datetime, most: int) -> list[SignOff]:
    real = Q(org__clock=None, look_at__lte=now)
    made_up = Q(org__clock__isnull=False) & (Q(look_at__lte=now) | Q(look_at__lte=F("org__clock") + UNDO))
    found = SignOff.objects.filter(real | made_up, look_at__isnull=False).select_related("org", "item")
    return list(found.order_by("observed_at", "recorded_at", "id")[:most])


@transaction.atomic
def _count(one: SignOff, now: datetime) -> bool:
    """Whether it counts from now on; no: it was undone a moment ago, or counted by another worker."""
    if not SignOff.objects.filter(id=one.id, state=SignOffState.WAITING).update(state=SignOffState.COUNTED):
        return False
    one.state = SignOffState.COUNTED
    _note(server_for(org_id=one.org_id), [one], "counted", {}, now)
    return True


def _run_of(one: SignOff) -> tuple[object, ...]:
    person = people.person(actor=server_for(org_id=one.org_id), person_id=one.person_id)
    return person.id, one.item_id, one.level, one.version_id, one.revision, one.bundle


@transaction.atomic
def _bundle(one: SignOff, now: datetime) -> UUID | None:
    """Choose the sign-offs that make the proof, if nothing is missing, and write down what stands on it of each.

    The rows are locked: two at once find the same, or the second one finds that the proof is made already.
    """
    actor = server_for(org_id=one.org_id)
    ids = people.ids_of(actor=actor, person_id=one.person_id)
    mine = SignOff.objects.filter(org_id=one.org_id, person_id__in=ids, item_id=one.item_id, level=one.level)
    signed = list(mine.select_for_update().order_by("id"))
    asked = queries.asked_by(actor=actor, version_id=one.version_id, revision=one.revision)
    given = queries.given_of(signed, asked, queries.cancelled_proofs(actor=actor, person_id=one.person_id))
    standing = standing_of(signed=[queries.witnessed(each) for each in signed], asked=asked, given=given)
    same = mine.filter(version_id=one.version_id, revision=one.revision, state=SignOffState.COUNTED, bundle=None)
    if not standing.is_complete:
        same.update(look_at=None)
        return None
    names = ",".join(sorted(map(str, standing.counted)))
    bundle = uuid5(NAMESPACE_URL, f"skillmark:sign-offs:{names}")
    person = people.person(actor=actor, person_id=one.person_id)
    version = proofs.version(actor=actor, version_id=one.version_id)
    for each in SignOff.objects.filter(id__in=standing.counted).select_related("site"):
        told = _told(each, version, person.language).as_json()
        SignOff.objects.filter(id=each.id).update(bundle=bundle, told=told, look_at=now + LEASE)
    same.update(look_at=None)  # what adds nothing to it
    return bundle


def _told(one: SignOff, version: Any, language: str) -> Seen:
    return Seen(
        on=one.day, by=one.observer, seen=one.seen, method=one.method,
        steps=tuple(said(texts=version.steps[step], language=language)[0] for step in one.steps),
        hours=f"{one.hours.normalize():f}" if one.hours is not None else "",
        place=one.place or (one.site.name if one.site is not None else ""),
        document=" ".join(part for part in (one.document, one.revision) if part), language_used=one.language_used,
        co_signed_by=one.co_signed_by, comment=one.comment,
    )  # fmt: skip


def _give(org_id: UUID, bundle: UUID, now: datetime) -> None:
    found = SignOff.objects.filter(org_id=org_id, bundle=bundle).select_related("item")
    seen = list(found.order_by("day", "observed_at", "id"))
    last, actor = seen[-1], observer(seen[-1])
    version = proofs.version(actor=actor, version_id=last.version_id)
    try:
        issued = credentials.give(
            actor=actor, person_id=last.person_id, template_id=version.template_id, level=last.level, observed_on=last.day,
            evidence=[from_json(one.told) for one in seen], version_id=version.id, request_key=f"sign-off:{bundle}", now=now,
        )  # fmt: skip
    except credentials.CannotGive as problem:
        if problem.code in _MAY_HEAL:
            _try_again(seen, problem, now)
        else:
            _refuse(actor, seen, problem, now)
    except (CannotSign, credentials.CannotPublish) as problem:
        _try_again(seen, problem, now)
    else:
        _record(actor, seen, issued, now)


@transaction.atomic
def _record(actor: Actor, seen: Sequence[SignOff], issued: Any, now: datetime) -> None:
    """What the proof says, as something that the person holds; and the proof as what speaks for it."""
    last = seen[-1]
    made = record(
        actor=actor, person_id=last.person_id, item_id=last.item_id, facts=_facts(actor, seen, issued, now), now=now,
        source="sign_off", request_key=f"sign-off:{last.bundle}",
    )  # fmt: skip
    if made.superseded_at is None and not Signature.objects.filter(holding=made, issued_id=issued.id).exists():
        note_signature(
            actor=actor, holding_id=made.id, giver=issued.giver, verdict="good", code="good", own=True, listed=False,
            issued_id=issued.id, now=now,
        )  # fmt: skip
    counted = SignOff.objects.filter(id__in=[one.id for one in seen], state=SignOffState.COUNTED)
    if counted.update(state=SignOffState.SIGNED, issued_id=issued.id, holding=made, problem="", look_at=None):
        _note(actor, seen, "signed", {"proof": str(issued.id)}, now)


def _facts(actor: Actor, seen: Sequence[SignOff], issued: Any, now: datetime) -> Facts:
    last = seen[-1]
    ends = day_there(moment=issued.valid_until, time_zone=issued.time_zone) if issued.valid_until is not None else None
    hours = [one.hours for one in seen if one.hours is not None]
    return Facts(
        obtained=last.day, ends=ends, no_end=ends is None and not _ends_by_rule(actor, last, now), level=last.level,
        hours=sum(hours, Decimal(0)) if hours else None, giver=issued.giver, method=last.method, revision=last.revision,
        evaluated_on=last.day, evaluator=last.observer, language_taught=last.language_used,
    )  # fmt: skip


def _ends_by_rule(actor: Actor, one: SignOff, now: datetime) -> bool:
    """Whether the item's rule tells how long it counts, though the proof itself does not expire."""
    rule = skills.rules_of(actor=actor, on=one.day, known_at=now).get(one.item_id)
    if rule is None:
        return False
    if rule.validity.get("type") in DATELESS:
        return True
    return proposed_end(rule.validity, obtained=one.day, method=one.method) is not None


def _try_again(seen: Sequence[SignOff], problem: DomainError, now: datetime) -> None:
    counted = SignOff.objects.filter(id__in=[one.id for one in seen], state=SignOffState.COUNTED)
    counted.update(problem=problem.code, look_at=now + RETRY)


@transaction.atomic
def _refuse(actor: Actor, seen: Sequence[SignOff], problem: DomainError, now: datetime) -> None:
    counted = SignOff.objects.filter(id__in=[one.id for one in seen], state=SignOffState.COUNTED)
    if counted.update(state=SignOffState.REFUSED, problem=problem.code, look_at=None):
        _note(actor, seen, "refused", {"why": problem.code}, now)


def observer(one: SignOff) -> Actor:
    """Who saw it, to give in their name what they signed, also when they have left or look after another site by now."""
    kind, _, number = one.observer_key.partition(":")
    user_id = int(number) if kind == "user" else None
    return Actor(one.org_id, Role.OWNER, one.observer, user_id=user_id, via="page" if user_id is not None else "server")


def _note(actor: Actor, seen: Sequence[SignOff], event: str, more: dict[str, str], now: datetime) -> None:
    last = seen[-1]
    told = ",".join(str(one.id) for one in seen)
    data = {"item": str(last.item), "sign_off": told, "day": last.day.isoformat(), **more}
    note(actor=actor, subject=last.person_id, event=f"sign_off.{event}", data=data, now=now)
