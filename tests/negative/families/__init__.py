"""The families of faults, and the givers that their good twins need on the list."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

from credcore.trust import TrustEntry, TrustList
from tests.core.proofs import COLLEGE
from tests.negative.case import Case

FAMILIES = (
    "strict_json",
    "jose",
    "claims",
    "sd_jwt",
    "status",
    "status_tokens",
    "dids",
    "identifiers",
    "json_ld",
    "reserved_words",
    "proofs",
    "binding",
    "containers",
    "badges2",
    "trust",
    "dates",
    "bombs",
)
NAME = "Prairie Valley College"
_HERE = Path(__file__).parent


def modules() -> Iterator[tuple[str, ModuleType]]:
    """(name, module) of every family that is there. A module may name more trusted givers in `GIVERS`."""
    for name in FAMILIES:
        if (_HERE / f"{name}.py").is_file():
            yield name, importlib.import_module(f"{__name__}.{name}")


def cases() -> Iterator[tuple[str, Case]]:
    """(family, case) of every family that is there, in a fixed order."""
    for name, module in modules():
        for case in module.cases():
            yield name, case


def trust_list() -> TrustList:
    """The one list for the whole corpus: the College, under each identifier that a twin gives it."""
    entries = [TrustEntry(COLLEGE.did, NAME)]
    for _, module in modules():
        entries += getattr(module, "GIVERS", ())
    return TrustList("Negative corpus", tuple(dict.fromkeys(entries)))
