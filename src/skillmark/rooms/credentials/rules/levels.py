"""The four levels of a skill, as they are printed on a proof. They say how the work was done, never how good a person is."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

LEVELS: Mapping[int, Mapping[str, str]] = MappingProxyType(
    {
        1: MappingProxyType({"en": "Learning", "es": "Aprendiendo"}),
        2: MappingProxyType({"en": "With help", "es": "Con ayuda"}),
        3: MappingProxyType({"en": "Alone", "es": "Sin ayuda"}),
        4: MappingProxyType({"en": "Can teach", "es": "Puede enseñar"}),
    }
)


def level_name(*, level: int | None, language: str) -> str:
    """The level in words, such as "Alone"; empty when the proof has no level. Unknown languages read English."""
    if level is None:
        return ""
    names = LEVELS[level]
    return names.get(language, names["en"])


def said(*, texts: Mapping[str, str], language: str) -> tuple[str, str]:
    """The text in the wanted language and the language it is really in.

    A firm that wrote its own kind of proof in one language only is not made to translate it: what it wrote is used.
    """
    for candidate in (language, "en", *texts):
        text = texts.get(candidate, "")
        if text:
            return text, candidate
    return "", language
