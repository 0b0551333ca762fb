"""Batches are worked off, watched items checked again and lists read again; owners hear of a change once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail

from credcore.trust import files
from skillmark.desks import checking
from skillmark.edges.jobs import check_batches, clean_up, queue, recheck, refresh_lists, send_mail, tell_owners
from skillmark.edges.jobs.schedule import BY_NAME
from skillmark.edges.jobs.sweeper import Sweeper
from skillmark.rooms.credentials import operations as credentials
from skillmark.rooms.credentials import queries
from skillmark.rooms.credentials.models import Batch, Check, RememberedAnswer
from skillmark.rooms.journal import queries as journal
from skillmark.rooms.people.models import Member, Organisation, User
from tests.cast import NOW, Firm
from tests.house.desks.conftest import Net, net
from tests.house.desks.test_checking import ADDRESS, COUNTY, PROOF, follow, trust

__all__ = ["net"]
pytestmark = pytest.mark.django_db(transaction=True)
Line = list[tuple[str, dict[str, str]]]


@pytest.fixture
def waiting(monkeypatch: pytest.MonkeyPatch) -> Line:
    """The queue, as a list."""
    line: Line = []
    monkeypatch.setattr(queue, "put", lambda name, **facts: line.append((name, facts)))
    return line


@pytest.fixture
def work(waiting: Line) -> Callable[[datetime], None]:
    """Look at journal and clock once, and do everything that is in the queue, and what that puts there."""
    sweeper = Sweeper(put=queue.put, is_long=lambda: False)

    def done(when: datetime) -> None:
        for _ in range(3):  # what jobs write into the journal asks for further jobs
            sweeper.sweep(now=when)
            while waiting:
                name, facts = waiting.pop(0)
                BY_NAME[name].run(now=when, **facts)

    return done


def batch(firm: Firm, count: int) -> Batch:
    rows = [(f"{number}", "file", PROOF + b" " * number) for number in range(count)]
    return credentials.start_batch(actor=firm.supervisor, name="Monday", rows=rows, now=NOW)


def state(firm: Firm, made: Batch) -> tuple[str, int]:
    found = queries.batch(actor=firm.owner, batch_id=made.id)
    return found.state, found.done


@pytest.fixture
def short_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check_batches, "ROWS", 4)


@pytest.mark.usefixtures("short_turns")
def test_a_batch_is_worked_off(firm: Firm, net: Net, work: Callable[[datetime], None]) -> None:
    made = batch(firm, 10)
    work(NOW)
    assert state(firm, made) == ("done", 10) and Check.objects.count() == 10


@pytest.mark.usefixtures("short_turns")
def test_others_have_their_turn_between(firm: Firm, net: Net, waiting: Line) -> None:
    made = batch(firm, 5)
    waiting.append(("send_mail", {}))
    check_batches.run(now=NOW, batch_id=str(made.id))
    assert [name for name, _ in waiting] == ["send_mail", "check_batches"]
    assert state(firm, made) == ("running", 4)


def test_slow_rows_give_way_sooner(firm: Firm, net: Net, waiting: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check_batches, "SECONDS", 0.0)
    made = batch(firm, 3)
    check_batches.run(now=NOW, batch_id=str(made.id))
    assert state(firm, made) == ("running", 1) and len(waiting) == 1


def test_a_killed_worker_is_taken_up_by_the_clock(
    firm: Firm, net: Net, waiting: Line, work: Callable[[datetime], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    made = batch(firm, 5)
    real, calls = credentials.finish_row, []

    def killed(**facts: Any) -> bool:
        calls.append(facts)
        if len(calls) == 3:
            raise KeyboardInterrupt  # checked, and dead before it was written down
        return real(**facts)

    monkeypatch.setattr(credentials, "finish_row", killed)
    with pytest.raises(KeyboardInterrupt):
        check_batches.run(now=NOW, batch_id=str(made.id))
    assert waiting == [] and state(firm, made) == ("running", 2)
    check_batches.run(now=NOW + timedelta(minutes=1))
    assert waiting == []  # it might still be alive
    check_batches.run(now=NOW + timedelta(minutes=6))
    assert waiting == [("check_batches", {"batch_id": str(made.id)})]
    work(NOW + timedelta(minutes=6))
    assert state(firm, made) == ("done", 5) and Check.objects.count() == 5


def test_a_stopped_batch_does_nothing_until_it_is_resumed(firm: Firm, net: Net, work: Callable[[datetime], None]) -> None:
    made = batch(firm, 3)
    credentials.stop_batch(actor=firm.owner, batch_id=made.id, now=NOW)
    work(NOW)
    work(NOW + timedelta(hours=1))
    assert state(firm, made) == ("stopped", 0)
    credentials.resume_batch(actor=firm.owner, batch_id=made.id, now=NOW)
    work(NOW + timedelta(hours=1))
    assert state(firm, made) == ("done", 3)


@pytest.fixture
def watched(firm: Firm, net: Net) -> Check:
    """A good proof at an address, which the supervisor watches."""
    trust(firm)
    url = "https://college.example/rosa.json"
    net.pages[url] = PROOF
    (made,) = checking.check_and_keep(actor=firm.owner, kind="link", name=url, body=url.encode(), now=NOW)
    credentials.watch(actor=firm.supervisor, item_id=made.item_id, on=True, now=NOW)
    return made


def another_owner(firm: Firm) -> None:
    user = User.objects.create(handle="second-owner", name="Ana", email="ana@home.example", language="es", date_joined=NOW)
    Member.objects.create(org=firm.org, user=user, role="owner", since=NOW)


def test_owners_hear_of_a_change_once(
    firm: Firm, net: Net, watched: Check, work: Callable[[datetime], None], settings: Any
) -> None:
    settings.EMAIL_IS_SET_UP = True
    another_owner(firm)
    for day in (1, 2):
        work(NOW + timedelta(days=day, minutes=day))
    assert Check.objects.count() == 3 and mail.outbox == []
    net.pages = {url: PROOF.replace(b"forklift", b"spaceship") for url in net.pages}
    for day in (3, 4):
        work(NOW + timedelta(days=day, minutes=day))
        work(NOW + timedelta(days=day, minutes=day + 2))
    english, spanish = sorted(mail.outbox, key=lambda one: one.to[0].startswith("ana"))
    assert spanish.to == ["ana@home.example"] and "No confíe en esto" in spanish.subject
    assert english.to == [firm.owner_user.email] and "Don’t rely on this" in english.subject
    text = str(english.body)
    (newest, *_) = [one for one in queries.history_of(actor=firm.owner, item_id=watched.item_id) if one.changed]
    assert "Looks good" in text and f"/checks/{newest.id}" in text
    assert "Rosa" not in text + str(english.subject)
    assert Check.objects.count() == 5


def test_nobody_is_written_to_about_what_nobody_watches(
    firm: Firm, net: Net, watched: Check, work: Callable[[datetime], None], settings: Any
) -> None:
    settings.EMAIL_IS_SET_UP = True
    credentials.watch(actor=firm.owner, item_id=watched.item_id, on=False, now=NOW)
    net.is_up = False
    work(NOW + timedelta(days=2))
    checking.recheck(actor=firm.owner, item_id=watched.item_id, now=NOW + timedelta(days=2))
    work(NOW + timedelta(days=3))
    assert mail.outbox == []


def test_without_a_mail_server_the_journal_still_knows(
    firm: Firm, net: Net, watched: Check, work: Callable[[datetime], None], settings: Any
) -> None:
    settings.EMAIL_IS_SET_UP = False
    net.pages = {url: PROOF.replace(b"forklift", b"spaceship") for url in net.pages}
    later = NOW + timedelta(days=1)
    work(later)
    assert len(journal.entries(org_id=firm.org.id, events=[tell_owners.CHANGED])) == 1
    work(later + timedelta(hours=25))
    assert mail.outbox == []
    assert journal.entries(org_id=firm.org.id, events=[send_mail.GIVEN_UP])


def test_a_line_that_goes_and_comes_back_is_no_news(
    firm: Firm, net: Net, watched: Check, work: Callable[[datetime], None], settings: Any
) -> None:
    settings.EMAIL_IS_SET_UP = True
    for day, is_up in enumerate((False, True, False, True), 1):
        net.is_up = is_up
        work(NOW + timedelta(days=day, minutes=day))
    assert mail.outbox == [] and Check.objects.count() == 5


def test_the_same_change_twice_is_one_wish(firm: Firm, net: Net, watched: Check) -> None:
    net.pages = {url: PROOF.replace(b"forklift", b"spaceship") for url in net.pages}
    recheck.run(now=NOW + timedelta(days=1), org_id=str(firm.org.id), item_id=str(watched.item_id))
    (changed,) = journal.entries(org_id=firm.org.id, events=[tell_owners.CHANGED])
    for _ in range(2):
        tell_owners.run(now=NOW, org_id=str(firm.org.id), entry_id=str(changed.id))
    tell_owners.run(now=NOW, org_id=str(firm.org.id), entry_id=str(changed.id + 1))
    assert len(journal.entries(org_id=firm.org.id, events=[tell_owners.ASKED])) == 1


def test_an_item_is_checked_once_a_day_however_often_it_is_asked(firm: Firm, watched: Check, waiting: Line) -> None:
    day = NOW + timedelta(days=1)
    for _ in range(2):
        recheck.run(now=day)
    assert len(waiting) == 2
    for _, facts in waiting:
        recheck.run(now=day, **facts)
    assert Check.objects.count() == 2
    credentials.forget_item(actor=firm.owner, item_id=watched.item_id, now=day)
    recheck.run(now=day + timedelta(days=1), **waiting[0][1])
    assert not Check.objects.exists()


def test_lists_are_read_again_each_day(firm: Firm, net: Net, work: Callable[[datetime], None]) -> None:
    net.pages[ADDRESS] = files.dumps(COUNTY)
    followed = follow(firm)
    net.fetched_at = NOW + timedelta(days=1)
    work(net.fetched_at)
    assert queries.followed_one(actor=firm.owner, list_id=followed.id).fetched_at == net.fetched_at
    credentials.stop_following(actor=firm.owner, list_id=followed.id, now=NOW)
    refresh_lists.run(now=NOW, org_id=str(firm.org.id), list_id=str(followed.id))
    assert net.asked == [ADDRESS] * 2


def test_what_was_remembered_is_forgotten_after_a_year(db: None) -> None:
    credentials.remember_answer(url="https://a.example", kind="did", body=b"", media_type="", fetched_at=NOW)
    clean_up.run(now=NOW + timedelta(days=400))
    assert not RememberedAnswer.objects.exists() and not Organisation.objects.exists()
