"""eddsa-rdfc-2022: the meaning is signed. (W3C Data Integrity EdDSA Cryptosuites 1.0, section 3.2)"""

from __future__ import annotations

from credcore.keys.public import ED25519
from credcore.proofs.data_integrity import Suite

NAME = "eddsa-rdfc-2022"
TYPE = "DataIntegrityProof"

_suite = Suite(names={"type": TYPE, "cryptosuite": NAME}, hashes={ED25519: "sha256"})
verify = _suite.verify
sign = _suite.sign
