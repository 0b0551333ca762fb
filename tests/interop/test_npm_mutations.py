"""What passes here after it was changed at random passes at @digitalbazaar/vc too: no signature that they refuse fits here.

The other way round differs on purpose: we refuse some spellings that they let pass, such as contexts written into the
document, members that mean nothing, and dates in lists.
"""

from __future__ import annotations

import copy
from random import Random
from typing import Any

from credcore.verify import Outcome, Report
from tests.core.proofs import NOW, Json, as_bytes, credential, signed, verifier

from .node_side import OtherSide, Refused
from .test_npm import AT, ED25519, P256, made_here, made_there

MUTATIONS = 300
VALUES: list[Any] = [
    None, True, 0, 1.0, "", "x", "2026-05-04T12:00:00Z", [], {}, [[]], {"@value": "x"}, {"id": "urn:x:y"}, {"@id": "urn:x:y"},
    "_:b0", "relative", {"@list": ["a"]}, {"@set": ["a"]}, {"@type": "@json", "@value": {"a": 1}}, {"type": "x"}, -0.0,
]  # fmt: skip
NAMES = [
    "x", "@id", "id", "type", "@type", "name", "@context", "@graph", "@included", "proof", "@reverse", "_:x", "@index",
    "@language", "description", "https://www.w3.org/2018/credentials#validUntil",
]  # fmt: skip
# The first three often leave what is said as it was: those are the ones that both sides must agree on.
WAYS = ["list", "turn round", "other name of the same", "leave out", "wrap", "replace", "add", "rename", "copy"]
SAME = {"id": "@id", "@id": "id", "type": "@type", "@type": "type"}


def _places(value: Any) -> list[tuple[Any, Any]]:
    """Every (holder, name or index) in a document."""
    names = list(value) if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    return [place for name in names for place in [(value, name), *_places(value[name])]]


def mutated(document: Json, random: Random) -> Json:
    """One thing put in a list, left out, wrapped, replaced, added, renamed, copied or turned round."""
    copied = copy.deepcopy(document)
    places = _places(copied)
    holder, name = random.choice(places)
    how = random.choice(WAYS)
    if how == "list":
        holder[name] = [holder[name]]
    elif how == "turn round" and isinstance(holder[name], list):
        holder[name].reverse()
    elif how == "other name of the same" and name in SAME:
        holder[SAME[name]] = holder.pop(name)
    elif how == "leave out":
        del holder[name]
    elif how == "wrap":
        holder[name] = {random.choice(["@value", "id", "@set", "@list"]): holder[name]}
    elif how == "replace":
        holder[name] = copy.deepcopy(random.choice(VALUES))
    elif how == "add" and isinstance(holder, dict):
        holder[random.choice(NAMES)] = copy.deepcopy(random.choice(VALUES))
    elif how == "rename" and isinstance(holder, dict):
        holder[random.choice(NAMES)] = holder.pop(name)
    else:
        other, place = random.choice(places)
        holder[name] = copy.deepcopy(other[place])
    return copied


def _all_passed(report: Report, *checks: str) -> bool:
    """Whether the checks were made, and found nothing."""
    made = [finding for finding in report.findings if finding.check in checks]
    return {finding.check for finding in made} == set(checks) and all(one.outcome is Outcome.PASSED for one in made)


def test_no_changed_credential_passes_here_that_they_refuse(other: OtherSide) -> None:
    random = Random(20260504)
    evidence = [{"type": ["Evidence"], "name": "Photo"}, {"type": ["Evidence"], "name": "List"}]
    originals = [
        signed(change=lambda document: document.update(evidence=evidence)),
        made_here("ecdsa-rdfc-2019", P256),
        made_here("ecdsa-sd-2023", P256),
        made_there(other, "Ed25519Signature2020", ED25519, credential()),
    ]
    fitted = 0
    for _ in range(MUTATIONS):
        document = mutated(random.choice(originals), random)
        report = verifier(trust=()).check(as_bytes(document), now=NOW)
        if not _all_passed(report, "proof", "issuer"):
            continue
        fitted += 1
        try:
            assert other.ask("verify", credential=document, now=AT) is True
        except Refused as error:
            # They look at how it is built before they look at the signature; then we must have found that, too.
            signature = any(word in str(error) for word in ("signature", "Signature", "Safe mode", "proofs"))
            assert not signature and not _all_passed(report, "read", "dates"), (error, report.summary(), document)
    # Some changes do not change what is said: that many are compared, and we refused the rest.
    assert MUTATIONS / 20 < fitted < MUTATIONS / 2, fitted
