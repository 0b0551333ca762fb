"""The same proof in other forms, for programs that read no other: signed once, when it is first asked for, then kept.

Asking again gives the same bytes. A form says nothing that the firm has not signed already, names the same place in the
same list, and can be made for as long as the key that signed the proof is the one that signs.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from skillmark.errors import DomainError, NotFound
from skillmark.rooms.credentials import rules
from skillmark.rooms.credentials.models import Issued, IssuedForm
from skillmark.rooms.credentials.operations import token_lists
from skillmark.rooms.credentials.queries.proofs import did, signed
from skillmark.rooms.journal import operations as journal
from skillmark.rooms.signing import operations as signing


class CannotMakeForm(DomainError):
    """The proof stays what it is; this form of it cannot be made any more."""


def form_of(*, issued_id: UUID, form: str, now: datetime) -> bytes:
    """A proof as `jwt` (vc+jwt), `sd-jwt` (SD-JWT VC with everything shown) or `code` (one small enough for a printed code).

    What was made stays, also when the proof is cancelled later: whoever checks it sees that. Raises NotFound, also for
    another form; CannotMakeForm `form.cancelled`, `form.over`, `form.key_retired`; `signing.operations.CannotSign`.
    Call it outside any transaction.
    """
    issued = signed().filter(id=issued_id).select_related("version", "entry__list").first()
    if issued is None or form not in rules.FORMS:
        raise NotFound
    kept = _kept(issued, form)
    if kept is not None:
        return kept
    if issued.cancelled_at is not None:
        raise CannotMakeForm("form.cancelled")
    if issued.valid_until is not None and issued.valid_until <= now:
        raise CannotMakeForm("form.over")
    try:
        body = _signed(issued, form, now)
    except signing.CannotSign as problem:
        if problem.code == "sign.not_ours":
            raise CannotMakeForm("form.key_retired") from problem
        raise
    try:
        with transaction.atomic():
            IssuedForm.objects.create(issued=issued, form=form, body=body, made_at=now)
            journal.write(
                org_id=issued.org_id, actor="Skillmark", actor_id="server", event="credentials.form.made",
                subject_id=issued.id, data={"form": form, "title": issued.title}, now=now,
            )  # fmt: skip
    except IntegrityError:  # asked for twice at once: the first one stays
        kept = _kept(issued, form)
        if kept is None:
            raise
        return kept
    return body


def _kept(issued: Issued, form: str) -> bytes | None:
    found = IssuedForm.objects.filter(issued=issued, form=form, holder="").first()
    return None if found is None else bytes(found.body)


def _signed(issued: Issued, form: str, now: datetime) -> bytes:
    kind = issued.version.template_id
    if form == rules.JWT:
        return signing.sign_token(org_id=issued.org_id, unsigned=issued.payload, template_id=kind, now=now)
    kind_url = rules.kind_url(list_url=issued.entry.list.url, template_id=kind)
    return sd_jwt_of(issued=issued, form=form, kind_url=kind_url, now=now)


def sd_jwt_of(*, issued: Issued, form: str, kind_url: str, now: datetime, holder: Mapping[str, Any] | None = None) -> bytes:
    """The claims of a proof, signed. `holder` is the public key (JWK) that must be used when it is shown; None: any.

    Only for this room. Raises CannotSign.
    """
    token_lists.publish_first_token(row=issued.entry.list, now=now)
    claims, hideable = sd_jwt_claims(issued=issued, form=form, kind_url=kind_url, now=now)
    return signing.sign_claims(
        org_id=issued.org_id, claims=claims, hideable=hideable, holder=holder, template_id=issued.version.template_id, now=now
    )


def sd_jwt_claims(*, issued: Issued, form: str, kind_url: str, now: datetime) -> tuple[dict[str, Any], list[str]]:
    """The claims, and those that may be left out. Nothing is signed. Only for this room."""
    row = issued.entry.list
    claims = rules.form_claims(
        form=form, proof_id=issued.id, issuer=row.issuer, giver=issued.giver,
        kind=kind_url, person_id=issued.person_id, person_name=issued.person_name,
        title=issued.title, did=did(issued=issued),
        how=rules.said(texts=issued.version.how, language=issued.language)[0],
        level_name=rules.level_name(level=issued.level, language=issued.language), observed_on=issued.observed_on,
        note=issued.note, evidence=[rules.from_json(one) for one in issued.evidence], valid_from=issued.valid_from,
        valid_until=issued.valid_until, list_url=row.url, index=issued.entry.index, now=now,
    )  # fmt: skip
    return claims, [name for name in rules.HIDEABLE if name in claims] if form != rules.CODE else []
