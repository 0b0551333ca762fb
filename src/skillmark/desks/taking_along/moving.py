"""One sealed file with a whole page, for another server. What comes out of it there is checked as if a stranger had sent it.

The file is a ZIP in the age format, sealed to a code of 24 characters that is shown once: 118 bits that we draw, so nobody has
to think of a good password and no machine has to stretch a bad one. It holds the page's own key: that is what makes it a
move and not a copy to show around.
"""

from __future__ import annotations

import json
import zipfile
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from typing import Any, Final

import pyrage

from credcore.errors import CredcoreError
from credcore.formats.vcdm import instant, iso
from skillmark.desks import intake, own_record
from skillmark.desks.backups import recovery
from skillmark.errors import DomainError
from skillmark.rooms.credentials import operations as credentials
from skillmark.rooms.people import operations as people
from skillmark.rooms.people.rules import ALPHABET, Actor, new_code, plain_code, shown_code
from skillmark.rooms.records import operations as records
from skillmark.rooms.records import queries
from skillmark.rooms.records.rules.statements import from_json
from skillmark.rooms.signing import operations as signing

FORMAT: Final = 1
CODE_LENGTH: Final = 24
MOST_BYTES: Final = 64 * 2**20
"""Of the file: some 2,000 proofs and 300 photos."""
MOST_ENTRIES: Final = 5000
_HEAD = "page.json"
_MAGIC = b"age-encryption.org/v1\n"


class CannotMove(DomainError):
    """Nothing was packed, or nothing was taken out."""


@dataclass(frozen=True, slots=True)
class Moved:
    """What arrived. `key_kept`: proofs that are tied to the old page's key can be shown from here, too.

    `proofs` tell what became of each; those that are not kept can be tried again with the same file.
    """

    proofs: tuple[own_record.Brought, ...]
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
        made.writestr(_HEAD, json.dumps(head))
    sealed: bytes = pyrage.encrypt(out.getvalue(), [_identity(plain_code(code)).to_public()])
    if len(sealed) > MOST_BYTES:
        raise CannotMove("move.too_large", most=str(MOST_BYTES // 2**20))
    return sealed


def name_in(*, data: bytes, code: str) -> tuple[str, str]:
    """(name, language) of the page in a file. Raises as `move_in`."""
    head, _files = _opened(data, code)
    return head["name"], head["language"]


def move_in(*, actor: Actor, data: bytes, code: str, on: date, now: datetime) -> Moved:
    """Take everything out of the file and into the actor's open page; each proof is checked anew. Twice is as good as once.

    `on` is today. Call it outside any transaction. Raises CannotMove `move.not_a_file`, `move.wrong_code`, `move.damaged`,
    `move.too_large` (fact `most`), CannotDo, CannotSign `sign.outer_key`.
    """
    people.demand(actor=actor, action="record.change")
    head, files = _opened(data, code)
    key_kept = records.take_key(actor=actor, secret=head["key"], now=now)
    proofs = [found for one in head["proofs"] for found in _bring(actor, one, files, now)]
    said, left_out = _say(actor, head["said"], files, on, now)
    old = [records.OldReceipt(one["token"].encode(), instant(one["back"])) for one in head["agreed"]]
    return Moved(tuple(proofs), said, left_out, records.take_receipts(actor=actor, old=old, now=now), key_kept)


def _bring(actor: Actor, one: dict[str, Any], files: zipfile.ZipFile, now: datetime) -> list[own_record.Brought]:
    found = own_record.bring(
        actor=actor, data=files.read(one["file"]), name="", source="moved", name_agreed=one["other"], now=now
    )  # fmt: skip
    for brought in found:
        if brought.kept is not None and one["comment"] and not brought.was_there:
            credentials.comment_held(actor=actor, held_id=brought.kept.id, words=one["comment"], now=now)
    return found


def _say(actor: Actor, lines: list[dict[str, Any]], files: zipfile.ZipFile, on: date, now: datetime) -> tuple[int, int]:
    """(how many are new, how many could not be written down: they would not be taken here from anybody)."""
    there = {(one.kind, one.words) for one in queries.statements(actor=actor)}
    said = left_out = 0
    for line in reversed(lines):  # the oldest first, as they were said
        words = from_json(line["words"])
        if (line["kind"], words) in there:
            continue
        try:
            records.say(actor=actor, kind=line["kind"], words=words, photo=_photo(line, files), on=on, now=now)
            said += 1
        except (records.CannotSay, intake.CannotTake):
            left_out += 1
    return said, left_out


def _photo(line: dict[str, Any], files: zipfile.ZipFile) -> tuple[bytes, str] | None:
    """Painted anew, as any photo that comes from outside."""
    if "photo" not in line:
        return None
    taken = intake.take(body=files.read(line["photo"]), name="photo.jpg")
    return taken.body, taken.media_type


def _opened(data: bytes, code: str) -> tuple[dict[str, Any], zipfile.ZipFile]:
    if len(data) > MOST_BYTES:
        raise CannotMove("move.too_large", most=str(MOST_BYTES // 2**20))
    if not data.startswith(_MAGIC):
        raise CannotMove("move.not_a_file")
    try:
        plain = pyrage.decrypt(data, [_identity(plain_code(code))])
    except pyrage.DecryptError as error:  # age says only in words whether the key or the file is at fault
        raise CannotMove("move.wrong_code" if "key" in str(error) else "move.damaged") from error
    try:
        files = zipfile.ZipFile(BytesIO(plain))
        # Stored only: what comes out is never more than what came in.
        if len(files.infolist()) > MOST_ENTRIES or any(one.compress_type != zipfile.ZIP_STORED for one in files.infolist()):
            raise CannotMove("move.damaged")
        return _judged(json.loads(files.read(_HEAD)), set(files.namelist())), files
    except (zipfile.BadZipFile, ValueError, KeyError, TypeError, AttributeError, RecursionError, NotImplementedError,
            RuntimeError, CredcoreError) as error:  # fmt: skip
        raise CannotMove("move.damaged") from error


def _judged(head: dict[str, Any], names: set[str]) -> dict[str, Any]:
    """Exactly what `make_moving_file` writes; the code proves who made the file, not that they mean well.

    Raises KeyError, TypeError or ValueError for anything else.
    """
    if head["format"] != FORMAT:
        raise ValueError("another format")
    named = [*(one["file"] for one in head["proofs"]), *(one["photo"] for one in head["said"] if "photo" in one)]
    if not set(named) <= names:
        raise ValueError("a file is missing")
    return {
        "name": str(head["name"]), "language": str(head["language"]), "key": bytes.fromhex(head["key"]),
        "proofs": [
            {"file": one["file"], "comment": str(one["comment"]), "other": bool(one["other"])} for one in head["proofs"]
        ],
        "said": [
            {"kind": str(one["kind"]), "words": {name: str(text) for name, text in one["words"].items()}}
            | ({"photo": one["photo"]} if "photo" in one else {})
            for one in head["said"]
        ],
        "agreed": [{"token": str(one["token"]), "back": one["back"]} for one in head["agreed"]],
    }  # fmt: skip


def _identity(code: str) -> Any:
    return recovery.identity_of(key=code.encode(), purpose="moving page")
