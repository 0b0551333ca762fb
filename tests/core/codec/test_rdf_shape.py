"""What is refused before any of it is expanded, because expanding it would cost too much."""

from __future__ import annotations

from time import process_time
from typing import Any

import pytest

from credcore.codec import rdf
from credcore.codec.rdf import shape
from credcore.errors import BudgetError, MalformedError
from credcore.formats import openbadges3, vcdm
from tests.patience import BUSY

Json = dict[str, Any]


def document(**more: Any) -> Json:
    return {"@context": [vcdm.V2, openbadges3.CONTEXT], "id": "urn:x:1", "type": ["VerifiableCredential"], **more}


def objects(count: int) -> Json:
    """A document of so many objects, itself among them."""
    return document(evidence=[{"type": ["Evidence"], "narrative": f"Seen {number}."} for number in range(count - 1)])


def test_objects_are_counted_in_every_place() -> None:
    shape.check(objects(shape.MAX_OBJECTS))
    for one in (objects(shape.MAX_OBJECTS + 1), document(evidence=[[{"name": [{}] * shape.MAX_OBJECTS}]])):
        with pytest.raises(BudgetError, match=r"rdf\.budget"):
            shape.check(one)


def test_contexts_are_counted_in_one_place_and_in_all() -> None:
    many = [{"@context": vcdm.V2} for _ in range(shape.MAX_CONTEXTS)]
    shape.check(document(evidence=many[1:]))
    for one in (document(evidence=many), {"@context": [vcdm.V2] * 17}):
        with pytest.raises(BudgetError, match=r"context\.too_many"):
            shape.check(one)


def test_depth_is_counted() -> None:
    value: Any = "deep"
    for _ in range(shape.MAX_DEPTH - 2):
        value = [value]
    shape.check(document(evidence=value))
    with pytest.raises(MalformedError, match=r"json\.too_deep"):
        shape.check(document(evidence=[[value]]))


@pytest.mark.parametrize("count", [shape.MAX_OBJECTS, 2 * shape.MAX_OBJECTS])
def test_a_document_full_of_objects_is_answered_in_time(count: int) -> None:
    begun = process_time()
    with pytest.raises(BudgetError):
        rdf.canonicalize(objects(count))
    assert process_time() - begun < 2 * BUSY
