"""Sites, shifts, who works where, and what a supervisor of one site can and cannot do."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest

from skillmark.errors import NotFound
from skillmark.rooms.people import operations, queries, rules
from skillmark.rooms.people.models import Member
from skillmark.rooms.people.rules import Actor, Role
from tests.cast import Firm

pytestmark = pytest.mark.django_db
DAY = date(2026, 5, 4)


@pytest.fixture
def two(firm: Firm, now: datetime) -> SimpleNamespace:
    """North and South, a supervisor of each, Rosa at North and Sam at South."""
    north, south = (operations.add_site(actor=firm.owner, name=name, now=now) for name in ("North", "South"))

    def boss(site: object) -> Actor:
        return Actor(firm.org.id, Role.SUPERVISOR, "Boss", 7, sites=frozenset({site.id}), today=DAY)  # type: ignore[attr-defined]

    operations.assign(actor=firm.owner, person_id=firm.person.id, starts=DAY, site_id=north.id, now=now)
    sam = operations.add_person(actor=firm.owner, name="Sam Ortiz", site_id=south.id, hired_on=DAY, now=now)
    return SimpleNamespace(north=north, south=south, of_north=boss(north), of_south=boss(south), sam=sam)


def test_each_supervisor_sees_their_own(firm: Firm, two: SimpleNamespace) -> None:
    assert queries.people(actor=two.of_north) == [firm.person]
    assert queries.people(actor=two.of_south) == [two.sam]
    assert queries.seen_ids(actor=firm.owner) is None
    assert set(queries.seen_ids(actor=two.of_south) or ()) == {two.sam.id}
    assert queries.namesakes(actor=two.of_south, name="Rosa Delgado") == []
    with pytest.raises(NotFound):
        queries.person(actor=two.of_south, person_id=firm.person.id)


def test_whoever_a_supervisor_adds_works_at_their_site(firm: Firm, two: SimpleNamespace, now: datetime) -> None:
    added = operations.add_person(actor=two.of_north, name="New Person", now=now)
    assert queries.person(actor=two.of_north, person_id=added.id) == added
    [first, second] = operations.add_people(actor=two.of_north, names=["A A", "B B"], now=now)
    assert {first, second} <= set(queries.people(actor=two.of_north))
    both = Actor(firm.org.id, Role.SUPERVISOR, "Both", sites=frozenset({two.north.id, two.south.id}))
    with pytest.raises(operations.CannotPlace) as refused:
        operations.add_person(actor=both, name="Where", now=now)
    assert refused.value.code == "assignment.site_missing"
    with pytest.raises(NotFound):
        operations.add_person(actor=two.of_north, name="There", site_id=two.south.id, now=now)


def test_a_supervisor_decides_for_their_own_site_alone(firm: Firm, two: SimpleNamespace, now: datetime) -> None:
    operations.assign(actor=firm.owner, person_id=firm.person.id, starts=DAY, site_id=two.south.id, instead=False, now=now)
    at_south = next(
        one for one in queries.assignments(actor=firm.owner, person_id=firm.person.id) if one.site_id == two.south.id
    )
    with pytest.raises(NotFound):
        operations.end_assignment(actor=two.of_north, assignment_id=at_south.id, last=DAY, now=now)
    operations.assign(
        actor=two.of_north, person_id=firm.person.id, starts=DAY + timedelta(days=1), site_id=two.north.id,
        contract="Bridge", now=now,
    )  # fmt: skip
    open_ = [one for one in queries.assignments(actor=firm.owner, person_id=firm.person.id) if one.ends is None]
    assert {(one.site_id, one.contract) for one in open_} == {(two.south.id, ""), (two.north.id, "Bridge")}
    with pytest.raises(operations.CannotChangePerson) as refused:
        operations.leave(actor=two.of_north, person_id=firm.person.id, last=DAY, now=now)
    assert refused.value.code == "person.works_elsewhere"


def test_a_list_places_nobody_at_another_site(firm: Firm, two: SimpleNamespace, now: datetime) -> None:
    for person_id, site_id in ((two.sam.id, two.north.id), (firm.person.id, two.south.id)):
        with pytest.raises(NotFound):
            operations.place_many(actor=two.of_north, rows=[operations.Placing(person_id, DAY, site_id=site_id)], now=now)


def test_a_site_in_use_stays_and_an_empty_one_goes(firm: Firm, two: SimpleNamespace, other_firm: Firm, now: datetime) -> None:
    with pytest.raises(operations.CannotPlace) as refused:
        operations.archive_site(actor=firm.owner, site_id=two.south.id, now=now)
    assert refused.value.code == "site.in_use" and refused.value.facts["count"] == "1"
    with pytest.raises(NotFound):
        operations.archive_site(actor=other_firm.owner, site_id=two.south.id, now=now)
    operations.assign(actor=firm.owner, person_id=two.sam.id, starts=DAY, site_id=two.north.id, now=now)
    operations.archive_site(actor=firm.owner, site_id=two.south.id, now=now)
    assert two.south not in queries.sites(actor=firm.owner)
    # Whoever was limited to it is still limited, and not suddenly free.
    assert queries.people(actor=two.of_south) == []


def test_the_last_site_stays(firm: Firm, now: datetime) -> None:
    with pytest.raises(operations.CannotPlace) as refused:
        operations.archive_site(actor=firm.owner, site_id=queries.site(actor=firm.owner).id, now=now)
    assert refused.value.code == "site.last"


def test_a_site_keeps_its_own_clock_when_the_firm_changes_its(firm: Firm, two: SimpleNamespace, now: datetime) -> None:
    operations.change_site(
        actor=firm.owner, site_id=two.south.id, name="South", time_zone="America/Denver", date_order="dmy", now=now
    )
    operations.change_settings(
        actor=firm.owner, name="T", language="en", time_zone="America/New_York", date_order="mdy", base_url="", now=now
    )
    zones = {one.name: one.time_zone for one in queries.sites(actor=firm.owner)}
    assert zones == {"North": "America/New_York", "South": "America/Denver", firm.org.name: "America/New_York"}
    with pytest.raises(operations.CannotPlace):
        operations.change_site(
            actor=firm.owner, site_id=two.south.id, name="S", time_zone="Mars/Olympus", date_order="dmy", now=now
        )


def test_shifts_are_changed_and_taken_off_the_list(firm: Firm, two: SimpleNamespace, now: datetime) -> None:
    shift = operations.add_shift(actor=firm.owner, name="Night", starts_at=time(22), ends_at=time(6), now=now)
    operations.change_shift(
        actor=firm.owner, shift_id=shift.id, name="Late", starts_at=time(14), ends_at=time(22), weekdays="67",
        site_id=two.south.id, now=now,
    )  # fmt: skip
    [found] = queries.shifts(actor=firm.owner)
    assert (found.name, found.weekdays, found.site) == ("Late", "67", two.south)
    assert queries.shifts(actor=two.of_north) == [] and len(queries.shifts(actor=two.of_south)) == 1
    with pytest.raises(operations.CannotPlace):
        operations.change_shift(
            actor=firm.owner, shift_id=shift.id, name="Late", starts_at=time(14), ends_at=time(22), weekdays="8", now=now
        )
    with pytest.raises(operations.CannotDo):
        operations.archive_shift(actor=two.of_south, shift_id=shift.id, now=now)
    operations.archive_shift(actor=firm.owner, shift_id=shift.id, now=now)
    assert queries.shifts(actor=firm.owner) == []
    with pytest.raises(NotFound):
        operations.archive_shift(actor=firm.owner, shift_id=uuid4(), now=now)


def _auditor(firm: Firm, now: datetime, **days: date) -> int:
    _, code, pin = operations.invite(actor=firm.owner, name="Aud", role="auditor", now=now, **days)
    return operations.join(code=code, pin=pin, now=now).pk


def test_an_auditors_access_ends_with_the_last_day(firm: Firm, now: datetime) -> None:
    user_id = _auditor(firm, now, until=DAY + timedelta(days=2), read_from=date(2026, 3, 1), read_until=date(2026, 3, 31))
    actor = queries.actor_for(user_id=user_id, now=now)
    assert actor.role is Role.AUDITOR and rules.nearest_day(actor, DAY) == date(2026, 3, 31)
    assert rules.nearest_day(actor, date(2026, 2, 1)) == date(2026, 3, 1)
    assert not rules.may(actor, "people.change") and rules.may(actor, "board.read")
    # Where the firm is, it is still the last day for five hours after midnight in UTC.
    last_hour = datetime(2026, 5, 7, 4, 59, tzinfo=now.tzinfo)
    assert queries.actor_for(user_id=user_id, now=last_hour)
    with pytest.raises(NotFound):
        queries.actor_for(user_id=user_id, now=last_hour + timedelta(minutes=1))


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({}, "member.until_missing"),
        ({"until": DAY - timedelta(days=1)}, "member.until_past"),
        ({"until": DAY + timedelta(days=400)}, "member.until_far"),
        ({"until": DAY, "read_from": date(2026, 3, 2), "read_until": date(2026, 3, 1)}, "member.days"),
        ({"role": "owner"}, "member.role"),
        ({"name": " "}, "join.name_missing"),
    ],
)
def test_an_invitation_that_cannot_be_says_why(firm: Firm, now: datetime, said: dict[str, object], code: str) -> None:
    with pytest.raises(operations.CannotInvite) as refused:
        operations.invite(**({"actor": firm.owner, "name": "Aud", "role": "auditor", "now": now} | said))  # type: ignore[arg-type]
    assert refused.value.code == code


def test_sites_of_a_member_change_and_only_to_ones_own(
    firm: Firm, other_firm: Firm, two: SimpleNamespace, now: datetime
) -> None:
    member = next(one for one in queries.members(actor=firm.owner) if one.role == Role.SUPERVISOR)
    operations.change_member(actor=firm.owner, member_id=member.id, sites=[two.south.id], now=now)
    assert queries.people(actor=queries.actor_for(user_id=member.user_id, now=now)) == [two.sam]
    foreign = queries.site(actor=other_firm.owner)
    owner = next(one for one in queries.members(actor=firm.owner) if one.role == Role.OWNER)
    for actor, member_id, sites in (
        (firm.owner, member.id, [foreign.id]), (other_firm.owner, member.id, []), (firm.owner, owner.id, []),
    ):  # fmt: skip
        with pytest.raises(NotFound):
            operations.change_member(actor=actor, member_id=member_id, sites=sites, now=now)
    with pytest.raises(operations.CannotDo):
        operations.change_member(actor=two.of_north, member_id=member.id, sites=[], now=now)
    assert Member.objects.get(id=member.id).sites.count() == 1
