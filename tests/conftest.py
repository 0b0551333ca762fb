"""What all tests share: the clock, the cast, and a closed network."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest

LOOPBACK = ["127.0.0.1", "127.0.0.9", "::1", "localhost"]


def pytest_configure(config: pytest.Config) -> None:
    """No test reaches another computer: only this machine's own addresses, and unix sockets."""
    config.option.allow_hosts = ",".join(LOOPBACK)
    config.option.allow_unix_socket = True


@pytest.fixture(autouse=True, scope="session")
def quick() -> None:
    """Slow hashes protect PINs, not tests; and not every client need look through all static files when it starts."""
    from django.conf import settings

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.WHITENOISE_AUTOREFRESH = True


@pytest.fixture(autouse=True)
def words_of_nobody() -> Iterator[None]:
    """A request leaves its language and time zone behind in the thread: the next test must not speak them."""
    from django.utils import timezone, translation

    translation.deactivate()
    timezone.deactivate()
    yield


@pytest.fixture
def now() -> datetime:
    from tests.cast import NOW

    return NOW


@pytest.fixture
def firm(db: None) -> Any:
    """Tallgrass Machine Works, with its cast."""
    from tests.cast import make_firm

    return make_firm(name="Tallgrass Machine Works")


@pytest.fixture
def other_firm(db: None) -> Any:
    """The outsider's firm: whatever is asked from here about the first firm must end in 404."""
    from tests.cast import make_firm

    return make_firm(name="Northgate Weld School", prefix="Outsider ")


@pytest.fixture(scope="session")
def key_device(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A software device for keys. Skips where the system has no package of it."""
    from tests.device import soft_device

    yield from soft_device(tmp_path_factory.mktemp("device"))
