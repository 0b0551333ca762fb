"""Every string has its Spanish, with the same placeholders, and no string is left over."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from tests import translations

SOURCES = Path(__file__).parents[2] / "src" / "skillmark"


def test_the_spanish_catalogue_is_complete() -> None:
    assert translations.problems(translations.spanish()) == []


def test_strings_of_components_and_python_are_found() -> None:
    found = translations.collect()
    assert "Skip to content" in found  # a template
    assert "Step %(now)s of %(of)s" in found  # a component
    assert "Kinds of proof" in found  # a lazy string in Python


def test_nothing_to_translate_hides_inside_an_f_string() -> None:
    """Whoever collects the strings does not look in there, so it would stay English."""
    told = {"_", "gettext", "ngettext", "pgettext", "npgettext", "gettext_lazy", "ngettext_lazy"}
    hidden = [
        f"{path}:{call.lineno}"
        for path in SOURCES.rglob("*.py")
        for text in ast.walk(ast.parse(path.read_text()))
        if isinstance(text, ast.JoinedStr)
        for call in ast.walk(text)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in told
    ]
    assert not hidden


def test_problems_are_seen() -> None:
    broken = Catalog(locale="es")
    broken.add("Skip to content", "")
    broken.add("%(firm)s is ready.", "Listo.")
    broken.add("Nobody says this", "Nadie lo dice")
    said = "\n".join(translations.problems(broken))
    assert "not translated: 'Skip to content'" in said
    assert "other placeholders: '%(firm)s is ready.'" in said
    assert "no longer used: 'Nobody says this'" in said
    assert "not in the catalogue: 'Settings'" in said


@pytest.mark.parametrize("banned", ["billetera", "emisor", "insignia", "verificab", "criptogr", "revoc"])
def test_plain_spanish(banned: str) -> None:
    texts = [str(message.string).lower() for message in translations.messages(translations.spanish())]
    assert not [text for text in texts if banned in text]
