"""A key from an X.509 chain that ends in a root which a list of givers names. (RFC 7515, section 4.1.6; RFC 5280)

The chain travels in the token, so it proves nothing by itself: it counts only when a root that was pinned beforehand vouches
for it, and only for the giver that the leaf names.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from datetime import datetime
from typing import Final
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.utils import CryptographyDeprecationWarning
from cryptography.x509 import verification

from credcore.errors import MalformedError, UnavailableError
from credcore.keys.acceptance import CURVES, accept
from credcore.keys.public import ED25519, RSA, PublicKey

MAX_CERTIFICATES: Final = 5
MAX_BYTES: Final = 16_384
MAX_ROOTS: Final = 100
# What the library says of bytes that are no certificate. It has no common base for these.
_UNREADABLE: Final = (
    ValueError,
    UnsupportedAlgorithm,
    x509.InvalidVersion,
    x509.DuplicateExtension,
    x509.UnsupportedGeneralNameType,
    CryptographyDeprecationWarning,
)


def leaf_key(chain: list[str], *, roots: Sequence[bytes], issuer: str, now: datetime) -> PublicKey:
    """The key of the first certificate of an `x5c` header (base64 of DER, leaf first, at most 5 of 16 KiB each).

    `roots` (DER) come from the list of givers; `issuer` is whom the credential names. Authorities must have EC or RSA keys
    and say that they are authorities; the leaf's key is P-256, P-384, Ed25519, or RSA of 2048 bits and more.

    Raises MalformedError `x5c.malformed`, `key.malformed`, `trust.malformed` (a root that is no certificate);
    UnavailableError `x5c.expired`, `x5c.not_anchored`, `x5c.other_name`, `key.unsupported`.
    """
    if not isinstance(chain, list) or not 0 < len(chain) <= MAX_CERTIFICATES:
        raise MalformedError("x5c.malformed", f"expected 1 to {MAX_CERTIFICATES} certificates")
    leaf, *between = (_load(_decoded(text), code="x5c.malformed") for text in chain)
    anchors = [_load(der, code="trust.malformed") for der in roots[:MAX_ROOTS]]
    if not all(_in_date(one, now) for one in (leaf, *between)):
        raise UnavailableError("x5c.expired", permanent=True)
    _require_path(leaf, between, anchors=anchors, now=now)
    if not _names(leaf, issuer):
        raise UnavailableError("x5c.other_name", issuer[:200], permanent=True)
    return _key(leaf)


def _decoded(text: object) -> bytes:
    if not isinstance(text, str) or len(text) > MAX_BYTES * 4 // 3 + 4:
        raise MalformedError("x5c.malformed", "not text, or too long")
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise MalformedError("x5c.malformed", "not base64") from error


def _load(der: bytes, *, code: str) -> x509.Certificate:
    if len(der) > MAX_BYTES:
        raise MalformedError(code, f"a certificate of {len(der)} bytes")
    try:
        certificate = x509.load_der_x509_certificate(der)
        _ = certificate.extensions  # read late by the library, so asked for here
        positive = certificate.serial_number > 0
    except _UNREADABLE as error:
        raise MalformedError(code, "not a certificate") from error
    if not positive:  # the library only warns (RFC 5280, section 4.1.2.2)
        raise MalformedError(code, "serial number")
    return certificate


def _in_date(certificate: x509.Certificate, now: datetime) -> bool:
    return certificate.not_valid_before_utc <= now <= certificate.not_valid_after_utc


def _require_path(
    leaf: x509.Certificate, between: list[x509.Certificate], *, anchors: list[x509.Certificate], now: datetime
) -> None:  # fmt: skip
    current = [one for one in anchors if _in_date(one, now)]
    if anchors and not current:
        raise UnavailableError("x5c.expired", "the roots", permanent=True)
    if not current:
        raise UnavailableError("x5c.not_anchored", "no roots", permanent=True)
    policy = verification.PolicyBuilder().store(verification.Store(current)).time(now).max_chain_depth(MAX_CERTIFICATES)
    verifier = policy.extension_policies(ca_policy=_AUTHORITY, ee_policy=_LEAF).build_client_verifier()
    try:
        verifier.verify(leaf, between)
    except verification.VerificationError as error:
        raise UnavailableError("x5c.not_anchored", str(error)[:200], permanent=True) from error


def _names(leaf: x509.Certificate, issuer: str) -> bool:
    """Does the leaf name the giver: the identifier itself, or the host that it stands on? No wildcards."""
    try:
        names = leaf.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        return False
    if issuer in names.get_values_for_type(x509.UniformResourceIdentifier):
        return True
    host = _host(issuer)
    return bool(host) and host in (name.lower() for name in names.get_values_for_type(x509.DNSName))


def _host(issuer: str) -> str:
    """The host of an https URL or did:web, in small letters and without port; else empty."""
    if issuer.startswith("did:web:"):
        return issuer.split(":")[2].lower().partition("%3a")[0]
    try:
        parts = urlsplit(issuer)
        return (parts.hostname or "") if parts.scheme == "https" else ""
    except ValueError:
        return ""


def _key(leaf: x509.Certificate) -> PublicKey:
    try:
        key = leaf.public_key()
    except (ValueError, UnsupportedAlgorithm) as error:
        raise UnavailableError("key.unsupported", "of a kind that is not read", permanent=True) from error
    if isinstance(key, ed25519.Ed25519PublicKey):
        return accept(algorithm=ED25519, raw=key.public_bytes_raw())
    if isinstance(key, rsa.RSAPublicKey):
        return accept(algorithm=RSA, raw=key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo))
    for name, curve in CURVES.items():
        if isinstance(key, ec.EllipticCurvePublicKey) and key.curve.name == curve.name:
            return accept(algorithm=name, raw=key.public_bytes(Encoding.X962, PublicFormat.CompressedPoint))
    raise UnavailableError("key.unsupported", type(key).__name__, permanent=True)


# The rules of the public web ask every leaf for things that a certificate for signing does not have (a purpose “web server”,
# for one), so these are our own. Whatever they say, the library refuses critical extensions that it does not know.
def _may_vouch(policy: verification.Policy, certificate: x509.Certificate, usage: x509.KeyUsage) -> None:
    if not usage.key_cert_sign:
        raise ValueError("may not sign certificates")


def _may_sign(policy: verification.Policy, certificate: x509.Certificate, usage: x509.KeyUsage | None) -> None:
    if usage is not None and not usage.digital_signature:
        raise ValueError("may not sign statements")


def _is_no_authority(
    policy: verification.Policy, certificate: x509.Certificate, constraints: x509.BasicConstraints | None
) -> None:  # fmt: skip
    if constraints is not None and constraints.ca:
        raise ValueError("an authority, not a giver")


_EITHER: Final = verification.Criticality.AGNOSTIC
_AUTHORITY: Final = (
    verification.ExtensionPolicy.permit_all()
    .require_present(x509.BasicConstraints, _EITHER, None)
    .require_present(x509.KeyUsage, _EITHER, _may_vouch)
)
_LEAF: Final = (
    verification.ExtensionPolicy.permit_all()
    .may_be_present(x509.BasicConstraints, _EITHER, _is_no_authority)
    .may_be_present(x509.KeyUsage, _EITHER, _may_sign)
)
