"""ecdsa-sd-2023 against the published vectors, every file, byte for byte."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from credcore.codec import multibase, rdf
from credcore.codec.rdf.canonical import line
from credcore.errors import UnavailableError
from credcore.keys import ecdsa, multikey
from credcore.keys.public import P256, P384
from credcore.proofs import ecdsa_sd_2023 as suite
from credcore.proofs.ecdsa_sd_2023 import values
from credcore.proofs.ecdsa_sd_2023.selection import select
from credcore.proofs.ecdsa_sd_2023.statements import Statements, name_things, unnamed
from tests.core.suites_sd import citizenship
from tests.vectors import vectors

Json = dict[str, Any]
CREATED = "2023-08-15T23:36:38Z"
CASES = {
    "employ": ("employmentAuth", "employMandatory", "employSelective"),
    "prc": ("prCredUnsigned", "prCredMandatory", "prCredSelective"),
}
FILES = {
    "addBaseDocCanon", "addBaseDocHMACCanon", "addBaseTransform", "addHashData", "addPointerValues", "addProofConfig",
    "addProofConfigCanon", "addRawBaseSignatureInfo", "addSignedSDBase", "derivedAdjMandatoryIndexes", "derivedAdjSignatures",
    "derivedAllGroupData", "derivedDisclosureData", "derivedGroupIndexes", "derivedRecoveredBaseData", "derivedRevealDocument",
    "derivedUnsignedReveal", "verifyCreateVerifyData", "verifyDerivedProofValue", "verifyNQuads",
}  # fmt: skip
EDTECH_KEY = "zDnaekGZTbQBerwcehBSXLqAg6s55hVEBms1zFy89VHXtJSa9"


class Case:
    """One folder of vectors, and what the suite makes of its document."""

    def __init__(self, name: str) -> None:
        root = vectors("vc-di-ecdsa")
        self.folder = root / "ecdsa-sd-2023" / name
        unsigned, mandatory, selective = (json.loads((root / f"{file}.json").read_bytes()) for file in CASES[name])
        # In "prc" the published input has another description than every step made from it: the steps say what was signed.
        self.unsigned: Json = unsigned
        self.document: Json = {key: value for key, value in self.file("addSignedSDBase").items() if key != "proof"}
        self.mandatory: list[str] = mandatory
        self.selective: list[str] = selective
        keys = json.loads((root / "ecdsa-sd-2023" / "SDKeyMaterial.json").read_bytes())
        self.giver = _signer(keys["baseKeyPair"])
        self.once = _signer(keys["proofKeyPair"])
        self.hmac_key = bytes.fromhex(keys["hmacKeyString"])
        self.whole = Statements(self.document, hmac_key=self.hmac_key)
        self.proof = suite.sign(
            document=self.document, signer=self.giver, created=CREATED, mandatory_pointers=self.mandatory,
            hmac_key=self.hmac_key, proof_key=self.once,
        )  # fmt: skip
        self.signed = {**self.document, "proof": self.proof}

    def file(self, name: str) -> Any:
        return json.loads((self.folder / f"{name}.json").read_bytes())

    def derived(self) -> Json:
        return suite.derive(document=self.signed, selective_pointers=self.selective)


def _signer(pair: Json) -> ecdsa.LocalSigner:
    signer = ecdsa.LocalSigner(P256, int.from_bytes(multibase.decode(pair["secretKeyMultibase"])[2:], "big"))
    assert signer.multibase == pair["publicKeyMultibase"]
    return signer


@pytest.fixture(params=sorted(CASES))
def case(request: pytest.FixtureRequest, tmp_path: Path) -> Case:
    citizenship.bring(tmp_path)
    return Case(request.param)


def test_every_published_file_is_compared(case: Case) -> None:
    assert {path.stem for path in case.folder.iterdir()} == FILES


def test_the_input_differs_from_the_steps_in_one_known_word(case: Case) -> None:
    differing = {key for key in case.unsigned if case.unsigned[key] != case.document[key]}
    assert case.unsigned.keys() == case.document.keys()
    assert differing == ({"description"} if case.folder.name == "prc" else set())


def test_statements_and_hidden_labels(case: Case) -> None:
    assert rdf.canonicalize(case.document).decode() == "".join(case.file("addBaseDocCanon"))
    assert case.whole.lines == case.file("addBaseDocHMACCanon")


def test_mandatory_statements(case: Case) -> None:
    told = case.file("addBaseTransform")
    mandatory = case.whole.places(pointers=case.mandatory)
    assert told["mandatoryPointers"] == case.mandatory
    assert [[place, case.whole.lines[place]] for place in mandatory] == told["mandatory"]["value"]
    rest = [[place, text] for place, text in enumerate(case.whole.lines) if place not in mandatory]
    assert rest == told["nonMandatory"]["value"]


def test_pointer_values(case: Case) -> None:
    for told in case.file("addPointerValues"):
        assert select(case.document, pointers=[told["pointer"]])[told["pointer"][1:]] == told["value"]


def test_proof_options_and_hashes(case: Case) -> None:
    options = {key: value for key, value in case.proof.items() if key != "proofValue"}
    options["@context"] = case.document["@context"]
    assert options == case.file("addProofConfig")
    assert rdf.canonicalize(options) == (case.folder / "addProofConfigCanon.txt").read_bytes()
    told = case.file("addHashData")
    mandatory = [case.whole.lines[place] for place in case.whole.places(pointers=case.mandatory)]
    assert suite.proof_hash(options).hex() == told["proofHash"]
    assert suite.mandatory_hash(mandatory).hex() == told["mandatoryHash"]


def test_base_proof(case: Case) -> None:
    raw, told = values.read_base(case.proof), case.file("addRawBaseSignatureInfo")
    assert raw.signature.hex() == told["baseSignature"]
    assert multikey.encode(raw.proof_key) == told["publicKey"]
    assert [signature.hex() for signature in raw.signatures] == told["signatures"]
    assert raw.mandatory_pointers == told["mandatoryPointers"]
    assert case.signed == case.file("addSignedSDBase")


def test_base_proof_read_back(case: Case) -> None:
    raw, told = values.read_base(case.file("addSignedSDBase")["proof"]), case.file("derivedRecoveredBaseData")
    assert raw.signature.hex() == told["baseSignature"]
    assert multikey.encode(raw.proof_key) == told["proofPublicKey"]
    assert raw.hmac_key.hex() == told["hmacKey"]
    assert [signature.hex() for signature in raw.signatures] == told["signatures"]
    assert raw.mandatory_pointers == told["mandatoryPointers"]


def test_groups(case: Case) -> None:
    told = case.file("derivedGroupIndexes")
    mandatory, selective = (case.whole.places(pointers=pointers) for pointers in (case.mandatory, case.selective))
    combined = case.whole.places(pointers=case.mandatory + case.selective)
    assert (mandatory, selective, combined) == (
        told["mandatoryIndexes"], told["selectiveIndexes"], told["combinedIndexes"]
    )  # fmt: skip
    assert [place for place in range(len(case.whole.lines)) if place not in mandatory] == told["nonMandatoryIndexes"]


def test_all_group_data(case: Case) -> None:
    told = case.file("derivedAllGroupData")
    assert case.whole.lines == told["nquads"]
    # Their names for unnamed things are random, ours count; said canonically, both are the same.
    assert _canonical(told["deskolemizedNQuads"]) == rdf.canonicalize(case.document).decode()
    theirs, ours = told["skolemized"]["compact"], name_things(case.document)
    assert (
        rdf.canonicalize_quads(unnamed(rdf.to_quads(theirs))).nquads
        == rdf.canonicalize_quads(unnamed(rdf.to_quads(ours))).nquads
    )
    everything = case.whole.labels_of(pointers=[""]).values()
    assert {multibase.encode(label, base="u") for label in everything} == {hidden for _, hidden in told["labelMap"]["value"]}
    groups = {"mandatory": case.mandatory, "selective": case.selective, "combined": case.mandatory + case.selective}
    for name, pointers in groups.items():
        places = case.whole.places(pointers=pointers)
        group = told["groups"][name]
        assert [[place, case.whole.lines[place]] for place in places] == group["matching"]["value"]
        rest = [[place, text] for place, text in enumerate(case.whole.lines) if place not in places]
        assert rest == group["nonMatching"]["value"]
        part = unnamed(rdf.to_quads(select(ours, pointers=pointers)))
        assert rdf.canonicalize_quads(part).nquads.decode() == _canonical(group["deskolemizedNQuads"])


def _canonical(lines: list[str]) -> str:
    """Canonical form of N-Quads lines in the default graph."""
    quads = []
    for text in lines:
        subject, predicate, rest = text.removesuffix(" .\n").split(" ", 2)
        quads.append((subject, predicate, rest, ""))
        assert line(quads[-1]) == text
    return rdf.canonicalize_quads(quads).nquads.decode()


def test_derived_proof(case: Case) -> None:
    reveal = case.derived()
    assert reveal == case.file("derivedRevealDocument")
    assert {key: value for key, value in reveal.items() if key != "proof"} == case.file("derivedUnsignedReveal")
    value = values.read_derived(reveal["proof"])
    assert value.mandatory == case.file("derivedAdjMandatoryIndexes")["adjMandatoryIndexes"]
    told = case.file("derivedAdjSignatures")
    assert [signature.hex() for signature in value.signatures] == told["filteredSignatures"]
    all_signatures = values.read_base(case.proof).signatures
    assert [all_signatures[place] for place in told["adjSignatureIndexes"]] == value.signatures


def test_derived_proof_value(case: Case) -> None:
    value = values.read_derived(case.file("derivedRevealDocument")["proof"])
    for name in ("derivedDisclosureData", "verifyDerivedProofValue"):
        told = case.file(name)
        assert value.signature.hex() == told["baseSignature"]
        assert multikey.encode(value.proof_key) == told["publicKey"]
        assert [signature.hex() for signature in value.signatures] == told["signatures"]
        assert value.mandatory == told["mandatoryIndexes"]
        labels = told["labelMap"]["value"] if isinstance(told["labelMap"], dict) else told["labelMap"]
        assert [[f"c14n{n}", multibase.encode(label, base="u")] for n, label in value.labels.items()] == labels


def test_what_is_verified(case: Case) -> None:
    reveal = case.file("derivedRevealDocument")
    proof = reveal["proof"]
    body = {key: value for key, value in reveal.items() if key != "proof"}
    value = values.read_derived(proof)
    lines = suite.shown_lines(body, labels=value.labels)
    assert lines == case.file("verifyNQuads")
    told = case.file("verifyCreateVerifyData")
    assert value.signature.hex() == told["baseSignature"]
    assert multikey.encode(value.proof_key) == told["publicKey"]
    assert [signature.hex() for signature in value.signatures] == told["signatures"]
    assert [text for place, text in enumerate(lines) if place not in value.mandatory] == told["nonMandatory"]
    assert suite.mandatory_hash([lines[place] for place in value.mandatory]).hex() == told["mandatoryHash"]
    options = {key: item for key, item in proof.items() if key != "proofValue"} | {"@context": body["@context"]}
    assert suite.proof_hash(options).hex() == told["proofHash"]


def test_the_published_copy_verifies(case: Case) -> None:
    reveal = case.file("derivedRevealDocument")
    suite.verify(document=reveal, proof=reveal["proof"], key=case.giver.key)


def test_a_base_proof_is_not_for_showing(case: Case) -> None:
    signed = case.file("addSignedSDBase")
    with pytest.raises(UnavailableError) as caught:
        suite.verify(document=signed, proof=signed["proof"], key=case.giver.key)
    assert (caught.value.code, caught.value.permanent) == ("proof.base_only", True)


def test_only_p256(case: Case) -> None:
    reveal, key = case.derived(), ecdsa.LocalSigner(P384, 7).key
    with pytest.raises(UnavailableError, match=r"key\.unsupported"):
        suite.verify(document=reveal, proof=reveal["proof"], key=key)
    with pytest.raises(UnavailableError, match=r"key\.unsupported"):
        suite.sign(document=case.document, signer=ecdsa.LocalSigner(P384, 7), created=CREATED)


def test_the_badge_of_1edtech_verifies() -> None:
    badge = json.loads((vectors("one-edtech") / "ob30" / "sd" / "derivedcredential.json").read_bytes())
    assert badge["proof"][0]["verificationMethod"].endswith("#" + EDTECH_KEY)
    suite.verify(document=badge, proof=badge["proof"][0], key=multikey.decode(EDTECH_KEY))
