"""Which spaces were erased, as hashes."""

from __future__ import annotations

from skillmark.rooms.records.models import Erased


def erased() -> list[str]:
    """A hash for each space that its person has erased on this server. For backups."""
    return list(Erased.objects.order_by("digest").values_list("digest", flat=True))
