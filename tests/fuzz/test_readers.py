"""Damaged things of every kind: nothing but our own errors leaves the library, and nothing damaged is good."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from credcore.codec import cwt, jose, strict_json
from credcore.errors import CredcoreError
from credcore.proofs import sd_jwt
from credcore.trust import TrustList, federation, files, registry, signed
from tests.core.proofs import COLLEGE, NOW
from tests.core.proofs import Answers as StoredAnswers
from tests.fuzz.seeds import Seed, check, is_good, says_something_new, seeds, trust
from tests.negative.families import sd_jwt as parts
from tests.negative.families import status_tokens
from tests.negative.making import dumps, token

# The same examples each time: a fault that is found by chance belongs into the corpus, where it stays found.
QUICK = settings(
    max_examples=400, deadline=None, derandomize=True, database=None, suppress_health_check=[HealthCheck.too_slow]
)

MARKS = [b"~", b".", b'"', b"}", b"{", b"\\u0000", b"null", b"e", b"=="]
edit = st.tuples(
    st.floats(0, 1, exclude_max=True),
    st.sampled_from(("set", "cut", "insert", "repeat", "end")),
    st.one_of(
        st.binary(min_size=1, max_size=6), st.sampled_from([b"~", b".", b'"', b"}", b"{", b"\\u0000", b"null", b"e", b"=="])
    ),
    st.integers(1, 120),
)


def damage(data: bytes, edits: list[tuple[float, str, bytes, int]]) -> bytes:
    """The bytes with each edit made at its place."""
    for place, kind, text, length in edits:
        at = int(place * len(data))
        if kind == "set":
            data = data[:at] + text + data[at + len(text) :]
        elif kind == "cut":
            data = data[:at] + data[at + length :]
        elif kind == "insert":
            data = data[:at] + text + data[at:]
        elif kind == "repeat":
            data = data[: at + length] + data[at:]
        else:
            data = data[:at]
    return data


def judge(data: bytes, seed: Seed) -> None:
    """Good only when it says nothing that its seed does not say."""
    for report in check(data, seed=seed):
        assert not (is_good(report) and seed.signed_whole and says_something_new(report, seed=seed)), report.document


def test_what_is_damaged_here_was_good() -> None:
    for seed in seeds():
        assert all(map(is_good, check(seed.data, seed=seed))), seed
    assert len(seeds()) > 100


@QUICK
@given(seed=st.sampled_from(seeds()), edits=st.lists(edit, min_size=1, max_size=4))
def test_damaged_files(seed: Seed, edits: list[tuple[float, str, bytes, int]]) -> None:
    judge(damage(seed.data, edits), seed)


@QUICK
@given(seed=st.sampled_from(seeds()), other=st.sampled_from(seeds()), cut=st.floats(0, 1), start=st.floats(0, 1))
def test_the_beginning_of_one_and_the_end_of_another(seed: Seed, other: Seed, cut: float, start: float) -> None:
    data = seed.data[: int(cut * len(seed.data))] + other.data[int(start * len(other.data)) :]
    for report in check(data, seed=seed):
        assert not is_good(report) or not says_something_new(report, seed=seed) or not says_something_new(report, seed=other)


WORDS = ["id", "@id", "@value", "did:web:x.example", "https://www.w3.org/ns/credentials/v2", "2026-01-01T00:00:00Z"]
NUMBERS = st.integers(-2, 2**53 - 1) | st.floats(allow_nan=False, allow_infinity=False)
leaf = st.one_of(st.none(), st.booleans(), NUMBERS, st.text(max_size=8), st.sampled_from(WORDS))
anything = st.recursive(
    leaf, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3), max_leaves=6
)
DOCUMENTS = tuple(seed for seed in seeds() if seed.data.startswith(b"{"))


@QUICK
@given(seed=st.sampled_from(DOCUMENTS), place=st.integers(0, 2**16), value=anything)
def test_one_value_of_a_document_replaced(seed: Seed, place: int, value: Any) -> None:
    document = json.loads(seed.data)
    places = list(_places(document))
    holder, key = places[place % len(places)]
    holder[key] = value
    judge(json.dumps(document).encode("utf-8", "surrogatepass"), seed)


names = st.one_of(st.text(max_size=10), st.text(max_size=4).map("@{}".format), st.sampled_from(["name", "urn:x:y", "@graph"]))


@QUICK
@given(seed=st.sampled_from(DOCUMENTS), place=st.integers(0, 2**16), name=names, value=anything)
@example(seed=DOCUMENTS[0], place=0, name="@", value="added")
def test_one_member_of_a_document_added(seed: Seed, place: int, name: str, value: Any) -> None:
    document = json.loads(seed.data)
    objects = [document, *(holder[key] for holder, key in _places(document) if isinstance(holder[key], dict))]
    objects[place % len(objects)].setdefault(name, value)
    judge(json.dumps(document).encode("utf-8", "surrogatepass"), seed)


def _places(value: Any) -> Any:
    """(container, key) of everything inside."""
    for key in list(value) if isinstance(value, dict) else range(len(value)):
        yield value, key
        if isinstance(value[key], dict | list):
            yield from _places(value[key])


ANSWERING = tuple(seed for seed in seeds() if seed.pages)


@QUICK
@given(seed=st.sampled_from(ANSWERING), which=st.integers(0, 9), edits=st.lists(edit, min_size=1, max_size=3))
def test_damaged_answers_of_other_computers(seed: Seed, which: int, edits: list[tuple[float, str, bytes, int]]) -> None:
    """Keys and lists: whatever comes back is a report about the file, never an error."""
    url = sorted(seed.pages)[which % len(seed.pages)]
    world = Seed(seed.name, seed.data, {**seed.pages, url: damage(seed.pages[url], edits)}, seed.signed_whole)
    check(seed.data, seed=world)


@QUICK
@given(data=st.one_of(st.binary(max_size=300), st.text(max_size=200).map(str.encode), anything.map(dumps)))
def test_any_bytes(data: bytes) -> None:
    assert not any(map(is_good, check(data, seed=seeds()[0])))


@QUICK
@given(header=anything, payload=anything)
def test_any_token(header: Any, payload: Any) -> None:
    judge(token(dumps(header), dumps(payload)), seeds()[0])


def _configuration() -> bytes:
    claims = {"iss": "https://anchor.example", "sub": "https://anchor.example", "iat": 1777000000, "exp": 1778000000}
    return token({"alg": "EdDSA", "typ": "entity-statement+jwt", "kid": "1"}, claims | {"jwks": {"keys": []}})


def _following() -> dict[str, tuple[bytes, Callable[[bytes], object]]]:
    """The readers of lists and tokens, each with something that it reads well."""
    ours = TrustList("Our list", trust().entries[:3])
    kept = signed.make(ours, signer=COLLEGE, now=NOW, until=NOW + timedelta(days=1))
    known = dumps([{"name": "Ours", "type": "dcc-legacy", "url": "https://college.example/registry.json"}])
    entries = dumps({"registry": {COLLEGE.did: {"name": "College"}}, "meta": {}})
    answers = StoredAnswers()

    def collect(data: bytes) -> object:
        page = StoredAnswers({"https://anchor.example/.well-known/openid-federation": data})
        return federation.collect("https://anchor.example", fetch=page, now=NOW)

    return {
        "files": (files.dumps(ours), files.parse),
        "signed": (kept, lambda data: signed.parse(data, keeper=COLLEGE.did, fetch=answers, now=NOW)),
        "registry": (entries, lambda data: registry.parse(data, name="r", source="s", fetched_at=NOW)),
        "registries": (known, registry.known),
        "entity": (_configuration(), lambda data: federation.entity_configuration(data, now=NOW)),
        "federation": (_configuration(), collect),
        "jose": (parts.GOOD.partition(b"~")[0], jose.parse),
        "sd-jwt": (parts.GOOD, sd_jwt.parse),
        "cwt": (next(case.good_pages or {} for case in status_tokens.cases() if "cbor" in case.name).popitem()[1], cwt.parse),
        "json": (seeds()[0].data, strict_json.loads),
    }


READERS = _following()


@pytest.mark.parametrize("name", READERS)
@settings(QUICK, max_examples=150)
@given(edits=st.lists(edit, max_size=4), other=st.none() | st.binary(max_size=200) | anything.map(dumps))
def test_readers_of_lists_and_tokens(name: str, edits: list[tuple[float, str, bytes, int]], other: bytes | None) -> None:
    good, read = READERS[name]
    try:
        read(damage(good, edits) if other is None else other)
    except CredcoreError as error:
        assert error.code
