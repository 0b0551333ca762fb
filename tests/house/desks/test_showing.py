"""Single facts of a proof: of ours, of an SD-JWT of anybody, of a file signed with ecdsa-sd-2023; all others whole."""

from __future__ import annotations

import json
import uuid
from datetime import timedelta
from typing import Any

import pytest

from credcore.codec import multibase, strict_json
from credcore.issue import Making, issue
from credcore.keys import ecdsa
from credcore.keys.public import P256
from credcore.proofs import ecdsa_sd_2023, jose, sd_jwt, sd_jwt_making
from credcore.verify import Verdict
from credcore.verify.report import Outcome
from skillmark.desks import checking, own_record, showing
from skillmark.rooms.credentials import operations
from skillmark.rooms.credentials.models import Held
from skillmark.rooms.credentials.operations.hold import Facts, put
from skillmark.rooms.people import operations as people
from skillmark.rooms.people.rules import Actor, Role
from tests.cast import NOW, Firm

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(minutes=5)
CANARY = "Zanzibar-7731"


@pytest.fixture
def worker(firm: Firm) -> Actor:
    space = people.make_own_space(org_id=firm.org.id, person_id=firm.person.id, now=NOW)
    return Actor(org_id=space.id, role=Role.WORKER, name=space.name)


def held(worker: Actor, document: bytes, *, form: str = "json", issued_id: Any = None) -> Held:
    facts = Facts(credential_id=uuid.uuid4().urn, title="Forklift", giver="Somebody", form=form)
    return put(actor=worker, document=document, facts=facts, issued_id=issued_id, now=NOW)


def given(firm: Firm, worker: Actor) -> Held:
    template = operations.add_ready_template(actor=firm.owner, key="forklift", now=NOW)
    proof = operations.give(
        actor=firm.owner, person_id=firm.person.id, template_id=template.id, note=f"Seen: {CANARY}.",
        request_key=str(uuid.uuid4()), now=NOW,
    )  # fmt: skip
    return held(worker, bytes(proof.document), issued_id=proof.id)


def base_file() -> bytes:
    """A file of somebody else whose owner chooses what to show."""
    signer = ecdsa.generate(P256)
    document = {
        "@context": [
            "https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
        ],
        "id": "urn:uuid:6c54b12a-9b0f-4f1c-9a53-111111111112", "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "issuer": {"id": signer.did, "type": ["Profile"], "name": "Prairie Valley College"}, "name": "Forklift",
        "validFrom": "2026-01-01T00:00:00Z",
        "credentialSubject": {
            "type": ["AchievementSubject"], "role": "Operator", "narrative": CANARY,
            "achievement": {
                "id": "https://college.example/forklift", "type": ["Achievement"], "name": "Forklift",
                "description": "Drives.",
                "criteria": {"narrative": "Seen."},
            },
        },
    }  # fmt: skip
    made = ecdsa_sd_2023.sign(document=document, signer=signer, created="2026-01-01T00:00:00Z")
    return strict_json.dumps({**document, "proof": made})


def test_a_proof_given_here_is_shown_in_part(firm: Firm, worker: Actor) -> None:
    mine = given(firm, worker)
    assert showing.shown_part(held=mine, facts=[], now=LATER) == mine.document
    assert showing.choosable(held=mine) == ["/name", "/note"]
    part = showing.shown_part(held=mine, facts=["/name"], now=LATER)
    assert sd_jwt.parse(part).disclosed == (("name",),)
    report = checking.check_bytes(data=part, name="", now=LATER, org_id=None)[0]
    assert report.verdict is Verdict.GOOD
    assert CANARY.encode() not in part
    bare = showing.shown_part(held=mine, facts=[showing.BARE], now=LATER)
    assert sd_jwt.parse(bare).disclosed == ()
    assert sd_jwt.parse(bare).claims["issuer_name"] == "Tallgrass Machine Works"


def test_a_cancelled_one_is_shown_whole_only(firm: Firm, worker: Actor) -> None:
    mine = given(firm, worker)
    assert mine.issued_id is not None
    operations.cancel(actor=firm.owner, issued_id=mine.issued_id, reason="Given by mistake", now=LATER)
    assert showing.choosable(held=mine) == []
    with pytest.raises(showing.CannotShow, match=r"show\.whole_only"):
        showing.shown_part(held=mine, facts=["/name"], now=LATER)


def test_an_sd_jwt_of_anybody(worker: Actor) -> None:
    signer = ecdsa.generate(P256)
    claims = {
        "iss": signer.did,
        "vct": "https://school.example/forklift",
        "name": "Rosa",
        "born": {"year": CANARY, "town": "Ames"},
    }
    token = sd_jwt_making.issue(
        claims=claims, disclosable=[("name",), ("born", "year"), ("born", "town")], signer=signer,
        header={"typ": "dc+sd-jwt", "kid": signer.verification_method},
    )  # fmt: skip
    mine = held(worker, token, form="sd-jwt")
    assert set(showing.choosable(held=mine)) == {"/name", "/born/year", "/born/town"}
    part = showing.shown_part(held=mine, facts=["/born/town"], now=LATER)
    read = sd_jwt.parse(part)
    assert read.claims["born"] == {"town": "Ames"}
    jose.verify(jws=read.jws, key=signer.key)
    assert multibase.encode(CANARY.encode(), base="u")[1:].encode() not in part
    assert CANARY not in json.dumps(read.claims)


def test_an_ecdsa_sd_file(worker: Actor) -> None:
    mine = held(worker, base_file())
    assert set(showing.choosable(held=mine)) == {"/credentialSubject/role", "/credentialSubject/narrative"}
    part = showing.shown_part(held=mine, facts=["/credentialSubject/role"], now=LATER)
    assert CANARY.encode() not in part
    report = checking.check_bytes(data=part, name="", now=LATER, org_id=None)[0]
    proof = report.finding("proof")
    assert proof is not None
    assert proof.outcome is Outcome.PASSED
    assert report.credential is not None
    assert (report.credential.name, report.credential.role) == ("Forklift", "Operator")
    whole = json.loads(showing.shown_part(held=mine, facts=[], now=LATER))
    assert whole["credentialSubject"]["narrative"] == CANARY
    assert whole["proof"]["proofValue"] != json.loads(mine.document)["proof"]["proofValue"]  # never the owner's own copy


@pytest.mark.parametrize("facts", [["/elsewhere"], ["name"], ["/name", "/credentialSubject"]])
def test_what_is_not_there_is_not_shown(firm: Firm, worker: Actor, facts: list[str]) -> None:
    with pytest.raises(showing.CannotShow, match=r"show\.unknown_fact"):
        showing.shown_part(held=given(firm, worker), facts=facts, now=LATER)


def test_any_other_file_is_shown_whole_or_not_at_all(worker: Actor) -> None:
    signer = ecdsa.generate(P256)
    unsigned = {
        "@context": ["https://www.w3.org/ns/credentials/v2"], "type": ["VerifiableCredential"], "issuer": signer.did,
        "validFrom": "2026-01-01T00:00:00Z", "credentialSubject": {"id": "urn:uuid:6c54b12a-9b0f-4f1c-9a53-111111111111"},
    }  # fmt: skip
    document = strict_json.dumps(issue(unsigned, signer=signer, now=NOW, making=Making(suite="ecdsa-rdfc-2019")))
    mine = held(worker, document)
    assert showing.choosable(held=mine) == []
    assert showing.shown_part(held=mine, facts=[], now=LATER) == document
    with pytest.raises(showing.CannotShow, match=r"show\.whole_only"):
        showing.shown_part(held=mine, facts=[showing.BARE], now=LATER)


def test_a_file_to_choose_from_is_kept_and_looked_at(worker: Actor) -> None:
    file = base_file()
    [brought] = own_record.bring(actor=worker, data=file, name="mine.json", source="file", now=LATER)
    assert brought.kept is not None, brought
    assert brought.kept.document == file
    assert brought.answer.report.code == "issuer.unknown"
    assert own_record.look(actor=worker, held=brought.kept, now=LATER).answer.report.code == "issuer.unknown"
    changed = file.replace(b"Operator", b"Director")
    [brought] = own_record.bring(actor=worker, data=changed, name="mine.json", source="file", now=LATER)
    assert brought.kept is None
    assert brought.answer.report.code == "altered"
    broken = json.loads(file)
    broken["proof"]["proofValue"] = broken["proof"]["proofValue"][:60]
    assert showing.whole(document=strict_json.dumps(broken)) == strict_json.dumps(broken)
