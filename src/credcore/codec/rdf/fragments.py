"""A memory of bounded size: what was used longest ago is forgotten first."""

from __future__ import annotations

from collections import OrderedDict
from typing import Any, Final

Key = tuple[int, str, bytes]

MAX_BYTES: Final = 8 * 2**20
"""For each thread."""
_LARGEST: Final = 256 * 2**10
_OVERHEAD: Final = 1024
_MET: Final = 4096
"""Contents that were met and are not kept, of which a hash is. A few hundred kilobytes at most."""
_OFTEN: Final = 4
"""Whoever makes one credential meets each part of it three times: on trial, when that is checked, and when it is signed."""


class Fragments:
    """Values by their exact content, so that nobody can put a wrong one in another's place."""

    def __init__(self, *, max_bytes: int = MAX_BYTES) -> None:
        self.max_bytes = max_bytes
        self.size = 0
        self._kept: OrderedDict[Key, tuple[Any, int]] = OrderedDict()
        self._met: dict[int, int] = {}

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, key: Key) -> Any:
        """What was kept, or None."""
        kept = self._kept.get(key)
        if kept is None:
            return None
        self._kept.move_to_end(key)
        return kept[0]

    def comes_again(self, key: Key) -> bool:
        """Whether it was asked often enough to be worth keeping. By hash alone: a wrong yes only costs a place."""
        digest = hash(key)
        times = self._met.get(digest, 0) + 1
        if times >= _OFTEN:
            return True
        if len(self._met) >= _MET:
            self._met.clear()
        self._met[digest] = times
        return False

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
