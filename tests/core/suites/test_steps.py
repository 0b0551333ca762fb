"""Every step of the published examples, byte for byte, and their altered copies."""

from __future__ import annotations

import copy
import hashlib
from typing import Any

import pytest

from credcore import proofs
from credcore.codec import multibase
from credcore.errors import CredcoreError, MalformedError, SignatureMismatch, UnsafeError
from credcore.keys import ecdsa, ed25519
from credcore.keys.public import ED25519, P256, P384
from credcore.proofs.data_integrity import canonical_forms, hash_data, signature
from tests.core.suites.examples import EXAMPLES, Example, Json, changed

pytestmark = pytest.mark.usefixtures("example_words")
each = pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.folder)


def refusal(document: Json, key: Any) -> str:
    proof = document["proof"]
    with pytest.raises(CredcoreError) as caught:
        proofs.find(proof)(document=document, proof=proof, key=key)
    assert isinstance(caught.value, SignatureMismatch | MalformedError)
    return caught.value.code


@each
def test_the_steps(example: Example) -> None:
    options, document = canonical_forms(
        document=example.unsigned, proof=example.json("proofConfig"), hash_name=example.hash_name, as_json=example.as_json
    )
    assert options.decode() == example.text("proofCanon")
    assert document.decode() == example.text("canonDoc")
    assert hashlib.new(example.hash_name, options).hexdigest() == example.text("proofHash")
    assert hashlib.new(example.hash_name, document).hexdigest() == example.text("docHash")
    signed = example.signed
    message = hash_data(document=signed, proof=signed["proof"], hash_name=example.hash_name, as_json=example.as_json)
    assert message.hex() == example.text("combinedHash")
    assert signature(signed["proof"]).hex() == example.text("sigHex")
    assert signed["proof"]["proofValue"] == example.text("sigBTC58")


@each
def test_the_signed_document_is_good_and_ours_is_the_same(example: Example) -> None:
    signed, signer = example.signed, example.signer
    proofs.find(signed["proof"])(document=signed, proof=signed["proof"], key=signer.key)
    made = example.suite.sign(document=example.unsigned, signer=signer, created=signed["proof"]["created"])
    assert made == signed["proof"]


@each
def test_altered_copies_are_refused(example: Example) -> None:
    signed, key = example.signed, example.signer.key
    value = signature(signed["proof"])
    proof = signed["proof"]
    flipped = multibase.encode(value[:-1] + bytes([value[-1] ^ 1]))
    for altered in (
        changed(signed, description="Another one."),
        changed(signed, validFrom="2024-01-01T00:00:00Z"),
        changed(signed, credentialSubject={**signed["credentialSubject"], "id": "did:example:other"}),
        changed(signed, proof={**proof, "created": "2023-02-24T23:36:39Z"}),
        changed(signed, proof={**proof, "verificationMethod": "did:example:other#1"}),
        changed(signed, proof={**proof, "proofPurpose": "authentication"}),
        changed(signed, proof={**proof, "expires": "2033-02-24T23:36:39Z"}),
        changed(signed, proof={**proof, "proofValue": flipped}),
    ):
        assert refusal(altered, key) == "proof.mismatch"
    for text in ("", None, proof["proofValue"][1:], "z", multibase.encode(value[1:]), multibase.encode(value, base="u")):
        assert refusal(changed(signed, proof={**proof, "proofValue": text}), key) == "proof.value"


@each
def test_a_member_taken_away_is_seen(example: Example) -> None:
    signed, key = example.signed, example.signer.key
    for name in ("name", "description", "issuer", "validFrom", "credentialSubject"):
        altered = copy.deepcopy(signed)
        del altered[name]
        assert refusal(altered, key) == "proof.mismatch"


@each
def test_a_member_added_is_seen(example: Example) -> None:
    signed, key = example.signed, example.signer.key
    altered = changed(signed, hat="green")
    assert refusal(altered, key) == ("proof.mismatch" if example.as_json else "rdf.undefined_term")


@each
def test_the_key_must_be_the_right_one_and_of_the_right_kind(example: Example) -> None:
    own = example.signer.key
    for other in (ed25519.LocalSigner(b"\7" * 32).key, ecdsa.LocalSigner(P256, 7).key, ecdsa.LocalSigner(P384, 7).key):
        fits = (other.algorithm == ED25519) == (own.algorithm == ED25519)
        same = other.algorithm == own.algorithm
        code = refusal(example.signed, other)
        assert code == ("proof.key_kind" if not fits else "proof.mismatch" if same else "proof.value")


@each
def test_no_signer_of_another_kind(example: Example) -> None:
    wrong: Any = ecdsa.generate(P256) if example.signer.algorithm == ED25519 else ed25519.generate()
    with pytest.raises(CredcoreError, match=r"key\.unsupported"):
        example.suite.sign(document=example.unsigned, signer=wrong, created="2026-01-01T00:00:00Z")


@each
def test_a_proof_under_another_suites_name_is_refused(example: Example) -> None:
    """The name is part of what is signed, so a signature cannot move from one suite to another."""
    signed, key = example.signed, example.signer.key
    for other in EXAMPLES:
        if other.suite is not example.suite:
            proof = {name: value for name, value in signed["proof"].items() if name not in ("type", "cryptosuite")}
            names = {name: other.signed["proof"][name] for name in ("type", "cryptosuite") if name in other.signed["proof"]}
            assert refusal(changed(signed, proof={**proof, **names}), key) in (
                "proof.mismatch", "proof.key_kind", "rdf.undefined_term", "rdf.relative_iri",
            )  # fmt: skip


@each
def test_the_contexts_of_the_proof_must_begin_the_documents(example: Example) -> None:
    signed, key = example.signed, example.signer.key
    named = signed["@context"]
    whole = changed(signed, proof={**signed["proof"], "@context": named})
    for contexts in (list(reversed(named)), [named[0]], [], [named[1], *named]):
        assert refusal(changed(whole, **{"@context": contexts}), key) == "proof.context"
    extended = changed(whole, **{"@context": [*named, "https://w3id.org/security/multikey/v1"]})
    if example.as_json:
        proofs.find(extended["proof"])(document=extended, proof=extended["proof"], key=key)


def test_json_and_meaning_differ() -> None:
    """What the meaning leaves open, the JSON does not: an order of types, for one."""
    for example in EXAMPLES:
        signed, key = example.signed, example.signer.key
        turned = changed(signed, type=list(reversed(signed["type"])))
        if example.as_json:
            assert refusal(turned, key) == "proof.mismatch"
        else:
            proofs.find(turned["proof"])(document=turned, proof=turned["proof"], key=key)


def test_a_word_without_meaning_is_never_signed_as_meaning() -> None:
    for example in EXAMPLES:
        document = changed(example.unsigned, hat="green")
        if example.as_json:
            assert example.suite.sign(document=document, signer=example.signer, created="2026-01-01T00:00:00Z")
        else:
            with pytest.raises(UnsafeError, match=r"rdf\.undefined_term"):
                example.suite.sign(document=document, signer=example.signer, created="2026-01-01T00:00:00Z")


def test_documents_without_contexts_can_be_signed_as_json() -> None:
    from credcore.proofs import eddsa_jcs_2022

    signer = ed25519.LocalSigner(b"\7" * 32)
    document = {"id": "urn:x:1", "level": 3}
    proof = eddsa_jcs_2022.sign(document=document, signer=signer, created="2026-01-01T00:00:00Z")
    assert "@context" not in proof
    eddsa_jcs_2022.verify(document={**document, "proof": proof}, proof=proof, key=signer.key)
    for altered in ({**document, "level": 4}, {**document, "@context": "https://www.w3.org/ns/credentials/v2"}):
        assert refusal({**altered, "proof": proof}, signer.key) == "proof.mismatch"
