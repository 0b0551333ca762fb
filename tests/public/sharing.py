"""Somebody with a page of their own: two proofs, a job, and the browser in which the page is open."""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from skillmark.desks import sharing
from skillmark.rooms.credentials import operations as credentials
from skillmark.rooms.people.rules import Actor, Role
from skillmark.rooms.records import operations, queries
from skillmark.rooms.records.rules import statements
from tests.public.given import give

SECRET = "Zanzibar-7731"
"""Written where nobody picks it: it must be in nothing that a reader gets."""


@dataclass
class Mine:
    """Rosa's page. `forklift` and `cnc` are kept proofs, `job` is what she says herself."""

    client: Client
    actor: Actor
    forklift: Any
    cnc: Any
    job: Any
    issued: Any

    def facts(self, *names: str) -> list[str]:
        """Keys of facts of the forklift proof."""
        return [f"{self.forklift.id}/{name}" for name in names]

    def share(self, *keys: Any, facts: list[str] | None = None, **more: Any) -> str:
        """Press Share; the path of the link."""
        page = self.post(*keys, facts=facts, **more)
        found = re.search(r'value="http://testserver(/s/[^"]+)"', page.content.decode())
        assert found is not None, page.content.decode()
        return found[1]

    def post(self, *keys: Any, facts: list[str] | None = None, **more: Any) -> Any:
        """Press Share; the answer. Without `facts`: those of all that is picked, as the boxes are ticked at first."""
        picked = {str(key.id) for key in keys}
        usual = [
            fact.key for one in sharing.things(actor=self.actor) if one.key in picked for fact in one.choices if fact.usual
        ]
        sent = {
            "number": str(uuid.uuid4()), "pick": sorted(picked), "fact": usual if facts is None else facts, "who": "link",
            "days": "30", "show_name": "on",
        }  # fmt: skip
        return self.client.post("/w/shares", {name: value for name, value in (sent | more).items() if value is not None})


def make(firm: Any) -> Mine:
    """Rosa keeps two proofs of the firm and says that she worked at a mill."""
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    client.cookies["django_language"] = "en"
    given = [give(firm=firm, key="forklift", note=f"Seen in bay {SECRET}."), give(firm=firm, key="safe-sleep")]
    for proof in given:
        _, code, pin = credentials.offer(actor=firm.owner, issued_id=proof.id, way="slip", now=timezone.now())
        client.post(f"/k/{code}/keep", {"pin": pin})
    firm.person.refresh_from_db()
    actor = Actor(org_id=firm.person.own_org_id, role=Role.WORKER, name=firm.person.name)
    held = {one.issued_id: one for one in queries.mine(actor=actor)}
    words = statements.Words(title="Mill hand", by="Prairie Mill", since="2019-03", until="2021", pay=f"$19 {SECRET}")
    job = operations.say(
        actor=actor, kind="job", words=words, on=timezone.now().date(), now=timezone.now() - timedelta(hours=1)
    )
    return Mine(client, actor, held[given[0].id], held[given[1].id], job, given[0])
