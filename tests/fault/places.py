"""Empty places for the programs beside this file: the tables are made once, and copied for each."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any
from uuid import uuid4

ROOT = Path(__file__).parents[2]


class Places:
    """`folder` is for what is made here. With SKILLMARK_TEST_POSTGRES=1 each place is a database of the test's server."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._server = os.environ.get("SKILLMARK_DATABASE_URL", "") if os.environ.get("SKILLMARK_TEST_POSTGRES") == "1" else ""
        self._ready = self._fresh("ready")
        subprocess.run([sys.executable, "-m", "skillmark", "migrate"], env=self._ready, check=True, stdout=subprocess.DEVNULL)

    def run(self, program: str, **options: int) -> dict[str, Any]:
        """Run a program of this folder in a place of its own; what it found."""
        environment = self._fresh(f"{program}-{uuid4().hex[:8]}", like=self._ready)
        wanted = [part for name, value in options.items() for part in (f"--{name}", str(value))]
        command = [sys.executable, "-m", f"tests.fault.{program}", *wanted]
        done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False)
        if done.returncode:
            raise AssertionError(f"{program} ended with {done.returncode}: {done.stderr[-3000:]}")
        told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
        return told

    def _fresh(self, name: str, *, like: dict[str, str] | None = None) -> dict[str, str]:
        folder = self._folder / name
        clean = {key: value for key, value in os.environ.items() if not key.startswith("SKILLMARK_")}
        if like is None:
            folder.mkdir(parents=True)
        else:
            shutil.copytree(like["SKILLMARK_DATA_DIR"], folder)
        environment = clean | {"SKILLMARK_DATA_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "skillmark.settings"}
        if self._server:
            environment["SKILLMARK_DATABASE_URL"] = self._database(name, like)
        return environment

    def _database(self, name: str, like: dict[str, str] | None) -> str:
        import psycopg
        from psycopg.conninfo import conninfo_to_dict

        known = conninfo_to_dict(self._server)
        base = f"fault_{uuid4().hex[:12]}"
        template = conninfo_to_dict(like["SKILLMARK_DATABASE_URL"])["dbname"] if like else "template1"
        with psycopg.connect(self._server, autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{base}" TEMPLATE "{template}"')
        return self._server.replace(f"/{known['dbname']}?", f"/{base}?")
