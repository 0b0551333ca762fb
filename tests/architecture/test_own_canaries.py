"""What a worker never shared comes out nowhere but on their own page: no export, report, search, mail, log, journal or list.

The addresses are asked in test_matrix. Here is everything else that leaves the house or lies in it; and the moment in which
somebody has left: their page goes on, and their employer of yesterday sees nothing of it, and keeps its own past.
"""

from __future__ import annotations

import logging
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.core import mail
from django.db import connection
from django.test import Client
from django.utils import timezone

from skillmark.desks import backups, reports
from skillmark.edges.jobs import schedule
from skillmark.errors import DomainError
from skillmark.rooms.journal import queries as journal
from skillmark.rooms.people import operations as people
from skillmark.rooms.signing import queries as keys
from tests.architecture.own_things import Own, own_page
from tests.architecture.test_health_canaries import unpacked
from tests.cast import Firm, today

pytestmark = pytest.mark.django_db


@pytest.fixture
def own(firm: Firm) -> Own:
    """Wanda's page: she works at the firm."""
    person = people.add_person(actor=firm.owner, name="Wanda Rook", now=timezone.now())
    return own_page(firm, person, "worker", now=timezone.now())


@pytest.fixture
def owner(firm: Firm) -> Client:
    client = Client()
    client.force_login(firm.owner_user, settings.AUTHENTICATION_BACKENDS[0])
    return client


def found_in(data: bytes, own: Own) -> list[str]:
    """The spots whose words are in some bytes, whatever they are packed in."""
    pieces = [piece.lower() for piece in unpacked(data)]
    return [spot for spot, word in own.words.items() if any(word.encode() in piece for piece in pieces)]


def asked(client: Client, address: str, **form: str) -> bytes:
    answer = client.post(address, form) if form else client.get(address)
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def test_no_export_of_the_firm_tells(own: Own, firm: Firm, owner: Client) -> None:
    person_id = own.given.person_id
    made = [
        asked(owner, "/settings/closing-down/everything.zip", press="yes"),
        asked(owner, f"/people/{person_id}/everything.zip"),
        asked(owner, "/people/list.xlsx"),
        asked(owner, "/people/list.csv"),
        asked(owner, f"/pack.zip?{urlencode({'person': str(person_id)})}"),
    ]
    assert sum(one.startswith(b"PK") for one in made) >= 3
    assert [found_in(one, own) for one in made] == [[]] * len(made)


def test_no_report_in_any_form_tells(own: Own, firm: Firm) -> None:
    made = 0
    for name in reports.REPORTS:
        try:
            table = reports.make(name=name, actor=firm.owner, ask=reports.Ask(on=timezone.now().date()))
        except DomainError:
            continue
        for form in reports.FORMATS:
            assert found_in(reports.render(table=table, format=form).body, own) == [], name
            made += 1
    assert made >= 10


def test_no_search_finds_it(own: Own, owner: Client) -> None:
    """The words without their last letter, so that what is found is not what was typed."""
    for word in own.words.values():
        for where in (
            "/people?q=",
            "/proofs?q=",
            "/checks?q=",
            "/who-can?q=",
            "/items?q=",
            "/sign-offs?q=",
            "/settings/history?q=",
        ):
            assert word not in asked(owner, where + word[:-1]).decode("utf-8", "replace").lower(), where


def test_no_program_of_the_firm_reads_it(own: Own, firm: Firm) -> None:
    token = people.make_token(actor=firm.owner, name="Payroll", now=timezone.now())[1]
    program = Client(headers={"Authorization": f"Bearer {token}"})
    lists = ("people", "proofs", "checks", "items", "templates", "runs", "sign-offs", "givers", "events", "holdings")
    answers = [asked(program, f"/api/v1/{one}") for one in lists]
    answers += [asked(program, f"/api/v1/people/{own.given.person_id}"), asked(program, f"/api/v1/proofs/{own.given.id}")]
    assert any(b"Wanda Rook" in one for one in answers)
    assert [found_in(one, own) for one in answers] == [[]] * len(answers)


def test_nothing_that_leaves_or_is_written_down_tells(
    own: Own, firm: Firm, caplog: pytest.LogCaptureFixture
) -> None:  # fmt: skip
    """Jobs and their mail, the journal, what was logged on the way; and in the database only closed, but for a title."""
    caplog.set_level(logging.DEBUG)
    for job in schedule.JOBS:
        if job.every is not None:
            job.run(now=timezone.now() + timedelta(hours=1))
    assert found_in(repr([(one.subject, one.body, one.to) for one in mail.outbox]).encode(), own) == []
    for org_id, may in ((firm.org.id, []), (own.actor.org_id, ["held"])):  # their own journal names what was kept
        entries = journal.entries(org_id=org_id)
        told = found_in(repr([(one.event, one.actor, one.data) for one in entries]).encode(), own)
        assert entries and told in ([], may), org_id
    assert found_in(caplog.text.encode(), own) == []
    lying: dict[str, list[str]] = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            for row in cursor.fetchall():
                values = (bytes(one) if isinstance(one, (bytes, memoryview)) else str(one).encode() for one in row)
                if spots := found_in(b"\0".join(values), own):
                    lying[table] = spots
    assert set(lying) <= {"credentials_held", "journal_entry"} and all(one == ["held"] for one in lying.values()), lying


def test_no_list_of_a_backup_tells(own: Own, tmp_path: Path, settings: Any) -> None:
    """Names of what is in it, and what is told when it is made; the content is one closed file."""
    settings.BACKUP_FOLDER = tmp_path
    target = tmp_path / "everything.skm"
    made = backups.backup(target=target, now=timezone.now())
    assert found_in(repr(made).encode(), own) == []
    assert found_in(target.read_bytes(), own) == []


def test_only_their_own_page_tells(own: Own) -> None:
    """The same words with the right answer: else the tests above would prove nothing."""
    browser = own.browser()
    pages = [asked(browser, f"/w/{one}") for one in own.ids["held_id"]]
    pages += [asked(browser, "/w"), asked(browser, f"/w/say/{own.ids['statement_id'][0]}")]
    assert {spot for page in pages for spot in found_in(page, own)} == set(own.words)


def test_the_moment_somebody_has_left_their_page_is_theirs_alone(own: Own, firm: Firm, owner: Client) -> None:
    """J/ex_employer: what they share with an employer ends with the work; the firm's own past stays; the page goes on."""
    person_id = own.given.person_id
    people.leave(actor=firm.owner, person_id=person_id, last=today() - timedelta(days=1), now=timezone.now())
    supervisor = Client()
    supervisor.force_login(firm.supervisor_user, settings.AUTHENTICATION_BACKENDS[0])
    for client in (owner, supervisor):
        for address in (
            f"/people/{person_id}",
            f"/people/{person_id}/shared",
            "/people?left=1",
            "/starting",
            "/proofs",
            "/disputes",
        ):
            assert found_in(asked(client, address), own) == [], address
        for name, found in own.ids.items():
            for one in found:
                for address in (f"/w/{one}", f"/holdings/{one}", f"/proofs/{one}", f"/people/{one}", f"/checks/{one}"):
                    assert client.get(address).status_code in (302, 404), f"{name}: {address}"
        assert client.get(f"/people/{person_id}/shared/{own.ids['share_id'][0]}/1").status_code == 404
        assert client.get(f"/proofs/{own.given.id}").status_code == 200, "what the firm gave stays in its records"
    token = people.make_token(actor=firm.owner, name="Payroll", now=timezone.now())[1]
    program = Client(headers={"Authorization": f"Bearer {token}"})
    assert found_in(asked(program, f"/api/v1/people/{person_id}"), own) == []
    events = [entry.event for entry in journal.entries(org_id=firm.org.id)]
    assert not [event for event in events if event.startswith("records.")], "what happens on a page is told to no firm"
    page = own.browser().get("/w").content.decode()
    assert own.words["held"] in page and "Forklift of worker" in page, "everything is kept after leaving"
    assert keys.identities(org_id=firm.org.id), "and the firm still stands for what it signed"


def test_a_start_list_ends_with_the_work(own: Own, firm: Firm) -> None:
    from skillmark.rooms.skills import operations as skills
    from skillmark.rooms.talent import operations as talent

    now = timezone.now()
    item = skills.add_item(actor=firm.owner, kind="card", names={"en": "CPR"}, starts=date(2020, 1, 1), now=now)
    talent.require(actor=firm.owner, item_id=item.id, target="everyone", starts=date(2020, 1, 1), now=now)
    _, token = talent.start_list(actor=firm.owner, person_id=own.given.person_id, now=now)
    assert own.browser().get(f"/start/{token}").status_code == 200
    people.leave(actor=firm.owner, person_id=own.given.person_id, last=today() - timedelta(days=1), now=now)
    answer = own.browser().get(f"/start/{token}")
    assert answer.status_code == 410 and "CPR" not in answer.content.decode()


def test_the_finder_finds(own: Own) -> None:
    assert found_in(own.words["pay"].upper().encode(), own) == ["pay"] and found_in(b"nothing", own) == []
