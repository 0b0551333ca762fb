"""What was worked out before, and is good for as long as nothing was written in the journal since. Pure.

Every operation of every room writes the journal in the transaction of its change, so what the journal says about itself
tells whether a thing is still true; nobody has to remember to throw one away.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

Version = TypeVar("Version", bound=Hashable)
Thing = TypeVar("Thing")


class Memory(Generic[Version, Thing]):
    """The last few things of one process, each with the version of the data that it was made from.

    `most`: how many; with `weigh`, how heavy all of them together. The last one is kept however heavy it is.
    """

    def __init__(self, *, most: int, weigh: Callable[[Thing], int] = lambda _thing: 1) -> None:
        self._most, self._weigh = most, weigh
        self._kept: OrderedDict[Hashable, tuple[Version, Thing]] = OrderedDict()
        self._lock = Lock()

    def get(
        self, *, key: Hashable, version: Version | None, make: Callable[[tuple[Version, Thing] | None], Thing]
    ) -> Thing:  # fmt: skip
        """What was made for `key` from this version; made now if there is none. `version` was read before `make` reads.

        `make` gets what was made before and its version, if that is still here: it may only want some of it anew.
        Without a version nothing is kept.
        """
        if version is None:
            return make(None)
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
            weights = [self._weigh(thing) for _version, thing in self._kept.values()]
            while len(weights) > 1 and sum(weights) > self._most:
                weights.pop(0)
                self._kept.popitem(last=False)
        return made
