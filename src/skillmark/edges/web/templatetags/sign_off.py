"""What the pages of signing off need beside the rest."""

from __future__ import annotations

from collections.abc import Mapping

from django import template
from django.utils.functional import Promise

from skillmark.desks import states

register = template.Library()


@register.filter
def at(words: Mapping[int, str | Promise], number: str | int) -> str | Promise:
    """What a table of words says of a number; empty for none."""
    return words.get(int(number), "") if str(number).isdigit() else ""


@register.filter
def level_word(level: int | None) -> str | Promise:
    """ "Alone" for 3."""
    return states.LEVELS.get(level or 0, "")
