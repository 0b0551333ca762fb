"""What a verifier must do with one proof, whichever suite made it. (Data Integrity 1.0, section 4.4)"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from credcore.codec import multibase
from credcore.formats import vcdm
from credcore.issue.securing import with_words

from .api import ISSUERS, NOW, Json, changed, credential, issued, proof_of, sign, sign_as
from .musts import Must, accepted, both, refused


def verifying(name: str, *, whole: Callable[[], Json] | None = None) -> list[Must]:
    """What a verifier must do with the proofs of this issuer's suite; `whole` makes a good document.
    (Data Integrity 1.0, section 4.4)"""
    make = whole or (lambda: issued(name))
    code = "proof.unsupported"
    musts = [
        Must(
            "verify",
            "DI 4.4",
            "A good document verifies, under both profiles.",
            both(accepted(make), accepted(make, profile="strict")),
        ),
        Must(
            "no-proof",
            "DI 4.4",
            "Without a proof it is refused.",
            refused(lambda: {k: v for k, v in make().items() if k != "proof"}, "proof.none"),
        ),
        Must(
            "proof-null",
            "DI 4.4",
            "A proof that is no object is refused.",
            refused(lambda: make() | {"proof": None}, "proof.malformed"),
        ),
        Must("no-type", "DI 4.4", "A proof without a type is refused.", refused(lambda: changed(make(), type=None), code)),
        Must(
            "other-type",
            "DI 4.4",
            "A proof of an unknown type is refused.",
            refused(lambda: changed(make(), type="UnknownProof"), code),
        ),
        Must(
            "no-method",
            "DI 4.4",
            "A proof without a verification method is refused.",
            refused(lambda: changed(make(), verificationMethod=None), "proof.no_method"),
        ),
        Must(
            "bad-method",
            "DI 4.4",
            "A verification method that leads to no key is refused.",
            both(
                refused(lambda: changed(make(), verificationMethod="did:key:noKey"), "multibase.bad"),
                refused(lambda: changed(make(), verificationMethod=f"{ISSUERS[name].did}#other"), "issuer.other_key"),
            ),
        ),
        Must(
            "no-purpose",
            "DI 4.4",
            "A proof without a purpose is refused.",
            refused(lambda: changed(make(), proofPurpose=None), "proof.purpose"),
        ),
        Must(
            "other-purpose",
            "DI 4.4",
            "A purpose that is none is refused.",
            refused(lambda: changed(make(), proofPurpose="somePurpose"), "proof.purpose"),
        ),
        Must(
            "expected-purpose",
            "DI 4.4",
            "A purpose other than the one that was asked for is refused.",
            refused(make, "proof.purpose", expectedProofPurpose="authentication"),
        ),
        Must(
            "no-value",
            "DI 4.4",
            "A proof without a value is refused.",
            refused(lambda: changed(make(), proofValue=None), "proof.value"),
        ),
        Must(
            "value-null",
            "DI 4.4",
            "A value that is no text is refused.",
            refused(lambda: make() | {"proof": {**make()["proof"], "proofValue": None}}, "proof.value"),
        ),
        Must(
            "no-header",
            "DI 2.1",
            "A value without the letter that says its multibase is refused.",
            refused(lambda: changed(make(), proofValue=make()["proof"]["proofValue"][1:]), "proof.value"),
        ),
        Must(
            "bad-created",
            "DI 2.1",
            "A time of making that is no dateTimeStamp is refused.",
            refused(lambda: changed(make(), created="some day"), "dates.malformed"),
        ),
        Must(
            "bad-expires",
            "DI 2.1",
            "An end that is no dateTimeStamp is refused.",
            refused(lambda: changed(make(), expires="some day"), "dates.malformed"),
        ),
        Must(
            "undefined-type",
            "VC-DI 2.4.1",
            "A type that no vocabulary defines, added afterwards, is refused.",
            refused(lambda: make() | {"type": [*make()["type"], "HatCredential"]}, _added_type(name)),
        ),
        Must(
            "altered",
            "DI 4.4",
            "A document that was changed afterwards is refused.",
            refused(lambda: make() | {"id": "urn:uuid:6c54b12a-9b0f-4f1c-9a53-999999999999"}, "proof.mismatch"),
        ),
        Must(
            "undefined-added",
            "VC-DI 2.4.1",
            "A word that no vocabulary defines, added afterwards, is refused.",
            refused(lambda: make() | {"colour": "red"}, _added(name)),
        ),
    ]
    if name != "ed25519-signature-2020":
        musts += [
            Must(
                "no-suite",
                "DI 2.1",
                "A DataIntegrityProof without a cryptosuite is refused.",
                refused(lambda: changed(make(), cryptosuite=None), code),
            ),
            Must(
                "suite-no-text",
                "DI 2.1",
                "A cryptosuite that is no text is refused.",
                refused(lambda: changed(make(), cryptosuite=[ISSUERS[name].suite]), code),
            ),
            Must(
                "other-suite",
                "EdDSA/ECDSA 3",
                "An unknown cryptosuite is refused.",
                refused(lambda: changed(make(), cryptosuite="unknown-2030"), code),
            ),
        ]
    return musts


def _added(name: str) -> str:
    # A suite that signs the letters sees another text; one that signs the meaning sees a word without any.
    return "proof.mismatch" if "jcs" in name else "rdf.undefined_term"


def _added_type(name: str) -> str:
    return "proof.mismatch" if "jcs" in name else "rdf.relative_iri"


def signing_options(name: str) -> list[Must]:
    """What a verifier must make of what the signer added, tried with signatures that fit. (Data Integrity 1.0, 2.1, 4.4)"""

    def with_options(**options: Any) -> Callable[[], Json]:
        return lambda: sign(_worded(name), name, **options)

    def dated(**changes: Any) -> Callable[[], Json]:
        return lambda: sign_as(_worded(name), proof_of(name, **changes), name, as_json="jcs" in name)

    soon, gone = (NOW + timedelta(seconds=5)), (NOW - timedelta(seconds=5))
    return [
        Must(
            "created-no-zone",
            "DI 2.1",
            "A time without a zone is read as UTC.",
            both(
                accepted(dated(created=vcdm.iso(gone)[:-1])),
                refused(dated(created=vcdm.iso(NOW + timedelta(hours=1))[:-1]), "proof.from_the_future"),
            ),
        ),
        Must("no-created", "DI 2.1", "The time of making may be left out.", accepted(dated(created=None))),
        Must(
            "expired",
            "DI 4.4",
            "A proof that has ended is refused.",
            both(
                accepted(with_options(expires=vcdm.iso(soon))), refused(with_options(expires=vcdm.iso(gone)), "proof.expired")
            ),
        ),
        Must(
            "expires-no-zone",
            "DI 2.1",
            "An end without a zone is read as UTC.",
            both(
                accepted(with_options(expires=vcdm.iso(soon)[:-1])),
                refused(with_options(expires=vcdm.iso(gone)[:-1]), "proof.expired"),
            ),
        ),
        Must(
            "domain-asked",
            "DI 4.4",
            "Where a domain is asked for, another one or none is refused.",
            both(
                accepted(with_options(domain="a.example"), domain="a.example"),
                accepted(with_options(domain=["b.example", "a.example"]), domain=["a.example", "b.example"]),
                refused(with_options(domain="b.example"), "vcapi.domain", domain="a.example"),
                refused(with_options(), "vcapi.domain", domain="a.example"),
            ),
        ),
        Must(
            "challenge-asked",
            "DI 4.4",
            "Where a challenge is asked for, another one or none is refused.",
            both(
                accepted(with_options(challenge="7", domain="a.example"), challenge="7", domain="a.example"),
                refused(with_options(challenge="8"), "vcapi.challenge", challenge="7"),
                refused(with_options(), "vcapi.challenge", challenge="7"),
            ),
        ),
        Must(
            "other-form",
            "EdDSA/ECDSA 3",
            "Signed in another canonical form than the suite's: refused.",
            refused(lambda: sign_as(_worded(name), proof_of(name), name, as_json="jcs" not in name), "proof.mismatch"),
        ),
        Must(
            "other-hash",
            "EdDSA/ECDSA 3",
            "Signed over another hash than the suite's: refused.",
            refused(
                lambda: sign_as(_worded(name), proof_of(name), name, as_json="jcs" in name, hash_name=_other_hash(name)),
                "proof.mismatch",
            ),
        ),
        Must(
            "too-long",
            "EdDSA/ECDSA 3",
            "A signature of another length than the key's is refused.",
            refused(lambda: _longer(issued(name)), "proof.value"),
        ),
        Must(
            "other-key-kind",
            "EdDSA/ECDSA 3",
            "A key of another kind than the suite allows is refused.",
            refused(lambda: changed(issued(name), verificationMethod=_other_kind(name)), "proof.key_kind"),
        ),
    ]


def _worded(name: str) -> Json:
    return with_words(credential(name), suite=ISSUERS[name].suite)


def _longer(document: Json) -> Json:
    value = multibase.decode(document["proof"]["proofValue"])
    return changed(document, proofValue=multibase.encode(value + value[:32]))


def _other_hash(name: str) -> str:
    return "sha256" if ISSUERS[name].signer.algorithm == "P-384" else "sha384"


def _other_kind(name: str) -> str:
    other = "ecdsa-rdfc-2019-p256" if ISSUERS[name].signer.algorithm == "Ed25519" else "eddsa-rdfc-2022"
    return ISSUERS[other].signer.verification_method
