"""Give a proof that takes the place of another: renewed, when that one ends; corrected, when it says something wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace as with_changes
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError

from skillmark.errors import DomainError
from skillmark.rooms.credentials import queries, rules
from skillmark.rooms.credentials.models import Issued
from skillmark.rooms.credentials.operations.cancel import note_cancelled, publish_soon
from skillmark.rooms.credentials.operations.give import Asked, CannotGive, given
from skillmark.rooms.credentials.operations.settling import settle_dispute
from skillmark.rooms.people import operations as people
from skillmark.rooms.people.rules import Actor


class CannotReplace(DomainError):
    """The proof stays as it is, and no other was given."""


def replace(
    *,
    actor: Actor,
    issued_id: UUID,
    why: str,
    request_key: str,
    now: datetime,
    person_name: str | None = None,
    level: int | None = None,
    observed_on: date | None = None,
    note: str | None = None,
    evidence: Sequence[rules.Seen] | None = None,
    answer: str = "",
    cancel_old: bool = False,
) -> Issued:
    """The new proof. What is not changed stays as on the old one; one request key gives one proof.

    `renewed`: given in the newest words of its kind; it counts from now, or from `observed_on` for as long as the kind says;
    `note` and `evidence` are new or none. The old one stays valid until its own end, unless `cancel_old`.
    `corrected`: in the words of the old one and for as long; in the moment in which the new one counts, the old one is
    cancelled, for everyone to see why, and what the person said is wrong is settled with `answer`.
    Raises NotFound; CannotReplace `replace.why_unknown`, `replace.nothing_changed`, `replace.name_missing`,
    `replace.name_too_long`, `replace.several_days` (a day of several can't be changed here), `dispute.answer_too_long`;
    CannotGive and CannotWrite (of a new note) as `give`; `signing.operations.CannotSign`. Call it outside any transaction.
    """
    people.demand(actor=actor, action="proof.give")
    old = queries.proof(actor=actor, issued_id=issued_id)
    told = None if evidence is None else [one.as_json() for one in evidence]
    if why == rules.RENEWED:
        asked = Asked(
            person_id=old.person_id, template_id=old.version.template_id, level=level or old.level, observed_on=observed_on,
            note=note or "", told=told or [], history=old.history, replaces=old.id, why=why,
        )  # fmt: skip
    elif why == rules.CORRECTED:
        asked = _corrected(old, person_name=person_name, level=level, observed_on=observed_on, note=note, told=told)
    else:
        raise CannotReplace("replace.why_unknown")
    if len(answer.strip()) > rules.DISPUTE_LENGTH:
        raise CannotReplace("dispute.answer_too_long", most=str(rules.DISPUTE_LENGTH))
    ends_old = cancel_old or why == rules.CORRECTED

    def also(new: Issued) -> None:
        """Both at once: nobody sees two that count, and nobody sees none."""
        if ends_old:
            reason = rules.REPLACED_REASON if why == rules.CORRECTED else rules.RENEWED_REASON
            note_cancelled(actor=actor, issued=old, reason=reason, is_public=True, now=now)
            outcome = rules.Outcome.CORRECTED if why == rules.CORRECTED else rules.Outcome.CANCELLED
            settle_dispute(actor=actor, issued=old, outcome=outcome, answer=answer.strip(), now=now)

    try:
        new = given(actor=actor, asked=asked, request_key=request_key, also=also, now=now)
    except IntegrityError:  # cancelled by somebody else at this very moment
        if queries.proof(actor=actor, issued_id=issued_id).cancelled_at is None:
            raise
        raise CannotGive("proof.cancelled") from None
    if ends_old:
        publish_soon(issued=old, now=now)
    return new


def _corrected(
    old: Issued,
    *,
    person_name: str | None,
    level: int | None,
    observed_on: date | None,
    note: str | None,
    told: list[dict[str, Any]] | None,
) -> Asked:
    same = Asked(
        person_id=old.person_id, template_id=old.version.template_id, version_id=old.version_id, level=old.level,
        observed_on=old.observed_on, note=old.note, told=old.evidence, history=old.history, person_name=old.person_name,
        counts_from=rules.day_there(moment=old.given_at, time_zone=old.time_zone), replaces=old.id, why=rules.CORRECTED,
    )  # fmt: skip
    name = same.person_name if person_name is None else " ".join(person_name.split())
    if not name:
        raise CannotReplace("replace.name_missing")
    if len(name) > rules.NAME_LENGTH:
        raise CannotReplace("replace.name_too_long", most=str(rules.NAME_LENGTH))
    seen = same.told if told is None else told
    if observed_on is not None and observed_on != old.observed_on and told is None and seen:
        if len(seen) > 1:
            raise CannotReplace("replace.several_days")
        seen = [{**seen[0], "on": observed_on.isoformat()}]
    asked = with_changes(
        same, person_name=name, level=level or same.level, observed_on=observed_on or same.observed_on,
        note=same.note if note is None else note, told=seen,
    )  # fmt: skip
    if asked == same:
        raise CannotReplace("replace.nothing_changed")
    return asked
