"""A worker's own page with 2,000 proofs of others: bringing one in, reading the list, and a share, against one check alone."""

from __future__ import annotations

import tempfile
import time
import uuid
from datetime import UTC, datetime
from typing import Any

import harness
from harness import crew, material

PROOFS = 2_000
SHARED = 12
TURNS = 5
PIN = "739204"


def main() -> None:
    with tempfile.TemporaryDirectory() as place:
        crew.start(place)
        from django.conf import settings
        from django.db import connection
        from django.test import Client
        from django.test.utils import CaptureQueriesContext

        from skillmark.desks import checking, own_record

        settings.ALLOWED_HOSTS = ["*"]
        now = datetime.now(UTC)
        actor = _somebody(now)
        bodies = (material.signed(material.numbered(number)) for number in range(10**6))
        for _ in range(PROOFS):
            own_record.bring(actor=actor, data=next(bodies), name="a.json", source="file", now=now, name_agreed=True)
        client, token = _opened(Client(), actor, now), _shared(actor, now)
        one = next(bodies)
        works = (
            ("one check alone", lambda: checking.check_bytes(data=one, name="", now=now, org_id=None)),
            (
                "bring one in: check, seal, row, journal",
                lambda: own_record.bring(
                    actor=actor, data=next(bodies), name="a.json", source="file", now=now, name_agreed=True
                ),
            ),
            (f"the page with {PROOFS:,} proofs", lambda: client.get("/w")),
            (f"a share of {SHARED}, each checked for its reader", lambda: client.get(f"/s/{token}")),
        )
        fastest = harness.fastest(*(work for _name, work in works), clock=time.perf_counter, turns=TURNS)
        rows = []
        for (name, work), seconds in zip(works, fastest, strict=True):
            with CaptureQueriesContext(connection) as asked:
                work()
            rows.append((name, f"{seconds * 1000:,.1f} ms", harness.times(seconds, base=fastest[0]), str(len(asked))))
        about = f"benchmarks/own_page.py: SQLite, in one process, fastest of {TURNS} turns. {harness.circumstances()}"
        notes = (
            "Proofs are those of the other benchmarks, without a place in a list of what was cancelled, so nobody is asked.",
            "Pages are asked for by the framework's own test client: answer, session and templates included.",
        )
        harness.write(
            "A worker's own page", about=about, head=("what", "time", "to one check", "questions"), rows=rows, notes=notes
        )


def _somebody(now: datetime) -> Any:
    from skillmark.rooms.people import models as here
    from skillmark.rooms.people.rules import Actor, Role

    space = here.Organisation.objects.create(kind="person", name="Rosa Delgado", created_at=now)
    return Actor(org_id=space.id, role=Role.WORKER, name=space.name)


def _opened(client: Any, actor: Any, now: datetime) -> Any:
    from skillmark.rooms.records import operations as records

    slip = records.choose_pin(actor=actor, pin=PIN, now=now)
    answer = client.post("/w/open", {"code": slip, "pin": PIN})
    assert answer.status_code == 302, answer.status_code
    return client


def _shared(actor: Any, now: datetime) -> str:
    from skillmark.rooms.records import operations as records
    from skillmark.rooms.records import queries
    from skillmark.rooms.records.rules import shares

    picked = [
        shares.Picked(body=bytes(one.document), told=one.title, held_id=one.id) for one in queries.mine(actor=actor)[:SHARED]
    ]
    terms = shares.Terms(to_whom="", purpose="A job", name=actor.name)
    return records.share(
        actor=actor, share_id=uuid.uuid4(), picked=picked, terms=terms, wording="They see it.", language="en", now=now
    )[1]  # fmt: skip


if __name__ == "__main__":
    main()
