"""The two vocabularies of the published examples, which the library does not pin: brought for a test, then forgotten."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from credcore import contexts
from credcore.codec.rdf import fast
from tests.core.suites_sd import citizenship

EXAMPLES = "https://www.w3.org/ns/credentials/examples/v2"
_WORDS = "https://www.w3.org/ns/credentials/examples#"


@pytest.fixture
def example_words(tmp_path: Path) -> Iterator[None]:
    """The words of the alumni and the citizenship examples."""
    data = json.dumps({"@context": {word: _WORDS + word for word in ("AlumniCredential", "alumniOf")}}).encode()
    path = tmp_path / "examples.json"
    path.write_bytes(data)
    new = [url for url in (EXAMPLES, citizenship.URL) if not contexts.is_pinned(url)]
    contexts.add(url=EXAMPLES, path=path, sha256=hashlib.sha256(data).hexdigest())
    citizenship.bring(tmp_path)
    yield
    for url in new:
        contexts._added.pop(url)
    contexts.load.cache_clear()
    fast._thread.__init__()  # type: ignore[misc]  # what was compiled of them is forgotten, too
