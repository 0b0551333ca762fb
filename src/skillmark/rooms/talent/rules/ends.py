"""The last day on which something counts, from what the card says and what the rules work out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from skillmark.rooms.holdings.rules import Evidence
from skillmark.rooms.skills.rules import Validity, proposed_end
from skillmark.rooms.talent.rules.facts import Restraint


def end_of(one: Evidence, rule: Restraint) -> tuple[date | None, bool]:
    """(the last good day or None, whether that is known). A day on the card goes before one that the rule works out.

    What counts as another item ends when its own rule says so, and not later than the other's rule allows. A digital file
    that was found to have run out had ended by then, whatever was typed.
    """
    ends, known = (one.ends, True) if one.ends is not None else _worked_out(one, rule)
    if one.signed is None or one.signed.over_on is None:
        return ends, known
    last = one.signed.over_on - timedelta(days=1)
    return (last if ends is None else min(ends, last)), known


def _worked_out(one: Evidence, rule: Restraint) -> tuple[date | None, bool]:
    if one.no_end:
        return None, True
    asked, asked_known = _by(rule.validity, one)
    if one.own_validity is None:
        return asked, asked_known
    own, own_known = _by(one.own_validity, one)
    return min((day for day in (own, asked) if day is not None), default=None), own_known


def _by(validity: Mapping[str, Any], one: Evidence) -> tuple[date | None, bool]:
    if validity.get("type") in {Validity.NO_END, Validity.ON_REVISION}:
        return None, True
    found = proposed_end(validity, obtained=one.obtained or one.starts, method=one.method)
    return found, found is not None
