"""Keep a proof of a firm the way a worker does it."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from skillmark.desks import checking
from skillmark.rooms.credentials import operations as credentials
from skillmark.rooms.credentials.models import Issued
from skillmark.rooms.people.rules import Actor
from skillmark.rooms.records import operations
from tests.cast import NOW, Firm


def give_one(*, firm: Firm, key: str = "forklift") -> Issued:
    """A signed proof of a ready-made kind for the firm's Rosa."""
    template = credentials.add_ready_template(actor=firm.owner, key=key, now=NOW)
    return credentials.give(
        actor=firm.owner, person_id=firm.person.id, template_id=template.id, request_key=str(uuid4()), now=NOW
    )


def keep_one(*, firm: Firm, issued: Issued, into: Actor | None = None, now: datetime = NOW) -> Actor:
    """Whose page the proof is in now. It must be one that may be seen."""
    _, code, _ = credentials.offer(actor=firm.owner, issued_id=issued.id, way="screen", now=now)
    actor, _, _ = operations.keep(code=code, pin="", verifier=checking.verifier(org_id=None, now=now), now=now, into=into)
    assert actor is not None
    return actor
