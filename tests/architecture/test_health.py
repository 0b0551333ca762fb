"""Nobody enters the health room but by its own pages, and all that others may ask is a yes or no and a day."""

from __future__ import annotations

import ast
import re
from dataclasses import fields
from datetime import date
from typing import get_type_hints
from uuid import UUID

from skillmark.rooms.health import queries
from skillmark.rooms.health.rules import ClearUntil

from .source import imports, modules, within

ROOM = "skillmark.rooms.health"
# Everything outside that enters, and for what. Nothing else may, by any name.
MAY_ENTER = {
    "skillmark.rooms.talent.queries.clearance": {f"{ROOM}.queries.clear_until", f"{ROOM}.rules.ClearUntil"},
    "skillmark.edges.web.views.health": {f"{ROOM}.operations", f"{ROOM}.queries"},
    "skillmark.edges.web.views.health_asking": {f"{ROOM}.operations", f"{ROOM}.queries"},
    "skillmark.edges.web.templatetags.restricted": {f"{ROOM}.queries"},
    "skillmark.desks.restricted_pack": {f"{ROOM}.queries", f"{ROOM}.queries.Line", f"{ROOM}.queries.PersonHealth"},
    "skillmark.desks.whole_person.forgetting": {f"{ROOM}.operations"},
}
# The pages of the room, and what they alone use.
OWN = {"skillmark.edges.web.views.health", "skillmark.edges.web.views.health_asking", "skillmark.edges.web.urls"}


def test_nobody_else_enters() -> None:
    found = {}
    for module in modules("skillmark", "credcore", apart_from=(ROOM,)):
        named = {name for _node, name in imports(module) if within(name, ROOM) or name == ROOM}
        if named:
            found[module.name] = named
    assert found == MAY_ENTER


def test_nobody_goes_round_the_door() -> None:
    """Neither by the name of a table, nor of a model, nor by a key that points into the room."""
    hidden = re.compile(
        r"health_health\w+|\bhealth\.Health\w+|get_model\(\s*[\"']health|app_label\s*=\s*[\"']health", re.IGNORECASE
    )
    found = [
        f"{module.where(node)} {node.value!r}"
        for module in modules("skillmark", apart_from=(ROOM,))
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and hidden.search(node.value)
    ]
    assert not found, "\n".join(found)


def test_the_deleter_only_deletes() -> None:
    [module] = modules("skillmark.desks.whole_person.forgetting")
    used = {
        node.attr
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "health"
    }
    assert used == {"forget_person"}


def test_the_pages_are_entered_by_their_addresses_only() -> None:
    found = [
        f"{module.where(node)} imports {name}"
        for module in modules("skillmark", apart_from=tuple(OWN))
        for node, name in imports(module)
        if re.search(r"views\.health(_asking)?$|restricted_pack$", name)
        and not module.name.startswith("skillmark.edges.public")
    ]
    assert not found, "\n".join(found)


def test_the_room_looks_down_to_people_and_the_journal_only() -> None:
    found = set()
    for module in modules(ROOM):
        found |= {".".join(name.split(".")[:3]) for _node, name in imports(module) if within(name, "skillmark.rooms")}
    # Of skills only the arithmetic of months, which knows no firm and no person.
    assert found == {ROOM, "skillmark.rooms.people", "skillmark.rooms.journal", "skillmark.rooms.skills"}
    for module in modules(ROOM):
        for _node, name in imports(module):
            if within(name, "skillmark.rooms.skills"):
                assert name == "skillmark.rooms.skills.rules.add_months"


def test_the_one_answer_holds_a_yes_or_no_and_a_day() -> None:
    assert [one.name for one in fields(ClearUntil)] == ["met", "until"]
    assert get_type_hints(ClearUntil) == {"met": bool, "until": date | None}
    assert get_type_hints(queries.clear_until)["return"] == dict[UUID, ClearUntil]
