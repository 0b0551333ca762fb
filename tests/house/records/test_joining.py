"""Proofs of several firms on one page, and two pages that become one."""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

import pytest

from skillmark.desks import own_record
from skillmark.rooms.credentials import queries as credentials
from skillmark.rooms.credentials.models import Held, Issued
from skillmark.rooms.people import operations as people
from skillmark.rooms.people.models import Person
from skillmark.rooms.people.rules import Actor
from skillmark.rooms.records import operations, queries, rules
from skillmark.rooms.records.models import Passkey
from skillmark.rooms.records.rules import shares as limits
from skillmark.rooms.signing import operations as signing
from skillmark.rooms.signing.models import DataKey
from tests.cast import NOW, Firm
from tests.house.records.keeping import give_one, keep_one

PIN = "739204"


@pytest.fixture
def theirs(other_firm: Firm) -> Issued:
    """A proof of another firm for somebody of another name."""
    return give_one(firm=other_firm)


def test_a_proof_of_another_firm_goes_into_the_open_page(page: Actor, other_firm: Firm, theirs: Issued) -> None:
    assert keep_one(firm=other_firm, issued=theirs, into=page) == page
    assert len(queries.mine(actor=page)) == 2
    assert Person.objects.get(id=other_firm.person.id).own_org_id == page.org_id
    theirs.refresh_from_db()
    assert theirs.own_org_id == page.org_id


def test_another_name_on_it_is_marked(page: Actor, other_firm: Firm, theirs: Issued) -> None:
    keep_one(firm=other_firm, issued=theirs, into=page)
    marked = {one.issued_id: one.names_other for one in Held.objects.all()}
    assert marked.pop(theirs.id)  # it is for Outsider Rosa Delgado
    assert list(marked.values()) == [False]


def test_a_page_that_the_firm_knows_already_stays_the_one(page: Actor, firm: Firm, other_firm: Firm, theirs: Issued) -> None:
    other = keep_one(firm=other_firm, issued=theirs)
    operations.choose_pin(actor=other, pin=PIN, now=NOW)
    with pytest.raises(AssertionError):  # kept, and opens nothing
        keep_one(firm=other_firm, issued=give_one(firm=other_firm, key="harness"), into=page)
    assert len(queries.mine(actor=page)) == 1
    assert len(queries.mine(actor=other)) == 2


def test_a_page_with_face_or_finger_only_is_not_opened_by_the_next_code(page: Actor, firm: Firm) -> None:
    Passkey.objects.create(org_id=page.org_id, credential_id="x", data=b"x", device="android", made_at=NOW)
    with pytest.raises(AssertionError):
        keep_one(firm=firm, issued=give_one(firm=firm))
    assert len(queries.mine(actor=page)) == 2


def both(page: Actor, other_firm: Firm, theirs: Issued) -> tuple[Actor, str]:
    other = keep_one(firm=other_firm, issued=theirs)
    return other, operations.choose_pin(actor=other, pin=PIN, now=NOW)


def test_everything_moves_and_the_other_slip_opens_nothing(page: Actor, other_firm: Firm, theirs: Issued) -> None:
    other, slip = both(page, other_firm, theirs)
    said = operations.say(actor=other, kind="skill", words=rules.Words(title="Reach truck"), on=NOW.date(), now=NOW)
    receipt = operations.note_consent(
        actor=other, kind="answer", to_whom="Harbor", purpose="A start", facts=["Forklift"], wording="Yes", language="en",
        until=None, now=NOW,
    )  # fmt: skip
    [before] = queries.mine(actor=other)
    codes = operations.make_recovery_codes(actor=other, now=NOW)
    assert operations.join_page(actor=page, slip_code=slip, pin=PIN, now=NOW) == 1
    documents = {json.loads(bytes(one.document))["id"] for one in queries.mine(actor=page)}
    assert len(documents) == 2
    assert before.credential_id in documents
    assert [one.id for one in queries.statements(actor=page)] == [said.id]
    assert [one.id for one in queries.consents(actor=page)] == [receipt.id]
    assert Person.objects.get(id=other_firm.person.id).own_org_id == page.org_id
    theirs.refresh_from_db()
    assert theirs.own_org_id == page.org_id
    with pytest.raises(operations.CannotOpen, match=r"record\.wrong"):
        operations.open(slip_code=slip, pin=PIN, now=NOW)
    with pytest.raises(operations.CannotOpen, match=r"recovery\.wrong"):
        operations.open_with_recovery(code=codes[0], pin="580417", now=NOW)
    assert queries.mine(actor=other) == []


def test_links_that_others_have_go_on(page: Actor, other_firm: Firm, theirs: Issued) -> None:
    other, slip = both(page, other_firm, theirs)
    [held] = queries.mine(actor=other)
    _, token = operations.share(
        actor=other, share_id=uuid4(), terms=limits.Terms(), wording="Share", language="en", now=NOW,
        picked=[limits.Picked(body=bytes(held.document), told=held.title, held_id=held.id)],
    )  # fmt: skip
    before = queries.shown(share=queries.share_behind(token=token, now=NOW))
    operations.join_page(actor=page, slip_code=slip, pin=PIN, now=NOW)
    after = queries.shown(share=queries.share_behind(token=token, now=NOW))
    assert [one.body for one in after.items] == [one.body for one in before.items] == [bytes(held.document)]
    assert len(queries.shares(actor=page, now=NOW)) == 1


def test_what_lay_there_is_closed_for_good(page: Actor, other_firm: Firm, theirs: Issued) -> None:
    other, slip = both(page, other_firm, theirs)
    key = signing.party(org_id=other.org_id, now=NOW)
    operations.join_page(actor=page, slip_code=slip, pin=PIN, now=NOW)
    assert not DataKey.objects.filter(org_id=other.org_id).exists()
    assert signing.party(org_id=page.org_id, now=NOW) == key  # proofs that are bound to it can still be shown


def test_two_keys_stay_where_proofs_are_bound_to_them(page: Actor, other_firm: Firm, theirs: Issued) -> None:
    other, slip = both(page, other_firm, theirs)
    keys = [signing.party(org_id=one.org_id, now=NOW) for one in (page, other)]
    operations.join_page(actor=page, slip_code=slip, pin=PIN, now=NOW)
    assert [signing.party(org_id=one.org_id, now=NOW) for one in (page, other)] == keys


def test_what_both_keep_is_there_once_with_what_was_said_about_it(page: Actor, other_firm: Firm, theirs: Issued) -> None:
    from skillmark.rooms.credentials import operations as proofs

    other, slip = both(page, other_firm, theirs)
    [kept] = queries.mine(actor=page)
    document = bytes(kept.document)
    twin = Held.objects.create(
        org_id=other.org_id, sealed=signing.sealer(org_id=other.org_id).seal(document), credential_id=kept.credential_id,
        title=kept.title, giver=kept.giver, received_at=NOW,
    )  # fmt: skip
    proofs.comment_held(actor=other, held_id=twin.id, words="My first one", now=NOW)
    operations.join_page(actor=page, slip_code=slip, pin=PIN, now=NOW)
    assert len(queries.mine(actor=page)) == 2
    assert credentials.held_one(actor=page, held_id=kept.id).remark == "My first one"


def test_what_was_brought_as_a_file_is_given_here_once_its_own_code_was_taken(page: Actor, firm: Firm) -> None:
    """From then on it can be disputed, and goes into other apps; what only lies there as a file may be somebody else's."""
    issued = give_one(firm=firm)
    (brought,) = own_record.bring(actor=page, data=bytes(issued.document), name="", source="file", now=NOW)
    assert brought.kept is not None
    assert brought.kept.issued_id is None
    keep_one(firm=firm, issued=issued)
    assert len(queries.mine(actor=page)) == 2
    assert credentials.held_one(actor=page, held_id=brought.kept.id).issued_id == issued.id
    issued.refresh_from_db()
    assert issued.own_org_id == page.org_id


def test_the_same_where_one_page_has_the_file_and_the_other_the_code(page: Actor, other_firm: Firm, theirs: Issued) -> None:
    own_record.bring(actor=page, data=bytes(theirs.document), name="", source="file", now=NOW, name_agreed=True)
    _, slip = both(page, other_firm, theirs)
    operations.join_page(actor=page, slip_code=slip, pin=PIN, now=NOW)
    assert theirs.id in {one.issued_id for one in queries.mine(actor=page)}
    assert len(queries.mine(actor=page)) == 2


def test_a_wrong_pin_counts_and_moves_nothing(page: Actor, other_firm: Firm, theirs: Issued) -> None:
    other, slip = both(page, other_firm, theirs)
    for _ in range(5):
        with pytest.raises(operations.CannotOpen):
            operations.join_page(actor=page, slip_code=slip, pin="000000", now=NOW)
    with pytest.raises(operations.CannotOpen, match=r"record\.paused"):
        operations.open(slip_code=slip, pin=PIN, now=NOW)
    assert len(queries.mine(actor=other)) == 1


def test_a_page_is_not_joined_to_itself_and_a_firm_joins_nothing(page: Actor, firm: Firm) -> None:
    slip = operations.choose_pin(actor=page, pin=PIN, now=NOW)
    with pytest.raises(operations.CannotOpen, match=r"record\.same"):
        operations.join_page(actor=page, slip_code=slip, pin=PIN, now=NOW)
    with pytest.raises(people.CannotDo):
        operations.join_page(actor=firm.owner, slip_code=slip, pin=PIN, now=NOW)


def test_a_failure_on_the_way_leaves_both_as_they_were(
    page: Actor, other_firm: Firm, theirs: Issued, monkeypatch: pytest.MonkeyPatch
) -> None:
    other, slip = both(page, other_firm, theirs)

    def broken(**_: Any) -> bool:
        raise RuntimeError("the power went out")

    monkeypatch.setattr(signing, "move_party", broken)
    with pytest.raises(RuntimeError):
        operations.join_page(actor=page, slip_code=slip, pin=PIN, now=NOW)
    assert operations.open(slip_code=slip, pin=PIN, now=NOW) == other
    assert [len(queries.mine(actor=one)) for one in (page, other)] == [1, 1]
