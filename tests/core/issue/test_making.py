"""Every suite that we sign with, proof sets and chains: what we make, our own verifier takes; what is wrong, is not made."""

from __future__ import annotations

from typing import Any

import pytest

from credcore import proofs as suites
from credcore.codec import strict_json
from credcore.errors import CredcoreError
from credcore.formats import vcdm
from credcore.issue import SUITES, LintError, Making, derive, issue, lint
from credcore.keys import ecdsa, ed25519, multikey
from credcore.keys.public import ED25519, P256, P384
from credcore.verify import Policy
from tests.core import proofs
from tests.core.proofs import NOW

Json = dict[str, Any]
P_256, P_384 = ecdsa.LocalSigner(P256, 11), ecdsa.LocalSigner(P384, 12)
EDDSA = ed25519.LocalSigner(b"\x03" * 32)
PAIRS = [
    ("eddsa-rdfc-2022", EDDSA),
    ("eddsa-jcs-2022", EDDSA),
    ("Ed25519Signature2020", EDDSA),
    ("ecdsa-rdfc-2019", P_256),
    ("ecdsa-rdfc-2019", P_384),
    ("ecdsa-jcs-2019", P_256),
    ("ecdsa-jcs-2019", P_384),
]
SELECTIVE = Making("ecdsa-sd-2023", mandatory_pointers=["/issuer", "/validFrom"])


def accepts(document: Json, signer: Any) -> bool:
    return Policy.own(issuers=[signer.did]).accepts(proofs.verifier().check(strict_json.dumps(document), now=NOW))


def refusal(document: Json, *, signer: Any = EDDSA, making: Making | None = None) -> str:
    with pytest.raises(LintError) as caught:
        issue(document, signer=signer, now=NOW, making=making)
    return caught.value.code


@pytest.mark.parametrize(("suite", "signer"), PAIRS, ids=lambda one: getattr(one, "algorithm", one))
@pytest.mark.parametrize("model", ["2.0", "1.1"])
def test_what_a_suite_signs_is_accepted_and_nothing_else(suite: str, signer: Any, model: str) -> None:
    made = issue(unsigned(signer, model), signer=signer, now=NOW, making=Making(suite))
    assert suites.suite_name(made["proof"]) == suite
    assert accepts(made, signer)
    assert not accepts(made | {"id": "urn:uuid:6c54b12a-9b0f-4f1c-9a53-999999999999"}, signer)


def unsigned(signer: Any, model: str = "2.0") -> Json:
    made = proofs.credential(signer)
    if model == "1.1":
        made["@context"] = [vcdm.V1, *made["@context"][1:]]
        made["issuanceDate"] = made.pop("validFrom")
        made["expirationDate"] = made.pop("validUntil")
    return made


def test_every_suite_is_tried_above() -> None:
    assert {suite for suite, _ in PAIRS} | {SELECTIVE.suite} == set(SUITES)


def test_a_proof_brings_the_words_that_it_needs() -> None:
    def contexts(model: str, suite: str) -> list[str]:
        made = issue(unsigned(EDDSA, model), signer=EDDSA, now=NOW, making=Making(suite))
        return [one.removeprefix("https://w3id.org/security/") for one in made["@context"][2:]]

    assert contexts("2.0", "eddsa-rdfc-2022") == []
    assert contexts("1.1", "eddsa-rdfc-2022") == ["data-integrity/v2"]
    assert contexts("2.0", "Ed25519Signature2020") == contexts("1.1", "Ed25519Signature2020") == ["suites/ed25519-2020/v1"]


def test_a_selective_proof_is_shown_in_part() -> None:
    base = issue(proofs.credential(P_256), signer=P_256, now=NOW, making=SELECTIVE)
    shown = derive(base, selective_pointers=["/credentialSubject/achievement/name"])
    assert "validUntil" not in shown
    assert shown["credentialSubject"]["achievement"]["name"] == "Sit-down forklift operator"
    assert accepts(shown, P_256)
    assert not accepts(shown | {"validFrom": "2020-01-01T00:00:00Z"}, P_256)
    assert not accepts(base, P_256)


@pytest.mark.parametrize(
    ("making", "signer", "code"),
    [
        (Making("ecdsa-rdfc-2019"), EDDSA, "key.unsupported"),
        (Making("eddsa-rdfc-2022"), P_256, "key.unsupported"),
        (Making("ecdsa-sd-2023"), P_384, "key.unsupported"),
        (Making("rsa-rdfc-2030"), EDDSA, "proof.unsupported"),
        (Making(mandatory_pointers=["/issuer"]), EDDSA, "proof.pointer"),
        (Making("ecdsa-sd-2023", mandatory_pointers=["/not/there"]), P_256, "proof.pointer"),
        (Making("ecdsa-sd-2023", mandatory_pointers=["issuer"]), P_256, "proof.pointer"),
        (Making(options={"proofValue": "z1"}), EDDSA, "proof.options"),
        (Making(options={"id": "no address"}), EDDSA, "proof.options"),
        (Making(options={"domain": []}), EDDSA, "proof.options"),
        (Making(options={"challenge": 5}), EDDSA, "proof.options"),
        (Making(options={"expires": "tomorrow"}), EDDSA, "proof.options"),
        (Making(options={"expires": "2026-05-04T11:00:00Z"}), EDDSA, "lint.refused"),
        (Making(options={"proofPurpose": "authentication"}), EDDSA, "lint.refused"),
    ],
)
def test_what_does_not_go_together_is_not_made(making: Making, signer: Any, code: str) -> None:
    assert refusal(proofs.credential(signer), signer=signer, making=making) == code


@pytest.mark.parametrize("suite", ["eddsa-rdfc-2022", "eddsa-jcs-2022"])
def test_what_the_signer_adds_is_signed(suite: str) -> None:
    added: Json = {"expires": "2026-06-01T00:00:00Z", "domain": ["a.example", "b.example"], "challenge": "7", "nonce": "n"}
    made = issue(proofs.credential(EDDSA), signer=EDDSA, now=NOW, making=Making(suite, {"id": "urn:x:proof", **added}))
    assert accepts(made, EDDSA)
    for name in added:
        without = {key: value for key, value in made["proof"].items() if key != name}
        assert not accepts(made | {"proof": without}, EDDSA)


def test_a_second_proof_stands_beside_the_first() -> None:
    first = issue(proofs.credential(EDDSA), signer=EDDSA, now=NOW)
    both = issue(first, signer=EDDSA, now=NOW, making=Making("eddsa-jcs-2022", previous=[]))
    assert [suites.suite_name(one) for one in both["proof"]] == ["eddsa-rdfc-2022", "eddsa-jcs-2022"]
    assert both["proof"][0] == first["proof"]
    assert both["proof"][1]["id"].startswith("urn:uuid:")
    assert accepts(both, EDDSA)
    both["proof"].pop(0)
    assert accepts(both, EDDSA)


@pytest.mark.parametrize("suite", ["eddsa-rdfc-2022", "eddsa-jcs-2022"])
def test_a_chain_holds_only_whole(suite: str) -> None:
    document = proofs.credential(EDDSA)
    for number in range(3):
        previous = [one["id"] for one in document.get("proof", [])]
        options = {"id": f"urn:x:proof:{number}"}
        document = issue(document, signer=EDDSA, now=NOW, making=Making(suite, options, previous=previous))
    assert [one.get("previousProof") for one in document["proof"]] == [
        None,
        "urn:x:proof:0",
        ["urn:x:proof:0", "urn:x:proof:1"],
    ]
    assert accepts(document, EDDSA)
    for place in range(2):
        broken = [one for number, one in enumerate(document["proof"]) if number != place]
        assert not accepts(document | {"proof": broken}, EDDSA)


def test_a_chain_needs_its_links() -> None:
    first = issue(proofs.credential(EDDSA), signer=EDDSA, now=NOW, making=Making(options={"id": "urn:x:1"}))
    assert refusal(first) == "lint.already_signed"
    assert refusal(first, making=Making(previous=["urn:x:2"])) == "proof.chain_broken"
    assert refusal(proofs.credential(EDDSA), making=Making(previous=["urn:x:1"])) == "proof.chain_broken"
    assert accepts(issue(first, signer=EDDSA, now=NOW, making=Making(previous=["urn:x:1"])), EDDSA)
    selective = issue(
        proofs.credential(P_256), signer=P_256, now=NOW, making=Making("ecdsa-rdfc-2019", options={"id": "urn:x:1"})
    )
    making = Making("ecdsa-sd-2023", previous=["urn:x:1"])
    assert refusal(selective, signer=P_256, making=making) == "proof.options"


def test_the_key_of_a_trial_is_of_the_same_kind() -> None:
    lint(proofs.credential(P_384), now=NOW, making=Making("ecdsa-jcs-2019"), algorithm=P384)
    with pytest.raises(LintError, match=r"key\.unsupported"):
        lint(proofs.credential(P_384), now=NOW, making=Making("ecdsa-jcs-2019"), algorithm=ED25519)
    with pytest.raises(LintError, match=r"key\.malformed"):
        lint(proofs.credential(P_384), now=NOW, algorithm="RSA")


def test_nobody_signs_in_the_name_of_another() -> None:
    assert refusal(proofs.credential(P_256)) == "lint.issuer"
    other = proofs.credential(EDDSA, change=lambda made: made["issuer"].update(id="did:web:college.example"))
    assert refusal(other) == "lint.issuer"


def test_what_is_verified_is_what_was_given() -> None:
    """The proof fits under the signer's own key, read anew from its name."""
    made = issue(proofs.credential(P_384), signer=P_384, now=NOW, making=Making("ecdsa-rdfc-2019"))
    key = multikey.decode(made["proof"]["verificationMethod"].partition("#")[2])
    suites.find(made["proof"])(document=made, proof=made["proof"], key=key)
    with pytest.raises(CredcoreError):
        suites.find(made["proof"])(document=made | {"name": "Other"}, proof=made["proof"], key=key)
