"""ecdsa-sd-2023: the giver signs each statement, the holder chooses which to show.
(W3C Data Integrity ECDSA Cryptosuites 1.0, sections 3.5 and 3.6)

`sign` makes the base proof that only the holder keeps, `derive` makes a copy to show, `verify` checks such a copy.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence

from credcore.codec import multibase, rdf
from credcore.errors import MalformedError, SignatureMismatch, UnavailableError
from credcore.keys import ecdsa, signatures
from credcore.keys.public import P256, PublicKey
from credcore.ports import Signer
from credcore.proofs.data_integrity import Json, unsecured, unsigned
from credcore.proofs.ecdsa_sd_2023 import values
from credcore.proofs.ecdsa_sd_2023.selection import select
from credcore.proofs.ecdsa_sd_2023.statements import Statements, number, relabelled

NAME = "ecdsa-sd-2023"
TYPE = "DataIntegrityProof"

MANDATORY = (
    "issuer", "validFrom", "validUntil", "issuanceDate", "expirationDate", "credentialStatus", "termsOfUse",
)  # fmt: skip
"""What a holder must not be able to leave out, if it is there: an end date or a cancellation would vanish."""


def verify(*, document: Json, proof: Json, key: PublicKey) -> None:
    """Return when every statement of the document is one that the giver signed, and none is missing that must be shown.

    `document` may still carry its proofs.

    Raises SignatureMismatch, MalformedError (bad proof, undefined terms), UnavailableError (unknown context or key kind;
    `proof.base_only` for a proof that is not meant to be shown).
    """
    if key.algorithm != P256:
        raise UnavailableError("key.unsupported", key.algorithm, permanent=True)
    value = values.read_derived(proof)
    body = unsecured(document=document, proof=proof)
    lines = shown_lines(body, labels=value.labels)
    mandatory = set(value.mandatory)
    optional = [text for place, text in enumerate(lines) if place not in mandatory]
    # A place beyond the last statement shows here too: then too few statements were taken out.
    if len(optional) + len(mandatory) != len(lines) or len(optional) != len(value.signatures):
        raise SignatureMismatch(
            "proof.mismatch", f"{len(lines)} statements, {len(mandatory)} + {len(value.signatures)} signed"
        )
    message = _message(body, proof, value.proof_key, [lines[place] for place in value.mandatory])
    signatures.check(key=key, signature=value.signature, message=message)
    for text, signature in zip(optional, value.signatures, strict=True):
        signatures.check(key=value.proof_key, signature=signature, message=text.encode())


def shown_lines(document: Json, *, labels: dict[int, bytes]) -> list[str]:
    """The statements of a shown copy (without its proof) under the giver's hidden labels, sorted.

    Raises SignatureMismatch `proof.mismatch` when the document has another number of unnamed things; errors as for
    `rdf.to_quads`.
    """
    quads = rdf.to_quads(document)
    canonical = rdf.canonicalize_quads(quads).labels
    if len(canonical) != len(labels):
        raise SignatureMismatch("proof.mismatch", f"{len(canonical)} unnamed things, {len(labels)} labels")
    hidden = {own: multibase.encode(labels[number(label)], base="u") for own, label in canonical.items()}
    return relabelled(quads, labels=hidden)


def sign(
    *,
    document: Json,
    signer: Signer,
    created: str,
    options: Json | None = None,
    mandatory_pointers: Sequence[str] | None = None,
    hmac_key: bytes | None = None,
    proof_key: ecdsa.LocalSigner | None = None,
) -> Json:
    """The base proof for a document. `created` is an XML dateTime in UTC; `options` as for `data_integrity.unsigned`.

    `mandatory_pointers` name what every shown copy must have; left out, those of `MANDATORY` that lead somewhere.
    `hmac_key` (32 bytes) and `proof_key` (P-256, for this one proof) are random unless given.

    Raises UnavailableError (`key.unsupported` for a signer that is not P-256, `rdf.unsupported`), MalformedError.
    """
    if signer.algorithm != P256:
        raise UnavailableError("key.unsupported", signer.algorithm, permanent=True)
    if mandatory_pointers is None:
        mandatory_pointers = [f"/{name}" for name in MANDATORY if name in document]
    names = {"type": TYPE, "cryptosuite": NAME}
    proof = unsigned(names=names, signer=signer, created=created, options=options)
    body = unsecured(document=document, proof=proof)
    hmac_key = hmac_key or secrets.token_bytes(32)
    proof_key = proof_key or ecdsa.generate(P256)
    whole = Statements(body, hmac_key=hmac_key)
    mandatory = set(whole.places(pointers=mandatory_pointers))
    message = _message(body, proof, proof_key.key, [whole.lines[place] for place in sorted(mandatory)])
    optional = [text for place, text in enumerate(whole.lines) if place not in mandatory]
    base = values.Base(
        signature=signer.sign(message),
        proof_key=proof_key.key,
        hmac_key=hmac_key,
        signatures=[proof_key.sign(text.encode()) for text in optional],
        mandatory_pointers=list(mandatory_pointers),
    )
    return {**proof, "proofValue": values.write_base(base)}


def derive(*, document: Json, selective_pointers: Sequence[str]) -> Json:
    """A copy to show, with a derived proof: what the giver made mandatory, and what the holder chose.

    `document` carries a base proof; other proofs are left out, because they are about the whole.

    Raises MalformedError (`proof.malformed` without exactly one base proof, `proof.pointer`, `proof.value`),
    SignatureMismatch when the base proof has another number of signatures, UnavailableError `rdf.unsupported`.
    """
    proof = _only_proof(document)
    base = values.read_base(proof)
    body = unsecured(document=document, proof=proof)
    whole = Statements(body, hmac_key=base.hmac_key)
    pointers = [*base.mandatory_pointers, *selective_pointers]
    mandatory = set(whole.places(pointers=base.mandatory_pointers))
    shown = whole.places(pointers=pointers)
    optional = [place for place in range(len(whole.lines)) if place not in mandatory]
    if not shown:
        raise MalformedError("proof.pointer", "nothing to show")
    if len(optional) != len(base.signatures):
        raise SignatureMismatch("proof.mismatch", f"{len(optional)} statements, {len(base.signatures)} signatures")
    chosen = set(shown)
    derived = values.Derived(
        signature=base.signature,
        proof_key=base.proof_key,
        signatures=[signature for place, signature in zip(optional, base.signatures, strict=True) if place in chosen],
        labels=whole.labels_of(pointers=pointers),
        mandatory=[place for place, old in enumerate(shown) if old in mandatory],
    )
    return {**select(body, pointers=pointers), "proof": {**proof, "proofValue": values.write_derived(derived)}}


def _only_proof(document: Json) -> Json:
    proofs = document.get("proof")
    ours = [
        proof
        for proof in (proofs if isinstance(proofs, list) else [proofs])
        if isinstance(proof, dict) and (proof.get("type"), proof.get("cryptosuite")) == (TYPE, NAME)
    ]
    if len(ours) != 1:
        raise MalformedError("proof.malformed", f"{len(ours)} proofs of {NAME}")
    return ours[0]


def _message(body: Json, proof: Json, proof_key: PublicKey, mandatory: list[str]) -> bytes:
    """What the giver's own key signs: the proof options, the key of the single statements, the mandatory statements."""
    options = {key: value for key, value in proof.items() if key != "proofValue"}
    options["@context"] = body.get("@context")
    return proof_hash(options) + values.key_bytes(proof_key) + mandatory_hash(mandatory)


def proof_hash(options: Json) -> bytes:
    """SHA-256 of the canonical proof options (with their `@context`)."""
    return hashlib.sha256(rdf.canonicalize(options)).digest()


def mandatory_hash(lines: list[str]) -> bytes:
    """SHA-256 of the mandatory statements, in order."""
    return hashlib.sha256("".join(lines).encode()).digest()
