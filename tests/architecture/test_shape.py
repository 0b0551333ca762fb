"""Size, names, refusals to guess, and what every public function owes its reader."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from .source import ROOT, Module, every_module, modules, public_functions

LONGEST = 400
"""Lines a file may have. There is no list of exceptions; migrations are written by Django and read by it."""

EMPTY_NAMES = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "managers", "base_utils", "tools"}
ENTRANCES = {"operations", "queries"}


def doors() -> Iterator[tuple[Module, ast.FunctionDef | ast.AsyncFunctionDef]]:
    """The functions by which a room is entered: those of operations and queries, or of what such a package re-exports."""
    for module in modules("skillmark.rooms"):
        parts = module.name.split(".")
        if len(parts) < 4 or parts[3] not in ENTRANCES:
            continue
        offered = exported(".".join(parts[:4]))
        for node, method in public_functions(module):
            if not method and (offered is None or node.name in offered):
                yield module, node


def exported(package: str) -> set[str] | None:
    """The names that a package re-exports, or None for a plain module, which offers all that it has."""
    [module] = [module for module in every_module() if module.name == package]
    if not module.path.endswith("__init__.py"):
        return None
    return {
        alias.asname or alias.name for node in module.tree.body if isinstance(node, ast.ImportFrom) for alias in node.names
    }


def test_no_file_is_too_long() -> None:
    files = [*ROOT.glob("src/**/*.py"), *ROOT.glob("tests/**/*.py"), *ROOT.glob("benchmarks/**/*.py")]
    found = {}
    for path in (one for one in files if "migrations" not in one.parts):
        count = len(path.read_text(encoding="utf-8").splitlines())
        if count > LONGEST:
            found[path.relative_to(ROOT).as_posix()] = count
    assert found == {}


def test_no_name_says_nothing() -> None:
    places = [path for top in ("src", "tests", "benchmarks") for path in ROOT.joinpath(top).rglob("*")]
    named = [path.relative_to(ROOT).as_posix() for path in places if path.stem.lower() in EMPTY_NAMES]
    assert [path for path in named if "__pycache__" not in path and "node_modules" not in path] == []


def test_nothing_catches_everything() -> None:
    found = []
    for module in every_module():
        for node in ast.walk(module.tree):
            if isinstance(node, ast.ExceptHandler):
                kinds = node.type.elts if isinstance(node.type, ast.Tuple) else [node.type]
                names = {kind.id for kind in kinds if isinstance(kind, ast.Name)}
                if node.type is None or names & {"Exception", "BaseException"}:
                    found.append(module.where(node))
    assert not found, "\n".join(found)


def test_public_functions_explain_themselves() -> None:
    found = [
        f"{module.where(node)} {node.name}"
        for module, node in [
            *((module, node) for module in modules("credcore") for node, _ in public_functions(module)),
            *doors(),
        ]
        if not ast.get_docstring(node) and not overrides(node)
    ]
    assert not found, "\n".join(found)


def overrides(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Whether a decorator says that the words stand elsewhere: a property's setter, an overload, an override."""
    names = {ast.unparse(decorator).rsplit(".", 1)[-1] for decorator in node.decorator_list}
    return bool(names & {"override", "overload", "setter"})


def test_doors_of_rooms_take_named_arguments_only() -> None:
    found = [f"{module.where(node)} {node.name}" for module, node in doors() if node.args.posonlyargs or node.args.args]
    assert not found, "\n".join(found)


def test_the_library_names_all_but_the_thing_itself() -> None:
    """`check(document, now=…)`: one argument may stand alone, the one that the function is about."""
    found = [
        f"{module.where(node)} {node.name}"
        for module in modules("credcore")
        for node, method in public_functions(module)
        if len(node.args.posonlyargs + node.args.args) > 1 + int(method and not is_static(node))
    ]
    assert not found, "\n".join(found)


def is_static(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Whether a method takes neither the object nor the class."""
    return any(ast.unparse(decorator) == "staticmethod" for decorator in node.decorator_list)
