"""@digitalbazaar/vc and our VC-API: what one side signs verifies on the other, also in words that a document brings along."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from credcore.formats import vcdm
from tests.core.proofs import COLLEGE, NOW
from tests.core.vcapi.api import ISSUERS, Json, ask, credential, issued, older, verify, verify_presentation
from tests.core.vcapi.test_ecdsa_sd import ship

from .node_side import Giver, OtherSide, Refused, ecdsa_giver, ed25519_giver

AT = NOW.isoformat()
EXAMPLES = "https://www.w3.org/ns/credentials/examples/v2"
ED25519 = ed25519_giver(COLLEGE.seed)
P256 = ecdsa_giver("P-256", 0x5EED256)
P384 = ecdsa_giver("P-384", 0x5EED384)
SUITES = [
    ("eddsa-rdfc-2022", "eddsa-rdfc-2022", ED25519),
    ("ed25519-signature-2020", "Ed25519Signature2020", ED25519),
    ("ecdsa-rdfc-2019-p256", "ecdsa-rdfc-2019", P256),
    ("ecdsa-rdfc-2019-p384", "ecdsa-rdfc-2019", P384),
    ("ecdsa-sd-2023", "ecdsa-sd-2023", P256),
]
MANDATORY = ["/issuer"]

DOCUMENTS: dict[str, Callable[[], Json]] = {
    "plain": credential,
    "words of its own": ship,
    "words of the examples": lambda: credential(
        **{"@context": [vcdm.V2, EXAMPLES], "type": ["VerifiableCredential", "RelationshipCredential"]}
    ),
    "the older model": lambda: older(credential()),
    "names in languages": lambda: credential(
        name=[{"@value": "Hat", "@language": "en"}, {"@value": "Chapeau", "@language": "fr"}]
    ),
    "a direction of writing": lambda: credential(name={"@value": "قبعة", "@language": "ar", "@direction": "rtl"}),
}
STRICTLY = {
    "words of its own": {"context.inline"},
    "words of the examples": {"context.unknown"},
    "a direction of writing": {"rdf.direction"},
}
"""What the strict profile finds wrong in them."""
PAIRS = [
    pytest.param(*pair, kind, id=f"{pair[0]}: {kind}")
    for pair in SUITES
    for kind in DOCUMENTS
    if (pair[1], kind) != ("Ed25519Signature2020", "a direction of writing")  # their older library does not sign it
]


@pytest.fixture(autouse=True)
def _examples(other: OtherSide) -> None:
    other.ask("learn", documents={EXAMPLES: {"@context": {"@vocab": "https://www.w3.org/ns/credentials/examples#"}}})


def parts(document: Json) -> list[str]:
    """What is shown of a credential that could be shown in parts: all that the other side needs, and its name."""
    return [f"/{name}" for name in ("credentialSubject", "issuanceDate", "name") if name in document]


def shown(document: Json, *, pointers: list[str]) -> Json:
    """What is shown of a selective credential."""
    request = {"verifiableCredential": document, "options": {"selectivePointers": pointers}}
    status, body = ask("POST", "/credentials/derive", request)
    assert status == 201, body
    made: Json = body["verifiableCredential"]
    return made


@pytest.mark.parametrize(("name", "suite", "giver", "kind"), PAIRS)
def test_what_our_issuers_sign_verifies_there(other: OtherSide, name: str, suite: str, giver: Giver, kind: str) -> None:
    document = DOCUMENTS[kind]() | {"issuer": ISSUERS[name].did}
    options = {"mandatoryPointers": MANDATORY} if suite == "ecdsa-sd-2023" else {}
    made = issued(name, document, **options)
    if suite == "ecdsa-sd-2023":
        made = shown(made, pointers=parts(made))
    assert other.ask("verify", credential=made, now=AT) is True
    with pytest.raises(Refused, match=r"Invalid signature|Signature count"):
        other.ask("verify", credential=made | {"id": "urn:uuid:6c54b12a-9b0f-4f1c-9a53-999999999999"}, now=AT)


@pytest.mark.parametrize(("name", "suite", "giver", "kind"), PAIRS)
def test_what_they_sign_verifies_here(other: OtherSide, name: str, suite: str, giver: Giver, kind: str) -> None:
    document = DOCUMENTS[kind]() | {"issuer": giver.did}
    made = other.ask("issue", suite=suite, key=giver.key, created=AT, mandatory=MANDATORY, credential=document)
    if suite == "ecdsa-sd-2023":
        made = other.ask("derive", credential=made, pointers=parts(made))
    assert verify(made) == set()
    assert verify(made, profile="strict") == STRICTLY.get(kind, set())
    assert "proof.mismatch" in verify(made | {"id": "urn:uuid:6c54b12a-9b0f-4f1c-9a53-999999999999"})


def test_their_selective_proof_is_cut_down_here_and_ours_there(other: OtherSide) -> None:
    theirs = other.ask(
        "issue", suite="ecdsa-sd-2023", key=P256.key, created=AT, mandatory=MANDATORY, credential=ship() | {"issuer": P256.did}
    )
    part = shown(theirs, pointers=["/credentialSubject/ship/sails/1", "/credentialSubject/ship/keel"])
    assert verify(part) == set()
    assert other.ask("verify", credential=part, now=AT) is True
    ours = issued("ecdsa-sd-2023", ship(), mandatoryPointers=MANDATORY)
    assert verify(other.ask("derive", credential=ours, pointers=["/credentialSubject/ship/sails/1"])) == set()


@pytest.mark.parametrize("asked", [{}, {"challenge": "7", "domain": "a.example"}])
def test_their_presentations_verify_here(other: OtherSide, asked: Any) -> None:
    request = {"suite": "eddsa-rdfc-2022", "key": ED25519.key, "created": AT, "challenge": "7", "domain": "a.example"}
    made = other.ask("present", credentials=[issued(), issued("ecdsa-rdfc-2019-p256")], **request)
    for profile in ("proof-only", "strict"):
        assert verify_presentation(made, profile=profile, **asked) == set()
        assert verify_presentation(made, profile=profile, challenge="8") == {"vcapi.challenge"}
