"""A software device for keys (SoftHSM2), fresh for the tests that ask for one."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from credcore.keys.pkcs11 import Device

_LIBRARIES = ("/usr/lib/softhsm/libsofthsm2.so", "/usr/lib64/softhsm/libsofthsm.so", "/usr/local/lib/softhsm/libsofthsm2.so",
              "/opt/homebrew/lib/softhsm/libsofthsm2.so")  # fmt: skip
TOKEN, PIN = "skillmark-test", "8264"


def soft_device(folder: Path) -> Iterator[Device]:
    """A token in `folder`. SoftHSM reads its settings once a process, so there is one folder a process.

    Skips where the package is not installed; tests/get-softhsm.sh installs it.
    """
    tool = shutil.which("softhsm2-util")
    module = next((path for path in _LIBRARIES if Path(path).exists()), None)
    if tool is None or module is None:
        pytest.skip("SoftHSM2 is not installed, and its package could not be had")
    tokens = folder / "tokens"
    tokens.mkdir()
    settings = folder / "softhsm2.conf"
    settings.write_text(f"directories.tokendir = {tokens}\nobjectstore.backend = file\nlog.level = ERROR\n")
    os.environ["SOFTHSM2_CONF"] = str(settings)
    made = subprocess.run(
        [tool, "--init-token", "--free", "--label", TOKEN, "--so-pin", "0000", "--pin", PIN], capture_output=True, check=False
    )
    assert made.returncode == 0, made.stderr.decode()
    yield Device(module=module, token=TOKEN, pin=PIN)
