"""The nightly check: every proof that was signed since the last one still reads as genuine, and the journal knows it.

A proof that does not is a fault of ours (a bug, a damaged disk): it is written into the journal and the log, so that somebody
looks before a customer does.
"""

from __future__ import annotations

import logging
from datetime import datetime
from uuid import UUID

from credcore.errors import CredcoreError
from credcore.verify import Policy
from skillmark.desks import checking
from skillmark.errors import NotFound
from skillmark.rooms.credentials import queries as credentials
from skillmark.rooms.journal import operations as journal_operations
from skillmark.rooms.journal import queries as journal
from skillmark.rooms.journal.queries import unseen
from skillmark.rooms.signing import queries as signing

GIVEN = "credentials.proof.given"
FOUND = "jobs.proof.found_damaged"
FORGOTTEN = "credentials.proof.forgotten"
GIVEN_UP = "key.compromised"
READER = "check_proofs"

log = logging.getLogger("skillmark.jobs")


def run(*, now: datetime) -> None:
    """Goes on where the last run stopped; a bookmark in the journal remembers."""
    while entries := unseen(reader=READER):
        for entry in entries:
            if entry.event == GIVEN and entry.org_id is not None:
                _look(entry.org_id, UUID(entry.subject_id), now)
        journal_operations.seen(reader=READER, upto=entries[-1].id)


def _look(org_id: UUID, issued_id: UUID, now: datetime) -> None:
    try:
        proof = credentials.public_proof(issued_id=issued_id)
    except NotFound:
        reason = "missing"
    else:
        verifier = checking.verifier(org_id=org_id, now=now)
        policy = Policy.own(issuers=signing.identities(org_id=org_id))
        try:
            verifier.verify(bytes(proof.document), now=proof.given_at, policy=policy)
        except CredcoreError as error:
            if error.code == GIVEN_UP:
                return  # the owner did that, and has a page that says what to do
            reason = error.code
        else:
            return
    known = journal.history(org_id=org_id, subject_id=issued_id)
    if any(entry.event in (FOUND, FORGOTTEN) for entry in known):
        return
    log.error("proof %s does not check: %s", issued_id, reason)
    journal_operations.write(
        org_id=org_id, actor="Skillmark", actor_id="server", event=FOUND, subject_id=issued_id, now=now,
        data={"reason": reason},
    )  # fmt: skip
