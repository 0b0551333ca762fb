"""Documents and graphs that are made to cost much: each gets a bounded answer with a code, the same on every machine."""

from __future__ import annotations

import gc
import json
import re
import time
import tracemalloc
from collections.abc import Iterator
from itertools import combinations, permutations
from pathlib import Path
from random import Random
from typing import Any

import pytest

from credcore import contexts
from credcore.codec import rdf
from credcore.codec.rdf import canonical, expansion, fast, shape
from credcore.errors import BudgetError, CredcoreError, MalformedError, UnavailableError, UnsafeError
from tests.core.codec import nquads
from tests.core.codec.documents import OPEN_BADGE
from tests.core.codec.paths import Pins, compare
from tests.core.codec.test_fast_path import document, subject
from tests.patience import BUSY
from tests.vectors import vectors

Json = dict[str, Any]
SECONDS = 1.0 * BUSY
"""Of this process. The aim is 0.2 s; the tests allow for a busy machine, as what is bounded is the counted work."""


def refused_soon(graph: list[rdf.Quad], hash_name: str = "sha256") -> None:
    begun = time.process_time()
    with pytest.raises(BudgetError, match=r"rdf\.budget"):
        rdf.canonicalize_quads(graph, hash_name=hash_name)
    assert time.process_time() - begun < SECONDS


def clique(size: int, *, directed: bool = False) -> list[rdf.Quad]:
    """Each of so many unnamed things knows each other one, or those after it: all alike, or all different."""
    pairs = combinations(range(size), 2) if directed else permutations(range(size), 2)
    return [(f"_:n{a}", "<urn:p>", f"_:n{b}", "") for a, b in pairs]


def chain(size: int, *, closed: bool) -> list[rdf.Quad]:
    return [(f"_:n{n}", "<urn:p>", f"_:n{(n + 1) % size if closed else n + 1}", "") for n in range(size - (not closed))]


def relabelled(graph: list[rdf.Quad], random: Random) -> list[rdf.Quad]:
    names = sorted({term for quad in graph for term in (quad[0], quad[2]) if term.startswith("_:")})
    others = dict(zip(names, random.sample([f"_:x{n}" for n in range(len(names))], len(names)), strict=True))
    made = [(others.get(s, s), p, others.get(o, o), g) for s, p, o, g in graph]
    random.shuffle(made)
    return made


@pytest.mark.parametrize("name", ["sha256", "sha384"])
def test_the_poison_graph(name: str) -> None:
    folder = vectors("rdf-canon")
    entries = json.loads((folder / "manifest.jsonld").read_bytes())["entries"]
    (poison,) = [entry for entry in entries if "Negative" in entry["type"]]
    refused_soon(nquads.read((folder / poison["action"]).read_text()), name)


@pytest.mark.parametrize("size", range(2, 13))
def test_cliques(size: int) -> None:
    graph, random = clique(size), Random(size)
    if size > 5:
        for one in (graph, relabelled(graph, random), relabelled(graph, random)):
            refused_soon(one)
        return
    assert len({rdf.canonicalize_quads(relabelled(graph, random)).nquads for _ in range(5)}) == 1


@pytest.mark.parametrize("size", [2, 12, 60])
def test_one_way_cliques_are_no_work(size: int) -> None:
    graph, random = clique(size, directed=True), Random(size)
    assert len({rdf.canonicalize_quads(relabelled(graph, random)).nquads for _ in range(3)}) == 1


@pytest.mark.parametrize("closed", [True, False], ids=["ring", "row"])
@pytest.mark.parametrize("size", [2, 3, 10, 20, 60, 150, 2_000])
def test_rings_and_rows(size: int, closed: bool) -> None:
    graph, random = chain(size, closed=closed), Random(size)
    outcomes = set()
    for one in [graph, *(relabelled(graph, random) for _ in range(2))]:
        begun = time.process_time()
        try:
            outcomes.add(rdf.canonicalize_quads(one).nquads)
        except BudgetError:
            outcomes.add(b"refused")
        assert time.process_time() - begun < SECONDS
    assert len(outcomes) == 1
    assert (outcomes == {b"refused"}) == (size >= 60)


@pytest.mark.parametrize(
    "graph",
    [
        [(f"_:n{n}", "<urn:p>", '"same"', "") for n in range(2_000)],
        [("<urn:s>", "<urn:p>", f"_:n{n}", "") for n in range(2_000)],
        [(f"_:a{n}", "<urn:p>", f"_:b{n}", "") for n in range(1_000)],
        [(f"_:a{n}", "<urn:p>", "_:hub", "") for n in range(1_500)],
    ],
    ids=["saying the same", "said of the same", "in pairs", "around one"],
)
def test_things_that_hash_alike(graph: list[rdf.Quad]) -> None:
    begun = time.process_time()
    try:
        assert rdf.canonicalize_quads(graph).nquads.count(b"\n") == len(graph)
    except BudgetError:
        refused_soon(relabelled(graph, Random(1)))
    assert time.process_time() - begun < 3 * SECONDS


def test_ten_thousand_unnamed_things() -> None:
    many = [{"type": ["Evidence"], "name": f"n{number}"} for number in range(10_000)]
    assert compare(document(evidence=many)) == "refused"
    refused_soon([(f"_:n{n}", "<urn:p>", f'"{n}"', "") for n in range(10_000)])


@pytest.mark.parametrize("keep", [True, False], ids=["named", "unnamed"])
def test_deep_documents(keep: bool) -> None:
    for levels in (5, 20, 45, 60, 900, 100_000):
        value: Any = {"name": "n"}
        for number in range(levels):
            value = {"type": ["Achievement"], "related": value, "name": "n", **({"id": f"urn:x:{number}"} if keep else {})}
        begun = time.process_time()
        outcome = compare(subject(achievement=value))
        assert outcome == "refused" or levels < 45
        assert time.process_time() - begun < SECONDS


@pytest.mark.parametrize("levels", [30, 60, 5_000, 100_000])
def test_deep_lists(levels: int) -> None:
    value: Any = "v"
    for _ in range(levels):
        value = [value]
    assert compare(document(name=value)) in ("refused", "left")
    nested: Any = {"@list": ["v"]}
    for _ in range(levels):
        nested = {"@list": [nested]}
    begun = time.process_time()
    compare(document(name=nested))
    assert time.process_time() - begun < SECONDS


def test_long_lists_of_look_alikes(pin: Pins) -> None:
    url = pin({"a": {"@id": "urn:a", "@container": "@list"}, "b": "urn:b"})
    lists: list[Any] = [[{"b": "v"}] * 900, ["v"] * 1_900, [{"a": ["v"]}] * 400, [{"a": []}] * 900]
    for members in lists:
        begun = time.process_time()
        compare({"@context": url, "a": members})
        assert time.process_time() - begun < 3 * SECONDS


def test_contexts_are_only_named() -> None:
    """However large one is that the document brings: it is refused before it is looked at."""
    large = {f"w{number}": f"https://x.example/{'w' * 80}/{number}" for number in range(100_000)}  # some 10 MB
    begun = time.process_time()
    for one in (
        {**OPEN_BADGE, "@context": [*OPEN_BADGE["@context"], large]},
        document(evidence={"@context": large, "w1": "v"}),
    ):
        with pytest.raises(UnsafeError, match=r"context\.inline"):
            rdf.canonicalize(one)
    with pytest.raises(UnavailableError, match=r"context\.unknown"):
        rdf.canonicalize({**OPEN_BADGE, "@context": ["https://x.example/" + "w" * 10_000_000]})
    assert time.process_time() - begun < SECONDS


def test_a_long_name_before_many_statements() -> None:
    """400 KB that would say more than 1 GB."""
    begun = time.process_time()
    with pytest.raises(BudgetError, match=r"rdf\.budget: \d+ characters"):
        rdf.canonicalize(document(id="urn:" + "x" * 400_000, name=[str(number) for number in range(3_000)]))
    assert time.process_time() - begun < SECONDS
    said = [("<urn:s>", "<urn:p>", f'"{"v" * 1_000}{n}"', "") for n in range(1_000)]
    assert len(rdf.canonicalize_quads(said).nquads) > 1_000_000
    with pytest.raises(BudgetError):
        rdf.canonicalize_quads(said, budget=canonical.Budget(characters=1_000_000))


def hostile(random: Random) -> Iterator[Json]:
    """Documents without end, each with something new in each place that is remembered."""
    urls = [pin.url for pin in contexts.pinned() if pin.url.startswith("http")]
    kinds = ["Achievement", "Profile", "Address", "Alignment", "Evidence", "Result", "Image", "Related", "urn:k"]
    number = 0
    while True:
        number += 1
        named = {"id": f"urn:a:{number}", "type": random.sample(kinds, 2), "name": f"n{number}", "description": "d" * 99}
        yield subject(achievement=named, creator=f"p{number}:x")
        yield document(
            evidence=[{"type": [f"urn:k:{number}", f"p{number}:k"], "name": "n"}, {"@context": random.sample(urls, 2)}]
        )
        yield {**document(name=f"n{number}"), "@context": random.sample(urls, 3)}
        yield document(issuer={"id": f"did:x:{number}", "@type": random.sample(kinds, 3), f"w{number}": number})


def test_memory_stays_flat_on_both_paths(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fast, "_thread", fast._Thread())
    documents = hostile(Random(9))

    def run(count: int) -> int:
        for _ in range(count):
            try:
                rdf.canonicalize(next(documents))
            except CredcoreError as error:
                assert isinstance(error, UnsafeError | BudgetError | MalformedError | UnavailableError)
        gc.collect()
        return tracemalloc.get_traced_memory()[0]

    tracemalloc.start()
    try:
        before = run(250)
        grown = run(350) - before
    finally:
        tracemalloc.stop()
    assert grown < 2 * 2**20


def test_the_page_names_the_limits() -> None:
    page = (Path(__file__).parents[3] / "docs" / "reference" / "conformance.md").read_text(encoding="utf-8")
    table = page.split("| counted | limit |")[1].split("\n\n")[0]
    written = [int(number.replace(",", "")) for number in re.findall(r"\d+(?:,\d{3})*", table.replace("section 4.8", ""))]
    budget = canonical.Budget()
    assert written == [
        shape.MAX_OBJECTS, shape.MAX_DEPTH, 16, shape.MAX_CONTEXTS, expansion.MAX_TERMS, budget.quads, budget.blank_nodes,
        budget.characters, budget.calls, budget.depth, budget.visits, budget.permutations,
    ]  # fmt: skip
