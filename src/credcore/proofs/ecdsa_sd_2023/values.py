"""What a selective proof's `proofValue` holds. (W3C Data Integrity ECDSA Cryptosuites 1.0, sections 3.5.2 to 3.5.7)

Three bytes that say which kind, then a CBOR array. Only the shape is checked here; whether the counts fit the document
is checked against its statements.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from credcore.codec import cbor, multibase
from credcore.codec.rdf import Budget
from credcore.errors import MalformedError, UnavailableError
from credcore.keys import multikey
from credcore.keys.public import P256, PublicKey
from credcore.proofs.data_integrity import Json

_BASE, _DERIVED = b"\xd9\x5d\x00", b"\xd9\x5d\x01"
_MOST = Budget().quads  # nobody reads a document with more statements, so no list of them is longer
_MAX_BYTES = 1024 * 1024
_SIGNATURE, _HASH = 64, 32


@dataclass(frozen=True, slots=True)
class Base:
    """What the giver hands to the holder: all signatures, and the secret that hides the labels."""

    signature: bytes
    proof_key: PublicKey
    hmac_key: bytes
    signatures: list[bytes]
    mandatory_pointers: list[str]


@dataclass(frozen=True, slots=True)
class Derived:
    """What the holder shows. `labels`: number of the canonical label → its hidden form; `mandatory`: places of statements."""

    signature: bytes
    proof_key: PublicKey
    signatures: list[bytes]
    labels: dict[int, bytes]
    mandatory: list[int]


def key_bytes(key: PublicKey) -> bytes:
    """The 35 bytes of a P-256 multikey, as they are signed and stored."""
    return multibase.decode(multikey.encode(key))


def write_base(base: Base) -> str:
    """`u2V0A…`"""
    parts = [base.signature, key_bytes(base.proof_key), base.hmac_key, base.signatures, base.mandatory_pointers]
    return multibase.encode(_BASE + cbor.dumps(parts), base="u")


def write_derived(derived: Derived) -> str:
    """`u2V0B…`"""
    parts = [derived.signature, key_bytes(derived.proof_key), derived.signatures, derived.labels, derived.mandatory]
    return multibase.encode(_DERIVED + cbor.dumps(parts), base="u")


def read_base(proof: Json) -> Base:
    """Raises MalformedError (`proof.value`, `cbor.malformed`, `multibase.bad`, `key.malformed`)."""
    signature, key, hmac_key, signatures, pointers = _parts(proof, _BASE)
    if not all(isinstance(pointer, str) for pointer in _list(pointers)):
        raise MalformedError("proof.value", "pointers")
    return Base(
        signature=_bytes(signature, _SIGNATURE),
        proof_key=_key(key),
        hmac_key=_bytes(hmac_key, _HASH),
        signatures=[_bytes(item, _SIGNATURE) for item in _list(signatures)],
        mandatory_pointers=pointers,
    )


def read_derived(proof: Json) -> Derived:
    """Raises MalformedError (`proof.value`, `cbor.malformed`, `multibase.bad`, `key.malformed`).

    Raises UnavailableError `proof.base_only` for a base proof: the specification has no way to verify one, and whoever
    shows it gives away the secret that hides what else was said.
    """
    if _data(proof)[:3] == _BASE:
        raise UnavailableError("proof.base_only", permanent=True)
    signature, key, signatures, labels, mandatory = _parts(proof, _DERIVED)
    if not isinstance(labels, dict) or set(labels) != set(range(len(labels))):
        raise MalformedError("proof.value", "labels are not numbered from 0")
    hidden = {number: _bytes(label, _HASH) for number, label in labels.items()}
    if len(set(hidden.values())) != len(labels):
        raise MalformedError("proof.value", "two things with one label")
    places = _list(mandatory)
    if not all(type(place) is int and place >= 0 for place in places) or places != sorted(set(places)):
        raise MalformedError("proof.value", "places do not ascend")
    return Derived(
        signature=_bytes(signature, _SIGNATURE),
        proof_key=_key(key),
        signatures=[_bytes(item, _SIGNATURE) for item in _list(signatures)],
        labels=hidden,
        mandatory=places,
    )


def _data(proof: Json) -> bytes:
    text = proof.get("proofValue")
    if not isinstance(text, str) or not text.startswith("u"):
        raise MalformedError("proof.value", "proofValue is not base64url multibase")
    return multibase.decode(text)


def _parts(proof: Json, header: bytes) -> list[Any]:
    data = _data(proof)
    if data[:3] != header:
        raise MalformedError("proof.value", f"begins with {data[:3].hex()}")
    parts = cbor.loads(data[3:], max_bytes=_MAX_BYTES)
    if not isinstance(parts, list) or len(parts) != 5:
        raise MalformedError("proof.value", "not five parts")
    return parts


def _list(value: object) -> list[Any]:
    if not isinstance(value, list) or len(value) > _MOST:
        raise MalformedError("proof.value", "not a list, or too long")
    return value


def _bytes(value: object, length: int) -> bytes:
    if not isinstance(value, bytes) or len(value) != length:
        raise MalformedError("proof.value", f"not {length} bytes")
    return value


def _key(value: object) -> PublicKey:
    key = multikey.decode(multibase.encode(_bytes(value, 35)))
    if key.algorithm != P256:
        raise MalformedError("proof.value", f"a {key.algorithm} key")
    return key
