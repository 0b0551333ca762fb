"""A memory of bounded size: what was used longest ago is forgotten first."""

from __future__ import annotations

from collections import OrderedDict
from typing import Any, Final

Key = tuple[int, str, bytes]

MAX_BYTES: Final = 8 * 2**20
"""For each thread. A fragment costs about six times its own bytes."""
_LARGEST: Final = 64 * 2**10
_FACTOR: Final = 6
_OVERHEAD: Final = 512


class Fragments:
    """Values by their exact content, so that nobody can put a wrong one in another's place."""

    def __init__(self, *, max_bytes: int = MAX_BYTES) -> None:
        self.max_bytes = max_bytes
        self.size = 0
        self._kept: OrderedDict[Key, Any] = OrderedDict()

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, key: Key) -> tuple[bool, Any]:
        """Whether it is known, and what was kept."""
        if key not in self._kept:
            return False, None
        self._kept.move_to_end(key)
        return True, self._kept[key]

    def put(self, key: Key, value: Any) -> None:
        """Keep it, unless it alone would push out too much else."""
        if len(key[2]) > _LARGEST or key in self._kept:
            return
        self._kept[key] = value
        self.size += _cost(key)
        while self.size > self.max_bytes:
            oldest, _ = self._kept.popitem(last=False)
            self.size -= _cost(oldest)


def _cost(key: Key) -> int:
    return _FACTOR * len(key[2]) + _OVERHEAD
