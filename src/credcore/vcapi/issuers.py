"""The issuers of one instance: one for each suite and kind of key, each with a key of its own."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass

from credcore.issue.securing import LocalSigner
from credcore.keys import ecdsa, ed25519
from credcore.keys.public import ED25519, P256, P384
from credcore.proofs import (
    ecdsa_jcs_2019,
    ecdsa_rdfc_2019,
    ecdsa_sd_2023,
    ed25519_signature_2020,
    eddsa_jcs_2022,
    eddsa_rdfc_2022,
)

VC_JOSE = "vc-jose"
SD_JWT_VC = "sd-jwt-vc"

# name → suite, kind of key
_ISSUERS = {
    "eddsa-rdfc-2022": (eddsa_rdfc_2022.NAME, ED25519),
    "eddsa-jcs-2022": (eddsa_jcs_2022.NAME, ED25519),
    "ecdsa-rdfc-2019-p256": (ecdsa_rdfc_2019.NAME, P256),
    "ecdsa-rdfc-2019-p384": (ecdsa_rdfc_2019.NAME, P384),
    "ecdsa-jcs-2019-p256": (ecdsa_jcs_2019.NAME, P256),
    "ecdsa-jcs-2019-p384": (ecdsa_jcs_2019.NAME, P384),
    "ecdsa-sd-2023": (ecdsa_sd_2023.NAME, P256),
    "ed25519-signature-2020": (ed25519_signature_2020.NAME, ED25519),
    VC_JOSE: (VC_JOSE, P256),
    SD_JWT_VC: (SD_JWT_VC, P256),
}


@dataclass(frozen=True, slots=True)
class Issuer:
    """Signs with one key in one way. `suite` is a name of `issue.SUITES`, `vc-jose` or `sd-jwt-vc`."""

    name: str
    suite: str
    signer: LocalSigner

    @property
    def did(self) -> str:
        """The issuer's identifier, a did:key."""
        return self.signer.did

    @property
    def list_suite(self) -> str:
        """How its status lists are signed: whole, so with a suite that anybody can check at once."""
        return eddsa_rdfc_2022.NAME if self.signer.algorithm == ED25519 else ecdsa_rdfc_2019.NAME


def make_issuers(*, seed: str = "") -> dict[str, Issuer]:
    """All issuers by name. The same `seed` gives the same keys (so it is as secret as they are); none gives new ones."""
    root = seed or secrets.token_hex(32)
    return {name: Issuer(name, suite, _KEYS[kind](f"{name}\0{root}".encode())) for name, (suite, kind) in _ISSUERS.items()}


def _ed25519(secret: bytes) -> LocalSigner:
    return ed25519.LocalSigner(hashlib.sha256(secret).digest())


def _p256(secret: bytes) -> LocalSigner:
    return ecdsa.LocalSigner(P256, _number(hashlib.sha256(secret).digest()))


def _p384(secret: bytes) -> LocalSigner:
    return ecdsa.LocalSigner(P384, _number(hashlib.sha384(secret).digest()))


def _number(digest: bytes) -> int:
    """Half of what the digest could be, so that it is always below the order of the curve's group, and never 0."""
    return (int.from_bytes(digest, "big") >> 1) + 1


_KEYS: dict[str, Callable[[bytes], LocalSigner]] = {ED25519: _ed25519, P256: _p256, P384: _p384}
