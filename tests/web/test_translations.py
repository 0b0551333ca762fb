"""Every string has its Spanish, with the same placeholders, and no string is left over."""

from __future__ import annotations

import pytest
from babel.messages.catalog import Catalog

from tests import translations


def test_the_spanish_catalogue_is_complete() -> None:
    assert translations.problems(translations.spanish()) == []


def test_strings_of_components_and_python_are_found() -> None:
    found = translations.collect()
    assert "Skip to content" in found  # a template
    assert "Step %(now)s of %(of)s" in found  # a component
    assert "Kinds of proof" in found  # a lazy string in Python


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
