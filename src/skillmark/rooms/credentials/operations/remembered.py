"""Remember public documents of strangers, for the day on which they cannot be asked."""

from __future__ import annotations

from datetime import datetime

from skillmark.rooms.credentials import rules
from skillmark.rooms.credentials.models import RememberedAnswer


def remember_answer(*, url: str, kind: str, body: bytes, media_type: str, fetched_at: datetime) -> None:
    """Keep what an address answered, in place of what it answered before; an older answer never replaces a newer one.

    Not in the journal, and no firm's: these are public documents. Too large or too long an address: not kept.
    """
    if len(url) > rules.URL_LENGTH or len(body) > rules.ANSWER_BYTES or not url.isascii():
        return
    told = {"body": body, "media_type": media_type[:200], "fetched_at": fetched_at}
    row, is_new = RememberedAnswer.objects.get_or_create(url=url, kind=kind, defaults=told)
    if not is_new:
        RememberedAnswer.objects.filter(id=row.id, fetched_at__lt=fetched_at).update(**told)


def forget_answers(*, now: datetime) -> int:
    """Forget what nobody has fetched for a year. Returns how many."""
    return RememberedAnswer.objects.filter(fetched_at__lt=now - rules.REMEMBER_FOR).delete()[0]
