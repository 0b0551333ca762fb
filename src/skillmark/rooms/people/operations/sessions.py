"""What browsers' sessions remember of somebody goes, when there is nobody to remember any more."""

from __future__ import annotations

from uuid import UUID

from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session


def forget_in_sessions(*, key: str, org_id: UUID) -> None:
    """Take what is kept under `key` out of every session in which it names this space (`{"org": id}`).

    Whoever is signed in in the same browser stays signed in. Looks at every session, so it is for rare things only.
    """
    store = SessionStore()
    for row in Session.objects.iterator(chunk_size=500):
        kept = store.decode(row.session_data)
        if kept.get(key, {}).get("org") == str(org_id):
            del kept[key]
            Session.objects.filter(pk=row.pk).update(session_data=store.encode(kept))
