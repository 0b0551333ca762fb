"""A firm for the commands, made once: migrating takes seconds."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.docs.test_tutorial import SET_UP


@pytest.fixture(scope="session")
def firm_to_copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a firm in it. Copy it; nobody writes into this one."""
    from tests.cli.test_commands import environment, run

    folder = tmp_path_factory.mktemp("firm")
    assert run(folder, "migrate").returncode == 0
    (folder / "set_up.py").write_text(SET_UP)
    subprocess.run([sys.executable, "set_up.py"], cwd=folder, env=environment(), check=True, timeout=60)
    return folder
