"""Directions that import-linter cannot express: parts of an external package, and what happens at import."""

from __future__ import annotations

import ast
import subprocess
import sys

from .source import imports, modules, within

SOCKETS = ("urllib.request", "http.client", "socket", "httpcore", "httpx", "requests", "smtplib", "ftplib")
WEB = ("django.http", "django.shortcuts", "django.forms", "django.template", "django.urls")

IMPORT_ALL = """
import importlib, pkgutil, sys
import credcore
for found in pkgutil.walk_packages(credcore.__path__, "credcore."):
    if not found.name.endswith("__main__"):
        importlib.import_module(found.name)
print(*sorted(name for name in sys.modules if name.split(".")[0] in {"django", "skillmark", "ninja"}))
"""


def offenders(packages: tuple[str, ...], forbidden: tuple[str, ...], apart_from: tuple[str, ...] = ()) -> list[str]:
    """`path:line imports name` for every forbidden import in these packages."""
    return [
        f"{module.where(node)} imports {name}"
        for module in modules(*packages, apart_from=apart_from)
        for node, name in imports(module)
        if any(within(name, other) for other in forbidden)
    ]


def test_the_library_loads_without_django() -> None:
    answer = subprocess.run([sys.executable, "-c", IMPORT_ALL], capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stderr
    assert answer.stdout.split() == []


def test_only_the_net_and_the_command_line_open_sockets() -> None:
    found = offenders(("credcore",), SOCKETS, apart_from=("credcore.net", "credcore.cli"))
    assert not found, "\n".join(found)


def test_rooms_and_desks_open_no_socket() -> None:
    # Mail leaves by this one channel, and only jobs call it.
    found = offenders(("skillmark.rooms", "skillmark.desks"), SOCKETS, apart_from=("skillmark.desks.notices.channels",))
    assert not found, "\n".join(found)


def test_rooms_know_nothing_of_pages() -> None:
    found = offenders(("skillmark.rooms",), WEB)
    assert not found, "\n".join(found)


def test_edges_and_desks_do_not_read_models() -> None:
    found = [
        f"{module.where(node)} imports {name}"
        for module in modules("skillmark.edges", "skillmark.desks")
        for node, name in imports(module)
        if name.startswith("skillmark.rooms.") and "models" in name.split(".")
    ]
    assert not found, "\n".join(found)


def test_edges_and_desks_ask_no_manager() -> None:
    """A query in an edge goes past the one door that keeps firms apart."""
    found = [
        f"{module.where(node)} uses .objects"
        # Passkeys lie in a table of the sign-in library, which no room has.
        for module in modules("skillmark.edges", "skillmark.desks", apart_from=("skillmark.edges.web.views.passkeys",))
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Attribute) and node.attr in {"objects", "_default_manager"}
    ]
    assert not found, "\n".join(found)


def test_rooms_touch_only_their_own_models() -> None:
    found = []
    for module in modules("skillmark.rooms"):
        own = ".".join(module.name.split(".")[:3])
        found += [
            f"{module.where(node)} imports {name}"
            for node, name in imports(module)
            if name.startswith("skillmark.rooms.") and "models" in name.split(".") and not within(name, own)
        ]
    assert not found, "\n".join(found)
