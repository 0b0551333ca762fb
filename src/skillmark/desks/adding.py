"""What people hand over for their own page: files, pictures, ZIP files, links, pasted text, in any mixture and number."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING, Any
from uuid import UUID

from credcore.containers import archive
from credcore.containers.found import Found
from credcore.errors import MalformedError
from credcore.verify import beside
from credcore.verify.record import dump, load
from skillmark.desks import answers, moved_proofs, own_list, own_record, words
from skillmark.desks.moved_proofs import MovedProof
from skillmark.desks.own_record import Brought
from skillmark.errors import NotFound
from skillmark.rooms.people.rules import Actor
from skillmark.rooms.records import operations
from skillmark.rooms.records.queries import Told
from skillmark.rooms.records.rules.additions import MOST_BYTES, MOST_ITEMS, PROBLEM, Row

if TYPE_CHECKING:
    from skillmark.rooms.records.models import Addition

_ZIP = b"PK\x03\x04"
_SOURCES = {"file": "file", "link": "link", "text": "text"}


def hand_over(
    *, actor: Actor, files: Iterable[tuple[str, bytes]], text: str, now: datetime, into: UUID | None = None
) -> Addition:
    """Write down what was handed over, a row for each file, for each file in a ZIP, and for each pasted link.

    Nothing is looked at yet. Raises as `records.operations.add_items`. Call it outside any transaction.
    """
    every = islice((row for name, body in files for row in _rows(name, body)), MOST_ITEMS + 1)
    return operations.add_items(actor=actor, rows=[*every, *_pasted(text)], now=now, into=into)


def _rows(name: str, body: bytes) -> Iterator[Row]:
    name = archive.clean_name(name)
    if not body.startswith(_ZIP):
        yield name, "file", body
        return
    found: list[Row] = []

    def inside(entry: bytes, inner: str) -> tuple[Found, ...]:
        if entry.startswith(_ZIP):
            return archive.read(entry, inside=inside, budget=budget)
        found.append((f"{name}/{inner}", "file", entry))
        return ()

    budget = archive.Budget(entries=MOST_ITEMS, size=MOST_BYTES)
    try:
        problems = archive.read(body, inside=inside, budget=budget)
    except MalformedError as error:
        yield name, PROBLEM, error.code.encode()
        return
    if beside.is_parcel(one for one, _, _ in found):  # somebody's whole page: the lists beside the proofs are none
        found = [row for row in found if not beside.is_beside(row[0])]
    yield from found
    yield from ((f"{name}/{one.name}", PROBLEM, one.body) for one in problems)


def _pasted(text: str) -> list[Row]:
    """A row for each link where there are only links, one a line; anything else is one text."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if lines and all(_is_link(line) for line in lines):
        return [(line, "link", line.encode()) for line in lines]
    return [("", "text", text.strip().encode())] if lines else []


def _is_link(line: str) -> bool:
    return line.lower().startswith(("http://", "https://")) and not any(character.isspace() for character in line)


def hand_over_moved(*, actor: Actor, proofs: Sequence[MovedProof], now: datetime) -> tuple[Addition, ...]:
    """Write down the proofs of a page that moves here, as many lists as it takes. Raises as `hand_over`."""
    parts = [proofs[at : at + MOST_ITEMS] for at in range(0, len(proofs), MOST_ITEMS)]
    return tuple(operations.add_items(actor=actor, rows=[one.row() for one in part], now=now) for part in parts)


def look_at_next(*, addition_id: UUID, now: datetime) -> bool:
    """Look at one thing that waits and keep what is to be kept; False: there is none at present.

    Each is taken and put down by itself, so that whatever kills us costs one thing a second try.
    """
    return _look(addition_id, None, name_agreed=False, now=now)


def keep_anyway(*, actor: Actor, addition_id: UUID, number: int, now: datetime) -> None:
    """The person knows whose name stands on it, and keeps it. Raises NotFound."""
    operations.wait_again(actor=actor, addition_id=addition_id, number=number, now=now)
    _look(addition_id, number, name_agreed=True, now=now)


def try_again(*, actor: Actor, addition_id: UUID, number: int, now: datetime) -> None:
    """Ask those once more who did not answer. Raises NotFound."""
    operations.wait_again(actor=actor, addition_id=addition_id, number=number, now=now)
    _look(addition_id, number, name_agreed=False, now=now)


def _look(addition_id: UUID, number: int | None, *, name_agreed: bool, now: datetime) -> bool:
    taken = operations.take_item(addition_id=addition_id, number=number, now=now)
    if taken is None:
        return False
    try:
        if taken.kind == moved_proofs.KIND:
            moved = moved_proofs.read(taken.body)
            found = moved_proofs.bring(actor=taken.actor, proof=moved, name_agreed=name_agreed, now=now)
        else:
            found = own_record.bring(
                actor=taken.actor, data=taken.body, name=taken.name, source=_SOURCES[taken.kind], now=now,
                name_agreed=name_agreed,
            )  # fmt: skip
    except NotFound:  # the page was erased meanwhile, and the thing with it; or joined with another, where it waits anew
        return False
    operations.put_item(item_id=taken.id, state=_state(found), told=[_as_json(one) for one in found], now=now)
    return True


def _state(found: Sequence[Brought]) -> str:
    """What the person has to do comes first; then what was kept."""
    if any(one.to_agree for one in found):
        return "asks"
    if any(one.again for one in found):
        return "again"
    if any(one.kept is not None and not one.was_there for one in found):
        return "kept"
    if any(one.was_there for one in found):
        return "there"
    return "say" if any(one.to_say for one in found) else "refused"


def _as_json(one: Brought) -> dict[str, Any]:
    """The answer without the document, which lies on the page if anywhere."""
    bare = replace(one.answer.report, document=b"", parts=())
    return {
        "report": dump(bare), "held": str(one.kept.id) if one.kept is not None else "", "was_there": one.was_there,
        "code": one.code, "facts": dict(one.facts),
    }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """What became of one proof that was handed over, in the language of the page.

    `sign` is the shape beside the heading. `answer` is None for what could not be opened; `held` is where it is kept.
    """

    sign: str
    heading: str
    sentence: str
    title: str
    giver: str
    held: str
    was_there: bool
    why: str


def lines(*, told: Told) -> list[Line]:
    """What became of one thing that was handed over: a line for each proof in it."""
    return [_line(one) for one in told.told]


def _line(one: dict[str, Any]) -> Line:
    if "report" not in one:  # it could not be opened in the first place
        return Line("unk", answers.heading(verdict="unknown"), words.problem(one["code"]), "", "", "", False, "")
    answer = answers.answer(report=load(one["report"]))
    proof = answer.proof
    why = words.sentence(one["code"], one["facts"]) if one["code"] else ""
    return Line(
        sign=answer.said.sign, heading=answer.said.heading, sentence=own_list.told(answer=answer),
        title=proof.title if proof else "", giver=proof.giver if proof else "", held=one["held"],
        was_there=one["was_there"], why=why,
    )  # fmt: skip
