"""Write down a list and judge every row of it, mend rows, leave rows out. Nothing is signed here."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction

from skillmark.errors import DomainError
from skillmark.rooms.credentials import queries, rules
from skillmark.rooms.credentials.models import Run, RunRow, Template
from skillmark.rooms.journal import operations as journal
from skillmark.rooms.people import operations as people_operations
from skillmark.rooms.people import queries as people
from skillmark.rooms.people.rules import Actor
from skillmark.rooms.people.rules.facts import demand_seen

_AT_ONCE = 500
_LANGUAGES = ("en", "es")
_LENGTHS = {"name": 200, "email": 254, "phone": 40}
_MENDED = frozenset({*_LENGTHS, "level", "observed_on", "person_id", "someone_new"})


class CannotRun(DomainError):
    """The list cannot be taken, or not be given as it stands."""


def plan_run(
    *, actor: Actor, template_id: UUID, name: str, rows: Sequence[rules.Wanted], observed_on: date | None, note: str,
    request_key: str, now: datetime, renews: UUID | None = None,
) -> Run:  # fmt: skip
    """The list, written down and judged; nothing is given before `start_run`.

    The same `request_key` again is the same list: as it stands once it was started, judged anew with these facts before.
    `observed_on` and `note` stand on every proof, unless a row has a day of its own.
    Raises NotFound; CannotRun `template.archived`, `run.needs_sign_offs`, `run.empty`, `run.too_many`,
    `proof.note_too_long`; people's CannotWrite for a note that says more than what was seen; CannotDo.
    """
    people_operations.demand(actor=actor, action="proof.give")
    if not rows:
        raise CannotRun("run.empty")
    if len(rows) > rules.RUN_ROWS:
        raise CannotRun("run.too_many", most=f"{rules.RUN_ROWS:,}", rows=f"{len(rows):,}")
    if len(note.strip()) > rules.TEXT_LENGTH:
        raise CannotRun("proof.note_too_long", most=str(rules.TEXT_LENGTH))
    if renews is None:  # the words of a class that is given anew were judged when it was given
        demand_seen(text=note)
    template = queries.template(actor=actor, template_id=template_id)
    if template.current is None or template.state != Template.State.LIVE:
        raise CannotRun("template.archived")
    if template.current.times_seen > 1 or template.current.co_sign:
        raise CannotRun("run.needs_sign_offs")
    if renews is not None:
        queries.run(actor=actor, run_id=renews)
    facts = {
        "version_id": template.current.id, "name": rules.storable_text(rules.tidy(name))[: rules.RUN_NAME],
        "observed_on": observed_on, "note": rules.storable_text(note.strip()), "total": len(rows), "renews_id": renews,
    }  # fmt: skip
    try:
        with transaction.atomic():
            run = Run.objects.select_for_update().filter(org_id=actor.org_id, request_key=request_key).first()
            if run is not None and run.state != Run.State.PLANNED:
                return queries.run(actor=actor, run_id=run.id)
            if run is None:
                run = Run(id=uuid4(), org_id=actor.org_id, request_key=request_key, state=Run.State.PLANNED)
            for field, value in facts.items():
                setattr(run, field, value)
            run.made_by, run.made_by_key, run.made_at = actor.label, actor.key, now
            run.save()
            run.rows.all().delete()
            made = [_row(run, number, row) for number, row in enumerate(rows, 1)]
            _judge(actor=actor, run=run, rows=made, now=now)
            RunRow.objects.bulk_create(made, batch_size=_AT_ONCE)
            note_run(actor=actor, run=run, event="planned", now=now)
    except IntegrityError:  # the same list at the same moment
        found = queries.run_of_request(actor=actor, request_key=request_key)
        if found is None:
            raise
        return found
    return queries.run(actor=actor, run_id=run.id)


def mend_rows(*, actor: Actor, run_id: UUID, changes: Mapping[int, Mapping[str, Any]], now: datetime) -> Run:
    """Change what rows say, by their number, and judge all anew: `name`, `email`, `phone`, `level` (int or None),
    `observed_on` (date or None), `person_id` (who is meant), `someone_new` (none of those who are here).

    Raises NotFound, also for a person who is not the actor's; CannotRun `run.started`; CannotDo.
    """
    people_operations.demand(actor=actor, action="proof.give")
    with transaction.atomic():
        run = planned(actor=actor, run_id=run_id)
        rows = list(run.rows.exclude(state=RunRow.State.LEFT_OUT).order_by("number"))
        for row in rows:
            _mend(actor, row, changes.get(row.number, {}))
        _judge(actor=actor, run=run, rows=rows, now=now)
        RunRow.objects.bulk_update(
            rows,
            ["name", "email", "phone", "level", "observed_on", "said", "person", "chosen", "problem"],
            batch_size=_AT_ONCE,
        )
        note_run(actor=actor, run=run, event="mended", now=now)
    return queries.run(actor=actor, run_id=run_id)


def leave_out_rows(
    *, actor: Actor, run_id: UUID, now: datetime, numbers: Collection[int] | None = None, back: bool = False
) -> Run:  # fmt: skip
    """Leave out those rows that need a look (or of them `numbers`), on purpose; `back`: take them in again.

    Raises NotFound; CannotRun `run.started`; CannotDo.
    """
    people_operations.demand(actor=actor, action="proof.give")
    with transaction.atomic():
        run = planned(actor=actor, run_id=run_id)
        states = (RunRow.State.LEFT_OUT, RunRow.State.WAITING) if back else (RunRow.State.WAITING, RunRow.State.LEFT_OUT)
        found = run.rows.filter(state=states[0]).exclude(problem="")
        if numbers is not None:
            found = found.filter(number__in=list(numbers))
        if found.update(state=states[1]):
            rows = list(run.rows.filter(state=RunRow.State.WAITING).order_by("number"))
            _judge(actor=actor, run=run, rows=rows, now=now)  # of two rows that were one too many, one is left
            RunRow.objects.bulk_update(rows, ["person", "problem"], batch_size=_AT_ONCE)
            note_run(actor=actor, run=run, event="mended", now=now)
    return queries.run(actor=actor, run_id=run_id)


def drop_plans(*, now: datetime) -> int:
    """Throw away lists that nobody gave within thirty days; how many. For the job alone."""
    old = Run.objects.filter(state=Run.State.PLANNED, made_at__lte=now - rules.PLAN_LASTS)
    return sum(one.delete()[0] > 0 for one in old)


def planned(*, actor: Actor, run_id: UUID) -> Run:
    """The list, locked, while it is still being looked at. For this package; inside a transaction."""
    queries.run(actor=actor, run_id=run_id)
    run = Run.objects.select_for_update().select_related(None).get(org_id=actor.org_id, id=run_id)
    if run.state != Run.State.PLANNED:
        raise CannotRun("run.started")
    return run


def note_run(*, actor: Actor, run: Run, event: str, now: datetime, **facts: object) -> None:
    """The journal's entry. For this package."""
    journal.write(
        org_id=run.org_id, actor=actor.label, actor_id=actor.key, event=f"credentials.run.{event}", subject_id=run.id,
        data={"name": run.name, "total": run.total, **facts}, now=now,
    )  # fmt: skip


def _row(run: Run, number: int, row: rules.Wanted) -> RunRow:
    def kept(text: str, length: int) -> str:
        return rules.storable_text(rules.tidy(text))[:length]

    said = {which: kept(text, 80) for which, text in row.said.items()}
    if len(row.name) > 200:  # the cell is cut; that it was too long must not be forgotten with it
        said["name"] = kept(row.name, 240)
    return RunRow(
        run=run, number=number, line=row.line, name=kept(row.name, 200), email=kept(row.email, 254),
        phone=kept(row.phone, 40), staff_number=kept(row.staff_number, 40),
        language=row.language if row.language in _LANGUAGES else "", level=row.level, observed_on=row.observed_on, said=said,
        person_id=row.person_id, renews_id=row.renews,
        chosen=RunRow.Chosen.NEW if row.someone_new else RunRow.Chosen.PERSON if row.person_id else "",
    )  # fmt: skip


def _judge(*, actor: Actor, run: Run, rows: Sequence[RunRow], now: datetime) -> None:
    """Set `problem` and `person_id` of each row."""
    time_zone = people.site(actor=actor).time_zone
    version = run.version
    terms = rules.Terms(
        level_asked=version.level_asked, months=version.months, observed_on=run.observed_on,
        today=rules.day_there(moment=now, time_zone=time_zone), now=now, time_zone=time_zone,
        newcomers=not actor.sites or len(actor.sites) == 1,
    )  # fmt: skip
    known = [rules.KnownPerson(p.id, p.name, p.email, p.phone, p.number) for p in people.people(actor=actor)]
    judged = rules.judge(rows=[_wanted(row) for row in rows], known=known, terms=terms)
    for row, found in zip(rows, judged, strict=True):
        row.problem = found.problem
        row.person_id = found.person_id


def _wanted(row: RunRow) -> rules.Wanted:
    return rules.Wanted(
        line=row.line, name=row.said.get("name", row.name), email=row.email, phone=row.phone, staff_number=row.staff_number,
        language=row.language, level=row.level, observed_on=row.observed_on, said=row.said,
        person_id=row.person_id if row.chosen == RunRow.Chosen.PERSON else None,
        someone_new=row.chosen == RunRow.Chosen.NEW,
    )  # fmt: skip


def _mend(actor: Actor, row: RunRow, facts: Mapping[str, Any]) -> None:
    for field, value in facts.items():
        if field not in _MENDED:
            raise ValueError(f"a row has no {field} to mend")
        if field == "person_id":
            row.person_id, row.chosen = people.person(actor=actor, person_id=value).id, RunRow.Chosen.PERSON
        elif field == "someone_new":
            row.person_id, row.chosen = None, RunRow.Chosen.NEW
        else:
            row.said.pop(field, None)
            typed = isinstance(value, str)
            setattr(row, field, rules.storable_text(rules.tidy(value))[: _LENGTHS[field]] if typed else value)
