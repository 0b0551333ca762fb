"""Ed25519Signature2020: as eddsa-rdfc-2022 under an older name, still the default of the most used wallet stack.
(W3C Data Integrity EdDSA Cryptosuites 1.0, appendix; W3C CCG Ed25519Signature2020)"""

from __future__ import annotations

from credcore.keys.public import ED25519
from credcore.proofs.data_integrity import Suite

NAME = "Ed25519Signature2020"
TYPE = "Ed25519Signature2020"

_suite = Suite(names={"type": TYPE}, hashes={ED25519: "sha256"})
verify = _suite.verify
sign = _suite.sign
