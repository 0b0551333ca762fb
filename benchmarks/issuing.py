"""Making one credential: signing alone, and with the trial that comes before every signature."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from itertools import count

import harness
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from harness import material, node
from openbadgeslib.ob3.ldp import add_data_integrity_proof

from credcore.codec import multibase, rdf
from credcore.issue import issue
from credcore.keys import jwk
from credcore.proofs import eddsa_jcs_2022, eddsa_rdfc_2022


def main() -> None:
    form = rdf.canonicalize(material.credential())
    key = Ed25519PrivateKey.from_private_bytes(material.SIGNER.seed)
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    message = b"\0" * 64
    numbers = count()

    def raw() -> None:
        key.sign(message)
        hashlib.sha256(form).digest()

    def sign(suite: object) -> Callable[[], object]:
        return lambda: suite.sign(document=material.numbered(next(numbers)), signer=material.SIGNER, created=material.CREATED)  # type: ignore[attr-defined]

    works: dict[str, tuple[Callable[[], object], str]] = {
        "raw Ed25519 sign + SHA-256": (raw, ""),
        "eddsa-rdfc-2022, canonical form and signature": (sign(eddsa_rdfc_2022), "≤ 3.00 ×"),
        "eddsa-jcs-2022, canonical form and signature": (sign(eddsa_jcs_2022), ""),
        "vc+jwt, signature": (lambda: material.token(material.numbered(next(numbers))), "≤ 2.00 ×"),
        "issue(): linted by our own verifier, then signed": (
            lambda: issue(material.numbered(next(numbers)), signer=material.SIGNER, now=material.NOW), ""),
    }  # fmt: skip
    seconds = harness.fastest(*(work for work, _ in works.values()))
    rows = [
        (what, harness.micro(found), harness.rate(found), harness.times(found, base=seconds[0]), aim)
        for (what, (_, aim)), found in zip(works.items(), seconds, strict=True)
    ]
    # In turns of its own: it takes so much memory that whatever comes after it would have to fetch its own back.
    (other,) = harness.fastest(
        lambda: add_data_integrity_proof(
            material.numbered(next(numbers)), pem, material.SIGNER.verification_method, created=material.NOW
        )
    )
    rows.append(("openbadgeslib", harness.micro(other), harness.rate(other), harness.times(other, base=seconds[0]), ""))
    there = node.seconds(
        {"do": "issue", "credential": material.credential(), "suite": eddsa_rdfc_2022.NAME, "created": material.CREATED,
         "key": {"id": material.SIGNER.verification_method, "jwk": _secret()}}
    )  # fmt: skip
    if there is not None:
        rows.append(
            ("npm @digitalbazaar/vc", harness.micro(there), harness.rate(there), harness.times(there, base=seconds[0]), "")
        )
    about = f"benchmarks/issuing.py: one core, fastest of many short turns. {harness.circumstances()}"
    notes = (
        "Every one is for another person; giver and achievement are the same.",
        "The trial of issue() signs with a throw-away key and runs the whole check on it: that is a signature, a whole check "
        "and a second canonical form on top, on purpose.",
    )
    harness.write(
        "Making one credential", about=about, head=("what", "a call", "calls", "to raw", "aim"), rows=rows, notes=notes
    )


def _secret() -> dict[str, str]:
    """The private key as JWK."""
    return {**jwk.encode(material.SIGNER.key), "d": multibase.encode(material.SIGNER.seed, base="u")[1:]}


if __name__ == "__main__":
    main()
