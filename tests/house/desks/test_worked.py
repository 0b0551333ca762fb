"""Position and days of any badge that tells them, whoever gave it."""

from __future__ import annotations

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from credcore.formats import openbadges3
from skillmark.desks import answers
from tests.core.proofs import credential

CHICAGO = ZoneInfo("America/Chicago")


def _shown(**subject: Any) -> answers.Proof:
    document = credential()
    document["credentialSubject"] |= subject
    return answers.shown(credential=openbadges3.parse(document), zone=CHICAGO)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2024-03-03", date(2024, 3, 3)),  # a day is that day anywhere
        ("2024-03-04T02:00:00Z", date(2024, 3, 3)),  # a moment is the day it was where the giver is
        ("sometime", None),
        ("2024-13-45", None),
    ],
)
def test_the_first_day(written: str, day: date | None) -> None:
    assert _shown(role="Line cook", activityStartDate=written).worked_from == day


def test_a_last_day_alone_is_the_day_on_which_something_was_done() -> None:
    alone = _shown(activityEndDate="2024-03-03")
    assert (alone.role, alone.worked_from, alone.worked_until) == ("", None, None)
    both = _shown(role="Line cook", activityEndDate="2024-03-03")
    assert (both.role, both.worked_until, both.planned) == ("Line cook", date(2024, 3, 3), False)


def test_a_day_after_the_signing_is_planned() -> None:
    assert _shown(role="Line cook", activityEndDate="2099-01-01").planned
