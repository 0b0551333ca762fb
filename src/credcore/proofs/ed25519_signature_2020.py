"""Ed25519Signature2020, checked only: still the default of the most used wallet stack.
(W3C Data Integrity EdDSA Cryptosuites 1.0, appendix; W3C CCG Ed25519Signature2020)"""

from __future__ import annotations

from credcore.errors import UnavailableError
from credcore.keys import ed25519
from credcore.keys.public import PublicKey
from credcore.proofs.data_integrity import Json, hash_data, signature

NAME = "Ed25519Signature2020"
TYPE = "Ed25519Signature2020"


def verify(*, document: Json, proof: Json, key: PublicKey) -> None:
    """As `eddsa_rdfc_2022.verify`: the same two hashes, another name in the proof."""
    if key.algorithm != "Ed25519":
        raise UnavailableError("key.unsupported", key.algorithm, permanent=True)
    message = hash_data(document=document, proof=proof)
    ed25519.check(key=key, signature=signature(proof), message=message)
