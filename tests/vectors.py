"""Where the test data of public projects lies: SKILLMARK_VECTORS, or `shared/vectors` beside the checkout."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


def vectors_dir() -> Path:
    return Path(os.environ.get("SKILLMARK_VECTORS") or Path(__file__).parents[2] / "shared" / "vectors")


def vectors(name: str) -> Path:
    """The folder of one project's vectors; skips the test where it is absent."""
    folder = vectors_dir() / name
    if not folder.is_dir():
        pytest.skip(f"the public test vectors “{name}” are not on this machine")
    return folder
