"""Boards worked out before. One is good for as long as nothing was written in the firm's journal since.

Every operation of every room writes the journal in the transaction of its change, so what the journal says about itself
tells whether a board is still true; nobody has to remember to throw one away.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

Version = TypeVar("Version", bound=Hashable)
Thing = TypeVar("Thing")

MOST = 8
"""Boards kept in one process: 500 people × 60 items are about 15 MB."""


class Memory(Generic[Version, Thing]):
    """The last few things, each with the version of the data that it was made from."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._kept: OrderedDict[Hashable, tuple[Version, Thing]] = OrderedDict()
        self._lock = Lock()

    def get(self, *, key: Hashable, version: Version, make: Callable[[tuple[Version, Thing] | None], Thing]) -> Thing:
        """What was made for `key` from this version; made now if there is none. `version` was read before `make` reads.

        `make` gets what was made before and its version, if that is still here: it may only want some of it anew.
        """
        with self._lock:
            known = self._kept.get(key)
            if known is not None:
                self._kept.move_to_end(key)
                if known[0] == version:
                    return known[1]
        made = make(known)
        with self._lock:
            self._kept[key] = (version, made)
            self._kept.move_to_end(key)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return made
