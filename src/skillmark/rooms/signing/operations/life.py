"""The life of a key: made, tried, used, retired, or known to somebody else."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction

from credcore import issue
from credcore.codec import strict_json
from credcore.keys.public import ED25519
from skillmark.errors import DomainError
from skillmark.rooms.journal import operations as journal
from skillmark.rooms.people import operations as people
from skillmark.rooms.people import queries as firms
from skillmark.rooms.people.rules import Actor, server_for
from skillmark.rooms.signing import queries
from skillmark.rooms.signing.models import HandOver, IssuerKey
from skillmark.rooms.signing.operations import custody
from skillmark.rooms.signing.operations.signing import refused
from skillmark.rooms.signing.rules import REASON_LENGTH, did_web, statements, suite_of

_State = IssuerKey.State


class CannotChangeKeys(DomainError):
    """The keys stay as they are."""


def make_keys(*, org_id: UUID, now: datetime, provider: str = "") -> None:
    """Make sure that the firm has an active key for each purpose. Does nothing when it has.

    `provider`: where a new one is made; by default where the last one is. Raises CannotSign `sign.device`.
    """
    for purpose in IssuerKey.Purpose.values:
        mine = IssuerKey.objects.filter(org_id=org_id, purpose=purpose)
        if not mine.filter(state=_State.ACTIVE).exists():
            last = mine.last()
            where = provider or (last.provider if last else IssuerKey.Provider.LOCAL)
            try:
                with transaction.atomic():
                    key = custody.make(org_id=org_id, purpose=purpose, state=_State.ACTIVE, now=now, provider=where)
                    _note(server_for(org_id=org_id), "signing.key.made", key, now)
            except IntegrityError:  # made by another process a moment ago
                queries.active(org_id=org_id, purpose=purpose)


@transaction.atomic
def stage(
    *, actor: Actor, purpose: str = "credential", now: datetime, provider: str = "local", algorithm: str = ED25519
) -> IssuerKey:
    """Make the next key. It is published from now on, and signs nothing until it is used.

    Raises CannotChangeKeys `keys.staged_already`, CannotSign `sign.device`, CannotDo.
    """
    people.demand(actor=actor, action="keys.change")
    if IssuerKey.objects.filter(org_id=actor.org_id, purpose=purpose, state=_State.STAGED).exists():
        raise CannotChangeKeys("keys.staged_already")
    try:
        with transaction.atomic():
            key = custody.make(
                org_id=actor.org_id, purpose=purpose, state=_State.STAGED, now=now, provider=provider, algorithm=algorithm
            )
    except IntegrityError as error:  # made by somebody else a moment ago
        raise CannotChangeKeys("keys.staged_already") from error
    _note(actor, "signing.key.staged", key, now)
    return key


@transaction.atomic
def discard(*, actor: Actor, key_id: UUID, now: datetime) -> None:
    """Put away a next key that was never used. Raises NotFound, CannotChangeKeys `keys.not_staged`."""
    people.demand(actor=actor, action="keys.change")
    key = _staged(actor, key_id)
    _note(actor, "signing.key.discarded", key, now)
    key.delete()


def trial(*, actor: Actor, key_id: UUID, now: datetime) -> bytes:
    """Something that names nobody, signed by the next key under the firm's name: to see that it works before it counts.

    Raises NotFound, CannotChangeKeys `keys.not_staged`, CannotSign.
    """
    people.demand(actor=actor, action="keys.change")
    key = _staged(actor, key_id)
    firm = firms.organisation(actor=actor)
    did = did_web(base_url=firm.base_url, org_id=firm.id) if firm.base_url else f"did:key:{key.public_multibase}"
    return said(statements.trial(did=did, firm=firm.name, now=now), key=key, did=did, now=now)


def use(*, actor: Actor, key_id: UUID, now: datetime) -> IssuerKey:
    """From now on the next key signs. The one before retires, and signs a last thing: who follows it.

    Old proofs stay good, since the retired key stays published. Call it outside any transaction.
    Raises NotFound, CannotChangeKeys `keys.not_staged`, CannotSign, CannotDo.
    """
    people.demand(actor=actor, action="keys.change")
    key = _staged(actor, key_id)
    make_keys(org_id=actor.org_id, now=now)  # somebody must hand over
    old = queries.active(org_id=actor.org_id, purpose=key.purpose)
    document, named = _hand_over(actor, old=old, new=key, now=now)
    with transaction.atomic():
        changed = IssuerKey.objects.filter(id=old.id, state=_State.ACTIVE).update(state=_State.RETIRED, retired_at=now)
        if not changed or not IssuerKey.objects.filter(id=key.id, state=_State.STAGED).update(
            state=_State.ACTIVE, active_from=now
        ):
            raise CannotChangeKeys("keys.not_staged")  # changed by somebody else a moment ago
        HandOver.objects.create(id=named, org_id=actor.org_id, old=old, new=key, document=document, signed_at=now)
        _note(actor, "signing.key.rotated", key, now)
    return queries.key(actor=actor, key_id=key_id)


def rotate(*, actor: Actor, purpose: str, now: datetime) -> IssuerKey:
    """Use the next key at once, or one that is made now where the present one is. Raises as `stage` and `use`."""
    people.demand(actor=actor, action="keys.change")
    make_keys(org_id=actor.org_id, now=now)
    present = queries.active(org_id=actor.org_id, purpose=purpose)
    waiting = IssuerKey.objects.filter(org_id=actor.org_id, purpose=purpose, state=_State.STAGED).first()
    key = waiting or stage(actor=actor, purpose=purpose, now=now, provider=present.provider)
    return use(actor=actor, key_id=key.id, now=now)


def compromise(*, actor: Actor, key_id: UUID, since: datetime, why: str, now: datetime) -> IssuerKey:
    """Somebody else may know this key since `since`: it signs nothing more, is not published, and its proofs do not count.

    If it was the one that signs, the next one takes its place, or a new one; it hands nothing over, since whoever knows the
    old key could do the same. Returns the key that signs now.
    Raises NotFound, CannotChangeKeys `keys.reason_missing`, `keys.reason_too_long`, `keys.since_wrong`,
    `keys.compromised_already`; CannotSign `sign.device` (then it is marked, and has no follower yet).
    """
    people.demand(actor=actor, action="keys.change")
    why = why.strip()
    if not why:
        raise CannotChangeKeys("keys.reason_missing")
    if len(why) > REASON_LENGTH:
        raise CannotChangeKeys("keys.reason_too_long", most=str(REASON_LENGTH))
    key = queries.key(actor=actor, key_id=key_id)
    if since > now or since < key.made_at:
        raise CannotChangeKeys("keys.since_wrong")
    with transaction.atomic():
        open_keys = IssuerKey.objects.filter(id=key.id).exclude(state=_State.COMPROMISED)
        ended = key.retired_at or (now if key.active_from is not None else None)
        given_up = {"state": _State.COMPROMISED, "compromised_at": since, "compromised_why": why, "retired_at": ended}
        if not open_keys.update(**given_up):
            raise CannotChangeKeys("keys.compromised_already")
        _note(actor, "signing.key.compromised", key, now, why=why)
        nobody = not IssuerKey.objects.filter(org_id=actor.org_id, purpose=key.purpose, state=_State.ACTIVE).exists()
        if nobody:
            IssuerKey.objects.filter(org_id=actor.org_id, purpose=key.purpose, state=_State.STAGED).update(
                state=_State.ACTIVE, active_from=now
            )
    make_keys(org_id=actor.org_id, now=now)
    return queries.active(org_id=actor.org_id, purpose=key.purpose)


def _hand_over(actor: Actor, *, old: IssuerKey, new: IssuerKey, now: datetime) -> tuple[bytes, UUID]:
    named = uuid4()
    did = f"did:key:{old.public_multibase}"
    unsigned = statements.hand_over(
        old=did, new=f"did:key:{new.public_multibase}", firm=firms.organisation(actor=actor).name, now=now, named=named
    )
    return said(unsigned, key=old, did=did, now=now), named


def said(unsigned: dict[str, object], *, key: IssuerKey, did: str, now: datetime) -> bytes:
    """A statement of our own about keys, signed. What others ask to be signed goes through `sign`."""
    making = issue.Making(suite=suite_of(key.algorithm))
    try:
        return strict_json.dumps(issue.issue(unsigned, signer=custody.opened(key, did=did), now=now, making=making))
    except issue.LintError as error:
        raise refused(error) from error


def _staged(actor: Actor, key_id: UUID) -> IssuerKey:
    key = queries.key(actor=actor, key_id=key_id)
    if key.state != _State.STAGED:
        raise CannotChangeKeys("keys.not_staged")
    return key


def _note(actor: Actor, event: str, key: IssuerKey, now: datetime, **more: str) -> None:
    journal.write(
        org_id=actor.org_id, actor=actor.label, actor_id=actor.key, event=event, subject_id=key.id,
        data={"purpose": key.purpose, "key": key.public_multibase} | more, now=now,
    )  # fmt: skip
