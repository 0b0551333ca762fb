"""Thousands of changed credentials through both of our paths and through engines that share nothing with them.

2,000 on every run, always the same ones. SKILLMARK_TEST_FUZZ_SECONDS goes on with others for so long in each test;
SKILLMARK_TEST_FUZZ_SEED says where to begin, to meet a difference again.
"""

from __future__ import annotations

import json
import os
import time
from collections import Counter
from collections.abc import Iterator
from random import Random
from typing import Any

import pytest

from credcore.codec import rdf
from credcore.codec.rdf import fast
from credcore.errors import CredcoreError
from tests.core import proofs
from tests.core.codec import engines
from tests.core.codec.documents import OPEN_BADGE, VERIFIABLE
from tests.core.codec.mutations import mutated
from tests.interop.conftest import other  # noqa: F401  a fixture
from tests.interop.node_side import OtherSide, Refused
from tests.vectors import vectors_dir

Json = dict[str, Any]
DOCUMENTS = 2_000
SECONDS = float(os.environ.get("SKILLMARK_TEST_FUZZ_SECONDS", "0"))
SEED = int(os.environ.get("SKILLMARK_TEST_FUZZ_SEED", "0"))
pytestmark = pytest.mark.timeout(120 + SECONDS)


def originals() -> list[Json]:
    benchmark = vectors_dir() / "benchmark" / "credential.json"
    public = [json.loads(benchmark.read_bytes())] if benchmark.is_file() else []
    return [OPEN_BADGE, VERIFIABLE, proofs.credential(), proofs.signed(), *public]


def changed() -> Iterator[tuple[int, Json]]:
    """Documents with the seed of each: 2,000 of them, or as many as the time allows."""
    first, until = originals(), time.monotonic() + SECONDS
    seed = SEED
    while seed < SEED + DOCUMENTS or time.monotonic() < until:
        random = Random(seed)
        yield seed, mutated(random.choice(first), random)
        seed += 1


class Tally:
    """How often each engine was asked, and where it differed."""

    def __init__(self) -> None:
        self.counts = Counter[str]()
        self.differences: list[str] = []

    def note(self, engine: str, same: bool, seed: int, document: Json) -> None:
        self.counts[engine] += 1
        if not same:
            self.differences.append(f"{engine}, seed {seed}: {json.dumps(document)}")

    def check(self, **at_least: int) -> None:
        print(dict(self.counts))
        assert not self.differences, "\n".join([f"{len(self.differences)} differences", *self.differences[:5]])
        for engine, number in at_least.items():
            assert self.counts[engine] >= number, self.counts


def test_every_engine_here_says_the_same() -> None:
    tally = Tally()
    for seed, document in changed():
        quick, *again = (fast.canonicalize(document) for _ in range(5))  # met, kept when it comes often, and remembered
        tally.note("memory", again == [quick] * 4, seed, document)
        try:
            quads = rdf.to_quads(document)
            exact = rdf.canonicalize_quads(quads).nquads
        except CredcoreError:
            tally.note("refused", quick is None, seed, document)
            continue
        if quick is not None:
            tally.note("fast", quick == exact, seed, document)
        tally.note("pyld", engines.pyld(document) == exact, seed, document)
        if any(quad[3] for quad in quads):
            continue
        tally.note("labels", engines.pyoxigraph_labels(quads) == exact, seed, document)
        whole = engines.pyoxigraph(document)
        if whole is not None:
            tally.note("pyoxigraph", whole == exact, seed, document)
    tally.check(refused=300, fast=300, pyld=600, labels=400, pyoxigraph=400)


@pytest.mark.usefixtures("other")
def test_jsonld_js_says_the_same(other: OtherSide) -> None:  # noqa: F811
    """jsonld.js with rdf-canonize, in safe mode: what we take, it takes, and means the same by it."""
    tally = Tally()
    for seed, document in changed():
        try:
            ours = rdf.canonicalize(document)
        except CredcoreError:
            continue
        try:
            theirs = other.ask("canonize", document=document)
        except Refused as error:
            theirs = str(error)
        lines = theirs.splitlines()
        if "Maximum deep iterations exceeded" in theirs or len(set(lines)) < len(lines):
            continue  # its work limit is lower than ours, and it may say a statement twice (see test_differences.py)
        tally.note("jsonld", theirs.encode() == ours, seed, document)
    tally.check(jsonld=600)
