"""How a credential is sealed. A new suite is one file and one line in `SUITES`: an allow-list, never a guess."""

from __future__ import annotations

from typing import Protocol

from credcore.errors import UnavailableError
from credcore.keys.public import PublicKey
from credcore.proofs import (
    ecdsa_jcs_2019,
    ecdsa_rdfc_2019,
    ecdsa_sd_2023,
    ed25519_signature_2020,
    eddsa_jcs_2022,
    eddsa_rdfc_2022,
)
from credcore.proofs.data_integrity import Json


class Verify(Protocol):
    def __call__(self, *, document: Json, proof: Json, key: PublicKey) -> None: ...


# (proof type, cryptosuite) → how to verify
SUITES: dict[tuple[str, str | None], Verify] = {
    (eddsa_rdfc_2022.TYPE, eddsa_rdfc_2022.NAME): eddsa_rdfc_2022.verify,
    (eddsa_jcs_2022.TYPE, eddsa_jcs_2022.NAME): eddsa_jcs_2022.verify,
    (ecdsa_rdfc_2019.TYPE, ecdsa_rdfc_2019.NAME): ecdsa_rdfc_2019.verify,
    (ecdsa_jcs_2019.TYPE, ecdsa_jcs_2019.NAME): ecdsa_jcs_2019.verify,
    (ecdsa_sd_2023.TYPE, ecdsa_sd_2023.NAME): ecdsa_sd_2023.verify,
    (ed25519_signature_2020.TYPE, None): ed25519_signature_2020.verify,
}


def suite_name(proof: Json) -> str:
    """The name that a technical reader knows: the cryptosuite, else the type."""
    return str(proof.get("cryptosuite") or proof.get("type") or "")[:60]


def find(proof: Json) -> Verify:
    """Raises UnavailableError `proof.unsupported` for a suite that we do not read."""
    kind, suite = proof.get("type"), proof.get("cryptosuite")
    if not isinstance(kind, str) or not (suite is None or isinstance(suite, str)) or (kind, suite) not in SUITES:
        raise UnavailableError("proof.unsupported", suite_name(proof), permanent=True)
    return SUITES[(kind, suite)]
