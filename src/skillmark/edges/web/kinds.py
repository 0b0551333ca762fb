"""How the pages read a kind of proof: one kind in one language, the firm's own or a ready-made one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from skillmark.rooms.credentials import queries, rules

TRADES: dict[str, Promise] = {
    "construction": gettext_lazy("Construction"),
    "manufacturing": gettext_lazy("Manufacturing"),
    "home-care": gettext_lazy("Home care"),
    "restaurant": gettext_lazy("Restaurant"),
    "childcare": gettext_lazy("Childcare"),
    "bakery": gettext_lazy("Bakery"),
    "shop": gettext_lazy("Shop"),
}


@dataclass(frozen=True)
class Kind:
    """One kind of proof in one language. `key` is the firm's own id, or the key of a ready-made one.

    `picture` is an SVG. `follows` tells that its words are those of an item.
    """

    key: str
    name: str
    did: str
    how: str
    method: str
    level_asked: bool
    months: int | None
    picture: str
    ready: bool
    source: str = ""
    steps: tuple[str, ...] = ()
    times_seen: int = 1
    co_sign: bool = False
    follows: bool = False

    @property
    def years(self) -> int | None:
        """How long it counts in whole years, when it is whole years."""
        return self.months // 12 if self.months and self.months % 12 == 0 else None


def own(*, template: Any, language: str, giver: str) -> Kind:
    """A kind of the firm, from its current version."""
    version = template.current
    name = rules.said(texts=version.name, language=language)[0]
    return Kind(
        key=str(template.id),
        name=name,
        did=rules.said(texts=version.did, language=language)[0],
        how=rules.said(texts=version.how, language=language)[0],
        method=version.method,
        level_asked=version.level_asked,
        months=version.months,
        picture=rules.svg(**queries.look(version=version, title=name, giver=giver, language=language)),
        ready=False,
        steps=tuple(rules.said(texts=step, language=language)[0] for step in version.steps),
        times_seen=version.times_seen,
        co_sign=version.co_sign,
        follows=template.item_id is not None,
    )


def ready(*, kind: rules.KindOfProof, language: str, giver: str) -> Kind:
    """A ready-made kind, which becomes the firm's own with the first proof given."""
    name = rules.said(texts=kind.name, language=language)[0]
    return Kind(
        key=kind.key,
        name=name,
        did=rules.said(texts=kind.did, language=language)[0],
        how=rules.said(texts=kind.how, language=language)[0],
        method=kind.method,
        level_asked=kind.level_asked,
        months=kind.months,
        picture=rules.svg(title=name, giver=giver, colour=kind.colour, icon=kind.icon),
        ready=True,
        source=kind.source,
    )


def spoken() -> str:
    """The language of the page: en or es."""
    return "es" if translation.get_language() == "es" else "en"


def trades(*, without: set[str], giver: str) -> list[tuple[str | Promise, list[Kind]]]:
    """The ready-made kinds by trade, leaving out those that the firm has already (by key)."""
    found: dict[str, list[Kind]] = {}
    for kind in queries.ready():
        if kind.key not in without:
            found.setdefault(kind.trade, []).append(ready(kind=kind, language=spoken(), giver=giver))
    return [(TRADES.get(trade, trade), kinds) for trade, kinds in found.items()]
