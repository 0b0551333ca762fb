"""The unversioned contexts of Open Badges 3.0 and CLR 2.0 are the public ones, term for term, and sign what they should."""

from __future__ import annotations

import json

import pytest

from credcore import contexts
from credcore.contexts import openbadges30
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
