"""Where engines were found to say different things, and what we say there. The fuzzer leaves these few out."""

from __future__ import annotations

from typing import Any

import pytest

from credcore.codec import rdf
from credcore.errors import CredcoreError, UnsafeError
from tests.core.codec import engines
from tests.core.codec.documents import VERIFIABLE
from tests.core.codec.paths import Pins, compare
from tests.core.codec.test_fast_path import document, subject


@pytest.mark.parametrize("proof", ["did:example:1", "_:b0", {}, {"id": "did:example:1"}, ["did:example:1"], {"type": []}])
def test_a_mere_name_in_a_graph_of_its_own_is_refused(proof: Any) -> None:
    """No statement says it, so it could be changed without breaking a signature. jsonld.js refuses it in safe mode."""
    with pytest.raises(UnsafeError, match=r"rdf\."):
        rdf.to_quads({**VERIFIABLE, "proof": proof})


def test_a_presentation_of_mere_names_is_refused() -> None:
    named = {"@context": VERIFIABLE["@context"], "type": "VerifiablePresentation", "verifiableCredential": "urn:x:1"}
    with pytest.raises(UnsafeError, match=r"rdf\.dropped_value: urn:x:1"):
        rdf.canonicalize(named)


@pytest.mark.parametrize(
    "more", [{"type": "Image"}, {"@type": "Image"}, {"type": ["Image"], "caption": "c"}, {"id": "urn:x:1"}]
)
@pytest.mark.parametrize("holder", ["@list", "@set"])
def test_nothing_stands_beside_a_list(holder: str, more: Any) -> None:
    """PyLD lets it pass when a type is among it, and no statement would say it. jsonld.js refuses it."""
    with pytest.raises(CredcoreError, match=r"rdf\.(dropped_value|malformed|unsupported)"):
        rdf.canonicalize(subject(achievement={holder: ["urn:x:2"], **more}))
    assert rdf.canonicalize(subject(achievement={holder: ["urn:x:2"]}))


def test_a_word_that_turns_into_a_keyword_inside_its_own_context(pin: Pins) -> None:
    """Once an AttributeError or a TypeError."""
    for keyword in ("@id", "@type"):
        for container in ("@graph", "@set", "@list"):
            url = pin({"a": {"@id": "urn:a", "@container": container, "@context": {"a": keyword}}})
            for value in ("urn:v", 5, True, ["urn:v"], {"a": "urn:v"}):
                assert compare({"@context": url, "a": value}) != "fast"


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (1e-7, '"1.0E-7"^^<http://www.w3.org/2001/XMLSchema#double>'),  # jsonld.js 9: 0, as it looks for a point in the text
        (5e-324, '"4.940656458412465E-324"^^<http://www.w3.org/2001/XMLSchema#double>'),  # pyoxigraph: 5.0E-324
        (1e20, '"100000000000000000000"^^<http://www.w3.org/2001/XMLSchema#integer>'),  # pyoxigraph: 1.0E20
        (2**53 + 1, '"9007199254740993"^^<http://www.w3.org/2001/XMLSchema#integer>'),  # JavaScript: …992
    ],
    ids=str,
)
def test_numbers(number: Any, text: str) -> None:
    """JSON-LD 1.1 API, section 8.2.2: `%1.15E` without its last zeroes, whole numbers below 1e21 as they are."""
    assert text.encode() in rdf.canonicalize(document(name=number))
    assert engines.pyld(document(name=number)) == rdf.canonicalize(document(name=number))


def test_what_is_no_character_of_xml_is_escaped() -> None:
    """RDFC-1.0, section 5. rdf-canonize 5 leaves the last two as they are; pyoxigraph escapes them as we do."""
    made = rdf.canonicalize(document(name="\x0b\x7f\ufffe\uffff"))
    assert b'"\\u000B\\u007F\\uFFFE\\uFFFF"' in made
    assert engines.pyoxigraph(document(name="\x0b\x7f\ufffe\uffff")) == made


def test_a_statement_is_said_once() -> None:
    """An RDF dataset is a set. jsonld.js 9 says it twice when its object is the empty list."""
    thing = {"id": "urn:x:2", "type": "AchievementSubject", "activityEndDate": {"@list": []}}
    both = document(credentialSubject=[thing, thing])
    assert rdf.canonicalize(both) == engines.pyoxigraph(both)
    assert rdf.canonicalize(both).count(b"activityEndDate") == 1


def test_the_contexts_of_two_types_end_with_their_object() -> None:
    """JSON-LD 1.1 API, section 4.1.2: what does not propagate falls back to what was there before all of them."""
    inner = {"type": ["RubricCriterionLevel"], "name": "Alone", "level": "3"}
    both = subject(achievement={"type": ["Achievement", "ResultDescription"], "rubricCriterionLevel": [inner], "name": "n"})
    assert compare(both) == "fast"
    assert engines.pyld(both) == rdf.canonicalize(both)
    assert b'/vocab.html#level> "3"' in rdf.canonicalize(both)
    assert engines.pyoxigraph(both) is None  # it drops the level
