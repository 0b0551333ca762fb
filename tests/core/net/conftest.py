"""The server of these tests, and a fetcher that trusts its certificate authority."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from credcore.net.guarded import GuardedFetcher

from .server import NAME, Server, make_authority

NOW = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture
def server(authority: Path) -> Iterator[Server]:
    with Server(authority) as server:
        yield server


@pytest.fixture
def fetcher(authority: Path) -> GuardedFetcher:
    """Reaches the local server by its address or by its name; short limits, so that slow servers are told soon."""
    return GuardedFetcher(
        clock=lambda: NOW,
        allow_private=True,
        roots=authority / "ca.pem",
        resolver=lambda host: ["127.0.0.1"] if host in (NAME, "127.0.0.1") else [],
        step_seconds=0.5,
        total_seconds=1.0,
    )
