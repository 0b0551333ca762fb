"""A list before the first day: only what is missing, kept as evidence, and the times between."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from skillmark.desks import starting
from skillmark.edges.jobs import note_elsewhere, note_signatures
from skillmark.errors import NotFound
from skillmark.rooms.credentials import operations as credentials
from skillmark.rooms.credentials import queries as proofs
from skillmark.rooms.holdings import operations as holdings
from skillmark.rooms.holdings.models import Holding
from skillmark.rooms.journal import queries as journal
from skillmark.rooms.people import operations as people
from skillmark.rooms.talent import operations, queries
from skillmark.rooms.talent.models import Brought, StartList
from skillmark.rooms.talent.rules import Cell, Doubt, Reason, Standing, State, Turn, expires, is_missing, standing
from tests.cast import NOW, Firm
from tests.core.proofs import as_bytes, signed
from tests.starting_cast import HER_PROOFS, Start, give, make_start

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(minutes=4)


@pytest.fixture
def start(firm: Firm, other_firm: Firm) -> Start:
    return make_start(firm, other_firm, now=NOW)


def made(start: Start) -> tuple[Any, str]:
    return operations.start_list(actor=start.firm.supervisor, person_id=start.ana.id, now=NOW)


def turns(start: Start) -> dict[str, Turn]:
    found = queries.start_lists(actor=start.firm.owner)[0]
    by_id = queries.turns(actor=start.firm.owner, found=found, now=LATER)
    return {name: by_id[item.id] for name, item in start.items.items() if item.id in by_id}


def cell(start: Start, name: str) -> Cell:
    row = queries.row_of(actor=start.firm.owner, person_id=start.ana.id, on=start.first_day)
    return row.cells[start.items[name].id]


def from_page(start: Start, token: str, *names: str) -> list[starting.Outcome]:
    found = queries.start_list_behind(token=token)
    offers = starting.offers(worker=start.worker, found=found, item_ids=[item.id for item in start.items.values()])
    ticked = [(one.held_id, one.item_id) for one in offers if one.item_id in start.item_ids(*names)]
    return starting.hand_over(
        token=token, worker=start.worker, ticked=ticked, wording="They get these.", language="en", purpose="First day",
        now=LATER,
    )  # fmt: skip


def document(start: Start, name: str) -> bytes:
    return bytes(start.proofs[name].document)


def bring(start: Start, token: str, name: str, body: bytes, file: str = "proof.json") -> starting.Outcome:
    return starting.bring_file(token=token, item_id=start.items[name].id, name=file, body=body, now=LATER)


def test_a_first_day_to_come_is_no_gap_today(start: Start) -> None:
    on = NOW.date()
    assert start.ana.id not in queries.board(actor=start.firm.owner, on=on).rows
    assert start.ana.id in queries.board(actor=start.firm.owner, on=start.first_day).rows


def test_four_of_six_from_the_own_page_leave_two(start: Start) -> None:
    found, token = made(start)
    assert len(found.items) == 6
    operations.open_start_list(token=token, now=NOW + timedelta(minutes=1))
    outcomes = from_page(start, token, *HER_PROOFS)
    assert [one.kept for one in outcomes] == [True] * 4 and not any(one.doubt for one in outcomes)
    assert sorted(name for name, turn in turns(start).items() if turn is Turn.ASKED) == [
        "Driver license",
        "Nurse aide registry",
    ]
    for name in HER_PROOFS:
        there = cell(start, name)
        assert there.state is State.MET and there.giver == start.agency.org.name, name
    assert Holding.objects.get(item=start.items["CPR"], superseded_at=None).source == "file"
    kept = StartList.objects.get()
    assert kept.opened_at == NOW + timedelta(minutes=1) and kept.answered_at == LATER and kept.complete_at is None


def test_the_rest_completes_it_and_the_times_are_facts(start: Start) -> None:
    _, token = made(start)
    from_page(start, token, *HER_PROOFS)
    picture = photo()
    assert bring(start, token, "Driver license", picture, "card.jpg").photo
    assert StartList.objects.get().complete_at is None
    assert bring(start, token, "Nurse aide registry", picture, "card.jpg").photo
    assert StartList.objects.get().complete_at == LATER
    assert set(turns(start).values()) == {Turn.HERE, Turn.FIRM}
    assert cell(start, "Driver license").reason is Reason.PHOTO_WAITS and cell(start, "Driver license").photo_waits
    times = queries.start_times(actor=start.firm.owner)
    assert (times.made, times.opened.count, times.answered.count, times.complete.count) == (1, 1, 1, 1)
    assert times.complete.middle is None, "the only one there is tells about one person"
    events = {entry.event for entry in journal.entries(org_id=start.firm.org.id)}
    assert {f"talent.start_list.{one}" for one in ("made", "opened", "answered", "completed")} <= events


def test_five_lists_have_a_middle(start: Start) -> None:
    for at in range(5):
        StartList.objects.create(
            org=start.firm.org, person=start.ana, starts_on=start.first_day, items=[], token_hash=str(at), made_by="x",
            made_at=NOW, expires_at=NOW, opened_at=NOW + timedelta(minutes=at), complete_at=NOW + timedelta(hours=at),
        )  # fmt: skip
    assert queries.start_times(actor=start.firm.owner).complete.middle == timedelta(hours=2)


def test_what_is_there_or_due_later_is_not_asked_for(start: Start) -> None:
    holdings.add_photo(
        actor=start.firm.owner,
        holding_id=holdings.record(
            actor=start.firm.owner, person_id=start.ana.id, item_id=start.items["CPR"].id, facts=holdings.Facts(), now=NOW
        ).id,
        body=photo(), media_type="image/jpeg", name="", now=NOW,
    )  # fmt: skip
    found, _ = made(start)
    assert str(start.items["CPR"].id) not in found.items and len(found.items) == 5


def test_a_second_list_ends_the_first_and_a_new_link_the_old(start: Start) -> None:
    first, old = made(start)
    second, token = made(start)
    with pytest.raises(operations.CannotStart):
        operations.open_start_list(token=old, now=NOW)
    _, newest = operations.renew_start_list(actor=start.firm.owner, start_list_id=second.id, now=NOW)
    with pytest.raises(NotFound):
        operations.open_start_list(token=token, now=NOW)
    assert operations.open_start_list(token=newest, now=NOW).id == second.id
    operations.close_start_list(actor=start.firm.owner, start_list_id=second.id, now=NOW)
    with pytest.raises(operations.CannotStart):
        operations.open_start_list(token=newest, now=NOW)
    with pytest.raises(operations.CannotStart):
        operations.renew_start_list(actor=start.firm.owner, start_list_id=first.id, now=NOW)


def test_too_old_or_left_opens_nothing_and_takes_nothing(start: Start) -> None:
    _, token = made(start)
    for moment in (NOW + timedelta(days=31),):
        with pytest.raises(operations.CannotStart):
            starting.bring_file(token=token, item_id=start.items["CPR"].id, name="a", body=document(start, "CPR"), now=moment)
    people.leave(actor=start.firm.owner, person_id=start.ana.id, last=start.first_day, now=NOW)
    after = datetime.combine(start.first_day + timedelta(days=2), NOW.timetz())
    with pytest.raises(operations.CannotStart):
        operations.open_start_list(token=token, now=after)
    with pytest.raises(operations.CannotStart):
        operations.start_list(actor=start.firm.owner, person_id=start.ana.id, now=after)


def test_the_same_twice_adds_nothing(start: Start) -> None:
    _, token = made(start)
    assert bring(start, token, "CPR", document(start, "CPR")).kept
    again = bring(start, token, "CPR", document(start, "CPR"))
    assert not again.kept and again.answer is None
    operations.say(token=token, item_id=start.items["Driver license"].id, now=LATER)
    operations.say(token=token, item_id=start.items["Driver license"].id, now=LATER)
    assert Brought.objects.count() == 2 and Holding.objects.filter(superseded_at=None).count() == 2


def test_a_list_takes_no_more_than_it_should(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    from skillmark.rooms.talent import rules

    monkeypatch.setattr(rules, "MOST_BROUGHT", 1)
    _, token = made(start)
    bring(start, token, "CPR", document(start, "CPR"))
    with pytest.raises(operations.CannotStart, match="too_many"):
        bring(start, token, "Aide training", document(start, "Aide training"))


def test_an_item_that_is_not_on_the_list_is_not_there(start: Start) -> None:
    _, token = made(start)
    with pytest.raises(NotFound):
        starting.bring_file(token=token, item_id=uuid4(), name="a", body=document(start, "CPR"), now=LATER)
    with pytest.raises(NotFound):
        operations.say(token=token, item_id=uuid4(), now=LATER)


def test_said_is_said_and_stays_asked_for(start: Start) -> None:
    _, token = made(start)
    assert operations.say(token=token, item_id=start.items["CPR"].id, now=LATER) is Turn.SAID
    assert cell(start, "CPR").reason is Reason.CLAIMED
    assert StartList.objects.get().complete_at is None
    assert bring(start, token, "CPR", document(start, "CPR")).kept
    assert turns(start)["CPR"] is Turn.HERE


def test_another_name_counts_only_when_the_firm_says_so(start: Start) -> None:
    stranger = people.add_person(actor=start.agency.owner, name="Pia Quist", now=NOW)
    proof, _ = give(start.agency, stranger.id, "CPR", now=NOW)
    _, token = made(start)
    outcome = bring(start, token, "CPR", bytes(proof.document))
    assert outcome.kept and outcome.doubt is Doubt.PERSON
    assert cell(start, "CPR").reason is Reason.CLAIMED and turns(start)["CPR"] is Turn.FIRM
    (came,) = Brought.objects.all()
    starting.settle(actor=start.firm.supervisor, brought_id=came.id, fits=True, now=LATER)
    assert cell(start, "CPR").state is State.MET
    with pytest.raises(NotFound):
        starting.settle(actor=start.firm.supervisor, brought_id=came.id, fits=False, now=LATER)


def test_what_does_not_fit_is_asked_for_again(start: Start) -> None:
    _, token = made(start)
    outcome = bring(start, token, "Nurse aide registry", document(start, "CPR"))
    assert outcome.doubt is Doubt.ITEM
    (came,) = Brought.objects.all()
    starting.settle(actor=start.firm.owner, brought_id=came.id, fits=False, now=LATER)
    assert turns(start)["Nurse aide registry"] is Turn.ASKED
    shown = starting.asked(found=queries.start_list_behind(token=token), language="es", now=LATER)
    assert [one.name for one in shown if one.refused] == ["Nurse aide registry"]


def test_what_was_corrected_meanwhile_can_be_settled(start: Start) -> None:
    _, token = made(start)
    bring(start, token, "Nurse aide registry", document(start, "CPR"))
    (came,) = Brought.objects.all()
    assert came.holding_id is not None
    facts = holdings.Facts(number="7")
    holdings.correct(actor=start.firm.owner, holding_id=came.holding_id, facts=facts, now=LATER)
    starting.settle(actor=start.firm.owner, brought_id=came.id, fits=True, now=LATER)
    assert cell(start, "Nurse aide registry").giver == start.agency.org.name


def test_a_forged_one_is_told_and_kept_nowhere(start: Start) -> None:
    _, token = made(start)
    forged = document(start, "CPR").replace(b"Does it.", b"Does all.")
    outcome = bring(start, token, "CPR", forged)
    assert not outcome.kept and outcome.answer is not None and outcome.answer.report.code == "altered"
    assert not Brought.objects.exists() and not Holding.objects.exists() and turns(start)["CPR"] is Turn.ASKED


@pytest.mark.parametrize("body", [b"hello", b'{"a": 1}', b"\x00" * 50])
def test_what_says_nothing_is_told_and_kept_nowhere(start: Start, body: bytes) -> None:
    _, token = made(start)
    outcome = bring(start, token, "CPR", body)
    assert not outcome.kept and not outcome.photo and outcome.answer is not None
    assert not Brought.objects.exists()


def test_a_cancelled_one_is_not_handed_over_and_no_receipt_says_so(start: Start) -> None:
    from skillmark.rooms.records.models import Consent

    _, token = made(start)
    credentials.cancel(actor=start.agency.owner, issued_id=start.proofs["CPR"].id, reason="Given by mistake.", now=NOW)
    (outcome,) = from_page(start, token, "CPR")
    assert not outcome.kept and outcome.answer is not None and outcome.answer.report.code == "status.cancelled"
    assert not Consent.objects.exists() and not Brought.objects.exists()
    from_page(start, token, "Aide training")
    assert Consent.objects.get().org_id == start.worker.org_id


def test_an_unknown_giver_is_amber(start: Start) -> None:
    _, token = made(start)
    assert bring(start, token, "CPR", as_bytes(signed())).doubt is Doubt.PERSON
    starting.settle(actor=start.firm.owner, brought_id=Brought.objects.get().id, fits=True, now=LATER)
    assert (cell(start, "CPR").state, cell(start, "CPR").reason) == (State.BELOW_TRUST, Reason.GIVER_UNKNOWN)
    assert turns(start)["CPR"] is Turn.FIRM


def test_a_cancelled_proof_of_another_firm_here_turns_red_at_once(start: Start) -> None:
    _, token = made(start)
    from_page(start, token, "CPR")
    assert cell(start, "CPR").state is State.MET
    credentials.cancel(actor=start.agency.owner, issued_id=start.proofs["CPR"].id, reason="Given by mistake.", now=LATER)
    (entry,) = [one for one in journal.entries(org_id=start.agency.org.id) if one.event == "credentials.proof.cancelled"]
    note_elsewhere.run(now=LATER + timedelta(seconds=20), org_id=str(start.agency.org.id), entry_id=str(entry.id))
    for one in journal.entries(org_id=start.firm.org.id):
        if one.event in (note_signatures.KEPT, note_signatures.CHANGED):
            note_signatures.run(now=LATER, org_id=str(start.firm.org.id), entry_id=str(one.id))
    assert cell(start, "CPR").reason is Reason.SIGNATURE_BAD
    assert proofs.held(actor=start.worker)  # and it is still hers, whatever it is worth


def test_a_strangers_firm_and_site_get_nothing(start: Start) -> None:
    found, token = made(start)
    bring(start, token, "Nurse aide registry", document(start, "CPR"))
    (came,) = Brought.objects.all()
    for ask in (
        lambda: queries.start_list(actor=start.agency.owner, start_list_id=found.id),
        lambda: queries.brought(actor=start.agency.owner, brought_id=came.id),
        lambda: operations.start_list(actor=start.agency.owner, person_id=start.ana.id, now=NOW),
        lambda: operations.close_start_list(actor=start.agency.owner, start_list_id=found.id, now=NOW),
        lambda: starting.settle(actor=start.agency.owner, brought_id=came.id, fits=True, now=NOW),
    ):
        with pytest.raises(NotFound):
            ask()
    assert queries.start_lists(actor=start.agency.owner) == []
    assert queries.start_times(actor=start.agency.owner).made == 0


@pytest.mark.parametrize(
    ("cell", "missing"),
    [
        (Cell(State.MISSING), True),
        (Cell(State.MISSING, must=False), False),
        (Cell(State.MET), False),
        (Cell(State.DUE_LATER), False),
        (Cell(State.EXPIRED), True),
        (Cell(State.EXPIRED, photo_waits=True), False),
        (Cell(State.BELOW_TRUST, reason=Reason.CLAIMED), True),
        (Cell(State.BELOW_TRUST, reason=Reason.PHOTO), False),
        (Cell(State.BELOW_TRUST, reason=Reason.GIVER_UNKNOWN), False),
        (Cell(State.BELOW_TRUST, reason=Reason.SIGNATURE_BAD), True),
        (Cell(State.EXEMPT), False),
        (Cell(State.DISPUTED), False),
    ],
)
def test_what_is_missing(cell: Cell, missing: bool) -> None:
    assert is_missing(cell) is missing


def test_a_link_lasts_thirty_days_or_two_weeks_into_the_work() -> None:
    assert expires(made_at=NOW, starts_on=date(2026, 5, 5), zone=UTC) == NOW + timedelta(days=30)
    assert expires(made_at=NOW, starts_on=date(2026, 8, 1), zone=UTC) == datetime(2026, 8, 15, tzinfo=UTC)


def test_how_far_a_list_is() -> None:
    one = StartList(expires_at=NOW)
    told = []
    for name in ("", "opened_at", "answered_at"):
        if name:
            setattr(one, name, NOW)
        told.append(standing(of=one, now=NOW - timedelta(days=1)))
    assert told == [Standing.MADE, Standing.OPENED, Standing.BEGUN]
    assert standing(of=one, now=NOW) is Standing.TOO_OLD
    one.closed_at = NOW
    assert standing(of=one, now=NOW) is Standing.CLOSED
    one.complete_at = NOW
    assert standing(of=one, now=NOW) is Standing.COMPLETE


def photo() -> bytes:
    from tests.public.test_upload import card

    return card()
