"""Somebody leaves, or changes places: what goes along with them, and what stays here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from skillmark.desks import closing_down
from skillmark.errors import NotFound
from skillmark.rooms.credentials import operations as credentials
from skillmark.rooms.credentials import queries as proofs
from skillmark.rooms.credentials.rules import History, Stint, day_there, said
from skillmark.rooms.holdings import queries as holdings
from skillmark.rooms.people import operations as people_operations
from skillmark.rooms.people import queries as people
from skillmark.rooms.people.rules import Actor, server_for
from skillmark.rooms.records import operations as records
from skillmark.rooms.records import queries as packs
from skillmark.rooms.skills.rules import label
from skillmark.rooms.talent import queries as talent

UNDONE = "Taken back before it was opened"
"""Why the work history of a pack is cancelled when the pack is taken back; it stays with the firm."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the firm says when somebody leaves. `title`, `site` and `first` fill in what its records do not hold.

    `duties` and `hours` go on the proof only where they were ticked; empty: they do not.
    """

    last: date
    first: date | None = None
    title: str = ""
    site: str = ""
    duties: str = ""
    hours: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """What would happen. `takes` are the proofs that count today; `history` is the one that is made for the occasion.

    `paused` stay out while they are paused; `reviewed` go along as they are, marked. `only`: what nobody else here can do.
    """

    person: Any
    history: History
    takes: tuple[Any, ...]
    paused: int
    reviewed: int
    only: tuple[str, ...]
    stays: Stays


@dataclass(frozen=True, slots=True)
class Stays:
    """How much stays with the firm. Of the restricted part nobody here knows anything, so nothing of it is counted."""

    proofs: int
    cards: int
    sign_offs: int


@dataclass(frozen=True, slots=True)
class Given:
    """A pack, with its code and its PIN, which are told this once."""

    pack: Any
    code: str
    pin: str


def stints(*, actor: Actor, person_id: UUID, asked: Asked) -> list[Stint]:
    """Where the person worked until the last day, by the firm's records, in the person's language.

    `asked.first` is the first day of all, where the records begin later; `asked.title` and `asked.site` stand where they
    name none. Raises NotFound.
    """
    person = people.person(actor=actor, person_id=person_id)
    found = [
        Stint(
            title=said(texts=one.position.names, language=person.language)[0] if one.position else asked.title,
            site=one.site.name if one.site else asked.site,
            starts=one.starts,
            ends=asked.last if one.ends is None or one.ends > asked.last else one.ends,
        )
        for one in people.assignments(actor=actor, person_id=person_id)
        if one.starts <= asked.last
    ]
    if not found:
        return [Stint(title=asked.title, site=asked.site, starts=asked.first or asked.last, ends=asked.last)]
    if asked.first is not None:
        earliest = min(found, key=lambda one: one.starts)
        found[found.index(earliest)] = Stint(title=earliest.title, site=earliest.site, starts=asked.first, ends=earliest.ends)
    return found


def first_day(*, actor: Actor, person_id: UUID) -> date | None:
    """Since when the person works here: the day that they were hired, else the first that the records hold."""
    hired: date | None = people.person(actor=actor, person_id=person_id).hired_on
    return hired or min((one.starts for one in people.assignments(actor=actor, person_id=person_id)), default=None)


def lacks_title(*, actor: Actor, person_id: UUID) -> bool:
    """Whether the records do not say what the person did on some day."""
    places = people.assignments(actor=actor, person_id=person_id)
    return not places or any(one.position is None for one in places)


def plan(*, actor: Actor, person_id: UUID, asked: Asked, language: str, now: datetime) -> Plan:
    """What would go along and what would stay; nothing is given. Names of items are in `language`.

    Raises as `give` does for what was typed, and NotFound.
    """
    history = credentials.judged_history(
        actor=actor, person_id=person_id, stints=stints(actor=actor, person_id=person_id, asked=asked), duties=asked.duties,
        hours=asked.hours, now=now,
    )  # fmt: skip
    every = proofs.proofs(actor=actor, person_id=person_id)
    live = [one for one in every if one.cancelled_at is None]
    takes = _counting(live, now=now)
    ids = set(people.ids_of(actor=actor, person_id=person_id))
    on = people.today(actor=actor, now=now)
    only = [one for one in talent.only_one(actor=actor, on=on) if one.person.id in ids]
    return Plan(
        person=people.person(actor=actor, person_id=person_id),
        history=history,
        takes=tuple(takes),
        paused=sum(one.paused_at is not None for one in live),
        reviewed=sum(one.answer_by is not None for one in takes),
        only=tuple(label(one.item.names, language=language) for one in only),
        stays=Stays(
            proofs=len(every),
            cards=len(holdings.holdings_of(actor=actor, person_id=person_id)),
            sign_offs=len(holdings.sign_offs(actor=actor, person_id=person_id)),
        ),
    )


def give(*, actor: Actor, person_id: UUID, asked: Asked, request_key: str, now: datetime, at: datetime) -> Given:
    """Note the last day, give the work history, and make the pack with everything that counts.

    `now` is the firm's own clock, `at` the real moment, from which the code lasts. Pressed twice: one history, and the code of
    the second press works. Raises as `credentials.give_history`, `people.leave` and `records.make_pack`. Call it outside any
    transaction.
    """
    told = stints(actor=actor, person_id=person_id, asked=asked)
    # Whatever cannot be said is refused before anything is noted.
    credentials.judged_history(actor=actor, person_id=person_id, stints=told, duties=asked.duties, hours=asked.hours, now=now)
    if people.person(actor=actor, person_id=person_id).left_on != asked.last:
        people_operations.leave(actor=actor, person_id=person_id, last=asked.last, now=now)
    history = credentials.give_history(
        actor=actor, person_id=person_id, stints=told, duties=asked.duties, hours=asked.hours, request_key=request_key, now=now
    )
    takes = _counting(proofs.proofs(actor=actor, person_id=person_id, state="live"), now=now)
    pack, code, pin = records.make_pack(
        actor=actor, person_id=person_id, issued_ids=[one.id for one in takes], history_id=history.id, last_day=asked.last,
        now=at,
    )  # fmt: skip
    return Given(pack, code, pin)


def undo(*, actor: Actor, pack_id: UUID, now: datetime, at: datetime) -> None:
    """Take everything back: the code is dead, the work history is cancelled, and the person goes on where they were.

    Code and last day go together: of a pack that is dead nothing could be taken back any more. Raises NotFound;
    `records.CannotPack` once it was opened. Call it outside any transaction.
    """
    with transaction.atomic():
        pack = records.take_back_pack(actor=actor, pack_id=pack_id, now=at)
        person = people.person(actor=actor, person_id=pack.person_id)
        if person.left_on == pack.last_day:
            people_operations.take_back_leaving(actor=actor, person_id=person.id, now=now)
    if pack.history_id is not None:
        issued = proofs.proof(actor=actor, issued_id=pack.history_id)
        if issued.cancelled_at is None:
            credentials.cancel(actor=actor, issued_id=issued.id, reason=UNDONE, now=now)


def give_until_now(*, actor: Actor, person_id: UUID, request_key: str, now: datetime) -> Any:
    """A proof of what somebody did before they changed places. Raises as `credentials.give_history`."""
    told = before(actor=actor, person_id=person_id)
    return credentials.give_history(actor=actor, person_id=person_id, stints=told, request_key=request_key, now=now)


def before(*, actor: Actor, person_id: UUID) -> list[Stint]:
    """What has an end of all that the person did or does here, if it has a name; empty where nothing has ended."""
    places = people.assignments(actor=actor, person_id=person_id)
    ended = [one.ends for one in places if one.ends is not None and one.position]
    if not ended:
        return []
    return [one for one in stints(actor=actor, person_id=person_id, asked=Asked(last=max(ended))) if one.title]


def pack_of(*, actor: Actor, person_id: UUID) -> Any:
    """The pack that the person was given, or None. Raises NotFound."""
    return packs.pack_of(actor=actor, person_id=person_id)


@dataclass(frozen=True, slots=True)
class Inside:
    """One proof of a pack, as its person reads it. `told` is the work history in words, of the proof that tells it."""

    title: str
    person: str
    told: str
    given: date
    ends: date | None


def inside(*, pack_id: UUID) -> list[Inside]:
    """What is in a pack and still counts, the work history first. The caller has opened it with code and PIN."""
    return [
        Inside(
            title=one.title,
            person=one.person_name,
            told=proofs.public_proof(issued_id=one.id).did if one.history else "",
            given=day_there(moment=one.given_at, time_zone=one.time_zone),
            ends=day_there(moment=one.valid_until, time_zone=one.time_zone) if one.valid_until else None,
        )
        for one in records.pack_contents(pack_id=pack_id)
    ]


def files(*, pack_id: UUID, now: datetime) -> tuple[str, Iterator[bytes]]:
    """The name and the pieces of a ZIP with the signed files and cards of a pack, for which no server is needed.

    The caller has opened it with code and PIN. Raises NotFound when nothing in it counts any more.
    """
    held = records.pack_contents(pack_id=pack_id)
    if not held:
        raise NotFound
    one = held[0]
    pieces = closing_down.of_one(
        actor=server_for(org_id=one.org_id), person_id=one.person_id, only={each.id for each in held},
        snapshot=closing_down.Snapshot(now=now),
    )  # fmt: skip
    return f"{closing_down.file_name(text=one.person_name, id=one.person_id)}.zip", pieces


def _counting(found: Sequence[Any], *, now: datetime) -> list[Any]:
    return [
        one
        for one in found
        if one.cancelled_at is None and one.paused_at is None and (one.valid_until is None or one.valid_until > now)
    ]
