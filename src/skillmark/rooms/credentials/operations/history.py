"""Give a proof of work history: position, site and dates out of the firm's own records. No rating, no reason, no pay."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError

from skillmark.rooms.credentials import rules
from skillmark.rooms.credentials.models import Issued, Template
from skillmark.rooms.credentials.operations.give import Asked, CannotGive, given
from skillmark.rooms.credentials.operations.versions import make
from skillmark.rooms.people import operations as people_operations
from skillmark.rooms.people import queries as people
from skillmark.rooms.people.rules import Actor
from skillmark.rooms.people.rules.facts import demand_facts


def give_history(
    *,
    actor: Actor,
    person_id: UUID,
    stints: Sequence[rules.Stint],
    request_key: str,
    now: datetime,
    duties: str = "",
    hours: str = "",
) -> Issued:
    """One signed proof of all the stints, in the person's language. One request key gives one proof.

    A last day that has not come yet is told as planned. `duties` and `hours` are said only where they are given; they must
    keep to facts. Raises NotFound; CannotGive `history.nothing`, `history.too_many`, `history.title_missing`,
    `history.title_too_long`, `history.ends_before`, `history.not_begun`, `history.duties_too_long`,
    `history.hours_too_long`, and as `give`; `people.rules.facts.CannotWrite`; `signing.operations.CannotSign`.
    Call it outside any transaction.
    """
    people_operations.demand(actor=actor, action="proof.give")
    history = judged_history(actor=actor, person_id=person_id, stints=stints, duties=duties, hours=hours, now=now)
    asked = Asked(person_id=person_id, template_id=_kind(actor=actor, now=now).id, history=history.as_json())
    return given(actor=actor, asked=asked, request_key=request_key, now=now)


def judged_history(
    *, actor: Actor, person_id: UUID, stints: Sequence[rules.Stint], now: datetime, duties: str = "", hours: str = ""
) -> rules.History:
    """What `give_history` would say; raises as it does, for a preview."""
    person = people.person(actor=actor, person_id=person_id)
    history = rules.told_history(stints=stints, duties=duties, hours=hours)
    today = rules.day_there(moment=now, time_zone=people.site(actor=actor).time_zone)
    problem = rules.history_problem(history, on=today)
    if problem:
        raise CannotGive(problem, most=str(_MOST.get(problem, "")))
    # The firm's own names of positions and sites are no remarks about anybody, whatever words they are made of.
    known = {name for one in people.positions(actor=actor, archived=True) for name in one.names.values()}
    known |= {one.name for one in people.sites(actor=actor, archived=True)}
    typed = [text for one in history.stints for text in (one.title, one.site) if text not in known]
    for text in (*typed, history.duties, history.hours):
        demand_facts(text=text, names=[person.name])
    return history


def _kind(*, actor: Actor, now: datetime) -> Template:
    """The firm's kind of proof for work histories; made when it is first needed."""
    live = Template.objects.filter(org_id=actor.org_id, ready_key=rules.WORK_HISTORY, state=Template.State.LIVE)
    there = live.first()
    if there is not None:
        return there
    try:
        return make(actor=actor, ready_key=rules.WORK_HISTORY, words=rules.KIND, now=now)
    except IntegrityError:  # two who leave at the same moment
        return live.get()


_MOST = {
    "history.too_many": rules.MOST_STINTS,
    "history.title_too_long": rules.STINT_TEXT,
    "history.duties_too_long": rules.DUTIES_LENGTH,
    "history.hours_too_long": rules.HOURS_LENGTH,
}
