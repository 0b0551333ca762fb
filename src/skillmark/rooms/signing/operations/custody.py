"""Where private keys are: here wrapped by the firm's data key, or in a device. Opened for one piece of work, then dropped."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Final
from uuid import UUID, uuid4

from django.conf import settings
from django.db import IntegrityError, transaction

from credcore.errors import CredcoreError
from credcore.keys import ecdsa, pkcs11
from credcore.keys.ed25519 import LocalSigner
from credcore.keys.ed25519 import generate as new_ed25519
from credcore.keys.public import ED25519, P256
from credcore.ports import Signer
from skillmark.errors import DomainError
from skillmark.rooms.signing.models import DataKey, IssuerKey
from skillmark.rooms.signing.rules import WrongOuterKey, unwrap, wrap

ALGORITHMS: Final = (ED25519, P256)
_NUMBER = 32  # bytes of a private number of P-256


class CannotSign(DomainError):
    """Nothing was signed. `detail` says why, for a technical reader."""


def make(
    *, org_id: UUID, purpose: str, state: str, now: datetime, provider: str = "local", algorithm: str = ED25519
) -> IssuerKey:
    """A new key, saved. Raises CannotSign `sign.outer_key` or `sign.device`."""
    key = IssuerKey(
        id=uuid4(), org_id=org_id, purpose=purpose, state=state, provider=provider, algorithm=algorithm, made_at=now,
        active_from=now if state == IssuerKey.State.ACTIVE else None,
    )  # fmt: skip
    if provider == IssuerKey.Provider.PKCS11:
        key.handle = f"skillmark-{key.id}"
        key.algorithm, key.public_multibase = _in_device(key.handle)
    else:
        secret, key.public_multibase = _fresh(algorithm)
        key.wrapped = wrap(key=data_key(org_id), secret=secret, bound_to=bound(key))
    key.save(force_insert=True)
    return key


def opened(key: IssuerKey, *, did: str) -> Signer:
    """The key, ready to sign under `did`. Keep it no longer than the work lasts.

    Raises CannotSign `sign.outer_key` (nothing opens it) or `sign.device` (the device that holds it does not answer).
    """
    method = f"{did}#{key.public_multibase}"
    if key.provider == IssuerKey.Provider.PKCS11:
        try:
            return pkcs11.DeviceSigner(device(), label=key.handle, multibase=key.public_multibase, verification_method=method)
        except CredcoreError as error:
            raise CannotSign("sign.device", detail=str(error)) from error
    try:
        secret = unwrap(key=data_key(key.org_id), wrapped=bytes(key.wrapped), bound_to=bound(key))
    except WrongOuterKey as error:
        raise CannotSign("sign.outer_key") from error
    if key.algorithm == ED25519:
        return LocalSigner(secret, method)
    return ecdsa.LocalSigner(key.algorithm, int.from_bytes(secret, "big"), method)


def device() -> pkcs11.Device:
    """The device that the operator has named. Raises CannotSign `sign.device` when there is none."""
    if not settings.PKCS11_MODULE:
        raise CannotSign("sign.device", detail="SKILLMARK_PKCS11_MODULE is empty")
    return pkcs11.Device(module=settings.PKCS11_MODULE, token=settings.PKCS11_TOKEN, pin=settings.PKCS11_PIN)


def bound(key: IssuerKey) -> str:
    """What a wrapped key is tied to, so that its row cannot be moved to another firm or purpose."""
    return f"{key.org_id}|{key.id}|{key.purpose}"


def data_key(org_id: UUID) -> bytes:
    """The firm's own wrapping key, made on first use. Raises CannotSign `sign.outer_key`."""
    row = DataKey.objects.filter(org_id=org_id).first()
    if row is None:
        secret = secrets.token_bytes(32)
        wrapped = wrap(key=settings.OUTER_KEY, secret=secret, bound_to=str(org_id))
        try:
            with transaction.atomic():
                DataKey.objects.create(org_id=org_id, wrapped=wrapped)
        except IntegrityError:  # made by another process a moment ago
            return data_key(org_id)
        return secret
    try:
        return unwrap(key=settings.OUTER_KEY, wrapped=bytes(row.wrapped), bound_to=str(org_id))
    except WrongOuterKey as error:
        raise CannotSign("sign.outer_key") from error


def _fresh(algorithm: str) -> tuple[bytes, str]:
    """The secret to wrap, and the public key."""
    if algorithm == ED25519:
        made = new_ed25519()
        return made.seed, made.multibase
    signer = ecdsa.generate(algorithm)
    return signer.private_number.to_bytes(_NUMBER, "big"), signer.multibase


def _in_device(label: str) -> tuple[str, str]:
    try:
        return pkcs11.generate(device(), label=label)
    except CredcoreError as error:
        raise CannotSign("sign.device", detail=str(error)) from error
