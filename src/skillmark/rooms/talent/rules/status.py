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
from typing import TYPE_CHECKING
from uuid import UUID

from skillmark.rooms.holdings.rules import Evidence
from skillmark.rooms.skills.rules import Trust, Validity, add_months
from skillmark.rooms.talent.rules.ends import end_of
from skillmark.rooms.talent.rules.facts import Need, Restraint
from skillmark.rooms.talent.rules.trust import CONDEMNED, Reason, trust_of

if TYPE_CHECKING:
    from skillmark.rooms.talent.rules.late import Late


class State(StrEnum):
    """Best first: where a person holds several, the first in this order is the answer.

    After those that count comes what is nearest to counting: the further a holding got through the questions, the nearer.
    """

    MET = "met"
    MET_SOON = "met_soon"
    REVISION_GRACE = "revision_grace"
    GRACE = "grace"
    DUE_LATER = "due_later"
    EXEMPT = "exempt"
    NEEDS_FIRST = "needs_first"
    REVISION_OLD = "revision_old"
    END_UNKNOWN = "end_unknown"
    BELOW_TRUST = "below_trust"
    BELOW_LEVEL = "below_level"
    NOT_YET_VALID = "not_yet_valid"
    EXPIRED = "expired"
    DISPUTED = "disputed"
    MISSING = "missing"


ORDER = {state: at for at, state in enumerate(State)}
COMPLIANT = frozenset({State.MET, State.MET_SOON, State.REVISION_GRACE, State.GRACE, State.DUE_LATER})


@dataclass(slots=True)
class Cell:
    """The answer for one person and item. `ends` is the last good day of what was decisive; `trust` how well that was checked.

    `grace_until` is the last day on which it still counts although it ended, is of an older revision, or is not there
    yet. `hours` are the hours that count, of items that ask for hours. `first_id` is the item that is needed first. `lates`
    are all holdings that came too late, `late` whether there is one.
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
    lates: tuple[Late, ...] = ()

    @property
    def compliant(self) -> bool:
        """Whether it counts on the day."""
        return self.state in COMPLIANT


def status(*, need: Need, evidence: Sequence[Evidence], on: date, exempt: bool = False) -> Cell:
    """The cell for `need` on day `on`. `evidence` is what the person holds of the item, and of what counts as it.

    While the day by which they must have it is still to come, whatever they lack is "due later", unless something speaks
    against the card. Who is exempt and holds it all the same is shown with what they hold.
    """
    in_hours = need.restraint.validity.get("type") == Validity.HOURS
    best = (_hours if in_hours else _best)(need, evidence, on)
    waits = need.due_on is not None and on <= need.due_on
    if waits and not best.compliant and best.state is not State.DISPUTED and best.reason not in CONDEMNED:
        best.state, best.grace_until = State.DUE_LATER, need.due_on
    best.must = need.must
    best.photo_waits = any(one.has_photo and not one.photo_approved and one.signed is None for one in evidence)
    if exempt and (not best.compliant or best.state is State.DUE_LATER):
        best.state = State.EXEMPT
    return best


def rank(cell: Cell) -> int:
    """How near to counting a cell is, 0 the best. A card that something speaks against is as far off as a disputed one."""
    return ORDER[State.DISPUTED if cell.reason in CONDEMNED else cell.state]


def _best(need: Need, evidence: Sequence[Evidence], on: date) -> Cell:
    """The best of what the person holds. The newest first: what ends before one that counts is not looked at any more."""
    best: Cell | None = None
    most = None
    for one in reversed(evidence):
        if best is not None and best.state is State.MET and _ends_before(one, best):
            continue
        cell = _one(need, one, on)
        goodness = _goodness(cell)
        if most is None or goodness >= most:  # one thing may count in several ways: the first of them is told
            best, most = cell, goodness
    return best or Cell(State.MISSING)


def _ends_before(one: Evidence, best: Cell) -> bool:
    return one.ends is not None and (best.no_end or (best.ends is not None and one.ends < best.ends))


def _goodness(cell: Cell) -> tuple[int, int, bool, date, Trust, int]:
    """The larger the better; the holding's number at the end, so that their order never matters.

    Below the level, what counts is how high it is; otherwise how long it lasts.
    """
    level = (cell.level or 0) if cell.state is State.BELOW_LEVEL else 0
    number = cell.holding_id.int if cell.holding_id else 0
    return -rank(cell), level, cell.no_end, cell.ends or date.min, cell.trust, number


def _one(need: Need, one: Evidence, on: date) -> Cell:
    """What one thing that the person holds is worth."""
    rule = need.restraint
    trust, accepted, reason = trust_of(one, rule, on)
    ends, known = end_of(one, rule)
    starts = max((day for day in (one.starts, one.obtained) if day is not None), default=None)
    cell = Cell(
        State.MET, ends=ends, starts=starts, no_end=known and ends is None, trust=trust, level=one.level,
        holding_id=one.holding_id, path=one.path,
    )  # fmt: skip
    if one.signed is not None and trust is Trust.SIGNED:
        cell.giver, cell.own = one.signed.giver, one.signed.own
    if one.disputed:
        cell.state = State.DISPUTED
    elif reason in CONDEMNED:
        cell.state, cell.reason = State.BELOW_TRUST, reason
    elif starts is not None and starts > on:
        cell.state = State.NOT_YET_VALID
    elif ends is not None and ends < on:
        _in_grace(cell, need, one, on)
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


def _in_grace(cell: Cell, need: Need, one: Evidence, on: date) -> None:
    """Days of grace are for what lacks nothing but the renewal: what was good enough on its last day."""
    rule = need.restraint
    cell.state = State.EXPIRED
    if cell.ends is None or not rule.grace_days:
        return
    cell.grace_until = cell.ends + timedelta(days=rule.grace_days)
    accepted = trust_of(one, rule, cell.ends)[1]
    high_enough = need.level is None or (one.level or 0) >= need.level
    revised = _revised(one, rule, on)
    if accepted and high_enough and not _too_old(need, one) and (revised is None or revised[0] is State.REVISION_GRACE):
        cell.grace_until = min([cell.grace_until, *([revised[1]] if revised else [])])
        if on <= cell.grace_until:
            cell.state = State.GRACE


def _too_old(need: Need, one: Evidence) -> bool:
    """A check that had to be recent on the first day of work, and was not (say: at most a year before hire)."""
    limit = need.restraint.max_age_days
    if limit is None or need.hired_on is None or one.obtained is None or one.obtained >= need.hired_on:
        return False
    return (need.hired_on - one.obtained).days > limit


def _revised(one: Evidence, rule: Restraint, on: date) -> tuple[State, date] | None:
    """Whether the document has changed since: in grace, or past it. None: it is the revision in force.

    Each revision since starts its own days of grace; the strictest counts. A revision that asks nothing is passed over.
    """
    if not rule.revisions:
        return None
    codes = [revision.code.casefold() for revision in rule.revisions]
    held = codes.index(one.revision.casefold()) if one.revision.casefold() in codes else None
    in_force = [at for at, revision in enumerate(rule.revisions) if revision.effective_from <= on]
    since = [
        rule.revisions[at]
        for at in in_force
        if rule.revisions[at].counts and _is_newer(rule.revisions[at].effective_from, at, held, one, last=at == in_force[-1])
    ]
    if not since:
        return None
    until = min(revision.effective_from + timedelta(days=revision.grace_days) for revision in since)
    return (State.REVISION_GRACE, until) if on <= until else (State.REVISION_OLD, until)


def _is_newer(effective_from: date, at: int, held: int | None, one: Evidence, *, last: bool) -> bool:
    """Whether a revision came after what the person followed. One that is named and that nobody knows is not the last."""
    if held is not None:
        return at > held
    made = one.obtained or one.starts
    return made is None or made < effective_from or (last and bool(one.revision))


def _hours(need: Need, evidence: Sequence[Evidence], on: date) -> Cell:
    """So many hours within the last so many months: `ends` is the last day on which enough of them are still recent.

    Hours that are not checked as the rule asks do not count; where they would be enough, checking them is what is missing.
    """
    rule = need.restraint
    wanted, months = Decimal(str(rule.validity.get("hours", 0))), int(rule.validity.get("months", 12))
    by_id = {one.holding_id: one for one in evidence if one.hours and one.obtained and one.obtained <= on}
    newest = sorted(by_id.values(), key=lambda one: (one.obtained or date.min, one.holding_id.int), reverse=True)
    recent = [one for one in newest if not one.disputed and add_months(one.obtained or on, months) >= on]
    done = [one for one in recent if trust_of(one, rule, on)[1]]
    total = sum((one.hours or Decimal(0) for one in done), Decimal(0))
    if total < wanted:
        enough = sum((one.hours or Decimal(0) for one in recent), Decimal(0)) >= wanted
        state = State.BELOW_TRUST if enough else State.MISSING if recent or not newest else State.EXPIRED
        return Cell(state, hours=total, reason=Reason.HOURS, holding_id=newest[0].holding_id if newest else None)
    needed, ends, trust = Decimal(0), on, Trust.SIGNED
    for one in done:  # the newest that together are enough: the oldest of those falls out first
        needed += one.hours or Decimal(0)
        ends, trust = add_months(one.obtained or on, months), min(trust, trust_of(one, rule, on)[0])
        if needed >= wanted:
            break
    state = State.MET_SOON if (ends - on).days <= rule.lead_days else State.MET
    return Cell(state, ends=ends, hours=total, trust=trust, holding_id=newest[0].holding_id)
