"""What an inspector pack is made of. Facts only; the words for them are chosen where it is printed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from skillmark.rooms.talent.queries import PersonLine
from skillmark.rooms.talent.rules import Cell


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What goes in. `known_at` None: as the day is known now, with what was written down later marked; else only what was
    known at that moment. Empty `person_ids`: everybody who matches. Empty `item_ids`: everything that they need.
    `standard` is what the items are called together."""

    on: date
    known_at: datetime | None = None
    person_ids: frozenset[UUID] = frozenset()
    site_id: UUID | None = None
    position_id: UUID | None = None
    item_ids: tuple[UUID, ...] = ()
    standard: str = ""


@dataclass(frozen=True, slots=True)
class File:
    """A file of the evidence. `place` tells who keeps it: stored (photos, screenshots), issued (proofs of ours) or checked
    (digital files of others). `sha256` is empty where that is not kept beside it."""

    place: str
    id: UUID
    name: str  # in the ZIP
    kind: str  # photo, look_up or proof
    media_type: str = ""
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class LookUp:
    """Somebody looked it up at its source."""

    day: date
    by: str
    confirmed: bool


@dataclass(frozen=True, slots=True)
class LateLine:
    """Something that came after its day, and what is noted about it."""

    due_on: date
    obtained: date
    notes: tuple[tuple[str, str], ...] = ()  # text, by whom


@dataclass(frozen=True, slots=True)
class Held:
    """What is on file of what decided about a cell. `written_later` is the day on which it was written down, if that is
    after the day of the pack; `corrected` tells that it then replaced what was written before."""

    obtained: date | None
    starts: date | None
    ends: date | None
    giver: str
    number: str
    trained_on: date | None
    evaluated_on: date | None
    evaluator: str
    language_taught: str
    understanding: str
    revision: str
    note: str
    look_up: LookUp | None = None
    written_later: date | None = None
    corrected: bool = False

    @property
    def names_evaluation(self) -> bool:
        """Whether it tells of training and evaluation, as the record of a truck driver must."""
        return bool(self.trained_on or self.evaluated_on or self.evaluator)


@dataclass(slots=True)
class Entry:
    """One item of one person. `lacks` are what its table asks for and the record does not tell: trained, evaluated,
    evaluator."""

    item_id: UUID
    item: str
    cell: Cell
    held: Held | None
    late: tuple[LateLine, ...] = ()
    files: list[File] = field(default_factory=list)
    exempt_because: str = ""
    first: str = ""
    gap: bool = False
    lacks: tuple[str, ...] = ()


@dataclass(slots=True)
class Page:
    """One person. `then` is what they were called on the day, if they have another name now."""

    person: PersonLine
    then: str
    positions: list[str]
    sites: list[str]
    entries: list[Entry]

    @property
    def gaps(self) -> list[Entry]:
        """What is missing, expired or does not count."""
        return [one for one in self.entries if one.gap]

    @property
    def complete(self) -> bool:
        """Whether nothing is missing."""
        return not self.gaps

    @property
    def late(self) -> bool:
        """Whether something came after its day."""
        return any(one.late for one in self.entries)


@dataclass(frozen=True, slots=True)
class Source:
    """Where a rule stands."""

    title: str
    url: str
    read_on: str  # ISO day, as the firm's item keeps it
    jurisdiction: str


@dataclass(frozen=True, slots=True)
class RuleLine:
    """The rule of an item on the day: how long it counts, how well it must be checked, and where that stands."""

    item_id: UUID
    item: str
    validity: Mapping[str, object]
    trust: str
    sources: tuple[Source, ...]


@dataclass(slots=True)
class Pack:
    """A pack before it is printed. `evaluated` are the items that get a table of training, evaluation and evaluator."""

    firm: str
    choice: Choice
    site: str
    position: str
    time_zone: str
    pages: list[Page]
    rules: list[RuleLine]
    evaluated: list[UUID]
    missing: list[tuple[Page, Entry, str]] = field(default_factory=list)  # a file's name, or empty: there never was one

    @property
    def complete(self) -> list[Page]:
        """Those who lack nothing."""
        return [one for one in self.pages if one.complete]

    @property
    def incomplete(self) -> list[Page]:
        """Those who lack something."""
        return [one for one in self.pages if not one.complete]

    @property
    def files(self) -> list[File]:
        """All files, in the order of the pages."""
        return [file for page in self.pages for entry in page.entries for file in entry.files]
