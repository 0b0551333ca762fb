"""Programs with tokens: one of the firm's owner, one of its supervisor, one of the outsider."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from skillmark.rooms.credentials import operations as credentials
from skillmark.rooms.people import operations as people
from skillmark.rooms.people.rules import Actor
from tests.cast import Firm


def program(actor: Actor, *, token: str) -> Client:
    """A client that sends a token with every request."""
    return Client(headers={"Authorization": f"Bearer {token}", "Accept": "application/json"})


@pytest.fixture
def owner_api(firm: Firm, now: datetime) -> Client:
    return program(firm.owner, token=people.make_token(actor=firm.owner, name="Payroll", now=now)[1])


@pytest.fixture
def outsider_api(other_firm: Firm, now: datetime) -> Client:
    return program(other_firm.owner, token=people.make_token(actor=other_firm.owner, name="Theirs", now=now)[1])


@pytest.fixture
def template_id(firm: Firm, now: datetime) -> UUID:
    made = credentials.make_template(
        actor=firm.owner, name="Tool change", did="Changes tools alone.", how="Watched on two shifts.",
        method="observed", months=12, level_asked=True, colour="indigo", language="en", now=now,
    )  # fmt: skip
    return made.id


@pytest.fixture
def give(firm: Firm, template_id: UUID, owner_api: Client) -> Callable[..., Any]:
    """Give Rosa a proof through the interface."""

    def post(key: str = "a-request-of-mine", **more: Any) -> Any:
        body = {"person_id": str(firm.person.id), "template_id": str(template_id), "level": 3} | more
        headers = {"Idempotency-Key": key} if key else {}
        return owner_api.post("/api/v1/proofs", body, content_type="application/json", headers=headers)

    return post
