"""Which classes and lists a firm has given proofs to, and how far they are.

A supervisor of some sites sees the lists that they have brought themselves: on those of others stand people of other sites.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from skillmark.errors import NotFound
from skillmark.rooms.credentials import rules
from skillmark.rooms.credentials.models import Run, RunRow
from skillmark.rooms.credentials.queries.proofs import signed
from skillmark.rooms.people.rules import Actor


def runs(*, actor: Actor) -> list[Run]:
    """The firm's lists, newest first, each with its counts and its kind's words (`version`)."""
    return list(_counted(actor))


def fresh_runs(*, actor: Actor, since: datetime) -> list[Run]:
    """As `runs`, but only those that are under way, were stopped, or were done since."""
    lately = Q(state=Run.State.DONE, finished_at__gte=since) | Q(state__in=(Run.State.RUNNING, Run.State.STOPPED))
    return list(_counted(actor).filter(lately))


def run(*, actor: Actor, run_id: UUID) -> Run:
    """One of the firm's lists with its counts. Raises NotFound."""
    found = _counted(actor).filter(id=run_id).first()
    if found is None:
        raise NotFound
    return found


def run_of_request(*, actor: Actor, request_key: str) -> Run | None:
    """The list that was brought under this key, if there is one."""
    return _counted(actor).filter(request_key=request_key).first()


def run_rows(
    *, actor: Actor, run_id: UUID, after: int = 0, most: int = 200, problems: bool = False, states: Collection[str] = ()
) -> list[RunRow]:  # fmt: skip
    """Rows in order, from number `after` + 1 on; `problems`: those that need a look. Raises NotFound."""
    found = run(actor=actor, run_id=run_id).rows.filter(number__gt=after).select_related("person").order_by("number")
    if problems:
        found = found.filter(state=RunRow.State.WAITING).exclude(problem="")
    if states:
        found = found.filter(state__in=states)
    return list(found[:most])


def run_proofs(*, actor: Actor, run_id: UUID) -> dict[int, Any]:
    """The proofs of a list by the number of their row, each with `cancelled_at`, without documents. Raises NotFound."""
    found = run(actor=actor, run_id=run_id)
    given = signed().filter(org_id=actor.org_id, run_id=found.id).defer("document", "payload").select_related("run_row")
    return {one.run_row.number: one for one in given.order_by("run_row__number") if hasattr(one, "run_row")}


def run_documents(*, actor: Actor, run_id: UUID, after: int = 0, most: int = 200) -> list[tuple[int, UUID, bytes]]:
    """(number of the row, identifier, signed file) of the proofs that are done, in order. Raises NotFound."""
    rows = run(actor=actor, run_id=run_id).rows.filter(state=RunRow.State.DONE, number__gt=after, issued__isnull=False)
    told = rows.order_by("number").values_list("number", "issued_id", "issued__document")[:most]
    return [(number, issued_id, bytes(document)) for number, issued_id, document in told if issued_id is not None]


def idle_runs(*, now: datetime) -> list[UUID]:
    """Lists of all firms that are under way, and on which nobody has worked for a while. For the job alone."""
    busy = RunRow.objects.filter(run=OuterRef("id"), state=RunRow.State.WAITING, claimed_at__gt=now - rules.RUN_LEASE)
    return list(Run.objects.filter(~Exists(busy), state=Run.State.RUNNING).values_list("id", flat=True))


def _counted(actor: Actor) -> QuerySet[Run]:
    waiting = Q(rows__state=RunRow.State.WAITING)
    counts = {
        "rows_done": Count("rows", filter=Q(rows__state=RunRow.State.DONE)),
        "rows_failed": Count("rows", filter=Q(rows__state=RunRow.State.FAILED)),
        "rows_left_out": Count("rows", filter=Q(rows__state=RunRow.State.LEFT_OUT)),
        "rows_left": Count("rows", filter=waiting & Q(rows__problem="")),
        "rows_problem": Count("rows", filter=waiting & ~Q(rows__problem="")),
    }
    found = Run.objects.filter(org_id=actor.org_id, **({"made_by_key": actor.key} if actor.sites else {}))
    return found.annotate(**counts).select_related("version__template")
