"""Sign as a party to a hand-over: a person who shows what they keep, a firm that asks for it. Never as a giver."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from credcore import issue
from credcore.codec import strict_json
from credcore.keys import ecdsa, jwk
from credcore.keys.public import P256
from credcore.oid4vc import key_proofs
from credcore.proofs import jose
from skillmark.rooms.people import queries as people
from skillmark.rooms.signing.models import IssuerKey, PartyKey
from skillmark.rooms.signing.operations import custody
from skillmark.rooms.signing.operations.custody import CannotSign
from skillmark.rooms.signing.operations.signing import refused
from skillmark.rooms.signing.rules import Party, WrongOuterKey, did_web, suite_of, unwrap, wrap

Json = dict[str, Any]
_NUMBER = 32  # bytes of a private number of P-256


def party(*, org_id: UUID, now: datetime) -> Party:
    """Under which identifier and key an organisation shows or asks; made on first use. Raises CannotSign `sign.outer_key`."""
    return _named(_signer(org_id, now))


def asker(*, org_id: UUID, now: datetime) -> Party:
    """Under which identifier a firm asks people for proofs: did:web once it has a public https address, whose key document
    names this key under `authentication`; did:key until then. Raises CannotSign `sign.outer_key`, NotFound."""
    found = party(org_id=org_id, now=now)
    base_url = people.organisation_public(org_id=org_id).base_url
    if not base_url.startswith("https://") or not IssuerKey.objects.filter(org_id=org_id).exists():
        return found
    did = did_web(base_url=base_url, org_id=org_id)
    return Party(did=did, verification_method=f"{did}#{found.did.removeprefix('did:key:')}", jwk=found.jwk)


def sign_as_party(*, org_id: UUID, header: Json, payload: Json, now: datetime) -> bytes:
    """A compact JWS (ES256). `header` holds what it takes besides `alg`, such as `typ` and `kid` or `jwk`."""
    return jose.sign(payload=strict_json.dumps(payload), signer=_signer(org_id, now), header=header)


def sign_own(*, org_id: UUID, unsigned: Json, now: datetime) -> bytes:
    """A credential that a person gives about themselves, such as their whole record. Its issuer is `party().did`.

    JSON bytes. Raises CannotSign `sign.not_ours`, `sign.refused`, `sign.outer_key`.
    """
    signer = _signer(org_id, now)
    issuer = unsigned.get("issuer")
    if (issuer.get("id") if isinstance(issuer, dict) else issuer) != signer.did:
        raise CannotSign("sign.not_ours")
    try:
        return strict_json.dumps(issue.issue(unsigned, signer=signer, now=now, making=issue.Making(suite=suite_of(P256))))
    except issue.LintError as error:
        raise refused(error) from error


def passing() -> tuple[Party, bytes]:
    """An identifier for one request of a stranger, who may not speak in the name of any firm here; with its private number."""
    made = ecdsa.generate(P256)
    return _named(made), made.private_number.to_bytes(_NUMBER, "big")


def sign_passing(*, secret: bytes, header: Json, payload: Json) -> bytes:
    """As `sign_as_party`, with a key that `passing` made."""
    signer = ecdsa.LocalSigner(P256, int.from_bytes(secret, "big"))
    return jose.sign(payload=strict_json.dumps(payload), signer=signer, header=header)


def sign_presentation(*, org_id: UUID, unsigned: Json, challenge: str, domain: str, now: datetime) -> bytes:
    """A presentation (JSON bytes) that its holder signs for one request; never a credential. The holder is `party().did`, or
    the did:jwk of the same key, for proofs that were bound to that.

    Raises CannotSign `sign.not_ours` for another holder or for anything that is no presentation, `sign.refused`,
    `sign.outer_key`.
    """
    signer = _signer(org_id, now)
    names = {signer.did: signer.verification_method, (other := key_proofs.did_jwk(signer.key)): f"{other}#0"}
    holder = unsigned.get("holder")
    if unsigned.get("type") != ["VerifiablePresentation"] or holder not in names or "proof" in unsigned:
        raise CannotSign("sign.not_ours")
    signer = ecdsa.LocalSigner(P256, signer.private_number, names[holder])
    options = {"proofPurpose": "authentication", "challenge": challenge, "domain": domain}
    making = issue.Making(suite=suite_of(P256), options=options)
    try:
        return strict_json.dumps(issue.present(unsigned, signer=signer, now=now, making=making))
    except issue.LintError as error:
        raise refused(error) from error


def party_secret(*, org_id: UUID, now: datetime) -> bytes:
    """The private number (32 bytes), for a person who takes their page to another server. Nobody else may ask."""
    return _signer(org_id, now).private_number.to_bytes(_NUMBER, "big")


def take_party_secret(*, org_id: UUID, secret: bytes, now: datetime) -> None:
    """Go on with a key from another server. Raises CannotSign `sign.not_ours` when there is another one here already."""
    signer = ecdsa.LocalSigner(P256, int.from_bytes(secret, "big"))
    there = PartyKey.objects.filter(org_id=org_id).first()
    if there is not None and there.public_multibase != signer.multibase:
        raise CannotSign("sign.not_ours")
    if there is None:
        _keep(org_id, signer, now)


def move_party(*, org_id: UUID, into: UUID, now: datetime) -> bool:
    """Two spaces of one person become one: its key goes along where the other has none yet.

    False: both have one. Then this one stays where it is, since proofs are bound to it.
    """
    if not PartyKey.objects.filter(org_id=org_id).exists():
        return True
    if PartyKey.objects.filter(org_id=into).exists():
        return False
    with transaction.atomic():
        signer = _signer(org_id, now)
        PartyKey.objects.filter(org_id=org_id).delete()
        _keep(into, signer, now)
    return True


def _signer(org_id: UUID, now: datetime) -> ecdsa.LocalSigner:
    row = PartyKey.objects.filter(org_id=org_id).first()
    if row is None:
        made = ecdsa.generate(P256)
        try:
            with transaction.atomic():
                _keep(org_id, made, now)
        except IntegrityError:  # made by another process a moment ago
            return _signer(org_id, now)
        return made
    try:
        secret = unwrap(key=custody.data_key(org_id), wrapped=bytes(row.wrapped), bound_to=_bound(org_id))
    except WrongOuterKey as error:
        raise CannotSign("sign.outer_key") from error
    return ecdsa.LocalSigner(P256, int.from_bytes(secret, "big"))


def _keep(org_id: UUID, signer: ecdsa.LocalSigner, now: datetime) -> None:
    secret = signer.private_number.to_bytes(_NUMBER, "big")
    wrapped = wrap(key=custody.data_key(org_id), secret=secret, bound_to=_bound(org_id))
    PartyKey.objects.create(org_id=org_id, public_multibase=signer.multibase, wrapped=wrapped, made_at=now)


def _bound(org_id: UUID) -> str:
    return f"{org_id}|party"


def _named(signer: ecdsa.LocalSigner) -> Party:
    return Party(did=signer.did, verification_method=signer.verification_method, jwk=jwk.encode(signer.key))
