"""What stands in for the other computers: a dictionary of answers, which may be taken off the net."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from credcore.errors import UnavailableError
from credcore.ports import Fetched, FetchKind
from skillmark.desks.checking import fetching, trusted
from tests.core.proofs import Answers


class Net(Answers):
    """Answers from `pages`, while `is_up`."""

    is_up = True

    def __call__(self, url: str, *, kind: FetchKind) -> Fetched:
        if not self.is_up:
            raise UnavailableError("fetch.unreachable", url)
        return super().__call__(url, kind=kind)


@pytest.fixture
def net(monkeypatch: pytest.MonkeyPatch) -> Iterator[Net]:
    """The only thing that is replaced: how a socket would be opened."""
    made = Net()
    monkeypatch.setattr(fetching, "_outside", lambda: made)
    yield made
    trusted._read.cache_clear()
