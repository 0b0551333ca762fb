"""Remember answers for the day on which nobody can be asked. What is remembered says when it was true, and no more."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Protocol

from credcore.errors import UnavailableError
from credcore.ports import SILENT, Fetch, Fetched, FetchKind

KEPT: Final = frozenset({FetchKind.DID, FetchKind.STATUS})


class Load(Protocol):
    """The answer that was stored last for an address and a kind; None when there is none."""

    def __call__(self, url: str, *, kind: FetchKind) -> Fetched | None: ...


Store = Callable[..., None]
"""`store(answer, kind=…)`: keep it in place of what was kept for `answer.url` and this kind."""


class RememberingFetch:
    """A Fetch in front of another: good key documents and status lists are stored, and come back when nobody answers.

    A remembered answer keeps the `fetched_at` of the day on which it came, so whoever reads it sees how old it is: good for
    “last known on 4 May”, never for “not cancelled now”. What a person handed over is not stored.
    `store=None` reads what others have stored and stores nothing.
    """

    def __init__(self, fetch: Fetch, *, load: Load, store: Store | None = None) -> None:
        self._fetch = fetch
        self._load = load
        self._store = store

    def __call__(self, url: str, *, kind: FetchKind) -> Fetched:
        """A new answer, or the one remembered. Raises what the other Fetch raises when there is none."""
        try:
            answer = self._fetch(url, kind=kind)
        except UnavailableError as error:
            remembered = self._load(url, kind=kind) if kind in KEPT and error.code in SILENT else None
            if remembered is None:
                raise
            return remembered
        if self._store is not None and kind in KEPT and answer.url == url:
            self._store(answer, kind=kind)
        return answer
