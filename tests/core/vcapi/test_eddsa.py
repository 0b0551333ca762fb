"""EdDSA cryptosuites, by requests to the VC-API. (W3C Data Integrity EdDSA Cryptosuites 1.0)"""

from __future__ import annotations

import pytest

from .making import making
from .musts import Must
from .several_proofs import proof_chains, proof_sets
from .verifying import signing_options, verifying

SUITES = ("eddsa-rdfc-2022", "eddsa-jcs-2022")
MUSTS = {
    name: [*making(name), *verifying(name), *signing_options(name), *proof_sets(name), *proof_chains(name)] for name in SUITES
}


@pytest.mark.parametrize("must", [pytest.param(one, id=f"{name}:{one.name}") for name in SUITES for one in MUSTS[name]])
def test_must(must: Must) -> None:
    must.check()
