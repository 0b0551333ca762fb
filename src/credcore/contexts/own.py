"""Small vocabularies that no package carries, written as term → IRI facts after their specifications."""

from __future__ import annotations

from typing import Any

_STATUS = "https://www.w3.org/ns/credentials/status#"
_BASE = {"@protected": True, "id": "@id", "type": "@type"}
_LINK = {"@type": "@id"}
_SECURITY = "https://w3id.org/security#"
_DATE_TIME = {"@type": "http://www.w3.org/2001/XMLSchema#dateTime"}
_PURPOSES = {
    "assertionMethod": "assertionMethod",
    "authentication": "authenticationMethod",
    "capabilityInvocation": "capabilityInvocationMethod",
    "capabilityDelegation": "capabilityDelegationMethod",
    "keyAgreement": "keyAgreementMethod",
}

CONTEXTS: dict[str, Any] = {
    # Bitstring Status List 1.0, section 2: the terms for credentials of data model 1.1
    "https://www.w3.org/ns/credentials/status/v1": {
        "@protected": True,
        "id": "@id",
        "type": "@type",
        "BitstringStatusListCredential": {
            "@id": _STATUS + "BitstringStatusListCredential",
            "@context": {
                **_BASE,
                "description": "https://schema.org/description",
                "name": "https://schema.org/name",
            },
        },
        "BitstringStatusList": {
            "@id": _STATUS + "BitstringStatusList",
            "@context": {
                **_BASE,
                "encodedList": {"@id": _STATUS + "encodedList", "@type": "https://w3id.org/security#multibase"},
                "statusPurpose": _STATUS + "statusPurpose",
                "ttl": _STATUS + "ttl",
            },
        },
        "BitstringStatusListEntry": {
            "@id": _STATUS + "BitstringStatusListEntry",
            "@context": {
                **_BASE,
                "statusListCredential": {"@id": _STATUS + "statusListCredential", **_LINK},
                "statusListIndex": _STATUS + "statusListIndex",
                "statusPurpose": _STATUS + "statusPurpose",
                "statusReference": {"@id": _STATUS + "statusReference", **_LINK},
                "statusSize": {
                    "@id": _STATUS + "statusSize",
                    "@type": "http://www.w3.org/2001/XMLSchema#positiveInteger",
                },
                "statusMessage": {
                    "@id": _STATUS + "statusMessage",
                    "@context": {**_BASE, "message": _STATUS + "message", "status": _STATUS + "status"},
                },
            },
        },
    },
    # StatusList2021, section 4
    "https://w3id.org/vc/status-list/2021/v1": {
        "@protected": True,
        "StatusList2021Credential": {
            "@id": "https://w3id.org/vc/status-list#StatusList2021Credential",
            "@context": {
                **_BASE,
                "description": "http://schema.org/description",
                "name": "http://schema.org/name",
            },
        },
        "StatusList2021": {
            "@id": "https://w3id.org/vc/status-list#StatusList2021",
            "@context": {
                **_BASE,
                "statusPurpose": "https://w3id.org/vc/status-list#statusPurpose",
                "encodedList": "https://w3id.org/vc/status-list#encodedList",
            },
        },
        "StatusList2021Entry": {
            "@id": "https://w3id.org/vc/status-list#StatusList2021Entry",
            "@context": {
                **_BASE,
                "statusPurpose": "https://w3id.org/vc/status-list#statusPurpose",
                "statusListIndex": "https://w3id.org/vc/status-list#statusListIndex",
                "statusListCredential": {"@id": "https://w3id.org/vc/status-list#statusListCredential", **_LINK},
            },
        },
    },
    # Data Integrity, the first version of its context: unlike in v2, `cryptosuite` is a plain string
    "https://w3id.org/security/data-integrity/v1": {
        **_BASE,
        "proof": {"@id": _SECURITY + "proof", **_LINK, "@container": "@graph"},
        "DataIntegrityProof": {
            "@id": _SECURITY + "DataIntegrityProof",
            "@context": {
                **_BASE,
                "challenge": _SECURITY + "challenge",
                "created": {"@id": "http://purl.org/dc/terms/created", **_DATE_TIME},
                "cryptosuite": _SECURITY + "cryptosuite",
                "domain": _SECURITY + "domain",
                "expires": {"@id": _SECURITY + "expiration", **_DATE_TIME},
                "nonce": _SECURITY + "nonce",
                "proofPurpose": {
                    "@id": _SECURITY + "proofPurpose",
                    "@type": "@vocab",
                    "@context": {
                        **_BASE,
                        **{term: {"@id": _SECURITY + name, **_LINK, "@container": "@set"} for term, name in _PURPOSES.items()},
                    },
                },
                "proofValue": {"@id": _SECURITY + "proofValue", "@type": _SECURITY + "multibase"},
                "verificationMethod": {"@id": _SECURITY + "verificationMethod", **_LINK},
            },
        },
    },
}
