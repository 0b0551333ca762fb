"""Give a proof: reserve (rows) → sign (outside any transaction) → commit (rows and journal). (trustworthy: section 4)

Nothing leaves before the last step. A crash anywhere leaves at most a reserved row that nobody sees; the same request key
then finishes the same proof, with the same identifier, the same place in the list and the same words.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.db.models import Q

from skillmark.errors import DomainError, NotFound
from skillmark.rooms.credentials import queries, rules
from skillmark.rooms.credentials.models import Issued, StatusList, Template, TemplateVersion
from skillmark.rooms.credentials.operations import places, publish
from skillmark.rooms.credentials.operations.wording import payload_of, to_present_key
from skillmark.rooms.credentials.queries.proofs import counting
from skillmark.rooms.credentials.queries.status import base_url_of
from skillmark.rooms.journal import operations as journal
from skillmark.rooms.people import operations as people_operations
from skillmark.rooms.people import queries as people
from skillmark.rooms.people.rules import Actor
from skillmark.rooms.people.rules.facts import demand_seen
from skillmark.rooms.signing import operations as signing
from skillmark.rooms.signing import queries as keys


class CannotGive(DomainError):
    """The proof cannot be given as asked; nothing was given."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What shall be given. `told` is what was seen and `history` a work history, as JSON; `person_name` stands in for the
    name of today.

    `counts_from` is the day from which the months count when nothing says when it was seen; none: the day of giving.
    """

    person_id: UUID
    template_id: UUID
    level: int | None = None
    observed_on: date | None = None
    note: str = ""
    told: list[dict[str, Any]] = field(default_factory=list)
    history: dict[str, Any] = field(default_factory=dict)
    version_id: UUID | None = None
    person_name: str = ""
    counts_from: date | None = None
    replaces: UUID | None = None
    why: str = ""
    run: UUID | None = None

    @property
    def fingerprint(self) -> str:
        """The same for the same wish. What was added later counts only where it is used: older keys keep their meaning."""
        later = {
            "evidence": json.dumps(self.told, sort_keys=True) if self.told else None,
            "history": json.dumps(self.history, sort_keys=True) if self.history else None,
            "replaces": self.replaces, "why": self.why, "person_name": self.person_name,
        }  # fmt: skip
        return rules.request_hash(
            person=self.person_id, template=self.template_id, level=self.level, observed_on=self.observed_on, note=self.note,
            **{name: value for name, value in later.items() if value},
        )  # fmt: skip


def give(
    *,
    actor: Actor,
    person_id: UUID,
    template_id: UUID,
    level: int | None = None,
    observed_on: date | None = None,
    note: str = "",
    evidence: Sequence[rules.Seen] = (),
    version_id: UUID | None = None,
    replaces: UUID | None = None,
    why: str = "",
    run: UUID | None = None,
    request_key: str,
    now: datetime,
) -> Issued:
    """The signed proof. One request key gives one proof, however often and from wherever it is asked.

    `evidence` is what was seen, where more is known than a day and a note; `version_id` the version of the kind's words
    that was looked at, if not the newest. `replaces` is the proof that this one renews (`why` renewed; the old one stays) or
    `run` the class that it belongs to; to put one right call `replace`.
    The months count from the day on which it was seen (`observed_on`), else from today at the site.
    Raises NotFound; CannotGive `template.archived`, `proof.level_missing`, `proof.seen_too_seldom`, `proof.co_sign_missing`
    (a kind that follows such a skill is signed off, not just given), `proof.observed_in_future`,
    `proof.observed_long_ago`, `proof.already_over`, `proof.note_too_long`, `proof.request_reused`,
    `proof.already_replaced`, `proof.cancelled`; `people.rules.facts.CannotWrite` for a note that says more than what was
    seen; `signing.operations.CannotSign`. Call it outside any transaction.
    """
    asked = Asked(
        person_id=person_id, template_id=template_id, level=level, observed_on=observed_on, note=note,
        told=[one.as_json() for one in evidence], version_id=version_id, replaces=replaces, why=why, run=run,
    )  # fmt: skip
    return given(actor=actor, asked=asked, request_key=request_key, now=now)


def given(
    *, actor: Actor, asked: Asked, request_key: str, also: Callable[[Issued], None] | None = None, now: datetime
) -> Issued:
    """As `give`. `also` is called with the proof in the transaction that makes it count; when it raises, nothing counts."""
    people_operations.demand(actor=actor, action="proof.give")
    issued = _asked_before(actor=actor, request_key=request_key)
    if issued is None:
        signing.make_keys(org_id=actor.org_id, now=now)
        try:
            issued = _reserve(actor=actor, asked=asked, request_key=request_key, now=now)
        except IntegrityError:  # the same request a moment ago, in another process
            issued = _asked_before(actor=actor, request_key=request_key)
            if issued is None:
                raise
    if issued.request_hash != asked.fingerprint:
        raise CannotGive("proof.request_reused")
    if issued.state == Issued.State.RESERVED:
        to_present_key(org_id=actor.org_id, issued=[issued], now=now)
        _finish(actor=actor, issued=issued, also=also, now=now)
    return queries.proof(actor=actor, issued_id=issued.id)


def _asked_before(*, actor: Actor, request_key: str) -> Issued | None:
    return Issued.objects.filter(org_id=actor.org_id, request_key=request_key).first()


@transaction.atomic
def _reserve(*, actor: Actor, asked: Asked, request_key: str, now: datetime) -> Issued:
    person = people.person(actor=actor, person_id=asked.person_id)
    old = None if asked.replaces is None else queries.proof(actor=actor, issued_id=asked.replaces)
    if old is not None:
        _demand_replaceable(old, except_for=None)
    version = _version(actor=actor, asked=asked)
    time_zone = people.site(actor=actor).time_zone
    level, valid_until = _judged(version=version, asked=asked, time_zone=time_zone, now=now)
    if old is None or asked.note != old.note:  # it is signed and travels; what was signed once is not judged again
        demand_seen(text=asked.note, names=[person.name, asked.person_name])
    giver = people.organisation(actor=actor).name
    title, language = rules.said(texts=version.name, language=person.language)
    history = rules.history_from_json(asked.history)
    title = title if history is None else history.title(giver=giver)
    start = now.replace(microsecond=0)
    issued = Issued.objects.create(
        id=uuid4(), org_id=actor.org_id, person_id=person.id, version=version, level=level, title=title,
        person_name=asked.person_name or person.name, giver=giver, given_by=actor.label,
        given_by_key=actor.key, given_at=start, valid_from=start, valid_until=valid_until, time_zone=time_zone,
        language=language, observed_on=asked.observed_on, note=asked.note.strip(), evidence=asked.told, history=asked.history,
        replaces_id=asked.replaces, why=asked.why, run_id=asked.run, request_key=request_key,
        request_hash=asked.fingerprint, payload={},
    )  # fmt: skip
    identity = keys.issuer(org_id=actor.org_id)
    base_url = base_url_of(org_id=actor.org_id)
    row = places.open_list(org_id=actor.org_id, issuer=identity.did, base_url=base_url, now=now)
    places.draw(row=row, issued=issued)
    issued.payload = payload_of(issued=issued, giver_url=people.organisation_public(org_id=actor.org_id).base_url)
    issued.save(update_fields=["payload"])
    return issued


def _demand_replaceable(old: Issued, *, except_for: UUID | None) -> None:
    """One proof takes the place of another, and only of one that was not cancelled."""
    if old.cancelled_at is not None:
        raise CannotGive("proof.cancelled")
    newer = counting().filter(~Q(id=except_for), replaces_id=old.id).first()
    if newer is not None:
        day = rules.day_there(moment=newer.given_at, time_zone=newer.time_zone)
        raise CannotGive("proof.already_replaced", date=day.isoformat())


def _version(*, actor: Actor, asked: Asked) -> TemplateVersion:
    """The words to give it under. A correction keeps those of the proof that it corrects, even of a kind given no more."""
    template = queries.template(actor=actor, template_id=asked.template_id)
    version = template.current
    if version is None or (template.state != Template.State.LIVE and asked.why != rules.CORRECTED):
        raise CannotGive("template.archived")
    if asked.version_id is None or asked.version_id == version.id:
        return version
    found = TemplateVersion.objects.filter(template=template, id=asked.version_id).first()
    if found is None:
        raise NotFound
    return found


def _judged(*, version: TemplateVersion, asked: Asked, time_zone: str, now: datetime) -> tuple[int | None, datetime | None]:
    """The level to print and the last good moment, or CannotGive."""
    if version.level_asked and asked.level not in rules.LEVELS:
        raise CannotGive("proof.level_missing")
    lack = rules.not_enough(told=asked.told, times_seen=version.times_seen, co_sign=version.co_sign)
    if lack and asked.why != rules.CORRECTED:  # a correction says again what was enough
        raise CannotGive(lack, times=str(version.times_seen))
    today = rules.day_there(moment=now, time_zone=time_zone)
    if asked.observed_on is not None and asked.observed_on > today:
        raise CannotGive("proof.observed_in_future")
    if asked.observed_on is not None and asked.why != rules.CORRECTED and rules.is_long_ago(asked.observed_on, today=today):
        raise CannotGive("proof.observed_long_ago")
    if len(asked.note.strip()) > rules.TEXT_LENGTH:
        raise CannotGive("proof.note_too_long", most=str(rules.TEXT_LENGTH))
    day = asked.observed_on or asked.counts_from or today
    ends = rules.last_good_moment(day=day, months=version.months, time_zone=time_zone)
    if ends is not None and ends <= now:
        raise CannotGive("proof.already_over", date=rules.day_there(moment=ends, time_zone=time_zone).isoformat())
    return (asked.level if version.level_asked else None), ends


def _finish(*, actor: Actor, issued: Issued, also: Callable[[Issued], None] | None, now: datetime) -> None:
    row: StatusList = issued.entry.list
    publish.publish_new(row=row, now=now)
    document = signing.sign(
        org_id=issued.org_id, purpose="credential", unsigned=issued.payload, template_id=issued.version.template_id, now=now
    )
    with transaction.atomic():
        waiting = Issued.objects.filter(id=issued.id, state=Issued.State.RESERVED)
        same = issued.payload in waiting.select_for_update().values_list("payload", flat=True)
        if same and waiting.update(state=Issued.State.SIGNED, document=document, given_at=now.replace(microsecond=0)):
            if issued.replaces_id is not None:
                Issued.objects.select_for_update().get(id=issued.replaces_id)  # two who replace it wait for one another here
                _demand_replaceable(queries.proof(actor=actor, issued_id=issued.replaces_id), except_for=issued.id)
            if also is not None:
                also(issued)
            journal.write(
                org_id=issued.org_id, actor=actor.label, actor_id=actor.key, event="credentials.proof.given",
                subject_id=issued.id, now=now,
                data={"title": issued.title, "person": issued.person_name, "person_id": str(issued.person_id)},
            )  # fmt: skip
