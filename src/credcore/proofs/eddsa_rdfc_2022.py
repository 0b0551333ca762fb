"""eddsa-rdfc-2022. (W3C Data Integrity EdDSA Cryptosuites 1.0, section 3.2)"""

from __future__ import annotations

from credcore.codec import multibase
from credcore.errors import UnavailableError
from credcore.keys import ed25519
from credcore.keys.public import PublicKey
from credcore.ports import Signer
from credcore.proofs.data_integrity import Json, hash_data, signature

NAME = "eddsa-rdfc-2022"
TYPE = "DataIntegrityProof"


def verify(*, document: Json, proof: Json, key: PublicKey) -> None:
    """Return when the proof fits the document; `document` may still carry its proofs.

    Raises SignatureMismatch, MalformedError (bad proof, undefined terms), UnavailableError (unknown context or key kind).
    """
    if key.algorithm != "Ed25519":
        raise UnavailableError("key.unsupported", key.algorithm, permanent=True)
    message = hash_data(document=document, proof=proof)
    ed25519.check(key=key, signature=signature(proof), message=message)


def sign(*, document: Json, signer: Signer, created: str) -> Json:
    """The proof for a document without one. `created` is an XML dateTime in UTC."""
    proof: Json = {
        "type": TYPE,
        "cryptosuite": NAME,
        "created": created,
        "verificationMethod": signer.verification_method,
        "proofPurpose": "assertionMethod",
    }
    value = signer.sign(hash_data(document=document, proof=proof))
    return {**proof, "proofValue": multibase.encode(value)}
