"""E-mail: that a proof waits for a person, that an answer has changed. At least once, in practice once: the journal knows.

Somebody pressed Send, or Watch; the entry in the journal is that wish. A mail server that is down costs nothing but time:
`resend_mail` finds wishes without an answer and asks again, at longer and longer distances, for a day.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Protocol
from uuid import UUID

from django.conf import settings

from skillmark.desks import notices
from skillmark.edges.jobs import remind_mail, tell_owners
from skillmark.errors import DomainError, NotFound
from skillmark.rooms.credentials import operations as credentials
from skillmark.rooms.credentials import queries as proofs
from skillmark.rooms.journal import operations as journal_operations
from skillmark.rooms.journal import queries as journal
from skillmark.rooms.people import queries as people

ASKED = "credentials.offer.email_asked"
WISHES = (ASKED, tell_owners.ASKED, *remind_mail.SENDERS)
SENT, FAILED, GIVEN_UP = "notices.mail.sent", "notices.mail.failed", "notices.mail.given_up"
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=6)
PATIENCE = timedelta(hours=24)

log = logging.getLogger("skillmark.jobs")


class Entry(Protocol):
    """What we need of an entry of the journal."""

    @property
    def id(self) -> int: ...
    @property
    def at(self) -> datetime: ...
    @property
    def org_id(self) -> UUID | None: ...
    @property
    def event(self) -> str: ...
    @property
    def subject_id(self) -> str: ...
    @property
    def data(self) -> dict[str, Any]: ...


def run(*, now: datetime, org_id: str, entry_id: str) -> None:
    """Answer one wish, unless it was answered or waits for its next try."""
    asked = next(iter(journal.entries(org_id=UUID(org_id), after=int(entry_id) - 1, events=WISHES, limit=1)), None)
    if asked is None or asked.id != int(entry_id) or not is_due(asked, now=now):
        return
    try:
        _send(asked, now)
    except notices.NotSentError as error:
        log.warning("mail for entry %s was not sent: %s", asked.id, error.code)
        over = error.permanent or now - asked.at >= PATIENCE
        _answer(asked, GIVEN_UP if over else FAILED, now, reason=error.code)
    except (NotFound, DomainError) as error:
        # Cancelled in the meantime, no address any more, or the giver may no longer give: trying again changes nothing.
        _answer(asked, GIVEN_UP, now, reason=error.code)
    else:
        _answer(asked, SENT, now)


def is_due(asked: Entry, *, now: datetime) -> bool:
    """Whether a wish is still open and its waiting time after the last failure is over."""
    answers = _answers(asked)
    if any(one.event in (SENT, GIVEN_UP) for one in answers):
        return False
    if not answers:
        return True
    wait = min(FIRST_WAIT * 2 ** (len(answers) - 1), LONGEST_WAIT)
    return bool(now >= answers[-1].at + wait)


def _answers(asked: Entry) -> Sequence[Entry]:
    if asked.org_id is None:
        return []
    told = journal.history(org_id=asked.org_id, subject_id=asked.subject_id)
    return [one for one in told if one.data.get("entry") == asked.id]


def _send(asked: Entry, now: datetime) -> None:
    if asked.event == ASKED:
        _send_proof(asked, now)
    elif asked.event == tell_owners.ASKED:
        _send_change(asked, now)
    elif asked.org_id is not None:
        remind_mail.SENDERS[asked.event](
            org_id=asked.org_id, key=f"{asked.org_id}.{asked.id}", subject_id=asked.subject_id, data=asked.data,
            base_url=_base_url(asked), now=now,
        )  # fmt: skip


def _send_proof(asked: Entry, now: datetime) -> None:
    actor = people.actor_for(user_id=int(asked.data["user_id"]), now=now, org_id=asked.org_id)
    proof = proofs.proof(actor=actor, issued_id=UUID(asked.subject_id))
    person = people.person(actor=actor, person_id=proof.person_id)
    if not person.email:
        raise credentials.CannotOffer("person.email_missing")
    notices.demand_channel()  # before a code is made that closes the one before it
    made, code, pin = credentials.offer(actor=actor, issued_id=proof.id, way="email", now=now)
    notices.send(
        message=notices.proof_waiting(
            to=person.email,
            name=person.name,
            language=str(asked.data.get("language") or person.language),
            giver=proof.giver,
            title=proof.title,
            link=f"{_base_url(asked)}/k/{code}",
            pin=pin,
            expires_on=made.expires_at.date(),
        ),
        key=f"{asked.org_id}.{asked.id}",
    )


def _send_change(asked: Entry, now: datetime) -> None:
    actor = people.actor_for(user_id=int(asked.data["user_id"]), now=now, org_id=asked.org_id)
    check = proofs.check(actor=actor, check_id=UUID(asked.subject_id))
    owner = next((one.user for one in people.members(actor=actor) if one.user_id == actor.user_id), None)
    if owner is None or not owner.email:
        raise NotFound
    notices.demand_channel()
    notices.send(
        message=notices.verdict_changed(
            to=owner.email,
            name=owner.name,
            language=owner.language,
            title=check.title or check.item.name,
            before=asked.data["before"],
            verdict=check.verdict,
            checked_at=check.made_at,
            link=f"{_base_url(asked)}/checks/{check.id}",
        ),
        # The same for the same owner, should two workers have written the wish at the same moment.
        key=f"{check.id}.{actor.user_id}",
    )


def _base_url(asked: Entry) -> str:
    if asked.org_id is None:
        return str(settings.BASE_URL)
    return people.organisation_public(org_id=asked.org_id).base_url or str(settings.BASE_URL)


def _answer(asked: Entry, event: str, now: datetime, **facts: str) -> None:
    journal_operations.write(
        org_id=asked.org_id, actor="Skillmark", actor_id="server", event=event, subject_id=asked.subject_id, now=now,
        data={"entry": asked.id, **facts},
    )  # fmt: skip
