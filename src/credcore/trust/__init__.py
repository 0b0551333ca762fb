"""Lists of givers that somebody trusts, and the three answers they allow."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class TrustEntry:
    """One giver. `issuer` is its identifier (a DID or https URL); `aliases` are other names it prints."""

    issuer: str
    name: str
    since: date | None = None
    aliases: tuple[str, ...] = ()

    @property
    def names(self) -> frozenset[str]:
        """Everything it may call itself, reduced to what a reader compares."""
        return frozenset(plain_name(name) for name in (self.name, *self.aliases))


@dataclass(frozen=True, slots=True)
class TrustList:
    """A list, who keeps it (`source`), and its entries."""

    name: str
    entries: tuple[TrustEntry, ...]
    source: str = ""


@dataclass(frozen=True, slots=True)
class Listed:
    """An entry together with the list that says so."""

    entry: TrustEntry
    on: TrustList


def plain_name(name: str) -> str:
    """A name reduced to what a reader compares: letters and digits, without case, width or accents."""
    folded = unicodedata.normalize("NFKD", name).casefold()
    return "".join(character for character in folded if character.isalnum())


def find(lists: Sequence[TrustList], *, issuer: str) -> Listed | None:
    """The first entry for this identifier."""
    for one in lists:
        for entry in one.entries:
            if entry.issuer == issuer:
                return Listed(entry, one)
    return None


def same_name(lists: Sequence[TrustList], *, name: str) -> Listed | None:
    """The first entry that bears this name, whatever its identifier: the way to notice a borrowed name."""
    wanted = plain_name(name)
    if not wanted:
        return None
    for one in lists:
        for entry in one.entries:
            if wanted in entry.names:
                return Listed(entry, one)
    return None
