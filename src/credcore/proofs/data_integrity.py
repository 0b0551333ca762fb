"""What the Data Integrity suites share: reading the proof, and the two hashes that are signed.
(W3C Data Integrity 1.0, section 4; Data Integrity EdDSA Cryptosuites 1.0, section 3.2)"""

from __future__ import annotations

import hashlib
from typing import Any

from credcore.codec import multibase, rdf
from credcore.errors import MalformedError, SignatureMismatch

Json = dict[str, Any]


def context_list(document: Json) -> list[Any]:
    """The document's contexts as a list."""
    value = document.get("@context")
    return value if isinstance(value, list) else [value]


def unsecured(*, document: Json, proof: Json) -> Json:
    """The document without its proofs, under the contexts that the proof speaks of.

    Raises SignatureMismatch `proof.context` when the proof names contexts that the document does not begin with:
    then other terms were signed than are shown.
    """
    body = {key: value for key, value in document.items() if key != "proof"}
    if "@context" in proof:
        named = context_list(proof)
        if context_list(document)[: len(named)] != named:
            raise SignatureMismatch("proof.context")
        body["@context"] = proof["@context"]
    return body


def hash_data(*, document: Json, proof: Json) -> bytes:
    """64 bytes: SHA-256 of the canonical proof options, then SHA-256 of the canonical document."""
    body = unsecured(document=document, proof=proof)
    options = {key: value for key, value in proof.items() if key != "proofValue"}
    options["@context"] = body.get("@context")
    return hashlib.sha256(rdf.canonicalize(options)).digest() + hashlib.sha256(rdf.canonicalize(body)).digest()


def signature(proof: Json) -> bytes:
    """The raw signature in `proofValue`. Raises MalformedError `proof.value`."""
    text = proof.get("proofValue")
    if not isinstance(text, str) or not text.startswith("z"):
        raise MalformedError("proof.value", "proofValue is not base58-btc multibase")
    return multibase.decode(text)
