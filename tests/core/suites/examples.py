"""The published examples of the W3C cryptosuites, step by step: where each file lies and which key signed."""

from __future__ import annotations

import copy
import json
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from credcore.codec import multibase
from credcore.keys import ecdsa, ed25519
from credcore.keys.public import P256, P384
from credcore.ports import Signer
from credcore.proofs import ecdsa_jcs_2019, ecdsa_rdfc_2019, ed25519_signature_2020, eddsa_jcs_2022, eddsa_rdfc_2022
from tests.vectors import vectors

Json = dict[str, Any]
_SECRET = {b"\x80\x26": "Ed25519", b"\x86\x26": P256, b"\x87\x26": P384}  # multicodec numbers of private keys


@dataclass(frozen=True)
class Example:
    """One folder of steps: `folder` inside `project`, whose file names end in `mark`."""

    project: str
    folder: str
    mark: str
    suite: ModuleType
    key_file: str = "keyPair.json"
    hash_name: str = "sha256"

    def text(self, step: str) -> str:
        return (self._folder / f"{step}{self.mark}.txt").read_text()

    def json(self, step: str) -> Json:
        return read(self._folder / f"{step}{self.mark}.json")

    @property
    def signed(self) -> Json:
        return self.json("signed")

    @property
    def unsigned(self) -> Json:
        name = "employmentAuth.json" if self.folder.endswith("employ") else "unsigned.json"
        found = read(vectors(self.project) / name)
        if self.suite is ed25519_signature_2020:
            found["@context"] = [*found["@context"], "https://w3id.org/security/suites/ed25519-2020/v1"]
        return found

    @property
    def as_json(self) -> bool:
        return "jcs" in self.folder

    @property
    def signer(self) -> Any:
        pair = read(vectors(self.project) / self.key_file)
        return signer(pair)

    @property
    def _folder(self) -> Path:
        return vectors(self.project) / self.folder


def read(path: Path) -> Json:
    found: Json = json.loads(path.read_bytes())
    return found


def signer(pair: dict[str, str]) -> Signer:
    """Made from the published secret key; its public half must be the published one."""
    data = multibase.decode(pair.get("secretKeyMultibase") or pair["privateKeyMultibase"])
    algorithm, secret = _SECRET[data[:2]], data[2:]
    if algorithm == "Ed25519":
        made: Any = ed25519.LocalSigner(secret)
    else:
        made = ecdsa.LocalSigner(algorithm, int.from_bytes(secret, "big"))
    assert made.multibase == pair["publicKeyMultibase"]
    return made  # type: ignore[no-any-return]


def changed(document: Json, **members: Any) -> Json:
    return {**copy.deepcopy(document), **members}


_ED, _EC = "vc-di-eddsa", "vc-di-ecdsa"
_P256, _P384 = ("p256KeyPair.json", "sha256"), ("p384KeyPair.json", "sha384")
EXAMPLES = [
    Example(_ED, "eddsa-rdfc-2022", "DataInt", eddsa_rdfc_2022),
    Example(_ED, "eddsa-rdfc-2022/employ", "DataInt", eddsa_rdfc_2022),
    Example(_ED, "eddsa-jcs-2022", "JCS", eddsa_jcs_2022),
    Example(_ED, "Ed25519Signature2020", "EdSig", ed25519_signature_2020),
    Example(_EC, "ecdsa-rdfc-2019-p256", "ECDSAP256", ecdsa_rdfc_2019, *_P256),
    Example(_EC, "ecdsa-rdfc-2019-p256/employ", "ECDSAP256", ecdsa_rdfc_2019, *_P256),
    Example(_EC, "ecdsa-rdfc-2019-p384", "ECDSAP384", ecdsa_rdfc_2019, *_P384),
    Example(_EC, "ecdsa-rdfc-2019-p384/employ", "ECDSAP384", ecdsa_rdfc_2019, *_P384),
    Example(_EC, "ecdsa-jcs-2019-p256", "JCSECDSAP256", ecdsa_jcs_2019, *_P256),
    Example(_EC, "ecdsa-jcs-2019-p384", "JCSECDSAP384", ecdsa_jcs_2019, *_P384),
]
