"""A proof is paused and goes on: two lists with the same places, rows as the fact, nothing cancelled by it."""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import connections

from credcore.status import bits
from skillmark.desks import checking
from skillmark.edges.jobs import publish_status
from skillmark.rooms.credentials import operations, queries, rules
from skillmark.rooms.credentials.models import Issued, Pause, StatusChange, StatusList
from skillmark.rooms.credentials.operations import places
from skillmark.rooms.journal import queries as journal
from skillmark.rooms.people.operations import CannotDo
from skillmark.rooms.people.rules import Actor, Role
from skillmark.rooms.people.rules.facts import CannotWrite
from skillmark.rooms.signing import operations as signing
from tests.cast import NOW, Firm, make_firm

Give = Callable[..., Issued]
LATER = NOW + timedelta(minutes=5)
THEN = NOW + timedelta(minutes=9)


def bit(issued: Issued, purpose: str) -> bool:
    """What the published list of a purpose says at the proof's place."""
    entry = next(one for one in issued.payload["credentialStatus"] if one["statusPurpose"] == purpose)
    list_id = entry["statusListCredential"].rpartition("/")[2]
    document = json.loads(queries.status_document(list_id=list_id)[0])
    assert document["credentialSubject"]["statusPurpose"] == purpose
    assert document["id"] == entry["statusListCredential"]
    return bits.bit(bits.unpack(document["credentialSubject"]["encodedList"]), index=int(entry["statusListIndex"]))


def verdict(issued: Issued) -> str:
    return checking.check_bytes(data=bytes(issued.document), name="", now=THEN, org_id=None)[0].code


def pause(firm: Firm, issued: Issued, **changes: Any) -> Issued:
    asked: dict[str, Any] = {"actor": firm.owner, "issued_id": issued.id, "reason": "Machine rebuilt", "now": LATER}
    return operations.pause(**(asked | changes))


def test_paused_and_going_on(firm: Firm, give: Give) -> None:
    issued, other = give(), give()
    assert (bit(issued, "revocation"), bit(issued, "suspension")) == (False, False)
    told = pause(firm, issued)
    assert (told.paused_at, told.cancelled_at) == (LATER, None)
    assert (bit(issued, "revocation"), bit(issued, "suspension")) == (False, True)
    assert not bit(other, "suspension")
    assert (verdict(issued), verdict(other)) == ("status.paused", "good")
    assert [one.id for one in queries.proofs(actor=firm.owner, state="paused")] == [issued.id]
    resumed = operations.resume(actor=firm.supervisor, issued_id=issued.id, now=THEN)
    assert resumed.paused_at is None
    assert (bit(issued, "suspension"), verdict(issued)) == (False, "good")
    events = [entry.event for entry in journal.history(org_id=firm.org.id, subject_id=issued.id)]
    assert events == ["credentials.proof.given", "credentials.proof.paused", "credentials.proof.resumed"]


def test_it_may_be_paused_again_and_a_stop_and_go_is_published(firm: Firm, give: Give) -> None:
    """As many are paused afterwards as before: counting the paused ones would miss it."""
    issued, other = give(), give()
    pause(firm, issued)
    operations.resume(actor=firm.owner, issued_id=issued.id, now=THEN)
    pause(firm, other, now=THEN)
    assert (bit(issued, "suspension"), bit(other, "suspension")) == (False, True)
    assert pause(firm, issued, now=THEN).paused_at == THEN
    assert Pause.objects.count() == 3


def test_when_publishing_fails_the_job_does_it_and_here_it_shows_at_once(
    firm: Firm, give: Give, monkeypatch: pytest.MonkeyPatch
) -> None:
    issued = give()

    def refusing(**_: Any) -> bytes:
        raise signing.CannotSign("sign.outer_key")

    with monkeypatch.context() as patched:
        patched.setattr(signing, "sign", refusing)
        pause(firm, issued)
    assert not bit(issued, "suspension")
    assert verdict(issued) == "status.paused"
    publish_status.run(now=LATER + timedelta(seconds=20))
    assert bit(issued, "suspension")
    version = StatusList.objects.get(purpose=rules.Purpose.PAUSED).published_version
    publish_status.run(now=LATER + timedelta(seconds=40))
    assert StatusList.objects.get(purpose=rules.Purpose.PAUSED).published_version == version  # nothing was due
    with monkeypatch.context() as patched:
        patched.setattr(signing, "sign", refusing)
        operations.resume(actor=firm.owner, issued_id=issued.id, now=THEN)
    assert bit(issued, "suspension")
    publish_status.run(now=THEN)
    assert not bit(issued, "suspension")


def test_paused_once_at_a_time_and_resumed_once(firm: Firm, give: Give) -> None:
    issued = give()
    pause(firm, issued)
    with pytest.raises(operations.CannotPause) as problem:
        pause(firm, issued)
    assert (problem.value.code, problem.value.facts) == ("proof.already_paused", {"date": "2026-05-04"})
    operations.resume(actor=firm.owner, issued_id=issued.id, now=THEN)
    with pytest.raises(operations.CannotPause) as problem:
        operations.resume(actor=firm.owner, issued_id=issued.id, now=THEN)
    assert problem.value.code == "proof.not_paused"


@pytest.mark.parametrize(("reason", "code"), [(" ", "pause.reason_missing"), ("x" * 501, "pause.reason_too_long")])
def test_a_reason_is_needed(firm: Firm, give: Give, reason: str, code: str) -> None:
    with pytest.raises(operations.CannotPause) as problem:
        pause(firm, give(), reason=reason)
    assert problem.value.code == code
    assert Pause.objects.count() == 0


def test_a_public_reason_keeps_to_facts(firm: Firm, give: Give) -> None:
    issued = give()
    with pytest.raises(CannotWrite):
        pause(firm, issued, reason="Rosa is lazy", is_public=True)
    pause(firm, issued, reason="The press is being rebuilt", is_public=True)
    assert queries.standings(issued_ids=[issued.id])[issued.id].reason == "The press is being rebuilt"


def test_cancelling_ends_it_for_good(firm: Firm, give: Give) -> None:
    issued = give()
    pause(firm, issued)
    operations.cancel(actor=firm.owner, issued_id=issued.id, reason="Given by mistake", now=THEN)
    assert verdict(issued) == "status.cancelled"
    operations.resume(actor=firm.owner, issued_id=issued.id, now=THEN)
    assert verdict(issued) == "status.cancelled"
    with pytest.raises(operations.CannotPause) as problem:
        pause(firm, issued)
    assert problem.value.code == "proof.cancelled"


def test_a_proof_of_before_names_no_list_for_it(firm: Firm, give: Give) -> None:
    issued = give()
    issued.payload["credentialStatus"] = issued.payload["credentialStatus"][0]  # as proofs were given until now
    Issued.objects.filter(id=issued.id).update(payload=issued.payload)
    with pytest.raises(operations.CannotPause) as problem:
        pause(firm, issued)
    assert problem.value.code == "pause.older_proof"


def test_new_proofs_of_a_firm_with_an_older_list_get_a_pair(firm: Firm, give: Give) -> None:
    issued = give()
    StatusList.objects.filter(sibling__isnull=False).delete()  # as lists were made until now
    newer = give()
    assert newer.entry.list_id != issued.entry.list_id
    assert not bit(newer, "suspension")


def test_a_cancelled_place_is_never_cleared_by_what_is_lost_and_a_paused_one_may_be(firm: Firm, give: Give) -> None:
    first, second = give(), give()
    for issued in (first, second):
        operations.cancel(actor=firm.owner, issued_id=issued.id, reason="Given by mistake", now=LATER)
    pause(firm, give())
    # Rows of an older copy, documents of now: one cancelled proof and the pause are not in it.
    StatusChange.objects.filter(index=second.entry.index)._raw_delete("default")
    Pause.objects.all().delete()
    revocation = first.entry.list
    with pytest.raises(operations.CannotPublish) as problem:
        operations.publish(list_id=revocation.id, now=THEN)
    assert problem.value.code == "status.would_clear"
    assert bit(first, "revocation") and bit(second, "revocation")
    operations.publish(list_id=revocation.paused.id, now=THEN)
    document = json.loads(queries.status_document(list_id=revocation.paused.id)[0])
    assert not any(bits.unpack(document["credentialSubject"]["encodedList"]))


def test_the_outsider_and_the_worker_pause_nothing(firm: Firm, other_firm: Firm, give: Give) -> None:
    issued = give()
    worker = Actor(org_id=firm.org.id, role=Role.WORKER, name="Rosa")
    for change in (operations.resume, lambda **asked: operations.pause(reason="Mine", **asked)):
        with pytest.raises(queries.NotFound):
            change(actor=other_firm.owner, issued_id=issued.id, now=LATER)
        with pytest.raises(CannotDo):
            change(actor=worker, issued_id=issued.id, now=LATER)
    assert verdict(issued) == "good"


def test_giving_asks_no_more_because_of_the_second_list(firm: Firm, give: Give, django_assert_max_num_queries: Any) -> None:
    issued = give()
    row = places.open_list(org_id=firm.org.id, issuer=issued.entry.list.issuer, base_url="http://localhost:8000", now=NOW)
    with django_assert_max_num_queries(0):
        assert row.paused.purpose == "suspension"


def test_many_pauses_and_cancellations_at_once_lose_nothing(several_connections: None) -> None:
    firm = make_firm(name="Tallgrass Machine Works")
    template = operations.add_ready_template(actor=firm.owner, key="till", now=NOW)
    proofs = [
        operations.give(actor=firm.owner, person_id=firm.person.id, template_id=template.id, request_key=str(number), now=NOW)
        for number in range(12)
    ]

    def work(number: int) -> None:
        asked: dict[str, Any] = {"actor": firm.owner, "issued_id": proofs[number].id, "now": LATER}
        try:
            if number % 3 == 0:
                operations.cancel(reason="Recalled", **asked)
                return
            operations.pause(reason="Recalled", **asked)
            if number % 3 == 1:
                operations.resume(**asked)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(work, range(12)))
    operations.publish_due(now=LATER)
    for number, issued in enumerate(proofs):
        assert (bit(issued, "revocation"), bit(issued, "suspension")) == (number % 3 == 0, number % 3 == 2)
