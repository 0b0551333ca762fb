"""Read a starter pack from its file. Items that several trades use stand once, in `shared.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

from skillmark import errors
from skillmark.desks.starters.shapes import LANGUAGES, Code, Cover, Need, Pack, PackItem, PackPosition, Source, Text

TRADES = ("construction", "manufacturing", "home-care", "restaurant", "childcare")

CHECK_YOUR_STATE: Text = {
    "en": "Check your state: rules differ by state, city and contract.",
    "es": "Compruebe las reglas de su estado: cambian según el estado, la ciudad y el contrato.",
}
READ_IN_A_COPY: Text = {
    "en": "We read it in a stored copy, so open the link for today’s text.",
    "es": "La leímos en una copia guardada; abra el enlace para ver el texto de hoy.",
}
NOT_REREAD: Text = {
    "en": "Taken from our notes, not re-read: open the link before you rely on it.",
    "es": "Tomada de nuestras notas, sin releer: abra el enlace antes de confiar en ella.",
}


def trades() -> tuple[str, ...]:
    """The trades that have a pack, in the order in which they are offered."""
    return TRADES


@cache
def pack(*, trade: str) -> Pack:
    """The pack of a trade. Raises NotFound for a trade that has none."""
    if trade not in TRADES:
        raise errors.NotFound
    content = _file(trade)
    shared = {item["slug"]: item for item in _file("shared")["items"]}
    items = [*(shared[slug] for slug in content.pop("shared")), *content.pop("items")]
    return Pack(
        items=tuple(_item(item) for item in items),
        positions=tuple(_position(position) for position in content.pop("positions")),
        covers=tuple(Cover(**{**cover, "items": tuple(cover["items"])}) for cover in content.pop("covers")),
        **content,
    )


def _file(name: str) -> dict[str, Any]:
    text = resources.files("skillmark.desks.starters").joinpath("packs", f"{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def _item(content: Mapping[str, Any]) -> PackItem:
    fields = dict(content)
    fields["sources"] = sources = tuple(Source(**source) for source in fields["sources"])
    if sources:
        how = READ_IN_A_COPY if all(source.reread for source in sources) else NOT_REREAD
        fields["note"] = {
            language: " ".join((fields["note"][language], CHECK_YOUR_STATE[language], how[language])) for language in LANGUAGES
        }
    fields["codes"] = tuple(Code(**code) for code in fields.get("codes", ()))
    fields["checklist"] = tuple(dict(zip(LANGUAGES, pair, strict=True)) for pair in fields.get("checklist", ()))
    for name in ("needs_first", "satisfies", "details"):
        fields[name] = tuple(fields.get(name, ()))
    return PackItem(**fields)


def _position(content: Mapping[str, Any]) -> PackPosition:
    return PackPosition(**{**content, "needs": tuple(Need(**need) for need in content["needs"])})
