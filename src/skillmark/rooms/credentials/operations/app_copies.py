"""Sign the copy of a proof for one app: tied to the key that the app has shown. (OpenID4VCI 1.0, section 8)

Same proof, same place in the same lists: whoever cancels it reaches every copy. Asking again with the same key gives the
same bytes, so an app that lost our answer loses nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q

from credcore.errors import MalformedError
from credcore.keys import jwk
from credcore.oid4vc import key_proofs
from credcore.oid4vc.key_proofs import KeyProof
from skillmark.rooms.credentials import queries, rules
from skillmark.rooms.credentials.models import AppNonce, AppOffer, Issued, IssuedForm
from skillmark.rooms.credentials.operations.apps import CannotTakeUp, offer_of_token
from skillmark.rooms.credentials.operations.forms import sd_jwt_of
from skillmark.rooms.credentials.queries.apps import not_possible
from skillmark.rooms.credentials.queries.proofs import signed
from skillmark.rooms.credentials.queries.status import base_url_of
from skillmark.rooms.credentials.rules import apps
from skillmark.rooms.journal import operations as journal
from skillmark.rooms.signing import operations as signing


@dataclass(frozen=True, slots=True)
class AppCopy:
    """`form` is `ldp` (JSON), `jwt` or `sd-jwt`."""

    form: str
    body: bytes


def app_proof(*, org_id: UUID, token: str, configuration: str, proof: str, now: datetime) -> AppCopy:
    """The copy that an app gets: for the one key that asked first with this token, in each format that it asks for.

    `proof` is the app's proof of its key. Raises CannotTakeUp `app.token`, `app.kind`, `app.proof`, `app.nonce`,
    `app.other_key`, `app.cancelled`, `app.over`, `app.key_retired`; CannotSign. Call it outside any transaction.
    """
    offer = offer_of_token(org_id=org_id, token=token, now=now)
    format_ = apps.format_of(configuration=configuration, template_id=offer.issued.version.template_id)
    if format_ is None:
        raise CannotTakeUp("app.kind")
    try:
        shown = key_proofs.check(proof, audience=queries.app_issuer(org_id=org_id), now=now)
    except MalformedError as error:
        raise CannotTakeUp("app.proof", why=error.detail) from error
    _use_nonce(org_id, shown.nonce, now)
    if offer.done_at is not None and offer.holder != shown.thumbprint:
        raise CannotTakeUp("app.other_key")
    issued = signed().select_related("version", "entry__list").get(id=offer.issued_id)
    problem = not_possible(issued, now)
    if problem:
        raise CannotTakeUp(problem)
    form = apps.APP_FORMS[format_]
    body = kept_copy(issued, form, shown)
    is_new = body is None
    if body is None:
        body = signed_copy(issued, form, shown, now)
    return AppCopy(form, _hand_over(offer, issued, form, shown, body, is_new, now))


def _hand_over(offer: AppOffer, issued: Issued, form: str, shown: KeyProof, body: bytes, is_new: bool, now: datetime) -> bytes:
    """The last step: the token belongs to this key from now on, unless another one was faster."""
    mine = Q(done_at=None) | Q(holder=shown.thumbprint)
    try:
        with transaction.atomic():
            free = AppOffer.objects.filter(mine, id=offer.id, closed_at=None, token_until__gt=now)
            if not free.update(done_at=now, holder=shown.thumbprint):
                raise CannotTakeUp("app.other_key")
            if is_new:
                IssuedForm.objects.create(issued=issued, form=form, holder=shown.thumbprint, body=body, made_at=now)
                journal.write(  # where it was offered: what a person takes to an app of theirs is no business of their giver
                    org_id=offer.org_id, actor="Skillmark", actor_id="server", event="credentials.form.made",
                    subject_id=issued.id, data={"form": form, "title": issued.title}, now=now,
                )  # fmt: skip
            if offer.done_at is None:
                journal.write(
                    org_id=offer.org_id, actor="Skillmark", actor_id="server", event="credentials.app.taken",
                    subject_id=issued.id, data={"title": issued.title}, now=now,
                )  # fmt: skip
    except IntegrityError:  # the same app asked twice at once: the first copy stays
        kept = kept_copy(issued, form, shown)
        if kept is None:
            raise
        return kept
    return body


def _use_nonce(org_id: UUID, nonce: str, now: datetime) -> None:
    """Each number counts once: its row can be made only once."""
    until = apps.nonce_until(nonce=nonce, org_id=org_id, key=settings.SECRET_KEY, now=now)
    if until is None:
        raise CannotTakeUp("app.nonce")
    AppNonce.objects.filter(expires_at__lt=now).delete()
    value = apps.secret_hash(nonce, key=settings.SECRET_KEY, purpose="credentials.app_nonce")
    try:
        with transaction.atomic():
            AppNonce.objects.create(value_hash=value, expires_at=until, used_at=now)
    except IntegrityError as error:
        raise CannotTakeUp("app.nonce") from error


def kept_copy(issued: Issued, form: str, shown: KeyProof) -> bytes | None:
    found = IssuedForm.objects.filter(issued=issued, form=form, holder=shown.thumbprint).first()
    return None if found is None else bytes(found.body)


def signed_copy(issued: Issued, form: str, shown: KeyProof, now: datetime) -> bytes:
    kind, org_id = issued.version.template_id, issued.org_id
    unsigned = apps.bound_to(payload=issued.payload, did=shown.did)
    if form == apps.LDP:
        return signing.sign(org_id=org_id, unsigned=unsigned, template_id=kind, now=now)
    if form == rules.JWT:
        return signing.sign_token(org_id=org_id, unsigned=unsigned, template_id=kind, now=now)
    url = rules.kind_url(list_url=f"{base_url_of(org_id=org_id)}/status/", template_id=kind)
    return sd_jwt_of(issued=issued, form=form, kind_url=url, holder=jwk.encode(shown.key), now=now)
