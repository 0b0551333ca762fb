"""What people kept before their pages were locked is closed by the migration, and opens for them afterwards as it was."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from skillmark.rooms.credentials import queries
from skillmark.rooms.credentials.models import Held
from skillmark.rooms.people.rules import Actor, Role
from skillmark.rooms.signing import operations as signing
from tests.cast import NOW

pytestmark = pytest.mark.django_db(transaction=True)
BEFORE = [("credentials", "0004_sign_offs")]


@pytest.fixture
def before() -> Iterator[Any]:
    """The tables as they were; afterwards they are as they are now, whatever happened."""
    executor = MigrationExecutor(connection)
    executor.migrate(BEFORE)
    try:
        yield executor.loader.project_state(BEFORE).apps
    finally:
        to_the_newest()


def to_the_newest() -> None:
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())


def keep(before: Any, document: bytes) -> UUID:
    """A space with one document in it, as it lay there openly."""
    organisation, held = before.get_model("people", "Organisation"), before.get_model("credentials", "Held")
    org_id = uuid4()
    organisation.objects.create(id=org_id, kind="person", name="Rosa", created_at=NOW)
    facts = {"credential_id": f"urn:uuid:{uuid4()}", "title": "Forklift", "giver": "Prairie Mill", "received_at": NOW}
    held.objects.create(id=uuid4(), org_id=org_id, document=document, **facts)
    return org_id


def test_a_document_from_before_is_closed_and_opens(before: Any) -> None:
    first, second = keep(before, b'{"id": "one"}'), keep(before, b'{"id": "two"}')
    signing.sealer(org_id=second)  # this space has a key already
    to_the_newest()
    for org_id, document in ((first, b'{"id": "one"}'), (second, b'{"id": "two"}')):
        row = Held.objects.get(org_id=org_id)
        assert document not in bytes(row.sealed)
        [kept] = queries.held(actor=Actor(org_id=org_id, role=Role.WORKER, name="Rosa"))
        assert bytes(kept.document) == document
        assert (kept.form, kept.source, kept.verdict) == ("json", "given", "good")
