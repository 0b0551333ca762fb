"""Records and working lives that we write: valid by the schemas, good here, and each proof inside with its own answer."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from credcore.codec import strict_json
from credcore.errors import MalformedError
from credcore.formats import clr2, embedded, ler_rs
from credcore.formats.ler_rs import CERTIFICATION, JOB, LEARNING, LICENSE, SKILL, Entry
from credcore.issue import Making, issue, issue_jwt
from credcore.keys import ecdsa
from credcore.keys.public import P256
from credcore.model import Party
from credcore.proofs import jose
from credcore.status import bitstring
from credcore.verify import Verdict
from tests.core.formats.hr_open import problems
from tests.core.proofs import COLLEGE, LIST_URL, NOW, as_bytes, credential, signed, status_list, verifier
from tests.vectors import vectors

ROSA = ecdsa.generate(P256)
PROOF = as_bytes(signed(status=bitstring.entry(list_url=LIST_URL, index=42)))
TOKEN = issue_jwt(credential(), signer=COLLEGE, now=NOW)
SAMPLES = ("UC008_portability", "UC009_exchanging", "UC010_applying", "VCwrapper")


def record(*credentials: bytes, **more: Any) -> dict[str, Any]:
    return clr2.build(
        id="urn:uuid:7d1f40f6-8b3e-4f0f-b5d5-5d3f20b8a001", issuer=Party(id=ROSA.did, name="Rosa Delgado"),
        subject_id=ROSA.did, subject_name="Rosa Delgado", name="Skills record of Rosa Delgado", credentials=credentials,
        valid_from=NOW, **more,
    )  # fmt: skip


def signed_record(*credentials: bytes) -> bytes:
    return as_bytes(issue(record(*credentials), signer=ROSA, now=NOW, making=Making(suite="ecdsa-rdfc-2019")))


def test_a_record_keeps_its_own_signature_and_each_proof_has_its_own_answer() -> None:
    altered = json.loads(PROOF)
    altered["credentialSubject"]["achievement"]["name"] = "Crane operator"
    report = verifier({LIST_URL: status_list()}).check(signed_record(PROOF, TOKEN, as_bytes(altered)), now=NOW)
    assert report.finding("proof") and report.finding("proof").code == "proof.fits"  # type: ignore[union-attr]
    assert [part.verdict for part in report.parts] == [Verdict.GOOD, Verdict.GOOD, Verdict.BAD]
    assert report.code == "parts.bad"
    assert report.credential is not None and report.credential.subject.name == "Rosa Delgado"


def test_what_goes_in_comes_out_as_it_was_given() -> None:
    found = clr2.parts(json.loads(signed_record(PROOF, TOKEN)))
    assert strict_json.loads(found[0].body) == strict_json.loads(PROOF) and found[1].body == TOKEN


def test_a_cancelled_proof_is_cancelled_inside_too() -> None:
    report = verifier({LIST_URL: status_list([42])}).check(signed_record(PROOF), now=NOW)
    assert report.parts[0].code == "status.cancelled"


def test_only_what_goes_together_with_the_record_fits() -> None:
    older = {"@context": ["https://www.w3.org/2018/credentials/v1"], "type": ["VerifiableCredential"]}
    made_up = json.loads(PROOF) | {"@context": ["https://www.w3.org/ns/credentials/v2", "https://words.example/v1"]}
    assert clr2.fits(PROOF) and clr2.fits(TOKEN)
    assert not any(clr2.fits(one) for one in (as_bytes(older), as_bytes(made_up), b"a.b.c~", b"nothing", b"{"))
    with pytest.raises(ValueError, match="one credential"):
        record()


def test_a_record_has_the_shape_that_1edtech_wants() -> None:
    """The schema at hand was written for the older data model: there a start is `issuanceDate`, an entry in a
    list of states has a name only, and a person's name is no identifier (in Open Badges 3.0 it is). All else validates."""
    found = problems(record(PROOF), schema="ler-rs/1EdTech/clr_v2p0_clrcredential_schema_draft4.json")
    places = {tuple(one.partition(": ")[::2]) for one in found}
    inside = "credentialSubject/verifiableCredential/0"
    assert {where: said.partition(" (")[0] for where, said in places} == {
        "": "'issuanceDate' is a required property",
        inside: "'issuanceDate' is a required property",
        f"{inside}/credentialStatus": "Additional properties are not allowed",
        "credentialSubject/identifier/0/identityType": "'name' is not valid under any of the given schemas",
    }


ENTRIES = (
    Entry(section=JOB, name="Order picker", where="Prairie Valley", start="2023-05-01", end="2026-04", proof=PROOF),
    Entry(section=JOB, name="Driver", where="Own words", start="2019", still=True, about="Drove a reach truck for 3 years."),
    Entry(section=CERTIFICATION, name="Forklift", where="College", start="2026-05-04", end="2029-05-04", proof=TOKEN),
    Entry(section=LICENSE, name="Class B", where="State"),
    Entry(section=LEARNING, name="First aid", where="College", start="2025-01", proof=b"eyJhbGciOiJFUzI1NiJ9.e30.AAAA~e30~"),
    Entry(section=SKILL, name="Pallet wrapping", end="2026", proof=PROOF),
    Entry(section=SKILL, name="Welding", about="Five years"),
)


def test_a_working_life_validates_against_the_schemas_of_hr_open() -> None:
    life = ler_rs.build(document_id="7", name="Rosa Delgado", entries=ENTRIES)
    assert problems(life, schema="LER-RSType.json") == []
    wrapped = ler_rs.wrap(life, id="urn:uuid:1", issuer=ROSA.did, subject_id=ROSA.did, now=NOW)
    assert problems(wrapped, schema="VerifiableCredentialLER-RSType.json") == []
    assert problems(ler_rs.build(document_id="7", name="Rosa Delgado", entries=()), schema="LER-RSType.json") == []


@pytest.mark.parametrize(
    ("spoiled", "told"),
    [({"type": "LER-RSType"}, "LER-RSType"), ({"skills": []}, "[]"), ({"certifications": [{"name": "Forklift"}]}, "Forklift")],
)
def test_the_schemas_do_find_what_is_wrong(spoiled: dict[str, Any], told: str) -> None:
    life = ler_rs.build(document_id="7", name="Rosa Delgado", entries=ENTRIES) | spoiled
    assert any(told in one for one in problems(life, schema="LER-RSType.json"))


def test_a_working_life_reads_back_as_it_was_written() -> None:
    life = ler_rs.build(document_id="7", name="Rosa Delgado", entries=ENTRIES)
    assert ler_rs.recognises(life) and ler_rs.parse(life).subject.name == "Rosa Delgado"
    assert ler_rs.said(life) == tuple(one for one in ENTRIES if not one.proof)
    sd_jwt = ENTRIES[4].proof
    assert sorted(part.body for part in ler_rs.parts(life)) == sorted(
        [strict_json.dumps(json.loads(PROOF))] * 2 + [TOKEN, sd_jwt]
    )
    wrapped = ler_rs.wrap(life, id="urn:uuid:1", issuer=ROSA.did, subject_id=ROSA.did, now=NOW)
    assert ler_rs.said(wrapped) == ler_rs.said(life) and ler_rs.parts(wrapped) == ler_rs.parts(life)


def test_the_signed_wrapper_is_checked_here_with_what_is_in_it() -> None:
    life = ler_rs.build(document_id="7", name="Rosa Delgado", entries=ENTRIES[:3])
    wrapped = ler_rs.wrap(life, id="urn:uuid:1", issuer=ROSA.did, subject_id=ROSA.did, now=NOW)
    claims = strict_json.dumps({"iss": ROSA.did, "sub": ROSA.did, "jti": "urn:uuid:1", "vc": wrapped})
    token = jose.sign(payload=claims, signer=ROSA, header={"typ": "JWT", "kid": ROSA.verification_method})
    pages = {LIST_URL: status_list()}
    report = verifier(pages).check(token, now=NOW + timedelta(minutes=1))
    assert report.finding("proof").code == "proof.fits"  # type: ignore[union-attr]
    assert [part.verdict for part in report.parts] == [Verdict.GOOD, Verdict.GOOD]
    head, body, signature = token.split(b".")
    assert verifier(pages).check(b".".join([head, body[:-4] + b"AAAA", signature]), now=NOW).verdict is not Verdict.GOOD


@pytest.mark.parametrize("name", SAMPLES)
def test_what_the_samples_say_without_proof_can_be_taken_over(name: str) -> None:
    sample = json.loads((vectors("one-edtech") / f"ler-rs/LER-RS_V2_{name}.json").read_bytes())
    lines = ler_rs.said(sample)
    jobs = [line for line in lines if line.section == JOB]
    assert jobs and all(line.name and line.where and not line.proof for line in jobs)
    assert jobs[0].start in ("2012-10-01", "2022-10-01")


@pytest.mark.parametrize("bad", [b"\xff\xfe", b"{", b'{"a":1,"a":2}'])
def test_what_is_neither_json_nor_a_token_is_refused(bad: bytes) -> None:
    with pytest.raises(MalformedError):
        embedded.as_member(bad)
