"""Read a LER-RS file: what nobody signed is offered as the person's own words; what is signed is brought in as a proof."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from credcore.codec import strict_json
from credcore.errors import CredcoreError
from credcore.formats import ler_rs
from credcore.formats.ler_rs import JOB, LEARNING, SKILL, Entry
from credcore.verify import opening
from skillmark.desks import own_record
from skillmark.errors import DomainError
from skillmark.rooms.people.rules import Actor
from skillmark.rooms.records import operations as records
from skillmark.rooms.records import queries
from skillmark.rooms.records.rules import statements as rules

MOST_BYTES = 524_288
_KINDS = {JOB: "job", LEARNING: "training", SKILL: "skill"}  # licences and certificates without a proof: other


class CannotRead(DomainError):
    """This is no file of that kind."""


@dataclass(frozen=True, slots=True)
class Offered:
    """A line that the person may take over as their own words. `number` names it within the file."""

    number: int
    kind: str
    words: rules.Words


@dataclass(frozen=True, slots=True)
class Life:
    """What is in the file: whose name stands on it, the lines to take over, and the proofs inside."""

    name: str
    lines: tuple[Offered, ...]
    proofs: tuple[bytes, ...]


def read(*, data: bytes, on: date) -> Life:
    """Look into a file. `on` is today: a day that makes no sense is left out.

    Raises CannotRead `life.unreadable` for whatever is no LER-RS.
    """
    try:
        document = opening.lay_open(data.strip()).document if not _is_bare(data) else strict_json.loads(data)
        if not ler_rs.recognises(document):
            raise CannotRead("life.unreadable")
        said = ler_rs.said(document)
        proofs = tuple(part.body for part in ler_rs.parts(document))
        name = ler_rs.parse(document).subject.name
    except CredcoreError as error:
        raise CannotRead("life.unreadable") from error
    return Life(name, tuple(_offered(number, one, on) for number, one in enumerate(said)), proofs)


def take(*, actor: Actor, data: bytes, numbers: frozenset[int], on: date, now: datetime) -> Taken:
    """Write the chosen lines down as the person's own words, and bring in every proof inside, each with its answer.

    A line that is there already, word for word, is not written twice. Raises as `read` and `records.say`, before anything
    is written where the file itself is at fault. Call it outside any transaction.
    """
    life = read(data=data, on=on)
    there = {(one.kind, one.words) for one in queries.statements(actor=actor)}
    said = 0
    for line in life.lines:
        if line.number in numbers and (line.kind, line.words) not in there:
            records.say(actor=actor, kind=line.kind, words=line.words, on=on, now=now)
            said += 1
    brought = [
        found
        for number, proof in enumerate(life.proofs, start=1)
        for found in own_record.bring(actor=actor, data=proof, name=f"{number}", source="file", now=now)
    ]
    return Taken(said, tuple(brought))


@dataclass(frozen=True, slots=True)
class Taken:
    """How many lines were written down, and what became of each proof."""

    said: int
    brought: tuple[own_record.Brought, ...]


def _is_bare(data: bytes) -> bool:
    """The record without a wrapper has no context of its own."""
    return data.lstrip().startswith(b"{")


def _offered(number: int, entry: Entry, on: date) -> Offered:
    """As long as a statement may be, in the middle of a word if need be."""
    kind = _KINDS.get(entry.section, "other")
    said = {
        "title": entry.name or entry.where, "by": entry.where if entry.name else "", "details": entry.about,
        "since": entry.start, "until": entry.end,
    }  # fmt: skip
    cut = {name: text[: rules.LENGTHS[name]].strip() for name, text in said.items()}
    for _ in ("since", "until"):
        _code, field = rules.problem(rules.Words(**cut), kind=kind, on=on)
        if field in ("since", "until"):
            cut[field] = ""
    return Offered(number, kind, rules.Words(**cut))
