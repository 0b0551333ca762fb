"""A memory of bounded size: what was used longest ago is forgotten first."""

from __future__ import annotations

from collections import OrderedDict
from typing import Any, Final

Key = tuple[int, str, bytes]

MAX_BYTES: Final = 8 * 2**20
"""For each thread."""
_LARGEST: Final = 256 * 2**10
_OVERHEAD: Final = 1024


class Fragments:
    """Values by their exact content, so that nobody can put a wrong one in another's place."""

    def __init__(self, *, max_bytes: int = MAX_BYTES) -> None:
        self.max_bytes = max_bytes
        self.size = 0
        self._kept: OrderedDict[Key, tuple[Any, int]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, key: Key) -> Any:
        """What was kept, or None."""
        kept = self._kept.get(key)
        if kept is None:
            return None
        self._kept.move_to_end(key)
        return kept[0]

    def put(self, key: Key, *, value: Any, size: int) -> None:
        """Keep it, unless it alone would push out too much else. `size` is what it takes in memory, in bytes."""
        cost = size + len(key[2]) + _OVERHEAD
        if cost > _LARGEST or key in self._kept:
            return
        self._kept[key] = value, cost
        self.size += cost
        while self.size > self.max_bytes:
            _, (_, freed) = self._kept.popitem(last=False)
            self.size -= freed
