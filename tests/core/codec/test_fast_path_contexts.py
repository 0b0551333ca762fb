"""The fast path under vocabularies that nobody publishes, each made to break one of the ways in which it is fast."""

from __future__ import annotations

import warnings
from collections import Counter
from random import Random
from typing import Any

import pytest

from credcore.codec.rdf import fast
from tests.core.codec import worlds
from tests.core.codec.paths import Pins, compare

Json = dict[str, Any]
WORDS: Json = {"id": "@id", "type": "@type", "a": "urn:a", "b": "urn:b", "T": "urn:T", "U": "urn:U"}
DOUBLE = "http://www.w3.org/2001/XMLSchema#double"


def under(pin: Pins, context: Json, **members: Any) -> str:
    """What becomes of a document in the words of a context, the same the second time."""
    one = {"@context": pin({**WORDS, **context}), "id": "urn:x:1", **members}
    first = compare(one)
    assert compare(one) == first
    return first


def scoped(name: str, **inner: Any) -> Json:
    return {"@id": name, "@context": inner}


def test_a_type_may_give_its_own_key_another_meaning(pin: Pins) -> None:
    changed = scoped("urn:T", type="urn:kind")
    assert under(pin, {"T": changed}, type="T", a="v") == "fast"
    assert under(pin, {"T": changed}, a={"type": ["T"], "b": "v"}) == "fast"
    assert under(pin, {"T": scoped("urn:T", type="@id", id=None)}, a={"type": "T", "b": "v"}) == "refused"
    assert under(pin, {"T": scoped("urn:T", kind="@type")}, a={"type": "T", "kind": "U", "b": "v"}) in ("left", "refused")
    assert under(pin, {"kind": "@type"}, a={"kind": "T", "type": "U", "b": "v"}) == "left"


def test_a_word_may_change_inside_its_own_context(pin: Pins) -> None:
    for inner in ({"a": {"@id": "urn:a", "@type": "@id"}}, {"a": {"@id": "urn:a", "@language": "en"}}, {"@language": "en"},
                  {"a": {"@reverse": "urn:a"}}, {"a": None}, {"a": {"@id": "urn:a", "@type": "urn:datatype"}},
                  {"@direction": "rtl"}, {"a": {"@id": "urn:a", "@type": "@json"}}, {"@base": "urn:b:"}):  # fmt: skip
        for value in ("urn:v", ["urn:v"], {"b": "v"}, [], 5, {"id": "urn:y"}):
            for coercion in ({}, {"@type": "@id"}, {"@type": "@vocab"}):
                assert under(pin, {"a": {**scoped("urn:a", **inner), **coercion}}, a=value) != "fast"
    assert under(pin, {"a": scoped("urn:a", c="urn:c")}, a={"c": "v", "b": ["w"]}) == "fast"


def test_a_scoped_vocabulary_of_values(pin: Pins) -> None:
    words = {"@id": "urn:a", "@type": "@vocab", "@context": {"one": "urn:w:1", "p": {"@id": "urn:p:", "@prefix": True}}}
    for value, path in (("one", "fast"), ("p:x", "fast"), ("other", "refused"), ("id", "refused"), ("_:b", "left")):
        assert under(pin, {"a": words}, a=value) == path
    assert under(pin, {"a": words, "@vocab": "urn:v:"}, a=["other", "one"]) == "fast"
    assert under(pin, {"a": {**words, "@type": "@id"}}, a="p:x") == "fast"


def test_contexts_that_pass_on_and_that_do_not(pin: Pins) -> None:
    stays = {"@propagate": True, "c": "urn:c"}
    goes = {"@propagate": False, "c": "urn:c"}
    deep = {"b": {"c": "v", "b": {"c": "w"}}}
    for kind in (stays, goes):
        for members in ({"type": "T", "c": "v", "a": deep}, {"a": {"type": "T", "c": "v", "b": {"c": "w"}}}, {"a": deep},
                        {"a": {"c": "v"}}, {"a": {"id": "urn:y"}}, {"a": {"c": "v", "b": {"id": "urn:z"}}}):  # fmt: skip
            under(pin, {"T": scoped("urn:T", **kind), "a": scoped("urn:a", **kind)}, **members)
    assert under(pin, {"T": scoped("urn:T", **stays)}, type="T", a={"b": {"c": "v"}}) == "fast"
    assert under(pin, {"T": scoped("urn:T", **goes)}, type="T", a={"b": {"c": "v"}}) == "refused"
    assert under(pin, {"@propagate": False}, a="v") == "refused"


def test_bare_references_and_value_objects_keep_the_context_of_the_type(pin: Pins) -> None:
    inner = {"p": {"@id": "urn:inner:", "@prefix": True}, "val": "@value", "c": "urn:c"}
    context = {"p": {"@id": "urn:outer:", "@prefix": True}, "T": scoped("urn:T", **inner)}
    for value, path in (({"id": "p:1"}, "left"), ({"val": "v"}, "left"), ({"val": "v", "type": "urn:d"}, "left"),
                        ({"id": "p:1", "b": "v"}, "fast"), ({"b": "v"}, "fast"),
                        ({"id": "p:1", "type": "U"}, "fast")):  # fmt: skip
        assert under(pin, context, type="T", a=value) == path
        assert under(pin, context, type="T", a=[value, {"b": "w"}]) == path
    assert under(pin, {"val": "@value"}, a={"val": "v"}) == "left"
    assert under(pin, {"a": scoped("urn:a", **inner, **{"@propagate": False})}, a={"id": "p:1"}) == "left"


def test_empty_and_void_contexts(pin: Pins) -> None:
    voids: list[Any] = [[], {}, None, [None], [{}, []]]
    for inner in voids:
        for members in ({"type": "T", "a": {"b": "v"}}, {"type": ["T", "U"], "a": "v"}, {"a": {"a": {"b": "v"}}},
                        {"b": {"b": {"a": "v"}}}):  # fmt: skip
            context = {"T": {"@id": "urn:T", "@context": inner}, "a": {"@id": "urn:a", "@context": inner},
                       "U": scoped("urn:U", b="urn:other"), "b": scoped("urn:b", a="urn:another")}  # fmt: skip
            under(pin, context, **members)


@pytest.mark.parametrize("container", ["@set", "@list", "@language", "@index", "@id", "@type", "@graph", ["@graph", "@id"]])
def test_containers(pin: Pins, container: Any) -> None:
    values: list[Any] = ["v", ["v", "v"], [], {}, {"en": "v"}, {"b": "v"}, [{"b": "v"}, "w"], {"urn:y": {"b": "v"}}, [[]],
                         [["v"]], {"@none": "v"}, {"T": {"b": "v"}}, None, [None], 5, {"id": "urn:y"},
                         ["v", {"b": ["w"]}]]  # fmt: skip
    for coercion in ({}, {"@type": "@id"}, {"@type": DOUBLE}, {"@type": "urn:datatype"}, {"@language": "en"}):
        for value in values:
            path = under(pin, {"a": {"@id": "urn:a", "@container": container, **coercion}}, a=value, b="w")
            assert container in ("@set", "@list") or path != "fast"


def test_lists_in_lists_and_things_in_lists(pin: Pins) -> None:
    context = {"a": {"@id": "urn:a", "@container": "@list"}}
    for value, path in ((["v", {"b": "w"}, {"a": ["x"]}], "fast"), ([], "fast"), ("v", "fast"), ({"b": "v"}, "fast"),
                        ([["v"]], "left"), ([[]], "left"), (["v", None], "refused"), ([{"a": []}, {"a": []}], "left"),
                        ([1, 1.5, True], "fast"), (["v", "v", "v"], "fast"),
                        ({"a": [{"a": [{"a": "v"}]}]}, "left")):  # fmt: skip
        assert under(pin, context, a=value) == path


def test_other_names_and_full_names(pin: Pins) -> None:
    context = {"p": {"@id": "urn:p:", "@prefix": True}, "q": "urn:q", "me": "@id", "@vocab": "urn:v:"}
    for members, path in (
        ({"a": {"me": "urn:y", "b": "v"}}, "fast"), ({"a": {"me": "urn:y", "id": "urn:z", "b": "v"}}, "refused"),
        ({"a": {"@id": "urn:y", "b": "v"}}, "left"), ({"p:c": "v"}, "refused"), ({"urn:c": "v"}, "refused"),
        ({"c": "v"}, "left"),
        ({"a": {"id": "p:1", "b": "v"}}, "fast"), ({"a": {"id": "q:1", "b": "v"}}, "fast"), ({"type": "p:T"}, "fast"),
        ({"a": {"id": "p://1", "b": "v"}}, "fast"), ({"a": {"id": ":1", "b": "v"}}, "refused"), ({"type": "New"}, "fast"),
        ({"a": {"id": "p:1 2", "b": "v"}}, "refused"), ({"a": {"id": "_:1", "b": "v"}}, "left"),
    ):  # fmt: skip
        assert under(pin, context, **members) == path, members


def test_protected_words(pin: Pins) -> None:
    context = {"@protected": True, "T": scoped("urn:T", a="urn:other"), "U": scoped("urn:U", **WORDS)}
    assert under(pin, context, type="T", a="v") == "refused"
    assert under(pin, context, type="U", a="v") in ("fast", "refused")
    assert under(pin, {**context, "b": scoped("urn:b", a="urn:other")}, b={"a": "v"}) == "fast"
    assert under(pin, {"@protected": True, "b": {"@id": "urn:b", "@context": None}}, b="v") != "fast"


def test_an_imported_context_is_refused_and_changes_no_other(pin: Pins) -> None:
    other = pin({"c": "urn:c"})
    imports = {"@version": 1.1, "@import": other}
    assert under(pin, imports, c="v", a="w") == "refused"
    assert under(pin, {"T": scoped("urn:T", **imports)}, type="T", c="v") == "refused"
    assert under(pin, {"a": scoped("urn:a", c="urn:c")}, a={"c": "v", "b": ["w"]}) == "fast"  # the same words as the other


def test_a_context_that_the_processor_stumbles_over(pin: Pins) -> None:
    assert under(pin, {"@vocab": None}, a="v") == "refused"  # a KeyError inside PyLD
    assert under(pin, {"T": scoped("urn:T", **{"@vocab": None})}, type="T", a="v") == "refused"


def test_each_budget_is_the_same(pin: Pins) -> None:
    """A type that costs the exact path much work, in as many objects as the fast path would find easy."""
    many = {f"w{number}": f"urn:w:{number}" for number in range(800)}
    context = {"T": scoped("urn:T", **many)}
    assert under(pin, context, a=[{"id": f"urn:y:{number}", "type": "T"} for number in range(20)]) == "fast"
    assert under(pin, context, a=[{"id": f"urn:y:{number}", "type": "T"} for number in range(80)]) == "refused"
    parts = [{"id": f"urn:y:{number}", "type": "T", "a": "v", "b": "w"} for number in range(80)]
    assert all(under(pin, context, a=one) == "fast" for one in parts[:3])
    assert under(pin, context, a=parts) == "refused"


def test_references_are_objects_too(pin: Pins) -> None:
    for count, path in ((4_998, "fast"), (4_999, "left"), (5_000, "refused")):
        assert under(pin, {}, a=[{"id": f"urn:y:{number % 9}"} for number in range(count)], b="v") == path


@pytest.mark.parametrize("seed", range(8))
def test_vocabularies_at_random(pin: Pins, seed: int) -> None:
    random, found = Random(seed), Counter[str]()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SyntaxWarning)
        for _ in range(10):
            urls = [pin(worlds.context(random)) for _ in range(random.choice([1, 1, 2]))]
            for _ in range(12):
                found[compare(worlds.document(random, urls))] += 1
    assert found["fast"] > 2 and found["left"] > 5, found
    assert fast._thread.compiler.count <= 256
