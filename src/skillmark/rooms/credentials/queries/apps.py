"""What another app may know before it has a proof: who offers, in which formats, and the one offer that it was shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, OuterRef

from credcore.formats import openbadges3
from credcore.keys import multikey
from credcore.keys.public import ED25519
from credcore.oid4vc import interactions, issuer_metadata, offers
from credcore.oid4vc.issuer_metadata import BINDING, FORMATS, LDP_VC, PROOF_ALGORITHMS, Configuration
from skillmark.errors import NotFound
from skillmark.rooms.credentials import rules
from skillmark.rooms.credentials.models import AppOffer, Issued, Template
from skillmark.rooms.credentials.queries.proofs import signed
from skillmark.rooms.credentials.queries.status import base_url_of
from skillmark.rooms.credentials.rules import apps
from skillmark.rooms.people import queries as people
from skillmark.rooms.people.rules import Actor
from skillmark.rooms.signing import queries as keys
from skillmark.rooms.signing import rules as signing

Json = dict[str, Any]

TX_CODE_LENGTH = 6


@dataclass(frozen=True, slots=True)
class AppOfferState:
    """The newest offer of a proof: `state` is an `OfferState`, with the moments that belong to it."""

    state: rules.OfferState
    expires_at: datetime
    taken_at: datetime | None


def app_issuer(*, org_id: UUID) -> str:
    """The identifier under which a firm offers proofs to apps. Raises NotFound."""
    return apps.app_issuer(base_url=base_url_of(org_id=org_id), org_id=org_id)


def app_metadata(*, org_id: UUID) -> Json:
    """What a firm offers to apps: every kind of proof that it has given, in three formats. Public. Raises NotFound."""
    firm = people.organisation_public(org_id=org_id)
    identifier = app_issuer(org_id=org_id)
    kinds = list(_configurations(org_id, base_url_of(org_id=org_id)))
    return issuer_metadata.build(identifier=identifier, names={"en": firm.name, "es": firm.name}, configurations=kinds)


def app_server(*, org_id: UUID) -> Json:
    """The same firm as the one that hands out tokens. Public. Raises NotFound."""
    return issuer_metadata.build_server(identifier=app_issuer(org_id=org_id))


def app_offer(*, org_id: UUID, offer_id: UUID, now: datetime) -> Json:
    """The offer for whoever knows its number, for as long as it can be taken. Raises NotFound."""
    found = _with_state(AppOffer.objects.filter(issued__org_id=org_id, id=offer_id), now)
    if found is None or found[1] is not rules.OfferState.OPEN:
        raise NotFound
    offer = found[0]
    return offers.build(
        offers.CredentialOffer(
            issuer=app_issuer(org_id=org_id),
            configurations=apps.configuration_ids(template_id=offer.issued.version.template_id),
            code=apps.app_code(offer_id=offer.id, key=settings.SECRET_KEY),
            tx_code=offers.TxCode(length=TX_CODE_LENGTH) if offer.pin_hash else None,
        )
    )


def app_links(*, offer_id: UUID, now: datetime) -> tuple[str, str]:
    """Two links to an open offer: for an app that opens them, and the https address for programs. Raises NotFound."""
    found = _with_state(AppOffer.objects.filter(id=offer_id), now)
    if found is None or found[1] is not rules.OfferState.OPEN:
        raise NotFound
    issuer = app_issuer(org_id=found[0].issued.org_id)
    base = issuer.partition("/oid4vci/")[0]
    return offers.link(f"{issuer}/offers/{offer_id}"), f"{base}/interactions/offer/{offer_id}?{interactions.VERSION}"


def app_problem(*, issued_id: UUID, now: datetime) -> str:
    """Why a proof cannot go into another app: `app.cancelled`, `app.over`, `app.key_retired`; empty: it can.

    Raises NotFound.
    """
    issued = signed().filter(id=issued_id).first()
    if issued is None:
        raise NotFound
    return not_possible(issued, now)


def not_possible(issued: Issued, now: datetime) -> str:
    """The same of a row with its states. Only for this room."""
    if issued.cancelled_at is not None:
        return "app.cancelled"
    if issued.valid_until is not None and issued.valid_until <= now:
        return "app.over"
    giver = issued.payload["issuer"]["id"]
    return "" if keys.signs_now(org_id=issued.org_id, did=giver) else "app.key_retired"


def my_app_offer(*, actor: Actor, issued_id: UUID, now: datetime) -> AppOfferState | None:
    """Where the actor's newest offer of a proof stands; None: there is none."""
    mine = AppOffer.objects.filter(org_id=actor.org_id, issued_id=issued_id).order_by("-made_at", "id")
    found = _with_state(mine, now)
    return AppOfferState(found[1], found[0].expires_at, found[0].done_at) if found else None


def _with_state(found: Any, now: datetime) -> tuple[AppOffer, rules.OfferState] | None:
    offer = found.select_related("issued__version").first()
    if offer is None:
        return None
    state = rules.offer_state(
        used_at=offer.used_at, closed_at=offer.closed_at, expires_at=offer.expires_at, tries=offer.tries, now=now
    )
    return offer, state


def _configurations(org_id: UUID, base_url: str) -> Iterator[Configuration]:
    """Archived kinds, too: what was given can still be put into another app."""
    kind_of_key = multikey.decode(keys.issuer(org_id=org_id).key_multibase).algorithm
    token = "EdDSA" if kind_of_key == ED25519 else "ES256"
    given = Issued.objects.filter(version__template_id=OuterRef("id"), state=Issued.State.SIGNED)
    kinds = Template.objects.filter(Exists(given), org_id=org_id).select_related("current").order_by("made_at", "id")
    for kind in kinds:
        for format_ in FORMATS:
            yield Configuration(
                id=apps.configuration_id(template_id=kind.id, format=format_),
                format=format_,
                names=kind.current.name if kind.current else {},
                types=("VerifiableCredential", openbadges3.TYPES[0]),
                vct=rules.kind_url(list_url=f"{base_url}/status/", template_id=kind.id),
                binding=BINDING,
                proof_algorithms=PROOF_ALGORITHMS,
                algorithms=(signing.suite_of(kind_of_key) if format_ == LDP_VC else token,),
            )
