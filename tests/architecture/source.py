"""Reads the source as syntax trees, so that the tests beside this file can ask about it without running it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src"


@dataclass(frozen=True)
class Module:
    """One Python file: its path below `src`, its dotted name, its text and its tree."""

    path: str
    name: str
    text: str
    tree: ast.Module

    def where(self, node: ast.AST) -> str:
        """`path:line`, for a message that a person can click on."""
        return f"src/{self.path}:{getattr(node, 'lineno', 1)}"


@cache
def every_module() -> tuple[Module, ...]:
    """All Python files below `src`, migrations left out: those are written by Django."""
    found = []
    for path in sorted(SOURCE.rglob("*.py")):
        inside = path.relative_to(SOURCE)
        if "migrations" in inside.parts:
            continue
        parts = inside.with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        text = path.read_text(encoding="utf-8")
        found.append(Module(inside.as_posix(), name, text, ast.parse(text)))
    return tuple(found)


def modules(*packages: str, apart_from: tuple[str, ...] = ()) -> list[Module]:
    """The modules of these packages, without those of `apart_from`."""
    return [
        module
        for module in every_module()
        if any(within(module.name, package) for package in packages)
        and not any(within(module.name, package) for package in apart_from)
    ]


def within(name: str, package: str) -> bool:
    """Whether a dotted name is the package or lies in it."""
    return name == package or name.startswith(package + ".")


def imports(module: Module) -> Iterator[tuple[ast.AST, str]]:
    """Every name that a module imports, dotted and absolute: `from a import b` gives `a.b`.

    What stands under `if TYPE_CHECKING:` names a type and is never run, so it is left out.
    """
    unrun = {
        id(inner)
        for node in ast.walk(module.tree)
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    for node in ast.walk(module.tree):
        if id(node) in unrun:
            continue
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node, alias.name
        elif isinstance(node, ast.ImportFrom):
            origin = node.module or ""
            if node.level:
                package = module.name.split(".")
                if not module.path.endswith("__init__.py"):
                    package = package[:-1]
                package = package[: len(package) - node.level + 1]
                origin = ".".join([*package, *([node.module] if node.module else [])])
            for alias in node.names:
                yield node, f"{origin}.{alias.name}"


def public_functions(module: Module) -> Iterator[tuple[ast.FunctionDef | ast.AsyncFunctionDef, bool]]:
    """The functions that others may call, and whether each is a method: no leading underscore on it or its class."""
    for node in module.tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not node.name.startswith("_"):
            yield node, False
        elif isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            for inner in node.body:
                if isinstance(inner, ast.FunctionDef | ast.AsyncFunctionDef) and not inner.name.startswith("_"):
                    yield inner, True
