"""What is measured: the credential of the benchmarks, signed in each way, and a verifier without network."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from credcore.codec import strict_json
from credcore.errors import UnavailableError
from credcore.keys.ed25519 import LocalSigner
from credcore.ports import Fetched, FetchKind
from credcore.proofs import eddsa_jcs_2022, eddsa_rdfc_2022, jose
from credcore.trust import TrustEntry, TrustList
from credcore.verify import Verifier

Json = dict[str, Any]

NOW = datetime(2026, 6, 1, tzinfo=UTC)
CREATED = "2026-01-01T00:00:00Z"
SIGNER = LocalSigner(b"\x01" * 32)


def vectors() -> Path:
    """The folder of the public test data. Raises SystemExit where it is absent."""
    folder = Path(os.environ.get("SKILLMARK_VECTORS") or Path(__file__).parents[3] / "shared" / "vectors") / "benchmark"
    if not folder.is_dir():
        raise SystemExit("The benchmark credential is not on this machine: set SKILLMARK_VECTORS.")
    return folder


@cache
def credential() -> Json:
    """Open Badges 3.0, 3.3 KB, 99 statements, 10 unnamed things; given by our key, and not on a status list (no network)."""
    document: Json = json.loads((vectors() / "credential.json").read_bytes())
    document["issuer"]["id"] = SIGNER.did
    return {name: value for name, value in document.items() if name not in ("proof", "credentialStatus")}


def numbered(number: int) -> Json:
    """The same for another person: giver and achievement stay, what is the person's own changes."""
    document = dict(credential())
    document["id"] = f"urn:uuid:00000000-0000-4000-8000-{number:012}"
    document["credentialSubject"] = {**document["credentialSubject"], "id": f"urn:uuid:00000000-0000-4000-9000-{number:012}"}
    return document


def signed(document: Json, suite: Any = eddsa_rdfc_2022) -> bytes:
    """With a proof inside."""
    return strict_json.dumps({**document, "proof": suite.sign(document=document, signer=SIGNER, created=CREATED)})


def signed_as_json(document: Json) -> bytes:
    """With an eddsa-jcs-2022 proof inside."""
    return signed(document, eddsa_jcs_2022)


def token(document: Json) -> bytes:
    """As vc+jwt."""
    header = {"typ": "vc+jwt", "kid": SIGNER.verification_method}
    return jose.sign(payload=strict_json.dumps(document), signer=SIGNER, header=header)


def offline(url: str, *, kind: FetchKind) -> Fetched:
    """Asks nobody."""
    raise UnavailableError("fetch.offline", url)


def verifier() -> Verifier:
    """Trusts the giver of the credential."""
    entry = TrustEntry(SIGNER.did, str(credential()["issuer"]["name"]))
    return Verifier(fetch=offline, trust=[TrustList("Benchmark", (entry,))])
