"""What one item may cost, with all that lies in it: the archive, the pictures in it, the proofs in those.

Each thing for itself is bounded where it is read. But a ZIP of 60 KB can hold two hundred of the dearest, so whoever opens an
item counts for all of it together. More is allowed for a larger item: then whoever hands it over has to work, too.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from credcore.errors import BudgetError

MIB: Final = 2**20
SIZE: Final = 50 * MIB
POINTS: Final = 40_000_000
SECONDS: Final = 1.0
OBJECTS: Final = 10_000
_BYTES_OF_AN_OBJECT: Final = 200  # texts and numbers take work, too


@dataclass(slots=True)
class Effort:
    """What is left. `size`: bytes to be taken out of archives; `points`: of pictures; `seconds`: of the processor, to draw
    pages and drawings; `objects`: whose meaning may be worked out, all proofs together.
    """

    size: int = SIZE
    points: int = POINTS
    seconds: float = SECONDS
    objects: int = OBJECTS

    @classmethod
    def of(cls, length: int) -> Effort:
        """For an item of so many bytes."""
        times = max(1, -(-length // MIB))
        return cls(
            size=min(SIZE, 12 * MIB + 20 * length), points=POINTS * times, seconds=SECONDS * times, objects=OBJECTS * times
        )

    def draw(self, points: int) -> None:
        """Raise BudgetError `item.budget` when there are too few points left for this picture."""
        if points > self.points:
            raise BudgetError("item.budget", "too many pictures")
        self.points -= points

    def read(self, size: int) -> None:
        """Raise BudgetError `item.budget` when there is too little left for a PDF or drawing of so many bytes."""
        self._take(size // _BYTES_OF_AN_OBJECT, "item.budget")

    def work_out(self, *, objects: int, size: int) -> None:
        """Raise BudgetError `rdf.budget` when there is too little left for a document of so many objects and bytes."""
        self._take(max(objects, size // _BYTES_OF_AN_OBJECT), "rdf.budget")

    def _take(self, objects: int, code: str) -> None:
        if objects > self.objects:
            raise BudgetError(code, "too many proofs over too many things")
        self.objects -= objects
