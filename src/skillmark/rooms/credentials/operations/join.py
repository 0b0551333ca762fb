"""Two spaces of one person become one: what they keep moves over, closed under the other key. Nothing is lost on the way."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from skillmark.rooms.credentials import rules
from skillmark.rooms.credentials.models import Held, Issued
from skillmark.rooms.people import operations as people
from skillmark.rooms.people.rules import Actor
from skillmark.rooms.signing import operations as signing


@transaction.atomic
def move_held(*, actor: Actor, into: Actor) -> dict[UUID, UUID]:
    """Move everything from the space of `actor` into that of `into`: {number before: number now}.

    What both keep, by its identifier, stays there once, with both remarks where it has two. Raises CannotDo, CannotSign.
    """
    people.demand(actor=actor, action="record.change")
    people.demand(actor=into, action="record.change")
    theirs, mine = signing.sealer(org_id=actor.org_id), signing.sealer(org_id=into.org_id)
    there = {one.credential_id: one for one in Held.objects.filter(org_id=into.org_id)}
    moved = {}
    for one in Held.objects.filter(org_id=actor.org_id).select_related("issued"):
        remark = theirs.unseal(one.comment) if one.comment else b""
        twin = there.get(one.credential_id)
        if twin is not None:
            _remember(twin, remark, mine)
            if one.issued_id is not None and twin.issued_id is None and mine.unseal(twin.sealed) == theirs.unseal(one.sealed):
                twin.issued_id = one.issued_id  # taken with its own code there, brought as a file here
                twin.save(update_fields=["issued_id"])
            moved[one.id] = twin.id
            one.delete()
            continue
        moved[one.id] = one.id
        one.org_id, one.sealed = into.org_id, mine.seal(theirs.unseal(one.sealed))
        one.comment = mine.seal(remark) if remark else b""
        one.names_other = _of_another_name(one, actor, into)
        one.save(update_fields=["org_id", "sealed", "comment", "names_other"])
    Issued.objects.filter(own_org_id=actor.org_id).update(own_org_id=into.org_id)
    return moved


def _remember(twin: Held, remark: bytes, mine: signing.Sealer) -> None:
    before = mine.unseal(twin.comment) if twin.comment else b""
    if remark and remark != before:
        twin.comment = mine.seal(b"\n".join(filter(None, (before, remark))))
        twin.save(update_fields=["comment"])


def _of_another_name(one: Held, actor: Actor, into: Actor) -> bool:
    """Where we know whom it names, that decides; otherwise a space of another name brings things of another name."""
    if one.issued is not None:
        return not rules.same_name(one.issued.person_name, into.name)
    return one.names_other or not rules.same_name(actor.name, into.name)
