"""Parts of a page that need more than the page itself knows."""

from typing import Any

from django import template

from skillmark.edges.web import evidence
from skillmark.edges.web import explained as explaining
from skillmark.rooms.people import rules as roles

register = template.Library()


@register.inclusion_tag("evidence/_explained.html", takes_context=True)
def explained(context: template.Context, item: Any) -> dict[str, Any]:
    """`{% explained item %}`: the item in five lines, with the switch "accept for this position"."""
    request = context["request"]
    return {**explaining.context(request=request, item=item), "csrf_token": context.get("csrf_token")}


@register.inclusion_tag("evidence/_section.html", takes_context=True)
def cards(context: template.Context, person: Any) -> dict[str, Any]:
    """`{% cards person %}`: "Cards and sign-offs", everything that a person needs and holds."""
    request = context["request"]
    lines = evidence.lines(request, person_id=person.id)
    return {"cards": lines, "person": person, "may_change_cards": roles.may(request.actor, "evidence.change")}
