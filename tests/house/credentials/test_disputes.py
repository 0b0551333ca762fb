"""The person says that something is wrong: under review at once, answered by the firm, told to both."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from credcore.formats import openbadges3
from credcore.issue import issue
from credcore.model import Party
from credcore.verify.report import Verdict
from skillmark.desks import checking
from skillmark.rooms.credentials import operations, queries
from skillmark.rooms.credentials.models import Dispute, Issued
from skillmark.rooms.journal import queries as journal
from skillmark.rooms.people.operations import CannotDo
from skillmark.rooms.people.rules import Actor
from skillmark.rooms.records import operations as records
from tests.cast import NOW, Firm
from tests.core.proofs import COLLEGE

Give = Callable[..., Issued]
LATER = NOW + timedelta(days=1)


def verdict(issued: Issued, **changes: Any) -> str:
    asked: dict[str, Any] = {"now": LATER, "org_id": None}
    return checking.check_bytes(data=bytes(issued.document), name="", **(asked | changes))[0].code


def keep(firm: Firm, issued: Issued) -> tuple[Actor, Any]:
    """Rosa keeps it: her space, and what is in it."""
    _, code, pin = operations.offer(actor=firm.owner, issued_id=issued.id, way="slip", now=NOW)
    actor, held, _ = records.keep(code=code, pin=pin, verifier=checking.verifier(org_id=None, now=NOW), now=NOW)
    assert actor is not None
    return actor, held


@pytest.fixture
def kept(firm: Firm, give: Give) -> tuple[Issued, Actor, Any]:
    issued = give()
    return issued, *keep(firm, issued)


def say(rosa: Actor, held: Any, **changes: Any) -> Dispute:
    asked: dict[str, Any] = {
        "actor": rosa, "held_id": held.id, "about": "name", "words": "My name has an accent.", "now": NOW,
    }  # fmt: skip
    return operations.dispute(**(asked | changes))


def test_under_review_at_once_and_for_both(firm: Firm, kept: tuple[Issued, Actor, Any]) -> None:
    issued, rosa, held = kept
    made = say(rosa, held)
    assert made.answer_by == date(2026, 5, 14)
    report = checking.check_bytes(data=bytes(issued.document), name="", now=LATER, org_id=None)[0]
    assert (report.code, report.verdict) == ("review.open", Verdict.CAREFUL)
    assert verdict(issued, org_id=firm.org.id) == "review.open"
    assert [one.id for one in queries.disputes(actor=firm.supervisor, waiting=True)] == [made.id]
    assert [one.id for one in queries.disputes_of(actor=firm.owner, issued_id=issued.id)] == [made.id]
    assert [one.id for one in queries.my_disputes(actor=rosa, held_id=held.id)] == [made.id]
    assert [one.id for one in queries.proofs(actor=firm.owner, state="disputed")] == [issued.id]
    assert queries.proof(actor=firm.owner, issued_id=issued.id).answer_by == made.answer_by
    entry = journal.history(org_id=firm.org.id, subject_id=issued.id)[-1]
    assert (entry.event, entry.data["about"]) == ("credentials.proof.disputed", "name")
    assert "accent" not in json.dumps(entry.data)  # a journal can't forget


def test_it_stays_as_it_is_with_an_answer(firm: Firm, kept: tuple[Issued, Actor, Any]) -> None:
    issued, rosa, held = kept
    made = say(rosa, held)
    told = operations.answer_dispute(actor=firm.supervisor, dispute_id=made.id, answer=" It is as on your card. ", now=LATER)
    assert (told.outcome, told.answer, told.answered_by) == ("kept", "It is as on your card.", "Walt Jensen")
    assert verdict(issued) == "good"
    assert queries.my_disputes(actor=rosa, held_id=held.id)[0].answer == "It is as on your card."
    with pytest.raises(operations.CannotDispute) as problem:
        operations.answer_dispute(actor=firm.owner, dispute_id=made.id, answer="Again", now=LATER)
    assert problem.value.code == "dispute.answered"
    entry = journal.history(org_id=firm.org.id, subject_id=issued.id)[-1]
    assert (entry.event, entry.data["outcome"]) == ("credentials.proof.dispute_answered", "kept")
    again = say(rosa, held, now=LATER)
    assert [one.id for one in queries.my_disputes(actor=rosa, held_id=held.id)] == [again.id, made.id]


def test_corrected_ends_it_in_the_same_moment(firm: Firm, kept: tuple[Issued, Actor, Any]) -> None:
    issued, rosa, held = kept
    made = say(rosa, held)
    new = operations.replace(
        actor=firm.owner, issued_id=issued.id, why="corrected", person_name="Rosa Delgadó", answer="You are right.",
        request_key="c", now=LATER,
    )  # fmt: skip
    made.refresh_from_db()
    assert (made.outcome, made.answer, made.answered_by) == ("corrected", "You are right.", "Dana Whitlock")
    assert (verdict(issued), verdict(new)) == ("status.cancelled", "good")


def test_cancelled_ends_it_too(firm: Firm, kept: tuple[Issued, Actor, Any]) -> None:
    issued, rosa, held = kept
    made = say(rosa, held)
    operations.cancel(actor=firm.owner, issued_id=issued.id, reason="Given by mistake", now=LATER)
    made.refresh_from_db()
    assert made.outcome == "cancelled"
    with pytest.raises(operations.CannotDispute) as problem:
        say(rosa, held, now=LATER)
    assert problem.value.code == "dispute.over"


def test_what_is_worse_is_told_first(firm: Firm, kept: tuple[Issued, Actor, Any]) -> None:
    issued, rosa, held = kept
    say(rosa, held)
    operations.pause(actor=firm.owner, issued_id=issued.id, reason="Looking into it", now=LATER)
    report = checking.check_bytes(data=bytes(issued.document), name="", now=LATER, org_id=None)[0]
    assert (report.code, [one.state for one in report.others]) == ("status.paused", ["review.open"])


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"about": ""}, "dispute.about_missing"),
        ({"about": "health"}, "dispute.about_missing"),
        ({"words": "  "}, "dispute.words_missing"),
        ({"words": "x" * 601}, "dispute.words_too_long"),
    ],
)
def test_what_is_not_taken(kept: tuple[Issued, Actor, Any], changes: dict[str, Any], code: str) -> None:
    issued, rosa, held = kept
    with pytest.raises(operations.CannotDispute) as problem:
        say(rosa, held, **changes)
    assert problem.value.code == code
    assert verdict(issued) == "good"


def test_one_at_a_time(kept: tuple[Issued, Actor, Any]) -> None:
    _, rosa, held = kept
    say(rosa, held)
    with pytest.raises(operations.CannotDispute) as problem:
        say(rosa, held, words="Once more")
    assert (problem.value.code, problem.value.facts) == ("dispute.open_already", {"date": "2026-05-14"})


@pytest.mark.parametrize(("answer", "code"), [(" ", "dispute.answer_missing"), ("x" * 601, "dispute.answer_too_long")])
def test_an_answer_is_needed(firm: Firm, kept: tuple[Issued, Actor, Any], answer: str, code: str) -> None:
    made = say(*kept[1:])
    with pytest.raises(operations.CannotDispute) as problem:
        operations.answer_dispute(actor=firm.owner, dispute_id=made.id, answer=answer, now=LATER)
    assert problem.value.code == code


def test_with_code_and_pin_before_it_is_kept(firm: Firm, give: Give) -> None:
    issued = give()
    _, code, pin = operations.offer(actor=firm.owner, issued_id=issued.id, way="slip", now=NOW)
    asked: dict[str, Any] = {"about": "level", "words": "I do it alone.", "now": NOW}
    wrong = "000000" if pin != "000000" else "000001"
    with pytest.raises(operations.CannotKeep) as problem:
        operations.dispute_offer(code=code, pin=wrong, **asked)
    assert problem.value.code == "offer.wrong_pin"
    with pytest.raises(operations.CannotDispute):
        operations.dispute_offer(code=code, pin="", **(asked | {"about": "x"}))
    assert operations.look_at_offer(code=code, now=NOW).tries_left == 4  # an empty form costs no try
    operations.dispute_offer(code=code, pin=pin, **asked)
    assert verdict(issued) == "review.open"
    assert operations.look_at_offer(code=code, now=NOW).title == issued.title  # it may still be kept
    keep(firm, issued)


def test_the_firm_and_strangers_open_none(firm: Firm, other_firm: Firm, give: Give, kept: tuple[Issued, Actor, Any]) -> None:
    issued, rosa, held = kept
    with pytest.raises(CannotDo):
        say(firm.owner, held)
    other, theirs = keep(other_firm, _other(other_firm))
    with pytest.raises(queries.NotFound):
        say(other, held)
    with pytest.raises(queries.NotFound):
        queries.my_disputes(actor=other, held_id=held.id)
    made = say(rosa, held)
    with pytest.raises(queries.NotFound):
        operations.answer_dispute(actor=other_firm.owner, dispute_id=made.id, answer="Mine", now=LATER)
    with pytest.raises(CannotDo):
        operations.answer_dispute(actor=rosa, dispute_id=made.id, answer="Mine", now=LATER)
    assert queries.disputes(actor=other_firm.owner) == []
    assert theirs.issued_id != issued.id


def _other(firm: Firm) -> Issued:
    template = operations.add_ready_template(actor=firm.owner, key="till", now=NOW)
    return operations.give(
        actor=firm.owner, person_id=firm.person.id, template_id=template.id, request_key=str(uuid4()), now=NOW
    )


def test_a_borrowed_identifier_tells_nothing(kept: tuple[Issued, Actor, Any]) -> None:
    """Another giver signs a proof with the identifier of ours: ours is under review, theirs has nothing to do with it."""
    issued, rosa, held = kept
    say(rosa, held)
    unsigned = openbadges3.build(
        id=f"urn:uuid:{issued.id}", issuer=Party(id=COLLEGE.did, name="College"), subject_id=f"urn:uuid:{uuid4()}",
        subject_name="Someone", title="Forklift", did="Drives it.", how="Watched.", achievement_id=f"urn:uuid:{uuid4()}",
        valid_from=NOW,
    )  # fmt: skip
    body = json.dumps(issue(unsigned, signer=COLLEGE, now=NOW)).encode()
    assert checking.check_bytes(data=body, name="", now=LATER, org_id=None)[0].code == "issuer.unknown"


def test_disputes_go_with_the_person(firm: Firm, kept: tuple[Issued, Actor, Any]) -> None:
    _, rosa, held = kept
    say(rosa, held)
    operations.forget_person(actor=firm.owner, person_ids=[firm.person.id], names=["Rosa Delgado"], item_ids=[], now=LATER)
    assert Dispute.objects.count() == 0
    assert queries.my_disputes(actor=rosa, held_id=held.id) == []
