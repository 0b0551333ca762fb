"""Certificates for tests: real keys, real signatures, always the same ones."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.asymmetric.types import CertificateIssuerPrivateKeyTypes
from cryptography.hazmat.primitives.serialization import Encoding

from tests.core.proofs import NOW

URI, DNS = x509.UniformResourceIdentifier, x509.DNSName
UNKNOWN = x509.UnrecognizedExtension(x509.ObjectIdentifier("1.2.3.4.5"), b"\x05\x00")


def p256(number: int) -> ec.EllipticCurvePrivateKey:
    return ec.derive_private_key(number, ec.SECP256R1())


@dataclass(frozen=True)
class Made:
    """A certificate and the key in it."""

    name: str
    key: CertificateIssuerPrivateKeyTypes
    certificate: x509.Certificate

    @property
    def der(self) -> bytes:
        return self.certificate.public_bytes(Encoding.DER)

    @property
    def text(self) -> str:
        return base64.b64encode(self.der).decode()


def usage(*, certificates: bool = False, statements: bool = False) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=statements, content_commitment=False, key_encipherment=False, data_encipherment=False,
        key_agreement=False, key_cert_sign=certificates, crl_sign=certificates, encipher_only=False, decipher_only=False,
    )  # fmt: skip


def authority(
    name: str, number: int, *, by: Made | None = None, length: int | None = None, ca: bool = True, may: bool = True,
    days: tuple[int, int] = (-900, 900), names: x509.NameConstraints | None = None,
    key: CertificateIssuerPrivateKeyTypes | None = None,
) -> Made:  # fmt: skip
    """A root, or an authority under `by`."""
    extensions: list[tuple[x509.ExtensionType, bool]] = [
        (x509.BasicConstraints(ca=ca, path_length=length), True),
        (usage(certificates=may, statements=not may), True),
    ]
    if names is not None:
        extensions.append((names, True))
    return _made(name, key or p256(number), by=by, extensions=extensions, days=days)


def leaf(
    names: Iterable[x509.GeneralName] = (URI("did:web:college.example"),), *, by: Made, number: int = 99,
    key: CertificateIssuerPrivateKeyTypes | None = None, days: tuple[int, int] = (-30, 300),
    more: Iterable[tuple[x509.ExtensionType, bool]] = (),
) -> Made:  # fmt: skip
    """A giver's certificate under `by`."""
    extensions = list(more)
    if listed := list(names):
        extensions.append((x509.SubjectAlternativeName(listed), False))
    return _made("leaf", key or p256(number), by=by, extensions=extensions, days=days)


def _made(
    name: str, key: CertificateIssuerPrivateKeyTypes, *, by: Made | None, extensions: list[tuple[x509.ExtensionType, bool]],
    days: tuple[int, int],
) -> Made:  # fmt: skip
    above = by.key if by else key
    builder = (
        x509.CertificateBuilder()
        .subject_name(_called(name))
        .issuer_name(_called(by.name if by else name))
        .public_key(key.public_key())
        .serial_number(1 + len(name))
        .not_valid_before(NOW + timedelta(days=days[0]))
        .not_valid_after(NOW + timedelta(days=days[1]))
    )
    for extension, critical in extensions:
        builder = builder.add_extension(extension, critical)
    if isinstance(above, ed25519.Ed25519PrivateKey):
        return Made(name, key, builder.sign(above, None))
    steady = True if isinstance(above, ec.EllipticCurvePrivateKey) else None
    return Made(name, key, builder.sign(above, hashes.SHA256(), ecdsa_deterministic=steady))


def _called(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
