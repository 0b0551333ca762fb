"""Keep a proof in a space of one's own, and open that space again.

Whoever makes a code could also use it: a supervisor might keep a proof in the worker's name. The first proof cannot be
protected from that (there is nothing to protect yet); everything after it is. As soon as a space has a way in of its own
(a slip and a PIN, face or finger), keeping another proof adds it and opens nothing, so older proofs, also those of other
firms, stay with the person.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from credcore.errors import VerificationError
from credcore.verify import Policy, Verifier
from skillmark.rooms.credentials import operations as credentials
from skillmark.rooms.credentials.rules import same_name
from skillmark.rooms.people import operations as people
from skillmark.rooms.people.rules import Actor, Role
from skillmark.rooms.records import queries
from skillmark.rooms.signing import queries as signing

if TYPE_CHECKING:
    from skillmark.rooms.credentials.models import Held


def keep(
    *, code: str, pin: str, verifier: Verifier, now: datetime, into: Actor | None = None
) -> tuple[Actor | None, Held, bool]:
    """Take the offer and keep its proof: who may now see the space, what is kept, and whether a way in is to be chosen.

    `into`: the person whose page is open in this browser. A proof of a firm that knows no page of theirs yet goes there; one
    with another name on it is marked so. The actor that comes back is None when it went into another page, which has a way in
    of its own already: the person opens it with that.
    The proof is checked before it is kept, and the code is spent last, together with keeping: after a failure it still works.
    Raises `credentials.operations.CannotKeep`, also `proof.not_good` when the proof is no longer in date.
    Call it outside any transaction.
    """
    if into is not None:
        people.demand(actor=into, action="record.change")
    issued = credentials.check_pin(code=code, pin=pin, now=now)
    ours = Policy.own(issuers=signing.identities(org_id=issued.org_id))
    try:
        verified = verifier.verify(bytes(issued.document), now=now, policy=ours)
    except VerificationError as error:
        raise credentials.CannotKeep("proof.not_good", giver=issued.giver) from error
    with transaction.atomic():
        issued = credentials.use_offer(code=code, now=now)
        space = people.make_own_space(
            org_id=issued.org_id, person_id=issued.person_id, now=now, into=into.org_id if into is not None else None
        )
        actor = Actor(org_id=space.id, role=Role.WORKER, name=space.name)
        other = not same_name(issued.person_name, space.name)
        held = credentials.hold(actor=actor, verified=verified, issued_id=issued.id, names_other=other, now=now)
        locked = queries.has_way_in(actor=actor)
    if into is not None and into.org_id == space.id:
        return into, held, not locked
    return (None if locked else actor), held, not locked
