"""What exactly is signed; also of proofs that were written down under a key which was changed before it signed them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from skillmark.rooms.credentials import queries, rules
from skillmark.rooms.credentials.models import Issued, StatusEntry
from skillmark.rooms.credentials.operations import places
from skillmark.rooms.credentials.queries.proofs import did
from skillmark.rooms.credentials.queries.status import base_url_of
from skillmark.rooms.people import queries as people
from skillmark.rooms.signing import queries as keys


def payload_of(*, issued: Issued, giver_url: str) -> dict[str, Any]:
    """What exactly is signed, from a proof with its place. For `give` and for runs; `giver_url` may be empty."""
    version, row = issued.version, issued.entry.list
    history = rules.history_from_json(issued.history)
    return rules.proof_payload(
        proof_id=issued.id, issuer=row.issuer, giver=issued.giver,
        giver_url=giver_url, person_id=issued.person_id,
        person_name=issued.person_name, version_id=version.id, title=issued.title,
        did=did(issued=issued),
        how=rules.said(texts=version.how, language=issued.language)[0],
        image=rules.svg(
            **queries.look(version=version, title=issued.title, giver=issued.giver, language=issued.language)
        ),
        steps=[rules.said(texts=step, language=issued.language)[0] for step in version.steps], codes=version.codes,
        level=issued.level, language=issued.language, observer="" if issued.evidence or history else issued.given_by,
        observed_on=issued.observed_on, note=issued.note, evidence=[rules.from_json(one) for one in issued.evidence],
        history=history, time_zone=issued.time_zone, valid_from=issued.valid_from,
        valid_until=issued.valid_until, list_url=row.url, pause_url=row.paused.url, index=issued.entry.index,
    )  # fmt: skip


def to_present_key(*, org_id: UUID, issued: Sequence[Issued], now: datetime) -> None:
    """Give those that stand under an earlier identifier a place in a list of the present one, and the words to sign anew.

    All else stays. Their old places are never used again. Whoever signed the old words meanwhile does not get to commit them:
    a commit looks whether the words are still the same. Call it outside any transaction.
    """
    did = keys.issuer(org_id=org_id).did
    stale = {one.id: one for one in issued if one.state == Issued.State.RESERVED and one.entry.list.issuer != did}
    if not stale:
        return
    with transaction.atomic():
        still = Issued.objects.select_for_update().filter(id__in=list(stale), state=Issued.State.RESERVED)
        moved = [stale[id_] for id_ in still.values_list("id", flat=True)]
        StatusEntry.objects.filter(issued__in=moved).update(issued=None)
        places.draw_many(org_id=org_id, issuer=did, base_url=base_url_of(org_id=org_id), issued=moved, now=now)
        giver_url = people.organisation_public(org_id=org_id).base_url
        for one in moved:
            one.payload = payload_of(issued=one, giver_url=giver_url)
            one.save(update_fields=["payload"])
