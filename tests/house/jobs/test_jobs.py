"""Jobs: the journal asks, a job answers once, and running twice changes nothing."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail

from skillmark.edges.jobs import check_proofs, clean_up, publish_status, send_mail
from skillmark.edges.jobs.schedule import BY_NAME
from skillmark.edges.jobs.sweeper import Sweeper
from skillmark.rooms.credentials import operations as credentials
from skillmark.rooms.credentials import queries
from skillmark.rooms.credentials.models import StatusList
from skillmark.rooms.journal import queries as journal
from skillmark.rooms.people import operations as people
from skillmark.rooms.people.models import Try
from tests.cast import Firm

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def proof(firm: Firm, now: datetime) -> Any:
    """A proof for Rosa, who has an e-mail address and reads Spanish."""
    people.change_person(
        actor=firm.owner, person_id=firm.person.id, name="Rosa Delgado", phone="", email="rosa@home.example", language="es",
        now=now,
    )  # fmt: skip
    kind = credentials.add_ready_template(actor=firm.owner, key="close-line", now=now)
    return credentials.give(
        actor=firm.owner, person_id=firm.person.id, template_id=kind.id, level=3, request_key="one", now=now
    )


@pytest.fixture
def sweep(now: datetime) -> Callable[[datetime], int]:
    """A sweeper whose queue is worked off at once, by the jobs themselves."""
    at = now

    def put(name: str, **words: str) -> None:
        BY_NAME[name].run(now=at, **words)

    sweeper = Sweeper(put=put, is_long=lambda: False)

    def look(when: datetime) -> int:
        nonlocal at
        at = when
        return sweeper.sweep(now=when)

    return look


def test_an_email_that_was_asked_for_is_sent_once(
    firm: Firm, proof: Any, now: datetime, settings: Any, sweep: Callable[[datetime], int]
) -> None:
    settings.EMAIL_IS_SET_UP = True
    sweep(now)
    assert mail.outbox == []  # nothing is sent before somebody presses the button
    credentials.send_by_email(actor=firm.owner, issued_id=proof.id, now=now)
    for minute in range(4):
        sweep(now + timedelta(minutes=minute))
    (message,) = mail.outbox
    assert message.to == ["rosa@home.example"]
    assert "Cierre" in message.subject + message.body or "comprobante" in message.subject + message.body
    code = re.search(r"/k/([A-Z0-9-]+)", str(message.body))
    assert code is not None and credentials.look_at_offer(code=code[1], now=now).person == "Rosa Delgado"


def test_without_a_mail_server_the_wish_waits_and_closes_no_other_code(
    firm: Firm, proof: Any, now: datetime, settings: Any, sweep: Callable[[datetime], int]
) -> None:
    settings.EMAIL_IS_SET_UP = False
    code = credentials.offer(actor=firm.owner, issued_id=proof.id, way="slip", now=now)[1]
    credentials.send_by_email(actor=firm.owner, issued_id=proof.id, now=now)
    sweep(now)
    assert mail.outbox == []
    assert credentials.look_at_offer(code=code, now=now).needs_pin
    settings.EMAIL_IS_SET_UP = True
    (asked,) = journal.entries(org_id=firm.org.id, events=[send_mail.ASKED])
    for minutes in (0, 5, 6):  # too early; then; and never again
        send_mail.run(now=now + timedelta(minutes=minutes), org_id=str(firm.org.id), entry_id=str(asked.id))
    assert len(mail.outbox) == 1


def test_a_cancelled_proof_is_not_sent(
    firm: Firm, proof: Any, now: datetime, settings: Any, sweep: Callable[[datetime], int]
) -> None:
    settings.EMAIL_IS_SET_UP = True
    credentials.send_by_email(actor=firm.owner, issued_id=proof.id, now=now)
    credentials.cancel(actor=firm.owner, issued_id=proof.id, reason="A mistake", now=now)
    sweep(now)
    assert mail.outbox == []


def test_lists_are_published_when_they_miss_a_change_or_grow_old(firm: Firm, proof: Any, now: datetime) -> None:
    credentials.cancel(actor=firm.owner, issued_id=proof.id, reason="A mistake", now=now)
    row = StatusList.objects.get(purpose="revocation")
    before = queries.status_document(list_id=row.id)
    publish_status.run(now=now + timedelta(minutes=1))
    assert queries.status_document(list_id=row.id) == before
    publish_status.run(now=now + timedelta(hours=13))
    assert queries.status_document(list_id=row.id) != before


def test_old_attempts_are_forgotten(firm: Firm, now: datetime) -> None:
    people.count_try(key="x", limit=1, seconds=60, now=now - timedelta(days=3))
    clean_up.run(now=now)
    clean_up.run(now=now)
    assert not Try.objects.exists()


def test_the_nightly_look_at_all_proofs_runs_twice(firm: Firm, proof: Any, now: datetime) -> None:
    check_proofs.run(now=now)
    check_proofs.run(now=now)


def test_a_sweep_that_was_killed_is_seen_again(proof: Any, firm: Firm, now: datetime) -> None:
    credentials.send_by_email(actor=firm.owner, issued_id=proof.id, now=now)
    asked: list[str] = []

    def put(name: str, **words: str) -> None:
        asked.append(name)
        if name == "send_mail" and asked.count("send_mail") == 1:
            raise KeyboardInterrupt

    sweeper = Sweeper(put=put, is_long=lambda: False)
    with pytest.raises(KeyboardInterrupt):
        sweeper.sweep(now=now)
    sweeper.sweep(now=now)
    assert asked.count("send_mail") == 2
