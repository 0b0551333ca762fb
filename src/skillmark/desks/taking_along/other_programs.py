"""The skills record in the two forms that other programs read: CLR 2.0, and HR Open LER-RS. Both signed by the person.

A signed file of more than half a megabyte is read by few programs, ours among them, so a long record comes in several.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Any, TypeVar
from uuid import uuid4

from credcore.codec import strict_json
from credcore.formats import clr2, ler_rs
from credcore.formats.ler_rs import Entry
from credcore.model import Party
from skillmark.desks.taking_along import lines
from skillmark.rooms.people.rules import Actor
from skillmark.rooms.signing import operations as signing

MOST = 40
"""Proofs in one file: each is checked by itself, and a checker has its limits."""
MOST_BYTES = 200_000  # openbadgeslib reads 256 KiB
T = TypeVar("T")


def clr(*, actor: Actor, name: str, held: Sequence[Any], now: datetime) -> list[bytes]:
    """The proofs as signed records; none when there is no proof that such a record can hold. Raises CannotSign."""
    fitting = [bytes(one.document) for one in held if lines.counts(held=one) and clr2.fits(bytes(one.document))]
    parcels = list(_parcels(fitting, size=len))
    return [_signed_record(actor, name, parcel, now, is_part=len(parcels) > 1) for parcel in parcels]


def working_lives(*, name: str, entries: Sequence[Entry]) -> list[dict[str, Any]]:
    """Everything as LER-RS, unsigned; at least one, also of somebody who has nothing yet."""
    parcels = list(_parcels(entries, size=_size)) or [[]]
    return [ler_rs.build(document_id=str(uuid4()), name=name, entries=parcel) for parcel in parcels]


def signed_life(*, actor: Actor, life: dict[str, Any], now: datetime) -> bytes:
    """A LER-RS record, wrapped as a credential that the person gives about themselves: a token. Raises CannotSign."""
    by = signing.party(org_id=actor.org_id, now=now)
    wrapped = ler_rs.wrap(life, id=uuid4().urn, issuer=by.did, subject_id=by.did, now=now)
    claims = {"iss": by.did, "sub": by.did, "jti": wrapped["id"], "nbf": int(now.timestamp()), "vc": wrapped}
    header = {"typ": "JWT", "kid": by.verification_method}
    return signing.sign_as_party(org_id=actor.org_id, header=header, payload=claims, now=now)


def as_file(life: dict[str, Any]) -> bytes:
    """Readable, for people who look into files."""
    return json.dumps(life, indent=1, ensure_ascii=False).encode()


def _signed_record(actor: Actor, name: str, proofs: Sequence[bytes], now: datetime, *, is_part: bool) -> bytes:
    by = signing.party(org_id=actor.org_id, now=now)
    unsigned = clr2.build(
        id=uuid4().urn, issuer=Party(id=by.did, name=name), subject_id=by.did, subject_name=name, name=name,
        credentials=proofs, valid_from=now, partial=is_part,
    )  # fmt: skip
    return signing.sign_own(org_id=actor.org_id, unsigned=unsigned, now=now)


def _size(entry: Entry) -> int:
    return len(entry.proof) + len(strict_json.dumps([entry.name, entry.where, entry.about])) + 300


def _parcels(things: Sequence[T], *, size: Callable[[T], int]) -> Iterator[list[T]]:
    """One after the other, as many as go into a file."""
    parcel: list[T] = []
    weight = 0
    for one in things:
        if parcel and (len(parcel) == MOST or weight + size(one) > MOST_BYTES):
            yield parcel
            parcel, weight = [], 0
        parcel.append(one)
        weight += size(one)
    if parcel:
        yield parcel
