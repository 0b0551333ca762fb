"""Remember answers for a while, in memory. An old answer is never passed off as a new one."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from credcore.ports import Fetch, Fetched, FetchKind


class CachedFetch:
    """A Fetch in front of another. Key documents and status lists are kept; what a person handed over is not,
    and neither is what another program says.

    Least recently used first out. `Fetched.fetched_at` of a kept answer is when it was really fetched. After `max_age`
    it is asked again; if that fails, the error is raised, and `last_good` tells what was known, and since when.
    Kept by URL and kind, so that an answer that was allowed to redirect cannot stand in for one that was not.
    Safe to share between threads.
    """

    def __init__(
        self,
        fetch: Fetch,
        *,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        max_age: timedelta = timedelta(minutes=5),
        max_entries: int = 256,
    ) -> None:
        self._fetch = fetch
        self._clock = clock
        self._max_age = max_age
        self._max_entries = max_entries
        self._kept: OrderedDict[tuple[str, FetchKind], Fetched] = OrderedDict()
        self._lock = threading.Lock()

    def __call__(self, url: str, *, kind: FetchKind) -> Fetched:
        """A kept answer younger than `max_age`, or a new one. Raises what the other Fetch raises."""
        kept = self.last_good(url, kind=kind)
        # An answer from the future means that the clock was set back: its age is unknown, so ask again.
        if kept is not None and timedelta(0) <= self._clock() - kept.fetched_at < self._max_age:
            return kept
        answer = self._fetch(url, kind=kind)
        if kind in (FetchKind.DID, FetchKind.STATUS):
            with self._lock:
                self._kept[url, kind] = answer
                self._kept.move_to_end((url, kind))
                while len(self._kept) > self._max_entries:
                    self._kept.popitem(last=False)
        return answer

    def last_good(self, url: str, *, kind: FetchKind) -> Fetched | None:
        """The last answer that came, however old; None if there is none. For showing, never for deciding."""
        with self._lock:
            kept = self._kept.get((url, kind))
            if kept is not None:
                self._kept.move_to_end((url, kind))
            return kept
