"""Each made-up firm says what its answer sheet says, and its two hand-made sources agree with each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps

from skillmark import errors
from skillmark.desks import checking, demos, starters
from skillmark.rooms.credentials import operations as credentials
from skillmark.rooms.credentials.models import Held, Issued
from skillmark.rooms.holdings import queries as holdings
from skillmark.rooms.holdings.models import Photo
from skillmark.rooms.people import operations as people
from skillmark.rooms.people import queries as people_queries
from skillmark.rooms.people.rules import Actor, Role, may, server_for
from skillmark.rooms.records import queries as records
from skillmark.rooms.signing import operations as signing
from skillmark.rooms.skills import operations as skills
from skillmark.rooms.skills import queries as skills_queries
from skillmark.rooms.talent import queries as talent
from skillmark.rooms.talent.rules import COMPLIANT, State
from tests.cast import NOW, Firm
from tests.house.records.keeping import give_one, keep_one

TODAY = date(2026, 5, 4)
LATER = TODAY + timedelta(days=31)
DAYS = (TODAY, LATER)
LISTS = {
    "expired": {State.EXPIRED},
    "missing": {State.MISSING},
    "to_check": {State.BELOW_TRUST},
    "no_date": {State.END_UNKNOWN},
}


@pytest.fixture(params=starters.trades())
def trade(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def actor(trade: str, db: None) -> Actor:
    return server_for(org_id=demos.load(trade=trade))


def _cells(actor: Actor, on: date) -> Iterator[tuple[str, str, Any]]:
    board = talent.board(actor=actor, on=on)
    names = {column.id: column.names["en"] for column in board.columns}
    for line in board.people:
        for item_id, cell in board.rows[line.id].cells.items():
            yield line.name, names[item_id], cell


def _told(person: str, item: str, ends: date | None) -> str:
    return f"{person}: {item}: {ends}" if ends else f"{person}: {item}"


@pytest.mark.django_db
def test_the_board_says_what_the_answer_sheet_says(trade: str, actor: Actor) -> None:
    sheet = demos.answers(trade=trade)
    assert set(sheet["days"]) == {day.isoformat() for day in DAYS}
    for on in DAYS:
        expected = sheet["days"][on.isoformat()]
        board = talent.board(actor=actor, on=on)
        counts = board.counts()
        assert len(board.columns) == sheet["items"]
        assert (counts.cells, counts.compliant) == (sheet["cells"], expected["compliant"])
        assert {name: getattr(counts, name) for name in ("people", "ready", "expired", "missing", "to_check", "no_date")} | {
            f"due_{days}": counts.within[days] for days in (30, 60, 90)
        } == expected["counts"]
        assert counts.within[7] == expected["due_7"]
        cells = list(_cells(actor, on))
        for name, states in LISTS.items():
            dated = name == "expired"
            found = {_told(who, what, cell.ends if dated else None) for who, what, cell in cells if cell.state in states}
            assert found == set(expected[name]), (on, name)
        soon = {
            _told(who, what, cell.ends)
            for who, what, cell in cells
            if cell.ends is not None and 0 <= (cell.ends - on).days <= 30 and cell.state in COMPLIANT
        }
        assert soon == set(expected["due_30"]), on
        assert {f"{who}: {what}" for who, what, cell in cells if cell.late} == set(expected["late"])
        _demand_the_states_of_the_rows(trade, on, {(who, what): cell.state.value for who, what, cell in cells})


def _demand_the_states_of_the_rows(trade: str, on: date, states: dict[tuple[str, str], str]) -> None:
    names = {item.slug: item.names["en"] for item in starters.pack(trade=trade).items}
    for one in demos.firm(trade=trade).held:
        wanted = (one.today if on == TODAY else one.later) or "met"
        if wanted not in ("before", "extra") and (one.person, names[one.item]) in states:
            assert states[one.person, names[one.item]] == wanted, (on, one)


def test_the_sheet_adds_up(trade: str) -> None:
    sheet = demos.answers(trade=trade)
    for expected in sheet["days"].values():
        counts = expected["counts"]
        for name in (*LISTS, "due_30"):
            assert len(expected[name]) == len(set(expected[name])) == counts[name]
        assert expected["compliant"] == sheet["cells"] - sum(counts[name] for name in LISTS)
        unready = {line.split(": ")[0] for name in LISTS for line in expected[name]}
        assert counts["ready"] == counts["people"] - len(unready)
        assert expected["due_7"] <= counts["due_30"] <= counts["due_60"] <= counts["due_90"]


def test_the_rows_of_the_firm_say_the_same_as_the_sheet(trade: str) -> None:
    firm, sheet = demos.firm(trade=trade), demos.answers(trade=trade)
    names = {item.slug: item.names["en"] for item in starters.pack(trade=trade).items}
    for day, side in (("2026-05-04", "today"), ("2026-06-04", "later")):
        expected = sheet["days"][day]
        for name, state in {
            "expired": "expired",
            "missing": "missing",
            "to_check": "below_trust",
            "no_date": "end_unknown",
        }.items():
            planted = {f"{one.person}: {names[one.item]}" for one in firm.held if getattr(one, side) == state}
            listed = {": ".join(line.split(": ")[:2]) for line in expected[name]}
            assert planted == listed, (day, name)


def test_every_cell_of_the_firm_has_a_row(trade: str) -> None:
    firm, sheet = demos.firm(trade=trade), demos.answers(trade=trade)
    assert len({one.name for one in firm.people}) == len(firm.people) == sheet["days"]["2026-05-04"]["counts"]["people"]
    needed = {(one.name, item) for one in firm.people for position in one.positions for item in firm.needs[position]}
    # Whoever holds what counts as the item needs no row of the item itself.
    counts_as = {item.slug: item.satisfies for item in starters.pack(trade=trade).items}
    held = Counter((one.person, one.item) for one in firm.held if one.today not in ("before", "extra"))
    assert not [pair for pair, n in held.items() if n > 1]
    by_other = {(one.person, other) for one in firm.held for other in counts_as.get(one.item, ())}
    exempt = sum(one.today == "exempt" for one in firm.held)
    assert needed - set(held) <= by_other
    assert len(needed) - exempt == sheet["cells"]
    for one in firm.held:
        assert (one.how == "none") is (one.obtained is None), one


@pytest.mark.django_db
def test_a_forged_card_is_never_green() -> None:
    actor = server_for(org_id=demos.load(trade="construction"))
    for on in [TODAY + timedelta(days=days) for days in (-60, 0, 31, 365)]:
        states = {cell.state for who, what, cell in _cells(actor, on) if who == "Omar Haddad" and what.startswith("OSHA 10")}
        assert len(states) == 1 and not states & COMPLIANT


@pytest.mark.django_db
def test_tallgrass_three_skills_rest_on_one_person_and_a_revision_turns_six_amber() -> None:
    actor = server_for(org_id=demos.load(trade="manufacturing"))
    only = {one.item.names["en"]: one.person.name for one in talent.only_one(actor=actor, on=TODAY)}
    assert only == {"5-axis setup": "Walt Jensen", "Repair gauges": "Priya Nair", "TIG weld aluminum": "Lena Kowalski"}
    [document] = skills_queries.documents(actor=actor)
    skills.raise_revision(actor=actor, document_id=document.id, code="D", effective_from=TODAY, grace_days=14, now=demos.CLOCK)
    for on, state in (
        (TODAY, State.REVISION_GRACE),
        (date(2026, 5, 18), State.REVISION_GRACE),
        (date(2026, 5, 19), State.REVISION_OLD),
    ):
        assert sum(cell.state is state for _, what, cell in _cells(actor, on) if what == "5-axis setup") == 6, on
    month_before = [cell.state for _, what, cell in _cells(actor, date(2026, 4, 20)) if what == "5-axis setup"]
    assert month_before == [State.MET] * 6


@pytest.mark.django_db
def test_sign_offs_are_real_proofs_and_photos_are_only_photos() -> None:
    org_id = demos.load(trade="construction")
    actor = server_for(org_id=org_id)
    proof = Issued.objects.filter(org_id=org_id, person_name="Manuel Ortiz").get()
    [report] = checking.check_and_keep(actor=actor, kind="file", name="p.json", body=bytes(proof.document), now=demos.CLOCK)
    assert report.verdict == "good" and proof.given_by == "Dale Kramer"
    cells = {who: cell for who, what, cell in _cells(actor, TODAY) if what.startswith("OSHA 10")}
    assert cells["Manuel Ortiz"].trust.name == "PHOTO" and not cells["Manuel Ortiz"].compliant
    assert Photo.objects.filter(holding__org_id=org_id).count() == 2
    assert len(holdings.waiting_photos(actor=actor)) == 0


@pytest.mark.django_db
def test_a_supervisor_of_one_site_sees_the_people_there() -> None:
    org_id = demos.load(trade="restaurant")
    users = {user.name: user.pk for user in people_queries.users()}
    diane = people_queries.actor_for(user_id=users["Diane Foster"], now=NOW, org_id=org_id)
    assert diane.role is Role.SUPERVISOR and len(talent.board(actor=diane, on=TODAY).people) == 18


@pytest.mark.django_db
@pytest.mark.parametrize("trade", ["manufacturing", "home-care"])
def test_removing_leaves_nothing_but_the_journal(trade: str, firm: Firm) -> None:
    before = _rows()
    org_id = demos.load(trade=trade)
    assert people_queries.is_set_up() and [one.id for one in people_queries.samples()] == [org_id]
    assert [one.id for one in people_queries.firms()] == [firm.org.id]
    demos.remove(org_id=org_id)
    assert _rows() == before
    assert demos.find(trade=trade) is None


@pytest.mark.django_db
def test_a_real_page_on_which_a_made_up_proof_was_kept_stays(firm: Firm) -> None:
    page = keep_one(firm=firm, issued=give_one(firm=firm))
    org_id = demos.load(trade="construction")
    made_up = Issued.objects.filter(org_id=org_id, person_name="Manuel Ortiz").get()
    space = people.make_own_space(org_id=org_id, person_id=made_up.person_id, into=page.org_id, now=NOW)
    sealed = signing.sealer(org_id=space.id).seal(bytes(made_up.document))
    Held.objects.create(
        org_id=space.id, sealed=sealed, credential_id="made-up", title="Made up", giver="Nobody", received_at=NOW,
        issued=made_up,
    )  # fmt: skip
    demos.remove(org_id=org_id)
    kept = records.mine(actor=page)
    assert {one.title for one in kept} == {"Made up", "Montacargas con asiento"}
    assert [one.issued_id for one in kept if one.title == "Made up"] == [None]


@pytest.mark.django_db
def test_a_real_firm_cannot_be_removed_like_this(firm: Firm) -> None:
    for org_id in (firm.org.id, UUID(int=7)):
        with pytest.raises(errors.NotFound):
            demos.remove(org_id=org_id)
    assert people_queries.organisation(actor=firm.owner).name == firm.org.name


@pytest.mark.django_db
def test_a_trade_has_one_made_up_firm_and_made_anew_it_is_as_before() -> None:
    first = demos.load(trade="childcare")
    with pytest.raises(people.CannotMakeSample, match=r"sample\.there"):
        demos.load(trade="childcare")
    people.add_person(actor=server_for(org_id=first), name="Somebody Else", now=demos.CLOCK)
    second = demos.reload(trade="childcare")
    assert second != first and len(people_queries.people(actor=server_for(org_id=second))) == 14
    with pytest.raises(errors.NotFound):
        demos.load(trade="bakery")


@pytest.mark.django_db
def test_whoever_enters_reaches_nothing_outside_and_no_real_firm(firm: Firm) -> None:
    org_id = demos.load(trade="childcare")
    stranger = people_queries.actor_for(user_id=people_queries.sample_owner(org_id=org_id).pk, now=NOW)
    assert stranger.org_id == org_id and stranger.sample
    for action in (
        "backup.make",
        "keys.change",
        "settings.change",
        "token.make",
        "trust.change",
        "member.invite",
        "passkey.keep",
    ):
        assert may(firm.owner, action) and not may(stranger, action), action
    for action in ("evidence.change", "item.change", "people.change", "board.read"):
        assert may(stranger, action), action
    with pytest.raises(errors.NotFound):
        people_queries.person(actor=stranger, person_id=firm.person.id)
    megan = next(one for one in people_queries.people(actor=stranger) if one.name == "Megan Tull")
    people.change_person(
        actor=stranger, person_id=megan.id, name=megan.name, phone="", email="a@b.example", language="en", now=NOW
    )
    kind = credentials.make_template(
        actor=stranger, name="N", did="D.", how="H.", method="observed", months=None, level_asked=False, colour="teal",
        language="en", now=NOW,
    )  # fmt: skip
    proof = credentials.give(actor=stranger, person_id=megan.id, template_id=kind.id, request_key="1", now=NOW)
    with pytest.raises(credentials.CannotOffer, match="sample_firm"):
        credentials.send_by_email(actor=stranger, issued_id=proof.id, now=NOW)
    with pytest.raises(errors.NotFound):
        people_queries.sample_owner(org_id=firm.org.id)


@pytest.mark.django_db
def test_a_made_up_firm_is_on_nobodys_list(firm: Firm) -> None:
    org_id = demos.load(trade="construction")
    proof = Issued.objects.filter(org_id=org_id).first()
    assert proof is not None
    [kept] = checking.check_and_keep(actor=firm.owner, kind="file", name="p.json", body=bytes(proof.document), now=demos.CLOCK)
    assert kept.verdict == "careful"


def _rows() -> dict[str, int]:
    kept = {"journal.entry"}
    every = {model._meta.label_lower: model._base_manager.count() for model in apps.get_models(include_auto_created=True)}
    return {name: n for name, n in every.items() if name not in kept}
