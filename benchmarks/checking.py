"""Checking one credential: the whole check against raw cryptography, the canonical form alone, and the libraries of others."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Callable, Sequence
from itertools import cycle
from pathlib import Path
from typing import Any

import harness
import openvc.verify
from harness import material, node
from nacl.bindings import crypto_sign_open
from openbadgeslib.ob3 import OB3LdpVerifier
from pyld import jsonld

from credcore import contexts, formats
from credcore.codec import rdf, strict_json
from credcore.codec.rdf import fast
from credcore.codec.rdf.fragments import Fragments
from credcore.formats import openbadges3
from credcore.proofs import data_integrity
from credcore.verify import Verdict, opening
from credcore.verify.checks import dates, proof
from credcore.verify.report import Outcome

ROOT = Path(__file__).parents[1]
HEAD = ("what", "a call", "calls", "to raw", "aim")
PEOPLE = 5_000
"""More than the memory of the canonical form holds hashes of: nobody's own part of a proof is met twice in it."""
NOTES = (
    "The first whole check is of the same bytes over and over. With another person each time, giver and achievement are "
    "remembered, what is the person's own is walked anew, and each document comes from memory that no cache holds.",
    "A token is signed over all of its 4.3 KB, which Ed25519 hashes, too; raw is over the 64 bytes of a proof inside.",
    "What stands in the way of 3.5 ×: beside canonical form and cryptography the text is read strictly, every member of the "
    "badge is held against its class, the model of it is made, and each finding is an object.",
)


def main() -> None:
    document = material.credential()
    form = rdf.canonicalize(document)
    message, public = b"\0" * 64, material.SIGNER.public
    signature = material.SIGNER.sign(message)

    def raw() -> None:
        crypto_sign_open(signature + message, public)
        hashlib.sha256(form).digest()

    signed = material.signed(document)
    others = [material.numbered(number) for number in range(PEOPLE)]
    checks = {
        "whole check, eddsa-rdfc-2022": ([signed], "≤ 3.50 ×"),
        "the same of another person each time": ([material.signed(one) for one in others], "≤ 3.50 ×"),
        "whole check, eddsa-jcs-2022, another each time": ([material.signed_as_json(one) for one in others], ""),
        "whole check, vc+jwt, another each time": ([material.token(one) for one in others], ""),
    }
    verifier = material.verifier()
    works: dict[str, tuple[Callable[[], object], str]] = {"raw Ed25519 verify + SHA-256": (raw, "")}
    for name, (several, aim) in checks.items():
        assert all(verifier.check(data, now=material.NOW).verdict is Verdict.GOOD for data in several[:3]), name
        works[name] = (_checking(several), aim)
    whole = json.loads(signed)
    works["of it: reading, signature, giver, dates, meaning"] = (lambda: _core(signed), "")
    works["cryptography and canonical form only"] = (lambda: _proof_only(whole), "")
    _table("Checking one credential", works, notes=NOTES)
    _table("Canonical form", _forms(document), base="PyLD")
    measured = {"npm @digitalbazaar/vc": node.seconds({"do": "verify", "credential": whole, "now": material.NOW.isoformat()})}
    peers = _peers(whole, verifier)
    _table("Checking, and the libraries of others", peers, base="Skillmark, whole check", elsewhere=measured)


def _checking(several: list[bytes]) -> Callable[[], object]:
    """The whole check of one after the other, over and over."""
    verifier, turn = material.verifier(), cycle(several)
    return lambda: verifier.check(next(turn), now=material.NOW)


def _core(data: bytes) -> None:
    """Without what else a check looks at: how the badge is filled in, what lies inside, lists of givers, cancellation."""
    document = opening.lay_open(data).document
    found = proof.check(document, issuer=formats.giver(document), now=material.NOW, fetch=material.offline)
    found += dates.check(formats.parse(document), now=material.NOW)
    assert all(one.outcome is Outcome.PASSED for one in found)


def _proof_only(document: dict[str, Any]) -> None:
    proof = document["proof"]
    message = data_integrity.hash_data(document=document, proof=proof)
    crypto_sign_open(data_integrity.signature(proof) + message, material.SIGNER.public)


def _forms(document: dict[str, Any]) -> dict[str, tuple[Callable[[], object], str]]:
    """The same bytes in five ways."""
    loaded = {pin.url: contexts.load(pin.url) for pin in contexts.pinned()}

    def load(url: str, options: object) -> dict[str, Any]:
        return {"contentType": None, "contextUrl": None, "documentUrl": url, "document": loaded[url]}

    options = {"algorithm": "URDNA2015", "format": "application/n-quads", "documentLoader": load}

    def never_seen() -> bytes | None:
        fast._thread.fragments = Fragments()
        return fast.canonicalize(document)

    others = cycle([material.numbered(number) for number in range(PEOPLE)])
    works: dict[str, tuple[Callable[[], object], str]] = {
        "PyLD": (lambda: jsonld.normalize(document, options), ""),
        "fast path, all of it seen before": (lambda: fast.canonicalize(document), ""),
        "fast path, giver and achievement seen before": (lambda: fast.canonicalize(next(others)), ""),
        "fast path, nothing seen before": (never_seen, "≤ 0.10 ×"),
        "exact path": (lambda: rdf.exact(document), "≤ 0.10 ×"),
    }
    assert fast.canonicalize(document) == never_seen() == rdf.exact(document) == jsonld.normalize(document, options).encode()
    prototype = ROOT.parent / "shared" / "prototypes"
    if (prototype / "fast_rdfc.py").exists():
        sys.path.insert(0, str(prototype))
        import fast_rdfc

        from credcore.codec.rdf.expansion import options as expansion

        chosen = expansion()
        works["prototype, seen before"] = (lambda: fast_rdfc.canonicalize(document, chosen), "")
    return works


def _peers(document: dict[str, Any], verifier: Any) -> dict[str, tuple[Callable[[], object], str]]:
    """Libraries that check the same credential in this process; none of them looks at a list of givers."""
    data = strict_json.dumps(document)
    extra = {openbadges3.CONTEXT: contexts.load(openbadges3.CONTEXT)}
    badges = OB3LdpVerifier.for_issuer_did(material.SIGNER.did)
    works: dict[str, tuple[Callable[[], object], str]] = {
        "Skillmark, whole check": (lambda: verifier.check(data, now=material.NOW), ""),
        "openbadgeslib": (lambda: badges.verify(data), ""),
        "openvc-core": (lambda: openvc.verify.verify_credential(document, extra_contexts=extra), ""),
    }
    return works


def _table(
    name: str,
    works: dict[str, tuple[Callable[[], object], str]],
    *,
    base: str = "",
    elsewhere: dict[str, float | None] | None = None,
    notes: Sequence[str] = (),
) -> None:
    """`elsewhere`: seconds a call of what ran in a process of its own, None for what is not on this machine."""
    seconds = harness.fastest(*(work for work, _ in works.values()))
    first = seconds[list(works).index(base)] if base else seconds[0]
    rows = [
        (what, harness.micro(found), harness.rate(found), harness.times(found, base=first), aim)
        for (what, (_, aim)), found in zip(works.items(), seconds, strict=True)
    ]
    for what, taken in (elsewhere or {}).items():
        if taken is None:
            rows.append((what, "not here", "", "", ""))
        else:
            rows.append((what, harness.micro(taken), harness.rate(taken), harness.times(taken, base=first), ""))
    about = f"benchmarks/checking.py: one core, no network, fastest of many short turns. {harness.circumstances()}"
    head = HEAD if not base else ("what", "a call", "calls", f"to {base.split(',')[0]}", "aim")
    harness.write(name, about=about, head=head, rows=rows, notes=notes)


if __name__ == "__main__":
    main()
