"""Sign: the only caller of `credcore.issue`. Takes whole credentials, never bytes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from credcore import issue
from credcore.codec import strict_json
from credcore.formats import vcdm
from credcore.ports import Signer
from skillmark.rooms.signing import queries
from skillmark.rooms.signing.models import IssuerKey
from skillmark.rooms.signing.operations import custody
from skillmark.rooms.signing.operations.custody import CannotSign
from skillmark.rooms.signing.rules import suite_of

_LOOK_EVERY: Final = 50
"""Whether signing was stopped is asked again after so many: work that is under way stops, too."""


def sign(
    *,
    org_id: UUID,
    unsigned: dict[str, Any],
    now: datetime,
    purpose: str = "credential",
    template_id: UUID | None = None,
) -> bytes:
    """Lint and sign a credential in the firm's name; JSON bytes. Call it outside any transaction.

    The credential's issuer must be the firm's present identity; lists of what was cancelled (purpose `status`) are signed
    under earlier ones, too. `template_id` is the kind of proof, which may be stopped on its own.
    Raises CannotSign: `sign.stopped`, `sign.not_ours`, `sign.refused`, `sign.outer_key`, `sign.device`.
    """
    key, did = key_for(org_id, unsigned, purpose)
    if purpose == IssuerKey.Purpose.CREDENTIAL:
        demand_going(key=key, template_id=template_id)
    return _signed(unsigned, signer=custody.opened(key, did=did), now=now)


def sign_many(
    *, org_id: UUID, unsigned: Sequence[dict[str, Any]], now: datetime, template_id: UUID | None = None
) -> list[bytes]:
    """The same for many proofs, in their order: the key is opened once, each proof is linted, and a stop ends it midway.

    Raises CannotSign as `sign`, with the fact `row` (from 0): then none of them may be used.
    """
    signers: dict[str, tuple[IssuerKey, Signer]] = {}
    done: list[bytes] = []
    for row, one in enumerate(unsigned):
        try:
            giver = vcdm.issuer_id(one)
            if giver not in signers:
                key, did = key_for(org_id, one, IssuerKey.Purpose.CREDENTIAL)
                demand_going(key=key, template_id=template_id)
                signers[giver] = key, custody.opened(key, did=did)
            elif row % _LOOK_EVERY == 0:
                demand_going(key=signers[giver][0], template_id=template_id)
            done.append(_signed(one, signer=signers[giver][1], now=now))
        except CannotSign as error:
            raise CannotSign(error.code, **(error.facts | {"row": str(row)})) from error
    return done


def demand_going(*, key: IssuerKey, template_id: UUID | None) -> None:
    """Raise CannotSign `sign.stopped` (fact `why`) when nothing may be signed now, or when this key lost its place."""
    stop = queries.standing(org_id=key.org_id, template_id=template_id, key_id=key.id)
    if stop is not None:
        raise CannotSign("sign.stopped", why=stop.why)
    if not IssuerKey.objects.filter(id=key.id, state=IssuerKey.State.ACTIVE).exists():
        raise CannotSign("sign.not_ours")


def _signed(unsigned: dict[str, Any], *, signer: Signer, now: datetime) -> bytes:
    making = issue.Making(suite=suite_of(signer.algorithm))
    try:
        return strict_json.dumps(issue.issue(unsigned, signer=signer, now=now, making=making))
    except issue.LintError as error:
        raise refused(error) from error


def refused(error: issue.LintError) -> CannotSign:
    """What a refusal means to whoever asked."""
    return CannotSign("sign.device" if error.code == "key.device" else "sign.refused", detail=str(error))


def key_for(org_id: UUID, unsigned: dict[str, Any], purpose: str) -> tuple[IssuerKey, str]:
    """The key that may sign under the giver that is named. did:key names it; under did:web it is the active one."""
    did = vcdm.issuer_id(unsigned)
    mine = IssuerKey.objects.filter(org_id=org_id)
    if did.startswith("did:key:"):
        own = mine.filter(purpose=IssuerKey.Purpose.CREDENTIAL).exclude(state=IssuerKey.State.STAGED)
        found = own.filter(public_multibase=did.removeprefix("did:key:")).first()
        # A key that is not active any more signs no new proof, but the lists that tell which of its proofs were
        # cancelled: nobody else can, under its name. That holds for a stolen one, too: a set bit does no harm.
        if found is not None and purpose == IssuerKey.Purpose.CREDENTIAL and found.state != IssuerKey.State.ACTIVE:
            found = None
    elif did in queries.identities(org_id=org_id):
        found = mine.filter(purpose=purpose, state=IssuerKey.State.ACTIVE).first()
    else:
        found = None
    if found is None:
        raise CannotSign("sign.not_ours")
    return found, did
