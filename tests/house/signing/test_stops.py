"""The switch that stops signing: for all, for one firm, for one kind of proof, for one key; in the middle of many, too."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest

from skillmark.errors import NotFound
from skillmark.rooms.journal import queries as journal
from skillmark.rooms.people import operations as people
from skillmark.rooms.signing import operations, queries
from skillmark.rooms.signing.models import IssuerKey, Stop
from skillmark.rooms.signing.operations import signing
from tests.cast import Firm
from tests.house.signing.test_signing import status_list, unsigned

pytestmark = pytest.mark.django_db


def sign(firm: Firm, now: datetime, **more: Any) -> str:
    """`signed`, or the code of the refusal."""
    try:
        operations.sign(org_id=firm.org.id, unsigned=unsigned(queries.issuer(org_id=firm.org.id).did, now), now=now, **more)
    except operations.CannotSign as refused:
        return refused.code
    return "signed"


def test_a_stopped_firm_signs_nothing_until_it_goes_on(firm: Firm, other_firm: Firm, now: datetime) -> None:
    stop = operations.stop(actor=firm.owner, why="We look into something", now=now)
    assert sign(firm, now) == "sign.stopped" and sign(other_firm, now) == "signed"
    assert operations.stop(actor=firm.owner, why="Again", now=now) == stop
    assert [one.why for one in queries.stops(actor=firm.owner)] == ["We look into something"]
    with pytest.raises(NotFound):
        operations.go_on(actor=other_firm.owner, stop_id=stop.id, now=now)
    operations.go_on(actor=firm.owner, stop_id=stop.id, now=now)
    assert sign(firm, now) == "signed" and queries.stops(actor=firm.owner) == []
    with pytest.raises(NotFound):
        operations.go_on(actor=firm.owner, stop_id=stop.id, now=now)
    told = [entry.event for entry in journal.history(org_id=firm.org.id, subject_id=stop.id)]
    assert sorted(told) == ["signing.stop.ended", "signing.stop.made"]


def test_the_reason_is_told(firm: Firm, now: datetime) -> None:
    operations.stop(actor=firm.owner, why=" We look into something ", now=now)
    with pytest.raises(operations.CannotSign) as refused:
        operations.sign(org_id=firm.org.id, unsigned=unsigned(queries.issuer(org_id=firm.org.id).did, now), now=now)
    assert refused.value.facts["why"] == "We look into something"


def test_one_kind_of_proof_or_one_key_can_be_stopped(firm: Firm, now: datetime) -> None:
    kind, other_kind = uuid4(), uuid4()
    operations.stop(actor=firm.owner, why="The form is wrong", template_id=kind, now=now)
    assert [sign(firm, now, template_id=one) for one in (kind, other_kind, None)] == ["sign.stopped", "signed", "signed"]
    key = IssuerKey.objects.get(org_id=firm.org.id, purpose="credential")
    operations.stop(actor=firm.owner, why="Lent out", key_id=key.id, now=now)
    assert sign(firm, now, template_id=other_kind) == "sign.stopped"
    operations.rotate(actor=firm.owner, purpose="credential", now=now)
    assert sign(firm, now, template_id=other_kind) == "signed"


def test_the_whole_server_can_be_stopped(firm: Firm, other_firm: Firm, now: datetime) -> None:
    stop = operations.stop_everything(why="Attack", now=now)
    operations.stop(actor=firm.owner, why="Ours", now=now)
    assert sign(firm, now) == sign(other_firm, now) == "sign.stopped"
    with pytest.raises(NotFound):  # not theirs to end
        operations.go_on(actor=firm.owner, stop_id=stop.id, now=now)
    assert operations.go_on_everywhere(now=now) == 1
    assert (sign(firm, now), sign(other_firm, now)) == ("sign.stopped", "signed")


def test_lists_of_cancelled_proofs_are_still_signed(firm: Firm, now: datetime) -> None:
    operations.stop_everything(why="Attack", now=now)
    listed = status_list(queries.issuer(org_id=firm.org.id).did, now)
    assert operations.sign(org_id=firm.org.id, purpose="status", unsigned=listed, now=now)
    assert operations.signed_history(org_id=firm.org.id)


def test_only_the_owner_stops_with_a_reason_and_only_their_own(firm: Firm, other_firm: Firm, now: datetime) -> None:
    with pytest.raises(people.CannotDo):
        operations.stop(actor=firm.supervisor, why="x", now=now)
    for why, code in (("", "stop.reason_missing"), ("x" * 501, "stop.reason_too_long")):
        with pytest.raises(operations.CannotStop) as refused:
            operations.stop(actor=firm.owner, why=why, now=now)
        assert refused.value.code == code
    theirs = IssuerKey.objects.filter(org_id=other_firm.org.id).first()
    assert theirs is not None
    with pytest.raises(NotFound):
        operations.stop(actor=firm.owner, why="x", key_id=theirs.id, now=now)
    assert not Stop.objects.exists()


def _throwing(monkeypatch: pytest.MonkeyPatch, at: int, what: Any) -> list[int]:
    """Do something right before the proof with this number is signed."""
    real, done = signing._signed, []

    def counted(*args: Any, **more: Any) -> bytes:
        if len(done) == at:
            what()
        done.append(1)
        return real(*args, **more)

    monkeypatch.setattr(signing, "_signed", counted)
    return done


def test_many_are_signed_in_order_and_each_is_linted(firm: Firm, now: datetime) -> None:
    did = queries.issuer(org_id=firm.org.id).did
    many = [unsigned(did, now, title=f"Number {number}") for number in range(3)]
    signed = operations.sign_many(org_id=firm.org.id, unsigned=many, now=now)
    assert [b"Number %d" % number in document for number, document in enumerate(signed)] == [True] * 3
    many[1]["credentialSubject"]["nonsense"] = "x"
    with pytest.raises(operations.CannotSign) as refused:
        operations.sign_many(org_id=firm.org.id, unsigned=many, now=now)
    assert (refused.value.code, refused.value.facts["row"]) == ("sign.refused", "1")
    assert operations.sign_many(org_id=firm.org.id, unsigned=[], now=now) == []


def test_a_stop_in_the_middle_of_many_stops_the_rest(firm: Firm, now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    many = [unsigned(queries.issuer(org_id=firm.org.id).did, now)] * 120
    done = _throwing(monkeypatch, 10, lambda: operations.stop(actor=firm.owner, why="Stop", now=now))
    with pytest.raises(operations.CannotSign) as refused:
        operations.sign_many(org_id=firm.org.id, unsigned=many, now=now)
    assert (refused.value.code, len(done)) == ("sign.stopped", 50)


def test_a_key_given_up_in_the_middle_of_many_signs_no_more(firm: Firm, now: datetime, monkeypatch: Any) -> None:
    key = IssuerKey.objects.get(org_id=firm.org.id, purpose="credential")
    many = [unsigned(queries.issuer(org_id=firm.org.id).did, now)] * 60
    done = _throwing(
        monkeypatch, 10, lambda: operations.compromise(actor=firm.owner, key_id=key.id, since=now, why="Lost", now=now)
    )
    with pytest.raises(operations.CannotSign) as refused:
        operations.sign_many(org_id=firm.org.id, unsigned=many, now=now)
    assert (refused.value.code, len(done)) == ("sign.not_ours", 50)
