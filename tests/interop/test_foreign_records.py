"""CLR 2.0 there and here: openbadgeslib's records are good here, and openvc-core finds our signature and our altered copies.

openvc-core takes no record for good, its own or others': the published context gives `verifiableCredential` and `identifier` a
kind of value that JSON-LD does not choose again when a document is read back. It looks at that last, after the signature.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import openvc.verify
import pytest
from openbadgeslib.ob3.clr import build_clr_credential, sign_clr_credential
from openvc.errors import OpenvcError

from credcore import contexts
from credcore.formats import clr2, openbadges3
from credcore.verify import Verdict
from tests.core.formats.test_building_records import PROOF, TOKEN, signed_record
from tests.core.proofs import COLLEGE, as_bytes, signed, verifier
from tests.interop.test_foreign_libraries import OURS, _private_pem

CONTEXTS = {url: contexts.load(url) for url in (openbadges3.CONTEXT, clr2.CONTEXT)}


def _why(document: dict[str, Any]) -> str:
    with pytest.raises(OpenvcError) as refused:
        openvc.verify.verify_credential(document, extra_contexts=CONTEXTS)
    return f"{type(refused.value).__name__}: {refused.value}"


def test_openvc_core_gets_past_our_signature_and_not_past_that_of_an_altered_copy() -> None:
    document = json.loads(signed_record(PROOF, TOKEN))
    assert "not in compacted form" in _why(document) and "vocab.html#" in _why(document)
    document["credentialSubject"]["verifiableCredential"][0]["credentialSubject"]["achievement"]["name"] = "Crane operator"
    assert _why(document).startswith("SignatureInvalid")


@pytest.mark.parametrize("spoil", [False, True])
def test_a_record_that_openbadgeslib_signs_is_good_here(spoil: bool) -> None:
    built = build_clr_credential(
        {"id": COLLEGE.did, "type": ["Profile"], "name": "Prairie Valley College"},
        [{"type": "IdentityObject", "hashed": False, "identityHash": "Rosa Delgado", "identityType": "name"}],
        [signed(**OURS)],
        credential_id="urn:uuid:7d1f40f6-8b3e-4f0f-b5d5-5d3f20b8a009",
        valid_from=datetime.now(UTC) - timedelta(minutes=1),
    )
    made = sign_clr_credential(built, _private_pem(COLLEGE), COLLEGE.verification_method)
    if spoil:
        made["credentialSubject"]["verifiableCredential"][0]["name"] = "Crane operator"
    report = verifier().check(as_bytes(made), now=datetime.now(UTC))
    assert [part.verdict for part in report.parts] == [Verdict.BAD if spoil else Verdict.GOOD]
    assert report.finding("proof").code == ("proof.mismatch" if spoil else "proof.fits")  # type: ignore[union-attr]
    assert report.parts[0].credential is not None and report.parts[0].credential.issuer.id == COLLEGE.did
