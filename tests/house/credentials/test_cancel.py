from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connections

from credcore.status import bits
from skillmark.desks import checking
from skillmark.rooms.credentials import operations, queries
from skillmark.rooms.credentials.models import Issued, StatusChange, StatusList
from skillmark.rooms.journal import queries as journal
from skillmark.rooms.people.operations import CannotDo
from skillmark.rooms.people.rules import Actor, Role
from skillmark.rooms.signing import operations as signing
from tests.cast import NOW, Firm, make_firm

Give = Callable[..., Issued]
LATER = NOW + timedelta(minutes=5)


def published(issued: Issued) -> bytes:
    document = json.loads(queries.status_document(list_id=issued.entry.list_id)[0])
    return bits.unpack(document["credentialSubject"]["encodedList"])


def verdict(issued: Issued, **changes: Any) -> str:
    asked: dict[str, Any] = {"now": LATER, "org_id": None}
    return checking.check_bytes(data=bytes(issued.document), name="", **(asked | changes))[0].code


def test_cancelling_shows_everywhere_at_once(firm: Firm, give: Give) -> None:
    issued, other = give(), give()
    told = operations.cancel(actor=firm.owner, issued_id=issued.id, reason="Wrong person", now=LATER)
    assert told.cancelled_at == LATER
    assert queries.public_proof(issued_id=issued.id).cancelled
    assert bits.bit(published(issued), index=issued.entry.index)
    assert not bits.bit(published(issued), index=other.entry.index)
    assert (verdict(issued), verdict(other)) == ("status.cancelled", "good")
    assert [one.id for one in queries.proofs(actor=firm.owner, state="cancelled")] == [issued.id]
    assert [one.id for one in queries.proofs(actor=firm.owner, state="live")] == [other.id]
    entry = journal.history(org_id=firm.org.id, subject_id=issued.id)[-1]
    assert (entry.event, entry.data["reason"]) == ("credentials.proof.cancelled", "Wrong person")


def test_the_reason_is_not_published(firm: Firm, give: Give) -> None:
    issued = give()
    operations.cancel(actor=firm.owner, issued_id=issued.id, reason="SECRETREASON", now=LATER)
    assert b"SECRETREASON" not in queries.status_document(list_id=issued.entry.list_id)[0]


def test_cancelled_once(firm: Firm, give: Give) -> None:
    issued = give()
    operations.cancel(actor=firm.owner, issued_id=issued.id, reason="Wrong person", now=LATER)
    with pytest.raises(operations.CannotCancel) as problem:
        operations.cancel(actor=firm.owner, issued_id=issued.id, reason="Again", now=LATER + timedelta(days=1))
    assert problem.value.code == "proof.already_cancelled"
    assert problem.value.facts == {"date": "2026-05-04"}


@pytest.mark.parametrize(("reason", "code"), [("  ", "cancel.reason_missing"), ("x" * 501, "cancel.reason_too_long")])
def test_a_reason_is_needed(firm: Firm, give: Give, reason: str, code: str) -> None:
    issued = give()
    with pytest.raises(operations.CannotCancel) as problem:
        operations.cancel(actor=firm.owner, issued_id=issued.id, reason=reason, now=LATER)
    assert problem.value.code == code
    assert verdict(issued) == "good"


def test_a_cancelled_proof_never_comes_back(firm: Firm, give: Give) -> None:
    issued = give()
    operations.cancel(actor=firm.owner, issued_id=issued.id, reason="Wrong person", now=LATER)
    change = StatusChange.objects.get()
    with pytest.raises(TypeError):
        change.delete()
    with pytest.raises(TypeError):
        change.save()
    StatusChange.objects.all()._raw_delete("default")  # as a careless hand in the database would
    with pytest.raises(operations.CannotPublish) as problem:
        operations.publish(list_id=issued.entry.list_id, now=LATER)
    assert problem.value.code == "status.would_clear"
    assert operations.publish_due(now=LATER + timedelta(days=1)) == 1  # only the list of paused ones
    assert bits.bit(published(issued), index=issued.entry.index)


def test_a_cancel_is_kept_and_seen_here_although_publishing_fails(
    firm: Firm, give: Give, monkeypatch: pytest.MonkeyPatch
) -> None:
    issued = give()

    def refusing(**_: Any) -> bytes:
        raise signing.CannotSign("sign.outer_key")

    with monkeypatch.context() as patched:
        patched.setattr(signing, "sign", refusing)
        operations.cancel(actor=firm.owner, issued_id=issued.id, reason="Wrong person", now=LATER)
    assert not bits.bit(published(issued), index=issued.entry.index)
    assert verdict(issued) == "status.cancelled"  # made again from the rows at this moment
    assert operations.publish_due(now=LATER) == 1
    assert bits.bit(published(issued), index=issued.entry.index)
    assert operations.publish_due(now=LATER) == 0


def test_lists_are_signed_again_before_they_run_out(firm: Firm, give: Give) -> None:
    issued = give()
    assert operations.publish_due(now=NOW + timedelta(hours=11)) == 0
    assert operations.publish_due(now=NOW + timedelta(hours=12)) == 2  # cancelled, paused
    for row in StatusList.objects.all():
        assert (row.published_version, row.published_at) == (2, NOW + timedelta(hours=12))
    assert verdict(issued, now=NOW + timedelta(hours=30)) == "good"
    assert verdict(issued, now=NOW + timedelta(days=10)) == "good"  # nobody signed it again, so it is made for this check


def test_open_hand_overs_are_closed(firm: Firm, give: Give) -> None:
    issued = give()
    _, code, _ = operations.offer(actor=firm.owner, issued_id=issued.id, way="slip", now=NOW)
    operations.cancel(actor=firm.owner, issued_id=issued.id, reason="Wrong person", now=LATER)
    with pytest.raises(operations.CannotKeep) as problem:
        operations.look_at_offer(code=code, now=LATER)
    assert problem.value.code == "offer.closed"
    with pytest.raises(operations.CannotOffer):
        operations.offer(actor=firm.owner, issued_id=issued.id, way="slip", now=LATER)


def test_the_outsider_and_the_worker_cancel_nothing(firm: Firm, other_firm: Firm, give: Give) -> None:
    issued = give()
    with pytest.raises(queries.NotFound):
        operations.cancel(actor=other_firm.owner, issued_id=issued.id, reason="Mine", now=LATER)
    with pytest.raises(CannotDo):
        operations.cancel(
            actor=Actor(org_id=firm.org.id, role=Role.WORKER, name="Rosa"), issued_id=issued.id, reason="Mine", now=LATER
        )
    assert verdict(issued) == "good"


def test_own_addresses_are_answered_from_the_database(firm: Firm, give: Give) -> None:
    issued = give()
    row = issued.entry.list
    assert queries.answer_own(url=row.url, now=NOW) == queries.status_document(list_id=row.id)[0]
    for url in (f"http://localhost:8000/verify/{issued.id}", f"http://localhost:8000/verify/{issued.id}/proof.json"):
        assert queries.answer_own(url=url, now=NOW) == bytes(issued.document)
    for url in (
        f"http://localhost:8000/verify/{uuid4()}",
        f"http://localhost:8000/o/{firm.org.id}/did.json",  # no public address: there is no such document
        f"https://elsewhere.example/verify/{issued.id}",
        f"{row.url}?x=1",
        row.url.upper(),
        "",
    ):
        assert queries.answer_own(url=url, now=NOW) is None


def test_a_list_that_was_never_published_is_not_there(firm: Firm) -> None:
    with pytest.raises(queries.NotFound):
        queries.status_document(list_id=uuid4())


def test_no_cancelled_proof_is_lost_when_many_are_cancelled_at_once(several_connections: None) -> None:
    firm = make_firm(name="Tallgrass Machine Works")
    template = operations.add_ready_template(actor=firm.owner, key="till", now=NOW)
    proofs = [
        operations.give(actor=firm.owner, person_id=firm.person.id, template_id=template.id, request_key=str(number), now=NOW)
        for number in range(8)
    ]

    def cancel(issued: Issued) -> None:
        try:
            operations.cancel(actor=firm.owner, issued_id=issued.id, reason="Recalled", now=LATER)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(cancel, proofs))
    operations.publish_due(now=LATER)
    shown = published(proofs[0])
    assert all(bits.bit(shown, index=issued.entry.index) for issued in proofs)
    assert sum(byte.bit_count() for byte in shown) == len(proofs)
