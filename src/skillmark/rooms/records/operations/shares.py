"""Show picked things to somebody for a while, take single ones out again, and stop at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction

from skillmark.errors import DomainError, NotFound
from skillmark.rooms.journal import operations as journal
from skillmark.rooms.people import operations as people
from skillmark.rooms.people import queries as people_queries
from skillmark.rooms.people.rules import Actor, digest, new_token, server_for
from skillmark.rooms.records import rules
from skillmark.rooms.records.models import Consent, Share, SharedItem
from skillmark.rooms.records.operations.consents import note_consent
from skillmark.rooms.records.rules import shares as limits
from skillmark.rooms.signing import operations as signing


class CannotShare(DomainError):
    """Nothing is shown, or what is shown stays as it is."""


def share(
    *,
    actor: Actor,
    share_id: UUID,
    picked: Sequence[limits.Picked],
    terms: limits.Terms,
    wording: str,
    language: str,
    now: datetime,
) -> tuple[Share, str]:
    """Show the picked things and nothing else; the share and the secret of its link, which is told this once.

    `share_id` is made with the form, so that a form sent twice makes one share. `wording` is exactly what stood above the
    button, for the receipt that is kept. For an employer (`terms.firm_id`) there is no link to hand on.
    Raises CannotShare `share.nothing`, `share.too_many`, `share.days`, `share.too_long`, `share.made_already`, `share.no_firm`
    (not known there, or left), `pin.wrong_length`, `pin.too_easy`; CannotSign `sign.outer_key`.
    """
    people.demand(actor=actor, action="record.change")
    firm, person_id = _firm(actor, terms, now)
    pin = rules.pin_digits(terms.pin)
    wrong = limits.problem(picked=picked, terms=terms) or (rules.pin_problem(pin) if terms.pin.strip() else "")
    if wrong:
        raise CannotShare(wrong, most=str(limits.MOST_ITEMS))
    pin_hash = make_password(pin) if pin and not firm else ""
    token, ends_at = new_token(), now + timedelta(days=terms.days)
    sealer, details = signing.sealer(org_id=actor.org_id), limits.details_of(terms)
    try:
        with transaction.atomic():
            made = Share.objects.create(
                id=share_id, org_id=actor.org_id, token_hash=digest(token), sealed=sealer.seal(details.as_bytes()),
                language=language, pin_hash=pin_hash, ask_first=terms.ask_first and not firm, firm_id=terms.firm_id,
                person_id=person_id, made_at=now, ends_at=ends_at,
            )  # fmt: skip
            SharedItem.objects.bulk_create(
                SharedItem(
                    share=made, number=number, held_id=one.held_id, statement_id=one.statement_id, facts=list(one.facts),
                    sealed=sealer.seal(one.body),
                )
                for number, one in enumerate(picked, start=1)
            )  # fmt: skip
            note_consent(
                actor=actor, kind=Consent.Kind.FIRM if terms.firm_id else Consent.Kind.SHARE, to_whom=firm or details.to_whom,
                purpose=details.purpose, facts=[one.told for one in picked] + _contact(details), wording=wording,
                language=language, until=ends_at, share_id=made.id, now=now,
            )  # fmt: skip
            _note(actor=actor, event="records.share.made", share=made, now=now)
    except IntegrityError:
        raise CannotShare("share.made_already") from None
    return made, token


def new_link(*, actor: Actor, share_id: UUID, now: datetime) -> str:
    """Another secret for a share that is live; the link of before is dead. Raises NotFound."""
    people.demand(actor=actor, action="record.change")
    token = new_token()
    with transaction.atomic():
        found = _live(actor, share_id, now)
        if found.firm_id is not None:
            raise NotFound
        Share.objects.filter(id=found.id).update(token_hash=digest(token), tries=0, locked_until=None)
        _note(actor=actor, event="records.share.link_renewed", share=found, now=now)
    return token


@transaction.atomic
def stop_sharing(*, actor: Actor, share_id: UUID, now: datetime) -> None:
    """Nobody sees it any more, from this moment. Stopped before: nothing happens. Raises NotFound."""
    people.demand(actor=actor, action="record.change")
    found = Share.objects.filter(org_id=actor.org_id, id=share_id).first()
    if found is None:
        raise NotFound
    if not Share.objects.filter(id=found.id, closed_at=None).update(closed_at=now):
        return
    Consent.objects.filter(share_id=found.id, withdrawn_at=None).update(withdrawn_at=now)
    SharedItem.objects.filter(share_id=found.id).delete()  # what nobody may see need not lie there
    _note(actor=actor, event="records.share.stopped", share=found, now=now)


@transaction.atomic
def take_out(
    *, actor: Actor, held_id: UUID | None = None, statement_id: UUID | None = None, share_id: UUID | None = None, now: datetime
) -> int:
    """Take a thing out of one share, or out of all of them; out of how many. A share with nothing left in it is stopped."""
    people.demand(actor=actor, action="record.change")
    if (held_id is None) == (statement_id is None):
        raise NotFound
    found = SharedItem.objects.filter(share__org_id=actor.org_id)
    found = found.filter(held_id=held_id) if held_id is not None else found.filter(statement_id=statement_id)
    if share_id is not None:
        found = found.filter(share_id=share_id)
    touched = list(Share.objects.filter(id__in=found.values("share_id")))
    found.delete()
    for one in touched:
        _note(actor=actor, event="records.share.item_taken_out", share=one, now=now)
        if not one.items.exists():
            stop_sharing(actor=actor, share_id=one.id, now=now)
    return len(touched)


def drop_ended(*, now: datetime) -> int:
    """Forget the copies that lie in shares which are over; how many. When they were shown stays in their receipts."""
    return SharedItem.objects.filter(share__ends_at__lte=now).delete()[0]


def _firm(actor: Actor, terms: limits.Terms, now: datetime) -> tuple[str, UUID | None]:
    """The employer's name and as whom it knows the person. Raises CannotShare `share.no_firm`."""
    if terms.firm_id is None:
        return "", None
    for one in people_queries.known_as(actor=actor):
        on = people_queries.today(actor=server_for(org_id=one.org_id), now=now)
        if one.org_id == terms.firm_id and limits.works_there(left_on=one.left_on, on=on):
            return one.org.name, one.id
    raise CannotShare("share.no_firm")


def _contact(details: limits.Details) -> list[str]:
    return [text for text in (details.name, details.phone, details.email) if text]


def _live(actor: Actor, share_id: UUID, now: datetime) -> Share:
    found = Share.objects.filter(org_id=actor.org_id, id=share_id, closed_at=None, ends_at__gt=now).first()
    if found is None:
        raise NotFound
    return found


def _note(*, actor: Actor, event: str, share: Share, now: datetime) -> None:
    """That it happened, never what was shown or to whom: those lie closed, and go with the page."""
    journal.write(
        org_id=actor.org_id, actor=actor.label, actor_id=actor.key, event=event, subject_id=share.id,
        data={"firm": str(share.firm_id)} if share.firm_id else {}, now=now,
    )  # fmt: skip
