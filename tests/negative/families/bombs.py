"""Small files that would cost much: each must be refused before it is paid for. (trustworthy: rules 6, 14; threats 15-17)

Only the cost is the fault: the signature beside it is that of the twin.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from datetime import timedelta

from credcore.codec import multibase
from credcore.containers import png
from credcore.formats import openbadges3, vcdm
from credcore.proofs import eddsa_jcs_2022
from credcore.status import bitstring
from tests.core.containers import samples
from tests.core.proofs import COLLEGE, LIST_URL, NOW, as_bytes, signed
from tests.negative.case import Case
from tests.negative.twins import PAGES, Change, Json, after, altered, base, put, sealed

UNKNOWN = ("unknown",)
BUDGET, CONTEXTS, DEEP = "rdf.budget", "context.too_many", "json.too_deep"
UNPACKED = 8 * 2**20


def cases() -> Iterator[Case]:
    yield from _statements()
    yield from _json()
    yield from _inside()
    yield from _status()


def look_alikes(edges: dict[int, list[int]]) -> Change:
    """A change that puts in unnamed achievements which point at one another, so that nothing tells them apart."""
    nodes = [
        {"id": f"_:n{node}", "type": ["Achievement"], "related": [_related(other) for other in others]}
        for node, others in edges.items()
    ]

    def change(document: Json) -> None:
        subject = document["credentialSubject"]
        subject["achievement"] = [subject["achievement"], *nodes]

    return change


def _related(node: int) -> Json:
    return {"id": f"_:n{node}", "type": ["Related"]}


def clique(size: int) -> dict[int, list[int]]:
    """Each points at each other one."""
    return {node: [other for other in range(size) if other != node] for node in range(size)}


def ring(size: int) -> dict[int, list[int]]:
    """Each points at its neighbours on both sides."""
    return {node: [(node - 1) % size, (node + 1) % size] for node in range(size)}


def _statements() -> Iterator[Case]:
    """Work that grows with the statements, or faster."""
    note = {"type": ["Evidence"], "narrative": "Seen."}
    nested = [{"@context": vcdm.V2, "type": ["Evidence"], "name": f"Seen {number}."} for number in range(80)]
    for name, rule, change, code in (
        ("clique-of-7", "threat 16", look_alikes(clique(7)), BUDGET),
        ("clique-of-12", "threat 16", look_alikes(clique(12)), BUDGET),
        ("ring-of-500", "threat 16", look_alikes(ring(500)), BUDGET),
        ("unnamed-things-10000", "threat 16", put("", evidence=[note] * 10_000), BUDGET),
        ("types-20000", "3.6", put("evidence.0", type=["Evidence", *(f"urn:t:{number}" for number in range(20_000))]), BUDGET),
        ("contexts-17-in-one-place", "3.6", put_contexts([vcdm.V2, openbadges3.CONTEXT, *[vcdm.V2] * 15]), CONTEXTS),
        ("contexts-in-80-places", "3.6", put("", evidence=nested), CONTEXTS),
    ):
        good = base()
        yield Case(name, rule, after(good, change), as_bytes(good), (code,), pages=PAGES, verdicts=UNKNOWN)


def put_contexts(named: list[str]) -> Change:
    return lambda document: document.update({"@context": named})


def nested_lists(levels: int) -> Change:
    """A change that puts a list in a list in a list …"""
    value: list[object] = []
    for _ in range(levels - 1):
        value = [value]
    return put("", evidence=value)


def _json() -> Iterator[Case]:
    """Work before a word of it is understood."""
    good = base()
    text = as_bytes(good)
    proofs = [good["proof"]] * 1_000
    head = text[:-1]
    for name, rule, bad, code in (
        ("lists-33-deep", "threat 17", after(good, nested_lists(32)), DEEP),
        ("lists-200000-deep", "threat 17", b'{"a":' + b"[" * 200_000, DEEP),
        ("number-of-400000-digits", "threat 17", head + b',"x":' + b"9" * 400_000 + b"}", "json.bad_number"),
        ("text-of-1-mb", "3.14", after(good, put("evidence.0", narrative="a" * 2**20)), "json.too_large"),
        ("token-of-600-kb", "3.14", b"eyJhbGciOiJFZERTQSJ9." + b"A" * 600_000 + b".AAAA", "jose.too_large"),
        ("file-of-11-mb", "3.14", b"{" + b" " * (11 * 2**20) + text[1:], "item.too_large"),
        ("proofs-1000", "threat 8", after(good, put("", proof=proofs)), "proof.malformed"),
        ("drawing-of-300000-parts", "3.14", samples.svg("<g/>" * 300_000), "svg.bad"),
    ):
        yield Case(name, rule, bad, text, (code,), pages=PAGES, verdicts=UNKNOWN)
    long_value = after(good, put("proof", proofValue="z" + "2" * 400_000))
    yield Case("signature-of-400000-letters", "3.15", long_value, text, ("multibase.bad",), pages=PAGES, verdicts=("bad",))


def _inside() -> Iterator[Case]:
    """Proofs in proofs."""
    hand_over: Json = {"@context": [vcdm.V2], "type": ["VerifiablePresentation"], "verifiableCredential": [signed()]}
    small = {"@context": [vcdm.V2], "type": ["VerifiableCredential"]}
    many = as_bytes(altered(hand_over, put("", verifiableCredential=[small] * 101)))
    yield Case("hand-over-of-101", "3.7", many, as_bytes(hand_over), ("parts.too_many",), verdicts=UNKNOWN)
    tree: Json = small
    for _ in range(3):
        tree = {**hand_over, "verifiableCredential": [tree] * 12}
    wide = as_bytes(tree)
    yield Case("hand-over-of-1728-in-three-layers", "3.7", wide, as_bytes(hand_over), ("parts.too_many",), verdicts=UNKNOWN)


def _status() -> Iterator[Case]:
    """A list of cancelled proofs that unpacks to more than any list holds, behind a picture."""
    unsigned = bitstring.build(
        id=LIST_URL, issuer=COLLEGE.did, purpose="revocation", indexes=(), valid_from=NOW,
        valid_until=NOW + timedelta(days=1), ttl_ms=900_000,
    )  # fmt: skip
    bomb = multibase.encode(gzip.compress(bytes(UNPACKED), mtime=0), base="u")
    listed = sealed(altered(unsigned, put("credentialSubject", encodedList=bomb)), sign=eddsa_jcs_2022.sign)
    picture = png.bake(png=samples.picture(), credential=as_bytes(base()))
    yield Case(
        "list-of-cancelled-that-unpacks-to-8-mb", "threat 15, 3.14", picture, picture, ("status.malformed",), suffix=".png",
        pages={LIST_URL: as_bytes(listed)}, good_pages=PAGES, verdicts=("careful",),
    )  # fmt: skip
