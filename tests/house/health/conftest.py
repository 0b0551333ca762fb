"""A firm with somebody who works there in a position, and two things that are asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import pytest

from skillmark.rooms.health import operations
from skillmark.rooms.people import operations as people
from skillmark.rooms.people.models import Member
from tests.cast import NOW, Firm

TODAY = date(2026, 5, 4)


@dataclass(frozen=True)
class Asked:
    """Ids of what the firm asks for."""

    everyone: UUID  # two years
    aides: UUID  # no end, for one position
    position: UUID
    supervisor: UUID  # the supervisor's membership


@pytest.fixture
def asked(firm: Firm) -> Asked:
    """A skin test of everybody, every two years; a shot, once, of aides. Rosa is no aide yet."""
    position = people.add_position(actor=firm.owner, names={"en": "Aide"}, now=NOW)
    everyone = operations.add_item(
        actor=firm.owner, names={"en": "Skin test", "es": "Prueba cutánea"}, months=24, everyone=True, position_ids=(),
        starts=date(2020, 1, 1), now=NOW, source="https://health.example/rule",
    )  # fmt: skip
    aides = operations.add_item(
        actor=firm.owner, names={"en": "Shot"}, months=None, everyone=False, position_ids=[position.id],
        starts=date(2020, 1, 1), now=NOW,
    )  # fmt: skip
    member = Member.objects.get(org=firm.org, user=firm.supervisor_user)
    return Asked(everyone, aides, position.id, member.id)
