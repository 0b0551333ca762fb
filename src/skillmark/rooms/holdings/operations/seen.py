"""What the worker sees of a sign-off of theirs, and what they say about it. The secret address is the permission."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from skillmark.errors import NotFound
from skillmark.rooms.credentials import queries as proofs
from skillmark.rooms.credentials.rules import said
from skillmark.rooms.holdings import rules
from skillmark.rooms.holdings.models import SignOff
from skillmark.rooms.holdings.operations.signers import CannotSignOff
from skillmark.rooms.holdings.rules import SignOffState
from skillmark.rooms.journal import operations as journal
from skillmark.rooms.people import queries as people
from skillmark.rooms.people.rules import digest, server_for
from skillmark.rooms.skills.rules import label


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A sign-off as the worker reads it, in their `language`. `day` and `received_on` are days at the site; `seen_at` is the
    moment there. `state` as `rules.SignOffState`; `issued_id` is the proof it is part of. `may_comment`: not in a proof yet.
    """

    sign_off_id: UUID
    firm: str
    person: str
    language: str
    item: str
    level: int | None
    method: str
    steps: tuple[str, ...]
    words: str
    hours: str
    place: str
    document: str
    revision: str
    observer: str
    day: date
    seen_at: datetime
    received_on: date
    entered: str
    entered_by: str
    co_signed_by: str
    state: SignOffState
    comment: str
    comment_on: date | None
    may_comment: bool
    issued_id: UUID | None


def open_seen(*, token: str, now: datetime) -> Seen:
    """What was seen of the worker who has this link. It stays open as long as the sign-off is kept. Raises NotFound."""
    one = _behind(token)
    actor = server_for(org_id=one.org_id)
    zone = ZoneInfo((one.site or people.site(actor=actor)).time_zone)
    person = people.person(actor=actor, person_id=one.person_id)
    version = proofs.version(actor=actor, version_id=one.version_id)
    return Seen(
        sign_off_id=one.id, firm=one.org.name, person=person.name, language=person.language,
        item=label(one.item.names, language=person.language), level=one.level, method=one.method,
        steps=tuple(said(texts=version.steps[step], language=person.language)[0] for step in one.steps), words=one.seen,
        hours=f"{one.hours:f}" if one.hours is not None else "", place=one.place or (one.site.name if one.site else ""),
        document=one.document, revision=one.revision, observer=one.observer, day=one.day,
        seen_at=one.observed_at.astimezone(zone), received_on=one.recorded_at.astimezone(zone).date(), entered=one.entered,
        entered_by=one.entered_by, co_signed_by=one.co_signed_by, state=SignOffState(one.state), comment=one.comment,
        comment_on=one.comment_at.astimezone(zone).date() if one.comment_at else None, may_comment=_is_open(one),
        issued_id=one.issued_id,
    )  # fmt: skip


@transaction.atomic
def comment(*, token: str, text: str, now: datetime) -> None:
    """Keep what the worker says about it; it travels along on the proof. Said again, the later words count; empty: none.

    These are the worker's own words: only their length is judged. Raises CannotSignOff (`sign_off.too_long`;
    `sign_off.comment_late` once it is part of a proof, or was taken back), NotFound.
    """
    one = _behind(token)
    text = " ".join(text.replace("\0", "").split())
    if len(text) > rules.SEEN_LENGTH:
        raise CannotSignOff("sign_off.too_long", most=str(rules.SEEN_LENGTH))
    if text == one.comment:
        return
    still_open = SignOff.objects.filter(id=one.id, bundle=None, state__in=_OPEN)
    if not still_open.update(comment=text, comment_at=now):
        raise CannotSignOff("sign_off.comment_late")
    journal.write(
        org_id=one.org_id, actor=one.person.name, actor_id=f"person:{one.person_id}", event="holdings.sign_off.commented",
        subject_id=one.person_id, data={"item": str(one.item), "sign_off": str(one.id)}, now=now,
    )  # fmt: skip


_OPEN = (SignOffState.WAITING, SignOffState.COUNTED)


def _is_open(one: SignOff) -> bool:
    return one.bundle is None and one.state in _OPEN


def _behind(token: str) -> SignOff:
    found = SignOff.objects.filter(token_hash=digest(token)).select_related("org", "person", "item", "site").first()
    if found is None:
        raise NotFound
    return found
