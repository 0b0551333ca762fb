"""Each rule of the data model with a document that keeps it and one that breaks it."""

from __future__ import annotations

import base64
import hashlib
from typing import Any

import pytest

from credcore import contexts
from credcore.codec import multibase
from credcore.formats import vcdm, vcdm2_shape

Json = dict[str, Any]
GONE: Any = object()
OTHER = "https://college.example/terms"
PINNED = contexts.published(vcdm.V2) or b""


def credential(**more: Any) -> Json:
    made = {
        "@context": [vcdm.V2],
        "id": "urn:uuid:6c54b12a-9b0f-4f1c-9a53-111111111111",
        "type": ["VerifiableCredential"],
        "issuer": "did:web:college.example",
        "validFrom": "2026-01-01T00:00:00Z",
        "credentialSubject": {"id": "urn:x:rosa"},
    } | more
    return {name: value for name, value in made.items() if value is not GONE}


def presentation(**more: Any) -> Json:
    made = {
        "@context": [vcdm.V2],
        "type": ["VerifiablePresentation"],
        "holder": "did:web:rosa.example",
        "verifiableCredential": [credential()],
    } | more
    return {name: value for name, value in made.items() if value is not GONE}


def sri(name: str, data: bytes) -> str:
    return f"{name}-{base64.b64encode(hashlib.new(name, data).digest()).decode()}"


def multihash(data: bytes, base: str = "u") -> str:
    return multibase.encode(b"\x12\x20" + hashlib.sha256(data).digest(), base=base)


GOOD = {
    "plain": credential(),
    "words of its own": credential(**{"@context": [vcdm.V2, OTHER, {"hat": "https://words.example/#hat"}]}),
    "no id": credential(id=GONE),
    "types in any order": credential(type=["https://words.example/#Hat", "VerifiableCredential"]),
    "giver as an object": credential(issuer={"id": "https://college.example", "name": "College"}),
    "many subjects": credential(credentialSubject=[{"id": "urn:x:1"}, {"name": "Rosa"}]),
    "dates with zones": credential(validFrom="2026-01-01T01:00:00.123-06:00", validUntil="2026-01-01T07:00:00.123Z"),
    "a date without a zone": credential(validFrom="2026-01-01T01:00:00"),
    "status without id": credential(credentialStatus={"type": "SomeStatus"}),
    "two of each": credential(
        credentialSchema=[{"id": OTHER, "type": "JsonSchema"}] * 2, refreshService=[{"type": "A"}, {"type": ["A", "B"]}],
        termsOfUse=[{"type": "T", "id": OTHER}], evidence=[{"type": "E"}, {"type": "E"}],
    ),
    "names in languages": credential(
        name=[{"@value": "Hund", "@language": "de"}, {"@value": "x", "@language": "ar", "@direction": "rtl"}],
        description="A dog.",
        issuer={"id": "urn:x:1", "name": {"@value": "College", "@language": "en"}},
    ),
    "digests that fit": credential(relatedResource=[
        {"id": vcdm.V2, "digestSRI": sri("sha384", PINNED), "digestMultibase": multihash(PINNED)},
        {"id": OTHER, "digestMultibase": multihash(b"unseen", "z"), "mediaType": "text/html"},
    ]),
    "one of two digests": credential(
        relatedResource={"id": vcdm.V2, "digestSRI": f"{sri('sha256', b'')} {sri('sha256', PINNED)}"}
    ),
    "the older model": credential(
        **{"@context": [vcdm.V1]}, validFrom=GONE, issuanceDate="2026-01-01T00:00:00Z", expirationDate="2027-01-01T00:00:00Z"
    ),
    "presentation": presentation(),
    "presentation of nothing": presentation(verifiableCredential=[], holder=GONE),
    "holder as an object": presentation(holder={"id": "urn:x:rosa"}),
    "an envelope": presentation(verifiableCredential={
        "@context": vcdm.V2, "type": "EnvelopedVerifiableCredential", "id": "data:application/vc+jwt,a.b.c"
    }),
    "a token in the older model": presentation(**{"@context": [vcdm.V1]}, verifiableCredential=["a.b.c"]),
}  # fmt: skip

BAD = {
    "no context": (credential(**{"@context": GONE}), "$.@context"),
    "another context first": (credential(**{"@context": [OTHER, vcdm.V2]}), "$.@context"),
    "context that is no list": (credential(**{"@context": vcdm.V2}), "$.@context"),
    "context that is no URL": (credential(**{"@context": [vcdm.V2, "https ://x"]}), "$.@context[1]"),
    "context that is a number": (credential(**{"@context": [vcdm.V2, 5]}), "$.@context[1]"),
    "no type": (credential(type=GONE), "$.type"),
    "another type": (credential(type=["Hat"]), "$.type"),
    "a type that is no text": (credential(type=["VerifiableCredential", 2]), "$.type"),
    "id null": (credential(id=None), "$.id"),
    "id with a space": (credential(id="not a url"), "$.id"),
    "two ids": (credential(id=["urn:x:1", "urn:x:2"]), "$.id"),
    "no giver": (credential(issuer=GONE), "$.issuer"),
    "giver null": (credential(issuer=None), "$.issuer"),
    "giver that is no URL": (credential(issuer="college"), "$.issuer"),
    "giver without id": (credential(issuer={"name": "College"}), "$.issuer.id"),
    "giver with id null": (credential(issuer={"id": None}), "$.issuer.id"),
    "giver with a name in parts": (
        credential(issuer={"id": "urn:x:1", "name": {"@value": "a", "url": "urn:x:2"}}), "$.issuer.name"),
    "no subject": (credential(credentialSubject=GONE), "$.credentialSubject"),
    "empty subject": (credential(credentialSubject={}), "$.credentialSubject"),
    "no subjects": (credential(credentialSubject=[]), "$.credentialSubject"),
    "one subject of two empty": (credential(credentialSubject=[{"id": "urn:x:1"}, {}]), "$.credentialSubject"),
    "a subject that is a text": (credential(credentialSubject="urn:x:1"), "$.credentialSubject"),
    "a subject with two ids": (credential(credentialSubject={"id": ["urn:x:1", "urn:x:2"]}), "$.credentialSubject.id"),
    "a day": (credential(validFrom="2026-01-01"), "$.validFrom"),
    "a date in words": (credential(validUntil="soon"), "$.validUntil"),
    "a date null": (credential(validUntil=None), "$.validUntil"),
    "an end before the start": (credential(validUntil="2025-12-31T23:59:59Z"), "$.validUntil"),
    "an end before the start elsewhere": (
        credential(validFrom="2026-01-01T00:00:00-01:00", validUntil="2026-01-01T00:59:59Z"), "$.validUntil"),
    "status without type": (credential(credentialStatus={"id": OTHER}), "$.credentialStatus.type"),
    "status with a number for a type": (credential(credentialStatus={"type": 2}), "$.credentialStatus.type"),
    "status with two ids": (credential(credentialStatus={"type": "S", "id": [OTHER, OTHER]}), "$.credentialStatus.id"),
    "status with no URL": (credential(credentialStatus={"type": "S", "id": "seven"}), "$.credentialStatus.id"),
    "no status": (credential(credentialStatus=[]), "$.credentialStatus"),
    "a status that is a text": (credential(credentialStatus=OTHER), "$.credentialStatus"),
    "schema without type": (credential(credentialSchema={"id": OTHER}), "$.credentialSchema.type"),
    "schema without id": (credential(credentialSchema={"type": "JsonSchema"}), "$.credentialSchema.id"),
    "schema with a number": (credential(credentialSchema={"type": "JsonSchema", "id": 5}), "$.credentialSchema.id"),
    "refresh without type": (credential(refreshService={"id": OTHER}), "$.refreshService.type"),
    "terms without type": (credential(termsOfUse=[{"type": "T"}, {"id": OTHER}]), "$.termsOfUse.type"),
    "evidence without type": (credential(evidence={"id": OTHER}), "$.evidence.type"),
    "confidence without type": (credential(confidenceMethod={"id": OTHER}), "$.confidenceMethod.type"),
    "name with more": (credential(name={"@value": "a", "@language": "en", "url": "urn:x:1"}), "$.name"),
    "name that is a number": (credential(name=5), "$.name"),
    "description with no value": (credential(description={"@language": "en"}), "$.description"),
    "a direction that is none": (credential(name={"@value": "a", "@direction": "up"}), "$.name"),
    "related texts": (credential(relatedResource=[OTHER]), "$.relatedResource[0]"),
    "related without id": (credential(relatedResource=[{"digestSRI": sri("sha256", b"")}]), "$.relatedResource[0].id"),
    "related twice": (
        credential(relatedResource=[{"id": OTHER, "digestSRI": sri("sha256", b"")}] * 2), "$.relatedResource[1].id"),
    "related without digest": (credential(relatedResource={"id": OTHER}), "$.relatedResource[0]"),
    "a digest of another length": (
        credential(relatedResource={"id": OTHER, "digestSRI": f"sha256-{'ab' * 32}"}), "$.relatedResource[0].digestSRI"),
    "a digest of another kind": (
        credential(relatedResource={"id": OTHER, "digestSRI": "md5-1B2M2Y8AsgTpgAmY7PhCfg=="}),
        "$.relatedResource[0].digestSRI"),
    "a digest of no kind": (
        credential(relatedResource={"id": OTHER, "digestMultibase": "uZTQ0MjM1Ng"}), "$.relatedResource[0].digestMultibase"),
    "a digest of other bytes": (
        credential(relatedResource={"id": vcdm.V2, "digestSRI": sri("sha256", b"other")}), "$.relatedResource[0].digestSRI"),
    "a multihash of other bytes": (
        credential(relatedResource={"id": vcdm.V2, "digestMultibase": multihash(b"other")}),
        "$.relatedResource[0].digestMultibase"),
    "one digest of two wrong": (
        credential(relatedResource={
            "id": vcdm.V2, "digestSRI": sri("sha256", PINNED), "digestMultibase": multihash(b"other")}),
        "$.relatedResource[0].digestMultibase"),
    "a weak digest beside a strong one": (
        credential(relatedResource={"id": vcdm.V2, "digestSRI": f"{sri('sha256', PINNED)} {sri('sha512', b'other')}"}),
        "$.relatedResource[0].digestSRI"),
    "the older model without a start": (
        credential(**{"@context": [vcdm.V1]}, validFrom=GONE), "$.issuanceDate"),
    "presentation without context": (presentation(**{"@context": GONE}), "$.@context"),
    "holder that is no URL": (presentation(holder={"id": "rosa"}), "$.holder.id"),
    "holder without id": (presentation(holder={"name": "Rosa"}), "$.holder.id"),
    "a credential that is a text": (presentation(verifiableCredential=["a.b.c"]), "$.verifiableCredential[0]"),
    "a credential without context": (
        presentation(verifiableCredential=[credential(**{"@context": GONE})]), "$.verifiableCredential[0].@context"),
    "an envelope of no kind": (
        presentation(verifiableCredential=[{"@context": vcdm.V2, "id": "data:application/vc+jwt,a.b.c"}]),
        "$.verifiableCredential[0].type"),
}  # fmt: skip


@pytest.mark.parametrize("document", GOOD.values(), ids=GOOD)
def test_good(document: Json) -> None:
    assert vcdm2_shape.problems(document) == ()


@pytest.mark.parametrize(("document", "place"), BAD.values(), ids=BAD)
def test_bad(document: Json, place: str) -> None:
    assert place in [problem.partition(": ")[0] for problem in vcdm2_shape.problems(document)]


def test_problems_are_counted() -> None:
    assert len(vcdm2_shape.problems(credential(evidence=[{}] * 5_000))) == vcdm2_shape.MAX_PROBLEMS
