"""What a credential says, independent of the format it came in."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Party:
    """A giver or a receiver as the document names them. Nothing here is checked."""

    id: str = ""
    name: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Observation:
    """One piece of evidence: its name (who and when), what was seen, how (`genre`), and what else is said about it."""

    name: str = ""
    text: str = ""
    genre: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class Alignment:
    """The same skill in somebody else's list, as the document names it."""

    framework: str = ""
    code: str = ""
    name: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Credential:
    """A credential's content in plain fields, for people. Empty strings mean: the document does not say.

    `level` is the level in words as printed; `evidence` are the narratives of how it was checked, `observations` the same
    with who saw it and when; `alignments` is the same skill in other lists; `entries` are the lines of a record that holds
    many things (CLR, LER-RS). `role` is a position that the person held, from `active_from` until `active_until` (as the
    document writes it: a day or a moment, ISO 8601).
    """

    id: str = ""
    name: str = ""
    format: str = ""
    issuer: Party = field(default_factory=Party)
    subject: Party = field(default_factory=Party)
    valid_from: datetime | None = None
    valid_until: datetime | None = None
    description: str = ""
    criteria: str = ""
    level: str = ""
    language: str = ""
    evidence: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    image: str = ""
    entries: tuple[str, ...] = ()
    observations: tuple[Observation, ...] = ()
    alignments: tuple[Alignment, ...] = ()
    role: str = ""
    active_from: str = ""
    active_until: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A proof inside another one, which gets a verdict of its own.

    `role` is `credential` or `endorsement`; `body` is JSON in UTF-8 or a compact token, ready for a check.
    """

    role: str
    body: bytes
