"""The e-mails of reminders: to a worker with links, to a supervisor or owner with lines, to the owner on Mondays."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from skillmark.desks import notices
from skillmark.errors import NotFound
from skillmark.rooms.holdings import operations as holdings
from skillmark.rooms.people import queries as people
from skillmark.rooms.people.rules import Actor, server_for
from skillmark.rooms.skills.rules import label

ASKED = "holdings.ask.email_asked"
TELL_ASKED = "holdings.reminders.tell_asked"
SUMMARY_ASKED = "holdings.reminders.summary_asked"


def send_ask(*, org_id: UUID, key: str, subject_id: str, data: Mapping[str, Any], base_url: str, now: datetime) -> None:
    """One e-mail with a fresh link for each request that is still open. Raises CannotAsk when none is, NotSentError."""
    actor = _actor(org_id, data, now)
    firm = people.organisation(actor=actor)
    if firm.sample:
        raise holdings.CannotAsk("ask.sample_firm")
    person = people.person(actor=actor, person_id=UUID(subject_id))
    if not person.email:
        raise holdings.CannotAsk("person.email_missing")
    notices.demand_channel()  # before links are made that end the ones before
    made = _open(actor, data["asks"], now)
    wanted = [
        notices.Wanted(label(one.item.names, language=person.language), one.ends, f"{base_url}/u/{token}")
        for one, token in made
    ]
    on = now.astimezone(ZoneInfo(people.site(actor=actor).time_zone)).date()
    notices.send(
        message=notices.photo_wanted(
            to=person.email, name=person.name, language=person.language, firm=firm.name, wanted=wanted, on=on,
            stop_link=f"{base_url}/u/{made[0][1]}/stop",
        ),
        key=key,
    )  # fmt: skip
    for one, _token in made:
        holdings.mark_sent(actor=actor, ask_id=one.id, channel="email", now=now)


def send_told(*, org_id: UUID, key: str, subject_id: str, data: Mapping[str, Any], base_url: str, now: datetime) -> None:
    """What ends, went unanswered or has ended, to one member. Raises NotFound when they have left, NotSentError."""
    user = _member(org_id, data)
    endings = [
        notices.Ending(one["person"], label(one["item"], language=user.language), date.fromisoformat(one["ends"]), one["why"])
        for one in data["endings"]
    ]
    notices.demand_channel()
    message = notices.expiries_told(
        to=user.email, name=user.name, language=user.language, endings=endings, link=f"{base_url}/"
    )
    notices.send(message=message, key=key)


def send_summary(*, org_id: UUID, key: str, subject_id: str, data: Mapping[str, Any], base_url: str, now: datetime) -> None:
    """The week's counts, to one owner. Raises NotFound when they have left, NotSentError."""
    user = _member(org_id, data)
    firm = people.organisation(actor=server_for(org_id=org_id))
    notices.demand_channel()
    message = notices.weekly_summary(
        to=user.email, name=user.name, language=user.language, firm=firm.name, counts=data["counts"], link=f"{base_url}/"
    )
    notices.send(message=message, key=key)


SENDERS = {ASKED: send_ask, TELL_ASKED: send_told, SUMMARY_ASKED: send_summary}


def _open(actor: Actor, ask_ids: list[str], now: datetime) -> list[tuple[Any, str]]:
    """New links for the requests that nobody has answered in the meantime."""
    made, answer = [], None
    for one in ask_ids:
        try:
            made.append(holdings.renew_ask(actor=actor, ask_id=UUID(one), now=now))
        except holdings.CannotAsk as closed:
            answer = closed
    if not made:
        raise answer or holdings.CannotAsk("ask.closed")
    return made


def _actor(org_id: UUID, data: Mapping[str, Any], now: datetime) -> Actor:
    """Whoever pressed Send, with what they may still do; the server itself for what goes out by the plan."""
    if data.get("user_id") is None:
        return server_for(org_id=org_id)
    return people.actor_for(user_id=int(data["user_id"]), org_id=org_id, now=now)


def _member(org_id: UUID, data: Mapping[str, Any]) -> Any:
    members = people.members(actor=server_for(org_id=org_id))
    user = next((one.user for one in members if one.user_id == data["user_id"]), None)
    if user is None or not user.email:
        raise NotFound
    return user
