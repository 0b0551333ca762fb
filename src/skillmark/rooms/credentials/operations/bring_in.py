"""Bring a proof of anybody into one's own space; let one go; write down what a later check said; say something about it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q

from credcore.verify import Report
from skillmark.rooms.credentials import rules
from skillmark.rooms.credentials.models import Held
from skillmark.rooms.credentials.operations.hold import ID_LENGTH, TEXT_LENGTH, CannotHold, Facts, put
from skillmark.rooms.credentials.queries.held import held_one
from skillmark.rooms.journal import operations as journal
from skillmark.rooms.people import operations as people
from skillmark.rooms.people.rules import Actor
from skillmark.rooms.signing import operations as signing


def bring_in(
    *, actor: Actor, report: Report, document: bytes, form: str, source: str, now: datetime, name_agreed: bool = False
) -> Held:
    """Keep what a check of a moment ago called genuine, with its answer: good, careful, or not counting today.

    `document` is what was signed, byte for byte, in `form` (`json`, `jwt`, `sd-jwt`); `source` how it came (`file`, `picture`,
    `link`, `text`, `offer`, `moved`). The one that is there when it was kept before. `name_agreed`: the person knows that
    another name stands on it than on their page; it is marked so for good.

    Raises CannotHold `held.bad` (altered, a borrowed name), `held.unknown` (nothing signed, or nobody could tell),
    `held.names_other` (facts `name`, `page`: not agreed yet), `held.too_many` (fact `most`); CannotDo, CannotSign
    `sign.outer_key`.
    """
    people.demand(actor=actor, action="record.change")
    problem = rules.why_not(report)
    if problem or report.credential is None:
        raise CannotHold(problem or "held.unknown")
    credential = report.credential
    other = not rules.same_name(credential.subject.name, actor.name)
    if other and not name_agreed:
        raise CannotHold("held.names_other", name=credential.subject.name, page=actor.name)
    if Held.objects.filter(org_id=actor.org_id).count() >= rules.MOST_HELD:
        raise CannotHold("held.too_many", most=f"{rules.MOST_HELD:,}")
    giver, title = (rules.storable_text(text) for text in (credential.issuer.name or credential.issuer.id, credential.name))
    taken = Held.objects.filter(org_id=actor.org_id, credential_id=credential.id).exclude(giver=giver[:TEXT_LENGTH])
    facts = Facts(  # a number that another giver has used here already is not enough to know it by
        credential_id="" if taken.exists() or len(credential.id) > ID_LENGTH else rules.storable_text(credential.id),
        title=title, giver=giver,
        valid_until=credential.valid_until, form=form, source=source, verdict=report.verdict.value, code=report.code,
        names_other=other,
    )  # fmt: skip
    return put(actor=actor, document=document, facts=facts, now=now)


def remove_held(*, actor: Actor, held_id: UUID, now: datetime) -> None:
    """Let go of a proof in one's own space, for good. What was given on this server stays the giver's own record.

    Raises NotFound, CannotDo.
    """
    people.demand(actor=actor, action="record.change")
    held = held_one(actor=actor, held_id=held_id)
    with transaction.atomic():
        _note(actor=actor, event="credentials.proof.removed", held=held, now=now)
        held.delete()


def note_check(*, actor: Actor, held_id: UUID, report: Report, now: datetime) -> Held:
    """Write down what one more check of a kept proof said. Silence leaves what was known. Raises NotFound, CannotDo."""
    people.demand(actor=actor, action="record.change")
    held = held_one(actor=actor, held_id=held_id)
    before = rules.Known(held.verdict, held.code, held.checked_at)
    after = rules.heard(before=before, report=report)
    held.verdict, held.code, held.checked_at, held.tried_at = after.verdict, after.code, after.at, now
    with transaction.atomic():
        held.save(update_fields=["verdict", "code", "checked_at", "tried_at"])
        if after.code != before.code:
            _note(actor=actor, event="credentials.proof.answer_changed", held=held, now=now, code=after.code)
    return held


def take_stale(*, now: datetime, most: int) -> list[tuple[UUID, UUID]]:
    """(space, number) of proofs whose answers are most of a day old, those first that waited longest.

    They count as tried, so that one which nobody answers for does not hold up the others. For the job alone.
    """
    old = Q(checked_at=None) | Q(checked_at__lte=now - rules.ASK_AFTER)
    free = Q(tried_at=None) | Q(tried_at__lte=now - rules.TRY_AFTER)
    due = Held.objects.filter(old, free).order_by(F("tried_at").asc(nulls_first=True), "checked_at", "id")
    found = list(due.values_list("org_id", "id")[:most])
    return [pair for pair in found if Held.objects.filter(free, id=pair[1]).update(tried_at=now)]


def comment_held(*, actor: Actor, held_id: UUID, words: str, now: datetime) -> Held:
    """What the person wants to say about a proof; it goes along when they share it. Empty: nothing any more.

    Raises NotFound; CannotHold `held.comment_too_long` (fact `most`); CannotDo.
    """
    people.demand(actor=actor, action="record.change")
    words = words.strip()
    if len(words) > rules.COMMENT_LENGTH:
        raise CannotHold("held.comment_too_long", most=str(rules.COMMENT_LENGTH))
    held = held_one(actor=actor, held_id=held_id)
    held.comment = signing.sealer(org_id=actor.org_id).seal(words.encode()) if words else b""
    with transaction.atomic():
        held.save(update_fields=["comment"])
        _note(actor=actor, event="credentials.proof.commented", held=held, now=now)
    held.remark = words
    return held


def _note(*, actor: Actor, event: str, held: Held, now: datetime, **more: str) -> None:
    """Without its title: what somebody let go of is not told on."""
    journal.write(
        org_id=actor.org_id, actor=actor.label, actor_id=actor.key, event=event, subject_id=held.id, data=more, now=now
    )
