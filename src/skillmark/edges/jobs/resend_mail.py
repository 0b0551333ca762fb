"""Find wishes for an e-mail of the last day that have no answer yet, and put those that are due into the queue again."""

from __future__ import annotations

from datetime import datetime

from skillmark.edges.jobs import queue, send_mail
from skillmark.rooms.journal import queries as journal
from skillmark.rooms.people import queries as people

STEP = 500


def run(*, now: datetime) -> None:
    """Also finds what a killed worker, or an entry that became visible late, left behind."""
    oldest = now - send_mail.PATIENCE - send_mail.LONGEST_WAIT
    for firm in people.firms():
        after = 0
        while entries := journal.entries(org_id=firm.id, after=after, events=send_mail.WISHES, limit=STEP):
            for entry in entries:
                if entry.at >= oldest and entry.at <= now - send_mail.FIRST_WAIT and send_mail.is_due(entry, now=now):
                    queue.put("send_mail", org_id=str(firm.id), entry_id=str(entry.id))
            after = entries[-1].id
