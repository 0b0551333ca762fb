"""Put a proof into another app: the offer, and, from one's own page, the receipt of having agreed to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from skillmark.rooms.credentials import operations, queries
from skillmark.rooms.people import operations as people
from skillmark.rooms.people.rules import Actor
from skillmark.rooms.records import operations as records

if TYPE_CHECKING:
    from skillmark.rooms.credentials.models import AppOffer, Held


@dataclass(frozen=True, slots=True)
class OfferToApp:
    """What the page shows once. `link` is for the QR and for an app on the same device, `address` the same for programs
    that read an https address. The `digits` stand beside them and never in them."""

    link: str
    address: str
    digits: str
    until: datetime


def offer(*, actor: Actor, held: Held, to_whom: str, purpose: str, wording: str, language: str, now: datetime) -> OfferToApp:
    """Offer a kept proof that was given on this server. `wording` is what stood above the button; it goes on the receipt.

    Raises CannotOfferToApp `app.not_ours`, `app.cancelled`, `app.over`, `app.key_retired`; CannotDo, CannotSign.
    """
    if held.issued_id is None:
        raise operations.CannotOfferToApp("app.not_ours", giver=held.giver)
    with transaction.atomic():
        people.hold_own_space(org_id=actor.org_id)
        made, digits = operations.offer_to_app(actor=actor, issued_id=held.issued_id, now=now)
        records.note_consent(
            actor=actor, kind="app", to_whom=to_whom, purpose=purpose, facts=[held.title], wording=wording,
            language=language, until=None, now=now,
        )  # fmt: skip
    return _shown(made, digits, now)


def offer_of_firm(*, actor: Actor, issued_id: UUID, now: datetime) -> OfferToApp:
    """Offer a proof that the actor's firm gave to the app of its person, who stands there and agrees by scanning it.

    Raises NotFound, CannotDo, CannotOfferToApp `app.cancelled`, `app.over`, `app.key_retired`.
    """
    made, digits = operations.offer_to_app(actor=actor, issued_id=issued_id, now=now)
    return _shown(made, digits, now)


def _shown(made: AppOffer, digits: str, now: datetime) -> OfferToApp:
    link, address = queries.app_links(offer_id=made.id, now=now)
    return OfferToApp(link=link, address=address, digits=digits, until=made.expires_at)
