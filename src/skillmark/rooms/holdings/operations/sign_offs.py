"""Sign off what somebody did, and take it back within ten seconds."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction

from skillmark.errors import NotFound
from skillmark.rooms.credentials import operations as credentials
from skillmark.rooms.credentials import queries as proofs
from skillmark.rooms.holdings import queries, rules
from skillmark.rooms.holdings.models import SignOff
from skillmark.rooms.holdings.operations.photos import store_file
from skillmark.rooms.holdings.operations.signers import CannotSignOff, demand_signer, note_sign_off
from skillmark.rooms.holdings.rules import SignOffState
from skillmark.rooms.people import operations as people
from skillmark.rooms.people import queries as people_queries
from skillmark.rooms.people.rules import Actor, Role, digest, new_token
from skillmark.rooms.people.rules.facts import demand_seen
from skillmark.rooms.skills import queries as skills
from skillmark.rooms.skills.rules import LEVELS, METHODS

MOST_HOURS = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sent:
    """What a phone, a page or a program has sent."""

    id: UUID
    person_id: UUID
    item_id: UUID
    level: int | None
    steps: list[int]
    seen: str
    version_id: UUID | None
    revision: str | None
    observed_at: datetime
    site_id: UUID | None
    place: str
    language_used: str
    method: str
    hours: Decimal | None
    photo: tuple[bytes, str] | None
    entered: str
    entered_by: str


def sign_off(
    *, actor: Actor, sign_off_id: UUID, person_id: UUID, item_id: UUID, level: int | None, steps: Sequence[int], seen: str,
    version_id: UUID | None, revision: str | None, observed_at: datetime, now: datetime, site_id: UUID | None = None,
    place: str = "", language_used: str = "", method: str = "", hours: Decimal | None = None,
    photo: tuple[bytes, str] | None = None, entered: str = "live", entered_by: str = "", at: datetime | None = None,
) -> tuple[SignOff, str]:  # fmt: skip
    """Keep what the actor saw, once by its id. Returns it, and the token of the page on which the worker sees it ("" when it
    was sent again).

    `steps` are numbers from 0 of the check list; `version_id` and `revision` are the words and the revision that the actor
    had before them (None: those of now; `revision` "" is none). `photo` is (bytes, media type) as the intake left it.
    `entered`: live, offline (kept on a phone first), or paper: then the actor is who saw it, and `entered_by` who typed it
    in. It is signed 10 seconds later, by `settle`; they are counted from `at`, the real moment, where `now` is the one at
    which a made-up firm's clock stands.

    Raises CannotSignOff:
    `sign_off.sent_differently` for an id that came with something else;
    who: `sign_off.own`, `sign_off.not_set_up` (fact `item`);
    what: `item.archived`, `item.how_missing`, `sign_off.level_missing`, `sign_off.nothing_seen`, `sign_off.step_unknown`,
    `sign_off.too_long` (fact `most`), `sign_off.hours`, `sign_off.method`, `sign_off.entered`;
    when: `sign_off.clock`, `sign_off.too_old`, `sign_off.before_start`, `sign_off.before_hired` (fact `date`),
    `sign_off.person_left` (fact `date`);
    by what: `sign_off.revision_changed` (fact `revision`), `sign_off.words_changed`.
    People's CannotWrite for opinions and the like; credentials' CannotMakeTemplate where the item lacks what a proof must
    say; NotFound, also for somebody else's id; CannotDo. Call it outside any transaction.
    """
    people.demand(actor=actor, action="sign_off.make")
    sent = _Sent(
        id=sign_off_id, person_id=person_id, item_id=item_id, level=level, steps=sorted(set(steps)), seen=_plain(seen),
        version_id=version_id, revision=revision, observed_at=observed_at, site_id=site_id, place=_plain(place),
        language_used=_plain(language_used), method=method, hours=_two_places(hours), photo=photo, entered=entered,
        entered_by=_plain(entered_by),
    )  # fmt: skip
    before = SignOff.objects.filter(id=sign_off_id).select_related("photo", "item").first()
    if before is not None:
        return _again(actor, before, sent), ""
    person = people_queries.person(actor=actor, person_id=person_id)
    demand_signer(actor, person.id, skills.item(actor=actor, item_id=item_id))
    day = observed_at.astimezone(ZoneInfo(_site(actor, site_id).time_zone)).date()
    _demand_time(actor, sent, person, day, now)
    version = _version(actor, sent, now)
    document, in_force = queries.revision_in_force(actor=actor, item_id=item_id, on=day)
    if revision is not None and revision != in_force:
        raise CannotSignOff("sign_off.revision_changed", revision=in_force)
    _demand_content(sent, version, [person.name])
    token = new_token()
    columns: dict[str, Any] = {
        "level": level if version.level_asked else None, "version_id": version.id, "document": document,
        "revision": in_force, "method": method or version.method, "day": day, "observer": actor.label,
        "observer_key": actor.key, "recorded_at": now, "sign_at": now + rules.UNDO, "look_at": (at or now) + rules.UNDO,
    }  # fmt: skip
    try:
        return _keep(actor, sent, person.id, columns, digest(token), now), token
    except IntegrityError:  # the same one a moment ago, on another line
        before = SignOff.objects.filter(id=sign_off_id).select_related("photo", "item").first()
        if before is None:
            raise
        return _again(actor, before, sent), ""


@transaction.atomic
def undo_sign_off(*, actor: Actor, sign_off_id: UUID, now: datetime) -> SignOff:
    """Take it back before it is signed: for the observer and for owners. Twice is as good as once.

    Raises CannotSignOff `sign_off.too_late` once it counts, NotFound, CannotDo.
    """
    people.demand(actor=actor, action="sign_off.make")
    found = queries.sign_off(actor=actor, sign_off_id=sign_off_id)
    if actor.role is not Role.OWNER and found.observer_key != actor.key:
        raise people.CannotDo("role.not_allowed")
    waiting = SignOff.objects.filter(id=found.id, state=SignOffState.WAITING)
    if waiting.update(state=SignOffState.UNDONE, undone_at=now, undone_by=actor.label, look_at=None):
        note_sign_off(actor, found, "undone", now)
    else:
        found.refresh_from_db()
        if found.state != SignOffState.UNDONE:
            raise CannotSignOff("sign_off.too_late")
    return queries.sign_off(actor=actor, sign_off_id=sign_off_id)


@transaction.atomic
def _keep(
    actor: Actor, sent: _Sent, person_id: UUID, columns: dict[str, Any], token_hash: str, now: datetime
) -> SignOff:  # fmt: skip
    file = None
    if sent.photo is not None:
        file = store_file(org_id=actor.org_id, body=sent.photo[0], media_type=sent.photo[1], now=now)
    made = SignOff.objects.create(
        id=sent.id, org_id=actor.org_id, person_id=person_id, item_id=sent.item_id, steps=sent.steps, seen=sent.seen,
        hours=sent.hours, site_id=sent.site_id, place=sent.place, language_used=sent.language_used,
        observed_at=sent.observed_at, photo=file, entered=sent.entered, entered_by=sent.entered_by, token_hash=token_hash,
        **columns,
    )  # fmt: skip
    note_sign_off(actor, made, "made", now)
    return made


def _again(actor: Actor, before: SignOff, sent: _Sent) -> SignOff:
    """The one that is there, if it is this actor's and the same was sent. What was left open when sent is not compared."""
    if before.org_id != actor.org_id or before.observer_key != actor.key:
        raise NotFound
    same = (
        people_queries.person(actor=actor, person_id=sent.person_id).id in _ids(actor, before)
        and before.item_id == sent.item_id
        and before.level in {sent.level, None}
        and (before.steps, before.seen, before.place) == (sent.steps, sent.seen, sent.place)
        and (before.observed_at, before.site_id) == (sent.observed_at, sent.site_id)
        and (before.language_used, before.hours) == (sent.language_used, sent.hours)
        and (before.entered, before.entered_by) == (sent.entered, sent.entered_by)
        and sent.version_id in {None, before.version_id}
        and sent.revision in {None, before.revision}
        and sent.method in {"", before.method}
        and _photo_of(before) == (hashlib.sha256(sent.photo[0]).hexdigest() if sent.photo is not None else "")
    )
    if not same:
        raise CannotSignOff("sign_off.sent_differently")
    return before


def _ids(actor: Actor, before: SignOff) -> list[UUID]:
    return people_queries.ids_of(actor=actor, person_id=before.person_id)


def _photo_of(one: SignOff) -> str:
    return one.photo.sha256 if one.photo is not None else ""


def _site(actor: Actor, site_id: UUID | None) -> Any:
    if site_id is None:
        return people_queries.site(actor=actor)
    found = next((one for one in people_queries.sites(actor=actor, archived=True) if one.id == site_id), None)
    if found is None:
        raise NotFound
    return found


def _demand_time(actor: Actor, sent: _Sent, person: Any, day: date, now: datetime) -> None:
    if sent.entered not in rules.ENTERED or (sent.entered == "paper") != bool(sent.entered_by):
        raise CannotSignOff("sign_off.entered")
    if sent.observed_at > now + rules.SKEW:
        raise CannotSignOff("sign_off.clock")
    if sent.entered != "paper" and sent.observed_at < now - rules.OLDEST:
        raise CannotSignOff("sign_off.too_old")
    if sent.entered == "paper" and sent.observed_at < people_queries.organisation(actor=actor).created_at:
        raise CannotSignOff("sign_off.before_start")
    if person.hired_on is not None and day < person.hired_on:
        raise CannotSignOff("sign_off.before_hired", date=person.hired_on.isoformat())
    if person.left_on is not None and day > person.left_on:
        raise CannotSignOff("sign_off.person_left", date=person.left_on.isoformat())


def _version(actor: Actor, sent: _Sent, now: datetime) -> Any:
    """The words that were looked at. They are taken while they were those in use when it was seen."""
    item = skills.item(actor=actor, item_id=sent.item_id)
    if item.archived_at is not None:
        raise CannotSignOff("item.archived")
    if not item.method or not any(item.how.values()):
        raise CannotSignOff("item.how_missing")
    template = credentials.template_of_item(actor=actor, item_id=sent.item_id, now=now)
    newest = template.current
    if sent.version_id is None or newest is None or sent.version_id == newest.id:
        return newest
    looked_at = proofs.version(actor=actor, version_id=sent.version_id)
    if looked_at.template.item_id != item.id:
        raise NotFound
    if newest.made_at <= sent.observed_at:
        raise CannotSignOff("sign_off.words_changed")
    return looked_at


def _demand_content(sent: _Sent, version: Any, names: list[str]) -> None:
    if version.level_asked and sent.level not in LEVELS:
        raise CannotSignOff("sign_off.level_missing")
    if sent.method and sent.method not in METHODS:
        raise CannotSignOff("sign_off.method")
    if any(not 0 <= step < len(version.steps) for step in sent.steps):
        raise CannotSignOff("sign_off.step_unknown")
    by_hours = (sent.method or version.method) == "hours"
    if sent.hours is None and by_hours:
        raise CannotSignOff("sign_off.hours")
    if sent.hours is not None and not (sent.hours.is_finite() and 0 < sent.hours < MOST_HOURS):
        raise CannotSignOff("sign_off.hours")
    if not sent.steps and not sent.seen and not by_hours:
        raise CannotSignOff("sign_off.nothing_seen")
    for text, most in ((sent.seen, rules.SEEN_LENGTH), (sent.place, 200), (sent.entered_by, 200), (sent.language_used, 5)):
        if len(text) > most:
            raise CannotSignOff("sign_off.too_long", most=str(most))
    demand_seen(text=sent.seen, names=names)


def _two_places(hours: Decimal | None) -> Decimal | None:
    """As the column keeps it. What is no number stays, and is refused with the rest."""
    if hours is None or not hours.is_finite() or abs(hours) >= MOST_HOURS:
        return hours
    return hours.quantize(Decimal("0.01"))


def _plain(text: str) -> str:
    """On one line, without the character that no database takes."""
    return " ".join(text.replace("\0", "").split())
