"""A name with “@” in front is a word of JSON-LD, or it is refused: never passed over. (JSON-LD 1.1, section 4.1.3)"""

from __future__ import annotations

import copy

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from pyld import jsonld

from credcore.codec import rdf
from credcore.errors import CredcoreError, UnsafeError
from tests.core.proofs import credential

GOOD = credential()


@pytest.mark.parametrize("path", [(), ("credentialSubject",), ("issuer",), ("credentialSubject", "achievement", "criteria")])
@settings(max_examples=40, deadline=None)
@given(rest=st.text(max_size=6))
@example(rest="")
@example(rest="1")
@example(rest="context2")
def test_no_name_that_only_looks_like_a_word_is_passed_over(path: tuple[str, ...], rest: str) -> None:
    assume(f"@{rest}" not in jsonld.KEYWORDS and ":" not in rest)
    changed = copy.deepcopy(GOOD)
    holder = changed
    for step in path:
        holder = holder[step]
    holder[f"@{rest}"] = "https://college.example/added"
    with pytest.raises(UnsafeError) as caught:
        rdf.canonicalize(changed)
    assert caught.value.code == "rdf.reserved"


@pytest.mark.parametrize("name", sorted({*jsonld.KEYWORDS} - {"@context"}))
def test_no_real_word_is_passed_over_either(name: str) -> None:
    """Each of them is refused, or it is part of what is signed."""
    before = rdf.canonicalize(GOOD)
    changed = GOOD | {name: "https://college.example/added"}
    try:
        assert rdf.canonicalize(changed) != before
    except CredcoreError as error:
        assert error.code
