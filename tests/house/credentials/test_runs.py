"""Many at once: a report before anything is signed, each proof exactly once, stop and go on."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from credcore.verify import Policy
from skillmark.desks import checking
from skillmark.errors import NotFound
from skillmark.rooms.credentials import operations, queries, rules
from skillmark.rooms.credentials.models import Issued, Run, RunRow, StatusEntry, StatusList, Template
from skillmark.rooms.credentials.operations import CannotRun, places
from skillmark.rooms.journal import queries as journal
from skillmark.rooms.people import operations as people
from skillmark.rooms.people import queries as queries_of_people
from skillmark.rooms.people.models import Member, Person
from skillmark.rooms.signing import queries as signing
from tests.cast import NOW, Firm

pytestmark = pytest.mark.django_db
GIVEN = "credentials.proof.given"


def rows(count: int, **more: Any) -> list[rules.Wanted]:
    return [rules.Wanted(line=at + 1, name=f"Learner {at}", **({"level": 3} | more)) for at in range(1, count + 1)]


def plan(firm: Firm, mill: Template, wanted: list[rules.Wanted], **more: Any) -> Run:
    asked: dict[str, Any] = {
        "actor": firm.supervisor, "template_id": mill.id, "name": "May class", "rows": wanted,
        "observed_on": date(2026, 5, 1), "note": "Bay 3", "request_key": str(uuid4()), "now": NOW,
    }  # fmt: skip
    return operations.plan_run(**(asked | more))


def do(run: Run, *, most: int = 50) -> int:
    total = 0
    while done := operations.do_rows(run_id=run.id, now=NOW, most=most):
        total += done
    return total


def started(firm: Firm, run: Run) -> Run:
    return operations.start_run(actor=firm.supervisor, run_id=run.id, count=run.total, now=NOW)


def test_a_class_is_given_once_and_every_proof_checks(firm: Firm, mill: Template) -> None:
    run = started(firm, plan(firm, mill, rows(120)))
    assert run.state == Run.State.RUNNING and do(run) == 120
    found = queries.run(actor=firm.owner, run_id=run.id)
    assert (found.state, found.done, found.left, found.finished_at) == (Run.State.DONE, 120, 0, NOW)
    proofs = Issued.objects.filter(run=run, state=Issued.State.SIGNED)
    assert proofs.count() == 120 and len({one.entry.index for one in proofs.select_related("entry")}) == 120
    told = [one.subject_id for one in journal.entries(org_id=firm.org.id, events=[GIVEN])]
    assert sorted(told) == sorted(str(one.id) for one in proofs)
    verifier = checking.verifier(org_id=firm.org.id, now=NOW)
    policy = Policy.own(issuers=signing.identities(org_id=firm.org.id))
    for one in proofs[:10]:
        verifier.verify(bytes(one.document), now=NOW, policy=policy)
        assert json.loads(bytes(one.document))["credentialStatus"]
        assert one.given_by == "Walt Jensen" and one.observed_on == date(2026, 5, 1) and one.note == "Bay 3"
    assert do(run) == 0 and Issued.objects.count() == 120 and Person.objects.filter(org=firm.org).count() == 121


def test_the_same_list_again_is_the_same_run(firm: Firm, mill: Template) -> None:
    first = plan(firm, mill, rows(3), request_key="one")
    assert plan(firm, mill, rows(3), request_key="one").id == first.id
    do(started(firm, first))
    again = plan(firm, mill, rows(3), request_key="one")
    assert again.id == first.id and again.state == Run.State.DONE and started(firm, again).state == Run.State.DONE
    assert do(again) == 0 and Issued.objects.count() == 3


def test_bad_rows_are_reported_and_stop_the_run(firm: Firm, mill: Template) -> None:
    people.add_person(actor=firm.owner, name="Rosa Delgado", now=NOW)
    good = {"level": 3}
    wanted = [
        rules.Wanted(line=2, name="", **good),
        rules.Wanted(line=3, name="Ana <b>Bold</b>", **good),
        rules.Wanted(line=4, name="Ana\u202eevil", **good),
        rules.Wanted(line=5, name="Ana Ruiz", **good),
        rules.Wanted(line=6, name="ANA  RUIZ", **good),
        rules.Wanted(line=7, name="Ana Ruiz", email="other@x.example", **good),
        rules.Wanted(line=8, name="Rosa Delgado", **good),
        rules.Wanted(line=9, name="Ben", level=9),
        rules.Wanted(line=10, name="Cy"),
        rules.Wanted(line=11, name="Dee", said={"level": "a lot"}),
        rules.Wanted(line=12, name="Eve", observed_on=date(2026, 5, 5), **good),
        rules.Wanted(line=13, name="Fay", observed_on=date(1999, 1, 1), **good),
        rules.Wanted(line=14, name="Gus", said={"observed_on": "31 Feb"}, **good),
        rules.Wanted(line=15, name="Hal", email="not an address", **good),
        rules.Wanted(line=16, name="Ivy", phone="call me", **good),
        rules.Wanted(line=17, name="N" * 300, **good),
        rules.Wanted(line=18, name="Nul\0l", **good),
    ]
    run = plan(firm, mill, wanted)
    told = {row.line: row.problem for row in queries.run_rows(actor=firm.owner, run_id=run.id)}
    assert told == {
        2: "row.name_missing", 3: "row.name_signs", 4: "row.name_signs", 5: "", 6: "row.twice", 7: "row.twice",
        8: "row.two_people", 9: "row.level_wrong", 10: "row.level_missing", 11: "row.level_wrong",
        12: "row.date_in_future", 13: "row.date_over", 14: "row.date_unreadable", 15: "row.email", 16: "row.phone",
        17: "row.name_too_long", 18: "row.name_signs",
    }  # fmt: skip
    with pytest.raises(CannotRun, match=r"run\.has_problems"):
        operations.start_run(actor=firm.supervisor, run_id=run.id, count=1, now=NOW)
    assert Issued.objects.count() == 0 and do(run) == 0
    left = operations.leave_out_rows(actor=firm.supervisor, run_id=run.id, now=NOW)
    assert (left.left, left.left_out, left.problems) == (1, 16, 0)
    with pytest.raises(CannotRun, match=r"run\.count"):
        operations.start_run(actor=firm.supervisor, run_id=run.id, count=17, now=NOW)
    operations.start_run(actor=firm.supervisor, run_id=run.id, count=1, now=NOW)
    assert do(run) == 1 and [one.person_name for one in Issued.objects.all()] == ["Ana Ruiz"]


def test_rows_are_mended_one_by_one(firm: Firm, mill: Template, other_firm: Firm) -> None:
    twin = people.add_person(actor=firm.owner, name="Rosa Delgado", now=NOW)
    nobody = rules.Wanted(line=3, name="", said={"level": "x"})
    rosas = [rules.Wanted(line=line, name="Rosa Delgado", level=level) for line, level in ((2, 3), (4, 1))]
    run = plan(firm, mill, [rosas[0], nobody, rosas[1]])

    def mend(changes: dict[int, dict[str, Any]]) -> Run:
        return operations.mend_rows(actor=firm.supervisor, run_id=run.id, changes=changes, now=NOW)

    with pytest.raises(NotFound):
        mend({1: {"person_id": other_firm.person.id}})
    found = mend({1: {"person_id": twin.id}, 2: {"name": "Bo", "level": 2}, 3: {"someone_new": True}})
    assert (found.problems, found.left) == (0, 3)
    do(operations.start_run(actor=firm.supervisor, run_id=run.id, count=3, now=NOW))
    persons = [row.person_id for row in queries.run_rows(actor=firm.owner, run_id=run.id)]
    assert persons[0] == twin.id and persons[2] not in (twin.id, firm.person.id, None)
    with pytest.raises(CannotRun, match=r"run\.started"):
        mend({1: {"name": "Other"}})


def test_people_who_are_here_are_found(firm: Firm, mill: Template) -> None:
    by = people.add_person(actor=firm.owner, name="Ana Ruiz", email="ana@x.example", number="17", now=NOW)
    people.add_person(actor=firm.owner, name="Ana Ruiz", email="second@x.example", now=NOW)
    wanted = [
        rules.Wanted(line=2, name="Rosa Delgado", level=3),
        rules.Wanted(line=3, name="ana ruiz", email="ANA@x.example", level=3),
        rules.Wanted(line=4, name="Somebody Else", email="ana@x.example", level=3),
        rules.Wanted(line=5, name="Ana Ruiz", email="third@x.example", level=3),
    ]
    found = queries.run_rows(actor=firm.owner, run_id=plan(firm, mill, wanted).id)
    assert [(row.problem, row.person_id) for row in found] == [
        ("", firm.person.id), ("", by.id), ("row.two_people", None), ("row.two_people", None),
    ]  # fmt: skip
    numbered = plan(firm, mill, [rules.Wanted(line=2, name="Ana Ruiz", staff_number="17", level=3)])
    assert queries.run_rows(actor=firm.owner, run_id=numbered.id)[0].person_id == by.id


@pytest.mark.parametrize(("count", "code"), [(0, "run.empty"), (10_001, "run.too_many")])
def test_no_run_of_too_few_or_too_many(firm: Firm, mill: Template, count: int, code: str) -> None:
    with pytest.raises(CannotRun, match=code):
        plan(firm, mill, rows(count))
    assert not Run.objects.exists()


def test_an_unknown_or_archived_kind(firm: Firm, mill: Template, other_firm: Firm) -> None:
    with pytest.raises(NotFound):
        plan(firm, mill, rows(1), template_id=uuid4())
    with pytest.raises(NotFound):
        plan(firm, mill, rows(1), actor=other_firm.owner)
    run = plan(firm, mill, rows(1))
    operations.archive_template(actor=firm.owner, template_id=mill.id, now=NOW)
    with pytest.raises(CannotRun, match=r"template\.archived"):
        plan(firm, mill, rows(1))
    with pytest.raises(CannotRun, match=r"template\.archived"):
        started(firm, run)


def test_the_outsider_finds_nothing(firm: Firm, mill: Template, other_firm: Firm) -> None:
    run = plan(firm, mill, rows(1))
    asked: dict[str, Any] = {"actor": other_firm.owner, "run_id": run.id}
    for door in (queries.run, queries.run_rows, queries.run_proofs, queries.run_documents):
        with pytest.raises(NotFound):
            door(**asked)
    for change in (operations.stop_run, operations.resume_run, operations.leave_out_rows, operations.make_slips):
        with pytest.raises(NotFound):
            change(**asked, now=NOW)
    with pytest.raises(NotFound):
        operations.start_run(**asked, count=1, now=NOW)
    with pytest.raises(NotFound):
        operations.mend_rows(**asked, changes={}, now=NOW)
    with pytest.raises(NotFound):
        operations.renew_run(**asked, observed_on=date(2026, 5, 1), now=NOW)
    assert queries.runs(actor=other_firm.owner) == []


def test_stop_and_go_on(firm: Firm, mill: Template) -> None:
    run = started(firm, plan(firm, mill, rows(9)))
    assert operations.do_rows(run_id=run.id, now=NOW, most=4) == 4
    assert operations.stop_run(actor=firm.supervisor, run_id=run.id, now=NOW).state == Run.State.STOPPED
    assert do(run) == 0 and Issued.objects.count() == 4
    operations.resume_run(actor=firm.supervisor, run_id=run.id, now=NOW)
    assert do(run) == 5 and queries.run(actor=firm.owner, run_id=run.id).state == Run.State.DONE
    assert [one.event for one in journal.history(org_id=firm.org.id, subject_id=run.id)] == [
        f"credentials.run.{what}" for what in ("planned", "started", "stopped", "resumed", "finished")
    ]


def test_a_stop_of_signing_halts_the_run_and_says_why(firm: Firm, mill: Template) -> None:
    from skillmark.rooms.signing import operations as keys

    run = started(firm, plan(firm, mill, rows(3)))
    keys.stop(actor=firm.owner, why="Audit", template_id=mill.id, now=NOW)
    assert do(run) == 0
    found = queries.run(actor=firm.owner, run_id=run.id)
    assert (found.state, found.problem, found.left) == (Run.State.STOPPED, "sign.stopped", 3)
    assert not Issued.objects.filter(state=Issued.State.SIGNED).exists()


def test_nobody_gives_any_more_whose_right_has_ended(firm: Firm, mill: Template) -> None:
    run = started(firm, plan(firm, mill, rows(3)))
    Member.objects.filter(user=firm.supervisor_user).update(active=False)
    assert do(run) == 0
    assert queries.run(actor=firm.owner, run_id=run.id).problem == "run.maker_gone"


def test_a_supervisor_of_one_site_adds_people_there(firm: Firm, mill: Template) -> None:
    north, south = (people.add_site(actor=firm.owner, name=name, now=NOW) for name in ("North", "South"))
    member = Member.objects.get(user=firm.supervisor_user)
    member.sites.set([north.id])
    walt = queries_of_people.actor_for(user_id=firm.supervisor_user.id, now=NOW)
    run = plan(firm, mill, rows(2), actor=walt)
    operations.start_run(actor=walt, run_id=run.id, count=2, now=NOW)
    assert operations.do_rows(run_id=run.id, now=NOW, most=1) == 1
    (first, _) = queries.run_rows(actor=walt, run_id=run.id)
    assert [one.site_id for one in queries_of_people.assignments(actor=walt, person_id=first.person_id)] == [north.id]
    member.sites.set([north.id, south.id])
    do(run)
    assert [row.problem for row in queries.run_rows(actor=firm.owner, run_id=run.id)] == ["", "row.newcomer"]
    both = queries_of_people.actor_for(user_id=firm.supervisor_user.id, now=NOW)
    listed = plan(firm, mill, [rules.Wanted(line=2, name="Somebody Else", level=3)], actor=both)
    assert queries.run_rows(actor=both, run_id=listed.id)[0].problem == "row.newcomer"
    assert queries.runs(actor=both) and {one.made_by for one in queries.runs(actor=both)} == {"Walt Jensen"}


def test_a_proof_that_must_not_be_signed_fails_alone_and_can_be_tried_again(
    firm: Firm, mill: Template, monkeypatch: pytest.MonkeyPatch
) -> None:
    from skillmark.rooms.credentials.operations.runs import reserving

    run = started(firm, plan(firm, mill, rows(5)))
    real = reserving.payload_of

    def bad(*, issued: Issued, giver_url: str) -> dict[str, Any]:
        return real(issued=issued, giver_url=giver_url) | ({"nonsense": "x"} if issued.person_name == "Learner 3" else {})

    monkeypatch.setattr(reserving, "payload_of", bad)
    do(run)
    found = queries.run(actor=firm.owner, run_id=run.id)
    assert (found.state, found.done, found.failed) == (Run.State.DONE, 4, 1)
    (row,) = queries.run_rows(actor=firm.owner, run_id=run.id, states=[RunRow.State.FAILED])
    assert (row.number, row.problem) == (3, "sign.refused")
    burnt = StatusEntry.objects.get(issued_id=row.issued_id)
    monkeypatch.setattr(reserving, "payload_of", real)
    operations.resume_run(actor=firm.supervisor, run_id=run.id, now=NOW)
    assert do(run) == 1 and queries.run(actor=firm.owner, run_id=run.id).done == 5
    burnt.refresh_from_db()
    assert burnt.issued_id is None and StatusEntry.objects.count() == 6


def test_a_dead_workers_rows_are_finished_with_the_same_words(firm: Firm, mill: Template) -> None:
    run = started(firm, plan(firm, mill, rows(4)))

    def die(point: str) -> None:
        if point == "signed":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        operations.do_rows(run_id=run.id, now=NOW, reached=die)
    reserved = {one.id: (one.payload, one.entry.index) for one in Issued.objects.select_related("entry")}
    assert len(reserved) == 4 and not Issued.objects.filter(state=Issued.State.SIGNED).exists()
    later = NOW + timedelta(hours=3)
    assert operations.do_rows(run_id=run.id, now=later) == 4
    assert {one.given_at for one in Issued.objects.all()} == {later}
    assert {one.id: (one.payload, one.entry.index) for one in Issued.objects.select_related("entry")} == reserved
    verifier = checking.verifier(org_id=firm.org.id, now=later)
    policy = Policy.own(issuers=signing.identities(org_id=firm.org.id))
    for one in Issued.objects.all():
        assert json.loads(bytes(one.document))["id"] == one.payload["id"]
        verifier.verify(bytes(one.document), now=one.given_at, policy=policy)  # as the nightly check does


def test_a_list_that_gets_full_goes_on_in_the_next_one(firm: Firm, mill: Template, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places.rules, "STATUS_FULL", 30)
    run = started(firm, plan(firm, mill, rows(80)))
    assert do(run) == 80
    counts = [one.entries.count() for one in StatusList.objects.filter(purpose="revocation").order_by("made_at")]
    assert sorted(counts) == [20, 30, 30]


def test_places_that_are_taken_are_drawn_again(firm: Firm, mill: Template, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = iter([5, 5, 5, 6, 5, 7, 8, 9, 10, 11, 12])
    monkeypatch.setattr(places.secrets, "randbelow", lambda _most: next(drawn))
    do(started(firm, plan(firm, mill, rows(4))))
    given = {one.entry.index: one for one in Issued.objects.select_related("entry")}
    assert sorted(given) == [5, 6, 7, 8] or len(given) == 4
    for index, one in given.items():
        assert {entry["statusListIndex"] for entry in one.payload["credentialStatus"]} == {str(index)}


def test_a_class_is_renewed(firm: Firm, mill: Template) -> None:
    run = started(firm, plan(firm, mill, rows(3)))
    do(run)
    first = queries.run_proofs(actor=firm.owner, run_id=run.id)
    operations.cancel(actor=firm.owner, issued_id=first[2].id, reason="Wrong person", now=NOW)
    later, day = NOW + timedelta(days=300), date(2027, 2, 1)
    again = operations.renew_run(actor=firm.supervisor, run_id=run.id, observed_on=day, now=later)
    assert again.total == 2 and again.problems == 0
    assert operations.renew_run(actor=firm.supervisor, run_id=run.id, observed_on=day, now=later).id == again.id
    operations.start_run(actor=firm.supervisor, run_id=again.id, count=2, now=later)
    while operations.do_rows(run_id=again.id, now=later):
        pass
    renewed = queries.run_proofs(actor=firm.owner, run_id=again.id)
    assert {one.replaces_id for one in renewed.values()} == {first[1].id, first[3].id}
    assert {one.why for one in renewed.values()} == {"renewed"} and Person.objects.filter(org=firm.org).count() == 4
    with pytest.raises(CannotRun, match=r"run\.nothing_to_renew"):
        operations.renew_run(actor=firm.supervisor, run_id=run.id, observed_on=date(2027, 2, 2), now=later)


def test_slips_are_for_those_who_have_not_kept_it(firm: Firm, mill: Template) -> None:
    run = started(firm, plan(firm, mill, rows(3)))
    do(run)
    Issued.objects.filter(person_name="Learner 2").update(own_org_id=uuid4())
    made = operations.make_slips(actor=firm.supervisor, run_id=run.id, now=NOW)
    assert [one.person_name for one in made] == ["Learner 1", "Learner 3"]
    assert all(len(one.pin) == 6 and len(one.code) == 9 for one in made)
    assert operations.look_at_offer(code=made[0].code, now=NOW).person == "Learner 1"


def test_a_forgotten_person_is_on_no_list(firm: Firm, mill: Template) -> None:
    rosa = rules.Wanted(line=2, name="Rosa Delgado", level=3, phone="+1 555 010 0000")
    run = started(firm, plan(firm, mill, [rosa, *rows(1)]))
    operations.do_rows(run_id=run.id, now=NOW, most=1)
    waiting = plan(firm, mill, [rules.Wanted(line=2, name="Rosa Delgado", level=2)])
    operations.forget_person(actor=firm.owner, person_ids=[firm.person.id], names=[], item_ids=[], now=NOW)
    assert not RunRow.objects.filter(name__contains="Rosa").exists() and not RunRow.objects.exclude(phone="").exists()
    Person.objects.filter(id=firm.person.id).delete()
    assert do(run) == 1  # the other one
    assert queries.run(actor=firm.owner, run_id=waiting.id).left == 0


def test_a_list_that_nobody_gave_is_thrown_away(firm: Firm, mill: Template) -> None:
    old, given = plan(firm, mill, rows(1)), started(firm, plan(firm, mill, rows(1)))
    assert operations.drop_plans(now=NOW + timedelta(days=29)) == 0
    assert operations.drop_plans(now=NOW + timedelta(days=31)) == 1
    assert not Run.objects.filter(id=old.id).exists() and Run.objects.filter(id=given.id).exists()
