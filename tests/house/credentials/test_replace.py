"""Renewed and corrected: one proof takes the place of another, never two and never none."""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connections

from skillmark.desks import checking
from skillmark.rooms.credentials import operations, queries, rules
from skillmark.rooms.credentials.models import Issued, StatusChange
from skillmark.rooms.journal import queries as journal
from skillmark.rooms.people.operations import CannotDo
from skillmark.rooms.people.rules import Actor, Role
from skillmark.rooms.signing import operations as signing
from tests.cast import NOW, Firm, make_firm

Give = Callable[..., Issued]
LATER = NOW + timedelta(days=30)
YEARS_ON = NOW + timedelta(days=700)
SEEN = rules.Seen(on=date(2026, 4, 22), by="Walt Jensen", seen="Changed the 12 mm end mill.", steps=("Zeroed it",))


def verdict(issued: Issued, *, now: datetime = LATER) -> str:
    return checking.check_bytes(data=bytes(issued.document), name="", now=now, org_id=None)[0].code


def replace(firm: Firm, old: Issued, **changes: Any) -> Issued:
    asked: dict[str, Any] = {
        "actor": firm.supervisor, "issued_id": old.id, "why": "corrected", "request_key": "replace-1", "now": LATER,
    }  # fmt: skip
    return operations.replace(**(asked | changes))


def test_a_corrected_one_takes_the_place_at_once_and_both_know(firm: Firm, give: Give) -> None:
    old = give(observed_on=date(2026, 4, 22), note="Two shifts.")
    _, code, _ = operations.offer(actor=firm.owner, issued_id=old.id, way="slip", now=NOW)
    new = replace(firm, old, person_name="  Rosa  Delgado Ruiz ")
    document = json.loads(bytes(new.document))
    assert document["credentialSubject"]["name"] == "Rosa Delgado Ruiz"
    assert (new.level, new.note, new.observed_on) == (old.level, old.note, old.observed_on)
    assert new.valid_until == old.valid_until  # a correction makes nothing longer
    assert new.version_id == old.version_id
    assert (new.replaces_id, new.why) == (old.id, "corrected")
    assert (verdict(old), verdict(new)) == ("status.cancelled", "good")
    change = StatusChange.objects.get()
    assert (change.reason, change.is_public) == (rules.REPLACED_REASON, True)
    assert queries.chain(actor=firm.owner, issued_id=old.id) == [old.id, new.id]
    assert queries.chain(actor=firm.owner, issued_id=new.id) == [old.id, new.id]
    with pytest.raises(operations.CannotKeep):
        operations.look_at_offer(code=code, now=LATER)
    events = [entry.event for entry in journal.history(org_id=firm.org.id, subject_id=old.id)]
    assert events[-1] == "credentials.proof.cancelled"


def test_a_corrected_day_moves_the_end_and_the_day_of_what_was_seen(firm: Firm, give: Give) -> None:
    old = give(observed_on=date(2026, 4, 22), evidence=[SEEN])
    new = replace(firm, old, observed_on=date(2026, 4, 20))
    assert new.valid_until and old.valid_until and old.valid_until - new.valid_until == timedelta(days=2)
    assert new.evidence == [SEEN.as_json() | {"on": "2026-04-20"}]
    several = give(observed_on=date(2026, 4, 22), evidence=[SEEN, SEEN])
    with pytest.raises(operations.CannotReplace) as problem:
        replace(firm, several, observed_on=date(2026, 4, 20), request_key="several")
    assert problem.value.code == "replace.several_days"


def test_a_correction_counts_from_the_day_on_which_the_first_was_given(firm: Firm, give: Give) -> None:
    old = give()
    assert replace(firm, old, level=4).valid_until == old.valid_until


def test_a_renewed_one_counts_from_now_and_the_old_one_stays(firm: Firm, give: Give) -> None:
    old = give(observed_on=date(2026, 4, 22), note="Two shifts.", evidence=[SEEN])
    new = replace(firm, old, why="renewed", now=YEARS_ON, observed_on=date(2028, 4, 3))
    assert (new.level, new.note, new.evidence) == (old.level, "", [])
    assert new.valid_until is not None and old.valid_until is not None
    assert new.valid_until.date() == date(2030, 4, 4)  # the last second of the 3rd in Chicago
    assert (new.replaces_id, new.why) == (old.id, "renewed")
    assert (verdict(old, now=YEARS_ON), verdict(new, now=YEARS_ON)) == ("good", "good")


def test_a_renewed_one_has_the_newest_words(firm: Firm, give: Give, mill: Any) -> None:
    old = give()
    changed = operations.change_template(
        actor=firm.owner, template_id=mill.id, name="Tool change", did="Changes tools.", how="Watched twice.",
        method="observed", months=12, level_asked=True, colour=rules.DEFAULT_COLOUR, language="en", now=LATER,
    )  # fmt: skip
    assert replace(firm, old, why="renewed").version_id == changed.current_id
    assert replace(firm, give(version_id=old.version_id), level=4, request_key="2").version_id == old.version_id


def test_a_renewed_one_may_end_the_old_one(firm: Firm, give: Give) -> None:
    old = give()
    new = replace(firm, old, why="renewed", cancel_old=True)
    assert (verdict(old), verdict(new)) == ("status.cancelled", "good")
    assert StatusChange.objects.get().reason == rules.RENEWED_REASON


def test_one_request_gives_one_and_another_request_none(firm: Firm, give: Give) -> None:
    old = give()
    new = replace(firm, old, level=4)
    assert replace(firm, old, level=4).id == new.id
    assert StatusChange.objects.count() == 1
    with pytest.raises(operations.CannotGive) as problem:
        replace(firm, old, level=2, request_key="another")
    assert problem.value.code == "proof.cancelled"
    renewed = replace(firm, new, why="renewed", request_key="r1")
    with pytest.raises(operations.CannotGive) as problem:
        replace(firm, new, why="renewed", request_key="r2")
    assert (problem.value.code, problem.value.facts) == ("proof.already_replaced", {"date": "2026-06-03"})
    operations.cancel(actor=firm.owner, issued_id=renewed.id, reason="Given by mistake", now=LATER)
    assert replace(firm, new, why="renewed", request_key="r3").replaces_id == new.id


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({}, "replace.nothing_changed"),
        ({"person_name": "Rosa Delgado"}, "replace.nothing_changed"),
        ({"person_name": "  "}, "replace.name_missing"),
        ({"person_name": "x" * 121}, "replace.name_too_long"),
        ({"why": "because", "level": 4}, "replace.why_unknown"),
        ({"level": 4, "answer": "x" * 601}, "dispute.answer_too_long"),
    ],
)
def test_what_is_no_replacement(firm: Firm, give: Give, changes: dict[str, Any], code: str) -> None:
    old = give()
    with pytest.raises(operations.CannotReplace) as problem:
        replace(firm, old, **changes)
    assert problem.value.code == code
    assert Issued.objects.count() == 1


def test_a_day_to_come_is_refused_and_the_old_one_counts(firm: Firm, give: Give) -> None:
    old = give()
    with pytest.raises(operations.CannotGive) as problem:
        replace(firm, old, observed_on=date(2027, 1, 1))
    assert problem.value.code == "proof.observed_in_future"
    assert verdict(old) == "good"


def test_a_kind_given_no_more_is_corrected_but_not_renewed(firm: Firm, give: Give, mill: Any) -> None:
    old = give()
    operations.archive_template(actor=firm.owner, template_id=mill.id, now=NOW)
    with pytest.raises(operations.CannotGive) as problem:
        replace(firm, old, why="renewed")
    assert problem.value.code == "template.archived"
    assert replace(firm, old, level=4, request_key="2").level == 4


class Crash(BaseException):
    """The process dies: nothing catches this."""


@pytest.mark.parametrize("purpose", ["credential", "status"])
def test_a_torn_replacement_leaves_the_old_one_or_the_new_one(
    firm: Firm, give: Give, monkeypatch: pytest.MonkeyPatch, purpose: str
) -> None:
    old, sign = give(), signing.sign

    def dying(**asked: Any) -> bytes:
        if asked["purpose"] == purpose:
            raise Crash
        return sign(**asked)

    with monkeypatch.context() as patched:
        patched.setattr(signing, "sign", dying)
        with pytest.raises(Crash):
            replace(firm, old, level=4)
    counting = {issued.level for issued in queries.proofs(actor=firm.owner, state="live")}
    assert counting == ({3} if purpose == "credential" else {4})
    new = replace(firm, old, level=4)
    assert (verdict(old), verdict(new)) == ("status.cancelled", "good")
    assert Issued.objects.count() == 2


def test_a_replacement_that_was_left_half_done_does_not_stand_in_the_way(
    firm: Firm, give: Give, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = give()

    def refusing(**_: Any) -> bytes:
        raise signing.CannotSign("sign.outer_key")

    with monkeypatch.context() as patched:
        patched.setattr(signing, "sign", refusing)
        with pytest.raises(signing.CannotSign):
            replace(firm, old, level=4)
    assert verdict(old) == "good"
    assert replace(firm, old, level=2, request_key="second try").level == 2
    with pytest.raises(operations.CannotGive) as problem:  # the first one, waking up
        replace(firm, old, level=4)
    assert problem.value.code == "proof.cancelled"


def test_the_outsider_and_the_worker_replace_nothing(firm: Firm, other_firm: Firm, give: Give) -> None:
    old = give()
    with pytest.raises(queries.NotFound):
        replace(firm, old, actor=other_firm.owner, level=4)
    with pytest.raises(CannotDo):
        replace(firm, old, actor=Actor(org_id=firm.org.id, role=Role.WORKER, name="Rosa"), level=4)
    with pytest.raises(queries.NotFound):
        operations.give(
            actor=other_firm.owner, person_id=other_firm.person.id, template_id=old.version.template_id, replaces=old.id,
            why="renewed", request_key="x", now=NOW,
        )  # fmt: skip


def test_eight_who_correct_at_the_same_moment_make_one(several_connections: None) -> None:
    firm = make_firm(name="Tallgrass Machine Works")
    template = operations.add_ready_template(actor=firm.owner, key="cnc-tool-change", now=NOW)
    old = operations.give(
        actor=firm.owner, person_id=firm.person.id, template_id=template.id, level=3, request_key="old", now=NOW
    )

    def press(number: int) -> str:
        try:
            return str(replace(firm, old, level=1 + number % 2 * 3, request_key=str(number)).id)
        except operations.CannotGive as problem:
            return problem.code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        said = list(pool.map(press, range(8)))
    assert said.count("proof.cancelled") == 7
    assert Issued.objects.filter(replaces=old, state=Issued.State.SIGNED).count() == 1
