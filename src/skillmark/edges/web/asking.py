"""What a firm asks for, in words: rules, who needs what, and how many people are fine."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from skillmark.desks import states
from skillmark.edges.web.access import Request
from skillmark.rooms.people import queries as people
from skillmark.rooms.skills import queries as skills
from skillmark.rooms.skills.rules import LinkKind, label
from skillmark.rooms.talent import queries as talent
from skillmark.rooms.talent.rules import Target

TRUSTS: dict[str, Promise] = {
    "photo": gettext_lazy("An approved photo is enough"),
    "source": gettext_lazy("Checked at the source, or signed"),
    "signed": gettext_lazy("Only a signed one counts"),
}


@dataclass(frozen=True)
class Line:
    """An item in the list: `met` of `needed` people are fine today."""

    item: Any
    name: str
    kind: Promise
    lasts: str
    whom: str
    met: int
    needed: int


@dataclass(frozen=True)
class Asked:
    """One requirement in words."""

    id: UUID
    whom: str
    why: str
    level: str
    must: bool


def lines(request: Request) -> list[Line]:
    """Every item of the firm, with its rule today and who needs it."""
    language = _language()
    board = talent.board(actor=request.actor, on=request.today)
    rules = skills.rules_of(actor=request.actor, on=request.today, known_at=request.now)
    names = _places(request, language)
    asked: dict[UUID, list[str]] = {}
    for one in talent.requirements(actor=request.actor, on=request.today):
        asked.setdefault(one.item_id, []).append(_whom(one, names))
    found = []
    for item in skills.items(actor=request.actor):
        cells = [row.cells[item.id] for row in board.rows.values() if item.id in row.cells]
        rule = rules.get(item.id)
        lasts = validity_in_words(rule.validity) if rule else ""
        name = label(item.names, language=language)
        whom = ", ".join(asked.get(item.id, ())) or _("Nobody yet")
        met = sum(cell.compliant for cell in cells)
        found.append(Line(item, name, states.KINDS[item.kind], lasts, whom, met, len(cells)))
    return found


def item(request: Request, found: Any) -> dict[str, Any]:
    """Everything that an item's page shows."""
    language = _language()
    rule = skills.rule(actor=request.actor, item_id=found.id, on=request.today, known_at=request.now)
    names = _places(request, language)
    items = {one.id: label(one.names, language=language) for one in skills.items(actor=request.actor)}
    links = [
        one for one in skills.links(actor=request.actor, on=request.today, known_at=request.now)
        if found.id in {one.first_id, one.second_id}
    ]  # fmt: skip
    needs = [
        Asked(
            one.id, _whom(one, names), label(one.why, language=language), str(states.LEVELS.get(one.level or 0, "")), one.must
        )
        for one in talent.requirements(actor=request.actor, on=request.today)
        if one.item_id == found.id
    ]
    counts = [one for one in talent.head_counts(actor=request.actor, on=request.today) if str(found.id) in one.items]
    return {
        "item": found,
        "name": label(found.names, language=language),
        "kind": states.KINDS[found.kind],
        "shows": label(found.shows, language=language),
        "note": label(found.note, language=language),
        "sources": [{**one, "read_on": _day(one.get("read_on"))} for one in found.sources],
        "rule": rule,
        "lasts": validity_in_words(rule.validity),
        "trust": TRUSTS[rule.trust],
        "needs": needs,
        "head_counts": [(one, _head_count(one)) for one in counts],
        "first": [(one, items.get(one.first_id, "")) for one in links if _leads(one, LinkKind.NEEDS_FIRST, found.id)],
        "counts_as": [(one, items.get(one.first_id, "")) for one in links if _leads(one, LinkKind.SATISFIES, found.id)],
        "checklist": [label(one, language=language) for one in found.checklist],
        "positions": [(one.id, label(one.names, language=language)) for one in people.positions(actor=request.actor)],
        "links": links,
        "language": language,
    }


def whom(request: Request) -> list[tuple[str, object]]:
    """Everybody, each position and each site, as choices of a form."""
    language = _language()
    positions = [
        (f"{Target.POSITION}:{one.id}", label(one.names, language=language)) for one in people.positions(actor=request.actor)
    ]
    sites = [(f"{Target.SITE}:{one.id}", one.name) for one in people.sites(actor=request.actor)]
    return [
        (str(Target.EVERYONE), _("Everyone here")),
        *([(_("Positions"), positions)] if positions else []),
        (_("Everyone at a site"), sites),
    ]


def validity_in_words(validity: dict[str, Any]) -> str:
    """ "2 years from the day it was got" and the like."""
    months = validity.get("months")
    span = _span(months) if isinstance(months, int) else ""
    return {
        "card_date": _("Until the date on the card"),
        "months": _("%(span)s from the day it was got") % {"span": span},
        "no_end": _("For good"),
        "hours": _("%(hours)s hours within %(span)s") % {"hours": f"{validity.get('hours', 0):g}", "span": span},
        "disuse": _("%(span)s after it was last used") % {"span": span},
        "on_revision": _("Until the instruction changes"),
        "alternating": _("By how it was renewed last"),
    }[validity["type"]]


def initial(rule: Any) -> dict[str, Any]:
    """A rule as the first values of its form."""
    names = ("trust", "own_counts", "lead_days", "grace_days", "due_days", "stale_days")
    validity = rule.validity
    months = validity.get("months") if isinstance(validity.get("months"), int) else None
    return {
        "validity": validity["type"], "months": months, "hours": validity.get("hours"),
        **{name: getattr(rule, name) for name in names},
    }  # fmt: skip


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _span(months: int) -> str:
    if months % 12 == 0:
        return ngettext("%(n)s year", "%(n)s years", months // 12) % {"n": months // 12}
    return ngettext("%(n)s month", "%(n)s months", months) % {"n": months}


def _leads(link: Any, kind: LinkKind, item_id: UUID) -> bool:
    return bool(link.kind == kind and link.second_id == item_id)


def _head_count(one: Any) -> str:
    said = ngettext("At least %(n)s person", "At least %(n)s people", one.n) % {"n": one.n}
    where = [one.site.name if one.site else "", one.shift.name if one.shift else ""]
    return " · ".join([said, *(part for part in where if part)])


def _whom(one: Any, names: dict[UUID, str]) -> str:
    if one.target == Target.EVERYONE:
        return _("Everyone")
    if one.target == Target.CONTRACT:
        return str(one.contract)
    return names.get(one.position_id or one.site_id, "")


def _places(request: Request, language: str) -> dict[UUID, str]:
    found = {one.id: label(one.names, language=language) for one in people.positions(actor=request.actor)}
    return found | {one.id: one.name for one in people.sites(actor=request.actor)}


def _language() -> str:
    return "es" if (translation.get_language() or "en").startswith("es") else "en"
