"""The Node process that the tests of one file share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from credcore import contexts

from .node_side import OtherSide, install


@pytest.fixture(scope="module")
def other() -> Iterator[OtherSide]:
    """Foreign JavaScript libraries that know our pinned contexts and nothing else of the network."""
    install()
    with OtherSide() as side:
        side.ask("learn", documents={pin.url: contexts.load(pin.url) for pin in contexts.pinned()})
        yield side
