"""Sign the same in other forms: proofs and lists that are tokens. The rules are those of `signing.sign`."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from credcore import issue
from credcore.ports import Signer
from skillmark.rooms.signing.models import IssuerKey
from skillmark.rooms.signing.operations import custody
from skillmark.rooms.signing.operations.signing import demand_going, key_for, refused

Json = dict[str, Any]


def sign_token(*, org_id: UUID, unsigned: Json, now: datetime, template_id: UUID | None = None) -> bytes:
    """A credential as a token (vc+jwt). Call it outside any transaction. Raises CannotSign as `sign`."""
    signer = _proof_signer(org_id=org_id, named=unsigned, template_id=template_id)
    return _made(lambda: issue.issue_jwt(unsigned, signer=signer, now=now))


def sign_claims(
    *, org_id: UUID, claims: Json, hideable: Collection[str] = (), now: datetime, template_id: UUID | None = None,
    holder: Mapping[str, Any] | None = None,
) -> bytes:  # fmt: skip
    """An SD-JWT VC of claims with `iss` and `vct`; whoever holds it may leave out the `hideable` ones.

    `holder` is the public key (JWK) without which it cannot be shown; None: anybody who has it can show it.

    Call it outside any transaction. Raises CannotSign as `sign`.
    """
    signer = _proof_signer(org_id=org_id, named={"issuer": claims["iss"]}, template_id=template_id)
    said = issue.Claims(claims, hideable=[(name,) for name in hideable], holder=dict(holder or {}))
    return _made(lambda: issue.issue_sd_jwt(said, signer=signer, now=now))


def sign_list(*, org_id: UUID, claims: Json, now: datetime) -> bytes:
    """A list of states (statuslist+jwt) of claims with `iss`. Also under earlier identities, as `sign` with `status`.

    Call it outside any transaction. Raises CannotSign as `sign`.
    """
    key, did = key_for(org_id, {"issuer": claims["iss"]}, IssuerKey.Purpose.STATUS)
    signer = custody.opened(key, did=did)
    return _made(lambda: issue.issue_status_list(claims, signer=signer, now=now))


def _proof_signer(*, org_id: UUID, named: Json, template_id: UUID | None) -> Signer:
    key, did = key_for(org_id, named, IssuerKey.Purpose.CREDENTIAL)
    demand_going(key=key, template_id=template_id)
    return custody.opened(key, did=did)


def _made(make: Callable[[], bytes]) -> bytes:
    try:
        return make()
    except issue.LintError as error:
        raise refused(error) from error
