"""The status of one cell: what a person holds of what they need, on a day.

The order of the questions: is there anything, does it count in time, is it of the right level, was it checked as the rule
asks and by somebody who may, does it follow the document in force. The best that remains is the answer; where nothing
remains, the nearest miss is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from skillmark.rooms.holdings.rules import Evidence
from skillmark.rooms.skills.rules import Trust, Validity, add_months, proposed_end
from skillmark.rooms.talent.rules.facts import Need, Restraint


class State(StrEnum):
    """Best first: where a person holds several, the first in this order is the answer."""

    MET = "met"
    MET_SOON = "met_soon"
    REVISION_GRACE = "revision_grace"
    GRACE = "grace"
    DUE_LATER = "due_later"
    EXEMPT = "exempt"
    NEEDS_FIRST = "needs_first"
    BELOW_TRUST = "below_trust"
    END_UNKNOWN = "end_unknown"
    DISPUTED = "disputed"
    BELOW_LEVEL = "below_level"
    REVISION_OLD = "revision_old"
    NOT_YET_VALID = "not_yet_valid"
    EXPIRED = "expired"
    MISSING = "missing"


ORDER = {state: at for at, state in enumerate(State)}
COMPLIANT = frozenset({State.MET, State.MET_SOON, State.REVISION_GRACE, State.GRACE, State.DUE_LATER})


class Reason(StrEnum):
    """Why a level of trust does not do; which date is meant."""

    CLAIMED = "claimed"
    PHOTO = "photo"
    PHOTO_WAITS = "photo_waits"
    CHECK_OLD = "check_old"
    NOT_SIGNED = "not_signed"
    CHECK_DENIED = "check_denied"
    GIVER_UNKNOWN = "giver_unknown"
    GIVER_NOT_ACCEPTED = "giver_not_accepted"
    OWN_NOT_ACCEPTED = "own_not_accepted"
    SIGNATURE_BAD = "signature_bad"
    SIGNATURE_UNKNOWN = "signature_unknown"
    TOO_OLD = "too_old"
    HOURS = "hours"


@dataclass(slots=True)
class Cell:
    """The answer for one person and item. `ends` is the last good day of what was decisive; `trust` how well that was checked.

    `grace_until` is the last day on which it still counts although it ended, is of an older revision, or is not there
    yet. `hours` are the
    hours that count, of items that ask for hours. `first_id` is the item that is needed first.
    """

    state: State
    must: bool = True
    ends: date | None = None
    starts: date | None = None
    no_end: bool = False
    trust: Trust = Trust.CLAIMED
    level: int | None = None
    reason: Reason | None = None
    holding_id: UUID | None = None
    grace_until: date | None = None
    hours: Decimal | None = None
    first_id: UUID | None = None
    path: tuple[UUID, ...] = ()
    photo_waits: bool = False
    giver: str = ""
    own: bool = False
    late: bool = False

    @property
    def compliant(self) -> bool:
        """Whether it counts on the day."""
        return self.state in COMPLIANT


def status(*, need: Need, evidence: Sequence[Evidence], on: date, exempt: bool = False) -> Cell:
    """The cell for `need` on day `on`. `evidence` is what the person holds of the item, and of what counts as it."""
    restraint = need.restraint
    if restraint.validity.get("type") == Validity.HOURS:
        best = _hours(need, evidence, on)
    else:
        best = Cell(State.MISSING)
        for one in evidence:
            cell = _one(need, one, on)
            if _before(cell, best):
                best = cell
    if best.state is State.MISSING and need.due_on is not None and on <= need.due_on:
        best.state, best.grace_until = State.DUE_LATER, need.due_on
    best.must = need.must
    best.photo_waits = any(one.has_photo and not one.photo_approved and one.signed is None for one in evidence)
    if exempt and not best.compliant:
        best.state = State.EXEMPT
    return best


def _before(one: Cell, other: Cell) -> bool:
    if one.state is not other.state:
        return ORDER[one.state] < ORDER[other.state]
    if one.no_end != other.no_end:
        return one.no_end
    return (one.ends or date.min) > (other.ends or date.min)


def _one(need: Need, one: Evidence, on: date) -> Cell:
    """What one thing that the person holds is worth."""
    rule = need.restraint
    trust, accepted, reason = trust_of(one, rule, on)
    ends, known = end_of(one, rule)
    cell = Cell(
        State.MET, ends=ends, starts=one.starts, no_end=known and ends is None, trust=trust, level=one.level,
        holding_id=one.holding_id, path=one.path,
    )  # fmt: skip
    if one.signed is not None and trust is Trust.SIGNED:
        cell.giver, cell.own = one.signed.giver, one.signed.own
    if one.disputed:
        cell.state = State.DISPUTED
    elif one.signed is not None and one.signed.verdict == "bad" and reason is Reason.SIGNATURE_BAD:
        cell.state, cell.reason = State.BELOW_TRUST, reason
    elif one.starts is not None and one.starts > on:
        cell.state = State.NOT_YET_VALID
    elif ends is not None and ends < on:
        cell.grace_until = ends + timedelta(days=rule.grace_days) if rule.grace_days else None
        cell.state = State.GRACE if accepted and cell.grace_until and cell.grace_until >= on else State.EXPIRED
    elif need.level is not None and (one.level or 0) < need.level:
        cell.state = State.BELOW_LEVEL
    elif _too_old(need, one):
        cell.state, cell.reason = State.BELOW_TRUST, Reason.TOO_OLD
    elif not accepted:
        cell.state, cell.reason = State.BELOW_TRUST, reason
    elif not known:
        cell.state = State.END_UNKNOWN
    elif (revised := _revised(one, rule, on)) is not None:
        cell.state, cell.grace_until = revised
    elif ends is not None and (ends - on).days <= rule.lead_days:
        cell.state = State.MET_SOON
    return cell


def end_of(one: Evidence, rule: Restraint) -> tuple[date | None, bool]:
    """(the last good day or None, whether that is known). A day on the card goes before one that the rule works out."""
    if one.ends is not None:
        return one.ends, True
    kind = rule.validity.get("type")
    if one.no_end or kind in {Validity.NO_END, Validity.ON_REVISION}:
        return None, True
    worked_out = proposed_end(rule.validity, obtained=one.obtained or one.starts, method=one.method)
    return worked_out, worked_out is not None


def trust_of(one: Evidence, rule: Restraint, on: date) -> tuple[Trust, bool, Reason | None]:
    """(how well it was checked, whether that is enough for the rule, and if not, why).

    A signature that turned bad condemns: whatever else is on file was the same card. A photo counts only where the rule
    says that a photo is enough, and only once somebody approved it; it is never more than a photo.
    """
    reason: Reason | None = None
    if one.signed is not None:
        if one.signed.verdict == "bad":
            return Trust.CLAIMED, False, Reason.SIGNATURE_BAD
        if one.signed.verdict == "good" or (one.signed.verdict == "careful" and one.signed.code == "issuer.unknown"):
            if one.signed.own and not rule.own_counts:
                reason = Reason.OWN_NOT_ACCEPTED
            elif not one.signed.own and not one.signed.listed:
                reason = Reason.GIVER_UNKNOWN
            elif rule.givers and not one.signed.own and one.signed.giver.casefold() not in rule.givers:
                return Trust.SIGNED, False, Reason.GIVER_NOT_ACCEPTED
            else:
                return Trust.SIGNED, True, None
        else:
            reason = Reason.SIGNATURE_UNKNOWN
    if one.look_denied:
        return (Trust.PHOTO if one.has_photo else Trust.CLAIMED), False, Reason.CHECK_DENIED
    if one.looked_on is not None:
        if rule.stale_days is None or (on - one.looked_on).days <= rule.stale_days:
            if rule.givers and one.giver.casefold() not in rule.givers:
                return Trust.SOURCE, False, Reason.GIVER_NOT_ACCEPTED
            enough = rule.trust <= Trust.SOURCE
            return Trust.SOURCE, enough, None if enough else Reason.NOT_SIGNED
        reason = reason or Reason.CHECK_OLD
    if not one.has_photo:
        return Trust.CLAIMED, False, reason or Reason.CLAIMED
    if rule.trust <= Trust.PHOTO and one.photo_approved:
        return Trust.PHOTO, True, None
    return Trust.PHOTO, False, reason or (Reason.PHOTO if one.photo_approved else Reason.PHOTO_WAITS)


def _too_old(need: Need, one: Evidence) -> bool:
    """A check that had to be recent on the first day of work, and was not (say: at most a year before hire)."""
    limit = need.restraint.max_age_days
    if limit is None or need.hired_on is None or one.obtained is None or one.obtained >= need.hired_on:
        return False
    return (need.hired_on - one.obtained).days > limit


def _revised(one: Evidence, rule: Restraint, on: date) -> tuple[State, date | None] | None:
    """Whether the document has changed since: in grace, or past it. None: it is the revision in force.

    Each revision since starts its own days of grace; the strictest counts. A revision that asks nothing is passed over.
    """
    codes = [revision.code for revision in rule.revisions]
    held = codes.index(one.revision) if one.revision in codes else None
    since = [
        revision
        for at, revision in enumerate(rule.revisions)
        if revision.counts and revision.effective_from <= on and _is_newer(revision.effective_from, at, held, one)
    ]
    if not since:
        return None
    until = min(revision.effective_from + timedelta(days=revision.grace_days) for revision in since)
    return (State.REVISION_GRACE, until) if on <= until else (State.REVISION_OLD, until)


def _is_newer(effective_from: date, at: int, held: int | None, one: Evidence) -> bool:
    if held is not None:
        return at > held
    made = one.obtained or one.starts
    return made is None or made < effective_from


def _hours(need: Need, evidence: Sequence[Evidence], on: date) -> Cell:
    """So many hours within the last so many months: `ends` is the last day on which enough of them are still recent."""
    rule = need.restraint
    wanted, months = Decimal(str(rule.validity.get("hours", 0))), int(rule.validity.get("months", 12))
    done = sorted(
        (
            one
            for one in evidence
            if one.hours and one.obtained and one.obtained <= on and add_months(one.obtained, months) >= on
            and trust_of(one, rule, on)[1] and not one.disputed
        ),
        key=lambda one: one.obtained or date.min,
        reverse=True,
    )  # fmt: skip
    total = sum((one.hours or Decimal(0) for one in done), Decimal(0))
    if total < wanted:
        if not evidence:
            return Cell(State.MISSING, hours=Decimal(0))
        waiting = [one for one in evidence if not trust_of(one, rule, on)[1]]
        state = State.BELOW_TRUST if waiting else State.EXPIRED if total == 0 else State.MISSING
        return Cell(state, hours=total, reason=Reason.HOURS, holding_id=evidence[0].holding_id)
    needed, ends = Decimal(0), on
    for one in done:  # the newest that together are enough: the oldest of those falls out first
        needed += one.hours or Decimal(0)
        ends = add_months(one.obtained or on, months)
        if needed >= wanted:
            break
    soon = (ends - on).days <= rule.lead_days
    trust = min(trust_of(one, rule, on)[0] for one in done)
    return Cell(State.MET_SOON if soon else State.MET, ends=ends, hours=total, trust=trust, holding_id=done[0].holding_id)
