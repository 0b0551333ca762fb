"""A folder of remembered answers, for the command line: a file an address. Public documents of strangers, nothing else."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import sys
import tempfile
from datetime import datetime
from pathlib import Path

from credcore.ports import Fetched, FetchKind


def default_folder() -> Path:
    """Where the system keeps what programs can do without; SKILLMARK_CACHE_DIR names another place."""
    if named := os.environ.get("SKILLMARK_CACHE_DIR"):
        return Path(named)
    system = os.environ.get("LOCALAPPDATA") if sys.platform == "win32" else os.environ.get("XDG_CACHE_HOME")
    return (Path(system) if system else Path.home() / ".cache") / "skillmark"


class FolderMemory:
    """`load` and `store` for a `RememberingFetch`. A folder that cannot be read or written remembers nothing."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def load(self, url: str, *, kind: FetchKind) -> Fetched | None:
        """What was stored last; None when nothing was, or when the file is damaged."""
        try:
            value = json.loads(self._path(url, kind).read_bytes())
            body = base64.b64decode(value["body"], validate=True)
            fetched_at = datetime.fromisoformat(value["fetched_at"])
            if value["url"] != url or fetched_at.tzinfo is None:
                return None
            return Fetched(url, body, str(value["media_type"]), fetched_at)
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def store(self, answer: Fetched, *, kind: FetchKind) -> None:
        """Written beside and moved into place, so that no reader ever sees half of it."""
        value = {
            "url": answer.url,
            "media_type": answer.media_type,
            "fetched_at": answer.fetched_at.isoformat(),
            "body": base64.b64encode(answer.body).decode(),
        }
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            with tempfile.NamedTemporaryFile("w", dir=self.folder, delete=False, encoding="utf-8") as file:
                json.dump(value, file)
            Path(file.name).replace(self._path(answer.url, kind))
        except OSError:
            return  # a full or read-only disk must not stop a check; it only cannot say "last known" next time

    def _path(self, url: str, kind: FetchKind) -> Path:
        name = hashlib.sha256(f"{kind} {url}".encode()).hexdigest()
        return self.folder / f"{name}.json"
