"""What holds for every cell, whatever somebody holds: tried on some thousand made-up drawers of cards."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from skillmark.rooms.holdings.rules import Evidence, SignedBy
from skillmark.rooms.skills.rules import Trust
from skillmark.rooms.talent.rules import Need, Restraint, Revision, State, late, status
from skillmark.rooms.talent.rules.status import rank
from tests.house.talent.making import CARD, ON, STATE

days = st.integers(-1200, 1200).map(lambda count: ON + timedelta(days=count))
maybe_days = st.none() | days
levels = st.none() | st.integers(1, 4)
signatures = st.builds(
    SignedBy, giver=st.sampled_from([STATE, "X"]), verdict=st.sampled_from(["good", "careful", "bad", "unknown"]),
    own=st.booleans(), listed=st.booleans(), code=st.sampled_from(["", "issuer.unknown", "altered", "dates.expired"]),
    over_on=maybe_days,
)  # fmt: skip
cards = st.builds(
    Evidence, holding_id=st.uuids(), item_id=st.just(CARD), obtained=maybe_days, starts=maybe_days, ends=maybe_days,
    no_end=st.just(False), level=levels, giver=st.sampled_from(["", STATE, "X"]), method=st.sampled_from(["", "class"]),
    revision=st.sampled_from(["", "C", "D"]), disputed=st.booleans(), has_photo=st.just(False), looked_on=maybe_days,
    look_denied=st.booleans(), signed=st.none() | signatures,
)  # fmt: skip
photographed = st.tuples(cards, st.booleans()).map(lambda two: replace(two[0], has_photo=True, photo_approved=two[1]))
drawers = st.lists(cards | photographed, max_size=5, unique_by=lambda one: one.holding_id)
validities: st.SearchStrategy[dict[str, Any]] = st.sampled_from(
    [
        {"type": "card_date"}, {"type": "no_end"}, {"type": "months", "months": 24}, {"type": "disuse", "months": 6},
        {"type": "alternating", "months": {"class": 24}}, {"type": "on_revision"},
    ]
)  # fmt: skip
REVISIONS = (Revision("C", date(2024, 1, 1), 0, True), Revision("D", date(2026, 4, 20), 14, True))
rules = st.builds(
    Restraint, validity=validities, trust=st.sampled_from([Trust.PHOTO, Trust.SOURCE, Trust.SIGNED]),
    givers=st.sampled_from([frozenset[str](), frozenset({STATE.casefold()})]), own_counts=st.booleans(),
    stale_days=st.none() | st.integers(1, 400), lead_days=st.integers(0, 90), grace_days=st.integers(0, 60),
    max_age_days=st.none() | st.integers(1, 400), revisions=st.sampled_from([(), REVISIONS]),
)  # fmt: skip
needs = st.builds(
    Need, item_id=st.just(CARD), restraint=rules, must=st.booleans(), level=levels, due_on=maybe_days, hired_on=maybe_days,
    since=maybe_days,
)  # fmt: skip


@given(needs, drawers, days, st.randoms(use_true_random=False))
def test_the_order_of_the_evidence_does_not_matter(
    need: Need, drawer: list[Evidence], on: date, chance: random.Random
) -> None:
    other = chance.sample(drawer, len(drawer))
    assert status(need=need, evidence=drawer, on=on) == status(need=need, evidence=other, on=on)
    assert late(need=need, evidence=drawer, on=on) == late(need=need, evidence=other, on=on)


@given(needs, drawers, cards | photographed, days)
def test_one_more_card_never_makes_a_cell_worse(need: Need, drawer: list[Evidence], more: Evidence, on: date) -> None:
    """But for what speaks against a card: that is told at once, before it is due."""
    before, after = (status(need=need, evidence=one, on=on) for one in (drawer, [*drawer, more]))
    if before.state is not State.DUE_LATER or after.state is State.DUE_LATER:
        assert rank(after) <= rank(before)
    else:
        assert after.compliant or after.reason in {"signature_bad", "check_denied"} or after.state is State.DISPUTED


BETTER: dict[str, Any] = {
    "ends later": lambda one: replace(one, ends=one.ends and one.ends + timedelta(days=100)),
    "photo approved": lambda one: replace(one, has_photo=True, photo_approved=True),
    "looked up": lambda one: replace(one, looked_on=ON, look_denied=False),
    "higher": lambda one: replace(one, level=min((one.level or 0) + 1, 4)),
    "settled": lambda one: replace(one, disputed=False),
    "signed": lambda one: replace(one, signed=SignedBy(STATE, "good", own=False, listed=True)),
    "on the last revision": lambda one: replace(one, revision="D"),
}


@given(needs, drawers.filter(bool), st.sampled_from(sorted(BETTER)), days)
def test_better_evidence_never_makes_a_cell_worse(need: Need, drawer: list[Evidence], how: str, on: date) -> None:
    better = [BETTER[how](drawer[0]), *drawer[1:]]
    if how == "looked up" and need.restraint.givers and (drawer[0].giver.casefold() not in need.restraint.givers):
        return  # it was looked up, and turns out to be of somebody who does not count
    before, after = (status(need=need, evidence=one, on=on) for one in (drawer, better))
    assert rank(after) <= rank(before)


@given(needs, drawers, days)
def test_a_photo_alone_is_green_only_where_the_rule_says_so_and_somebody_approved_it(
    need: Need, drawer: list[Evidence], on: date
) -> None:
    photos = [
        replace(one, signed=None, looked_on=None, has_photo=True, photo_approved=index % 2 == 0)
        for index, one in enumerate(drawer)
    ]
    cell = status(need=need, evidence=photos, on=on)
    assert cell.trust <= Trust.PHOTO
    if cell.compliant and cell.state is not State.DUE_LATER:
        [decisive] = [one for one in photos if one.holding_id == cell.holding_id]
        assert need.restraint.trust is Trust.PHOTO and decisive.photo_approved


@given(needs, drawers, days)
def test_what_is_green_is_in_date_or_in_grace(need: Need, drawer: list[Evidence], on: date) -> None:
    cell = status(need=need, evidence=drawer, on=on)
    if cell.state in {State.MET, State.MET_SOON}:
        assert cell.no_end or (cell.ends is not None and cell.ends >= on)
        assert cell.starts is None or cell.starts <= on
    if cell.state in {State.GRACE, State.REVISION_GRACE, State.DUE_LATER}:
        assert cell.grace_until is not None and cell.grace_until >= on
