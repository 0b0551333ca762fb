"""The key with which a person shows and a firm asks: it signs presentations and requests, and gives nobody a proof."""

from __future__ import annotations

import json
from typing import Any

import pytest

from credcore.codec import jose
from credcore.keys import jwk
from credcore.oid4vc import key_proofs, responses
from skillmark.rooms.signing import operations, queries
from tests.cast import NOW, Firm
from tests.core.proofs import signed

pytestmark = pytest.mark.django_db

ASK = {"challenge": "n-1", "domain": "decentralized_identifier:did:web:a.example"}


def presentation(holder: str) -> dict[str, Any]:
    return responses.presentation(holder=holder, credential=signed(subject_id=holder))


def test_a_presentation_is_signed_for_one_request(firm: Firm) -> None:
    party = operations.party(org_id=firm.org.id, now=NOW)
    for holder in (party.did, key_proofs.did_jwk(jwk.decode(party.jwk))):
        body = operations.sign_presentation(org_id=firm.org.id, unsigned=presentation(holder), now=NOW, **ASK)
        proof = json.loads(body)["proof"]
        assert proof["proofPurpose"] == "authentication" and proof["cryptosuite"] == "ecdsa-rdfc-2019"
        assert {name: proof[name] for name in ASK} == ASK and proof["verificationMethod"].startswith(holder)


@pytest.mark.parametrize(
    "change",
    [
        {"holder": "did:key:z6MkpTHR8VNsBxYAAWHut2Geadd9jSwuBV8xRoAnwWsdvktH"},
        {"type": ["VerifiablePresentation", "VerifiableCredential"]},
        {"type": "VerifiablePresentation"},
        {"proof": {}},
    ],
)
def test_anything_else_is_not(firm: Firm, change: dict[str, Any]) -> None:
    unsigned = presentation(operations.party(org_id=firm.org.id, now=NOW).did) | change
    with pytest.raises(operations.CannotSign) as refused:
        operations.sign_presentation(org_id=firm.org.id, unsigned=unsigned, now=NOW, **ASK)
    assert refused.value.code == "sign.not_ours"


def test_words_that_nobody_defined_are_not_signed(firm: Firm) -> None:
    unsigned = presentation(operations.party(org_id=firm.org.id, now=NOW).did) | {"said": "yes"}
    with pytest.raises(operations.CannotSign) as refused:
        operations.sign_presentation(org_id=firm.org.id, unsigned=unsigned, now=NOW, **ASK)
    assert refused.value.code == "sign.refused"


def test_who_asks_is_known_here_and_a_passing_stranger_is_not(firm: Firm, other_firm: Firm) -> None:
    mine = operations.asker(org_id=firm.org.id, now=NOW)
    assert queries.firm_of_asker(did=mine.did) == firm.org.id
    assert queries.firm_of_asker(did=operations.asker(org_id=other_firm.org.id, now=NOW).did) == other_firm.org.id
    stranger, secret = operations.passing()
    assert queries.firm_of_asker(did=stranger.did) is None and queries.firm_of_asker(did="did:web:a.example") is None
    token = operations.sign_passing(secret=secret, header={"typ": "x", "kid": stranger.verification_method}, payload={"a": 1})
    assert jose.claims(jose.parse(token)) == {"a": 1}


def test_the_key_document_names_it_for_asking_alone(firm: Firm) -> None:
    firm.org.base_url = "https://proofs.tallgrass.example"
    firm.org.save()
    assert "authentication" not in queries.did_document(org_id=firm.org.id), "until it is needed"
    asker = operations.asker(org_id=firm.org.id, now=NOW)
    document = queries.did_document(org_id=firm.org.id)
    assert document["authentication"] == [asker.verification_method]
    assert asker.did == document["id"] and asker.verification_method not in document["assertionMethod"]
    assert asker.did not in {f"did:key:{key.public_multibase}" for key in queries.keys(actor=firm.owner)}
