"""Which suites are read: an allow-list, and a proof that is none of them says so."""

from __future__ import annotations

from typing import Any

import pytest

from credcore import proofs
from credcore.errors import UnavailableError
from tests.core.suites.examples import EXAMPLES

READ = ["eddsa-rdfc-2022", "eddsa-jcs-2022", "ecdsa-rdfc-2019", "ecdsa-jcs-2019", "ecdsa-sd-2023"]


def test_these_suites_are_read_and_no_others() -> None:
    assert set(proofs.SUITES) == {*(("DataIntegrityProof", name) for name in READ), ("Ed25519Signature2020", None)}
    for example in EXAMPLES:
        assert example.suite.verify in proofs.SUITES.values()


@pytest.mark.parametrize(
    "proof",
    [
        {},
        {"type": "DataIntegrityProof"},
        {"type": "DataIntegrityProof", "cryptosuite": "bbs-2023"},
        {"type": "DataIntegrityProof", "cryptosuite": "EDDSA-RDFC-2022"},
        {"type": "DataIntegrityProof", "cryptosuite": ["eddsa-rdfc-2022"]},
        {"type": ["DataIntegrityProof"], "cryptosuite": "eddsa-rdfc-2022"},
        {"type": "Ed25519Signature2020", "cryptosuite": "eddsa-rdfc-2022"},
        {"type": "Ed25519Signature2018"},
        {"type": "eddsa-rdfc-2022"},
    ],
)
def test_a_proof_of_another_kind_is_named_not_tried(proof: Any) -> None:
    with pytest.raises(UnavailableError, match=r"proof\.unsupported") as caught:
        proofs.find(proof)
    assert caught.value.permanent
