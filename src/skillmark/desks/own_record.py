"""What people bring to their own page is checked before it is kept, and asked again when they look at it."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from credcore.verify.report import Report, Verdict
from skillmark.desks import answers, checking, intake, showing, words
from skillmark.errors import NotFound
from skillmark.rooms.credentials import operations, queries, rules
from skillmark.rooms.people import operations as people
from skillmark.rooms.people.rules import Actor, Role

if TYPE_CHECKING:
    from skillmark.rooms.credentials.models import Held

SOON = timedelta(days=60)
_TO_SAY = frozenset({"unsigned", "picture.no_code", "page.unsigned"})
_AGAIN = frozenset({"signer.unreachable", "link.unreachable"})


@dataclass(frozen=True, slots=True)
class Brought:
    """What became of one thing that was brought.

    `kept` is the row on the page, None when it was not kept; `code` is why, and `why` says so in a sentence.
    `was_there`: it was on the page already. `to_agree`: another name stands on it, and the person has to say that they know.
    `to_say`: nobody signed it, so the person can only say it themselves. `again`: somebody did not answer, so try later.
    """

    name: str
    answer: answers.Answer
    kept: Held | None
    was_there: bool = False
    code: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)

    @property
    def why(self) -> str:
        return words.sentence(self.code, self.facts) if self.code else ""

    @property
    def to_agree(self) -> bool:
        return self.code == "held.names_other"

    @property
    def to_say(self) -> bool:
        return self.kept is None and self.answer.report.code in _TO_SAY

    @property
    def again(self) -> bool:
        return self.kept is None and self.answer.report.code in _AGAIN


def bring(*, actor: Actor, data: bytes, name: str, source: str, now: datetime, name_agreed: bool = False) -> list[Brought]:
    """Check what was handed over, keep every proof in it that is genuine, and tell what became of each; at least one.

    `source`: `file`, `picture`, `link` (then `data` is the address), `text`, `offer` or `moved`. `name_agreed`: keep those on
    which another name stands, too. Call it outside any transaction. Raises CannotDo, CannotSign `sign.outer_key`.
    """
    people.demand(actor=actor, action="record.change")  # before a stranger's address is asked
    own: dict[bytes, bytes] = {}
    if source == "link":
        reports = checking.check_link(url=data.decode("utf-8", "replace"), now=now, org_id=None, remember=True)
    else:
        shown = showing.whole(document=data)
        own[shown] = data  # kept is the copy that lets its owner choose, not the one that is checked in its place
        reports = checking.check_bytes(data=shown, name=name, now=now, org_id=None, remember=True)
    seen_at = "picture" if source == "file" and intake.is_picture(data) else source
    return [_keep(actor, report, own.get(report.document, report.document), seen_at, name_agreed, now) for report in reports]


def _keep(actor: Actor, report: Report, document: bytes, source: str, name_agreed: bool, now: datetime) -> Brought:
    answer = answers.answer(report=report)
    try:
        held = operations.bring_in(
            actor=actor, report=report, document=document, form=rules.form_of(document), source=source, now=now,
            name_agreed=name_agreed,
        )  # fmt: skip
    except operations.CannotHold as problem:
        return Brought(report.item, answer, None, code=problem.code, facts=problem.facts)
    return Brought(report.item, answer, held, was_there=not held.is_new)


@dataclass(frozen=True, slots=True)
class Kept:
    """A kept proof, made ready for its owner: what it says, and what a check says at this moment.

    `state` is the sign beside the date: ok, due (ends soon), bad, warn or unk. `known` and `known_at`: where somebody who had
    to be asked is silent, the code of the last answer and its day; empty when everybody answered just now.
    """

    id: uuid.UUID
    issued_id: uuid.UUID | None
    document: bytes
    form: str
    source: str
    title: str
    giver: str
    received_at: datetime
    answer: answers.Answer
    ends: date | None
    state: str
    names_other: bool
    remark: str
    known: str
    known_at: datetime | None

    @property
    def was_stopped(self) -> bool:
        """Whether it was stopped when it was last known, and nobody could be asked today."""
        return self.known_at is not None and self.state == "bad" and self.answer.said.sign != "bad"

    @property
    def may_say(self) -> bool:
        """Whether there is somebody here to hear that something is wrong on it."""
        return self.issued_id is not None and self.answer.report.code != "status.cancelled"

    @property
    def name_on_it(self) -> str:
        return self.answer.proof.person if self.answer.proof else ""


def look(*, actor: Actor, held: Held, now: datetime) -> Kept:
    """Check what `held` keeps, as anybody would, and write down what the check said. Raises CannotDo, NotFound."""
    document = showing.whole(document=bytes(held.document))
    report = checking.check_bytes(data=document, name="", now=now, org_id=None, remember=True)[0]
    told = operations.note_check(actor=actor, held_id=held.id, report=report, now=now)
    known = rules.Known(told.verdict, told.code, told.checked_at)
    silent = rules.was_silent(report)
    answer = answers.answer(report=report)
    return Kept(
        id=held.id, issued_id=held.issued_id, document=bytes(held.document), form=held.form, source=held.source,
        title=held.title, giver=held.giver, received_at=held.received_at, answer=answer,
        ends=answer.proof.ends if answer.proof else None, state=_state(report, known, now),
        names_other=held.names_other, remark=held.remark, known=known.code if silent else "",
        known_at=known.at if silent else None,
    )  # fmt: skip


def _state(report: Report, known: rules.Known, now: datetime) -> str:
    """What stopped it once stops it until somebody says otherwise, however silent they are."""
    if known.verdict == Verdict.BAD:
        return answers.SIGNS[Verdict.BAD]
    until = report.credential.valid_until if report.credential is not None else None
    if report.verdict is Verdict.GOOD and until is not None and until - now < SOON:
        return "due"
    return answers.SIGNS[report.verdict]


def ask_again(*, now: datetime, most: int) -> int:
    """Check up to `most` kept proofs of whomever whose answers are most of a day old; how many were due. For the job alone."""
    due = operations.take_stale(now=now, most=most)
    for org_id, held_id in due:
        actor = Actor(org_id=org_id, role=Role.WORKER, name="Skillmark", via="server")
        try:
            look(actor=actor, held=queries.held_one(actor=actor, held_id=held_id), now=now)
        except NotFound:  # let go of in the meantime
            continue
    return len(due)
