"""Signatures of JSON Web Signatures. (RFC 7515, section 5; RFC 7518, section 3; RFC 8037; RFC 9864)

The key is an argument and comes from the giver. The headers `jwk`, `jku`, `x5c`, `x5u` and their kin are written by
whoever made the token: nothing here reads them, so no token can bring its own key.
"""

from __future__ import annotations

from typing import Final

from credcore.codec import jose
from credcore.codec.jose import Json, Jws
from credcore.errors import MalformedError, UnavailableError
from credcore.keys import signatures
from credcore.keys.public import ED25519, P256, P384, RSA, PublicKey
from credcore.ports import Signer

# The name in `alg` → the one kind of key that it goes with.
ALGORITHMS: Final = {"EdDSA": ED25519, "Ed25519": ED25519, "ES256": P256, "ES384": P384, "RS256": RSA}
# What we sign with. RSA is only read, for the documents of others.
_OURS: Final = {ED25519: "EdDSA", P256: "ES256", P384: "ES384"}


def verify(*, jws: Jws, key: PublicKey) -> None:
    """Return when the signature fits under this key, with the algorithm that belongs to the key.

    Raises SignatureMismatch `proof.mismatch`; MalformedError `jose.key_mismatch`, `proof.value` or `key.malformed`;
    UnavailableError `proof.unsupported` for an algorithm that we do not read.
    """
    name = jws.header["alg"]
    if name not in ALGORITHMS:
        raise UnavailableError("proof.unsupported", name[:60], permanent=True)
    if ALGORITHMS[name] != key.algorithm:
        raise MalformedError("jose.key_mismatch", f"{name} with a key of kind {key.algorithm}")
    signatures.check(key=key, signature=jws.signature, message=jws.signing_input)


def sign(*, payload: bytes, signer: Signer, header: Json) -> bytes:
    """A compact serialization. `alg` is the signer's own and stands first; `header` holds the rest, such as `typ`, `kid`.

    Raises UnavailableError `proof.unsupported` for a kind of key that we do not sign with.
    """
    if signer.algorithm not in _OURS:
        raise UnavailableError("proof.unsupported", signer.algorithm, permanent=True)
    full = {"alg": _OURS[signer.algorithm]} | {name: value for name, value in header.items() if name != "alg"}
    message = jose.signing_input(header=full, payload=payload)
    return jose.compact(header=full, payload=payload, signature=signer.sign(message))
