"""Two small credentials of our own, and a walk over every place in a document."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

OPEN_BADGE: dict[str, Any] = {
    "@context": [
        "https://www.w3.org/ns/credentials/v2",
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
        "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json",
    ],
    "id": "urn:uuid:0c8a6c3e-6f1b-4a2b-9f53-8e5d8d2e0001",
    "type": ["VerifiableCredential", "OpenBadgeCredential"],
    "issuer": {"id": "did:key:z6MkExample", "type": ["Profile"], "name": "Prairie Valley College"},
    "validFrom": "2026-05-04T12:00:00Z",
    "name": "Sit-down forklift operator",
    "credentialSubject": {
        "type": ["AchievementSubject"],
        "identifier": [{"type": "IdentityObject", "identityHash": "Rosa", "identityType": "name", "hashed": False}],
        "achievement": {
            "id": "urn:uuid:0c8a6c3e-6f1b-4a2b-9f53-8e5d8d2e0002",
            "type": ["Achievement"],
            "name": "Sit-down forklift",
            "description": "Drives a loaded truck.\tSafely.",
            "criteria": {"narrative": "Watched by an evaluator – «twice»."},
            "alignment": [
                {"type": ["Alignment"], "targetName": "Lifting", "targetUrl": "https://skills.example/1"},
                {"type": ["Alignment"], "targetName": "Driving", "targetUrl": "https://skills.example/2"},
            ],
            "tag": ["forklift", "warehouse"],
        },
        "result": [{"type": ["Result"], "value": "3"}, {"type": ["Result"], "value": "4"}],
        "creditsEarned": 2.5,
    },
    "evidence": [{"type": ["Evidence"], "name": "Photo", "narrative": "Stacked."}],
    "credentialSchema": [{"id": "https://schemas.example/1", "type": "1EdTechJsonSchemaValidator2019"}],
    "credentialStatus": {
        "id": "https://college.example/status/1#7",
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": "7",
        "statusListCredential": "https://college.example/status/1",
    },
}

VERIFIABLE: dict[str, Any] = {
    "@context": [
        "https://www.w3.org/2018/credentials/v1",
        "https://www.w3.org/ns/credentials/status/v1",
        "https://w3id.org/security/data-integrity/v2",
    ],
    "id": "https://college.example/credentials/1",
    "type": ["VerifiableCredential"],
    "issuer": "did:web:college.example",
    "issuanceDate": "2026-05-04T12:00:00Z",
    "credentialSubject": {"id": "did:example:rosa"},
    "credentialStatus": {
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": "7",
        "statusListCredential": "https://college.example/status/1",
    },
    "proof": {
        "type": "DataIntegrityProof",
        "cryptosuite": "eddsa-rdfc-2022",
        "created": "2026-05-04T12:00:00Z",
        "proofPurpose": "assertionMethod",
        "verificationMethod": "did:web:college.example#key-1",
        "proofValue": "z2NEpo7TZRRrLZSi2U",
    },
}


def places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every (container, key) below a value, contexts included but not entered."""
    if isinstance(value, dict):
        for key, item in list(value.items()):
            yield value, key
            if key != "@context":
                yield from places(item)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield value, index
            yield from places(item)
