"""Proof sets and chains: several signatures over one document, and signatures over signatures."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from credcore import proofs
from credcore.codec import multibase
from credcore.errors import CredcoreError, MalformedError, SignatureMismatch
from credcore.keys import ecdsa, ed25519, multikey
from credcore.keys.public import P256
from credcore.proofs import ecdsa_jcs_2019, eddsa_jcs_2022, eddsa_rdfc_2022
from credcore.proofs.data_integrity import MAX_PROOFS, hash_data, with_previous
from tests.core.suites.examples import Json, changed, read, signer
from tests.vectors import vectors

pytestmark = pytest.mark.usefixtures("example_words")


def example(name: str) -> Json:
    return read(vectors("vc-di-eddsa") / "proof-set-chain" / f"{name}.json")


def verify(document: Json, proof: Json) -> None:
    """With the key that the proof names, both on the whole document and on what `with_previous` makes of it."""
    key = multikey.decode(proof["verificationMethod"].partition("#")[2])
    covered = with_previous(document=document, proof=proof, proofs=document["proof"])
    for given in (document, covered):
        proofs.find(proof)(document=given, proof=proof, key=key)


def refusal(document: Json, place: int) -> str:
    with pytest.raises(CredcoreError) as caught:
        verify(document, document["proof"][place])
    assert isinstance(caught.value, SignatureMismatch | MalformedError)
    return caught.value.code


@pytest.mark.parametrize("name", ["signedProofSet1", "signedProofSet2", "signedProofChain1", "signedProofChain2"])
def test_every_published_proof_fits(name: str) -> None:
    document = example(name)
    document["proof"] = document["proof"] if isinstance(document["proof"], list) else [document["proof"]]
    assert document["proof"]
    for proof in document["proof"]:
        verify(document, proof)


@pytest.mark.parametrize("step", [1, 2])
def test_what_a_later_proof_covers_and_signs(step: int) -> None:
    document, proof = example("signedProofChain2"), example(f"proofChainConfigSigned{step}")
    assert with_previous(document=document, proof=proof, proofs=document["proof"]) == example(f"proofChainTempDoc{step}")
    keys = signer(example("multiKeyPairs")[f"keyPair{step + 2}"])
    message = hash_data(document=document, proof=example(f"proofChainConfig{step}"))
    assert multibase.encode(keys.sign(message)) == proof["proofValue"]


@pytest.mark.parametrize("step", [1, 2])
def test_a_proof_of_a_set_covers_the_bare_document(step: int) -> None:
    document, proof = example("signedProofSet2"), example(f"proofSetConfigSigned{step}")
    assert with_previous(document=document, proof=proof, proofs=document["proof"]) == example("unsigned")
    keys = signer(example("multiKeyPairs")[f"keyPair{step}"])
    message = hash_data(document=example("unsigned"), proof=example(f"proofSetConfig{step}"))
    assert multibase.encode(keys.sign(message)) == proof["proofValue"]


def test_an_altered_document_breaks_every_proof() -> None:
    for name in ("signedProofSet2", "signedProofChain2"):
        document = changed(example(name), description="Another one.")
        for place in range(len(document["proof"])):
            assert refusal(document, place) == "proof.mismatch"


def test_an_altered_proof_breaks_those_that_build_on_it_and_no_other() -> None:
    whole = example("signedProofChain2")  # 0 and 1 stand alone, 2 builds on both, 3 on 2
    for place, broken in ((0, {0, 2}), (1, {1, 2}), (2, {2, 3}), (3, {3})):
        document = copy.deepcopy(whole)
        document["proof"][place]["created"] = "2023-02-24T23:36:39Z"
        assert {other for other in range(4) if not _fits(document, other)} == broken


def _fits(document: Json, place: int) -> bool:
    try:
        verify(document, document["proof"][place])
    except SignatureMismatch:
        return False
    return True


def test_a_missing_or_doubled_previous_proof_breaks_the_chain() -> None:
    for place in (0, 1):
        document = example("signedProofChain2")
        del document["proof"][place]
        assert refusal(document, 1) == "proof.chain_broken"
        document = example("signedProofChain2")
        document["proof"].append(document["proof"][place])
        assert refusal(document, 2) == "proof.chain_broken"


def test_a_proof_without_its_previous_ones_is_another_proof() -> None:
    document = example("signedProofChain2")
    del document["proof"][3]["previousProof"]
    assert refusal(document, 3) == "proof.mismatch"
    document = example("signedProofChain2")
    document["proof"][2]["previousProof"].pop()
    assert refusal(document, 2) == "proof.mismatch"


def test_circles_are_refused() -> None:
    document = example("signedProofChain2")
    document["proof"][2]["previousProof"] = document["proof"][2]["id"]
    assert refusal(document, 2) == "proof.chain_broken"
    document = example("signedProofChain2")
    document["proof"][3]["id"] = "urn:uuid:last"
    document["proof"][0]["previousProof"] = ["urn:uuid:last"]
    for place in (0, 2, 3):
        assert refusal(document, place) == "proof.chain_broken"
    verify(document, document["proof"][1])  # it stands alone


@pytest.mark.parametrize("value", [[], None, 5, {}, [5], ["urn:x:1"] * (MAX_PROOFS + 1)])
def test_what_is_no_name_of_a_previous_proof(value: Any) -> None:
    document = example("signedProofChain2")
    document["proof"][3]["previousProof"] = value
    assert refusal(document, 3) == "proof.malformed"


def test_too_many_proofs_are_not_searched() -> None:
    document = example("signedProofChain2")
    document["proof"] += [{"id": f"urn:x:{number}"} for number in range(MAX_PROOFS - 4)]
    verify(document, document["proof"][3])
    document["proof"].append({"id": "urn:x:more"})
    assert refusal(document, 3) == "proof.malformed"


def test_chains_across_suites_and_as_json() -> None:
    """A notary of another kind signs JSON over a proof of meaning."""
    first, second = ed25519.LocalSigner(b"\7" * 32), ecdsa.LocalSigner(P256, 7)
    bare = example("unsigned")
    earlier = {"id": "urn:uuid:1", **eddsa_rdfc_2022.sign(document=bare, signer=first, created="2026-01-01T00:00:00Z")}
    options = {
        "type": "DataIntegrityProof", "cryptosuite": "ecdsa-jcs-2019", "created": "2026-01-02T00:00:00Z",
        "verificationMethod": second.verification_method, "proofPurpose": "assertionMethod",
        "previousProof": "urn:uuid:1", "@context": bare["@context"],
    }  # fmt: skip
    message = hash_data(document={**bare, "proof": [earlier]}, proof=options, as_json=True)
    later = {**options, "proofValue": multibase.encode(second.sign(message))}
    document = {**bare, "proof": [later, earlier]}
    verify(document, later)
    ecdsa_jcs_2019.verify(document=document, proof=later, key=second.key)
    document["proof"][1] = {**earlier, "created": "2026-01-01T00:00:01Z"}
    assert refusal(document, 0) == "proof.mismatch"


def test_a_set_of_json_proofs_covers_the_bare_document() -> None:
    bare = example("unsigned")
    signers = [ed25519.LocalSigner(bytes([number]) * 32) for number in (1, 2)]
    made = [eddsa_jcs_2022.sign(document=bare, signer=one, created="2026-01-01T00:00:00Z") for one in signers]
    document = {**bare, "proof": made}
    for proof in made:
        verify(document, proof)
