"""What was seen, as the evidence of an Open Badges 3.0 credential. (section B.3, Evidence)"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from skillmark.rooms.credentials.rules.seen import Seen

_WORDS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "en": MappingProxyType(
            {
                "observed": "Observed at work",
                "test": "Test",
                "hours": "Hours",
                "place": "Where: {}",
                "document": "Instruction: {}",
                "language_used": "Language used: {}",
                "hours_done": "Hours done: {}",
                "co_signed_by": "Also signed by {}",
                "comment": "The person says: {}",
                "English": "English",
                "Spanish": "Spanish",
            }
        ),
        "es": MappingProxyType(
            {
                "observed": "Observado en el trabajo",
                "test": "Prueba",
                "hours": "Horas",
                "place": "Dónde: {}",
                "document": "Instrucción: {}",
                "language_used": "Idioma usado: {}",
                "hours_done": "Horas hechas: {}",
                "co_signed_by": "También firmó {}",
                "comment": "La persona dice: {}",
                "English": "inglés",
                "Spanish": "español",
            }
        ),
    }
)
_LANGUAGES = {"en": "English", "es": "Spanish"}


def evidence(*, seen: Seen, language: str) -> dict[str, Any]:
    """One `Evidence`: who and when as its name, what was seen as its narrative, where and by which instruction as its
    description, the method as its genre. What was not said is left out."""
    words = _WORDS.get(language, _WORDS["en"])
    spoken = _LANGUAGES.get(seen.language_used, "")
    details = (
        ("place", seen.place),
        ("document", seen.document),
        ("hours_done", seen.hours),
        ("language_used", words[spoken] if spoken else seen.language_used),
        ("co_signed_by", seen.co_signed_by),
        ("comment", seen.comment),
    )
    told = {
        "name": f"{seen.by}, {seen.on.isoformat()}" if seen.by else seen.on.isoformat(),
        "narrative": "\n".join([*(f"• {step}" for step in seen.steps), *([seen.seen] if seen.seen else [])]),
        "description": "\n".join(words[name].format(value) for name, value in details if value),
        "genre": words.get(seen.method, ""),
    }
    return {"type": ["Evidence"], **{name: value for name, value in told.items() if value}}
