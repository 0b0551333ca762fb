"""What the fast path remembers: never a wrong answer from it, and never more than so much of it."""

from __future__ import annotations

import copy
import gc
import threading
import tracemalloc
from random import Random
from typing import Any

import pytest

from credcore import contexts
from credcore.codec import rdf
from credcore.codec.rdf import compiled, fast
from credcore.codec.rdf.fragments import MAX_BYTES, Fragments
from tests.core.codec.documents import OPEN_BADGE
from tests.core.codec.paths import compare
from tests.core.codec.test_fast_path import document, subject

Json = dict[str, Any]
TYPES = ["Achievement", "Profile", "Address", "Alignment", "Evidence", "Result", "Image", "Related", "IdentityObject"]


@pytest.fixture
def remembered(monkeypatch: pytest.MonkeyPatch) -> Any:
    """What this thread remembers, made anew for the test."""
    thread = fast._Thread()
    monkeypatch.setattr(fast, "_thread", thread)
    return thread


def achievement(number: int, **more: Any) -> Json:
    return subject(achievement={"id": "urn:a:1", "type": "Achievement", "name": f"n{number}", "description": "d", **more})


def test_a_cold_a_warm_and_a_nearly_full_memory_answer_alike(remembered: Any) -> None:
    plain = [{**copy.deepcopy(OPEN_BADGE), "name": f"n{number}"} for number in range(4)]
    for number, one in enumerate(plain):
        one["credentialSubject"]["achievement"]["name"] = f"n{number // 2}"
    wanted = [rdf.exact(one) for one in plain]
    for max_bytes in (MAX_BYTES, 8_000, 4_000, 1_000, 0):
        remembered.fragments = Fragments(max_bytes=max_bytes)
        for _ in range(5):
            assert [fast.canonicalize(one) for one in plain] == wanted
            assert remembered.fragments.size <= max_bytes


def test_a_part_is_as_deep_as_it_is_wherever_it_stands(remembered: Any) -> None:
    """First remembered near the top, then met so deep that the exact path refuses the document."""

    def nested(levels: int, inner: Json) -> Json:
        for number in range(levels):
            inner = {"id": f"urn:b:{number}", "type": ["Achievement"], "related": [inner], "name": ["n"]}
        return inner

    part = nested(12, {"id": "urn:a:1", "type": ["Achievement"], "name": ["n"], "description": "d"})
    assert compare(subject(achievement=[part])) == "fast"
    found = [compare(subject(achievement=[nested(levels, part)])) for levels in range(14)]
    assert found[0] == "fast" and found[-1] == "refused"


def test_what_does_not_come_often_takes_no_place(remembered: Any) -> None:
    for number in range(6_000):  # more than hashes are kept of what was met
        assert fast.canonicalize(achievement(number)) is not None
    assert len(remembered.fragments) == 0
    for kept in (0, 0, 0, 1, 1):
        fast.canonicalize(achievement(1))
        assert len(remembered.fragments) == kept


def test_nesting_without_names_costs_no_more_than_its_size(remembered: Any) -> None:
    """Once, things that were too large to be remembered were walked twice at each level."""
    calls = 0
    walk = fast._Walk.node

    def counted(*args: Any) -> str:
        nonlocal calls
        calls += 1
        return walk(*args)

    inner: Json = {"type": ["Achievement"], "name": "n", "humanCode": "c", "description": "d" * 300_000}
    for number in range(18):
        inner = {"type": ["Achievement"], "related": inner, "name": f"n{number}", "humanCode": "c", "description": "d"}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fast._Walk, "node", counted)
        assert fast.canonicalize(subject(achievement=inner)) == rdf.exact(subject(achievement=inner))
    assert calls == 21


def test_fragments_are_counted_by_what_they_take(remembered: Any) -> None:
    """A long name with many short values: few bytes in the document, many in its statements."""
    remembered.fragments = Fragments(max_bytes=2**20)
    tracemalloc.start()
    try:
        for number in range(400):
            named = achievement(number, id="urn:a:" + "z" * 200, tag=[f"t{one}" for one in range(60)])
            assert [fast.canonicalize(named) is None for _ in range(4)] == 4 * [False]  # what comes so often is kept
        gc.collect()
        taken = tracemalloc.get_traced_memory()[0]
    finally:
        tracemalloc.stop()
    assert len(remembered.fragments) > 5 and remembered.fragments.size <= 2**20
    assert taken < 2 * 2**20


def test_memory_stays_flat_over_documents_that_are_made_to_miss(remembered: Any) -> None:
    random = Random(4)

    def hostile(number: int) -> Json:
        kinds = [*random.sample(TYPES, 2), f"urn:kind:{number}", f"k{number}:x"]
        one = achievement(number, image={"id": f"p{number}:1", "type": "Image", "caption": f"c{number}", "name": "n"})
        return {**one, "evidence": {"id": f"urn:e:{number}", "type": kinds, "name": f"n{number}", "description": "d" * 500}}

    def run(first: int, last: int) -> int:
        for number in range(first, last):
            one = hostile(number)
            for _ in range(4):  # what comes so often is kept
                fast.canonicalize(one)
        gc.collect()
        return tracemalloc.get_traced_memory()[0]

    remembered.fragments = Fragments(max_bytes=2**18)
    tracemalloc.start()
    try:
        full = run(0, 300)
        grown = run(300, 1_000) - full
    finally:
        tracemalloc.stop()
    assert grown < 2**20
    assert remembered.fragments.size <= 2**18


def every_context(roots: dict[Any, Any]) -> list[Any]:
    found, waiting = {}, list(roots.values())
    while waiting:
        one = waiting.pop()
        if one.number not in found:
            found[one.number] = one
            waiting += [*one.children.values(), *one.values.values(), *one.typed.values()]
    return list(found.values())


def test_what_contexts_remember_is_bounded(remembered: Any) -> None:
    random = Random(5)
    urls = [pin.url for pin in contexts.pinned()]
    for number in range(400):
        kinds = [*random.sample(TYPES, 3), f"urn:{number}:{'k' * random.choice([1, 100, 3_000])}"]
        one = achievement(number, image={"id": f"p{number}:1"})
        fast.canonicalize({**one, "evidence": [{"id": f"urn:e:{number}", "type": random.sample(kinds, k)} for k in (2, 3, 4)]})
        fast.canonicalize({**document(name="n"), "@context": [urls[0], *random.sample(urls, random.randint(1, 6))]})
        assert len(remembered.roots) <= 64 and remembered.compiler.count <= compiled.MAX_CONTEXTS
    found = every_context(remembered.roots)
    assert 10 < len(found) <= compiled.MAX_CONTEXTS
    for one in found:
        for kept in (one.typed, one.words, one.prefixes, one.terms):
            assert len(kept) <= 128 and sum(len(str(key)) for key in kept) < 40_000


def test_one_document_cannot_make_contexts_without_end(remembered: Any) -> None:
    random = Random(6)
    many = [{"id": f"urn:e:{number}", "type": random.sample(TYPES, 5)} for number in range(600)]
    assert compare(document(evidence=many)) in ("left", "refused")
    assert remembered.compiler.count <= compiled.MAX_CONTEXTS
    assert compare(OPEN_BADGE) == "fast"  # all is forgotten, and the next document has room


def test_threads_remember_each_for_itself() -> None:
    wanted = {number: rdf.exact(achievement(number)) for number in range(20)}
    wrong: list[int] = []

    def work(seed: int) -> None:
        random = Random(seed)
        for _ in range(300):
            number = random.randrange(20)
            if fast.canonicalize(achievement(number)) != wanted[number]:
                wrong.append(number)

    threads = [threading.Thread(target=work, args=(seed,)) for seed in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert wrong == []


def test_a_fragment_that_is_too_large_is_not_kept() -> None:
    kept = Fragments(max_bytes=10_000)
    kept.put((1, "sha256", b"a"), value="small", size=100)
    kept.put((1, "sha256", b"b"), value="large", size=300_000)
    assert kept.get((1, "sha256", b"a")) == "small" and kept.get((1, "sha256", b"b")) is None
    kept.put((1, "sha256", b"c"), value="other", size=8_000)
    assert kept.get((1, "sha256", b"a")) is None and len(kept) == 1 and kept.size < 10_000


@pytest.mark.parametrize(
    ("one", "path"),
    [
        (document(termsOfUse=[{"id": f"urn:x:{number % 9}"} for number in range(5_000)]), "refused"),  # 5,001 objects
        (document(evidence=[{"id": f"urn:x:{number}", "type": "Evidence"} for number in range(4_998)]), "left"),
        (document(name=[f"n{number}" for number in range(9_998)]), "left"),  # 10,000 statements
        (document(name=[f"n{number}" for number in range(9_999)]), "refused"),
        (document(name=["n"] * 20_000), "left"),  # all the same one
        (document(evidence=[{"name": f"n{number}"} for number in range(2_000)]), "fast"),
        (document(evidence=[{"name": f"n{number}"} for number in range(2_001)]), "refused"),
    ],
    ids=["objects", "types", "statements", "too many statements", "the same", "unnamed", "too many unnamed"],
)
def test_the_limits_are_those_of_the_exact_path(one: Json, path: str) -> None:
    assert compare(one) == path
    assert compare(one) == path


def test_more_characters_than_the_exact_path_allows() -> None:
    """Each statement repeats the name: much said in few bytes."""
    assert compare(document(id="urn:" + "x" * 2_000, name=[f"n{number}" for number in range(3_000)])) == "fast"
    assert compare(document(id="urn:" + "x" * 2_000, name=[f"n{number}" for number in range(4_500)])) == "refused"


def named(number: int, *, said: int) -> Json:
    return {
        "id": f"urn:{number:02}:{'x' * 2_000}",
        "type": "Evidence",
        "genre": "g",
        "name": [f"{one}" for one in range(said)],
    }


@pytest.mark.parametrize(
    "one",
    [document(id="urn:" + "x" * 2_000, name=[f"{one}" for one in range(60_000)]), document(evidence=[named(1, said=60_000)]),
     document(evidence=[named(number, said=4_000) for number in range(20)])],
    ids=["itself", "one in it", "several in it"],
)  # fmt: skip
def test_long_names_before_many_statements_take_no_memory(remembered: Any, one: Json) -> None:
    """A few bytes a statement in the document would be 2,000 each in its form."""
    tracemalloc.start()
    try:
        assert [fast.canonicalize(one) for _ in range(5)] == 5 * [None]
        taken = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert taken < 50 * 2**20


def test_ten_thousand_long_statements_are_left_alone() -> None:
    """A name of 3,000 characters before each of many statements."""
    assert fast.canonicalize(document(credentialSubject={"id": "urn:" + "x" * 3_000, "type": "Profile"})) is None
    assert fast.canonicalize(document(type=["VerifiableCredential", "urn:" + "x" * 3_000])) is None
