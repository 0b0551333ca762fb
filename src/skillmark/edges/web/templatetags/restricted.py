"""Links to the restricted part, drawn for those alone who may open it. Others get nothing, not even an empty place."""

from __future__ import annotations

from typing import Any

from django import template

from skillmark.rooms.health import queries

register = template.Library()


@register.simple_tag(takes_context=True)
def may_see_restricted(context: template.Context) -> bool:
    """Whether the reader may open it: `{% may_see_restricted as restricted %}{% if restricted %}…`. Asked once a page."""
    request: Any = context.get("request")
    actor = getattr(request, "actor", None)
    if actor is None:
        return False
    if not hasattr(request, "may_see_restricted"):
        request.may_see_restricted = queries.rights(actor=actor).read
    return bool(request.may_see_restricted)
