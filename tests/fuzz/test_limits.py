"""No file of 1 MiB costs more than two seconds of work or 200 MB. What is measured: `tests/fuzz/costly.py`."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest

from tests.fuzz import costly

SECONDS, MEGABYTES = 2.0, 200.0
NAMES = [name for name, _, _ in costly.worst()]


@pytest.fixture(scope="module")
def costs() -> dict[str, dict[str, Any]]:
    """Measured once for all, in one process of its own that copies itself for each file."""
    ran = subprocess.run([sys.executable, "-m", "tests.fuzz.costly"], capture_output=True, text=True, check=True, timeout=110)
    return {one["name"]: one for one in map(json.loads, ran.stdout.splitlines())}


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="measured by copying a process")
@pytest.mark.parametrize("name", NAMES)
def test_within_the_limits(costs: dict[str, dict[str, Any]], name: str) -> None:
    cost = costs[name]
    assert 0 < cost["bytes"] <= costly.MIB
    assert cost["verdicts"] != ["killed"]
    assert cost["seconds"] <= SECONDS and cost["megabytes"] <= MEGABYTES, cost


def test_there_are_enough() -> None:
    assert len(NAMES) == len(set(NAMES)) >= 70
