"""Keys in a device that never lets them out: a security module, smart card or USB token. (PKCS #11 3.0)

The library `python-pkcs11` is read only when a device is used; it comes with the extra `pkcs11`. Ed25519 where the device
can make it, else P-256. A device may be asked by one thread at a time: calls wait for one another.
"""

from __future__ import annotations

import hashlib
import os
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any, Final, TypeVar

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from credcore.errors import MalformedError, UnavailableError
from credcore.keys import multikey, signatures
from credcore.keys.acceptance import CURVES
from credcore.keys.public import ED25519, P256, PublicKey

_ED25519_OID: Final = "1.3.101.112"  # RFC 8410
_OCTET_STRING: Final = 0x04
_TRIAL: Final = b"Does the key in the device fit the public one?"
_lock = threading.RLock()
Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Device:
    """Where the keys are: the maker's library (`module`, a path), the token's label, and its PIN."""

    module: str
    token: str
    pin: str = field(repr=False)


class DeviceSigner:
    """A `Signer` whose private key stays in the device, under `label`; `multibase` is its public key."""

    def __init__(self, device: Device, *, label: str, multibase: str, verification_method: str = "") -> None:
        """`verification_method` defaults to the key's own did:key. Raises MalformedError `key.malformed`.

        The device is asked for the first time by `sign`.
        """
        self.key = multikey.decode(multibase)
        if self.key.algorithm not in (ED25519, P256):
            raise MalformedError("key.malformed", self.key.algorithm)
        self.algorithm = self.key.algorithm
        self.multibase = multibase
        self.verification_method = verification_method or f"did:key:{multibase}#{multibase}"
        self._device, self._label = device, label

    @property
    def did(self) -> str:
        """The identifier part of the verification method."""
        return self.verification_method.partition("#")[0]

    def sign(self, message: bytes) -> bytes:
        """64 bytes over the message. Raises UnavailableError `key.device` when the device does not answer."""
        return _asked(self._device, lambda session: _sign(session, self._label, self.algorithm, message))


def generate(device: Device, *, label: str, kinds: Sequence[str] = (ED25519, P256)) -> tuple[str, str]:
    """Make a key in the device, for good: its algorithm and public key (Multikey). `kinds`: the first that it can make.

    The new key signs once, and only a signature that fits is believed. Raises UnavailableError `key.device`.
    """
    algorithm, raw = _asked(device, lambda session: _make(session, label, kinds))
    public = PublicKey(algorithm=algorithm, raw=raw)
    multibase = multikey.encode(public)
    signature = DeviceSigner(device, label=label, multibase=multibase).sign(_TRIAL)
    signatures.check(key=public, signature=signature, message=_TRIAL)
    return algorithm, multibase


def _sign(session: Any, label: str, algorithm: str, message: bytes) -> bytes:
    library = _library()
    private = session.get_key(label=label, object_class=library.ObjectClass.PRIVATE_KEY)
    if algorithm == ED25519:
        return bytes(private.sign(message, mechanism=library.Mechanism.EDDSA))
    # Not every device counts SHA-256 together with the curve, so that is done here.
    return bytes(private.sign(hashlib.sha256(message).digest(), mechanism=library.Mechanism.ECDSA))


def _make(session: Any, label: str, kinds: Sequence[str]) -> tuple[str, bytes]:
    library = _library()
    for algorithm in kinds:
        edwards = algorithm == ED25519
        mechanism = library.Mechanism.EC_EDWARDS_KEY_PAIR_GEN if edwards else library.Mechanism.EC_KEY_PAIR_GEN
        curve = library.util.ec.encode_named_curve_parameters(_ED25519_OID if edwards else "secp256r1")
        try:
            kind = library.KeyType.EC_EDWARDS if edwards else library.KeyType.EC
            parameters = session.create_domain_parameters(kind, {library.Attribute.EC_PARAMS: curve}, local=True)
            public, _ = parameters.generate_keypair(
                store=True,
                label=label,
                mechanism=mechanism,
                private_template={library.Attribute.SENSITIVE: True, library.Attribute.EXTRACTABLE: False},
            )
        except _refusals(library):
            continue
        return algorithm, _point(algorithm, bytes(public[library.Attribute.EC_POINT]))
    raise UnavailableError("key.device", "it can make no key that we sign with", permanent=True)


def _refusals(library: Any) -> tuple[type[Exception], ...]:
    """How devices say that they don't know a kind of key."""
    names = (
        "MechanismInvalid",
        "DomainParamsInvalid",
        "AttributeValueInvalid",
        "FunctionNotSupported",
        "TemplateInconsistent",
    )
    return tuple(getattr(library.exceptions, name) for name in names)


def _point(algorithm: str, data: bytes) -> bytes:
    """The public key as we write it. The standard wraps the point in an OCTET STRING; some devices leave that out."""
    if len(data) > 2 and data[0] == _OCTET_STRING and data[1] == len(data) - 2:
        data = data[2:]
    if algorithm == ED25519:
        return data
    try:
        point = ec.EllipticCurvePublicKey.from_encoded_point(CURVES[algorithm], data)
    except ValueError as error:
        raise MalformedError("key.malformed", "the device's public key") from error
    return point.public_bytes(Encoding.X962, PublicFormat.CompressedPoint)


def _asked(device: Device, work: Callable[[Any], Answer]) -> Answer:
    """Do it with the open session. One that has ended (device pulled out, restarted) is opened anew, once."""
    library = _library()
    with _lock:
        for last in (False, True):
            try:
                return work(_session(device, os.getpid()))
            except library.exceptions.PKCS11Error as error:
                _session.cache_clear()
                if last:
                    raise UnavailableError("key.device", f"{type(error).__name__}: {error}".rstrip(": ")) from error
    raise AssertionError("the second try returns or raises")


@lru_cache(maxsize=1)
def _session(device: Device, process: int) -> Any:
    """One a process, open as long as it lives: to open it costs more than to sign, and a fork must not share it."""
    library = _library()
    token = library.lib(device.module).get_token(token_label=device.token)
    try:
        return token.open(user_pin=device.pin, rw=True)
    except library.exceptions.UserAlreadyLoggedIn:
        return token.open(rw=True)


@cache
def _library() -> Any:
    try:
        import pkcs11
        import pkcs11.util.ec
    except ImportError as error:
        raise UnavailableError("key.device", "the extra pkcs11 is not installed", permanent=True) from error
    return pkcs11
