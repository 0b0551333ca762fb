"""The inspector pack on paper. What it says is made in `desks.packs`; here it is only printed."""

from __future__ import annotations

from collections.abc import Mapping

from skillmark.desks.papers import press


def pack(*, data: Mapping[str, object], pictures: Mapping[str, bytes]) -> bytes:
    """A PDF for Letter and A4, tagged, dated with the day of the pack. `data` is what `sources/pack.typ` reads; it names
    `pictures`, which are SVGs."""
    return press.press(source="pack", data=data, files=pictures)
