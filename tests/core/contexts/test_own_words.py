"""Words that a document brings along count only where a conformance suite asks, and are never remembered."""

from __future__ import annotations

from typing import Any

import pytest

from credcore import contexts
from credcore.codec import rdf
from credcore.errors import CredcoreError
from credcore.formats import vcdm

Json = dict[str, Any]
EXAMPLES = "https://www.w3.org/ns/credentials/examples/v2"
WRITTEN = {"HatCredential": "https://words.example/#Hat"}


def document(*more: object, kind: str = "HatCredential", **members: Any) -> Json:
    return {
        "@context": [vcdm.V2, *more],
        "type": ["VerifiableCredential", kind],
        "credentialSubject": {"id": "urn:x:1"},
        **members,
    }


DIRECTED = document(kind="VerifiableCredential", name={"@value": "قبعة", "@language": "AR", "@direction": "rtl"})


@pytest.mark.parametrize(
    ("told", "code"),
    [
        (document(WRITTEN), "context.inline"),
        (document(EXAMPLES), "context.unknown"),
        (DIRECTED, "rdf.direction"),
    ],
)
def test_they_count_within_the_block_only(told: Json, code: str) -> None:
    for _ in range(2):
        with contexts.own_words():
            assert b"VerifiableCredential" in rdf.canonicalize(told)
        with pytest.raises(CredcoreError) as caught:
            rdf.canonicalize(told)
        assert caught.value.code == code


def test_what_is_signed_says_what_they_mean() -> None:
    with contexts.own_words():
        assert b"<https://words.example/#Hat>" in rdf.canonicalize(document(WRITTEN))
        assert b"<https://www.w3.org/ns/credentials/examples#HatCredential>" in rdf.canonicalize(document(EXAMPLES))
        assert '"قبعة"^^<https://www.w3.org/ns/i18n#ar_rtl>'.encode() in rdf.canonicalize(DIRECTED)


def test_one_document_leaves_nothing_for_the_next() -> None:
    other = {"HatCredential": "https://words.example/#Helmet"}
    with contexts.own_words():
        first, second = rdf.canonicalize(document(WRITTEN)), rdf.canonicalize(document(other))
        assert b"#Hat>" in first
        assert b"#Helmet>" in second
        with pytest.raises(CredcoreError, match="rdf"):
            rdf.canonicalize(document())


@pytest.mark.parametrize(
    ("told", "code"),
    [
        (document({"VerifiableCredential": "https://words.example/#Other"}), "context.redefined"),
        (document({"@import": "https://words.example/context"}), "context.unknown"),
        (document({"HatCredential": "https ://words.example/#Hat"}), "rdf.malformed"),
        (document({"@vocab": None}), "rdf.malformed"),
        (document(WRITTEN, colour="red"), "rdf.undefined_term"),
        (document("https://words.example/v1"), "context.unknown"),
        (document(7), "context.malformed"),
        (document(WRITTEN, evidence=[{"@context": [{}] * 17}]), "context.too_many"),
    ],
)
def test_everything_else_is_as_strict_as_ever(told: Json, code: str) -> None:
    with contexts.own_words(), pytest.raises(CredcoreError) as caught:
        rdf.canonicalize(told)
    assert caught.value.code == code


def test_depth_counts_in_written_contexts_too() -> None:
    deep: Any = {}
    for _ in range(60):
        deep = {"HatCredential": {"@id": "https://words.example/#Hat", "@context": deep}}
    with contexts.own_words(), pytest.raises(CredcoreError) as caught:
        rdf.canonicalize(document(deep))
    assert caught.value.code in ("json.too_deep", "context.too_many")
