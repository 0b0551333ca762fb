"""The signature itself: which suite, with which words, on top of which other signatures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any, Final, Protocol
from uuid import uuid4

from credcore.errors import MalformedError, UnavailableError
from credcore.formats import vcdm
from credcore.keys import ecdsa, ed25519
from credcore.keys.public import ED25519
from credcore.ports import Signer
from credcore.proofs import (
    ecdsa_jcs_2019,
    ecdsa_rdfc_2019,
    ecdsa_sd_2023,
    ed25519_signature_2020,
    eddsa_jcs_2022,
    eddsa_rdfc_2022,
)
from credcore.proofs.data_integrity import MAX_PROOFS, context_list

Json = dict[str, Any]
LocalSigner = ed25519.LocalSigner | ecdsa.LocalSigner


class Sign(Protocol):
    def __call__(self, *, document: Json, signer: Signer, created: str, options: Json | None = None) -> Json: ...


SUITES: Final[dict[str, Sign]] = {
    eddsa_rdfc_2022.NAME: eddsa_rdfc_2022.sign,
    eddsa_jcs_2022.NAME: eddsa_jcs_2022.sign,
    ecdsa_rdfc_2019.NAME: ecdsa_rdfc_2019.sign,
    ecdsa_jcs_2019.NAME: ecdsa_jcs_2019.sign,
    ecdsa_sd_2023.NAME: ecdsa_sd_2023.sign,
    ed25519_signature_2020.NAME: ed25519_signature_2020.sign,
}
"""What we sign with, by the name of the suite."""

_DATA_INTEGRITY = "https://w3id.org/security/data-integrity/v2"
_ED25519_2020 = "https://w3id.org/security/suites/ed25519-2020/v1"


@dataclass(frozen=True, slots=True)
class Making:
    """How a proof is made.

    `suite` is one of `SUITES`; `options` are those of `data_integrity.OPTIONS`; `mandatory_pointers` (ecdsa-sd-2023 only)
    name what every shown copy must have. `previous`: None for the first proof of a credential; else one more is added to
    those that it has, on top of those with these ids (none: beside them, a set). `ended`: sign also what has ended
    already, as conformance suites ask and no firm does.
    """

    suite: str = eddsa_rdfc_2022.NAME
    options: Json = field(default_factory=dict)
    mandatory_pointers: Sequence[str] | None = None
    previous: Sequence[str] | None = None
    ended: bool = False


def secure(document: Json, *, signer: Signer, now: datetime, making: Making) -> Json:
    """The document with one more proof, and with the context of the proof's words where it lacks them.

    Raises UnavailableError `proof.unsupported` for another suite, MalformedError (`proof.options`, `proof.pointer`, …),
    SignatureMismatch `proof.chain_broken`, and as the suites do.
    """
    if making.suite not in SUITES:
        raise UnavailableError("proof.unsupported", making.suite[:60], permanent=True)
    options = dict(making.options)
    if making.previous is not None:
        options.setdefault("id", uuid4().urn)
        if making.previous:
            options["previousProof"] = making.previous[0] if len(making.previous) == 1 else list(making.previous)
    selective = making.suite == ecdsa_sd_2023.NAME
    if selective and "previousProof" in options:
        raise MalformedError("proof.options", "a selective proof cannot build on others")
    worded = document if making.previous else with_words(document, suite=making.suite)
    created = vcdm.iso(now)
    if selective:
        proof = ecdsa_sd_2023.sign(
            document=worded, signer=signer, created=created, options=options, mandatory_pointers=making.mandatory_pointers
        )
    elif making.mandatory_pointers is not None:
        raise MalformedError("proof.pointer", f"{making.suite} signs everything")
    else:
        proof = SUITES[making.suite](document=worded, signer=signer, created=created, options=options)
    return {**worded, "proof": proof if making.previous is None else [*_proofs_of(document), proof]}


def _proofs_of(document: Json) -> list[Json]:
    value = document.get("proof", [])
    found = value if isinstance(value, list) else [value]
    if len(found) >= MAX_PROOFS or not all(isinstance(one, dict) for one in found):
        raise MalformedError("proof.malformed", f"{len(found)} proofs")
    return found


def with_words(document: Json, *, suite: str) -> Json:
    """The document, with the context that gives a proof's words their meaning, unless its own contexts do.

    The data model 2.0 has those of DataIntegrityProof; the older model and the older suite need one of their own.
    """
    named = context_list(document)
    needed = _ED25519_2020 if suite == ed25519_signature_2020.NAME else _DATA_INTEGRITY
    known = {needed} if needed == _ED25519_2020 else {needed, vcdm.V2}
    if known & {one for one in named if isinstance(one, str)}:
        return document
    return {**document, "@context": [*named, needed]}


@cache
def throwaway(algorithm: str) -> LocalSigner:
    """A key to try things with, of the same kind as the real one. Raises MalformedError `key.malformed` for another kind.

    It lives as long as the process and nobody trusts it. A new one for each trial would cost as much as the trial.
    """
    return ed25519.generate() if algorithm == ED25519 else ecdsa.generate(algorithm)
