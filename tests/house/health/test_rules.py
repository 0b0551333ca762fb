"""Who is cleared until when, which files are kept, and what a seal is bound to."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest

from skillmark.rooms.health import rules
from skillmark.rooms.health.rules import ClearUntil, Shown, Terms

TEST, SHOT, AIDE = uuid4(), uuid4(), uuid4()
ON = date(2026, 5, 4)
EVERYONE = Terms(TEST, {"en": "Test"}, 24, True, frozenset())
AIDES = Terms(SHOT, {"en": "Shot"}, None, False, frozenset({AIDE}))
GOOD = Shown(TEST, date(2025, 1, 1), date(2027, 1, 1))


@pytest.mark.parametrize(
    ("shown", "positions", "answer"),
    [
        ([], (), ClearUntil(False, None)),
        ([GOOD], (), ClearUntil(True, date(2027, 1, 1))),
        ([GOOD], (AIDE,), ClearUntil(False, None)),
        ([GOOD, Shown(SHOT, date(2010, 1, 1), None)], (AIDE,), ClearUntil(True, date(2027, 1, 1))),
        ([replace(GOOD, ends=ON)], (), ClearUntil(True, ON)),  # the last good day
        ([replace(GOOD, ends=date(2026, 5, 3))], (), ClearUntil(False, None)),
        ([replace(GOOD, obtained=date(2026, 5, 5))], (), ClearUntil(False, None)),  # not yet, on that day
        ([replace(GOOD, ends=date(2026, 6, 1)), GOOD], (), ClearUntil(True, date(2027, 1, 1))),
        ([replace(GOOD, ends=None), GOOD], (), ClearUntil(True, None)),
    ],
)
def test_cleared(shown: list[Shown], positions: tuple[object, ...], answer: ClearUntil) -> None:
    assert rules.clear_until(asked=[EVERYONE, AIDES], shown=shown, positions=positions, on=ON) == answer  # type: ignore[arg-type]


def test_nothing_asked_is_nothing_said() -> None:
    stopped = replace(EVERYONE, asked=False)
    assert rules.clear_until(asked=[stopped, AIDES], shown=[GOOD], positions=(), on=ON) is None


def test_the_end_is_worked_out_from_the_months() -> None:
    assert rules.proposed_end(obtained=date(2024, 2, 29), months=12) == date(2025, 2, 28)
    assert rules.proposed_end(obtained=ON, months=None) is None


@pytest.mark.parametrize(("body", "kind"), [(b"%PDF-1.7 x", "application/pdf"), (b"\xff\xd8\xff\xe0", "image/jpeg")])
def test_files_are_known_by_their_bytes(body: bytes, kind: str) -> None:
    assert rules.demand_file(body=body) == kind


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "health.file_kind"),
        (b"<svg onload='x'/>", "health.file_kind"),
        (b"MZ....", "health.file_kind"),
        (b"%PDF-" + bytes(10 * 2**20), "health.file_too_large"),
    ],
)
def test_other_files_are_refused(body: bytes, code: str) -> None:
    with pytest.raises(rules.CannotKeepFile) as refused:
        rules.demand_file(body=body)
    assert refused.value.code == code


def test_a_seal_holds_in_its_place_only() -> None:
    key = rules.wrapping_key(outer=b"k" * 32)
    assert key != b"k" * 32 and key == rules.wrapping_key(outer=b"k" * 32)
    sealed = rules.seal(key=key, plain=b"secret", bound_to="firm|row|Rosa")
    assert b"secret" not in sealed
    assert rules.unseal(key=key, sealed=sealed, bound_to="firm|row|Rosa") == b"secret"
    for other_key, other_sealed, place in [
        (b"k" * 32, sealed, "firm|row|Rosa"),
        (key, sealed, "firm|row|Sam"),
        (key, sealed[:-1] + bytes([sealed[-1] ^ 1]), "firm|row|Rosa"),
        (key, b"", "firm|row|Rosa"),
        (key, b"short", "firm|row|Rosa"),
    ]:
        with pytest.raises(rules.CannotUnseal):
            rules.unseal(key=other_key, sealed=other_sealed, bound_to=place)
