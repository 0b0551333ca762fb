"""Starter packs: choose a trade, look at what it asks, take what fits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from skillmark.desks import starters
from skillmark.edges.web import access, asking
from skillmark.rooms.skills.rules import SINCE_ALWAYS


@dataclass(frozen=True)
class Position:
    """A position of a pack in the reader's language, with what it needs and why."""

    slug: str
    name: str
    needs: list[tuple[str, str, bool]]


@dataclass(frozen=True)
class Item:
    """An item of a pack in the reader's language."""

    name: str
    lasts: str
    note: str
    sources: Any
    health: bool


@access.signed_in(action="item.change")
def choose(request: access.Request) -> HttpResponse:
    """The trades."""
    language = _language()
    packs = [starters.pack(trade=trade) for trade in starters.trades()]
    lines = [(one.trade, one.names[language], one.about[language], len(one.positions), len(one.items)) for one in packs]
    return render(request, "starters/choose.html", {"lines": lines})


@access.signed_in(action="item.change")
def look(request: access.Request, trade: str) -> HttpResponse:
    """What a trade asks for; takes the ticked positions."""
    if trade not in starters.trades():
        raise Http404
    pack, language = starters.pack(trade=trade), _language()
    if request.method == "POST":
        wanted = [slug for slug in request.POST.getlist("position") if slug in {one.slug for one in pack.positions}]
        if wanted:
            done = starters.adopt(actor=request.actor, trade=trade, positions=wanted, starts=SINCE_ALWAYS, now=request.now)
            said = ngettext("%(n)s thing was added.", "%(n)s things were added.", done.added) % {"n": done.added}
            messages.success(request, said + " " + _("Change or delete each as you need it."))
            return redirect("items")
    items = {one.slug: one for one in pack.items}
    positions = [
        Position(
            one.slug, one.names[language],
            [(items[need.item].names[language], need.why[language], need.must) for need in one.needs],
        )
        for one in pack.positions
    ]  # fmt: skip
    lines = [
        Item(one.names[language], asking.validity_in_words(dict(one.validity)), one.note[language], one.sources, one.health)
        for one in pack.items
    ]
    shown = {
        "trade": trade, "name": pack.names[language], "about": pack.about[language], "positions": positions, "items": lines,
        "nothing": request.method == "POST",
    }  # fmt: skip
    return render(request, "starters/look.html", shown, status=400 if shown["nothing"] else 200)


def _language() -> str:
    return "es" if (translation.get_language() or "en").startswith("es") else "en"
