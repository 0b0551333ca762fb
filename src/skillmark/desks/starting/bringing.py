"""Take what a person brings to a start list: checked at once, kept as evidence, and counted only as far as the check goes.

Whatever argues against a proof is told and nothing of it is kept. Another name on it, or another title, is left to the firm.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from credcore.verify.report import Report, Verdict
from skillmark.desks import answers, attaching, checking, intake
from skillmark.errors import NotFound
from skillmark.rooms.credentials import operations as credentials
from skillmark.rooms.credentials import queries as kept
from skillmark.rooms.holdings import operations as holdings
from skillmark.rooms.holdings import queries as held
from skillmark.rooms.people.rules import Actor
from skillmark.rooms.records import operations as records
from skillmark.rooms.talent import operations
from skillmark.rooms.talent.rules import Doubt, Way

# What a person can look at: PDF, JPEG, PNG, GIF and WebP by their first bytes.
_PAPER = (b"%PDF", b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"RIFF")
_USABLE = (Verdict.GOOD, Verdict.CAREFUL)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one thing. `kept`: it came, as a proof or (`photo`) as a picture; `doubt`: the firm has to look first.

    `answer` is what the check said, None of a picture. Not kept and no answer: it came before, and nothing was added.
    """

    kept: bool
    photo: bool = False
    doubt: Doubt | None = None
    answer: answers.Answer | None = None


@dataclass(frozen=True, slots=True)
class _Checked:
    kind: str
    name: str
    body: bytes
    reports: Sequence[Report]
    best: int | None  # which of the reports may be relied on

    @property
    def answer(self) -> answers.Answer:
        worst = max(self.reports, key=lambda one: one.verdict is Verdict.BAD)
        return answers.answer(report=self.reports[self.best] if self.best is not None else worst)


def bring_file(*, token: str, item_id: UUID, name: str, body: bytes, now: datetime) -> Outcome:
    """Check a file and keep it for an item. Without anything signed in it, a picture or a PDF is kept as a photo.

    Call it outside any transaction. Raises NotFound, CannotStart, CannotCheck, intake's CannotTake.
    """
    found = _open(token, item_id, now)
    at = found.org.clock or now
    credentials.demand_checkable(kind="file", body=body)
    checked = _check(found, "file", name, body, at)
    if checked.best is None and checked.answer.report.verdict is not Verdict.BAD and _is_paper(body):
        return _photo(found, item_id, intake.take(body=body, name=name), at)
    return _keep_one(found, item_id, Way.FILE, checked, at)


def bring_link(*, token: str, item_id: UUID, url: str, now: datetime) -> Outcome:
    """Check what a link leads to, and keep it for an item. As `bring_file`."""
    found = _open(token, item_id, now)
    at = found.org.clock or now
    return _keep_one(found, item_id, Way.FILE, _check(found, "link", url[:200], url.encode(), at), at)


def bring_photo(*, token: str, item_id: UUID, taken: intake.Taken, now: datetime) -> Outcome:
    """Keep a photo of a card (as the intake left it); it waits to be looked at. Raises NotFound, CannotStart."""
    found = _open(token, item_id, now)
    return _photo(found, item_id, taken, found.org.clock or now)


def hand_over(
    *, token: str, worker: Actor, ticked: Sequence[tuple[UUID, UUID | None]], wording: str, language: str, purpose: str,
    now: datetime,
) -> list[Outcome]:  # fmt: skip
    """Hand exactly the ticked proofs (number on the own page, item) to the firm, with a receipt of what was agreed.

    Each is checked again first; what is not to be relied on is told and not handed over. `wording` is what stood above the
    button, `purpose` what it is for, both in `language`. Call it outside any transaction. Raises NotFound, CannotStart.
    """
    found = operations.open_start_list(token=token, now=now)
    at = found.org.clock or now
    mine = {held_id: kept.held_one(actor=worker, held_id=held_id) for held_id, _ in ticked}
    checked = {
        held_id: _check(found, "file", one.title[:200], bytes(one.document), at) for held_id, one in mine.items()
    }  # fmt: skip
    good = [(held_id, item_id) for held_id, item_id in ticked if checked[held_id].best is not None]
    with transaction.atomic():
        if good:
            titles = list(dict.fromkeys(mine[held_id].title for held_id, _ in good))
            records.note_consent(
                actor=worker, kind="firm", to_whom=found.org.name, purpose=purpose, facts=titles,
                wording=wording, language=language, until=None, now=now,
            )  # fmt: skip
        return [
            _keep(found, item_id, Way.PAGE, checked[held_id], at)
            if (held_id, item_id) in good
            else Outcome(kept=False, answer=checked[held_id].answer)
            for held_id, item_id in ticked
        ]


def _open(token: str, item_id: UUID, now: datetime) -> Any:
    found = operations.open_start_list(token=token, now=now)
    if str(item_id) not in found.items:
        raise NotFound
    return found


def _check(found: Any, kind: str, name: str, body: bytes, at: datetime) -> _Checked:
    if kind == "link":
        reports = checking.check_link(url=body.decode("utf-8", "replace"), now=at, org_id=found.org_id)
    else:
        reports = checking.check_bytes(data=body, name=name, now=at, org_id=found.org_id)
    usable = [number for number, one in enumerate(reports) if is_usable(one)]
    best = min(usable, key=lambda number: _USABLE.index(reports[number].verdict), default=None)
    return _Checked(kind, name, body, reports, best)


def is_usable(report: Report) -> bool:
    """Whether it may be relied on, or somebody can settle what is open about it."""
    issuer = report.credential.issuer if report.credential is not None else None
    giver = (issuer.name or issuer.id) if issuer is not None else ""
    return report.verdict in _USABLE and attaching.speaks(giver=giver, code=report.code)


def _is_paper(body: bytes) -> bool:
    """Whether a file without anything signed in it can be looked at. (ISO/IEC 14496-12: HEIC begins with `ftyp`.)"""
    return body.startswith(_PAPER) or body[4:8] == b"ftyp"


def _keep_one(found: Any, item_id: UUID, way: Way, checked: _Checked, at: datetime) -> Outcome:
    if checked.best is None:
        return Outcome(kept=False, answer=checked.answer)
    with transaction.atomic():
        return _keep(found, item_id, way, checked, at)


def _keep(found: Any, item_id: UUID | None, way: Way, checked: _Checked, at: datetime) -> Outcome:
    """Keep a proof that may be relied on: as a holding of the person, or, without an item, as a check to read."""
    assert checked.best is not None
    made = operations.take_in(start_list_id=found.id, item_id=item_id, way=way, digest_of=checked.body, now=at)
    if made is None:
        return Outcome(kept=False)
    checks = credentials.keep_checks(
        actor=operations.acting_for(found=found), kind=checked.kind, name=checked.name, body=checked.body,
        reports=checked.reports, now=at,
    )  # fmt: skip
    return note_checked(found, made, checks[checked.best], checked.answer, at)


def note_checked(found: Any, made: Any, check: Any, answer: answers.Answer, at: datetime) -> Outcome:
    """Write down what became of a kept check for what it was brought for (`made`: talent's Brought). Only for this desk."""
    actor = operations.acting_for(found=found)
    if made.item_id is None:
        operations.note_brought(brought=made, holding_id=None, check_id=check.id, doubt=None, now=at)
        return Outcome(kept=True, answer=answer)
    facts = holdings.Facts(giver=check.giver[:200])
    holding_id = holdings.record(
        actor=actor, person_id=found.person_id, item_id=made.item_id, facts=facts, source="file", now=at
    ).id  # fmt: skip
    looked = attaching.look(actor=actor, held=held.holding(actor=actor, holding_id=holding_id), check=check)
    doubt = Doubt.PERSON if not looked.same_person else Doubt.ITEM if not looked.same_item else None
    if doubt is None:
        holding_id = attaching.confirm(actor=actor, holding_id=holding_id, check_id=check.id, now=at)
    operations.note_brought(brought=made, holding_id=holding_id, check_id=check.id, doubt=doubt, now=at)
    return Outcome(kept=True, doubt=doubt, answer=answer)


def _photo(found: Any, item_id: UUID, taken: intake.Taken, at: datetime) -> Outcome:
    actor = operations.acting_for(found=found)
    with transaction.atomic():
        made = operations.take_in(
            start_list_id=found.id, item_id=item_id, way=Way.PHOTO, digest_of=taken.original or taken.body, now=at
        )
        if made is None:
            return Outcome(kept=False)
        holding = holdings.record(
            actor=actor, person_id=found.person_id, item_id=item_id, facts=holdings.Facts(), source="photo", now=at
        )
        holdings.add_photo(
            actor=actor, holding_id=holding.id, body=taken.body, media_type=taken.media_type, name=taken.name, now=at,
            original=taken.original, original_type=taken.original_type, digital=taken.digital, doubt=taken.doubt,
        )  # fmt: skip
        operations.note_brought(brought=made, holding_id=holding.id, check_id=None, doubt=None, now=at)
    return Outcome(kept=True, photo=True)
