"""What the templates need beside Django's own tags: the menu, shapes of states, initials, dates."""

import json
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache, lru_cache
from typing import Any

from django import forms, template
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import get_script_prefix
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from skillmark.desks.sharing import days
from skillmark.desks.states import Said
from skillmark.edges.web import scheme as schemes
from skillmark.edges.web import wording
from skillmark.rooms.skills.rules import label

register = template.Library()

_CLASSES = {"due": "warn", "photo": "warn", "miss": "bad"}


@register.simple_tag(takes_context=True)
def scheme(context: template.Context) -> SafeString | str:
    """` data-scheme="dark"` for `<html>`, or nothing where the page follows the system."""
    request: HttpRequest | None = context.get("request")
    chosen = schemes.chosen(request=request) if request else ""
    return format_html(' data-scheme="{}"', chosen) if chosen else ""


@register.filter
def state_class(state: str) -> str:
    """CSS class of a state: `ok`, `warn`, `bad` or `unk` (a due date and a mere photo are `warn`, missing is `bad`)."""
    return _CLASSES.get(state, state)


@register.filter
def sign(state: str) -> SafeString:
    """The shape of a state, as `<c-sign>` draws it: a board holds thousands, and a component for each would take longer."""
    return _sign(state, get_script_prefix())


@cache
def _sign(state: str, _below: str) -> SafeString:
    icons = static("skillmark/icons.svg")  # which starts with the part of our address that pages lie below
    drawn = '<svg class="i sign {}" aria-hidden="true"><use href="{}#s-{}"/></svg>'
    return format_html(drawn, state_class(state), icons, state)


@register.filter
def told(cell: Any) -> SafeString:
    """A cell of the board: its shape, its word and what stands below. Many cells say the same, so each is made once."""
    return _told(cell.said, gettext("late") if cell.late else "", get_script_prefix())


@lru_cache(maxsize=5_000)
def _told(said: Said, late: str, _below: str) -> SafeString:
    shape = sign(said.sign) if said.sign != "none" else SafeString("<span></span>")
    below = " · ".join(filter(None, (said.detail, late)))
    return format_html("{}<b>{}</b><small>{}</small>", shape, said.word, below)


@register.filter
def kind(field: forms.BoundField) -> str:
    """How a form field is laid out: `choice` (radio buttons or boxes), `tick` (one box) or `line`."""
    if isinstance(field.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "choice"
    return "tick" if isinstance(field.field.widget, forms.CheckboxInput) else "line"


@register.filter
def error_count(form: forms.BaseForm) -> int:
    """Number of messages in the summary."""
    return sum(len(messages) for messages in form.errors.values())


@register.filter
def error_target(field: forms.BoundField) -> str:
    """Id that the summary's link leads to: the control, or the first of a group."""
    return f"{field.auto_id}_0" if kind(field) == "choice" else field.id_for_label


@register.filter
def steps_done(now: str | int, of: str | int) -> list[bool]:
    """One truth value a step: has it been reached?"""
    return [number <= int(now) for number in range(1, int(of) + 1)]


@register.filter
def initials(name: str) -> str:
    """First letters of the first and last name: "Rosa Delgado" → "RD"."""
    words = [word for word in name.split() if word[0].isalnum()]
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


@register.filter
def day(value: date | datetime | None) -> str:
    """A day with the month in letters ("4 May 2026", "4 de mayo de 2026"), in the order the firm chose."""
    if value is None:
        return ""
    return wording.day(day=timezone.localtime(value).date() if isinstance(value, datetime) else value)


@register.filter
def moment(value: datetime | None) -> str:
    """Day and time of day in the firm's time zone."""
    return wording.moment(moment=timezone.localtime(value)) if value else ""


@register.filter
def plain_label(thing: Any) -> str:
    """The name of a position or an item in the reader's language; nothing for nothing."""
    return label(thing.names, language="es" if (get_language() or "en").startswith("es") else "en") if thing else ""


@register.filter
def when(words: Any) -> str:
    """From when to when, as exact as a person said it; nothing for no day."""
    return str(days.between(words.since, words.until))


@register.filter
def data_uri(svg: str) -> str:
    """An SVG picture as the address of an `<img>`, so that it needs no request of its own."""
    return "data:image/svg+xml;base64," + b64encode(svg.encode()).decode("ascii")


@register.filter
def as_json(value: Any) -> str:
    """`value` as JSON for a data attribute that a script reads; bytes become base64url."""
    return json.dumps(value, default=_jsonable)


@register.filter
def cut_zone(zone: str) -> str:
    """The place of a time zone: "America/New_York" → "New York"."""
    return zone.rsplit("/", 1)[-1].replace("_", " ")


def _jsonable(value: Any) -> Any:
    if isinstance(value, bytes):
        return urlsafe_b64encode(value).rstrip(b"=").decode("ascii")
    if isinstance(value, Mapping):
        return dict(value)
    return str(value)
