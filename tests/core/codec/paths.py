"""Both paths from a document to its canonical form, side by side."""

from __future__ import annotations

import hashlib
import itertools
import json
from pathlib import Path
from typing import Any

from credcore import contexts
from credcore.codec import rdf
from credcore.codec.rdf import fast
from credcore.errors import CredcoreError

_numbers = itertools.count()


def compare(document: Any, *, hash_name: str = "sha256") -> str:
    """`fast` where the fast path answered, else `left` to the exact one, or `refused` by it. Fails where they differ.

    It is asked five times: a part is walked when it is met, kept when it comes again and again, and then remembered.
    """
    quick = fast.canonicalize(document, hash_name=hash_name)
    assert all(fast.canonicalize(document, hash_name=hash_name) == quick for _ in range(4))
    try:
        exact = rdf.exact(document, hash_name=hash_name)
    except CredcoreError as error:
        assert quick is None, f"the exact path says {error}"
        return "refused"
    assert quick is None or quick == exact
    return "left" if quick is None else "fast"


class Pins:
    """Contexts of a test, each under an address of its own, as processed ones are remembered by address."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.urls: list[str] = []

    def __call__(self, context: Any) -> str:
        """The address under which it is pinned now."""
        url = f"https://contexts.example/{next(_numbers)}"
        path = self.folder / f"{len(self.urls)}.json"
        data = json.dumps({"@context": context}).encode()
        path.write_bytes(data)
        contexts.add(url=url, path=path, sha256=hashlib.sha256(data).hexdigest())
        self.urls.append(url)
        return url

    def forget(self) -> None:
        for url in self.urls:
            contexts._added.pop(url)
        contexts.load.cache_clear()
