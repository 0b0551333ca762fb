"""A digital proof beside a card: the level rises by what the check says, a wrong one asks, a later answer is heard."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from skillmark.desks import attaching, checking
from skillmark.edges.jobs import note_signatures
from skillmark.errors import NotFound
from skillmark.rooms.credentials import operations as credentials
from skillmark.rooms.credentials.models import Check, CheckedItem
from skillmark.rooms.holdings import operations, queries
from skillmark.rooms.journal.models import Entry
from skillmark.rooms.people import operations as people
from skillmark.rooms.people.operations import CannotDo
from skillmark.rooms.people.rules import Role
from skillmark.rooms.skills import operations as skills
from skillmark.rooms.talent import operations as talent_operations
from skillmark.rooms.talent import queries as talent
from skillmark.rooms.talent.rules import Reason, State
from tests.cast import NOW, Firm
from tests.core.proofs import as_bytes, signed
from tests.house.desks.conftest import Net, net
from tests.house.desks.test_checking import PROOF, trust

__all__ = ["net"]
pytestmark = pytest.mark.django_db
TODAY = date(2026, 5, 4)
LONG_AGO = date(2020, 1, 1)


@pytest.fixture
def said() -> dict[str, Any]:
    """What the test's proof says of itself."""
    (report,) = checking.check_bytes(data=PROOF, name="", now=NOW, org_id=None)
    assert report.credential is not None
    return {"title": report.credential.name, "person": report.credential.subject.name, "until": report.credential.valid_until}


def hold(firm: Firm, *, name: str, person: str) -> Any:
    item = skills.add_item(actor=firm.owner, kind="card", names={"en": name}, starts=LONG_AGO, now=NOW)
    talent_operations.require(actor=firm.owner, item_id=item.id, target="everyone", starts=LONG_AGO, now=NOW)
    who = people.add_person(actor=firm.owner, name=person or "Nobody", now=NOW)
    return operations.record(actor=firm.owner, person_id=who.id, item_id=item.id, facts=operations.Facts(), now=NOW)


def cell(firm: Firm, held: Any, *, on: date = TODAY) -> Any:
    return talent.row_of(actor=firm.owner, person_id=held.person_id, on=on).cells[held.item_id]


def attach(firm: Firm, held: Any, body: bytes = PROOF) -> list[attaching.Attached]:
    return attaching.attach(actor=firm.supervisor, holding_id=held.id, name="proof.json", body=body, now=NOW)


def current(firm: Firm, held: Any) -> Any:
    return queries.history(actor=firm.owner, holding_id=held.id)[0]


def test_a_good_proof_of_this_person_and_item_is_noted_at_once(firm: Firm, net: Net, said: dict[str, Any]) -> None:
    trust(firm)
    held = hold(firm, name=said["title"], person=" ".join(reversed(said["person"].split())))
    (found,) = attach(firm, held)
    assert found.noted and found.same_person and found.same_item
    assert cell(firm, held).state in {State.MET, State.MET_SOON, State.END_UNKNOWN} and cell(firm, held).giver
    assert CheckedItem.objects.get().watched  # so that a cancelled one is heard of
    if said["until"] is not None:
        assert current(firm, held).ends is not None


@pytest.mark.parametrize("which", ["person", "item"])
def test_of_another_name_or_item_it_asks_first(firm: Firm, net: Net, said: dict[str, Any], which: str) -> None:
    trust(firm)
    held = hold(
        firm,
        name="Forklift" if which == "item" else said["title"],
        person="Marcus Bell" if which == "person" else said["person"],
    )
    (found,) = attach(firm, held)
    assert not found.noted and found.speaks
    assert (found.same_person, found.same_item) == (which != "person", which != "item")
    assert cell(firm, held).state is State.BELOW_TRUST
    attaching.confirm(actor=firm.supervisor, holding_id=held.id, check_id=found.check.id, now=NOW)
    assert cell(firm, held).giver


def test_a_giver_nobody_knows_is_never_green(firm: Firm, net: Net, said: dict[str, Any]) -> None:
    held = hold(firm, name=said["title"], person=said["person"])
    (found,) = attach(firm, held)
    assert found.noted
    assert (cell(firm, held).state, cell(firm, held).reason) == (State.BELOW_TRUST, Reason.GIVER_UNKNOWN)


def test_a_forged_one_condemns_the_card(firm: Firm, net: Net, said: dict[str, Any]) -> None:
    trust(firm)
    held = hold(firm, name=said["title"], person=said["person"])
    operations.log_look_up(
        actor=firm.owner, holding_id=held.id, link="https://example.org", looked_on=TODAY, confirmed=True, now=NOW, today=TODAY
    )
    forged = PROOF.replace(said["person"].encode(), b"Marcus Bell")
    assert forged != PROOF
    (found,) = attach(firm, held, forged)
    assert found.check.code == "altered"
    attaching.confirm(actor=firm.owner, holding_id=held.id, check_id=found.check.id, now=NOW)
    assert cell(firm, held).reason is Reason.SIGNATURE_BAD


@pytest.mark.parametrize("body", [b"hello", b"", b'{"a": 1}', b"%PDF-1.4", as_bytes({"type": ["VerifiableCredential"]})])
def test_what_is_not_signed_speaks_for_nobody(firm: Firm, net: Net, body: bytes) -> None:
    held = hold(firm, name="Forklift", person="Marcus Bell")
    for found in attach(firm, held, body):
        assert not found.speaks and not found.noted
        with pytest.raises(NotFound):
            attaching.confirm(actor=firm.owner, holding_id=held.id, check_id=found.check.id, now=NOW)
    assert cell(firm, held).reason is Reason.CLAIMED


def test_an_earlier_end_in_the_proof_wins(firm: Firm, net: Net, said: dict[str, Any]) -> None:
    trust(firm)
    until = as_bytes(signed(change=lambda made: made.update(validUntil="2026-08-31T23:59:59Z")))
    held = hold(firm, name=said["title"], person=said["person"])
    typed = operations.correct(
        actor=firm.owner, holding_id=held.id, facts=operations.Facts(ends=date(2029, 1, 1), note="as typed"), now=NOW
    )
    (found,) = attaching.attach(actor=firm.owner, holding_id=typed.id, name="", body=until, now=NOW)
    assert found.noted
    after = current(firm, held)
    assert after.ends == date(2026, 8, 31) and after.note == "as typed"
    assert cell(firm, held, on=date(2026, 9, 2)).state is State.EXPIRED
    shorter = operations.correct(actor=firm.owner, holding_id=after.id, facts=operations.Facts(ends=date(2026, 6, 1)), now=NOW)
    attaching.confirm(actor=firm.owner, holding_id=shorter.id, check_id=found.check.id, now=NOW)
    assert current(firm, held).ends == date(2026, 6, 1)


def test_a_later_answer_reaches_the_board(firm: Firm, net: Net, said: dict[str, Any]) -> None:
    giver = trust(firm)
    held = hold(firm, name=said["title"], person=said["person"])
    (found,) = attach(firm, held)
    assert cell(firm, held).giver
    credentials.stop_trusting(actor=firm.owner, giver_id=giver.id, now=NOW)
    later = NOW + timedelta(days=1)
    checking.recheck(actor=firm.owner, item_id=found.check.item_id, now=later)
    for entry in Entry.objects.filter(event=note_signatures.KEPT):
        note_signatures.run(now=later, org_id=str(firm.org.id), entry_id=str(entry.id))
    assert cell(firm, held).reason is Reason.GIVER_UNKNOWN
    signatures = queries.signatures_on(actor=firm.owner, checked_item_id=found.check.item_id)
    assert [one.code for one in signatures] == ["issuer.unknown"]
    # The past keeps its answer, and the same answer again is not noted again.
    before = current(firm, held).signatures.count()
    assert attaching.note_again(actor=firm.owner, item_id=found.check.item_id, now=later) == 0
    assert current(firm, held).signatures.count() == before == 2


def test_the_job_is_asked_for_by_both_events() -> None:
    from skillmark.edges.jobs.schedule import BY_NAME

    assert BY_NAME["note_signatures"].on == {"credentials.check.kept", "credentials.check.changed"}


def test_a_forgotten_file_leaves_what_it_said(firm: Firm, net: Net, said: dict[str, Any]) -> None:
    trust(firm)
    held = hold(firm, name=said["title"], person=said["person"])
    (found,) = attach(firm, held)
    credentials.forget_item(actor=firm.owner, item_id=found.check.item_id, now=NOW)
    assert attaching.note_again(actor=firm.owner, item_id=found.check.item_id, now=NOW) == 0
    assert cell(firm, held).giver and not Check.objects.exists()


def test_outsiders_and_auditors(firm: Firm, other_firm: Firm, net: Net, said: dict[str, Any]) -> None:
    held = hold(firm, name=said["title"], person=said["person"])
    with pytest.raises(NotFound):
        attaching.attach(actor=other_firm.owner, holding_id=held.id, name="", body=PROOF, now=NOW)
    elsewhere = replace(firm.supervisor, sites=frozenset({UUID(int=1)}))
    with pytest.raises(NotFound):
        attaching.attach(actor=elsewhere, holding_id=held.id, name="", body=PROOF, now=NOW)
    with pytest.raises(CannotDo):
        attaching.attach(actor=replace(firm.owner, role=Role.AUDITOR), holding_id=held.id, name="", body=PROOF, now=NOW)
    assert not Check.objects.exists()
