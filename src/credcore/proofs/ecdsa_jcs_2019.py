"""ecdsa-jcs-2019: the JSON is signed. (W3C Data Integrity ECDSA Cryptosuites 1.0, section 3.3)"""

from __future__ import annotations

from credcore.keys.public import P256, P384
from credcore.proofs.data_integrity import Suite

NAME = "ecdsa-jcs-2019"
TYPE = "DataIntegrityProof"

_suite = Suite(names={"type": TYPE, "cryptosuite": NAME}, hashes={P256: "sha256", P384: "sha384"}, as_json=True)
verify = _suite.verify
sign = _suite.sign
