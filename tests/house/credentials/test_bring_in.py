"""What may be kept of what was checked, and what a later check changes about it: the rules alone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credcore.model import Credential
from credcore.verify.report import STATES, Finding, Outcome, Report, Verdict
from skillmark.rooms.credentials import rules
from tests.cast import NOW

DAY = timedelta(days=1)
PROVEN = Finding("proof", "proof.fits", Outcome.PASSED)
SILENT = Finding("status", "status.unknown", Outcome.UNKNOWN, state="status.unknown")


def report(code: str, *, proven: bool = True, silent: bool = False, days: int = 0) -> Report:
    """A report that the state `code` heads."""
    findings = [PROVEN] if proven else []
    if code != "good":
        findings.append(Finding("read", code, Outcome.FAILED, state=code))
    else:
        findings += [Finding(name, f"{name}.fine", Outcome.PASSED) for name in ("issuer", "trust", "dates", "status")]
    if silent:
        findings.append(SILENT)
    return Report(tuple(findings), NOW + days * DAY, credential=Credential(name="Forklift"))


@pytest.mark.parametrize("code", list(STATES))
def test_what_is_kept(code: str) -> None:
    """Good, careful, and genuine ones that do not count today; nothing else."""
    why = rules.why_not(report(code))
    if code in rules.NEVER:
        assert why == "held.bad"
    elif STATES[code] in (Verdict.GOOD, Verdict.CAREFUL) or code in rules.NOT_NOW:
        assert why == ""
    else:
        assert why == "held.unknown"


@pytest.mark.parametrize("code", list(STATES))
def test_nothing_unproven_is_kept(code: str) -> None:
    assert rules.why_not(report(code, proven=False)) != ""


def test_every_bad_state_is_either_refused_or_kept_as_not_counting() -> None:
    bad = {code for code, verdict in STATES.items() if verdict is Verdict.BAD}
    assert bad == rules.NEVER | rules.NOT_NOW


@given(code=st.sampled_from(list(STATES)), then=st.sampled_from(list(STATES)), silent=st.booleans())
def test_silence_never_makes_it_better(code: str, then: str, silent: bool) -> None:
    before = rules.Known(STATES[code].value, code, NOW)
    after = rules.heard(before=before, report=report(then, silent=silent, days=1))
    if silent and code in rules.NEVER | {"status.cancelled", "status.paused"}:
        assert after.verdict == Verdict.BAD
    if silent and after.verdict in (Verdict.GOOD, Verdict.CAREFUL):
        assert after.at == NOW  # as old as it was


def test_an_answer_takes_a_pause_back() -> None:
    before = rules.Known("bad", "status.paused", NOW)
    assert rules.heard(before=before, report=report("good", days=1)).code == "good"


def test_what_has_ended_has_ended() -> None:
    known = rules.Known("good", "good", NOW)
    assert rules.known_today(known=known, valid_until=NOW, now=NOW + DAY).code == "dates.expired"
    assert rules.known_today(known=known, valid_until=NOW + DAY, now=NOW).code == "good"
    stopped = rules.Known("bad", "status.cancelled", NOW)
    assert rules.known_today(known=stopped, valid_until=NOW, now=NOW + DAY) == stopped


def test_a_proof_of_this_server_is_known_at_once() -> None:
    good = rules.Known("good", "good", NOW)
    later = NOW + DAY
    assert rules.known_here(known=good, stopped="status.paused", now=later).verdict == "bad"
    assert rules.known_here(known=rules.Known("bad", "status.paused", NOW), stopped="", now=later).code == "good"
    assert rules.known_here(known=rules.Known("bad", "status.cancelled", NOW), stopped="", now=later).verdict == "bad"
    compromised = rules.Known("bad", "key.compromised", NOW)
    assert rules.known_here(known=compromised, stopped="review.open", now=later) == compromised


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Rosa Delgado", "DELGADO, Rosa", True),
        ("José Núñez", "Jose Nunez", True),
        ("Mary-Ann Smith", "Smith Mary Ann", True),
        ("", "Rosa Delgado", True),
        ("Rosa Delgado", "Ana Delgado", False),
        ("Rosa Delgado Ruiz", "Rosa Delgado", False),
    ],
)
def test_names(one: str, other: str, same: bool) -> None:
    assert rules.same_name(one, other) is same


def test_forms() -> None:
    assert [rules.form_of(body) for body in (b' {"a": 1}', b"e.y.J", b"e.y.J~x~")] == ["json", "jwt", "sd-jwt"]
