"""Contexts that a test writes itself, and that are forgotten afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.core.codec.paths import Pins


@pytest.fixture
def pin(tmp_path: Path) -> Iterator[Pins]:
    pins = Pins(tmp_path)
    yield pins
    pins.forget()
