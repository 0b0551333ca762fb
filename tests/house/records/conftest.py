"""What the tests of a worker’s own space share: a kind of proof, a proof, and fast PIN hashes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection

from skillmark.rooms.credentials import operations
from skillmark.rooms.credentials.models import Issued, Template
from skillmark.rooms.people.rules import Actor
from tests.cast import NOW, Firm
from tests.house.records.keeping import keep_one


@pytest.fixture
def mill(firm: Firm) -> Template:
    return operations.add_ready_template(actor=firm.owner, key="cnc-tool-change", now=NOW)


@pytest.fixture
def give(firm: Firm, mill: Template) -> Callable[..., Issued]:
    def given(**changes: Any) -> Issued:
        asked: dict[str, Any] = {
            "actor": firm.supervisor, "person_id": firm.person.id, "template_id": mill.id, "level": 3,
            "request_key": str(uuid4()), "now": NOW,
        }  # fmt: skip
        return operations.give(**(asked | changes))

    return given


@pytest.fixture
def several_connections(transactional_db: None) -> None:
    """Threads with connections of their own. SQLite's database in memory, which tests use, makes nobody wait: it refuses."""
    if connection.vendor == "sqlite":
        pytest.skip("needs a database that several connections share")


@pytest.fixture
def page(firm: Firm, give: Callable[..., Issued]) -> Actor:
    """Rosa in her own space, which holds one proof."""
    return keep_one(firm=firm, issued=give())
