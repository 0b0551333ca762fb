"""What somebody holds by a proof of ours hears what becomes of the proof: the board never stays green by itself."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from skillmark.edges.jobs import note_own
from skillmark.edges.jobs.schedule import BY_NAME
from skillmark.rooms.credentials import operations as credentials
from skillmark.rooms.credentials.models import Issued
from skillmark.rooms.credentials.rules import CORRECTED
from skillmark.rooms.holdings import operations, queries
from skillmark.rooms.holdings.models import Holding, Signature, SignOff
from skillmark.rooms.journal.models import Entry
from skillmark.rooms.talent import operations as talent_operations
from skillmark.rooms.talent import queries as talent
from skillmark.rooms.talent.rules import Reason, State
from tests.cast import NOW, Firm
from tests.house.credentials.test_disputes import keep
from tests.house.holdings.signing import LONG_AGO, make_item, settle, sign

pytestmark = pytest.mark.django_db
TODAY = date(2026, 5, 4)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def item(firm: Firm) -> Any:
    made = make_item(firm)
    talent_operations.require(actor=firm.owner, item_id=made.id, target="everyone", starts=LONG_AGO, now=NOW)
    sign(firm, made)
    settle()
    return made


@pytest.fixture
def proof(item: Any) -> Issued:
    return Issued.objects.get()


def hear(firm: Firm) -> None:
    """Every entry of the journal that the job listens to, twice: jobs may run twice."""
    for entry in Entry.objects.filter(org_id=firm.org.id, event__in=BY_NAME["note_own"].on).order_by("id"):
        for _ in range(2):
            note_own.run(now=NOW + MINUTE, org_id=str(firm.org.id), entry_id=str(entry.id))


def cell(firm: Firm, item: Any, on: date = TODAY) -> Any:
    return talent.row_of(actor=firm.owner, person_id=firm.person.id, on=on).cells[item.id]


def test_a_cancelled_proof_is_red(firm: Firm, item: Any, proof: Issued) -> None:
    assert cell(firm, item).state is State.MET
    credentials.cancel(actor=firm.owner, issued_id=proof.id, reason="Signed for the wrong person", now=NOW + MINUTE)
    hear(firm)
    found = cell(firm, item)
    assert (found.state, found.reason) == (State.BELOW_TRUST, Reason.SIGNATURE_BAD)
    assert Signature.objects.count() == 2  # once, though it heard twice
    before = talent.row_of(actor=firm.owner, person_id=firm.person.id, on=TODAY, known_at=NOW + MINUTE / 2)
    assert before.cells[item.id].state is State.MET


def test_paused_and_resumed(firm: Firm, item: Any, proof: Issued) -> None:
    credentials.pause(actor=firm.owner, issued_id=proof.id, reason="We look at it again.", now=NOW + MINUTE)
    hear(firm)
    assert cell(firm, item).reason is Reason.SIGNATURE_BAD
    credentials.resume(actor=firm.owner, issued_id=proof.id, now=NOW + MINUTE)
    hear(firm)
    assert cell(firm, item).state is State.MET


def test_under_review_until_it_is_answered(firm: Firm, item: Any, proof: Issued) -> None:
    rosa, held = keep(firm, proof)
    for _ in range(2):
        said = credentials.dispute(actor=rosa, held_id=held.id, about="level", words="I did it alone.", now=NOW)
        hear(firm)
        assert cell(firm, item).state is State.DISPUTED
        credentials.answer_dispute(actor=firm.owner, dispute_id=said.id, answer="It was with help.", now=NOW + MINUTE)
        hear(firm)
        assert cell(firm, item).state is State.MET
    assert SignOff.objects.get().holding == Holding.objects.get(superseded_at=None)


def test_a_corrected_proof_takes_its_place(firm: Firm, item: Any, proof: Issued) -> None:
    right = credentials.replace(
        actor=firm.owner, issued_id=proof.id, why=CORRECTED, level=2, request_key="right", now=NOW + MINUTE
    )
    hear(firm)
    held = Holding.objects.get(superseded_at=None)
    assert (held.level, held.obtained, held.ends) == (2, TODAY, date(2027, 5, 4))
    [signature] = queries.signatures_of_proof(actor=firm.owner, issued_id=right.id)
    assert (signature.holding_id, signature.verdict) == (held.id, "good")
    assert cell(firm, item).state is State.MET


def test_a_dispute_that_the_supervisor_noted_stays(firm: Firm, item: Any, proof: Issued) -> None:
    operations.dispute(actor=firm.owner, holding_id=Holding.objects.get().id, now=NOW)
    credentials.pause(actor=firm.owner, issued_id=proof.id, reason="We look at it again.", now=NOW + MINUTE)
    credentials.resume(actor=firm.owner, issued_id=proof.id, now=NOW + MINUTE)
    hear(firm)
    assert cell(firm, item).state is State.DISPUTED


def test_what_is_forgotten_or_somebody_elses_changes_nothing(firm: Firm, other_firm: Firm, item: Any, proof: Issued) -> None:
    credentials.cancel(actor=firm.owner, issued_id=proof.id, reason="Wrong", now=NOW)
    entry = Entry.objects.get(event="credentials.proof.cancelled")
    note_own.run(now=NOW, org_id=str(other_firm.org.id), entry_id=str(entry.id))
    assert Signature.objects.count() == 1
