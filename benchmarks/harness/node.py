"""The libraries of others in Node, as the tests of interoperability install them."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from credcore import contexts

ROOT = Path(__file__).parents[2]
CALLS, TURNS = 25, 15


def seconds(*requests: dict[str, Any]) -> float | None:
    """Of the last request there, after the others; None where Node or its libraries are not on this machine."""
    sys.path.insert(0, str(ROOT))
    from tests.interop.node_side import OtherSide, install

    try:
        install()
    except pytest.skip.Exception:
        return None
    with OtherSide() as side:
        side.ask("learn", documents={pin.url: contexts.load(pin.url) for pin in contexts.pinned()})
        for request in requests:
            answer = side.ask(**request)
            assert answer is not None, "the other library says no"
        return float(side.ask("measure", request=requests[-1], calls=CALLS, turns=TURNS)) / 1e3
