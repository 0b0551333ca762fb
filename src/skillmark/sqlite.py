"""Put a known-good SQLite in place before anything loads the system's.

SQLite 3.7.0 to 3.51.2 can lose committed pages when a commit races a checkpoint (sqlite.org/wal.html, "WAL reset bug"), and
the copy that comes with Python may be one of those. pysqlite3 brings its own.
"""

from __future__ import annotations

import sys


def use_bundled() -> None:
    """Make `import sqlite3` mean pysqlite3 where that is installed (everywhere but Windows)."""
    try:
        import pysqlite3
        import pysqlite3.dbapi2
    except ImportError:  # Windows: Python's own library is used, and a system check looks at its version
        return
    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2


def is_safe(version: tuple[int, int, int]) -> bool:
    """Whether this release is free of the WAL reset bug: 3.51.3 and newer, and the two back-ports."""
    backports = {(3, 50): 7, (3, 44): 6}
    return (version >= (3, 51, 3) and version != (3, 52, 0)) or version[2] >= backports.get(version[:2], 10_000)
