"""One sealed file with a whole page, for another server. What comes out of it there is checked as if a stranger had sent it.

The file is a ZIP in the age format, sealed to a code of 24 characters that is shown once: 118 bits that we draw, so nobody has
to think of a good password and no machine has to stretch a bad one. It holds the page's own key: that is what makes it a
move and not a copy to show around.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from typing import Any, Final

import pyrage

from credcore.formats.vcdm import iso
from skillmark.desks import adding, intake, moved_proofs, own_record
from skillmark.desks.taking_along.sealed_page import FORMAT, HEAD, MOST_BYTES, CannotMove, MovedLine, identity, opened
from skillmark.rooms.people import operations as people
from skillmark.rooms.people.rules import ALPHABET, Actor, new_code, plain_code, shown_code
from skillmark.rooms.records import operations as records
from skillmark.rooms.records import queries
from skillmark.rooms.records.rules.additions import AT_HAND
from skillmark.rooms.signing import operations as signing

CODE_LENGTH: Final = 24


@dataclass(frozen=True, slots=True)
class Moved:
    """What arrived. `key_kept`: proofs that are tied to the old page's key can be shown from here, too.

    `proofs` tell what became of each; those that are not kept can be tried again with the same file. Of many none is told
    here: they are looked at in the background, `waiting` of them, in the lists `additions`.
    """

    proofs: tuple[own_record.Brought, ...]
    waiting: int
    additions: tuple[Any, ...]
    statements: int
    left_out: int
    receipts: int
    key_kept: bool


def new_moving_code() -> str:
    """A code for one moving file, as it is shown to the person: six groups of four."""
    return shown_code(new_code(CODE_LENGTH))


def is_code(code: str) -> bool:
    """Whether plain letters have the shape of such a code: nobody chooses a short one."""
    return len(code) == CODE_LENGTH and set(code) <= set(ALPHABET)


def make_moving_file(*, actor: Actor, code: str, name: str, language: str, now: datetime) -> bytes:
    """The sealed file, which only `code` opens. Raises CannotMove `move.too_large`, CannotSign."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as made:
        head: dict[str, Any] = {
            "format": FORMAT,
            "name": name,
            "language": language,
            "made_at": iso(now),
            "proofs": [],
            "said": [],
            "agreed": [],
        }
        head["key"] = signing.party_secret(org_id=actor.org_id, now=now).hex()
        for number, held in enumerate(queries.mine(actor=actor)):
            made.writestr(f"proofs/{number}", bytes(held.document))
            head["proofs"].append({"file": f"proofs/{number}", "comment": held.remark, "other": held.names_other})
        for number, one in enumerate(queries.statements(actor=actor)):
            line: dict[str, Any] = {"kind": one.kind, "words": one.words.as_json()}
            if one.has_photo:
                line["photo"] = f"photos/{number}"
                made.writestr(line["photo"], queries.statement_photo(actor=actor, statement_id=one.id)[0])
            head["said"].append(line)
        head["agreed"] = [
            {"token": one.token.decode(), "back": iso(one.withdrawn_at) if one.withdrawn_at else None}
            for one in queries.consents(actor=actor)
        ]
        made.writestr(HEAD, json.dumps(head))
    sealed: bytes = pyrage.encrypt(out.getvalue(), [identity(plain_code(code)).to_public()])
    if len(sealed) > MOST_BYTES:
        raise CannotMove("move.too_large", most=str(MOST_BYTES // 2**20))
    return sealed


def name_in(*, data: bytes, code: str) -> tuple[str, str]:
    """(name, language) of the page in a file. Raises as `move_in`."""
    page = opened(data=data, code=code)
    return page.name, page.language


def move_in(*, actor: Actor, data: bytes, code: str, on: date, now: datetime) -> Moved:
    """Take everything out of the file and into the actor's open page; each proof is checked anew. Twice is as good as once.

    A handful of proofs is looked at now; more than that are written down, and looked at in the background: checking a
    thousand takes longer than anybody waits for a page. `on` is today. Call it outside any transaction. Raises CannotMove
    `move.not_a_file`, `move.wrong_code`, `move.damaged`, `move.too_large` (fact `most`); CannotAdd, CannotDo, CannotSign
    `sign.outer_key`.
    """
    people.demand(actor=actor, action="record.change")
    page = opened(data=data, code=code)
    key_kept = records.take_key(actor=actor, secret=page.key, now=now)
    additions = adding.hand_over_moved(actor=actor, proofs=page.proofs, now=now) if len(page.proofs) > AT_HAND else ()
    told = page.proofs if not additions else ()
    brought = [found for one in told for found in moved_proofs.bring(actor=actor, proof=one, now=now)]
    said, left_out = _say(actor, page.said, on, now)
    receipts = records.take_receipts(actor=actor, old=page.receipts, now=now)
    return Moved(
        proofs=tuple(brought), waiting=sum(one.total for one in additions), additions=additions, statements=said,
        left_out=left_out, receipts=receipts, key_kept=key_kept,
    )  # fmt: skip


def _say(actor: Actor, lines: Sequence[MovedLine], on: date, now: datetime) -> tuple[int, int]:
    """(how many are new, how many could not be written down: they would not be taken here from anybody)."""
    there = {(one.kind, one.words) for one in queries.statements(actor=actor)}
    said = left_out = 0
    for line in reversed(lines):  # the oldest first, as they were said
        if (line.kind, line.words) in there:
            continue
        try:
            records.say(actor=actor, kind=line.kind, words=line.words, photo=_photo(line), on=on, now=now)
            said += 1
        except (records.CannotSay, intake.CannotTake):
            left_out += 1
    return said, left_out


def _photo(line: MovedLine) -> tuple[bytes, str] | None:
    """Painted anew, as any photo that comes from outside."""
    if not line.photo:
        return None
    taken = intake.take(body=line.photo, name="photo.jpg")
    return taken.body, taken.media_type
