"""A page is erased: no byte of it is left in the data folder, and a backup from before does not bring it back."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.test_commands import environment, firm_folder, run

__all__ = ["firm_folder"]
ROOT = Path(__file__).parents[2]
CANARIES = [f"CANARY{number:02}X" for number in range(1, 21)]

# A page with everything that can lie on one; each canary is a fact that stands nowhere else.
FILL = """
import sys
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4
import django
django.setup()
from skillmark.desks import erasing, own_record
from skillmark.rooms.credentials import operations as credentials
from skillmark.rooms.people import operations as people, queries
from skillmark.rooms.people.models import Organisation, Person
from skillmark.rooms.people.rules import Actor, Role
from skillmark.rooms.records import operations as records
from skillmark.rooms.records.models import Access, Consent, Opening, Passkey, RecoveryCode, Share, SharedItem, ShareView
from skillmark.rooms.records.rules.statements import Words
from skillmark.rooms.signing import operations as signing
from tests.core.proofs import as_bytes, signed
C = [f"CANARY{number:02}X" for number in range(21)]
now = datetime.now(UTC)
firm = queries.firms()[0]
person = Person.objects.create(org=firm, name="Rosa Delgado", language="es", created_at=now)
space = people.make_own_space(org_id=firm.id, person_id=person.id, now=now)
Organisation.objects.filter(id=space.id).update(name=C[1])
me = Actor(org_id=space.id, role=Role.WORKER, name=C[1])
records.choose_pin(actor=me, pin="739204", now=now)
for number, title in enumerate((C[2], C[3])):
    document = signed(now=now - timedelta(minutes=1), id=uuid4().urn, subject_name=C[1], title=title, note=C[4 + number],
                      valid_from=now - timedelta(days=1), valid_until=None)
    (brought,) = own_record.bring(actor=me, data=as_bytes(document), name="", source="file", now=now)
    assert brought.kept is not None, brought
    credentials.comment_held(actor=me, held_id=brought.kept.id, words=C[6 + number], now=now)
for number, kind in enumerate(("job", "skill")):
    words = Words(title=C[8 + number], by=C[10 + number], details=C[12 + number])
    records.say(actor=me, kind=kind, words=words, on=date.today(), now=now, photo=(C[14 + number].encode(), "image/jpeg"))
receipt = records.note_consent(actor=me, kind="share", to_whom=C[16], purpose=C[17], facts=[], wording="", language="en",
                               until=None, now=now)
sealed = signing.sealer(org_id=space.id).seal(C[18].encode())
share = Share.objects.create(org=space, token_hash="t", sealed=sealed, language="en", made_at=now, ends_at=now)
SharedItem.objects.create(share=share, number=1, sealed=sealed)
ShareView.objects.create(share=share, at=now, name=C[19])
Passkey.objects.create(org=space, credential_id="x", data=b"x", device=C[20], made_at=now)
Opening.objects.create(org=space, way="slip", device=C[20], opened_at=now, seen_at=now)
RecoveryCode.objects.create(org=space, code_hash="r", made_at=now)
print(space.id)
"""

ERASE = """
import sys
from datetime import UTC, datetime
import django
django.setup()
from skillmark.desks import erasing
from skillmark.rooms.people.rules import Actor, Role
from uuid import UUID
me = Actor(org_id=UUID(sys.argv[1]), role=Role.WORKER, name="")
erasing.erase(actor=me, typed_name=" canary01x ", now=datetime.now(UTC))
"""

LOOK = """
import sys
from uuid import UUID
import django
django.setup()
from django.apps import apps
from skillmark.rooms.journal.models import Entry
space = UUID(sys.argv[1])
left = sorted(
    f"{model._meta.label_lower} {field.name}"
    for model in apps.get_models(include_auto_created=True) if model is not Entry
    for field in model._meta.concrete_fields if field.name in ("org", "org_id", "own_org_id")
    for _row in model._base_manager.filter(**{field.attname: space})
)
told = {(one.event, one.actor, str(one.data)) for one in Entry.objects.filter(org_id=space)}
print(left, len(told), {str(data) for _, _, data in told}, sorted({event for event, _, _ in told}))
"""


def _script(folder: Path, text: str, *words: str, data: str = "data") -> str:
    known = environment() | {"SKILLMARK_DATA_DIR": data, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", text, *words], cwd=folder, env=known, capture_output=True, text=True, check=False, timeout=90
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout.strip()


def _found(folder: Path) -> set[str]:
    """The canaries in any file of a folder, also where their letters are two bytes wide, or turned into numbers."""
    bodies = [path.read_bytes() for path in folder.rglob("*") if path.is_file()]
    assert bodies
    return {one for one in CANARIES if any(one.encode() in body or one.encode("utf-16-le") in body for body in bodies)}


@pytest.mark.timeout(400)
def test_no_byte_is_left_and_no_backup_brings_it_back(firm_folder: Path) -> None:
    space = _script(firm_folder, FILL)
    before = _found(firm_folder / "data")
    assert {"CANARY01X", "CANARY02X", "CANARY19X", "CANARY20X"} <= before, "what is not sealed is found, so looking works"
    assert not before & {"CANARY06X", "CANARY08X", "CANARY13X", "CANARY14X", "CANARY16X", "CANARY18X"}, "what is sealed is not"
    code = run(firm_folder, "backup", "monday.skillmark", "--show-code").stdout.split("Recovery code: ")[1].strip()

    _script(firm_folder, ERASE, space)
    assert _found(firm_folder / "data") == set()
    assert _script(firm_folder, LOOK, space).startswith("[] ")
    assert "{'{}'}" in _script(firm_folder, LOOK, space), "the journal keeps ids, and no word"
    listed = (firm_folder / "data" / "erased.txt").read_text()
    assert len(listed.split()) == 1 and space not in listed

    lost = run(firm_folder, "restore", "monday.skillmark", "--recovery-code", code, "--data", "lost")
    assert lost.returncode == 0 and "are back" in lost.stdout, "without the list nobody can know, and it is said"
    assert "signing.datakey org" in _script(firm_folder, LOOK, space, data="lost")

    asked = ("restore", "monday.skillmark", "--recovery-code", code, "--data", "new", "--erased", "data/erased.txt")
    done = run(firm_folder, *asked)
    assert done.returncode == 0 and "1 pages" in done.stdout, done.stdout + done.stderr
    assert _script(firm_folder, LOOK, space, data="new").startswith("[] ")
    assert _found(firm_folder / "new") == set()
    assert (firm_folder / "new" / "erased.txt").read_text() == listed

    run(firm_folder, "backup", "friday.skillmark")
    assert (firm_folder / "erased.txt").read_text() == listed, "the list lies beside the backups, too"
