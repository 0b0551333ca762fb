"""Twenty words are planted in the health store of a firm at work. They come out for nobody who was not let in.

Every address is asked as everybody who was not: pages, downloads, calendars, PDFs and ZIPs are opened. Then everything else
that leaves the house or lies in it: API, reports in every form, mail of every job, journal, logs, and each row of the
database. A page, a report or a job that is added tomorrow is asked, too.
"""

from __future__ import annotations

import base64
import io
import logging
import zipfile
from collections.abc import Iterator
from datetime import date, timedelta
from uuid import UUID

import pypdf
import pytest
from django.conf import settings
from django.core import mail
from django.db import connection
from django.test import Client

from skillmark.desks import reports
from skillmark.edges.jobs import schedule
from skillmark.errors import DomainError
from skillmark.rooms.health import operations as health
from skillmark.rooms.journal import queries as journal
from skillmark.rooms.people import operations as people
from skillmark.rooms.people.models import Member, User
from skillmark.rooms.people.rules import Role
from tests.architecture import test_outsider as project
from tests.architecture.board_things import board_secrets
from tests.cast import NOW, Firm

pytestmark = pytest.mark.django_db
things = project.things
TODAY = date(2026, 5, 4)
CANARIES = [f"canary{number:02}quux" for number in range(20)]


@pytest.fixture
def planted(firm: Firm) -> list[UUID]:
    """Six items with names in two languages, links and notes; a record with a note, a file's name and its content."""
    ids = []
    for at in range(6):
        made = health.add_item(
            actor=firm.owner, names={"en": CANARIES[at], "es": CANARIES[at + 6]}, months=12, everyone=True, position_ids=(),
            source=f"https://{CANARIES[12 + at % 3]}.example/", about=CANARIES[15], starts=date(2020, 1, 1), now=NOW,
        )  # fmt: skip
        ids.append(made)
    for at, item_id in enumerate(ids[:2]):
        health.record(
            actor=firm.owner, person_id=firm.person.id, item_id=item_id, obtained=TODAY - timedelta(days=400 * at),
            today=TODAY, now=NOW, about=CANARIES[16 + at], file=(CANARIES[18], b"%PDF-" + CANARIES[19].encode()),
        )  # fmt: skip
    return ids


@pytest.fixture
def uninvited(firm: Firm, other_firm: Firm) -> dict[str, Client]:
    """Everybody whom the owner has not let in, each as they come in; and programs, also the owner's."""
    auditor = User.objects.create(handle="auditor", name="Ada Auditor", date_joined=NOW, email="auditor@firm.example")
    Member.objects.create(org=firm.org, user=auditor, role=Role.AUDITOR, since=NOW)
    clients = {"a stranger": Client()}
    users = {"a supervisor": firm.supervisor_user, "an auditor": auditor, "another firm": other_firm.owner_user}
    for who, user in users.items():
        clients[who] = Client()
        clients[who].force_login(user, settings.AUTHENTICATION_BACKENDS[0])
    token = people.make_token(actor=firm.owner, name="Payroll", now=NOW)[1]
    clients["the owner's program"] = Client(headers={"Authorization": f"Bearer {token}"})
    return clients


def found_in(data: bytes) -> set[str]:
    """The canaries in some bytes, whatever they are packed in."""
    seen = {canary for piece in unpacked(data) for canary in CANARIES if canary.encode() in piece.lower()}
    return seen | {one for one in CANARIES if base64.b64encode(one.encode()).rstrip(b"=")[:-1] in data}


def unpacked(data: bytes) -> Iterator[bytes]:
    """The bytes, the texts of a PDF, and all that is in a ZIP (an Excel file is one)."""
    yield data
    if data.startswith(b"%PDF-1"):
        for page in pypdf.PdfReader(io.BytesIO(data)).pages:
            yield page.extract_text().encode()
    elif data.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(data)) as parcel:
            for name in parcel.namelist():
                yield name.encode()
                yield from unpacked(parcel.read(name))


def asked(client: Client, address: str) -> bytes:
    """Everything that comes back for an address."""
    answer = client.get(address)
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return content + repr(dict(answer.headers)).encode()


def test_no_address_tells(
    planted: list[UUID], things: project.Things, uninvited: dict[str, Client], firm: Firm
) -> None:  # fmt: skip
    things.ids["health_item_id"] += [str(one) for one in planted]
    things.ids |= board_secrets(firm, issued_id=things.ids["proof_id"][1])
    told = []
    for route in project.ROUTES:
        for address, _named in project.addresses(route, things):
            for who, client in uninvited.items():
                if canaries := found_in(asked(client, address)):
                    told.append(f"{who} at {address}: {sorted(canaries)}")
    assert not told, "\n".join(told)


def test_the_owner_reads_it_in_its_own_pages_only(planted: list[UUID], things: project.Things, firm: Firm) -> None:
    """The same words with the right answer: else the test above would prove nothing. And no other page of the owner's."""
    owner = Client()
    owner.force_login(firm.owner_user, settings.AUTHENTICATION_BACKENDS[0])
    things.ids["health_item_id"] += [str(one) for one in planted]
    seen: dict[bool, set[str]] = {True: set(), False: set()}
    for route in project.ROUTES:
        for address, _named in project.addresses(route, things):
            seen[route.startswith("health")] |= found_in(asked(owner, address))
    assert seen[False] == set()
    assert seen[True] >= {*CANARIES[:6], *CANARIES[12:18]}


def test_no_report_in_any_form_tells(planted: list[UUID], firm: Firm, things: project.Things) -> None:
    made = 0
    for name in reports.REPORTS:
        for actor in (firm.owner, firm.supervisor):
            try:
                table = reports.make(name=name, actor=actor, ask=reports.Ask(on=TODAY))
            except DomainError:
                continue  # it needs an item, and this firm asks for none but those that lie apart
            for form in reports.FORMATS:
                assert found_in(reports.render(table=table, format=form).body) == set(), name
                made += 1
    assert made >= 20


def test_nothing_that_leaves_or_stays_tells(
    planted: list[UUID], firm: Firm, things: project.Things, caplog: pytest.LogCaptureFixture
) -> None:  # fmt: skip
    """Jobs and their mail, the journal, what was logged on the way, and every row as it lies in the database."""
    caplog.set_level(logging.DEBUG)
    for job in schedule.JOBS:
        if job.every is not None:
            job.run(now=NOW + timedelta(days=30))
    assert found_in(repr([(one.subject, one.body, one.to) for one in mail.outbox]).encode()) == set()
    entries = journal.entries(org_id=firm.org.id)
    assert any(one.event == "health.record.added" for one in entries)
    assert found_in(repr([(one.event, one.actor, one.data) for one in entries]).encode()) == set()
    assert found_in(caplog.text.encode()) == set()
    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
        assert {"health_healthrecord", "health_healthterms", "health_healthfile"} <= set(names)
        for table in names:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            for row in cursor.fetchall():
                values = (bytes(one) if isinstance(one, (bytes, memoryview)) else str(one).encode() for one in row)
                assert found_in(b"\0".join(values)) == set(), table


def test_the_finder_finds() -> None:
    """In the open, in a ZIP within a ZIP, and in other letters."""
    inner, outer = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as parcel:
        parcel.writestr("a.txt", CANARIES[3] * 9)
    with zipfile.ZipFile(outer, "w") as parcel:
        parcel.writestr("b.zip", inner.getvalue())
    assert found_in(outer.getvalue()) == {CANARIES[3]}
    assert found_in(CANARIES[4].upper().encode()) == {CANARIES[4]}
    assert found_in(base64.b64encode(CANARIES[5].encode())) == {CANARIES[5]}
    assert found_in(b"nothing") == set()
