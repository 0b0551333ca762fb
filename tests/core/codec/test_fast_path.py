"""The fast path answers what the exact path answers, or nothing: by documents that are known, and by small hard ones."""

from __future__ import annotations

import copy
import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from credcore.codec import rdf
from credcore.codec.rdf import fast
from credcore.errors import BudgetError
from tests.core import proofs
from tests.core.codec.documents import OPEN_BADGE, VERIFIABLE, places
from tests.core.codec.paths import Pins, compare
from tests.vectors import vectors

Json = dict[str, Any]


def documents() -> Iterator[Json]:
    """Every JSON-LD document among the public test data."""
    for name in ("benchmark", "dcc", "one-edtech", "vc-di-eddsa", "vc-di-ecdsa", "openid4vci", "openid4vp"):
        for path in sorted(vectors(name).rglob("*.json")):
            try:
                value = json.loads(path.read_bytes())
            except ValueError:  # some are broken on purpose
                continue
            for one in value if isinstance(value, list) else [value]:
                if isinstance(one, dict) and "@context" in one:
                    yield one


def document(**more: Any) -> Json:
    return {**{key: copy.deepcopy(OPEN_BADGE[key]) for key in ("@context", "id", "type")}, **more}


def subject(**more: Any) -> Json:
    return document(credentialSubject={"type": "AchievementSubject", **more})


def test_the_benchmark_credential_takes_the_fast_path() -> None:
    folder = vectors("benchmark")
    plain = json.loads((folder / "credential.json").read_bytes())
    for _ in range(5):  # walked, kept, and remembered
        assert fast.canonicalize(plain) == (folder / "credential.nq").read_bytes()
    assert compare(plain) == compare(plain, hash_name="sha384") == "fast"
    assert fast.canonicalize(plain) != fast.canonicalize(plain, hash_name="sha384")


def test_public_documents() -> None:
    found = Counter[str]()
    for one in documents():
        for part in (one, {key: item for key, item in one.items() if key != "proof"}):
            found[compare(part)] += 1
            found[compare(part, hash_name="sha384")] += 1
    assert found["fast"] > 100 and found["refused"] > 50 and found["left"] > 20, found


def test_our_own_documents() -> None:
    signed = proofs.signed()
    status = json.loads(proofs.status_list({1, 7}))
    unsigned = [proofs.credential(), {key: value for key, value in status.items() if key != "proof"}]
    options = {"@context": signed["@context"], **signed["proof"]}
    options.pop("proofValue")
    assert [compare(one) for one in (*unsigned, options, OPEN_BADGE)] == 4 * ["fast"]
    assert [compare(one) for one in (signed, status, VERIFIABLE)] == 3 * ["left"]  # a proof stands in a graph of its own


@pytest.mark.filterwarnings("ignore::SyntaxWarning")  # PyLD's word on look-alike keywords
def test_the_suite_with_its_contexts_pinned(pin: Pins) -> None:
    folder = vectors("json-ld")
    found = Counter[str]()
    for entry in json.loads((folder / "toRdf-manifest.jsonld").read_bytes())["sequence"]:
        path = folder / entry["input"]
        value = json.loads(path.read_bytes()) if path.is_file() and path.suffix in (".jsonld", ".json") else None
        if not isinstance(value, dict) or "@context" not in value:
            continue
        named = value["@context"] if isinstance(value["@context"], list) else [value["@context"]]
        if all(isinstance(one, dict) for one in named):
            found[compare({**value, "@context": [pin(one) for one in named]})] += 1
    assert found["fast"] > 15 and found["left"] > 80, found


def test_contexts_in_every_order() -> None:
    first, second, third = OPEN_BADGE["@context"]
    for names in (
        [first, third, second],
        [second, first],
        [first],
        [second],
        [first, first, second],
        first,
        [],
        None,
        [[first]],
    ):
        assert compare({**OPEN_BADGE, "@context": names}) in ("fast", "left", "refused")
    assert compare({**OPEN_BADGE, "@context": [first, second, *14 * [third]]}) == "fast"
    assert compare({**OPEN_BADGE, "@context": [first, second, *15 * [third]]}) == "refused"


NUMBERS = [1, 1.0, True, 0, -0.0, 0.0, False, 2.5, 1e20, 1e21, 10**21, -(10**21), 10**20, 5e-324, 1.7976931348623157e308,
           2**1023, 2**1024, -(2**1023), 10**400, float("nan"), float("inf"), float("-inf"), 2**53 + 1]  # fmt: skip


@pytest.mark.parametrize("number", NUMBERS, ids=lambda number: repr(number)[:24])
def test_numbers(number: Any) -> None:
    for one in (subject(achievement={"name": number, "id": "urn:a:1", "type": "Achievement", "inLanguage": number}),
                document(name=number, description=[number, str(number)]), subject(creditsEarned=number)):  # fmt: skip
        compare(one)
        compare(one)


def test_look_alike_numbers_never_share_a_fragment() -> None:
    """1, 1.0 and True are equal to Python, and so are 0 and -0.0."""
    made = {}
    for number in (1, True, 1.5, 0, False, -0.0, 2, 2.0):
        one = subject(achievement={"id": "urn:a:1", "type": "Achievement", "name": number, "description": "d"})
        assert compare(one) == "fast"
        made[repr(number)] = fast.canonicalize(one)
    assert made["1"] != made["True"] != made["0"] and made["0"] == made["-0.0"] != made["False"] and made["2"] == made["2.0"]


def test_every_control_character_and_what_is_no_character() -> None:
    odd = [*range(0x20), 0x22, 0x5C, 0x7F, 0x80, 0x9F, 0xA0, 0x2028, 0xFEFF, 0xFFFD, 0xFFFE, 0xFFFF, 0x1F600, 0x10FFFF]
    for code in odd:
        text = f"a{chr(code)}b"
        assert compare(document(name=text)) == "fast"
        assert (
            compare(subject(achievement={"id": "urn:a:1", "type": "Achievement", "name": text, "description": text})) == "fast"
        )
        for one in (document(name="x", id=f"urn:x:{text}"), document(name="x", type=[f"urn:x:{text}"]), document(**{text: 1})):
            compare(one)


@pytest.mark.parametrize("half", ["\ud800", "\udfff", "\ud83d\ude00", "a\udc00"])
def test_surrogates(half: str) -> None:
    achievement = {"id": "urn:a:1", "type": "Achievement", "name": half, "description": "d"}
    for one in (document(name=half), subject(achievement=achievement), document(id=f"urn:{half}", name="n"),
                document(type=[half]), document(**{half: "n"}), document(type=[f"urn:{half}"], name="n")):  # fmt: skip
        assert compare(one) == "refused"
        assert compare(one) == "refused"  # the second time all that could be remembered is
    assert compare(subject(achievement=achievement | {"name": "\U0001f600"})) == "fast"


ODD: list[Any] = [
    None, "", [], {}, [[]], [None], [[["a"]]], {"id": "urn:x"}, {"@id": "urn:x"}, {"type": "Profile"}, {"type": []},
    {"id": None}, {"id": "urn:x", "type": []}, {"@value": "v"}, {"@value": None}, {"@list": ["a"]}, {"@set": []},
    {"@type": "Profile"},
    {"id": "urn:x", "@id": "urn:y"}, {"type": "Profile", "@type": "Profile"}, {"id": "_:b"}, {"id": "relative"}, {"id": ""},
    {"type": ["Profile", "Profile"]}, {"type": "Unknown"}, {"type": "id"}, {"type": "@json"}, {"type": "_:b"}, {"type": {}},
    {"@context": None}, {"@context": "https://www.w3.org/ns/credentials/v2"}, {"@graph": []}, {"@nest": {}}, {"@none": 1},
    {"name": "a", "id": "urn:x"}, {"https://schema.org/name": "a"}, {"@included": {}}, {"@index": "a"}, {"@reverse": {}},
    {"id": ["urn:x"]}, {"id": 5}, {"type": 5}, {"type": [5]}, {"type": None}, {"id": "@type"}, {"id": "@foo"},
    {"id": "@foo:b"}, {"name": {"name": {"name": "a"}}}, {1: 2}, {"": 1}, {None: 1}, b"bytes", ("a",), {"a", "b"}, 1j, object,
]  # fmt: skip


def test_odd_values_in_every_place() -> None:
    changed = [(holder, key) for holder, key in places(OPEN_BADGE) if key != "@context"]
    for number, (holder, key) in enumerate(changed):
        whole = holder[key]
        try:
            for value in ODD[number % 6 :: 6]:
                for holder[key] in (value, [whole, value]):
                    compare(OPEN_BADGE)
        finally:
            holder[key] = whole


@pytest.mark.parametrize("value", [None, [], "text", 5, {"@context": 5}, {"@context": {}}, {"@context": [{}]}, {"name": "n"}])
def test_what_is_no_document(value: Any) -> None:
    assert compare(value) == "refused"


def test_only_known_hashes() -> None:
    for name in ("md5", "sha512", "SHA256", ""):
        assert compare(OPEN_BADGE, hash_name=name) == "refused"


def test_alike_things_are_left_to_the_exact_path() -> None:
    twins = [{"type": ["Result"], "value": "3"}, {"type": ["Result"], "value": "3"}]
    criteria = {"id": "urn:a:1", "type": "Achievement", "name": "n", "description": "d", "criteria": {"narrative": "x"}}
    assert compare(subject(result=twins)) == "left"
    assert compare(subject(achievement=[criteria, criteria])) == "left"  # one thing named twice, with two unnamed ones
    named = {"id": "urn:a:1", "type": "Achievement", "name": "n", "description": "d"}
    assert compare(subject(achievement=[named, named])) == "fast"
    assert compare(subject(achievement=[named, named | {"name": "m"}], id="urn:a:1")) == "fast"


def test_a_subtree_means_what_its_place_says() -> None:
    """Equal bytes under other words, other types and other contexts."""
    thing = {"id": "urn:a:1", "type": ["Profile"], "name": "N", "description": "D"}
    for names in (OPEN_BADGE["@context"], OPEN_BADGE["@context"][:2]):
        for _ in range(2):
            for kind in ("issuer", "evidence", "credentialSubject", "credentialSchema", "relatedResource", "termsOfUse"):
                compare({**document(**{kind: thing}), "@context": names})
            for kind in ("AchievementSubject", "Profile", "Achievement"):
                compare({**document(credentialSubject={"type": kind, "id": "urn:s", "achievement": thing, "source": thing,
                                                       "creator": thing, "name": "n"}), "@context": names})  # fmt: skip


def test_the_two_paths_take_the_budget_alike() -> None:
    with pytest.raises(BudgetError):
        rdf.canonicalize(OPEN_BADGE, budget=rdf.Budget(quads=5))
