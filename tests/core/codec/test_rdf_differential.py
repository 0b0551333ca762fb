"""Public credentials and small graphs against pyoxigraph, which shares no line with us: the same bytes, or refused by us.

pyoxigraph drops in silence what has no meaning, so it can say what the statements of an accepted document are, not what
must be refused; the tests of contexts and of the two paths do that. Thousands of changed credentials go through all
engines in tests/fuzz/test_canonical.py.
"""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from credcore.codec import rdf
from credcore.errors import CredcoreError
from tests.core.codec import engines
from tests.core.codec.documents import OPEN_BADGE, VERIFIABLE
from tests.core.codec.mutations import mutated
from tests.core.codec.test_fast_path import documents


def _same_or_refused(document: Any) -> bool:
    try:
        ours = rdf.canonicalize(document)
    except CredcoreError:
        return False
    quads = rdf.to_quads(document)
    if not any(quad[3] for quad in quads):  # of unnamed graphs pyoxigraph is no judge
        assert engines.pyoxigraph_labels(quads) == ours
        assert engines.pyoxigraph(document) in (ours, None)
    assert engines.pyld(document) == ours
    return True


@pytest.mark.parametrize("document", [OPEN_BADGE, VERIFIABLE], ids=["open badge", "verifiable credential"])
def test_our_own_credentials_agree(document: Any) -> None:
    assert _same_or_refused(document)


def test_public_credentials() -> None:
    chance, accepted = Random(8), 0
    for document in documents():
        for one in (document, {key: value for key, value in document.items() if key != "proof"}):
            accepted += _same_or_refused(one) + _same_or_refused(mutated(one, chance))
    assert accepted > 60  # the comparison means nothing if all are refused


@given(edges=st.lists(st.tuples(st.integers(0, 6), st.sampled_from("pq"), st.integers(0, 8), st.integers(0, 2)), max_size=14))
@settings(max_examples=300, deadline=None)
def test_small_graphs_of_look_alikes(edges: list[tuple[int, str, int, int]]) -> None:
    def term(number: int) -> str:
        return f"_:n{number}" if number < 7 else f"<urn:x:{number}>"

    graphs = ["", "<urn:g>", "<urn:h>"]  # named ones: of unnamed ones pyoxigraph is no judge
    quads = [(term(s), f"<urn:{p}>", term(o), graphs[g]) for s, p, o, g in edges]
    assert rdf.canonicalize_quads(quads).nquads == engines.pyoxigraph_labels(quads)
