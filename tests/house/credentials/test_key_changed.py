"""A key that is changed while proofs are under way: each is signed once, by the key in use, at a place of the present list."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest

from credcore.verify import Policy
from skillmark.desks import checking
from skillmark.rooms.credentials import operations, queries
from skillmark.rooms.credentials.models import Issued, StatusEntry, Template
from skillmark.rooms.signing import operations as signing
from skillmark.rooms.signing import queries as keys
from tests.cast import NOW, Firm
from tests.house.credentials.test_runs import plan, rows, started

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(firm: Firm, now: datetime) -> dict[str, Any]:
    kind = operations.make_template(
        actor=firm.owner, name="Tool change", did="Changed tools alone.", how="Watched.", method="observed", months=None,
        level_asked=False, colour="indigo", language="en", now=now,
    )  # fmt: skip
    return {"actor": firm.owner, "person_id": firm.person.id, "template_id": kind.id, "request_key": str(uuid4()), "now": now}


def reserve(asked: dict[str, Any], firm: Firm, now: datetime) -> Issued:
    """A proof that was written down and not signed, as after a crash."""
    stop = signing.stop(actor=firm.owner, why="x", now=now)
    with pytest.raises(signing.CannotSign):
        operations.give(**asked)
    signing.go_on(actor=firm.owner, stop_id=stop.id, now=now)
    return Issued.objects.get(request_key=asked["request_key"])


def test_a_proof_begun_under_the_old_key_is_finished_under_the_new(firm: Firm, asked: dict[str, Any], now: datetime) -> None:
    begun = reserve(asked, firm, now)
    old_place = (begun.entry.list_id, begun.entry.index)
    signing.rotate(actor=firm.owner, purpose="credential", now=now)
    done = operations.give(**asked)
    document = json.loads(bytes(done.document))
    assert done.id == begun.id and document["issuer"]["id"] == keys.issuer(org_id=firm.org.id).did
    assert done.entry.list.issuer == document["issuer"]["id"] and done.entry.list_id != old_place[0]
    named = document["credentialStatus"]
    first = named[0] if isinstance(named, list) else named
    assert (first["statusListCredential"], int(first["statusListIndex"])) == (done.entry.list.url, done.entry.index)
    # The old place is burnt: it stays taken, by nobody.
    assert StatusEntry.objects.get(list_id=old_place[0], index=old_place[1]).issued_id is None
    assert operations.give(**asked).id == done.id and Issued.objects.count() == 1


def test_whoever_signed_the_old_words_does_not_commit_them(
    firm: Firm, asked: dict[str, Any], now: datetime, monkeypatch: Any
) -> None:
    """One worker signs; before it commits, the key is changed and another worker begins anew."""
    begun = reserve(asked, firm, now)
    real, slow = signing.sign, []

    def sign(**more: Any) -> bytes:
        document = real(**more)
        if more.get("purpose") == "credential" and not slow:
            slow.append(document)
            signing.rotate(actor=firm.owner, purpose="credential", now=now)
            operations.give(**asked)  # the other worker, from beginning to end
        return document

    monkeypatch.setattr(signing, "sign", sign)
    done = operations.give(**asked)
    document = json.loads(bytes(done.document))
    assert bytes(done.document) != slow[0] and done.id == begun.id
    assert document["issuer"]["id"] == done.entry.list.issuer == keys.issuer(org_id=firm.org.id).did
    cancelled = operations.cancel(actor=firm.owner, issued_id=done.id, reason="Test", now=now)
    assert cancelled.cancelled_at == now and len(queries.proofs(actor=firm.owner)) == 1


@pytest.mark.parametrize("point", ["reserved", "signed", "committed"])
@pytest.mark.parametrize("dies", [False, True])
def test_a_run_goes_on_when_the_key_is_changed_under_it(firm: Firm, mill: Template, point: str, dies: bool) -> None:
    run = started(firm, plan(firm, mill, rows(6)))
    seen: list[str] = []

    def change(at: str) -> None:
        if at == point and point not in seen:
            signing.rotate(actor=firm.owner, purpose="credential", now=NOW)
            seen.append(at)
            if dies:
                raise KeyboardInterrupt
        seen.append(at)

    try:
        operations.do_rows(run_id=run.id, now=NOW, most=3, reached=change)
    except KeyboardInterrupt:
        assert dies
    while operations.do_rows(run_id=run.id, now=NOW, most=3):
        pass
    proofs = list(Issued.objects.filter(run=run, state=Issued.State.SIGNED).select_related("entry__list"))
    assert len(proofs) == 6 and len({(one.entry.list_id, one.entry.index) for one in proofs}) == 6
    assert queries.run(actor=firm.owner, run_id=run.id).left == 0
    verifier = checking.verifier(org_id=firm.org.id, now=NOW)
    for one in proofs:
        verifier.verify(bytes(one.document), now=NOW, policy=Policy.own(issuers=keys.identities(org_id=firm.org.id)))
        assert json.loads(bytes(one.document))["issuer"]["id"] == one.entry.list.issuer
