"""Back into one's own space with a code that was printed and put away: by the person alone, never by an employer."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction

from skillmark.rooms.journal import operations as journal
from skillmark.rooms.people import operations as people
from skillmark.rooms.people.rules import Actor, Role, shown_code
from skillmark.rooms.records import rules
from skillmark.rooms.records.models import Access, Passkey, RecoveryCode
from skillmark.rooms.records.operations import access
from skillmark.rooms.records.operations.openings import end_other_openings


def make_recovery_codes(*, actor: Actor, now: datetime) -> list[str]:
    """A new sheet of eight codes (`XXXX-XXXX-XXXX`), shown this once; those of the sheet before stop working."""
    people.demand(actor=actor, action="record.change")
    codes = rules.new_recovery_codes()
    with transaction.atomic():
        people.hold_own_space(org_id=actor.org_id)  # of two sheets that are printed at once, one is the sheet before
        RecoveryCode.objects.filter(org_id=actor.org_id).delete()
        RecoveryCode.objects.bulk_create(
            RecoveryCode(org_id=actor.org_id, code_hash=_digest(code), made_at=now) for code in codes
        )
        _note(actor, "records.recovery.printed", now)
    return [shown_code(code) for code in codes]


def open_with_recovery(*, code: str, pin: str, keep_passkeys: bool = False, now: datetime) -> tuple[Actor, str]:
    """Open the space with a printed code, with a new PIN: (actor, the code of the new slip), which is shown this once.

    The old slip and PIN stop working, a pause ends, and the space is closed everywhere else; face and finger on other devices
    go on only with `keep_passkeys`. A code works once. With a PIN that cannot be chosen it is not used up.

    Raises CannotOpen `recovery.wrong` (unknown and used codes read the same), `pin.wrong_length`, `pin.too_easy`.
    """
    pin_hash = make_password(access.fit(pin))  # before the code is looked at: a wrong one takes as long as a right one
    slip = rules.new_slip()
    with transaction.atomic():
        found = RecoveryCode.objects.filter(code_hash=_digest(code), used_at=None).select_related("org").first()
        if found is None:
            raise access.CannotOpen("recovery.wrong")
        people.hold_own_space(org_id=found.org_id)
        if not RecoveryCode.objects.filter(id=found.id, used_at=None).update(used_at=now):
            raise access.CannotOpen("recovery.wrong")
        actor = Actor(org_id=found.org_id, role=Role.WORKER, name=found.org.name)
        fresh = {"slip_hash": access.slip_hash(slip), "pin_hash": pin_hash, "tries": 0, "locked_until": None}
        Access.objects.update_or_create(org_id=actor.org_id, defaults=fresh, create_defaults={**fresh, "made_at": now})
        if not keep_passkeys:
            Passkey.objects.filter(org_id=actor.org_id).delete()
        end_other_openings(actor=actor, now=now)
        _note(actor, "records.recovery.used", now)
    return actor, shown_code(slip)


def _digest(code: str) -> str:
    return rules.recovery_digest(code, key=settings.SECRET_KEY)


def _note(actor: Actor, event: str, now: datetime) -> None:
    journal.write(org_id=actor.org_id, actor=actor.label, actor_id=actor.key, event=event, subject_id=actor.org_id, now=now)
