"""Lists of givers that somebody trusts, and the three answers they allow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from credcore.trust.names import looks, plain_name

__all__ = ["Listed", "TrustEntry", "TrustList", "find", "looks", "plain_name", "same_name"]


@dataclass(frozen=True, slots=True)
class TrustEntry:
    """One giver. `issuer` is its identifier (a DID or https URL); `aliases` are other names it prints.

    `since` is the day the entry was added, `source` who says so and where (a URL or words), `reason` why it is trusted.
    `certificates` are roots (DER, X.509) in one of which the giver's `x5c` chains must end.
    """

    issuer: str
    name: str
    since: date | None = None
    aliases: tuple[str, ...] = ()
    source: str = ""
    reason: str = ""
    certificates: tuple[bytes, ...] = ()

    @property
    def names(self) -> frozenset[str]:
        """Everything it may call itself, reduced to what a reader compares."""
        return frozenset(plain_name(name) for name in (self.name, *self.aliases))


@dataclass(frozen=True)
class TrustList:
    """A list, who keeps it (`source`), and its entries. The reader's own list has no `name`.

    `fetched_at` (aware) is when it came from another computer; None for a list of one's own. `left_out` counts the
    givers that are on the original and could not be read: they are unknown here, so their number must be shown.
    `valid_until` is when its keeper says that it ends; `thumbprints` are the keys (RFC 7638) of a federation's anchor, to pin
    them by.
    """

    name: str
    entries: tuple[TrustEntry, ...]
    source: str = ""
    fetched_at: datetime | None = None
    left_out: int = 0
    valid_until: datetime | None = None
    thumbprints: tuple[str, ...] = ()

    # Built once a list, when first asked for: 10,000 entries are not walked for every proof.
    @cached_property
    def by_issuer(self) -> Mapping[str, TrustEntry]:
        """Entries by identifier; of two for the same giver, the first."""
        return {entry.issuer: entry for entry in reversed(self.entries)}

    @cached_property
    def by_look(self) -> Mapping[str, TrustEntry]:
        """Entries by everything that one of their names looks like; of two, the first."""
        found: dict[str, TrustEntry] = {}
        for entry in self.entries:
            for name in (entry.name, *entry.aliases):
                for look in looks(name):
                    found.setdefault(look, entry)
        return found


@dataclass(frozen=True, slots=True)
class Listed:
    """An entry together with the list that says so."""

    entry: TrustEntry
    on: TrustList


def find(lists: Sequence[TrustList], *, issuer: str) -> Listed | None:
    """The first entry for this identifier."""
    for one in lists:
        if (entry := one.by_issuer.get(issuer)) is not None:
            return Listed(entry, one)
    return None


def same_name(lists: Sequence[TrustList], *, name: str) -> Listed | None:
    """The first entry whose name a reader would take for this one, whatever its identifier: how to notice a borrowed name.

    Letters of other alphabets count as the Latin ones that they look like, so that “Соllеgе” is “College”.
    """
    wanted = looks(name) if lists else ()
    for one in lists:
        for look in wanted:
            if (entry := one.by_look.get(look)) is not None:
                return Listed(entry, one)
    return None
