"""Try the next key before it counts: does it sign, does that check, and do proofs of the present key still check?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from credcore.codec import strict_json
from credcore.verify import Policy
from skillmark.desks import checking
from skillmark.errors import NotFound
from skillmark.rooms.credentials import queries as proofs
from skillmark.rooms.people.rules import Actor
from skillmark.rooms.signing import operations as signing
from skillmark.rooms.signing import queries as keys


@dataclass(frozen=True, slots=True)
class Drill:
    """`works`: the trial of the next key checks. `older` is the proof that was looked at, None where there is none yet;
    `still_good` is whether it checks. `trouble` is why the next key could not sign."""

    works: bool
    older: Any = None
    still_good: bool = False
    trouble: signing.CannotSign | None = None

    @property
    def passed(self) -> bool:
        return self.works and (self.older is None or self.still_good)


def drill(*, actor: Actor, key_id: UUID, now: datetime) -> Drill:
    """Sign a trial with the next key and check it; check the newest proof of the present key. Nothing is stored.

    Raises NotFound, `signing.operations.CannotChangeKeys` `keys.not_staged`, CannotDo.
    """
    older = _older(actor)
    still_good = older is not None and _checks(actor, older.id, now)
    try:
        trial = signing.trial(actor=actor, key_id=key_id, now=now)
    except signing.CannotSign as trouble:
        return Drill(works=False, older=older, still_good=still_good, trouble=trouble)
    giver = strict_json.loads(trial)["issuer"]["id"]
    report = checking.verifier(org_id=actor.org_id, now=now).check(trial, now=now)
    return Drill(works=Policy.own(issuers=[giver]).accepts(report), older=older, still_good=still_good)


def _older(actor: Actor) -> Any:
    try:
        present = keys.issuer(org_id=actor.org_id)
    except NotFound:
        return None
    signed = proofs.proofs_signed_by(actor=actor, key_multibase=present.key_multibase)
    return signed[-1] if signed else None


def _checks(actor: Actor, issued_id: UUID, now: datetime) -> bool:
    """As of the day when it was given: that it has ended since says nothing about the key."""
    proof = proofs.public_proof(issued_id=issued_id)
    report = checking.verifier(org_id=actor.org_id, now=now).check(bytes(proof.document), now=proof.given_at)
    return Policy.own(issuers=keys.identities(org_id=actor.org_id)).accepts(report)
