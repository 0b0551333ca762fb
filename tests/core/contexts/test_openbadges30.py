"""The unversioned contexts of Open Badges 3.0 and CLR 2.0 are the public ones, term for term, and sign what they should."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from credcore import contexts, proofs
from credcore.contexts import openbadges30
from credcore.errors import SignatureMismatch
from credcore.keys import multikey
from tests.vectors import vectors

PUBLIC = {
    "https://purl.imsglobal.org/spec/ob/v3p0/context.json": "ob-v3p0.json",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json": "ob-v3p0-3.0.1.json",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json": "ob-v3p0-3.0.2.json",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json": "ob-v3p0-3.0.3.json",
    "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json": "ob-v3p0-extensions.json",
    "https://purl.imsglobal.org/spec/clr/v2p0/context.json": "clr-v2p0.json",
    "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json": "clr-v2p0-2.0.1.json",
}


@pytest.mark.parametrize("url", PUBLIC)
def test_the_terms_are_the_public_ones(url: str) -> None:
    public = json.loads((vectors("one-edtech") / "contexts" / PUBLIC[url]).read_bytes())
    assert contexts.load(url) == public


def test_both_unversioned_ones_are_compared() -> None:
    assert openbadges30.CONTEXTS.keys() <= PUBLIC.keys()


def proofs_inside(value: Any) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Each signed document in a document, with its proof."""
    if isinstance(value, dict):
        for proof in value.get("proof", []) if isinstance(value.get("proof"), list) else [value.get("proof")]:
            if isinstance(proof, dict):
                yield value, proof
        value = list(value.values())
    for inner in value if isinstance(value, list) else ():
        yield from proofs_inside(inner)


@pytest.mark.parametrize(
    ("name", "signed"),
    [("clr20/complex.json", 8), ("clr20/simple_v1.json", 8), ("clr20/simple.json", 2), ("ob30/simple_v1.json", 1)],
)
def test_public_signatures_over_them_fit(name: str, signed: int) -> None:
    """The samples name their key in the fragment. One changed word in what these contexts define, and none would fit."""
    document = json.loads((vectors("one-edtech") / name).read_bytes())
    found = list(proofs_inside(document))
    assert len(found) == signed
    for inside, proof in found:
        key = multikey.decode(proof["verificationMethod"].rpartition("#")[2].removeprefix("did:key:"))
        proofs.find(proof)(document=inside, proof=proof, key=key)
        with pytest.raises(SignatureMismatch):
            proofs.find(proof)(document=inside | {"name": "Another name"}, proof=proof, key=key)
