"""What lies inside another proof is checked by itself; a hand-over says who handed it over."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from credcore.codec import multibase
from credcore.formats import vcdm
from credcore.keys.ed25519 import LocalSigner
from credcore.proofs import data_integrity, eddsa_rdfc_2022, jose
from credcore.verify import Verdict, check_item
from credcore.verify.policy import Asked
from credcore.verify.report import Report
from tests.core.proofs import COLLEGE, NOW, STRANGER, as_bytes, credential, signed, verifier

Json = dict[str, Any]

HOLDER = LocalSigner(b"\x07" * 32)
CLR = "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json"


def secured(document: Json, signer: LocalSigner = COLLEGE) -> Json:
    proof = eddsa_rdfc_2022.sign(document=document, signer=signer, created=vcdm.iso(NOW))
    return {**document, "proof": proof}


def altered(document: Json) -> Json:
    return {**document, "name": "Crane operator"}


def record(*inside: object, signer: LocalSigner = COLLEGE) -> Json:
    """A CLR with credentials in it, signed."""
    body = {
        "@context": [vcdm.V2, CLR, "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
        "id": "urn:uuid:6c54b12a-9b0f-4f1c-9a53-444444444444",
        "type": ["VerifiableCredential", "ClrCredential"],
        "name": "Record of Rosa Delgado",
        "issuer": {"id": signer.did, "type": ["Profile"], "name": "Prairie Valley College"},
        "validFrom": vcdm.iso(NOW - timedelta(days=1)),
        "credentialSubject": {
            "id": "urn:uuid:6c54b12a-9b0f-4f1c-9a53-222222222222",
            "type": ["ClrSubject"],
            "verifiableCredential": list(inside),
        },
    }
    return secured(body, signer)


def presentation(*inside: object, signer: LocalSigner | None = HOLDER, holder: str = HOLDER.did, **options: str) -> Json:
    body = {
        "@context": [vcdm.V2],
        "type": ["VerifiablePresentation"],
        "holder": holder,
        "verifiableCredential": list(inside),
    }
    if signer is None:
        return body
    proof = {
        "type": "DataIntegrityProof",
        "cryptosuite": "eddsa-rdfc-2022",
        "created": vcdm.iso(NOW),
        "verificationMethod": signer.verification_method,
        "proofPurpose": "authentication",
        **options,
    }
    value = signer.sign(data_integrity.hash_data(document=body, proof=proof))
    return {**body, "proof": {**proof, "proofValue": multibase.encode(value)}}


def check(document: Json, **more: Any) -> Report:
    return verifier().check(as_bytes(document), now=NOW, **more)


@pytest.mark.parametrize(
    ("inside", "code", "parts"),
    [
        ([signed()], "good", ["good"]),
        ([signed(), altered(signed())], "parts.bad", ["good", "altered"]),
        ([signed(), signed(STRANGER)], "parts.bad", ["good", "name.borrowed"]),
        ([credential()], "parts.unsure", ["unsigned"]),
        (["no token"], "parts.unsure", ["unreadable"]),
    ],
)
def test_each_proof_of_a_record_has_an_answer_of_its_own(inside: list[object], code: str, parts: list[str]) -> None:
    # Altered proofs inside are signed over as they are: only their own signature can tell.
    report = check(record(*inside))
    assert [part.code for part in report.parts] == parts
    assert report.code == code, report.summary()
    assert {part.role for part in report.parts} == {"credential"}


def test_a_good_proof_in_a_bad_record_stays_good() -> None:
    report = check(altered(record(signed())))
    assert (report.code, [part.code for part in report.parts]) == ("altered", ["good"])


def test_what_others_say_in_support_only_counts_for_itself() -> None:
    support = {
        "@context": [vcdm.V2, "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
        "id": "urn:uuid:6c54b12a-9b0f-4f1c-9a53-555555555555",
        "type": ["VerifiableCredential", "EndorsementCredential"],
        "name": "Support",
        "issuer": {"id": COLLEGE.did, "type": ["Profile"], "name": "Prairie Valley College"},
        "validFrom": vcdm.iso(NOW - timedelta(days=1)),
        "credentialSubject": {
            "id": "urn:uuid:6c54b12a-9b0f-4f1c-9a53-111111111111",
            "type": ["EndorsementSubject"],
            "endorsementComment": "We hire people with this.",
        },
    }
    for inside, code in ((secured(support), "good"), (altered(secured(support)), "altered")):
        body = credential()
        body["endorsement"] = [inside]
        report = check(secured(body))
        assert report.code == "good"
        assert [(part.role, part.code) for part in report.parts] == [("endorsement", code)]


QUESTION = Asked(nonce="n-1", audience="skillmark.example")
ANSWER = {"challenge": "n-1", "domain": "skillmark.example"}


@pytest.mark.parametrize(
    ("document", "asked", "code"),
    [
        (presentation(signed(), signer=None), None, "good"),
        (presentation(signed(), signer=None), QUESTION, "holder.other"),
        (presentation(signed()), None, "good"),
        (presentation(signed()), QUESTION, "holder.other"),
        (presentation(signed(), **ANSWER), QUESTION, "good"),
        (presentation(signed(), **{**ANSWER, "challenge": "n-2"}), QUESTION, "holder.other"),
        (presentation(signed(), **{**ANSWER, "domain": "evil.example"}), QUESTION, "holder.other"),
        (presentation(signed(), **{**ANSWER, "proofPurpose": "assertionMethod"}), QUESTION, "holder.other"),
        (presentation(signed(), signer=STRANGER, **ANSWER), QUESTION, "holder.other"),
        (presentation(signed(), signer=STRANGER), None, "holder.broken"),
        (presentation(altered(signed()), **ANSWER), QUESTION, "altered"),
        (presentation(**ANSWER), QUESTION, "unsupported"),
    ],
)
def test_a_hand_over_is_worth_what_lies_in_it_and_who_signed_it(document: Json, asked: Asked | None, code: str) -> None:
    report = check(document, asked=asked)
    assert report.code == code, report.summary()


def test_a_hand_over_as_a_token() -> None:
    body = presentation(signed(), signer=None)
    data = as_bytes({**body, "nonce": "n-1", "aud": "skillmark.example"})
    for signer, code in ((HOLDER, "good"), (STRANGER, "holder.other")):
        token = jose.sign(payload=data, signer=signer, header={"typ": "vp+jwt", "kid": HOLDER.verification_method})
        assert verifier().check(token, now=NOW, asked=QUESTION).code == code
        assert verifier().check(token, now=NOW, asked=Asked(nonce="n-2", audience="skillmark.example")).code == "holder.other"


def test_a_person_sees_the_proofs_and_not_the_wrapping() -> None:
    document = as_bytes(presentation(signed(), signed(STRANGER), signer=STRANGER))
    reports = check_item(document, verifier=verifier(), now=NOW, name="shared.json")
    assert [report.code for report in reports] == ["holder.broken", "name.borrowed"]
    assert reports[0].verdict is Verdict.CAREFUL


def test_proofs_inside_one_another_without_end_are_refused() -> None:
    document = signed()
    for _ in range(6):
        document = presentation(document, signer=None)
    report = check(document)
    assert report.verdict is Verdict.UNKNOWN
    many = presentation(*[credential()] * 101, signer=None)
    assert check(many).verdict is Verdict.UNKNOWN
    many = presentation(*[record(*[credential()] * 30)] * 4, signer=None)
    assert sum(finding.code == "parts.too_many" for part in check(many).parts for finding in part.findings) == 1
