"""A card in five lines, and in place of what else it is accepted for which position."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from skillmark.desks import answers
from skillmark.edges.web.access import Request
from skillmark.edges.web.forms.accepting import AcceptedForm
from skillmark.rooms.people import queries as people
from skillmark.rooms.people import rules as roles
from skillmark.rooms.skills import queries as skills
from skillmark.rooms.skills.rules import LinkKind, label

LINES: tuple[tuple[str, Promise], ...] = (
    ("giver", _("Who gives it")),
    ("tested", _("How it is tested")),
    ("hours", _("How many hours")),
    ("renewal", _("How it is renewed")),
    ("required_by", _("Who requires it")),
)


@dataclass(frozen=True, slots=True)
class Accepted:
    """The item counts as `other`, for `position` or (empty) for everyone."""

    link: Any  # skills' Link
    other: str
    position: str


def context(*, request: Request, item: Any, form: AcceptedForm | None = None) -> dict[str, Any]:
    """What `items/_explained.html` shows of an item."""
    language = answers.spoken()
    names = {one.id: label(one.names, language=language) for one in skills.items(actor=request.actor)}
    places = {one.id: label(one.names, language=language) for one in people.positions(actor=request.actor)}
    accepted = [
        Accepted(one, names.get(one.second_id, ""), places.get(one.for_position_id, "") if one.for_position_id else "")
        for one in skills.links(actor=request.actor, on=request.today, known_at=request.now)
        if one.kind == LinkKind.SATISFIES and one.first_id == item.id and one.second_id in names
    ]
    return {
        "item": item,
        "lines": [(title, label(item.explained.get(key) or {}, language=language)) for key, title in LINES],
        "accepted": accepted,
        "form": form or accept_form(request=request, item=item),
        "may_accept": roles.may(request.actor, "item.change"),
        "others": len(names) > 1,
    }


def accept_form(*, request: Request, item: Any, data: Any = None) -> AcceptedForm:
    """In place of which other item, and for whom."""
    language = answers.spoken()
    items = [
        (str(one.id), label(one.names, language=language)) for one in skills.items(actor=request.actor) if one.id != item.id
    ]
    places = [(str(one.id), label(one.names, language=language)) for one in people.positions(actor=request.actor)]
    return AcceptedForm(data, items=items, positions=places)
