"""Face or finger on a device opens the space. (Web Authentication Level 2)

A challenge is made here, kept by the caller in the browser's session, and handed in again with the answer: once. The device
has to have seen its person (user verification) and to know the page by itself, so that nothing is typed.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from django.db import IntegrityError, transaction
from fido2.cose import CoseKey
from fido2.server import Fido2Server
from fido2.utils import websafe_encode
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    RegistrationResponse,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from skillmark.errors import NotFound
from skillmark.rooms.journal import operations as journal
from skillmark.rooms.people import operations as people
from skillmark.rooms.people.rules import Actor, Role
from skillmark.rooms.records import queries, rules
from skillmark.rooms.records.models import Passkey
from skillmark.rooms.records.operations.access import CannotOpen

Json = dict[str, Any]
T = TypeVar("T")
_UNREADABLE = (ValueError, TypeError, KeyError, AttributeError, IndexError, struct.error, RecursionError, NotImplementedError)
"""What the library lets out while it reads bytes of a stranger. Only around its reader: what it checks raises ValueError."""
_SEEN = UserVerificationRequirement.REQUIRED


def begin_passkey(*, actor: Actor, host: str) -> tuple[Json, Json]:
    """(what the browser is asked, what the session keeps), to set up face or finger on one more device. Raises CannotDo."""
    people.demand(actor=actor, action="record.change")
    there = [AttestedCredentialData(bytes(one.data)) for one in Passkey.objects.filter(org_id=actor.org_id)]
    options, state = _server(host).register_begin(
        PublicKeyCredentialUserEntity(id=actor.org_id.bytes, name=actor.name, display_name=actor.name),
        there, resident_key_requirement=ResidentKeyRequirement.REQUIRED, user_verification=_SEEN,
    )  # fmt: skip
    return dict(options), {**state, "host": host}


def add_passkey(
    *, actor: Actor, host: str, state: Mapping[str, Any], answer: Mapping[str, Any], device: str, now: datetime
) -> Passkey:
    """Keep what the device answered: from now on it opens the space. `state` is spent, whatever comes of it.

    Raises CannotOpen `passkey.refused`, `passkey.there` (this device opens a space already), `passkey.too_many`; CannotDo.
    """
    people.demand(actor=actor, action="record.change")
    mine = Passkey.objects.filter(org_id=actor.org_id)
    if mine.count() >= rules.MOST_PASSKEYS:
        raise CannotOpen("passkey.too_many", most=str(rules.MOST_PASSKEYS))
    read = _read(lambda: RegistrationResponse.from_dict(answer))
    made = read.response.attestation_object.auth_data.credential_data
    if made is None or not _read(lambda: _opens(made.public_key)):
        raise CannotOpen("passkey.refused")
    try:
        said = _server(_same(host, state)).register_complete(dict(state), read)
    except ValueError as error:
        raise CannotOpen("passkey.refused") from error
    try:
        with transaction.atomic():
            people.hold_own_space(org_id=actor.org_id)
            kept = Passkey.objects.create(
                org_id=actor.org_id, credential_id=websafe_encode(made.credential_id), data=bytes(made),
                sign_count=said.counter, device=device[:80], made_at=now,
            )  # fmt: skip
            _note(actor, "records.passkey.added", kept.id, now)
    except IntegrityError:
        raise CannotOpen("passkey.there") from None
    return kept


def begin_opening(*, host: str) -> tuple[Json, Json]:
    """(what the browser is asked, what the session keeps), to open a space; nobody is known yet."""
    options, state = _server(host).authenticate_begin(user_verification=_SEEN)
    return dict(options), {**state, "host": host}


def open_with_passkey(*, host: str, state: Mapping[str, Any], answer: Mapping[str, Any], now: datetime) -> Actor:
    """Open the space that this device was set up for. `state` is spent, whatever comes of it.

    Raises CannotOpen `passkey.refused` (the answer does not fit the question), `passkey.unknown` (removed, or never here),
    `passkey.copied` (its counter went backwards: there may be a copy of the key).
    """
    said = _read(lambda: AuthenticationResponse.from_dict(answer))
    number, owner = websafe_encode(said.raw_id), said.response.user_handle
    count = said.response.authenticator_data.counter
    found = Passkey.objects.filter(credential_id=number).select_related("org").first()
    if found is None:
        raise CannotOpen("passkey.unknown")
    if owner is not None and bytes(owner) != found.org_id.bytes:
        raise CannotOpen("passkey.refused")
    key = AttestedCredentialData(bytes(found.data))  # ours: were it damaged, that would be no fault of the device
    try:
        _server(_same(host, state)).authenticate_complete(dict(state), [key], said)
    except ValueError as error:
        raise CannotOpen("passkey.refused") from error
    # Devices that do not count always say 0. One update, so that two answers with the same count are not both taken.
    before = found.sign_count
    if (count or before) and count <= before:
        raise CannotOpen("passkey.copied")
    if not Passkey.objects.filter(id=found.id, sign_count=before).update(sign_count=count, used_at=now):
        raise CannotOpen("passkey.refused")
    return Actor(org_id=found.org_id, role=Role.WORKER, name=found.org.name)


def remove_passkey(*, actor: Actor, passkey_id: UUID, now: datetime) -> None:
    """Face or finger on that device opens the space no longer. Raises NotFound, CannotDo, CannotOpen `passkey.last`.

    A space keeps one way in: without any, whoever makes the next code for the person could open it (see `keeping`).
    """
    people.demand(actor=actor, action="record.change")
    with transaction.atomic():
        people.hold_own_space(org_id=actor.org_id)  # two devices that are removed at once are not both the last but one
        if not Passkey.objects.filter(org_id=actor.org_id, id=passkey_id).delete()[0]:
            raise NotFound
        if not queries.has_way_in(actor=actor):
            raise CannotOpen("passkey.last")
        _note(actor, "records.passkey.removed", passkey_id, now)


def _server(host: str) -> Fido2Server:
    return Fido2Server(PublicKeyCredentialRpEntity(id=host, name="Skillmark"))


def _read(read: Callable[[], T]) -> T:
    """What an answer says, once it could be taken apart. Raises CannotOpen `passkey.refused`."""
    try:
        return read()
    except _UNREADABLE as error:
        raise CannotOpen("passkey.refused") from error


def _opens(key: CoseKey) -> bool:
    """Whether a key is one whose signatures can be checked: whatever is none would open nothing later on."""
    try:
        key.verify(b"", b"")
    except InvalidSignature:
        return True
    return False


def _same(host: str, state: Mapping[str, Any]) -> str:
    """The question was asked at the address at which it is answered. Raises ValueError."""
    if state.get("host") != host:
        raise ValueError
    return host


def _note(actor: Actor, event: str, subject_id: UUID, now: datetime) -> None:
    journal.write(org_id=actor.org_id, actor=actor.label, actor_id=actor.key, event=event, subject_id=subject_id, now=now)
