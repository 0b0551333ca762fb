"""The page on conformance lists exactly what is tried here."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from . import (
    test_data_model,
    test_ecdsa,
    test_ecdsa_sd,
    test_ed25519_signature_2020,
    test_eddsa,
    test_presentations,
    test_status,
)

PAGE = Path(__file__).parents[3] / "docs/reference/conformance.md"
MODULES = (
    test_eddsa,
    test_ecdsa,
    test_ecdsa_sd,
    test_ed25519_signature_2020,
    test_data_model,
    test_presentations,
    test_status,
)


def rows(module: ModuleType) -> list[str]:
    """The lines of a module's table, each demand once, whichever issuers it is tried with."""
    return list(
        dict.fromkeys(f"| `{must.name}` | {must.section} | {must.says} |" for musts in module.MUSTS.values() for must in musts)
    )


def listed(name: str) -> Iterator[str]:
    """The rows below the heading of a module, in the section on the VC-API."""
    section = PAGE.read_text(encoding="utf-8").split("\n## VC-API\n")[1].split("\n## ")[0]
    below = section.split(f"\n### `{name}.py`")[1].split("\n### ")[0]
    yield from (line for line in below.splitlines() if line.startswith("| `"))


@pytest.mark.parametrize("module", MODULES, ids=lambda one: one.__name__.rpartition(".")[2])
def test_every_demand_is_listed_and_every_listed_one_tried(module: ModuleType) -> None:
    name = module.__name__.rpartition(".")[2]
    assert list(listed(name)) == rows(module)
    assert len(rows(module)) == len({row.split("|")[1] for row in rows(module)})
