"""The copy of a proof that its owner can show to another program: tied to the key of their own page.

Same proof, same place in the same lists. Only of proofs that this person took with their own code: what they brought as a
file may be somebody else's, and nobody binds that to their key.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from credcore.keys import jwk
from credcore.oid4vc import dcql
from credcore.oid4vc.key_proofs import KeyProof
from skillmark.errors import NotFound
from skillmark.rooms.credentials import rules
from skillmark.rooms.credentials.models import Held, Issued, IssuedForm
from skillmark.rooms.credentials.operations.app_copies import kept_copy, signed_copy
from skillmark.rooms.credentials.operations.apps import CannotTakeUp
from skillmark.rooms.credentials.operations.forms import sd_jwt_claims
from skillmark.rooms.credentials.queries.apps import not_possible
from skillmark.rooms.credentials.queries.proofs import signed
from skillmark.rooms.credentials.queries.status import base_url_of
from skillmark.rooms.credentials.rules import apps
from skillmark.rooms.journal import operations as journal
from skillmark.rooms.people import operations as people
from skillmark.rooms.people.rules import Actor
from skillmark.rooms.signing import operations as signing

Json = dict[str, Any]


def could_copy(*, actor: Actor, issued_id: UUID, now: datetime) -> dict[str, tuple[Json, list[str]]]:
    """{format: (what such a copy says, what of it may be left out)}; empty when none can be made any more. Signs nothing.

    Raises NotFound.
    """
    issued = _mine(actor, issued_id)
    if not_possible(issued, now):
        return {}
    shown = _key(actor, now)
    document = apps.bound_to(payload=issued.payload, did=shown.did)
    claims, hideable = sd_jwt_claims(issued=issued, form=rules.SD_JWT, kind_url=_kind(issued), now=now)
    return {dcql.SD_JWT: (claims, hideable), dcql.LDP: (document, []), dcql.JWT: (document, [])}


def own_copy(*, actor: Actor, issued_id: UUID, format: str, now: datetime) -> bytes:
    """The copy in one of the formats of `dcql.READ`; made once, and the same bytes ever after.

    Raises NotFound, CannotTakeUp `app.cancelled`, `app.over`, `app.key_retired`; CannotSign. Call it outside any transaction.
    """
    people.demand(actor=actor, action="record.change")
    issued, form, shown = _mine(actor, issued_id), apps.APP_FORMS[format], _key(actor, now)
    problem = not_possible(issued, now)
    if problem:
        raise CannotTakeUp(problem)
    body = kept_copy(issued, form, shown)
    if body is not None:
        return body
    body = signed_copy(issued, form, shown, now)
    try:
        with transaction.atomic():
            people.hold_own_space(org_id=actor.org_id)
            IssuedForm.objects.create(issued=issued, form=form, holder=shown.thumbprint, body=body, made_at=now)
            journal.write(  # in the person's own journal: their giver does not learn when they show it, or that they do
                org_id=actor.org_id, actor="Skillmark", actor_id="server", event="credentials.form.made",
                subject_id=issued.id, data={"form": form, "title": issued.title}, now=now,
            )  # fmt: skip
    except IntegrityError:  # asked for twice at once: the first one stays
        kept = kept_copy(issued, form, shown)
        if kept is None:
            raise
        return kept
    return body


def _mine(actor: Actor, issued_id: UUID) -> Issued:
    kept = Held.objects.filter(org_id=actor.org_id, issued_id=issued_id).exists()
    found = signed().filter(id=issued_id).select_related("version", "entry__list").first() if kept else None
    if found is None:
        raise NotFound
    return found


def _key(actor: Actor, now: datetime) -> KeyProof:
    party = signing.party(org_id=actor.org_id, now=now)
    return KeyProof(key=jwk.decode(party.jwk), did=party.did, nonce="")


def _kind(issued: Issued) -> str:
    base = base_url_of(org_id=issued.org_id)
    return rules.kind_url(list_url=f"{base}/status/", template_id=issued.version.template_id)
