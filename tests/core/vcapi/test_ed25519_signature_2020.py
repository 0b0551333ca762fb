"""Ed25519Signature2020, by requests to the VC-API. (EdDSA Cryptosuites 1.0, appendix; W3C CCG Ed25519Signature2020)"""

from __future__ import annotations

import pytest

from .api import changed, credential, issued, older, sign
from .making import making
from .musts import Must, both, not_signed, refused, signed, that
from .several_proofs import proof_sets
from .verifying import signing_options, verifying

NAME = "ed25519-signature-2020"
WORDS = "https://w3id.org/security/suites/ed25519-2020/v1"

OF_ITS_OWN = [
    Must(
        "own-context",
        "Ed25519Signature2020",
        "What is returned has the suite's own vocabulary, once, in both models.",
        both(
            that(lambda: issued(NAME)["@context"].count(WORDS) == 1),
            that(lambda: issued(NAME, older(credential(NAME)))["@context"].count(WORDS) == 1),
            that(lambda: issued(NAME, issued(NAME, older(credential(NAME)), proofId="urn:x:1"))["@context"].count(WORDS) == 1),
        ),
    ),
    Must(
        "older-model",
        "Ed25519Signature2020",
        "Credentials of the older model are signed and verify.",
        signed(lambda: older(credential(NAME)), NAME),
    ),
    Must(
        "created-gone",
        "Ed25519Signature2020",
        "A time of making that was taken out afterwards is missed.",
        refused(lambda: changed(issued(NAME), created=None), "proof.mismatch"),
    ),
    Must(
        "no-words",
        "Ed25519Signature2020",
        "A proof whose words no vocabulary defines is refused.",
        refused(
            lambda: (
                sign(credential(NAME) | {"@context": [*credential(NAME)["@context"], WORDS]}, NAME)
                | {"@context": credential(NAME)["@context"]}
            ),
            "rdf.undefined_term",
        ),
    ),
    Must(
        "selective-words",
        "ECDSA 3.6",
        "What every copy must show is heeded in selective proofs only.",
        signed(lambda: credential(NAME), NAME, mandatoryPointers=["/issuer"]),
    ),
    Must(
        "no-chain",
        "DI 2.1",
        "The suite's vocabulary has no word for previous proofs, so there are sets and no chains.",
        not_signed(lambda: issued(NAME, proofId="urn:x:1"), "rdf.undefined_term", NAME, previousProof="urn:x:1"),
    ),
    Must(
        "another-giver",
        "VC-API 3.2",
        "In the name of another identifier than the issuer's own nothing is signed.",
        not_signed(lambda: credential(), "lint.issuer", NAME),
    ),
]
SHARED = [*making(NAME), *verifying(NAME), *signing_options(NAME), *proof_sets(NAME)]
MUSTS = {NAME: [*SHARED, *OF_ITS_OWN]}


@pytest.mark.parametrize("must", [pytest.param(one, id=f"{NAME}:{one.name}") for one in MUSTS[NAME]])
def test_must(must: Must) -> None:
    must.check()
