"""Reminders by themselves: off until switched on, each step once, quiet at night, silent after a photo, told upwards."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core import mail

from skillmark.edges.jobs import queue, remind, send_mail
from skillmark.edges.jobs.schedule import BY_NAME
from skillmark.edges.jobs.sweeper import Sweeper
from skillmark.rooms.holdings import operations as holdings
from skillmark.rooms.holdings import queries
from skillmark.rooms.holdings.models import Ask, Reminded
from skillmark.rooms.journal import queries as journal
from skillmark.rooms.people import operations as people
from skillmark.rooms.people.models import Member, User
from tests.cast import NOW, Firm
from tests.web.reminding import Kitchen, hold, make_kitchen

pytestmark = pytest.mark.django_db(transaction=True)
MORNING = NOW.replace(hour=15)  # 10:00 in Chicago; the fourth of May 2026 is a Monday
Work = Callable[[datetime], None]


@pytest.fixture
def kitchen(firm: Firm, settings: Any) -> Kitchen:
    settings.EMAIL_IS_SET_UP = True
    return make_kitchen(firm, NOW, days=90)


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> Work:
    """One round, and all the mail that it wishes for, as the worker process does it."""
    line: list[tuple[str, dict[str, str]]] = []
    monkeypatch.setattr(queue, "put", lambda name, **facts: line.append((name, facts)))
    sweeper = Sweeper(put=queue.put, is_long=lambda: False, jobs=[BY_NAME["send_mail"]])

    def done(when: datetime) -> None:
        remind.run(now=when)
        sweeper.sweep(now=when)
        while line:
            name, facts = line.pop(0)
            BY_NAME[name].run(now=when, **facts)

    return done


def switch_on(firm: Firm, now: datetime = MORNING, **changed: Any) -> None:
    wanted = {
        "steps": (90, 60, 30, 7), "quiet_from": time(19), "quiet_until": time(8), "tells_supervisors": True, "weekly": False,
    }  # fmt: skip
    holdings.switch_reminders_on(actor=firm.owner, now=now, **(wanted | changed))


def to(address: str) -> list[Any]:
    return [one for one in mail.outbox if one.to == [address]]


def test_nothing_goes_out_before_it_is_switched_on(kitchen: Kitchen, work: Work) -> None:
    for day in (0, 30, 60, 85, 91):
        work(MORNING + timedelta(days=day))
    assert mail.outbox == [] and not Ask.objects.exists()


def test_each_step_is_one_email_in_the_workers_language(kitchen: Kitchen, work: Work) -> None:
    switch_on(kitchen.firm)
    for day in range(91):
        work(MORNING + timedelta(days=day))
        work(MORNING + timedelta(days=day, minutes=30))
    letters = to("rosa@worker.example")
    assert len(letters) == 4
    assert list(Ask.objects.filter(person=kitchen.rosa).order_by("made_at").values_list("step", flat=True)) == [90, 60, 30, 7]
    assert "Tarjeta de manipulación de alimentos" in letters[0].subject and "2 de agosto de 2026" in letters[0].body
    assert not Ask.objects.filter(person=kitchen.kyle).exists(), "nobody can write to him"
    assert all(one.channel == "email" and one.sent_at for one in Ask.objects.all())


def test_a_late_start_is_one_reminder_not_three(kitchen: Kitchen, work: Work) -> None:
    late = MORNING + timedelta(days=70)
    switch_on(kitchen.firm, late)
    work(late)
    assert list(Ask.objects.values_list("step", flat=True)) == [30]


def test_the_same_round_twice_is_once(kitchen: Kitchen, work: Work) -> None:
    switch_on(kitchen.firm)
    for _ in range(3):
        remind.run(now=MORNING)
    wishes = journal.entries(org_id=kitchen.firm.org.id, events=send_mail.WISHES)
    assert len(wishes) == 1 and Reminded.objects.count() == 1
    for _ in range(2):
        send_mail.run(now=MORNING, org_id=str(kitchen.firm.org.id), entry_id=str(wishes[0].id))
    assert len(mail.outbox) == 1


def test_a_mail_server_that_is_down_costs_only_time(kitchen: Kitchen, work: Work, settings: Any) -> None:
    switch_on(kitchen.firm)
    settings.EMAIL_IS_SET_UP = False
    work(MORNING)
    assert mail.outbox == [] and not Ask.objects.exclude(sent_at=None).exists()
    settings.EMAIL_IS_SET_UP = True
    (wish,) = journal.entries(org_id=kitchen.firm.org.id, events=send_mail.WISHES)
    send_mail.run(now=MORNING + timedelta(hours=2), org_id=str(kitchen.firm.org.id), entry_id=str(wish.id))
    assert len(to("rosa@worker.example")) == 1


@pytest.mark.parametrize(("hour", "goes"), [(7, False), (8, True), (18, True), (19, False), (23, False)])
def test_nights_are_quiet_by_the_clock_of_the_site(kitchen: Kitchen, work: Work, hour: int, goes: bool) -> None:
    switch_on(kitchen.firm)
    work(datetime(2026, 5, 4, hour, 30, tzinfo=ZoneInfo("America/Chicago")).astimezone(UTC))
    assert bool(mail.outbox) is goes


def test_a_site_elsewhere_has_a_clock_of_its_own(kitchen: Kitchen, work: Work) -> None:
    switch_on(kitchen.firm)
    far = people.add_site(actor=kitchen.firm.owner, name="Honolulu", time_zone="Pacific/Honolulu", now=NOW)
    people.assign(actor=kitchen.firm.owner, person_id=kitchen.rosa.id, site_id=far.id, starts=NOW.date(), now=NOW)
    work(MORNING)  # 5:00 there
    assert not mail.outbox
    work(MORNING + timedelta(hours=4))
    assert len(to("rosa@worker.example")) == 1


def test_a_photo_that_was_handed_in_ends_it(kitchen: Kitchen, work: Work) -> None:
    switch_on(kitchen.firm)
    work(MORNING)
    link = mail.outbox[0].body.split("/u/")[1].split()[0]
    holdings.use_ask(token=link, body=b"new", media_type="image/jpeg", name="new.jpg", now=MORNING + timedelta(hours=1))
    for day in range(1, 92):
        work(MORNING + timedelta(days=day))
    assert len(to("rosa@worker.example")) == 1
    told = "\n".join(one.body for one in mail.outbox if one.to != ["rosa@worker.example"])
    assert "Rosa" not in told and "Kyle" in told


def test_a_new_end_begins_anew(kitchen: Kitchen, work: Work) -> None:
    switch_on(kitchen.firm)
    work(MORNING)
    # The new card begins on the day on which the old one ends: there is nothing left to ask for.
    hold(kitchen.firm, kitchen.rosa.id, kitchen.item.id, kitchen.ends + timedelta(days=365), MORNING)
    for day in (31, 61, 84, 91):
        work(MORNING + timedelta(days=day))
    assert len(to("rosa@worker.example")) == 1
    work(MORNING + timedelta(days=365))
    assert len(to("rosa@worker.example")) == 2


def test_who_said_no_gets_none_and_may_say_yes_again(kitchen: Kitchen, work: Work) -> None:
    switch_on(kitchen.firm)
    work(MORNING)
    code = mail.outbox[0].body.split("/stop")[0].rsplit("/u/")[-1]
    holdings.want_email(token=code, wanted=False, now=MORNING)
    work(MORNING + timedelta(days=30))
    assert len(to("rosa@worker.example")) == 1
    assert queries.said_no(actor=kitchen.firm.owner) == {kitchen.rosa.id}
    holdings.want_email(token=code, wanted=True, now=MORNING + timedelta(days=31))
    work(MORNING + timedelta(days=31))
    assert len(to("rosa@worker.example")) == 2


def test_the_supervisor_hears_at_thirty_days_and_after_silence_the_owner_at_the_end(kitchen: Kitchen, work: Work) -> None:
    switch_on(kitchen.firm)
    boss, owner = kitchen.firm.supervisor_user.email, kitchen.firm.owner_user.email
    work(MORNING + timedelta(days=59))
    assert len(to("rosa@worker.example")) == 1 and to(boss) == []
    work(MORNING + timedelta(days=60))  # 30 days left: one message about both
    (first,) = to(boss)
    assert "Rosa Delgado: Food handler card" in first.body and "Kyle Mercer" in first.body
    work(MORNING + timedelta(days=60, hours=1))
    work(MORNING + timedelta(days=65))
    assert len(to(boss)) == 1
    work(MORNING + timedelta(days=66))  # a week after the first e-mail, and no answer
    assert "No answer for a week" in to(boss)[1].body and "Kyle" not in to(boss)[1].body
    assert to(owner) == []
    for day in (90, 91, 92):
        work(MORNING + timedelta(days=day))
    (end,) = to(owner)
    assert "Ended without a new photo" in end.body and "Rosa Delgado" in end.body


def test_a_supervisor_of_one_site_hears_of_their_people_only(kitchen: Kitchen, work: Work) -> None:
    firm = kitchen.firm
    here = people.add_site(actor=firm.owner, name="North", now=NOW)
    people.assign(actor=firm.owner, person_id=kitchen.rosa.id, site_id=here.id, starts=NOW.date(), now=NOW)
    there = people.add_site(actor=firm.owner, name="South", now=NOW)
    walt = Member.objects.get(org=firm.org, user=firm.supervisor_user)
    walt.sites.add(there)
    ana = User.objects.create(handle="ana", name="Ana Ruiz", email="ana@boss.example", language="es", date_joined=NOW)
    Member.objects.create(org=firm.org, user=ana, role="supervisor", since=NOW).sites.add(here)
    switch_on(firm)
    work(MORNING + timedelta(days=60))
    (letter,) = to("ana@boss.example")
    assert "Rosa" in letter.body and "Kyle" not in letter.body and "Tarjeta de manipulación" in letter.body
    assert to(firm.supervisor_user.email) == []
    assert "Kyle" in to(firm.owner_user.email)[0].body, "whom no supervisor sees, the owner hears of"


def test_mondays_bring_the_owner_one_summary_without_names(kitchen: Kitchen, work: Work) -> None:
    switch_on(kitchen.firm, weekly=True, steps=(7,), tells_supervisors=False)
    owner = kitchen.firm.owner_user.email
    for hours in (0, 1, 24, 24 * 6):
        work(MORNING + timedelta(hours=hours))
    assert to(owner) == [], "the first comes on the next Monday"
    for days in (7, 8, 13):
        work(MORNING + timedelta(days=days))
    (letter,) = to(owner)
    assert "2 end within 90 days" in letter.body and "Rosa" not in letter.body
    work(MORNING + timedelta(days=65))
    assert "We can’t reach 1 person by e-mail" in to(owner)[1].body


def test_a_made_up_firm_writes_to_nobody(kitchen: Kitchen, work: Work) -> None:
    switch_on(kitchen.firm)
    kitchen.firm.org.sample = "restaurant"
    kitchen.firm.org.save()
    for day in range(0, 95, 5):
        work(MORNING + timedelta(days=day))
    assert mail.outbox == [] and not Ask.objects.exists()
    with pytest.raises(holdings.CannotRemind, match=r"ask\.sample_firm"):
        switch_on(kitchen.firm)


def test_a_wish_that_a_made_up_firm_still_has_is_given_up(kitchen: Kitchen, work: Work) -> None:
    switch_on(kitchen.firm)
    remind.run(now=MORNING)
    kitchen.firm.org.sample = "restaurant"
    kitchen.firm.org.save()
    work(MORNING)
    assert mail.outbox == []
    assert journal.entries(org_id=kitchen.firm.org.id, events=[send_mail.GIVEN_UP])


def test_switched_off_is_off(kitchen: Kitchen, work: Work) -> None:
    switch_on(kitchen.firm)
    holdings.switch_reminders_off(actor=kitchen.firm.owner, now=MORNING)
    work(MORNING)
    assert mail.outbox == []
    with pytest.raises(holdings.CannotRemind, match=r"remind\.steps"):
        switch_on(kitchen.firm, steps=(5,))
    with pytest.raises(people.CannotDo):
        holdings.switch_reminders_off(actor=kitchen.firm.supervisor, now=MORNING)
