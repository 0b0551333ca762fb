from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connections

from skillmark.desks import checking
from skillmark.rooms.credentials import operations, queries
from skillmark.rooms.credentials.models import Issued, StatusEntry, Template
from skillmark.rooms.journal import queries as journal
from skillmark.rooms.people import operations as people
from skillmark.rooms.people.models import Organisation
from skillmark.rooms.people.rules import Actor, Role
from skillmark.rooms.signing import operations as signing
from skillmark.rooms.signing import queries as keys
from tests.cast import NOW, Firm, make_firm

Give = Callable[..., Issued]


def test_a_given_proof_is_signed_whole_and_in_the_journal(firm: Firm, give: Give) -> None:
    issued = give(observed_on=date(2026, 4, 22), note="Two shifts on the HAAS VF-4.")
    document = json.loads(bytes(issued.document))
    assert document["id"] == f"urn:uuid:{issued.id}"
    assert document["issuer"]["id"] == keys.issuer(org_id=firm.org.id).did
    assert document["issuer"]["name"] == "Tallgrass Machine Works"
    assert document["credentialSubject"]["name"] == "Rosa Delgado"
    assert document["credentialSubject"]["achievement"]["inLanguage"] == "es"
    assert document["validUntil"] == "2028-04-23T04:59:59Z"
    cancelled, paused = document["credentialStatus"]
    assert (cancelled["statusPurpose"], paused["statusPurpose"]) == ("revocation", "suspension")
    assert cancelled["statusListIndex"] == paused["statusListIndex"] == str(issued.entry.index)
    assert cancelled["statusListCredential"] != paused["statusListCredential"]
    assert "Two shifts" in json.dumps(document["evidence"])
    assert issued.cancelled_at is None
    events = [entry.event for entry in journal.history(org_id=firm.org.id, subject_id=issued.id)]
    assert events == ["credentials.proof.given"]


def test_a_given_proof_checks_as_good(firm: Firm, give: Give) -> None:
    issued = give()
    report = checking.check_bytes(data=bytes(issued.document), name="", now=NOW, org_id=None)[0]
    assert report.code == "good", report.summary()


def test_one_request_gives_one_proof(firm: Firm, give: Give) -> None:
    first, again = give(request_key="once"), give(request_key="once", now=NOW + timedelta(minutes=1))
    assert (first.id, bytes(first.document)) == (again.id, bytes(again.document))
    assert len(queries.proofs(actor=firm.owner)) == 1
    assert len(journal.entries(org_id=firm.org.id, events={"credentials.proof.given"})) == 1


def test_a_request_key_is_not_used_for_two_things(give: Give) -> None:
    give(request_key="once")
    with pytest.raises(operations.CannotGive) as problem:
        give(request_key="once", level=1)
    assert problem.value.code == "proof.request_reused"


class Crash(BaseException):
    """The process dies: nothing catches this."""


@pytest.mark.parametrize("point", ["before signing", "after signing"])
def test_an_interrupted_giving_is_finished_with_the_same_words(
    firm: Firm, give: Give, monkeypatch: pytest.MonkeyPatch, point: str
) -> None:
    sign = signing.sign
    signed: list[dict[str, Any]] = []

    def dying(*, purpose: str = "credential", **asked: Any) -> bytes:
        made = sign(purpose=purpose, **asked) if purpose == "status" or point == "after signing" else b""
        if purpose == "credential":
            signed.append(asked["unsigned"])
            raise Crash
        return made

    monkeypatch.setattr(signing, "sign", dying)
    with pytest.raises(Crash):
        give(request_key="torn")
    monkeypatch.setattr(signing, "sign", sign)

    torn = Issued.objects.get()
    assert torn.state == Issued.State.RESERVED
    assert bytes(torn.document) == b""
    assert queries.proofs(actor=firm.owner) == []
    for ask in (
        lambda: queries.public_proof(issued_id=torn.id),
        lambda: queries.proof(actor=firm.owner, issued_id=torn.id),
        lambda: operations.offer(actor=firm.owner, issued_id=torn.id, way="slip", now=NOW),
    ):
        with pytest.raises(queries.NotFound):
            ask()
    assert journal.entries(org_id=firm.org.id, events={"credentials.proof.given"}) == []

    finished = give(request_key="torn", now=NOW + timedelta(hours=1))
    document = json.loads(bytes(finished.document))
    document.pop("proof")
    assert document == signed[0] == torn.payload
    assert finished.id == torn.id
    assert StatusEntry.objects.count() == 1
    assert len(journal.entries(org_id=firm.org.id, events={"credentials.proof.given"})) == 1


def test_a_list_is_published_before_a_proof_points_at_it(firm: Firm, give: Give) -> None:
    issued = give()
    document, etag = queries.status_document(list_id=issued.entry.list_id)
    assert json.loads(document)["id"] == issued.entry.list.url
    assert etag.startswith('"')


def test_the_level_is_asked_where_it_belongs(firm: Firm, give: Give) -> None:
    for level in (None, 5):
        with pytest.raises(operations.CannotGive) as problem:
            give(level=level)
        assert problem.value.code == "proof.level_missing"
    plain = operations.add_ready_template(actor=firm.owner, key="till", now=NOW)
    assert give(template_id=plain.id, level=3).level is None
    assert give(template_id=plain.id, level=None).valid_until is None


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"observed_on": date(2026, 5, 5)}, "proof.observed_in_future"),
        ({"observed_on": date(2023, 1, 1)}, "proof.already_over"),
        ({"note": "x" * 601}, "proof.note_too_long"),
    ],
)
def test_what_cannot_be_given(firm: Firm, give: Give, change: dict[str, Any], code: str) -> None:
    with pytest.raises(operations.CannotGive) as problem:
        give(**change)
    assert problem.value.code == code
    assert Issued.objects.count() == 0


def test_today_is_the_day_at_the_site(give: Give) -> None:
    late = datetime(2026, 5, 5, 3, 0, tzinfo=UTC)  # still 4 May in Chicago
    assert give(now=late).valid_until == datetime(2028, 5, 5, 4, 59, 59, tzinfo=UTC)


def test_names_cannot_break_what_is_signed(firm: Firm, give: Give) -> None:
    odd = people.add_person(actor=firm.owner, name='"><script>&\u202e José 李', language="en", now=NOW)
    issued = give(person_id=odd.id)
    assert checking.check_bytes(data=bytes(issued.document), name="", now=NOW, org_id=None)[0].code == "good"


def test_the_outsider_gives_nothing_and_finds_nothing(firm: Firm, other_firm: Firm, give: Give, mill: Template) -> None:
    issued = give()
    outsider = other_firm.owner
    asked: dict[str, Any] = {"actor": outsider, "level": 3, "request_key": "x", "now": NOW}
    with pytest.raises(queries.NotFound):
        operations.give(person_id=firm.person.id, template_id=mill.id, **asked)
    with pytest.raises(queries.NotFound):
        operations.give(person_id=other_firm.person.id, template_id=mill.id, **asked)
    with pytest.raises(queries.NotFound):
        queries.proof(actor=outsider, issued_id=issued.id)
    assert queries.proofs(actor=outsider) == []


def test_a_worker_gives_nothing(firm: Firm, give: Give) -> None:
    worker = Actor(org_id=firm.org.id, role=Role.WORKER, name="Rosa")
    with pytest.raises(people.CannotDo):
        give(actor=worker)


def test_proofs_are_found_by_name_person_and_state(firm: Firm, give: Give) -> None:
    issued = give()
    assert [one.id for one in queries.proofs(actor=firm.owner, search="rosa")] == [issued.id]
    assert [one.id for one in queries.proofs(actor=firm.owner, search="fresadora")] == [issued.id]
    assert queries.proofs(actor=firm.owner, search="nobody") == []
    assert len(queries.proofs(actor=firm.owner, person_id=firm.person.id)) == 1
    for state, count in (("live", 1), ("waiting", 1), ("kept", 0), ("cancelled", 0)):
        assert len(queries.proofs(actor=firm.owner, state=state)) == count


def test_a_new_address_starts_a_new_list_and_old_proofs_still_check(firm: Firm, give: Give) -> None:
    before = give()
    Organisation.objects.filter(id=firm.org.id).update(base_url="https://proofs.tallgrass.example")
    after = give()
    assert before.entry.list_id != after.entry.list_id
    assert after.entry.list.url.startswith("https://proofs.tallgrass.example/status/")
    assert json.loads(bytes(after.document))["issuer"]["id"].startswith("did:web:proofs.tallgrass.example:o:")
    for issued in (before, after):
        report = checking.check_bytes(data=bytes(issued.document), name="", now=NOW, org_id=None)[0]
        assert report.code == "good", report.summary()


def test_a_changed_name_of_the_firm_leaves_old_proofs_good(firm: Firm, give: Give) -> None:
    issued = give()
    Organisation.objects.filter(id=firm.org.id).update(name="Tallgrass Works")
    report = checking.check_bytes(data=bytes(issued.document), name="", now=NOW, org_id=None)[0]
    assert report.code == "good", report.summary()


def test_eight_presses_at_the_same_moment_give_one_proof(several_connections: None) -> None:
    firm = make_firm(name="Tallgrass Machine Works")
    template = operations.add_ready_template(actor=firm.owner, key="till", now=NOW)

    def press(_: int) -> str:
        try:
            issued = operations.give(
                actor=firm.owner, person_id=firm.person.id, template_id=template.id, request_key="same", now=NOW
            )
            return str(issued.id)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        ids = set(pool.map(press, range(8)))
    assert len(ids) == 1
    assert Issued.objects.count() == StatusEntry.objects.count() == 1
    assert len(journal.entries(org_id=firm.org.id, events={"credentials.proof.given"})) == 1


def test_nobody_saw_it_before_they_worked(give: Give) -> None:
    with pytest.raises(operations.CannotGive) as problem:
        give(observed_on=date(26, 4, 22))
    assert problem.value.code == "proof.observed_long_ago"
    assert give(observed_on=date(2026, 4, 22)).observed_on == date(2026, 4, 22)
