"""ecdsa-sd-2023, by requests to the VC-API. (W3C Data Integrity ECDSA Cryptosuites 1.0, sections 3.4 to 3.6)"""

from __future__ import annotations

from typing import Any

import pytest

from credcore.codec import multibase

from .api import Json, ask, changed, credential, issued, older, try_to_issue
from .making import making
from .musts import Must, accepted, both, not_signed, refused, that
from .verifying import verifying

NAME = "ecdsa-sd-2023"
WORDS = {
    "@protected": True,
    "ShipCredential": "urn:example:ShipCredential",
    "Ship": {
        "@id": "urn:example:Ship",
        "@context": {
            "@protected": True,
            "sails": {
                "@id": "urn:example:sails",
                "@context": {"sailName": "urn:example:sailName", "size": "urn:example:size"},
            },
            "keel": "urn:example:keel",
        },
    },
    "ship": {"@id": "urn:example:ship", "@type": "@id"},
}


def ship() -> Json:
    """With unnamed things, numbers, lists, and words that it brings along."""
    sails = [{"sailName": "Osprey", "size": 5.5}, {"sailName": "Eagle", "size": 6.1}, {"sailName": "Eagle", "size": 7}]
    return credential(NAME) | {
        "@context": [*credential(NAME)["@context"], WORDS],
        "type": ["VerifiableCredential", "ShipCredential"],
        "credentialSubject": {"ship": {"type": "Ship", "keel": "oak", "sails": sails}},
    }


def derived(*pointers: str, document: Json | None = None, **options: Any) -> Json:
    """What a holder shows of a credential."""
    base = issued(NAME, document, **options)
    status, body = ask(
        "POST", "/credentials/derive", {"verifiableCredential": base, "options": {"selectivePointers": pointers}}
    )
    assert status == 201, body
    shown: Json = body["verifiableCredential"]
    return shown


def refused_derivation(base: object, pointers: object, code: str) -> bool:
    request = {"verifiableCredential": base, "options": {"selectivePointers": pointers}}
    status, body = ask("POST", "/credentials/derive", request)
    return (status, body["code"]) == (400, code)


def sails(shown: Json) -> list[str]:
    return [one["sailName"] for one in shown["credentialSubject"]["ship"]["sails"]]


def two_sails() -> Json:
    return derived("/credentialSubject/ship/sails/0", "/credentialSubject/ship/sails/2", document=ship())


def damaged() -> Json:
    base = issued(NAME)
    return changed(base, proofValue=base["proof"]["proofValue"][:-40] + "!")


def value(document: Json) -> bytes:
    return multibase.decode(document["proof"]["proofValue"])


def shown() -> Json:
    return derived("/credentialSubject/name", mandatoryPointers=["/issuer"])


OF_ITS_OWN = [
    Must(
        "base-header",
        "ECDSA 3.5.2",
        "A base proof begins with its three bytes, in base64url.",
        that(lambda: value(issued(NAME))[:3] == b"\xd9\x5d\x00"),
    ),
    Must(
        "derived-header",
        "ECDSA 3.5.7",
        "A derived proof begins with its three bytes, in base64url.",
        that(lambda: value(shown())[:3] == b"\xd9\x5d\x01"),
    ),
    Must(
        "base-refused",
        "ECDSA 3.6.7",
        "A base proof does not verify: it is not meant to be shown.",
        both(
            refused(lambda: issued(NAME), "proof.base_only"),
            refused(lambda: issued(NAME), "proof.base_only", profile="strict"),
        ),
    ),
    Must(
        "pointer-nowhere",
        "ECDSA 3.4.11",
        "What every copy must show has to be there.",
        not_signed(lambda: credential(NAME), "proof.pointer", NAME, mandatoryPointers=["/non/existent/path"]),
    ),
    Must(
        "pointer-no-pointer",
        "ECDSA 3.4.11",
        "What every copy must show is named by JSON pointers.",
        both(
            not_signed(lambda: credential(NAME), "proof.pointer", NAME, mandatoryPointers=["issuer"]),
            not_signed(lambda: credential(NAME), "proof.pointer", NAME, mandatoryPointers=["/a~2b"]),
            not_signed(lambda: credential(NAME), "vcapi.request", NAME, mandatoryPointers="/issuer"),
            not_signed(lambda: credential(NAME), "vcapi.request", NAME, mandatoryPointers=[1]),
        ),
    ),
    Must(
        "mandatory-shown",
        "ECDSA 3.6.5",
        "What the giver made mandatory is in every copy.",
        both(
            that(
                lambda: (
                    derived("/credentialSubject/name", mandatoryPointers=["/issuer", "/credentialSubject/id"])[
                        "credentialSubject"
                    ].keys()
                    == {"id", "name"}
                )
            ),
            accepted(lambda: derived("/credentialSubject/name", mandatoryPointers=["/credentialSubject/id"])),
        ),
    ),
    Must(
        "mandatory-by-default",
        "ECDSA 3.6.5",
        "Left to us, giver, dates and status are mandatory.",
        that(
            lambda: (
                {"issuer", "validUntil", "credentialStatus"}
                <= derived(
                    "/credentialSubject/name",
                    document=credential(NAME, validUntil="2027-01-01T00:00:00Z"),
                    credentialStatus={"type": "BitstringStatusListEntry"},
                ).keys()
            )
        ),
    ),
    Must(
        "types-and-ids",
        "ECDSA 3.4.11",
        "Types and identifiers on the way to a part are shown with it.",
        that(lambda: derived("/credentialSubject/ship/keel", document=ship())["credentialSubject"]["ship"]["type"] == "Ship"),
    ),
    Must(
        "nested",
        "ECDSA 3.6.7",
        "A part of a part verifies.",
        accepted(lambda: derived("/credentialSubject/ship/keel", document=ship())),
    ),
    Must(
        "whole-list",
        "ECDSA 3.6.7",
        "A whole list verifies.",
        both(
            that(lambda: len(sails(derived("/credentialSubject/ship/sails", document=ship()))) == 3),
            accepted(lambda: derived("/credentialSubject/ship/sails", document=ship())),
        ),
    ),
    Must(
        "part-of-list",
        "ECDSA 3.6.7",
        "Some elements of a list verify.",
        both(that(lambda: sails(two_sails()) == ["Osprey", "Eagle"]), accepted(two_sails)),
    ),
    Must(
        "not-the-first",
        "ECDSA 3.6.7",
        "A list without its first element verifies.",
        accepted(lambda: derived("/credentialSubject/ship/sails/1", document=ship())),
    ),
    Must(
        "no-identifiers",
        "ECDSA 3.6.7",
        "A credential whose things have no identifiers verifies.",
        accepted(lambda: derived("/credentialSubject/ship", document={k: v for k, v in ship().items() if k != "id"})),
    ),
    Must(
        "older-model",
        "ECDSA 3.6.7",
        "A credential of the older model verifies.",
        accepted(lambda: derived("/credentialSubject/id", document=older(credential(NAME)))),
    ),
    Must(
        "shown-changed",
        "ECDSA 3.6.7",
        "A shown part that was changed is refused.",
        refused(lambda: shown() | {"credentialSubject": {**shown()["credentialSubject"], "name": "Ramon"}}, "proof.mismatch"),
    ),
    Must(
        "shown-cut",
        "ECDSA 3.6.7",
        "A copy from which more was taken out is refused.",
        refused(lambda: {k: v for k, v in shown().items() if k != "issuer"} | {"issuer": "urn:x:other"}, "proof.mismatch"),
    ),
    Must(
        "derive-bad-pointer",
        "ECDSA 3.4.11",
        "Nothing is shown of a place that is not there.",
        that(lambda: refused_derivation(issued(NAME), ["/credentialSubject/age"], "proof.pointer")),
    ),
    Must(
        "derive-no-base",
        "ECDSA 3.6.6",
        "Only a selective proof can be cut down.",
        both(
            that(lambda: refused_derivation(issued(), ["/credentialSubject/name"], "proof.malformed")),
            that(lambda: refused_derivation(shown(), ["/credentialSubject/name"], "proof.value")),
        ),
    ),
    Must(
        "derive-request",
        "VC-API 3.5",
        "A request to cut down names a credential and pointers.",
        both(
            that(lambda: refused_derivation("a.b.c", [], "vcapi.request")),
            that(lambda: refused_derivation(issued(NAME), "/credentialSubject/name", "vcapi.request")),
        ),
    ),
    Must(
        "hmac-key",
        "ECDSA 3.6.1",
        "Two base proofs of one credential share no secret.",
        that(lambda: value(issued(NAME)) != value(issued(NAME))),
    ),
    Must(
        "base-tampered",
        "ECDSA 3.5.3",
        "A base proof with a damaged value is not cut down.",
        that(lambda: refused_derivation(damaged(), ["/credentialSubject/name"], "multibase.bad")),
    ),
]
MUSTS = {NAME: [*making(NAME), *verifying(NAME, whole=shown), *OF_ITS_OWN]}


@pytest.mark.parametrize("must", [pytest.param(one, id=f"{NAME}:{one.name}") for one in MUSTS[NAME]])
def test_must(must: Must) -> None:
    must.check()


def test_a_shown_copy_is_accepted_strictly() -> None:
    assert try_to_issue(credential(NAME), NAME)[0] == 201
    accepted(shown, profile="strict")()
