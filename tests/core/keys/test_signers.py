"""One contract for everything that holds a private key: here in the process, or in a device that never lets it out."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest

from credcore import issue
from credcore.codec import strict_json
from credcore.errors import MalformedError, SignatureMismatch, UnavailableError
from credcore.keys import ecdsa, ed25519, multikey, pkcs11, signatures
from credcore.keys.pkcs11 import Device, DeviceSigner
from credcore.keys.public import ED25519, P256
from credcore.verify import Policy, Verifier

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
SUITES = {ED25519: "eddsa-rdfc-2022", P256: "ecdsa-rdfc-2019"}
MESSAGE = b"what was signed"


def in_device(key_device: Device, kind: str = ED25519) -> DeviceSigner:
    label = f"contract-{uuid4()}"
    _, multibase = pkcs11.generate(key_device, label=label, kinds=[kind])
    return DeviceSigner(key_device, label=label, multibase=multibase)


MAKERS: dict[str, Callable[[Any], Any]] = {
    "local Ed25519": lambda _: ed25519.generate(),
    "local P-256": lambda _: ecdsa.generate(P256),
    "device Ed25519": lambda request: in_device(request.getfixturevalue("key_device")),
    "device P-256": lambda request: in_device(request.getfixturevalue("key_device"), P256),
}


@pytest.fixture(params=sorted(MAKERS))
def signer(request: pytest.FixtureRequest) -> Any:
    return MAKERS[request.param](request)


def nobody(url: str, *, kind: object) -> Any:
    raise UnavailableError("fetch.offline", url)


def test_it_is_named_by_its_public_key(signer: Any) -> None:
    assert signer.verification_method == f"{signer.did}#{signer.multibase}"
    assert signer.did == f"did:key:{signer.multibase}"
    assert multikey.decode(signer.multibase).algorithm == signer.algorithm


def test_its_signature_fits_the_message_and_no_other(signer: Any) -> None:
    key = multikey.decode(signer.multibase)
    signature = signer.sign(MESSAGE)
    assert len(signature) == 64
    signatures.check(key=key, signature=signature, message=MESSAGE)
    for wrong in (MESSAGE + b".", b""):
        with pytest.raises(SignatureMismatch):
            signatures.check(key=key, signature=signature, message=wrong)


@pytest.mark.parametrize("length", [0, 1, 64, 100_000])
def test_it_signs_messages_of_any_length(signer: Any, length: int) -> None:
    message = b"x" * length
    signatures.check(key=multikey.decode(signer.multibase), signature=signer.sign(message), message=message)


def test_our_own_verifier_accepts_a_credential_that_it_signed(signer: Any) -> None:
    said = {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "id": "urn:uuid:8f3fe6f0-1111-4b5c-9df8-0a8c1c1c0001",
        "type": ["VerifiableCredential"],
        "issuer": {"id": signer.did, "name": "Tallgrass Machine Works"},
        "validFrom": "2026-05-04T12:00:00Z",
        "credentialSubject": {"id": "urn:uuid:8f3fe6f0-1111-4b5c-9df8-0a8c1c1c0002"},
    }
    making = issue.Making(suite=SUITES[signer.algorithm])
    document = issue.issue(said, signer=signer, now=NOW, making=making)
    report = Verifier(fetch=nobody).check(strict_json.dumps(document), now=NOW)
    assert Policy.own(issuers=[signer.did]).accepts(report), report.summary()


def test_threads_may_share_it(signer: Any) -> None:
    key = multikey.decode(signer.multibase)
    with ThreadPoolExecutor(4) as pool:
        for message, signature in pool.map(lambda n: (b"%d" % n, signer.sign(b"%d" % n)), range(40)):
            signatures.check(key=key, signature=signature, message=message)


def test_it_shows_no_private_key(signer: Any) -> None:
    assert "8264" not in repr(vars(signer))
    if isinstance(signer, DeviceSigner):
        assert not any(isinstance(value, bytes) and len(value) >= 32 for value in vars(signer).values())


def test_the_private_key_cannot_be_taken_out_of_the_device(key_device: Device) -> None:
    in_device(key_device)
    library = pkcs11._library()
    session = pkcs11._session(key_device, os.getpid())
    private = next(iter(session.get_objects({library.Attribute.CLASS: library.ObjectClass.PRIVATE_KEY})))
    with pytest.raises(library.exceptions.AttributeSensitive):
        private[library.Attribute.VALUE]
    assert private[library.Attribute.SENSITIVE] and not private[library.Attribute.EXTRACTABLE]


def test_a_device_that_is_not_there_is_one_plain_error(key_device: Device) -> None:
    signer = in_device(key_device)
    wrong = [
        Device(module=key_device.module, token="nowhere", pin=key_device.pin),
        Device(module="/nowhere/lib.so", token=key_device.token, pin=key_device.pin),
    ]
    for one in wrong:
        with pytest.raises(UnavailableError) as told:
            DeviceSigner(one, label="contract", multibase=signer.multibase).sign(MESSAGE)
        assert told.value.code == "key.device" and key_device.pin not in str(told.value)
    with pytest.raises(UnavailableError):
        DeviceSigner(key_device, label="another label", multibase=signer.multibase).sign(MESSAGE)
    signer.sign(MESSAGE)  # and it works again


def test_only_kinds_of_keys_that_we_sign_with(key_device: Device) -> None:
    with pytest.raises(MalformedError):
        DeviceSigner(key_device, label="x", multibase=ecdsa.generate("P-384").multibase)
