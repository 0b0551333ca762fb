"""A key that its owner's page ended or took back signs nothing any more, whatever day a proof claims."""

from __future__ import annotations

from typing import Any

import pytest

from credcore.proofs import eddsa_rdfc_2022, jose
from credcore.verify import Verdict
from tests.core.proofs import COLLEGE, NOW, OUR_LIST, as_bytes, credential, verifier

DID = "did:web:college.example"
URL = "https://college.example/.well-known/did.json"


def page(**more: Any) -> dict[str, bytes]:
    method = {"id": f"{DID}#k", "type": "Multikey", "controller": DID, "publicKeyMultibase": COLLEGE.multibase, **more}
    return {URL: as_bytes({"id": DID, "verificationMethod": [method], "assertionMethod": [f"{DID}#k"]})}


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({}, "issuer.key"),
        ({"expires": "2026-05-04T12:00:01Z"}, "issuer.key"),
        ({"revoked": "2027-01-01T00:00:00Z"}, "issuer.key"),
        ({"expires": "2026-05-04T12:00:00Z"}, "key.expired"),
        ({"revoked": "2026-05-01T00:00:00Z"}, "key.revoked"),
        ({"revoked": "yesterday"}, "dates.malformed"),
    ],
)
@pytest.mark.parametrize("form", ["embedded", "token", "token without kid"])
def test_a_key_that_ended(more: dict[str, Any], code: str, form: str) -> None:
    signer = type(COLLEGE)(COLLEGE.seed, f"{DID}#k")
    body = credential()
    body["issuer"]["id"] = DID
    if form == "embedded":
        data = as_bytes({**body, "proof": eddsa_rdfc_2022.sign(document=body, signer=signer, created="2026-04-01T00:00:00Z")})
    else:
        header = {"typ": "vc+jwt"} | ({"kid": f"{DID}#k"} if form == "token" else {})
        data = jose.sign(payload=as_bytes(body), signer=signer, header=header)
    report = verifier(page(**more), trust=(OUR_LIST,)).check(data, now=NOW)
    assert code in {finding.code for finding in report.findings}, report.summary()
    assert report.verdict is (Verdict.UNKNOWN if code != "issuer.key" else report.verdict)
