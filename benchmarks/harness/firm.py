"""A firm of its own on SQLite, or on a database that is named, in a folder that the benchmark throws away."""

from __future__ import annotations

import os
import subprocess
import sys

SKILLMARK = (sys.executable, "-m", "skillmark")
_SET_UP = """
from datetime import UTC, datetime
import django
django.setup()
from skillmark.rooms.people import operations
token = operations.start_setup(now=datetime.now(UTC))
operations.set_up(token=token, firm_name="Bench", owner_name="Dana", now=datetime.now(UTC))
"""


def set_up(place: str, *, database: str = "") -> dict[str, str]:
    """The environment in which `SKILLMARK` commands act for the firm in this folder."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("SKILLMARK_")} | {
        "SKILLMARK_DATA_DIR": place,
        "DJANGO_SETTINGS_MODULE": "skillmark.settings",
    }
    if database:
        environment["SKILLMARK_DATABASE_URL"] = database
    for command in ([*SKILLMARK, "migrate"], [sys.executable, "-c", _SET_UP]):
        subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)
    return environment
