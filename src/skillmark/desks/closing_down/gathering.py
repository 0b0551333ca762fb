"""Who was given proofs, and what each of them takes along. Nothing of the health room is a proof, so none of it is here."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings

from credcore.codec.moments import iso
from credcore.containers import png
from credcore.verify import beside
from skillmark.desks import papers, pictures
from skillmark.desks.closing_down import reading
from skillmark.desks.closing_down.snapshot import Public, Snapshot
from skillmark.rooms.credentials import operations, rules
from skillmark.rooms.credentials import queries as credentials
from skillmark.rooms.people import queries as people
from skillmark.rooms.people.rules import Actor
from skillmark.rooms.signing.operations import CannotSign

_LONGEST = 60  # characters of a name: four bytes each still fit every file system


@dataclass(frozen=True, slots=True)
class Receiver:
    """Somebody who was given `proofs` proofs, cancelled ones included."""

    person_id: UUID
    name: str
    proofs: int


@dataclass(frozen=True, slots=True)
class File:
    """A file of the parcel. `made_at`: when what is in it was signed or known."""

    name: str
    body: bytes
    made_at: datetime


def receivers(*, actor: Actor) -> list[Receiver]:
    """Everybody whom the firm has given something, also who has left, by name. Two records that were joined are one person."""
    joined = people.merged(actor=actor)
    counts: dict[UUID, int] = {}
    for person_id, count in credentials.given_counts(actor=actor).items():
        stayed = joined.get(person_id, person_id)
        counts[stayed] = counts.get(stayed, 0) + count
    return [Receiver(one.id, one.name, counts[one.id]) for one in people.people(actor=actor) if one.id in counts]


def file_name(*, text: str, id: UUID) -> str:
    """Words as a file name on any system, with the beginning of the id, since two people may have one name."""
    kept = "".join(
        letter if unicodedata.category(letter)[0] in "LMN" else " " for letter in unicodedata.normalize("NFC", text)
    )
    words = "-".join(kept.split())[:_LONGEST].strip("-")
    return f"{words}-{id.hex[:12]}" if words else id.hex[:12]


def signed_files(
    *, actor: Actor, person_id: UUID, only: Collection[UUID] | None = None
) -> Iterator[tuple[Any, str, bytes]]:  # fmt: skip
    """(proof, file name without its ending, signed file) of everything that the person was given, oldest first; with `only`,
    of these.

    Raises NotFound for somebody who is not the actor's.
    """
    for issued in reversed(credentials.proofs(actor=actor, person_id=person_id)):
        if only is not None and issued.id not in only:
            continue
        found = credentials.documents_of(actor=actor, issued_ids=[issued.id])
        yield issued, file_name(text=issued.title, id=issued.id), found[issued.id]


def files(
    *, actor: Actor, person_id: UUID, snapshot: Snapshot, only: Collection[UUID] | None = None
) -> Iterator[File]:  # fmt: skip
    """Every file of the person's parcel: for each proof the signed file, a picture and a card; then what lies beside."""
    person = people.person(actor=actor, person_id=person_id)
    known: dict[str, Public] = {}
    lines: list[reading.Line] = []
    for issued, name, document in signed_files(actor=actor, person_id=person.id, only=only):
        yield File(f"{name}.json", document, issued.given_at)
        known |= {one.url: one for one in snapshot.named_in(document)}
        lines.append(reading.Line(f"{name}.json", issued.title, issued.given_at, issued.cancelled_at, issued.time_zone))
        yield from _drawn(issued=issued, name=name, document=document, language=person.language, now=snapshot.now)
    public = sorted(known.values(), key=lambda one: one.url)
    yield from _beside(org_id=actor.org_id, public=public, snapshot=snapshot)
    firm = people.organisation(actor=actor).name
    told = reading.read_me(person=person.name, firm=firm, lines=lines, by_address=_sites(public), now=snapshot.now)
    yield File(beside.READ_ME, told.encode("utf-8-sig"), snapshot.now)  # with a mark, for editors that guess otherwise


def _drawn(*, issued: Any, name: str, document: bytes, language: str, now: datetime) -> Iterator[File]:
    proof = credentials.public_proof(issued_id=issued.id)
    yield File(f"{name}.png", png.bake(png=pictures.png(**proof.look), credential=document), issued.given_at)
    where = _check_url(issued.id, document)
    card = papers.card(proof=proof, check_url=where, code=_code(issued.id, now=now), language=language)
    yield File(f"{name}.pdf", card, issued.given_at)


def _code(issued_id: UUID, *, now: datetime) -> bytes | None:
    """The proof small enough for a printed code, while one can be made; a card without it still has the file inside."""
    try:
        return operations.form_of(issued_id=issued_id, form=rules.CODE, now=now)
    except (operations.CannotMakeForm, CannotSign):
        return None


def _beside(*, org_id: UUID, public: list[Public], snapshot: Snapshot) -> Iterator[File]:
    places: dict[str, dict[str, str]] = {}
    for number, one in enumerate(public, start=1):
        name = f"{'did' if one.url.endswith('/did.json') else 'list'}-{number}.json"
        places[one.url] = {"file": name, "at": iso(one.at)}
        yield File(f"{beside.FOLDER}/{name}", one.body, one.at)
    history = snapshot.key_history(org_id=org_id)
    if history is not None:
        yield File(f"{beside.FOLDER}/keys.json", history, snapshot.now)
    yield File(f"{beside.FOLDER}/{beside.MAP}", json.dumps(places, indent=1, sort_keys=True).encode(), snapshot.now)


def _check_url(issued_id: UUID, document: bytes) -> str:
    """Where the proof could be checked as long as its giver's address answers."""
    giver = json.loads(document)["issuer"]
    base = str(giver.get("url", "")).rstrip("/") if isinstance(giver, dict) else ""
    return f"{base or settings.BASE_URL}/verify/{issued_id}"


def _sites(public: list[Public]) -> list[str]:
    """The web addresses under which the firm has signed, and whose keys are in the parcel."""
    return sorted({one.url.split("/")[2] for one in public if one.url.endswith("/did.json")})
