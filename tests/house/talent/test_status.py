"""The status of one cell: every state and every reason, and the days on which one turns into the next."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from skillmark.rooms.skills.rules import Trust
from skillmark.rooms.talent.rules import COMPLIANT, Cell, Reason, Revision, State
from tests.house.talent.making import ON, STATE, cell, held, rule, signed

PHOTO_RULE = rule(trust=Trust.PHOTO)
SIGNED_RULE = rule(trust=Trust.SIGNED)
OWN_RULE = rule(own_counts=True)
STATE_RULE = rule(givers=frozenset({STATE.casefold()}))
UNCHECKED: dict[str, Any] = {"looked_on": None}
PHOTOGRAPHED: dict[str, Any] = {"looked_on": None, "has_photo": True, "photo_approved": True}
DAY = timedelta(days=1)


def signed_only(*args: Any, **parts: Any) -> Any:
    return held(looked_on=None, signed=signed(*args, **parts))


TABLE: list[tuple[str, Cell, State, Reason | None, Trust]] = [
    # when
    ("nothing", cell(), State.MISSING, None, Trust.CLAIMED),
    ("in date", cell(held()), State.MET, None, Trust.SOURCE),
    ("last good day", cell(held(ends=ON)), State.MET_SOON, None, Trust.SOURCE),
    ("the day after", cell(held(ends=ON - DAY)), State.EXPIRED, None, Trust.SOURCE),
    ("lead time begins", cell(held(ends=ON + 30 * DAY)), State.MET_SOON, None, Trust.SOURCE),
    ("before lead time", cell(held(ends=ON + 31 * DAY)), State.MET, None, Trust.SOURCE),
    ("first good day", cell(held(starts=ON, obtained=ON)), State.MET, None, Trust.SOURCE),
    ("the day before", cell(held(starts=ON + DAY, obtained=ON)), State.NOT_YET_VALID, None, Trust.SOURCE),
    ("got later than it counts", cell(held(starts=ON, obtained=ON + DAY)), State.NOT_YET_VALID, None, Trust.SOURCE),
    ("no end", cell(held(ends=None, no_end=True)), State.MET, None, Trust.SOURCE),
    ("end not known", cell(held(ends=None)), State.END_UNKNOWN, None, Trust.SOURCE),
    # grace
    ("in grace", cell(held(ends=ON - 10 * DAY), restraint=rule(grace_days=10)), State.GRACE, None, Trust.SOURCE),
    ("past grace", cell(held(ends=ON - 11 * DAY), restraint=rule(grace_days=10)), State.EXPIRED, None, Trust.SOURCE),
    ("no grace unchecked", cell(held(ends=ON - DAY, **UNCHECKED), restraint=rule(grace_days=9)),
     State.EXPIRED, None, Trust.CLAIMED),
    ("no grace below level", cell(held(ends=ON - DAY, level=1), restraint=rule(grace_days=9), level=2),
     State.EXPIRED, None, Trust.SOURCE),
    # due later
    ("due today", cell(due_on=ON), State.DUE_LATER, None, Trust.CLAIMED),
    ("was due yesterday", cell(due_on=ON - DAY), State.MISSING, None, Trust.CLAIMED),
    ("claimed and due later", cell(held(**UNCHECKED), due_on=ON), State.DUE_LATER, Reason.CLAIMED, Trust.CLAIMED),
    ("expired and due later", cell(held(ends=ON - DAY), due_on=ON), State.DUE_LATER, None, Trust.SOURCE),
    ("forged and due later", cell(signed_only("bad"), due_on=ON), State.BELOW_TRUST, Reason.SIGNATURE_BAD, Trust.CLAIMED),
    ("disputed and due later", cell(held(disputed=True), due_on=ON), State.DISPUTED, None, Trust.SOURCE),
    # level
    ("level reached", cell(held(level=2), level=2), State.MET, None, Trust.SOURCE),
    ("level below", cell(held(level=1), level=2), State.BELOW_LEVEL, None, Trust.SOURCE),
    ("level not said", cell(held(), level=1), State.BELOW_LEVEL, None, Trust.SOURCE),
    # exempt, disputed
    ("exempt", cell(exempt=True), State.EXEMPT, None, Trust.CLAIMED),
    ("exempt and due later", cell(due_on=ON, exempt=True), State.EXEMPT, None, Trust.CLAIMED),
    ("exempt and has it", cell(held(), exempt=True), State.MET, None, Trust.SOURCE),
    ("disputed", cell(held(disputed=True)), State.DISPUTED, None, Trust.SOURCE),
    # photos
    ("claimed", cell(held(**UNCHECKED)), State.BELOW_TRUST, Reason.CLAIMED, Trust.CLAIMED),
    ("claimed, photo asked", cell(held(**UNCHECKED), restraint=PHOTO_RULE), State.BELOW_TRUST, Reason.CLAIMED, Trust.CLAIMED),
    ("photo, source asked", cell(held(**PHOTOGRAPHED)), State.BELOW_TRUST, Reason.PHOTO, Trust.PHOTO),
    ("photo waits", cell(held(looked_on=None, has_photo=True), restraint=PHOTO_RULE),
     State.BELOW_TRUST, Reason.PHOTO_WAITS, Trust.PHOTO),
    ("photo is enough", cell(held(**PHOTOGRAPHED), restraint=PHOTO_RULE), State.MET, None, Trust.PHOTO),
    ("photo of another giver", cell(held(**PHOTOGRAPHED, giver="X"), restraint=replace(STATE_RULE, trust=Trust.PHOTO)),
     State.BELOW_TRUST, Reason.GIVER_NOT_ACCEPTED, Trust.PHOTO),
    # look-ups
    ("stale on the day", cell(held(looked_on=ON - 90 * DAY), restraint=rule(stale_days=90)), State.MET, None, Trust.SOURCE),
    ("stale", cell(held(looked_on=ON - 91 * DAY), restraint=rule(stale_days=90)),
     State.BELOW_TRUST, Reason.CHECK_OLD, Trust.CLAIMED),
    ("stale with photo", cell(held(looked_on=ON - 91 * DAY, has_photo=True, photo_approved=True),
     restraint=rule(stale_days=90)),
     State.BELOW_TRUST, Reason.CHECK_OLD, Trust.PHOTO),
    ("denied", cell(held(looked_on=None, look_denied=True)), State.BELOW_TRUST, Reason.CHECK_DENIED, Trust.CLAIMED),
    ("denied, signed", cell(held(looked_on=None, look_denied=True, signed=signed())),
     State.BELOW_TRUST, Reason.CHECK_DENIED, Trust.CLAIMED),
    ("denied, photo enough", cell(held(**PHOTOGRAPHED, look_denied=True), restraint=PHOTO_RULE),
     State.BELOW_TRUST, Reason.CHECK_DENIED, Trust.PHOTO),
    ("looked up, signature asked", cell(held(), restraint=SIGNED_RULE), State.BELOW_TRUST, Reason.NOT_SIGNED, Trust.SOURCE),
    ("looked up, other giver", cell(held(giver="X"), restraint=STATE_RULE),
     State.BELOW_TRUST, Reason.GIVER_NOT_ACCEPTED, Trust.SOURCE),
    ("looked up, right giver", cell(held(giver="state board"), restraint=STATE_RULE), State.MET, None, Trust.SOURCE),
    # signatures
    ("signed", cell(signed_only(), restraint=SIGNED_RULE), State.MET, None, Trust.SIGNED),
    ("giver not listed", cell(signed_only(listed=False)), State.BELOW_TRUST, Reason.GIVER_UNKNOWN, Trust.CLAIMED),
    ("giver not listed, photo asked", cell(signed_only(listed=False), restraint=PHOTO_RULE),
     State.BELOW_TRUST, Reason.GIVER_UNKNOWN, Trust.CLAIMED),
    ("listed since", cell(signed_only("careful", code="issuer.unknown")), State.MET, None, Trust.SIGNED),
    ("another giver", cell(signed_only(giver="X"), restraint=STATE_RULE),
     State.BELOW_TRUST, Reason.GIVER_NOT_ACCEPTED, Trust.SIGNED),
    ("own for own", cell(signed_only(own=True, listed=False), restraint=OWN_RULE), State.MET, None, Trust.SIGNED),
    ("own for the state's", cell(signed_only(own=True)), State.BELOW_TRUST, Reason.OWN_NOT_ACCEPTED, Trust.CLAIMED),
    ("bad", cell(signed_only("bad", code="altered")), State.BELOW_TRUST, Reason.SIGNATURE_BAD, Trust.CLAIMED),
    ("bad, looked up", cell(held(signed=signed("bad", code="status.cancelled"))),
     State.BELOW_TRUST, Reason.SIGNATURE_BAD, Trust.CLAIMED),
    ("bad and over", cell(held(ends=ON - DAY, signed=signed("bad"))), State.BELOW_TRUST, Reason.SIGNATURE_BAD, Trust.CLAIMED),
    ("status not known", cell(signed_only("careful", code="status.unknown")),
     State.BELOW_TRUST, Reason.SIGNATURE_UNKNOWN, Trust.CLAIMED),
    ("not read", cell(signed_only("unknown", code="signer.unreachable")),
     State.BELOW_TRUST, Reason.SIGNATURE_UNKNOWN, Trust.CLAIMED),
    ("not known, looked up", cell(held(signed=signed("unknown"))), State.MET, None, Trust.SOURCE),
    ("not known, signature asked", cell(held(signed=signed("unknown")), restraint=SIGNED_RULE),
     State.BELOW_TRUST, Reason.SIGNATURE_UNKNOWN, Trust.SOURCE),
    ("ran out later", cell(signed_only(over_on=ON + DAY)), State.MET_SOON, None, Trust.SIGNED),
    ("has run out", cell(signed_only(over_on=ON)), State.EXPIRED, None, Trust.SIGNED),
    ("ran out later, end not typed", cell(replace(signed_only(over_on=ON + DAY), ends=None)),
     State.END_UNKNOWN, None, Trust.SIGNED),
    ("has run out, end not typed", cell(replace(signed_only(over_on=ON), ends=None)), State.EXPIRED, None, Trust.SIGNED),
    ("ran out before anybody checked it", cell(signed_only("bad", code="dates.expired", over_on=ON + DAY)),
     State.BELOW_TRUST, Reason.SIGNATURE_UNKNOWN, Trust.CLAIMED),
    ("not begun when it was checked", cell(signed_only("bad", code="dates.not_yet")),
     State.BELOW_TRUST, Reason.SIGNATURE_UNKNOWN, Trust.CLAIMED),
    ("over, and its card too", cell(replace(signed_only(over_on=ON), ends=ON - DAY)), State.EXPIRED, None, Trust.SIGNED),
    ("over, in grace", cell(signed_only(over_on=ON), restraint=rule(grace_days=3)), State.GRACE, None, Trust.SIGNED),
    ("denied and over", cell(held(looked_on=None, look_denied=True, ends=ON - DAY)),
     State.BELOW_TRUST, Reason.CHECK_DENIED, Trust.CLAIMED),
    # age at hire
    ("a year before hire", cell(held(), restraint=rule(max_age_days=365), hired_on=date(2026, 1, 10)),
     State.MET, None, Trust.SOURCE),
    ("older at hire", cell(held(), restraint=rule(max_age_days=365), hired_on=date(2026, 1, 11)),
     State.BELOW_TRUST, Reason.TOO_OLD, Trust.SOURCE),
    ("after hire", cell(held(), restraint=rule(max_age_days=1), hired_on=date(2024, 1, 1)), State.MET, None, Trust.SOURCE),
]  # fmt: skip


@pytest.mark.parametrize(("found", "state", "reason", "trust"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE])
def test_each_cell(found: Cell, state: State, reason: Reason | None, trust: Trust) -> None:
    assert (found.state, found.reason, found.trust) == (state, reason, trust)
    assert found.compliant == (state in COMPLIANT)


REVISED_BELOW = {State.REVISION_GRACE, State.REVISION_OLD, State.NEEDS_FIRST}


def test_every_state_and_reason_is_reached() -> None:
    """Revisions, hours and what is needed first have their own tests."""
    assert {row[2] for row in TABLE} == set(State) - REVISED_BELOW
    assert {row[3] for row in TABLE} == {None, *Reason} - {Reason.HOURS}


@pytest.mark.parametrize("trust", Trust)
@pytest.mark.parametrize("approved", [False, True])
def test_a_photo_is_never_more_than_a_photo(trust: Trust, approved: bool) -> None:
    found = cell(held(looked_on=None, has_photo=True, photo_approved=approved), restraint=rule(trust=trust))
    assert found.trust is Trust.PHOTO
    assert found.compliant == (approved and trust <= Trust.PHOTO)
    assert found.photo_waits == (not approved)


@pytest.mark.parametrize(
    ("validity", "obtained", "last"),
    [
        ({"type": "months", "months": 24}, date(2024, 3, 4), date(2026, 3, 4)),
        ({"type": "months", "months": 1}, date(2025, 1, 31), date(2025, 2, 28)),
        ({"type": "months", "months": 1}, date(2024, 1, 31), date(2024, 2, 29)),
        ({"type": "months", "months": 12}, date(2024, 2, 29), date(2025, 2, 28)),
        ({"type": "months", "months": 12, "end_of_month": True}, date(2025, 3, 4), date(2026, 3, 31)),
        ({"type": "disuse", "months": 24}, date(2024, 5, 4), date(2026, 5, 4)),
    ],
)
def test_the_last_good_day_is_worked_out(validity: dict[str, Any], obtained: date, last: date) -> None:
    one, restraint = held(obtained=obtained, starts=obtained, ends=None), rule(validity=validity)
    on_last, after = (cell(one, restraint=restraint, on=day) for day in (last, last + DAY))
    assert (on_last.ends, on_last.state, after.state) == (last, State.MET_SOON, State.EXPIRED)


def test_a_day_on_the_card_goes_before_the_rule() -> None:
    restraint = rule(validity={"type": "months", "months": 12})
    assert cell(held(ends=ON + 90 * DAY), restraint=restraint).ends == ON + 90 * DAY
    assert cell(held(ends=None, obtained=None, starts=None), restraint=restraint).state is State.END_UNKNOWN


def test_the_way_it_was_renewed_decides_how_long_it_lasts() -> None:
    restraint = rule(validity={"type": "alternating", "months": {"class": 24, "online": 12}})
    got = {"obtained": date(2025, 5, 4), "starts": date(2025, 5, 4), "ends": None}
    assert cell(held(**got, method="class"), restraint=restraint).ends == date(2027, 5, 4)
    assert cell(held(**got, method="online"), restraint=restraint).ends == date(2026, 5, 4)
    assert cell(held(**got), restraint=restraint).state is State.END_UNKNOWN


def test_use_keeps_it_alive() -> None:
    restraint = rule(validity={"type": "disuse", "months": 24})
    got = held(obtained=date(2023, 1, 1), starts=date(2023, 1, 1), ends=None)
    used = held(obtained=date(2025, 6, 1), starts=date(2025, 6, 1), ends=None)
    assert cell(got, restraint=restraint).state is State.EXPIRED
    assert cell(got, used, restraint=restraint).ends == date(2027, 6, 1)


C, D, E = Revision("C", date(2025, 1, 1), 0, True), Revision("D", ON, 14, True), Revision("E", ON + 5 * DAY, 30, True)
FOR_GOOD: dict[str, Any] = {"ends": None, "no_end": True}


@pytest.mark.parametrize(
    ("parts", "revisions", "days", "state"),
    [
        ({"revision": "C"}, (C, D), -1, State.MET),
        ({"revision": "C"}, (C, D), 0, State.REVISION_GRACE),
        ({"revision": "C"}, (C, D), 14, State.REVISION_GRACE),
        ({"revision": "C"}, (C, D), 15, State.REVISION_OLD),
        ({"revision": "c"}, (C, D), 15, State.REVISION_OLD),
        ({"revision": "D"}, (C, D), 400, State.MET),
        ({"revision": "C"}, (C, replace(D, counts=False)), 400, State.MET),
        ({"revision": "C"}, (C, D, E), 10, State.REVISION_GRACE),  # E leaves longer, D decides
        ({"revision": "C"}, (C, D, E), 15, State.REVISION_OLD),
        ({"revision": "D"}, (C, D, E), 15, State.REVISION_GRACE),
        ({}, (C, D), 0, State.REVISION_GRACE),  # not said which: made before D
        ({"obtained": ON, "starts": ON}, (C, D), 0, State.MET),
        ({"obtained": ON, "starts": ON, "revision": "B"}, (C, D), 1, State.REVISION_GRACE),  # nobody knows B: it is not D
        ({"obtained": ON, "starts": ON, "revision": "B"}, (C, D), 15, State.REVISION_OLD),
        ({"obtained": None, "starts": None}, (C, D), 15, State.REVISION_OLD),
    ],
)
def test_a_new_revision_opens_old_sign_offs(
    parts: dict[str, Any], revisions: tuple[Revision, ...], days: int, state: State
) -> None:
    found = cell(held(**FOR_GOOD, **parts), restraint=rule(revisions=revisions), on=ON + days * DAY)
    assert found.state is state
    if state in REVISED_BELOW:
        assert found.grace_until is not None and (found.grace_until >= ON + days * DAY) == found.compliant


def test_grace_of_a_card_ends_with_that_of_its_revision() -> None:
    restraint = rule(grace_days=30, revisions=(C, D))
    old = held(revision="C", ends=ON - DAY)
    assert cell(old, restraint=restraint, on=ON + 14 * DAY).state is State.GRACE
    assert cell(old, restraint=restraint, on=ON + 15 * DAY).state is State.EXPIRED


def hours(day: date, count: int, **parts: Any) -> Any:
    return held(obtained=day, starts=day, ends=None, hours=Decimal(count), **parts)


TWELVE = rule(validity={"type": "hours", "hours": 12, "months": 12})


def test_hours_count_while_they_are_recent() -> None:
    done = [hours(date(2025, 6, 1), 6), hours(date(2025, 9, 1), 6), hours(date(2026, 3, 1), 3)]
    found = cell(*done, restraint=TWELVE)
    assert (found.state, found.hours, found.ends) == (State.MET_SOON, Decimal(15), date(2026, 6, 1))
    assert cell(*done, restraint=TWELVE, on=date(2026, 6, 1)).compliant
    after = cell(*done, restraint=TWELVE, on=date(2026, 6, 2))
    assert (after.state, after.hours, after.reason) == (State.MISSING, Decimal(9), Reason.HOURS)
    assert cell(*done, restraint=TWELVE, on=date(2027, 6, 2)).state is State.EXPIRED


def test_hours_that_nobody_checked_do_not_count() -> None:
    done = [hours(date(2026, 3, 1), 6), hours(date(2026, 4, 1), 6, looked_on=None)]
    found = cell(*done, restraint=TWELVE)
    assert (found.state, found.hours, found.reason) == (State.BELOW_TRUST, Decimal(6), Reason.HOURS)
    assert cell(done[1], restraint=TWELVE).state is State.MISSING  # checking these would not be enough
    assert cell(hours(date(2026, 3, 1), 12, disputed=True), restraint=TWELVE).state is not State.MET


def test_the_same_hours_by_two_ways_are_counted_once() -> None:
    one = hours(date(2026, 3, 1), 6)
    assert cell(one, replace(one, path=(one.item_id,)), restraint=TWELVE).hours == Decimal(6)


def test_of_several_the_best_counts() -> None:
    good = held(ends=ON + 60 * DAY)
    found = cell(held(**UNCHECKED), held(ends=ON - DAY), good, held(disputed=True), signed_only("bad"))
    assert (found.state, found.holding_id) == (State.MET, good.holding_id)
    assert cell(held(level=1, ends=None, no_end=True), held(level=2), level=3).level == 2
    assert cell(held(**UNCHECKED), held(**PHOTOGRAPHED)).trust is Trust.PHOTO
    assert cell(signed_only("bad"), held(**UNCHECKED)).reason is Reason.CLAIMED
