"""What an issuer must do, whichever suite it signs with. (Data Integrity 1.0, sections 2.1 and 4.2)"""

from __future__ import annotations

import re
from typing import Any

from credcore import contexts
from credcore.codec import multibase, rdf
from credcore.formats import vcdm
from credcore.keys import multikey

from .api import ISSUERS, Json, credential, issued, older
from .musts import Must, accepted, both, not_signed, that

ALPHABETS = {"z": r"z[1-9A-HJ-NP-Za-km-z]+", "u": r"u[A-Za-z0-9_-]+"}
DATE_TIME_STAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
PREFIXES = {"Ed25519": "z6Mk", "P-256": "zDna", "P-384": "z82L"}
LENGTHS = {"Ed25519": 64, "P-256": 64, "P-384": 96}


def making(name: str) -> list[Must]:
    """What an issuer of this name must do. (Data Integrity 1.0, sections 2.1 and 4.2)"""
    signer, suite = ISSUERS[name].signer, ISSUERS[name].suite
    base = "u" if suite == "ecdsa-sd-2023" else "z"
    kind = suite if name == "ed25519-signature-2020" else "DataIntegrityProof"

    def proof(**options: Any) -> Json:
        found: Json = issued(name, **options)["proof"]
        return found

    def types() -> bool:
        made = issued(name)
        with contexts.own_words():
            quads = rdf.to_quads(made)
        return any(one[1].endswith("#type>") and one[2] == f"<https://w3id.org/security#{kind}>" for one in quads)

    musts = [
        Must(
            "proof", "DI 2.1", "What an issuer returns has a proof, which is an object.", that(lambda: type(proof()) is dict)
        ),
        Must(
            "proof-id",
            "DI 2.1",
            "A proof that has an identifier has a URL for one.",
            both(
                that(lambda: proof(proofId="urn:uuid:1")["id"] == "urn:uuid:1"),
                not_signed(lambda: credential(name), "proof.options", name, proofId="no url"),
            ),
        ),
        Must(
            "proof-type",
            "DI 2.1",
            "The type is the suite's, and the document's vocabulary gives it a URL.",
            both(that(lambda: proof()["type"] == kind), that(types)),
        ),
        Must(
            "created",
            "DI 2.1",
            "The time of making is an XML dateTimeStamp.",
            that(lambda: DATE_TIME_STAMP.fullmatch(proof()["created"])),
        ),
        Must(
            "expires",
            "DI 2.1",
            "An end of the proof is an XML dateTimeStamp, and is signed.",
            both(
                that(lambda: proof(expires="2027-01-01T00:00:00Z")["expires"] == "2027-01-01T00:00:00Z"),
                not_signed(lambda: credential(name), "proof.options", name, expires="in May"),
            ),
        ),
        Must(
            "method",
            "DI 2.1",
            "The verification method is a URL that leads to the signer's public key.",
            that(lambda: multikey.decode(proof()["verificationMethod"].partition("#")[2]) == signer.key),
        ),
        Must(
            "key",
            "EdDSA/ECDSA 2.1",
            "The public key is a Multikey in base58-btc with the header of its kind.",
            that(
                lambda: (
                    signer.multibase.startswith(PREFIXES[signer.algorithm]) and re.fullmatch(ALPHABETS["z"], signer.multibase)
                )
            ),
        ),
        Must(
            "purpose",
            "DI 2.1",
            "The purpose of a credential's proof is to make a statement.",
            that(lambda: proof()["proofPurpose"] == "assertionMethod"),
        ),
        Must(
            "value",
            "DI 2.1",
            "The value is a text in the multibase of the suite.",
            that(lambda: re.fullmatch(ALPHABETS[base], proof()["proofValue"])),
        ),
        Must(
            "domain",
            "DI 2.1",
            "A domain is a text or several, and stays as it was asked for.",
            both(
                that(lambda: proof(domain="a.example")["domain"] == "a.example"),
                that(lambda: proof(domain=["a.example", "b.example"])["domain"] == ["a.example", "b.example"]),
                not_signed(lambda: credential(name), "proof.options", name, domain=[5]),
            ),
        ),
        Must(
            "challenge",
            "DI 2.1",
            "A challenge is a text.",
            both(
                that(lambda: proof(domain="a.example", challenge="7")["challenge"] == "7"),
                not_signed(lambda: credential(name), "proof.options", name, challenge=7),
            ),
        ),
        Must(
            "nonce",
            "DI 2.1",
            "A nonce is a text.",
            both(
                that(lambda: proof(nonce="7")["nonce"] == "7"),
                not_signed(lambda: credential(name), "proof.options", name, nonce=7),
            ),
        ),
    ]
    if kind == "DataIntegrityProof":
        musts += [
            Must(
                "cryptosuite",
                "DI 2.1",
                "A DataIntegrityProof names its cryptosuite in a text.",
                that(lambda: proof()["cryptosuite"] == suite),
            ),
            Must(
                "proof-context",
                "DI 2.4",
                "The words of the proof are in the vocabularies of what is returned.",
                both(
                    that(lambda: issued(name)["@context"] == [vcdm.V2]),
                    that(
                        lambda: (
                            "https://w3id.org/security/data-integrity/v2" in issued(name, older(credential(name)))["@context"]
                        )
                    ),
                ),
            ),
        ]
    if suite != "ecdsa-sd-2023":
        musts += [
            Must(
                "length",
                "EdDSA/ECDSA 2.2",
                "The signature has the length that goes with the key.",
                that(lambda: len(multibase.decode(proof()["proofValue"])) == LENGTHS[signer.algorithm]),
            ),
            Must(
                "verifies",
                "DI 4.2",
                "What an issuer returns verifies, under both profiles.",
                both(accepted(lambda: issued(name)), accepted(lambda: issued(name), profile="strict")),
            ),
        ]
    return musts
