"""Ask a person's phone for proofs, and take the answer once. (OpenID4VP 1.0; trustworthy: verification rule 12)"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from credcore.oid4vc import dcql, encryption, requests
from credcore.verify import Report
from credcore.verify.record import dump
from skillmark.errors import DomainError, NotFound
from skillmark.rooms.credentials import rules
from skillmark.rooms.credentials.models import Asking
from skillmark.rooms.credentials.operations.checks import keep_checks
from skillmark.rooms.credentials.queries.asking import opened
from skillmark.rooms.journal import operations as journal
from skillmark.rooms.people import operations as people
from skillmark.rooms.people.rules import Actor, digest
from skillmark.rooms.signing import operations as signing

Json = dict[str, Any]


class CannotAsk(DomainError):
    """The request is over, or this answer to it is none."""


def ask_phone(
    *,
    actor: Actor,
    purpose: str,
    query: Json,
    base_url: str,
    session: str,
    now: datetime,
    keeps: bool = True,
    encrypted: bool = True,
    person_id: UUID | None = None,
    start_list_id: UUID | None = None,
) -> Asking:
    """Make a request that can be answered once within ten minutes.

    `query` is DCQL, as `rules.asking.query` makes it; `purpose` why, in words for the person. `session` is a secret of the
    browser that asks (empty: none waits). `base_url` is where phones reach this server. `keeps` False: for a stranger, of
    whose answer nothing is kept. Raises MalformedError `dcql.…`, CannotAsk `asking.purpose`, CannotDo.
    """
    people.demand(actor=actor, action="check.make")
    dcql.parse(query)
    if not 0 < len(purpose.strip()) <= rules.asking.PURPOSE:
        raise CannotAsk("asking.purpose")
    who, secret = (signing.asker(org_id=actor.org_id, now=now), b"") if keeps else signing.passing()
    number, state = uuid4(), secrets.token_urlsafe(32)
    own = rules.asking.Secrets(
        state=state, client_id=rules.asking.client_id(who.did), response_uri=f"{base_url}/oid4vp/{number}/response",
        page=f"{base_url}/check/phone/{number}", key=encryption.new_key(name=str(number)) if encrypted else None,
        keeps=keeps, passing=secret.hex(), asker=actor.label, asker_id=actor.user_id, via=actor.via,
    )  # fmt: skip
    with transaction.atomic():
        made = Asking.objects.create(
            id=number, org_id=actor.org_id, person_id=person_id, start_list_id=start_list_id, purpose=purpose.strip(),
            query=query, state_hash=digest(state), nonce=secrets.token_urlsafe(32), encrypted=encrypted,
            key=signing.sealer(org_id=actor.org_id).seal(own.dumps()), session_hash=digest(session) if session else "",
            made_by=actor.key, made_at=now, expires_at=now + rules.asking.LASTS,
        )  # fmt: skip
        if keeps:
            _note(made, actor, "credentials.asking.made", now, purpose=made.purpose)
    return made


def request_object(*, asking_id: UUID, wallet_nonce: str, now: datetime) -> bytes:
    """The signed request for a phone. Raises NotFound, CannotAsk `asking.over`."""
    asking, own = _open(asking_id, now)
    payload = requests.make(
        client_id=own.client_id, response_uri=own.response_uri, nonce=asking.nonce, state=own.state, query=asking.query,
        now=now, until=asking.expires_at, name=asking.org.name if own.keeps else "", purpose=asking.purpose,
        key=encryption.public(own.key) if own.key else None, encodings=encryption.ENCODINGS, wallet_nonce=wallet_nonce,
    )  # fmt: skip
    Asking.objects.filter(id=asking.id, fetched_at=None).update(fetched_at=now)
    # By the name under which the request was made, also when the firm has got an address of its own in the meantime.
    did = own.client_id.partition(":")[2]
    if own.passing:
        header = {"typ": requests.TYPE, "kid": f"{did}#{did.removeprefix('did:key:')}"}
        return signing.sign_passing(secret=bytes.fromhex(own.passing), header=header, payload=payload)
    key = signing.party(org_id=asking.org_id, now=now).verification_method.partition("#")[2]
    header = {"typ": requests.TYPE, "kid": f"{did}#{key}"}
    return signing.sign_as_party(org_id=asking.org_id, header=header, payload=payload, now=now)


@transaction.atomic
def answer_asking(*, asking_id: UUID, reports: Sequence[Report], now: datetime) -> str:
    """Take the checked answer, once; the code for the browser that comes back. Keeps each proof as the firm's evidence.

    Raises NotFound, CannotAsk `asking.over`, also when somebody else was faster.
    """
    asking, own = _open(asking_id, now)
    code = secrets.token_urlsafe(24)
    _take(asking, now, response_code_hash=digest(code), problem="")
    if own.keeps:
        actor, items = own.actor(org_id=asking.org_id), []
        for report in reports:
            kept = keep_checks(
                actor=actor, kind="text", name=asking.purpose, body=report.document, reports=[report], now=now
            )  # fmt: skip
            items += [str(one.id) for one in kept]
        Asking.objects.filter(id=asking.id).update(items=items, key=b"")
        _note(asking, actor, "credentials.asking.answered", now, proofs=len(items))
    else:
        told = replace(own, key=None, answer=[rules.storable(dump(report)) for report in reports])
        sealed = signing.sealer(org_id=asking.org_id).seal(told.dumps())
        Asking.objects.filter(id=asking.id).update(key=sealed)
    return code


@transaction.atomic
def refuse_asking(*, asking_id: UUID, now: datetime) -> None:
    """The person said no. Raises NotFound, CannotAsk `asking.over`."""
    asking, own = _open(asking_id, now)
    _take(asking, now, problem="asking.refused")
    if own.keeps:
        _note(asking, own.actor(org_id=asking.org_id), "credentials.asking.refused", now)


def note_bad_answer(*, asking_id: UUID, code: str, now: datetime) -> None:
    """An answer came that is none; the request goes on. Raises CannotTry `tries.too_many` after ten of them."""
    people.count_try(
        key=f"asking:{asking_id}", limit=rules.asking.BAD_ANSWERS, seconds=int(rules.asking.LASTS.total_seconds()), now=now
    )
    Asking.objects.filter(id=asking_id, answered_at=None).update(problem=code[:60])


@transaction.atomic
def stop_asking(*, asking: Asking, now: datetime) -> None:
    """No answer is wanted any more; `asking` comes from the queries, which know to whom it belongs."""
    own = opened(asking)
    there = Asking.objects.filter(id=asking.id, answered_at=None, expires_at__gt=now)
    if there.update(expires_at=now, problem="asking.stopped", key=b"") and own is not None and own.keeps:
        _note(asking, own.actor(org_id=asking.org_id), "credentials.asking.stopped", now)


def use_response_code(*, asking: Asking, code: str, now: datetime) -> bool:
    """Whether this is the code for the browser that comes back; it is good once."""
    there = Asking.objects.filter(id=asking.id, response_code_hash=digest(code), answered_at__lte=now)
    return bool(code) and there.update(response_code_hash="", taken_at=now) == 1


def drop_askings(*, now: datetime) -> int:
    """Forget what only ended requests know, and those of which nothing was kept. For the job alone."""
    ended = Asking.objects.filter(expires_at__lte=now)
    ended.exclude(key=b"").update(key=b"")
    return ended.filter(items=[]).delete()[0]


def _open(asking_id: UUID, now: datetime) -> tuple[Asking, rules.asking.Secrets]:
    asking = Asking.objects.filter(id=asking_id).select_related("org").first()
    if asking is None:
        raise NotFound
    own = opened(asking)
    if own is None or asking.answered_at is not None or asking.expires_at <= now:
        raise CannotAsk("asking.over")
    return asking, own


def _take(asking: Asking, now: datetime, **change: str) -> None:
    there = Asking.objects.filter(id=asking.id, answered_at=None, expires_at__gt=now)
    if there.update(answered_at=now, **change) != 1:
        raise CannotAsk("asking.over")


def _note(asking: Asking, actor: Actor, event: str, now: datetime, **facts: object) -> None:
    journal.write(
        org_id=asking.org_id, actor=actor.label, actor_id=actor.key, event=event, subject_id=asking.id, data=facts, now=now
    )
