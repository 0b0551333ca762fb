"""Time is an argument: only the edges, and the library's net and command line, read the clock."""

from __future__ import annotations

import ast

from .source import modules

CLOCKS = {
    ("datetime", "now"),
    ("datetime", "utcnow"),
    ("datetime", "today"),
    ("date", "today"),
    ("timezone", "now"),
    ("timezone", "localdate"),
    ("time", "time"),
    ("time", "time_ns"),
}
MAY_READ = ("credcore.net", "credcore.cli", "skillmark.edges")


def test_nobody_else_reads_the_clock() -> None:
    found = []
    for module in modules("credcore", "skillmark", apart_from=MAY_READ):
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Attribute):
                owner = node.value
                name = owner.id if isinstance(owner, ast.Name) else owner.attr if isinstance(owner, ast.Attribute) else ""
                if (name, node.attr) in CLOCKS:
                    found.append(f"{module.where(node)} reads {name}.{node.attr}")
            elif isinstance(node, ast.keyword) and node.arg in {"auto_now", "auto_now_add"}:
                found.append(f"{module.where(node.value)} lets the database layer read the clock: {node.arg}")
    assert not found, "\n".join(found)
