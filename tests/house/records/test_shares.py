"""Shares in the room itself: what is refused, whose they are, and that nothing of them lies open."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from skillmark.errors import NotFound
from skillmark.rooms.journal.models import Entry
from skillmark.rooms.people import operations as people
from skillmark.rooms.people.models import Person
from skillmark.rooms.people.rules import Actor, Role
from skillmark.rooms.records import operations, queries
from skillmark.rooms.records.models import Consent, Share, SharedItem, Statement
from skillmark.rooms.records.rules import shares as rules
from skillmark.rooms.records.rules.statements import Words
from tests.cast import NOW, Firm

pytestmark = pytest.mark.django_db
CANARY = "Zanzibar-7731"


def space(firm: Firm) -> Actor:
    made = people.make_own_space(org_id=firm.org.id, person_id=firm.person.id, now=NOW)
    return Actor(org_id=made.id, role=Role.WORKER, name=made.name)


@pytest.fixture
def worker(firm: Firm) -> Actor:
    return space(firm)


@pytest.fixture
def said(worker: Actor) -> Statement:
    return operations.say(actor=worker, kind="skill", words=Words(title=CANARY), on=NOW.date(), now=NOW)


def picked(said: Statement, body: bytes = b'{"kind": "skill", "title": "x"}') -> rules.Picked:
    return rules.Picked(body=body, told="Skill", statement_id=said.id)


def make(
    worker: Actor, said: Statement, *, terms: rules.Terms | None = None, share_id: UUID | None = None
) -> tuple[Share, str]:
    return operations.share(
        actor=worker, share_id=share_id or uuid4(), picked=[picked(said)], terms=terms or rules.Terms(), wording="Yes.",
        language="en", now=NOW,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("terms", "code"),
    [
        (rules.Terms(days=0), "share.days"),
        (rules.Terms(days=365), "share.days"),
        (rules.Terms(purpose="x" * 121), "share.too_long"),
        (rules.Terms(phone="5" * 41), "share.too_long"),
        (rules.Terms(pin="12"), "pin.wrong_length"),
        (rules.Terms(pin="no"), "pin.wrong_length"),
        (rules.Terms(pin="123456"), "pin.too_easy"),
        (rules.Terms(firm_id=uuid4()), "share.no_firm"),
    ],
)
def test_terms_that_make_no_sense(worker: Actor, said: Statement, terms: rules.Terms, code: str) -> None:
    with pytest.raises(operations.CannotShare) as refused:
        make(worker, said, terms=terms)
    assert refused.value.code == code
    assert not Share.objects.exists()
    assert not Consent.objects.exists()


@pytest.mark.parametrize(("count", "code"), [(0, "share.nothing"), (61, "share.too_many")])
def test_too_little_and_too_much(worker: Actor, said: Statement, count: int, code: str) -> None:
    with pytest.raises(operations.CannotShare) as refused:
        operations.share(
            actor=worker, share_id=uuid4(), picked=[picked(said)] * count, terms=rules.Terms(), wording="", language="en",
            now=NOW,
        )  # fmt: skip
    assert refused.value.code == code


def test_nothing_of_it_lies_open(worker: Actor, said: Statement) -> None:
    told = rules.Terms(to_whom=CANARY, purpose=CANARY, name=CANARY, phone=CANARY, email=CANARY)
    made, token = operations.share(
        actor=worker, share_id=uuid4(), picked=[picked(said, CANARY.encode())], terms=told, wording=CANARY, language="en",
        now=NOW,
    )  # fmt: skip
    rows = [*Share.objects.values(), *SharedItem.objects.values(), *Consent.objects.values(), *Entry.objects.values()]
    assert not any(CANARY in repr(row) or CANARY.encode() in bytes(row.get("sealed") or b"") for row in rows)
    assert token not in repr(rows)
    assert queries.my_share(actor=worker, share_id=made.id, now=NOW).shown.details.phone == CANARY


def test_it_ends_to_the_second(worker: Actor, said: Statement) -> None:
    made, token = make(worker, said, terms=rules.Terms(days=7))
    last = NOW + timedelta(days=7) - timedelta(seconds=1)
    assert queries.share_behind(token=token, now=last).id == made.id
    with pytest.raises(NotFound):
        queries.share_behind(token=token, now=NOW + timedelta(days=7))


def test_a_used_number_makes_nothing(worker: Actor, said: Statement, other_firm: Firm) -> None:
    number = uuid4()
    _, token = make(worker, said, share_id=number)
    with pytest.raises(operations.CannotShare, match="made_already"):
        make(worker, said, share_id=number)
    assert Consent.objects.count() == 1
    assert queries.share_behind(token=token, now=NOW).id == number


def test_nobody_elses(worker: Actor, said: Statement, firm: Firm, other_firm: Firm) -> None:
    made, token = make(worker, said, terms=rules.Terms(ask_first=True))
    view = operations.ask_to_see(token=token, name="Lee", now=NOW)
    outsider = space(other_firm)
    for refused in (
        lambda: queries.my_share(actor=outsider, share_id=made.id, now=NOW),
        lambda: operations.stop_sharing(actor=outsider, share_id=made.id, now=NOW),
        lambda: operations.new_link(actor=outsider, share_id=made.id, now=NOW),
        lambda: operations.answer_reader(actor=outsider, view_id=view.id, allow=True, now=NOW),
    ):
        with pytest.raises(NotFound):
            refused()
    assert operations.take_out(actor=outsider, statement_id=said.id, now=NOW) == 0
    assert queries.shares(actor=outsider, now=NOW) == []
    for boss in (firm.owner, firm.supervisor, replace(worker, role=Role.AUDITOR)):
        with pytest.raises(people.CannotDo):
            operations.stop_sharing(actor=boss, share_id=made.id, now=NOW)
    assert Share.objects.get().closed_at is None


def test_a_firm_reads_its_own_peoples_only(worker: Actor, said: Statement, firm: Firm, other_firm: Firm) -> None:
    make(worker, said, terms=rules.Terms(firm_id=firm.org.id, pin="739204"))
    today = NOW.date()
    [shown] = queries.shared_with(actor=firm.supervisor, person_id=firm.person.id, on=today, now=NOW)
    assert [item.statement_id for item in shown.items] == [said.id]
    with pytest.raises(NotFound):
        queries.shared_with(actor=other_firm.owner, person_id=firm.person.id, on=today, now=NOW)
    with pytest.raises(people.CannotDo):
        queries.shared_with(actor=replace(firm.owner, role=Role.AUDITOR), person_id=firm.person.id, on=today, now=NOW)
    Person.objects.filter(id=firm.person.id).update(left_on=today - timedelta(days=1))
    with pytest.raises(NotFound):
        queries.shared_with(actor=firm.owner, person_id=firm.person.id, on=today, now=NOW)
    assert Share.objects.get().pin_hash == ""  # nobody there has anything to type


def test_what_is_taken_back_goes_and_an_empty_share_stops(worker: Actor, said: Statement) -> None:
    made, token = make(worker, said)
    operations.remove_statement(actor=worker, statement_id=said.id, now=NOW)
    with pytest.raises(NotFound):
        queries.share_behind(token=token, now=NOW)
    assert Consent.objects.get().withdrawn_at == NOW
    assert Share.objects.get(id=made.id).closed_at == NOW
