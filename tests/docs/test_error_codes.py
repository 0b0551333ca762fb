"""Every code in the source is on the page of codes, and every code on the page is in the source."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from credcore.verify import STATES
from skillmark.desks.words import SENTENCES

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/reference/errors.md").read_text()
CODE = re.compile(r"[a-z0-9_]+\.[a-z0-9_]+")
# Calls whose first dotted text is a code.
# Their sentences count something, so they are made apart.
COUNTED = {"offer.wrong_pin", "join.wrong_pin", "leaver.wrong_pin", "record.paused", "sign_pin.paused", "share.paused"}
MAKERS = re.compile(r"(Error|Mismatch|Finding|NotFound|_unknown|_read|_problem|Cannot\w+)$")


def _codes(folder: str) -> set[str]:
    found = set()
    for path in (ROOT / folder).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if not isinstance(node, ast.Call):
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if not MAKERS.search(name):
                continue
            for argument in node.args[:2]:
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str) and CODE.fullmatch(argument.value):
                    found.add(argument.value)
                    break
    return found


def _on_page() -> set[str]:
    return set(re.findall(r"^\| `([a-z0-9_.]+)` \|", PAGE, flags=re.MULTILINE))


def test_the_librarys_codes_are_documented() -> None:
    codes = _codes("src/credcore")
    assert len(codes) > 80
    assert codes - _on_page() == set()


def test_the_applications_codes_have_a_sentence_and_are_documented() -> None:
    codes = _codes("src/skillmark/rooms")
    assert len(codes) > 30
    assert codes - set(SENTENCES) == COUNTED
    for code, sentence in SENTENCES.items():
        assert f"| `{code}` | {sentence} |" in PAGE


def test_the_states_are_documented() -> None:
    for state, verdict in STATES.items():
        assert f"| `{state}` | {verdict} |" in PAGE
