"""A digital proof beside a card: checked, kept as evidence, and tied to what the person holds.

The level rises only by what the check said. Where the proof names somebody else, or something else, a person is asked first.
When a later check of the same file says something new, the holding hears of it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from credcore.verify.record import load
from credcore.verify.report import Outcome, Report
from skillmark.desks import answers, checking
from skillmark.errors import NotFound
from skillmark.rooms.credentials import operations as credentials
from skillmark.rooms.credentials import queries as checks
from skillmark.rooms.holdings import operations, queries
from skillmark.rooms.people import queries as people
from skillmark.rooms.people.rules import Actor
from skillmark.rooms.signing import queries as signing
from skillmark.rooms.skills import queries as skills
from skillmark.rooms.skills.rules import plain

# Answers after which there is nothing signed that could speak for anybody.
_NOTHING = ("unread", "unsigned", "unsupported", "picture.", "link.", "hosted.", "page.", "shape.", "incomplete")
# Genuine, whatever else: its dates are taken over.
_GENUINE = frozenset({"good", "issuer.unknown", "dates.expired", "dates.not_yet"})


@dataclass(frozen=True, slots=True)
class Attached:
    """One proof of the file that was handed over. `check` is the kept answer.

    `speaks`: there is something signed in it. `same_person`, `same_item`: whether it names the person and the item; where it
    does not, somebody has to say that it is meant. `noted`: it counts for the holding.
    """

    check: Any  # credentials' Check
    speaks: bool
    same_person: bool
    same_item: bool
    noted: bool = False


def attach(*, actor: Actor, holding_id: UUID, name: str, body: bytes, now: datetime) -> list[Attached]:
    """Check a file and keep the answers; what is plainly about this person and item is noted at once.

    Raises NotFound, CannotDo, CannotCheck. Call it outside any transaction.
    """
    held = queries.holding(actor=actor, holding_id=holding_id)
    kept = checking.check_and_keep(actor=actor, kind="file", name=name, body=body, now=now)
    found = [look(actor=actor, held=held, check=check) for check in kept]
    sure = [one for one in found if one.speaks and one.same_person and one.same_item]
    if len(sure) == 1:
        confirm(actor=actor, holding_id=holding_id, check_id=sure[0].check.id, now=now)
        found = [replace(one, noted=one is sure[0]) for one in found]
    return found


def look(*, actor: Actor, held: Any, check: Any) -> Attached:
    """How a kept answer and a holding go together."""
    names = [held.person.name, *people.other_names(actor=actor).get(held.person_id, ())]
    words = [*held.item.names.values(), *_other_words(actor, held.item_id)]
    return Attached(
        check=check,
        speaks=speaks(giver=check.giver, code=check.code),
        same_person=_sorted(check.person) in {_sorted(one) for one in names},
        same_item=plain(check.title) in {plain(word) for word in words},
    )


def speaks(*, giver: str, code: str) -> bool:
    """Whether there is something signed that could speak for anybody. `code` is the state that heads a report."""
    return bool(giver) and not code.startswith(_NOTHING)


def confirm(*, actor: Actor, holding_id: UUID, check_id: UUID, now: datetime) -> UUID:
    """Say that a kept answer is about what this person holds. Returns the holding, which is a new row where dates changed.

    A genuine proof's last day wins over a later one, and over none. From now on the file is checked every day. Raises
    NotFound (also where nothing is signed), CannotDo.
    """
    check = checks.check(actor=actor, check_id=check_id)
    held = queries.holding(actor=actor, holding_id=holding_id)
    if not look(actor=actor, held=held, check=check).speaks:
        raise NotFound
    report = load(check.report)
    if check.code in _GENUINE:
        held = _with_dates(actor, held, report, now)
    own, issued_id = _ours(actor, check, report)
    operations.note_signature(
        actor=actor, holding_id=held.id, giver=check.giver, verdict=check.verdict, code=check.code, own=own,
        listed=_is_listed(report), checked_item_id=check.item_id, position=check.position, issued_id=issued_id, now=now,
    )  # fmt: skip
    credentials.watch(actor=actor, item_id=check.item_id, on=True, now=now)
    found: UUID = held.id
    return found


def note_again(*, actor: Actor, item_id: UUID, now: datetime) -> int:
    """Tell every holding that rests on a checked item what its last check said; how many heard something new."""
    told = 0
    signatures = queries.signatures_on(actor=actor, checked_item_id=item_id)
    if not signatures:
        return 0
    try:
        latest = checks.history_of(actor=actor, item_id=item_id)
    except NotFound:  # forgotten in the meantime: what it said last stays
        return 0
    for one in signatures:
        last = next((check for check in latest if check.position == one.position), None)
        if last is None:
            continue
        listed = _is_listed(load(checks.check(actor=actor, check_id=last.id).report))
        if (last.verdict, last.code, listed) != (one.verdict, one.code, one.listed):
            operations.note_signature(
                actor=actor, holding_id=one.holding_id, giver=last.giver or one.giver, verdict=last.verdict, code=last.code,
                own=one.own, listed=listed, checked_item_id=item_id, position=one.position, issued_id=one.issued_id, now=now,
            )  # fmt: skip
            told += 1
    return told


def _with_dates(actor: Actor, held: Any, report: Report, now: datetime) -> Any:
    credential = report.credential
    if credential is None:
        return held
    said = answers.shown(credential=credential, zone=answers.zone_of(report=report))
    facts = operations.facts_in(held=held)
    if said.ends is not None and (facts.no_end or facts.ends is None or said.ends < facts.ends):
        facts = replace(facts, ends=said.ends, no_end=False)
    if facts.obtained is None and facts.starts is None and said.starts is not None:
        facts = replace(facts, obtained=said.starts)
    facts = replace(facts, giver=facts.giver or said.giver[:200])
    if facts == operations.facts_in(held=held):
        return held
    return operations.correct(actor=actor, holding_id=held.id, facts=facts, now=now, because="proof")


def _ours(actor: Actor, check: Any, report: Report) -> tuple[bool, UUID | None]:
    """(whether this firm gave it, the number of the proof among its own)."""
    if check.giver_id not in signing.identities(org_id=actor.org_id):
        return False, None
    name = report.credential.id if report.credential is not None else ""
    try:
        return True, UUID(name.removeprefix("urn:uuid:"))
    except ValueError:
        return True, None


def _is_listed(report: Report) -> bool:
    found = report.finding("trust")
    return found is not None and found.outcome is Outcome.PASSED


def _sorted(name: str) -> str:
    """A name in any order and spelling."""
    return " ".join(sorted(plain(name).split()))


def _other_words(actor: Actor, item_id: UUID) -> list[str]:
    return [text for text, items in skills.aliases(actor=actor).items() if items == [item_id]]
