"""Everything of one's own page in one ZIP. Nothing in it needs this server."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from credcore.containers import png
from credcore.formats.vcdm import iso
from credcore.verify import beside
from skillmark.desks import pictures
from skillmark.desks.closing_down import Snapshot, file_name
from skillmark.desks.closing_down.snapshot import Public
from skillmark.desks.outlet import Outlet
from skillmark.desks.taking_along import index, lines, other_programs
from skillmark.errors import DomainError, NotFound
from skillmark.rooms.credentials import queries as credentials
from skillmark.rooms.people.rules import Actor
from skillmark.rooms.records import queries

_ENDINGS = {"json": "json", "jwt": "jwt", "sd-jwt": "sd-jwt"}
_PACKED = (".png", ".pdf", ".zip", ".jpg")
_PHOTO = "jpg"


class CannotTakeAlong(DomainError):
    """There is nothing to make such a file of."""


@dataclass(frozen=True, slots=True)
class File:
    """A file of the parcel."""

    name: str
    body: bytes


def whole(*, actor: Actor, name: str, cv: Callable[[], bytes], now: datetime) -> Iterator[bytes]:
    """The ZIP, piece by piece: signing the records of some thousand proofs takes a while, and the download has begun by then.
    `cv` makes the PDF. Raises CannotSign before the first piece when nothing can be opened at all."""
    return _zip(_files(actor=actor, name=name, cv=cv, now=now), now)


def _zip(files: Iterable[File], now: datetime) -> Iterator[bytes]:
    out = Outlet()
    at = (max(1980, now.year), now.month, now.day, now.hour, now.minute, now.second)
    with zipfile.ZipFile(out, "w") as made:
        for file in files:
            entry = zipfile.ZipInfo(file.name, at)
            entry.external_attr = 0o644 << 16
            made.writestr(entry, file.body, zipfile.ZIP_STORED if file.name.endswith(_PACKED) else zipfile.ZIP_DEFLATED)
            yield out.taken()
    yield out.taken()


def _files(*, actor: Actor, name: str, cv: Callable[[], bytes], now: datetime) -> Iterator[File]:
    snapshot = Snapshot(now=now)
    held = queries.mine(actor=actor)
    public: dict[str, Public] = {}
    told = []
    for one in held:
        called = file_name(text=one.title, id=one.id)
        document = bytes(one.document)
        signed = f"{called}.{_ENDINGS[one.form]}"
        yield File(signed, document)
        if one.form == "json" and one.issued_id is not None:
            public |= {found.url: found for found in snapshot.named_in(document)}
            yield from _picture(one, called, document)
        told.append(_said(one, signed))
    yield from _offline(sorted(public.values(), key=lambda found: found.url), now)
    yield from _own_words(actor=actor, name=name, held=held, told=told, now=now)
    yield from _for_other_programs(actor=actor, name=name, held=held, now=now)
    yield File(f"{beside.PAGE}/cv.pdf", cv())
    yield File(beside.READ_ME, index.read_me(name=name, told=told, now=now).encode("utf-8-sig"))


def _picture(held: Any, called: str, document: bytes) -> Iterator[File]:
    """The picture of a proof that was given on this server, with the signed file inside."""
    try:
        proof = credentials.public_proof(issued_id=held.issued_id)
    except NotFound:  # forgotten by its giver
        return
    yield File(f"{called}.png", png.bake(png=pictures.png(**proof.look), credential=document))


def _said(held: Any, file: str) -> dict[str, Any]:
    """What the page says about one proof. The file itself says more, and says it signed."""
    return {
        "file": file, "title": held.title, "giver": held.giver, "came": held.source, "received": iso(held.received_at),
        "answer": held.code, "answerOf": iso(held.checked_at) if held.checked_at else None,
        "goodUntil": iso(held.valid_until) if held.valid_until else None,
        "anotherName": held.names_other, "comment": held.remark,
    }  # fmt: skip


def _offline(public: list[Public], now: datetime) -> Iterator[File]:
    """What the givers on this server said at this moment, and their public keys, for checks without a network."""
    places: dict[str, dict[str, str]] = {}
    for number, one in enumerate(public, start=1):
        name = f"{'did' if one.url.endswith('/did.json') else 'list'}-{number}.json"
        places[one.url] = {"file": name, "at": iso(one.at)}
        yield File(f"{beside.FOLDER}/{name}", one.body)
    yield File(f"{beside.FOLDER}/{beside.MAP}", json.dumps(places, indent=1, sort_keys=True).encode())


def _own_words(*, actor: Actor, name: str, held: list[Any], told: list[dict[str, Any]], now: datetime) -> Iterator[File]:
    said = queries.statements(actor=actor)
    statements = []
    for one in said:
        line: dict[str, Any] = {
            "kind": one.kind,
            **one.words.as_json(),
            "made": iso(one.made_at),
            "changed": iso(one.changed_at),
        }
        if one.has_photo:
            line["photo"] = f"{one.id}.{_PHOTO}"
            yield File(f"{beside.PAGE}/{line['photo']}", queries.statement_photo(actor=actor, statement_id=one.id)[0])
        statements.append(line)
    agreed = queries.consents(actor=actor)
    for receipt in agreed:
        yield File(f"{beside.PAGE}/consents/{receipt.id}.jwt", receipt.token)
    everything = {
        "name": name, "packed": iso(now), "proofs": told, "saidByThePerson": statements,
        "agreedTo": [
            {
                "file": f"consents/{one.id}.jwt", "to": one.agreed.to_whom, "for": one.agreed.purpose,
                "what": list(one.agreed.facts), "given": iso(one.agreed.given_at),
                "until": iso(one.agreed.until) if one.agreed.until else None,
                "takenBack": iso(one.withdrawn_at) if one.withdrawn_at else None,
            }
            for one in agreed
        ],
        "shown": [_shown(one) for one in queries.shares(actor=actor, now=now)],
    }  # fmt: skip
    yield File(f"{beside.PAGE}/index.json", json.dumps(everything, indent=1, ensure_ascii=False).encode())
    yield File(f"{beside.PAGE}/index.html", index.html(name=name, told=told, said=said, agreed=agreed, now=now).encode())


def _shown(mine: Any) -> dict[str, Any]:
    return {
        "to": mine.firm or mine.shown.details.to_whom, "for": mine.shown.details.purpose, "from": iso(mine.shown.made_at),
        "until": iso(mine.shown.ends_at), "stopped": iso(mine.closed_at) if mine.closed_at else None,
        "opened": [{"at": iso(one.at), "by": one.name} for one in mine.views],
    }  # fmt: skip


def _for_other_programs(*, actor: Actor, name: str, held: list[Any], now: datetime) -> Iterator[File]:
    folder = f"{beside.PAGE}/for-other-programs"
    for number, record in enumerate(other_programs.clr(actor=actor, name=name, held=held, now=now), start=1):
        yield File(f"{folder}/skills-record-{number}.clr.json", record)
    entries = [*lines.of_proofs(held=held), *lines.of_statements(statements=queries.statements(actor=actor))]
    for number, life in enumerate(other_programs.working_lives(name=name, entries=entries), start=1):
        yield File(f"{folder}/working-life-{number}.ler-rs.json", other_programs.as_file(life))
        yield File(f"{folder}/working-life-{number}.ler-rs.jwt", other_programs.signed_life(actor=actor, life=life, now=now))


def for_schools(*, actor: Actor, name: str, now: datetime) -> File:
    """The proofs as CLR 2.0, in one file, or in a ZIP where it takes several. Raises CannotTakeAlong `take.none`."""
    made = other_programs.clr(actor=actor, name=name, held=queries.mine(actor=actor), now=now)
    return _one("skills-record", "json", made, now)


def for_jobs(*, actor: Actor, name: str, now: datetime) -> File:
    """The working life as LER-RS, in one file, or in a ZIP where it takes several."""
    said = queries.statements(actor=actor)
    entries = [*lines.of_proofs(held=queries.mine(actor=actor)), *lines.of_statements(statements=said)]
    lives = other_programs.working_lives(name=name, entries=entries)
    return _one("working-life", "json", [other_programs.as_file(life) for life in lives], now)


def _one(name: str, ending: str, bodies: list[bytes], now: datetime) -> File:
    if not bodies:
        raise CannotTakeAlong("take.none")
    if len(bodies) == 1:
        return File(f"{name}.{ending}", bodies[0])
    files = [File(f"{name}-{number}.{ending}", body) for number, body in enumerate(bodies, start=1)]
    return File(f"{name}.zip", b"".join(_zip(files, now)))
