"""Signing off: kept once, refused with a reason, taken back in time, signed by a second person, limited to who may."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from skillmark.errors import DomainError, NotFound
from skillmark.rooms.credentials import operations as credentials
from skillmark.rooms.credentials.models import TemplateVersion
from skillmark.rooms.holdings import operations, queries
from skillmark.rooms.holdings.models import SignOff
from skillmark.rooms.journal.models import Entry
from skillmark.rooms.people import operations as people
from skillmark.rooms.people import queries as people_queries
from skillmark.rooms.people.models import Member, Organisation, Person, Site, User
from skillmark.rooms.people.rules import Role
from skillmark.rooms.skills import operations as skills
from tests.cast import NOW, Firm
from tests.house.holdings.signing import DAY, LATER, LONG_AGO, make_behaviour, make_item, settle, sign, sign_with_token

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def item(firm: Firm) -> Any:
    return make_item(firm)


def refused(ask: Callable[[], object]) -> str:
    with pytest.raises(DomainError) as raised:
        ask()
    return raised.value.code


def events(firm: Firm) -> list[str]:
    told = Entry.objects.filter(org_id=firm.org.id, event__startswith="holdings.").order_by("id")
    return list(told.values_list("event", flat=True))


def second_supervisor(firm: Firm, name: str = "Ines Roth") -> Any:
    user = User.objects.create(handle=uuid4().hex, name=name, date_joined=NOW, email=f"{uuid4().hex}@roth.example")
    Member.objects.create(org=firm.org, user=user, role=Role.SUPERVISOR, since=NOW)
    return people_queries.actor_for(user_id=user.id, now=NOW)


def test_what_was_seen_is_kept_with_the_words_of_that_day(firm: Firm, item: Any) -> None:
    made, token = sign_with_token(firm, item, steps=[2, 0, 0], seen="  Set  G54. ", hours=Decimal("1.5"), place="Cell 4")
    made.refresh_from_db()
    version = TemplateVersion.objects.get()
    assert (made.steps, made.seen, made.hours, made.place) == ([0, 2], "Set G54.", Decimal("1.50"), "Cell 4")
    assert (made.version_id, made.method, made.level) == (version.id, "observed", 3)
    assert (made.observer, made.day, made.state) == ("Walt Jensen", date(2026, 5, 4), "waiting")
    assert made.sign_at == NOW + timedelta(seconds=10) and len(token) > 40 and token not in made.token_hash
    assert events(firm) == ["holdings.sign_off.made"]


def test_the_day_is_that_of_the_site(firm: Firm, item: Any) -> None:
    tokyo = Site.objects.create(org=firm.org, name="Yokohama", time_zone="Asia/Tokyo")
    late = NOW.replace(hour=3)  # in Chicago still 3 May
    assert sign(firm, item, observed_at=late).day == date(2026, 5, 3)
    assert sign(firm, item, observed_at=late, site_id=tokyo.id).day == date(2026, 5, 4)


def test_sent_twice_it_is_kept_once(firm: Firm, item: Any) -> None:
    same = {"sign_off_id": uuid4(), "photo": (b"jpeg", "image/jpeg"), "seen": "Set G54."}
    first, token = sign_with_token(firm, item, **same)
    again, no_token = sign_with_token(firm, item, now=NOW + DAY, observed_at=NOW, **same)
    assert (first.id, no_token) == (again.id, "") and token
    assert SignOff.objects.count() == 1 and events(firm) == ["holdings.sign_off.made"]
    named = sign(firm, item, observed_at=NOW, **same, version_id=first.version_id, revision="")
    assert named.id == first.id


@pytest.mark.parametrize(
    "other",
    [
        {"level": 2}, {"steps": [0]}, {"seen": "Set G55."}, {"observed_at": NOW - MINUTE}, {"place": "Cell 5"},
        {"language_used": "es"}, {"hours": Decimal(2)}, {"photo": (b"other", "image/jpeg")}, {"method": "test"},
        {"revision": "D"}, {"version_id": uuid4()}, {"entered": "offline"},
    ],
)  # fmt: skip
def test_the_same_id_with_other_content_is_refused(firm: Firm, item: Any, other: dict[str, Any]) -> None:
    sign_off_id = uuid4()
    sign(firm, item, sign_off_id=sign_off_id)
    assert refused(lambda: sign(firm, item, sign_off_id=sign_off_id, **other)) == "sign_off.sent_differently"


def test_somebody_elses_id_is_not_there(firm: Firm, other_firm: Firm, item: Any) -> None:
    made = sign(firm, item)
    theirs = make_item(other_firm)
    with pytest.raises(NotFound):
        sign(other_firm, theirs, sign_off_id=made.id)
    with pytest.raises(NotFound):
        sign(firm, item, actor=firm.owner, sign_off_id=made.id)
    with pytest.raises(NotFound):
        sign(other_firm, theirs, person_id=firm.person.id)
    with pytest.raises(NotFound):
        sign(other_firm, item)


def test_nobody_signs_for_themselves(firm: Firm, item: Any) -> None:
    named = people.add_person(actor=firm.owner, name="Walt  JENSEN", now=NOW)
    assert refused(lambda: sign(firm, item, person_id=named.id)) == "sign_off.own"
    mailed = people.add_person(actor=firm.owner, name="W. J.", now=NOW)
    Person.objects.filter(id=mailed.id).update(email=firm.supervisor_user.email.upper())
    assert refused(lambda: sign(firm, item, person_id=mailed.id)) == "sign_off.own"
    Person.objects.filter(id=named.id).update(email="another.walt@example.com")
    assert sign(firm, item, person_id=named.id).observer == "Walt Jensen"


def test_only_who_is_set_up_signs(firm: Firm, item: Any) -> None:
    operations.set_signers(actor=firm.owner, item_id=item.id, user_ids=[firm.owner_user.id], now=NOW)
    assert queries.signers(actor=firm.owner, item_id=item.id) == {firm.owner_user.id}
    with pytest.raises(operations.CannotSignOff) as raised:
        sign(firm, item)
    assert (raised.value.code, raised.value.facts) == ("sign_off.not_set_up", {"item": "Tool change"})
    assert sign(firm, item, actor=firm.owner).observer == "Dana Whitlock"
    operations.set_signers(actor=firm.owner, item_id=item.id, user_ids=[], now=NOW)
    assert queries.signers(actor=firm.owner, item_id=item.id) is None and sign(firm, item)


def test_signers_are_owners_and_supervisors_of_this_firm(firm: Firm, other_firm: Firm, item: Any) -> None:
    with pytest.raises(NotFound):
        operations.set_signers(actor=firm.owner, item_id=item.id, user_ids=[other_firm.owner_user.id], now=NOW)
    Member.objects.filter(user=firm.supervisor_user).update(role=Role.AUDITOR)
    with pytest.raises(NotFound):
        operations.set_signers(actor=firm.owner, item_id=item.id, user_ids=[firm.supervisor_user.id], now=NOW)
    with pytest.raises(people.CannotDo):
        operations.set_signers(actor=firm.supervisor, item_id=item.id, user_ids=[], now=NOW)
    with pytest.raises(NotFound):
        operations.set_signers(actor=other_firm.owner, item_id=item.id, user_ids=[], now=NOW)
    auditor = people_queries.actor_for(user_id=firm.supervisor_user.id, now=NOW)
    assert refused(lambda: sign(firm, item, actor=auditor)) == "role.not_allowed"


@pytest.mark.parametrize(
    "words",
    ["Lazy", "Rosa is slow.", "Great!", "Set the offset, careless", "muy lenta", "Rosa has a bad back.", "She stole a drill."],
)
def test_opinions_and_the_like_are_refused(firm: Firm, item: Any, words: str) -> None:
    assert refused(lambda: sign(firm, item, seen=words)).startswith("text.")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"level": None}, "sign_off.level_missing"),
        ({"level": 5}, "sign_off.level_missing"),
        ({"steps": [], "seen": "  "}, "sign_off.nothing_seen"),
        ({"steps": [3]}, "sign_off.step_unknown"),
        ({"steps": [-1]}, "sign_off.step_unknown"),
        ({"seen": "a " * 301}, "sign_off.too_long"),
        ({"place": "x" * 201}, "sign_off.too_long"),
        ({"method": "guess"}, "sign_off.method"),
        ({"method": "hours"}, "sign_off.hours"),
        ({"hours": Decimal("NaN")}, "sign_off.hours"),
        ({"hours": Decimal(0)}, "sign_off.hours"),
        ({"hours": Decimal("9999.999")}, "sign_off.hours"),
        ({"entered": "later"}, "sign_off.entered"),
        ({"entered": "paper"}, "sign_off.entered"),
        ({"entered_by": "Dana"}, "sign_off.entered"),
        ({"observed_at": NOW + 6 * MINUTE}, "sign_off.clock"),
        ({"observed_at": NOW - timedelta(days=366)}, "sign_off.too_old"),
        ({"observed_at": NOW - timedelta(days=366), "entered": "offline"}, "sign_off.too_old"),
        ({"revision": "C"}, "sign_off.revision_changed"),
    ],
)
def test_what_is_refused(firm: Firm, item: Any, change: dict[str, Any], code: str) -> None:
    assert refused(lambda: sign(firm, item, **change)) == code
    assert not SignOff.objects.exists()


def test_a_phone_that_is_a_little_ahead_may_sign(firm: Firm, item: Any) -> None:
    assert sign(firm, item, observed_at=NOW + 4 * MINUTE)


def test_paper_goes_back_to_the_firms_start(firm: Firm, item: Any) -> None:
    Organisation.objects.filter(id=firm.org.id).update(created_at=NOW - timedelta(days=500))
    paper = {"entered": "paper", "entered_by": "Dana Whitlock"}
    assert sign(firm, item, observed_at=NOW - timedelta(days=499), **paper).day == date(2024, 12, 21)
    before = NOW - timedelta(days=501)
    assert refused(lambda: sign(firm, item, observed_at=before, **paper)) == "sign_off.before_start"


def test_the_person_must_have_been_there(firm: Firm, item: Any) -> None:
    Person.objects.filter(id=firm.person.id).update(hired_on=date(2026, 5, 3), left_on=date(2026, 5, 5))
    assert refused(lambda: sign(firm, item, observed_at=NOW - 2 * DAY)) == "sign_off.before_hired"
    assert refused(lambda: sign(firm, item, now=NOW + 2 * DAY)) == "sign_off.person_left"
    assert sign(firm, item, now=NOW + 2 * DAY, observed_at=NOW, entered="offline").day == date(2026, 5, 4)


def test_an_item_must_say_how_it_is_checked_and_be_in_use(firm: Firm) -> None:
    bare = skills.add_item(actor=firm.owner, kind="skill", names={"en": "Sweeping"}, starts=LONG_AGO, now=NOW)
    assert refused(lambda: sign(firm, bare)) == "item.how_missing"
    item = make_item(firm)
    skills.change_item(actor=firm.owner, item_id=item.id, names=item.names, shows={}, now=NOW)
    assert refused(lambda: sign(firm, item)) == "template.did_missing"
    skills.archive_item(actor=firm.owner, item_id=item.id, now=NOW)
    assert refused(lambda: sign(firm, item)) == "item.archived"


def test_hours_need_no_words(firm: Firm) -> None:
    item = make_item(firm, method="hours", checklist=[], leveled=False)
    assert sign(firm, item, seen="", hours=Decimal("7.25")).hours == Decimal("7.25")


def with_revisions(firm: Firm) -> Any:
    document = skills.add_document(actor=firm.owner, code="WI-14", now=NOW)
    for code, day in (("C", date(2026, 1, 1)), ("D", date(2026, 5, 4))):
        skills.raise_revision(actor=firm.owner, document_id=document.id, code=code, effective_from=day, grace_days=14, now=NOW)
    return make_item(firm, document_id=document.id)


def test_the_instruction_changed_while_the_phone_was_away(firm: Firm) -> None:
    item = with_revisions(firm)
    with pytest.raises(operations.CannotSignOff) as raised:
        sign(firm, item, revision="C")
    assert (raised.value.code, raised.value.facts) == ("sign_off.revision_changed", {"revision": "D"})
    before = sign(firm, item, revision="C", observed_at=NOW - DAY, entered="offline")
    assert (before.document, before.revision) == ("WI-14", "C")
    assert sign(firm, item).revision == "D"


def test_the_words_changed_while_the_phone_was_away(firm: Firm, item: Any) -> None:
    old = sign(firm, item).version_id
    skills.change_signing(actor=firm.owner, item_id=item.id, how={"en": "Watched on two machines."}, now=NOW + MINUTE)
    credentials.template_of_item(actor=firm.owner, item_id=item.id, now=NOW + MINUTE)
    stale = {"version_id": old, "now": NOW + 2 * MINUTE}
    assert refused(lambda: sign(firm, item, **stale)) == "sign_off.words_changed"
    assert sign(firm, item, **stale, observed_at=NOW, entered="offline").version_id == old
    other = sign(firm, make_item(firm)).version_id
    with pytest.raises(NotFound):
        sign(firm, item, version_id=other)


def test_taken_back_within_ten_seconds(firm: Firm, item: Any) -> None:
    made = sign(firm, item)
    undone = operations.undo_sign_off(actor=firm.supervisor, sign_off_id=made.id, now=NOW)
    assert (undone.state, undone.undone_by) == ("undone", "Walt Jensen")
    assert operations.undo_sign_off(actor=firm.supervisor, sign_off_id=made.id, now=NOW + DAY).undone_at == NOW
    assert settle() == 0
    assert events(firm) == ["holdings.sign_off.made", "holdings.sign_off.undone"]


def test_who_may_take_it_back_and_until_when(firm: Firm, other_firm: Firm, item: Any) -> None:
    first, second = sign(firm, item), sign(firm, item)
    other = second_supervisor(firm)
    undo = operations.undo_sign_off
    assert refused(lambda: undo(actor=other, sign_off_id=first.id, now=NOW)) == "role.not_allowed"
    with pytest.raises(NotFound):
        undo(actor=other_firm.owner, sign_off_id=first.id, now=NOW)
    assert undo(actor=firm.owner, sign_off_id=first.id, now=NOW).state == "undone"
    settle()
    assert refused(lambda: undo(actor=firm.supervisor, sign_off_id=second.id, now=NOW + LATER)) == "sign_off.too_late"


def test_a_second_person_signs(firm: Firm, other_firm: Firm) -> None:
    item = make_behaviour(firm, co_sign=True)
    made = sign(firm, item)
    assert refused(lambda: operations.co_sign(actor=firm.supervisor, sign_off_id=made.id, now=NOW)) == "sign_off.co_sign_own"
    with pytest.raises(NotFound):
        operations.co_sign(actor=other_firm.owner, sign_off_id=made.id, now=NOW)
    signed = operations.co_sign(actor=firm.owner, sign_off_id=made.id, now=NOW)
    assert (signed.co_signed_by, signed.co_signed_at) == ("Dana Whitlock", NOW)
    operations.co_sign(actor=second_supervisor(firm), sign_off_id=made.id, now=NOW + DAY)
    assert SignOff.objects.get().co_signed_by == "Dana Whitlock"
    assert events(firm)[-1] == "holdings.sign_off.co_signed" and len(events(firm)) == 2


def test_who_may_not_co_sign(firm: Firm, item: Any) -> None:
    made = sign(firm, item)
    rosa = second_supervisor(firm, name="Rosa Delgado")
    assert refused(lambda: operations.co_sign(actor=rosa, sign_off_id=made.id, now=NOW)) == "sign_off.own"
    operations.set_signers(actor=firm.owner, item_id=item.id, user_ids=[firm.supervisor_user.id], now=NOW)
    assert refused(lambda: operations.co_sign(actor=firm.owner, sign_off_id=made.id, now=NOW)) == "sign_off.not_set_up"
    operations.set_signers(actor=firm.owner, item_id=item.id, user_ids=[], now=NOW)
    operations.undo_sign_off(actor=firm.supervisor, sign_off_id=made.id, now=NOW)
    assert refused(lambda: operations.co_sign(actor=firm.owner, sign_off_id=made.id, now=NOW)) == "sign_off.undone"


def test_a_supervisor_of_one_site_signs_for_the_people_there(firm: Firm, item: Any) -> None:
    here = people.add_site(actor=firm.owner, name="North", time_zone="America/Chicago", now=NOW)
    member = Member.objects.get(user=firm.supervisor_user)
    member.sites.add(here.id)
    walt = people_queries.actor_for(user_id=firm.supervisor_user.id, now=NOW)
    made = sign(firm, item, actor=firm.owner)
    with pytest.raises(NotFound):
        sign(firm, item, actor=walt)
    with pytest.raises(NotFound):
        queries.sign_off(actor=walt, sign_off_id=made.id)
    assert queries.sign_offs(actor=walt) == []
    people.assign(actor=firm.owner, person_id=firm.person.id, site_id=here.id, starts=LONG_AGO, now=NOW)
    assert sign(firm, item, actor=walt, site_id=here.id).site_id == here.id
    assert len(queries.sign_offs(actor=walt)) == 2


def test_what_there_is_to_sign(firm: Firm) -> None:
    item = with_revisions(firm)
    behaviour = make_behaviour(firm)
    skills.add_item(actor=firm.owner, kind="card", names={"en": "First aid"}, starts=LONG_AGO, now=NOW)
    operations.set_signers(actor=firm.owner, item_id=behaviour.id, user_ids=[firm.owner_user.id], now=NOW)
    first = sign(firm, item, steps=[1])
    rows = queries.to_sign(actor=firm.supervisor, person_id=firm.person.id, on=date(2026, 5, 4))
    assert [(row.item.id, row.may_sign, row.can_sign) for row in rows] == [(item.id, True, True), (behaviour.id, False, True)]
    leveled, other = rows
    assert (leveled.version_id, leveled.document, leveled.revision) == (first.version_id, "WI-14", "D")
    assert (leveled.standing[3].steps, leveled.last) == ((0, 2), first)
    assert (other.version_id, other.asked.times_seen, other.standing, other.last) == (None, 2, {}, None)


def test_words_that_are_out_of_date_are_not_handed_out(firm: Firm, item: Any) -> None:
    sign(firm, item)
    skills.change_signing(actor=firm.owner, item_id=item.id, checklist=[{"en": "Locks the spindle"}], now=NOW)
    [row] = queries.to_sign(actor=firm.supervisor, person_id=firm.person.id, on=date(2026, 5, 4))
    assert (row.version_id, row.asked.steps) == (None, 1)
    missing = queries.still_missing(
        actor=firm.supervisor, person_id=firm.person.id, item_id=item.id, level=3, on=date(2026, 5, 4)
    )
    assert (missing.steps, len(missing.history)) == ((0,), 1)
