"""Records, endorsements, presentations and working lives: what people see of them, and the proofs inside."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credcore.errors import CredcoreError, MalformedError
from credcore.formats import clr2, embedded, endorsement, ler_rs, presentation, vcdm
from credcore.model import Part, Party
from tests.vectors import vectors

TOKEN = "eyJhbGciOiJFUzI1NiJ9.e30.AAAA"
ENDORSED = {"type": ["VerifiableCredential", "EndorsementCredential"], "issuer": "https://board.example"}


def vector(name: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads((vectors("one-edtech") / name).read_bytes())
    return document


def test_a_record_lists_its_credentials_and_achievements() -> None:
    document = vector("clr20/simple.json")
    assert clr2.recognises(document)
    record = clr2.parse(document)
    assert record.name == "Sample Transcript" and record.issuer.name == "Example University"
    assert record.entries == ("Teamwork (Example Corp)", "Achievement 1", "Achievement 2")


def test_the_credentials_of_a_record_are_parts_as_they_are_written() -> None:
    document = vector("clr20/complex.json")
    parts = clr2.parts(document)
    assert [json.loads(part.body) for part in parts] == document["credentialSubject"]["verifiableCredential"]
    assert {part.role for part in parts} == {"credential"}
    document["credentialSubject"]["verifiableCredential"] = TOKEN
    assert clr2.parts(document) == (Part("credential", TOKEN.encode()),)


def test_a_record_names_its_person() -> None:
    document = vector("clr20/simple.json")
    who = {"type": "IdentityObject", "hashed": False, "identityHash": "Rosa Delgado", "identityType": "name"}
    document["credentialSubject"]["identifier"] = [who]
    assert clr2.parse(document).subject.name == "Rosa Delgado"


def test_an_endorsement_says_what_it_supports() -> None:
    document = vector("ob30/endorsement-valid.json")
    assert endorsement.recognises(document) and not endorsement.recognises(vector("ob30/simple.json"))
    said = endorsement.parse(document)
    assert said.description == "1EdTech University is in good standing" and said.issuer.name == "State Department of Education"
    assert said.subject.id == "https://1edtech.edu/issuers/565049"


def test_endorsements_are_found_on_credential_achievement_and_giver() -> None:
    document = {
        "endorsement": ENDORSED | {"id": "urn:1"},
        "endorsementJwt": [TOKEN],
        "issuer": {"endorsement": [ENDORSED | {"id": "urn:2"}]},
        "credentialSubject": {"achievement": [{"endorsement": [ENDORSED | {"id": "urn:3"}]}, {"endorsementJwt": TOKEN + "A"}]},
    }
    bodies = [part.body for part in endorsement.parts(document)]
    assert [json.loads(body)["id"] for body in bodies if body[:1] == b"{"] == ["urn:1", "urn:2", "urn:3"]
    assert [body.decode() for body in bodies if body[:1] != b"{"] == [TOKEN, TOKEN + "A"]
    assert len(endorsement.parts(vector("ob30/complete.json"))) == 3
    assert endorsement.parts(vector("ob30/simple.json")) == ()


@pytest.mark.parametrize("context", [vcdm.V1, vcdm.V2])
def test_a_presentation_names_its_holder_and_holds_parts(context: str) -> None:
    document: dict[str, Any] = {"@context": [context], "type": "VerifiablePresentation", "holder": {"id": "did:example:rosa"}}
    assert presentation.recognises(document) and presentation.parts(document) == ()
    assert presentation.parse(document).issuer == Party(id="did:example:rosa")
    assert presentation.parse(document | {"holder": "did:example:rosa"}).issuer.id == "did:example:rosa"
    enveloped = {"type": "EnvelopedVerifiableCredential", "id": f"data:application/vc+jwt,{TOKEN}"}
    document["verifiableCredential"] = [{"id": "urn:1"}, TOKEN, enveloped]
    assert [part.body for part in presentation.parts(document)] == [b'{"id":"urn:1"}', TOKEN.encode(), TOKEN.encode()]


@pytest.mark.parametrize("address", ["https://x.example/vc", "data:application/vc+jwt;base64,ZQ==", "data:", ""])
def test_an_envelope_without_a_token_is_an_empty_part_and_not_passed_over(address: str) -> None:
    assert embedded.collect([{"type": ["EnvelopedVerifiableCredential"], "id": address}], role="credential") == (
        Part("credential", b""),
    )


def test_what_is_no_proof_is_a_part_that_cannot_be_read() -> None:
    assert [part.body for part in embedded.collect([7, None, []], role="credential")] == [b"7", b"null", b"[]"]


def test_too_many_parts_are_refused_and_just_enough_are_not() -> None:
    assert len(embedded.collect([{}] * 100, role="credential")) == 100
    with pytest.raises(MalformedError) as caught:
        embedded.collect([{}] * 101, role="credential")
    assert caught.value.code == "parts.too_many"


def test_a_working_life_is_read_line_by_line() -> None:
    document = vector("ler-rs/LER-RS_V2_VCwrapper.json")
    assert ler_rs.recognises(document)
    life = ler_rs.parse(document)
    assert (life.subject.name, life.issuer) == ("Gunilla Klein", Party(name="Resume Builder"))
    assert life.entries == (
        "Product Management Certificate (Cornell University)",
        "Bachelor of Commerce (University of California, Berkeley)",
        "Computer Science, Cybersecurity Concentration, B.S. (North Carolina State University)",
        "Corporate Project Manager (AllSoftware)",
        "Project Management",
    )


@pytest.mark.parametrize("name", ["UC008_portability", "UC009_exchanging", "UC010_applying"])
def test_confirmed_lines_are_parts(name: str) -> None:
    document = vector(f"ler-rs/LER-RS_V2_{name}.json")
    assert "Digital Marketing Certificate" in ler_rs.parse(document).entries
    assert len(ler_rs.parts(document)) == 2


def test_a_bare_working_life_is_read_too() -> None:
    kind = "http://schema.hropenstandards.org/4.4/recruiting/json/LER-RSType.json"
    bare = {
        "type": kind,
        "documentId": {"value": "7"},
        "person": {"name": {"given": "Rosa", "family": "Delgado"}},
        "licenses": [{"name": "Forklift", "issuingAuthority": {"name": "County"}}],
    }
    life = ler_rs.parse(bare)
    assert ler_rs.recognises(bare) and life.subject.name == "Rosa Delgado" and life.entries == ("Forklift (County)",)
    assert life.id == "7" and not ler_rs.recognises(bare | {"type": "Person"})


NAMES = ["type", "credentialSubject", "verifiableCredential", "achievement", "person", "certifications", "verifications",
         "skills", "holder", "issuer", "endorsement", "id", "educationAndLearnings"]  # fmt: skip
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(0, 9) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from(NAMES), JSON))
def test_nothing_but_our_errors_leaves(document: dict[str, Any]) -> None:
    for context in ([vcdm.V2], None):
        for module in (clr2, endorsement, presentation, ler_rs):
            try:
                module.parse(document | {"@context": context})
                module.parts(document | {"@context": context}) if hasattr(module, "parts") else None
            except CredcoreError:
                pass
