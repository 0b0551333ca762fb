"""Fetchers that open no socket: for checks without internet, and for tests with stored answers."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from credcore.codec import moments
from credcore.errors import MalformedError, UnavailableError
from credcore.ports import Fetched, FetchKind

MAX_BYTES = 2_000_000
_MEDIA_TYPES = {
    ".json": "application/json",
    ".jsonld": "application/ld+json",
    ".jwt": "application/jwt",
    ".html": "text/html",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".pdf": "application/pdf",
    ".txt": "text/plain",
}


class OfflineFetch:
    """Says of every URL that it could not be asked: UnavailableError `fetch.offline`."""

    def __call__(self, url: str, *, kind: FetchKind) -> Fetched:
        raise UnavailableError("fetch.offline", url[:200])


class MapFetch:
    """Answers from a folder: `map.json` in it is an object of URL → file name relative to the folder.

    In place of a name there may be `{"file": name, "at": time}`: that is what the URL answered at that time (ISO 8601 with
    an offset), so whoever reads the answer sees how old it is. A name alone is answered as of now.
    A URL is compared exactly, without its fragment. One that is not in the map ends as `fetch.offline`.
    Raises MalformedError `fetch.bad_map` when made: no such file, no such object, a name that leads out of the folder.
    """

    def __init__(self, folder: Path, *, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._clock = clock
        self._files = _files(Path(folder))

    def __call__(self, url: str, *, kind: FetchKind) -> Fetched:
        found = self._files.get(url.partition("#")[0])
        if found is None:
            raise UnavailableError("fetch.offline", url[:200])
        path, at = found
        try:
            with path.open("rb") as file:
                body = file.read(MAX_BYTES + 1)
        except OSError as error:
            raise UnavailableError("fetch.offline", f"{path.name}: {error.strerror}") from error
        if len(body) > MAX_BYTES:
            raise UnavailableError("fetch.too_large", path.name)
        media_type = _MEDIA_TYPES.get(path.suffix.lower(), "application/octet-stream")
        now = self._clock()
        return Fetched(url, body, media_type, now if at is None else min(at, now))


def _files(folder: Path) -> dict[str, tuple[Path, datetime | None]]:
    try:
        names = json.loads((folder / "map.json").read_bytes())
        root = folder.resolve()
    except (OSError, ValueError, RecursionError) as error:
        raise MalformedError("fetch.bad_map", f"no readable map.json ({type(error).__name__})") from error
    if not isinstance(names, dict):
        raise MalformedError("fetch.bad_map", "not an object")
    files = {}
    for url, told in names.items():
        name, at = _told(told, url)
        if not isinstance(name, str) or "\0" in name:
            raise MalformedError("fetch.bad_map", f"no file name for {url[:200]}")
        try:
            path = (root / name).resolve()  # follows links, so that one cannot point outside either
        except (OSError, ValueError, RuntimeError) as error:
            raise MalformedError("fetch.bad_map", f"no file name for {url[:200]}") from error
        if not path.is_relative_to(root):
            raise MalformedError("fetch.bad_map", f"{name[:200]} is outside the folder")
        files[url.partition("#")[0]] = path, at
    return files


def _told(told: object, url: str) -> tuple[object, datetime | None]:
    """The file name and the time of one entry."""
    if not isinstance(told, dict):
        return told, None
    try:
        at = moments.instant(told.get("at"))
    except MalformedError as error:
        raise MalformedError("fetch.bad_map", f"no time for {url[:200]}") from error
    return told.get("file"), at
