"""Read a record."""

from __future__ import annotations

from dataclasses import replace

from credcore.formats import openbadges3, vcdm
from credcore.formats.embedded import collect, every
from credcore.formats.vcdm import Json, first, text
from credcore.model import Credential, Part

NAME = "CLR 2.0"
MAX_ENTRIES = 100


def recognises(document: Json) -> bool:
    """Whether this format is the one to read the document."""
    return vcdm.is_a(document, kind="ClrCredential")


def parse(document: Json) -> Credential:
    """The record's own words; `entries` has a line for each credential in it and each achievement that it names.

    Raises MalformedError `dates.malformed`.
    """
    return replace(
        vcdm.parse(document, format=NAME),
        subject=openbadges3.parse(document).subject,
        entries=tuple(dict.fromkeys(_lines(document)))[:MAX_ENTRIES],
    )


def parts(document: Json) -> tuple[Part, ...]:
    """The credentials inside, as objects or tokens. Raises MalformedError `parts.too_many`."""
    return collect(every(first(document.get("credentialSubject")).get("verifiableCredential")), role="credential")


def _lines(document: Json) -> list[str]:
    subject = first(document.get("credentialSubject"))
    lines = []
    for one in every(subject.get("verifiableCredential")):
        if isinstance(one, dict):
            achievement = first(first(one.get("credentialSubject")).get("achievement"))
            lines.append(_line(text(achievement.get("name")) or text(one.get("name")), one.get("issuer")))
    for one in every(subject.get("achievement")):
        if isinstance(one, dict):
            lines.append(_line(text(one.get("name")), one.get("creator") or document.get("issuer")))
    return [line for line in lines if line]


def _line(name: str, giver: object) -> str:
    by = text(first(giver).get("name"))
    return f"{name} ({by})" if name and by else name
