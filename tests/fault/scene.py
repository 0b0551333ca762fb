"""A firm with a database of its own, and processes that are started and killed.

The programs beside this file are run by themselves (`python -m tests.fault.killing`), with SKILLMARK_DATA_DIR (SQLite) or
SKILLMARK_DATABASE_URL (PostgreSQL) naming an empty place; they print what they found as JSON.
"""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4


def begin() -> Any:
    """Load the product, make the tables and a firm; its owner as actor."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "skillmark.settings")
    import django

    django.setup()
    from django.core.management import call_command

    from skillmark.rooms.people import operations, queries

    call_command("migrate", verbosity=0)
    token = operations.start_setup(now=now())
    operations.set_up(token=token, firm_name="Northgate Weld School", owner_name="Dana", now=now())
    return queries.actor_for(user_id=queries.users()[0].pk, now=now())


def kind(actor: Any) -> Any:
    """The kind of proof that is given."""
    from skillmark.rooms.credentials import operations

    return operations.add_ready_template(actor=actor, key="close-line", now=now())


def started(actor: Any, template: Any, *, rows: int, name: str = "Learner") -> UUID:
    """A list of new people, judged and started."""
    from skillmark.rooms.credentials import operations, rules

    wanted = [rules.Wanted(line=one + 2, name=f"{name} {one}", level=3) for one in range(rows)]
    run = operations.plan_run(
        actor=actor, template_id=template.id, name=name, rows=wanted, observed_on=None, note="", request_key=str(uuid4()),
        now=now(),
    )  # fmt: skip
    operations.start_run(actor=actor, run_id=run.id, count=rows, now=now())
    run_id: UUID = run.id
    return run_id


def child(work: Callable[[], None]) -> int:
    """Do it in a process of its own, which ends with it; the process's number."""
    let_go()
    number = os.fork()
    if number:
        return number
    code = 1
    try:
        work()
        code = 0
    except Exception:  # noqa: BLE001 – a child that breaks says why and ends; its parent reads the exit code
        traceback.print_exc(file=sys.stderr)
    finally:
        os._exit(code)


def let_go() -> None:
    """Connections must not be shared between processes."""
    from django.db import connections

    for connection in connections.all(initialized_only=True):
        connection.close()
        if close_pool := getattr(connection, "close_pool", None):
            close_pool()


def now() -> datetime:
    return datetime.now(UTC)


def found(actor: Any, run_id: UUID) -> dict[str, Any]:
    """What the database holds of a run that is over: every number that must be the number of rows."""
    from django.db import connection

    from credcore.verify import Policy
    from skillmark.desks import checking
    from skillmark.rooms.credentials.models import Issued, RunRow, StatusEntry
    from skillmark.rooms.journal.models import Entry
    from skillmark.rooms.people.models import Person
    from skillmark.rooms.signing import queries as signing

    proofs = list(Issued.objects.filter(run_id=run_id).select_related("entry"))
    told = Entry.objects.filter(event="credentials.proof.given").values_list("subject_id", flat=True)
    mine = {str(one.id) for one in proofs}
    verifier = checking.verifier(org_id=actor.org_id, now=now())
    policy = Policy.own(issuers=signing.identities(org_id=actor.org_id))
    for one in proofs:
        verifier.verify(bytes(one.document), now=one.given_at, policy=policy)  # raises unless it is genuine and whole
    sound = "ok"
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            [sound] = cursor.execute("PRAGMA integrity_check").fetchone()
    return {
        "signed": sum(one.state == Issued.State.SIGNED for one in proofs),
        "proofs": len(proofs),
        "places": len({(one.entry.list_id, one.entry.index) for one in proofs}),
        "places_used": StatusEntry.objects.filter(issued__run_id=run_id).count(),
        "told": sum(one in mine for one in told),
        "told_of": len({one for one in told if one in mine}),
        "rows_done": RunRow.objects.filter(run_id=run_id, state=RunRow.State.DONE, issued__isnull=False).count(),
        "people": len(set(RunRow.objects.filter(run_id=run_id).values_list("person_id", flat=True))),
        "people_here": Person.objects.filter(org_id=actor.org_id).count(),
        "verified": len(proofs),
        "integrity": sound,
    }
