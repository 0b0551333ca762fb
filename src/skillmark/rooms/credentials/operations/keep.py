"""The person's side of a hand-over: look, type the PIN, take it, or say "this isn't me". Looking never takes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import NoReturn

from django.db import transaction
from django.db.models import Q

from credcore.formats import openbadges3
from credcore.model import Observation
from skillmark.errors import DomainError
from skillmark.rooms.credentials import rules
from skillmark.rooms.credentials.models import Issued, Offer
from skillmark.rooms.credentials.operations.offers import code_hash
from skillmark.rooms.credentials.queries.proofs import did
from skillmark.rooms.journal import operations as journal
from skillmark.rooms.people import operations as people
from skillmark.rooms.people.rules.guesses import MAX_TRIES


class CannotKeep(DomainError):
    """The code or the PIN does not open the proof."""


@dataclass(frozen=True, slots=True)
class OfferView:
    """What the person sees before keeping: no more than is on the proof. Days are days where the giver works."""

    title: str
    person: str
    giver: str
    did: str
    how: tuple[str, ...]
    steps: tuple[str, ...]
    seen: tuple[Observation, ...]
    level: str
    starts: date
    ends: date | None
    language: str
    colour: str
    way: str
    needs_pin: bool
    tries_left: int
    expires_at: datetime
    answer_by: date | None = None  # the giver's last day to answer what the person said is wrong

    @property
    def first_name(self) -> str:
        return self.person.split()[0] if self.person.split() else ""


def look_at_offer(*, code: str, now: datetime) -> OfferView:
    """Raises CannotKeep `offer.unknown`, `offer.used` (fact `date`), `offer.closed`, `offer.expired`, `offer.locked`."""
    found = _open_offer(code=code, now=now)
    issued, version = found.issued, found.issued.version
    level = rules.level_name(level=issued.level, language=issued.language)
    how = rules.said(texts=version.how, language=issued.language)[0]
    return OfferView(
        title=issued.title,
        person=issued.person_name,
        giver=issued.giver,
        did=did(issued=issued),
        how=(how, issued.note) if issued.note else (how,),
        steps=tuple(rules.said(texts=step, language=issued.language)[0] for step in version.steps),
        seen=openbadges3.parse(issued.payload).observations if issued.evidence else (),
        level=f"{issued.level} {level}" if level else "",
        starts=rules.day_there(moment=issued.valid_from, time_zone=issued.time_zone),
        ends=rules.day_there(moment=issued.valid_until, time_zone=issued.time_zone) if issued.valid_until else None,
        language=issued.language,
        colour=version.colour,
        way=found.way,
        needs_pin=bool(found.pin_hash),
        tries_left=MAX_TRIES - found.tries,
        expires_at=found.expires_at,
        answer_by=issued.disputes.filter(answered_at=None).values_list("answer_by", flat=True).first(),
    )


def check_pin(*, code: str, pin: str, now: datetime) -> Issued:
    """The proof behind the code, when the PIN is right; nothing is taken yet.

    Raises as `look_at_offer`, and `offer.wrong_pin` (fact `tries_left`). Call it outside any transaction: a try that is
    rolled back would not count.
    """
    found = _open_offer(code=code, now=now)
    if not found.pin_hash:
        return found.issued
    try:
        people.guess(code=found, alive=Q(used_at=None, closed_at=None, expires_at__gt=now), typed=rules.pin_digits(pin))
    except people.NoTry:
        _explain(Offer.objects.select_related("issued").get(id=found.id), now)
    except people.WrongPin as error:
        if error.left:
            raise CannotKeep("offer.wrong_pin", tries_left=str(error.left)) from error
        _note(issued=found.issued, event="credentials.offer.locked", now=now)
        raise CannotKeep("offer.locked") from error
    return found.issued


def use_offer(*, code: str, now: datetime) -> Issued:
    """Take the code: once, in one conditional update, as the last step of keeping. Call `check_pin` first.

    May be part of the caller's transaction, so that a failure there leaves the code usable. Raises as `look_at_offer`.
    """
    with transaction.atomic():
        found = _open_offer(code=code, now=now, counting=False)
        free = Offer.objects.filter(id=found.id, used_at=None, closed_at=None, expires_at__gt=now)
        if not free.update(used_at=now):
            found.refresh_from_db()
            _explain(found, now)
        _note(issued=found.issued, event="credentials.offer.taken", now=now)
        return found.issued


def take_offer(*, code: str, pin: str, now: datetime) -> Issued:
    """`check_pin`, then `use_offer`: the proof, and the code is spent."""
    check_pin(code=code, pin=pin, now=now)
    return use_offer(code=code, now=now)


def refuse_offer(*, code: str, now: datetime) -> None:
    """ "This isn't me": the code stops working, and the giver sees it in the history. Raises as `look_at_offer`."""
    with transaction.atomic():
        found = _open_offer(code=code, now=now)
        if Offer.objects.filter(id=found.id, used_at=None, closed_at=None).update(closed_at=now):
            _note(issued=found.issued, event="credentials.offer.refused", now=now)


def _open_offer(*, code: str, now: datetime, counting: bool = True) -> Offer:
    """`counting=False`: the PIN was right, so spent tries no longer matter."""
    found = Offer.objects.filter(code_hash=code_hash(code)).select_related("issued", "issued__version").first()
    if found is None:
        raise CannotKeep("offer.unknown")
    if _state(found, now, counting=counting) is not rules.OfferState.OPEN:
        _explain(found, now)
    return found


def _state(found: Offer, now: datetime, *, counting: bool = True) -> rules.OfferState:
    return rules.offer_state(
        used_at=found.used_at,
        closed_at=found.closed_at,
        expires_at=found.expires_at,
        tries=found.tries if counting else 0,
        now=now,
    )


def _explain(found: Offer, now: datetime) -> NoReturn:
    state = _state(found, now)
    if state is rules.OfferState.OPEN:  # every try was out when we asked for one; the others have given theirs back since
        state = rules.OfferState.LOCKED
    if state is rules.OfferState.USED and found.used_at is not None:
        day = rules.day_there(moment=found.used_at, time_zone=found.issued.time_zone)
        raise CannotKeep(state.value, date=day.isoformat(), giver=found.issued.giver)
    raise CannotKeep(state.value, giver=found.issued.giver)


def _note(*, issued: Issued, event: str, now: datetime) -> None:
    journal.write(
        org_id=issued.org_id, actor=issued.person_name, actor_id=f"person:{issued.person_id}", event=event,
        subject_id=issued.id, data={"person": issued.person_name, "title": issued.title}, now=now,
    )  # fmt: skip
