"""The remembered form of proof options is the one that is worked out."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credcore.codec import rdf
from credcore.errors import CredcoreError
from credcore.formats import openbadges3, vcdm
from credcore.proofs import proof_options
from tests.core.proofs import COLLEGE

USUAL: dict[str, Any] = {
    "type": "DataIntegrityProof",
    "cryptosuite": "eddsa-rdfc-2022",
    "created": "2026-05-04T12:00:00Z",
    "verificationMethod": COLLEGE.verification_method,
    "proofPurpose": "assertionMethod",
    "@context": [vcdm.V2, openbadges3.CONTEXT],
}
VALUES = st.sampled_from(
    ["", "0", "9999-12-31T23:59:59.999999999+14:00", "2000-01-01T00:00:00Z", "-1", "x", 'a"b', "urn:a:b", "https://a.example",
     "assertionMethod", "authentication", None, 3, [], ["2026-05-04T12:00:00Z"], "2026-05-04T12:00:00Z\n"],
)  # fmt: skip


def outcome(form: Any, options: dict[str, Any]) -> object:
    try:
        return form(options, hash_name="sha256")
    except CredcoreError as error:
        return error.code


@given(changes=st.dictionaries(st.sampled_from([*USUAL, "expires", "domain", "id"]), VALUES, max_size=3))
def test_whatever_is_in_them(changes: dict[str, Any]) -> None:
    options = {**USUAL, **changes}
    for _ in range(2):  # made, and remembered
        assert outcome(proof_options.canonical, options) == outcome(rdf.canonicalize, options)


@pytest.mark.parametrize("hash_name", ["sha256", "sha384"])
@pytest.mark.parametrize("context", [vcdm.V2, [vcdm.V1, "https://w3id.org/security/data-integrity/v2"], [vcdm.V2]])
def test_under_each_vocabulary(context: Any, hash_name: str) -> None:
    for created in ("2026-05-04T12:00:00Z", "1999-01-01T00:00:00+00:00"):
        options = {**USUAL, "created": created, "@context": context}
        assert proof_options.canonical(options, hash_name=hash_name) == rdf.exact(options, hash_name=hash_name)
