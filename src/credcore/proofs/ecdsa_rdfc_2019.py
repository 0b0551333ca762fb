"""ecdsa-rdfc-2019: the meaning is signed. (W3C Data Integrity ECDSA Cryptosuites 1.0, section 3.2)"""

from __future__ import annotations

from credcore.keys.public import P256, P384
from credcore.proofs.data_integrity import Suite

NAME = "ecdsa-rdfc-2019"
TYPE = "DataIntegrityProof"

_suite = Suite(names={"type": TYPE, "cryptosuite": NAME}, hashes={P256: "sha256", P384: "sha384"})
verify = _suite.verify
sign = _suite.sign
