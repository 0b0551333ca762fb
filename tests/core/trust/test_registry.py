"""Registry JSON of the kind that the Digital Credentials Consortium publishes."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credcore.codec import strict_json
from credcore.errors import CredcoreError, MalformedError
from credcore.trust import TrustEntry, TrustList, registry
from credcore.trust.registry import Kind, Known
from tests.core.proofs import NOW

URL = "https://registry.example/registry.json"
GIVERS: dict[str, Any] = {
    "did:web:college.example": {"name": "Prairie Valley College", "location": "Rivertown", "url": "https://college.example"},
    "did:key:z6MkgPBJwKZD8FeFYpps9opan1VdVAeo8EvzJc15BofGujkV": {"name": "Tool Shop"},
}


def _parse(value: Any) -> TrustList:
    return registry.parse(strict_json.dumps(value), name="Sandbox", source=URL, fetched_at=NOW)


def test_a_registry_becomes_a_list() -> None:
    read = _parse({"meta": {"created": "2022-10-27"}, "registry": GIVERS})
    shop = "did:key:z6MkgPBJwKZD8FeFYpps9opan1VdVAeo8EvzJc15BofGujkV"
    college = TrustEntry("did:web:college.example", "Prairie Valley College", source=URL)
    assert read == TrustList("Sandbox", (college, TrustEntry(shop, "Tool Shop", source=URL)), source=URL, fetched_at=NOW)


@pytest.mark.parametrize(
    "bad",
    [
        {"did:web:a.example": {}},
        {"did:web:a.example": {"name": ""}},
        {"did:web:a.example": {"name": ["A"]}},
        {"did:web:a.example": "A"},
        {"http://a.example": {"name": "A"}},
        {"A": {"name": "A"}},
        {"did:web:" + "a" * 2048: {"name": "A"}},
    ],
)
def test_a_giver_that_cannot_be_read_is_left_out_and_counted(bad: dict[str, Any]) -> None:
    read = _parse({"registry": GIVERS | bad})
    assert len(read.entries) == 2 and read.left_out == 1


@pytest.mark.parametrize(
    "value",
    [[], {}, {"registry": []}, {"registry": None}, {"entries": GIVERS}, {"registry": {str(n): 1 for n in range(20_001)}}],
)
def test_another_thing_is_refused(value: Any) -> None:
    with pytest.raises(MalformedError, match=r"^trust\.malformed"):
        _parse(value)


def test_the_same_giver_twice_is_refused() -> None:
    data = b'{"registry":{"did:web:a.example":{"name":"A"},"did:web:a.example":{"name":"B"}}}'
    with pytest.raises(MalformedError, match=r"^json\.duplicate_key"):
        registry.parse(data, name="N", source=URL, fetched_at=NOW)


KNOWN: list[Any] = [
    {"name": "Members", "type": "oidf", "trustAnchorEC": "https://anchor.example/.well-known/openid-federation"},
    {"name": "Sandbox", "type": "dcc-legacy", "url": URL},
    {"name": "Before there were two kinds", "url": "https://old.example/registry.json"},
    {"name": "A kind of tomorrow", "type": "vc-recognition", "url": "https://new.example"},
]


def test_a_list_of_registries_is_read_in_its_order() -> None:
    assert registry.known(strict_json.dumps(KNOWN)) == (
        Known("Members", Kind.FEDERATION, "https://anchor.example"),
        Known("Sandbox", Kind.REGISTRY, URL),
        Known("Before there were two kinds", Kind.REGISTRY, "https://old.example/registry.json"),
    )


@pytest.mark.parametrize(
    "value",
    [
        {},
        ["Sandbox"],
        [{"url": URL}],
        [{"name": "", "url": URL}],
        [{"name": "N", "url": "http://registry.example"}],
        [{"name": "N", "type": "oidf", "url": "https://anchor.example"}],
        [{"name": "N", "type": "dcc-legacy", "trustAnchorEC": "https://anchor.example"}],
        [KNOWN[1]] * 101,
    ],
)
def test_a_list_of_registries_that_is_none(value: Any) -> None:
    with pytest.raises(MalformedError, match=r"^trust\.malformed"):
        registry.known(strict_json.dumps(value))


ANY = st.recursive(
    st.none() | st.integers(0, 3) | st.sampled_from(["oidf", "dcc-legacy", "https://a.example", "did:web:a", ""]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["registry", "name", "type", "url", "trustAnchorEC", "did:web:a"]), inner, max_size=4
        )
    ),
    max_leaves=10,
)


@given(ANY.map(strict_json.dumps) | st.binary(max_size=60))
def test_only_our_errors_leave_the_parsers(data: bytes) -> None:
    for read in (lambda: registry.known(data), lambda: registry.parse(data, name="N", source=URL, fetched_at=NOW)):
        try:
            read()
        except CredcoreError as error:
            assert error.code.partition(".")[0] in ("trust", "json")
