"""`skillmark keys` as a person types it; and what a thief of the files would find."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from credcore.codec import strict_json
from credcore.issue import issue
from credcore.keys import ed25519
from credcore.trust import TrustEntry, TrustList, files
from tests.cli.test_commands import environment, firm_folder, run

__all__ = ["firm_folder"]

GIVE = """
import sys
from datetime import UTC, datetime
import django
django.setup()
from skillmark.edges.cli import acting
from types import SimpleNamespace
from uuid import uuid4
from skillmark.rooms.credentials import operations
from skillmark.rooms.people import operations as people
actor, now = acting.owner(SimpleNamespace(firm=None)), datetime.now(UTC)
kind = operations.add_ready_template(actor=actor, key="close-line", now=now)
person = people.add_person(actor=actor, name="Rosa Delgado", language="en", now=now)
given = operations.give(actor=actor, person_id=person.id, template_id=kind.id, level=3, request_key=str(uuid4()), now=now)
sys.stdout.buffer.write(bytes(given.document))
"""

# Opens every private key, and looks for its bytes while the database is open, so that its log is there, too.
THIEF = """
import base64, json, sys
from pathlib import Path
import django
django.setup()
from django.conf import settings
from django.db import connection
from skillmark.desks.backups import archive
from skillmark.rooms.people.models import Organisation
from skillmark.rooms.signing.models import DataKey, IssuerKey
from skillmark.rooms.signing.operations import custody
from skillmark.rooms.signing.rules import unwrap

Organisation.objects.update(name="Written a moment ago")  # something for the database's log
keys = list(IssuerKey.objects.all())
secrets = [unwrap(key=custody.data_key(key.org_id), wrapped=bytes(key.wrapped), bound_to=custody.bound(key)) for key in keys]
secrets += [custody.data_key(row.org_id) for row in DataKey.objects.all()]
open_ones = [key.public_multibase.encode() for key in keys]
bytes_of = {str(path): path.read_bytes() for path in Path(settings.CONFIGURATION.data_dir).rglob("*")
            if path.is_file() and path.parent.name != "keys"}
bytes_of["the sealed backup"] = Path(sys.argv[1]).read_bytes()
with archive.reading(path=Path(sys.argv[1]), key=settings.OUTER_KEY) as members:
    for name, data in members:
        bytes_of[f"backup:{name}"] = data
spelled = [form for one in secrets for form in (one, one.hex().encode(), one.hex().upper().encode(),
           base64.b64encode(one).rstrip(b"="), base64.urlsafe_b64encode(one).rstrip(b"="))]
print(json.dumps({
    "keys": len(keys), "names": sorted(bytes_of),
    "found": sorted(name for name, data in bytes_of.items() if any(one in data for one in spelled)),
    "public": sorted(name for name, data in bytes_of.items() if any(one in data for one in open_ones)),
}))
"""


def script(folder: Path, text: str, *words: str, **more: str) -> bytes:
    (folder / "script.py").write_text(text)
    done = subprocess.run(
        [sys.executable, "script.py", *words],
        cwd=folder,
        env=environment() | more,
        capture_output=True,
        check=False,
        timeout=90,
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


def listed(folder: Path, *more: str) -> list[tuple[str, str, str]]:
    done = run(folder, "keys", "list", *more)
    assert done.returncode == 0, done.stderr
    return [tuple(line.split("\t")[:3]) for line in done.stdout.splitlines() if "\t" in line]  # type: ignore[misc]


def active(folder: Path) -> str:
    return next(key for key, purpose, state in listed(folder) if (purpose, state) == ("credential", "active"))


@pytest.mark.timeout(300)
def test_a_thief_of_database_log_and_backup_finds_no_private_key(firm_folder: Path) -> None:
    for words in (["new"], ["rotate"], ["new", "--on", "local"]):
        assert run(firm_folder, "keys", *words).returncode == 0
    assert run(firm_folder, "backup", "monday.skillmark").returncode == 0
    seen = json.loads(script(firm_folder, THIEF, "monday.skillmark"))
    assert seen["keys"] == 4 and seen["found"] == []
    # The public keys are found where one would look, so the search is able to find something.
    assert any(name.endswith("skillmark.sqlite3") for name in seen["public"])
    assert any("issuerkey" in name for name in seen["public"])
    assert any(name.endswith("-wal") for name in seen["names"])


@pytest.mark.timeout(300)
def test_the_life_of_a_key(firm_folder: Path) -> None:
    assert "No keys yet" in run(firm_folder, "keys", "list").stdout
    (firm_folder / "old.json").write_bytes(script(firm_folder, GIVE))
    first = active(firm_folder)
    assert run(firm_folder, "keys", "try").returncode == 2  # there is nothing to try yet
    assert run(firm_folder, "keys", "new", "--on", "local").returncode == 0
    tried = run(firm_folder, "keys", "try")
    assert tried.returncode == 0 and tried.stdout.count("good") == 2 and active(firm_folder) == first
    assert run(firm_folder, "keys", "use").returncode == 0
    assert (first, "credential", "retired") in listed(firm_folder) and active(firm_folder) != first

    told = json.loads(run(firm_folder, "keys", "export").stdout)
    assert f"did:key:{first}" in told["issuers"] and len(told["handOvers"]) == 1
    assert {one["state"] for one in told["keys"]} == {"active", "retired"}
    assert "wrapped" not in json.dumps(told)

    for wrong in (
        ["compromised"],
        ["compromised", "--key", "zNone", "--why", "x"],
        ["compromised", "--key", "z6Mk", "--why", "x"],
    ):
        done = run(firm_folder, "keys", *wrong)
        assert done.returncode == 2 and "Traceback" not in done.stderr
    assert run(firm_folder, "keys", "compromised", "--key", first).returncode == 1  # no reason
    done = run(firm_folder, "keys", "compromised", "--key", first[-10:], "--why", "Laptop lost")
    assert done.returncode == 0 and "no longer count: 1" in done.stdout
    assert (first, "credential", "compromised") in listed(firm_folder)
    assert json.loads(run(firm_folder, "keys", "export").stdout)["handOvers"] == []


@pytest.mark.timeout(300)
def test_signing_is_stopped_for_one_firm_and_for_all(firm_folder: Path) -> None:
    assert run(firm_folder, "keys", "stop").returncode == 1  # without a reason
    for more in ([], ["--everything"]):
        assert run(firm_folder, "keys", "stop", "--why", "We look into it", *more).returncode == 0
        assert "Signing is stopped" in run(firm_folder, "keys", "list").stdout
        (firm_folder / "give.py").write_text(GIVE)
        refused = subprocess.run(
            [sys.executable, "give.py"], cwd=firm_folder, env=environment(), capture_output=True, text=True, check=False
        )
        assert refused.returncode != 0 and "sign.stopped" in refused.stderr
        assert run(firm_folder, "keys", "go", *more).returncode == 0
        assert "Signing is stopped" not in run(firm_folder, "keys", "list").stdout
    assert run(firm_folder, "keys", "list", "--everything").returncode == 2


def test_a_key_in_a_device(firm_folder: Path, key_device: object) -> None:
    from tests.device import PIN

    (firm_folder / "pin").write_text(PIN + "\n")
    settings = {
        "SKILLMARK_PKCS11_MODULE": key_device.module,  # type: ignore[attr-defined]
        "SKILLMARK_PKCS11_TOKEN": key_device.token,  # type: ignore[attr-defined]
        "SKILLMARK_PKCS11_PIN_FILE": str(firm_folder / "pin"),
        "SOFTHSM2_CONF": os.environ["SOFTHSM2_CONF"],
    }

    def keys(*words: str, **more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "skillmark", "keys", *words], cwd=firm_folder, env=environment() | more,
            capture_output=True, text=True, check=False, timeout=90,
        )  # fmt: skip

    assert keys("new", "--on", "pkcs11", **settings).returncode == 0
    assert [line.split("\t")[4] for line in keys("list").stdout.splitlines()] == ["pkcs11", "pkcs11"]
    assert json.loads(script(firm_folder, GIVE, **settings))["proof"]["cryptosuite"] == "eddsa-rdfc-2022"
    pulled = keys("rotate")
    assert pulled.returncode == 1 and "device" in pulled.stderr and "Traceback" not in pulled.stderr


@pytest.mark.timeout(300)
def test_a_check_follows_hand_overs_from_the_key_on_the_list(firm_folder: Path) -> None:
    assert run(firm_folder, "keys", "new").returncode == 0
    first = active(firm_folder)
    assert run(firm_folder, "keys", "rotate").returncode == 0
    new_proof = script(firm_folder, GIVE)
    (firm_folder / "new.json").write_bytes(new_proof)
    exported = json.loads(run(firm_folder, "keys", "export").stdout)
    name = exported["name"]
    ours = TrustList("Our list", (TrustEntry(f"did:key:{first}", name),))
    (firm_folder / "ours.json").write_bytes(files.dumps(ours))
    (firm_folder / "keys.json").write_text(json.dumps({"keys": {}, "handOvers": exported["handOvers"]}))
    (firm_folder / "exported.json").write_text(json.dumps(exported))

    def trust(*names: str) -> str:
        words = [word for one in names for word in ("--trust", one)]
        done = run(firm_folder, "check", "new.json", "--offline", "--no-memory", "--json", *words)
        (line,) = done.stdout.splitlines()
        return next(one["code"] for one in json.loads(line)["findings"] if one["code"].startswith("trust."))

    assert trust("ours.json") == "trust.name_borrowed"
    assert trust("ours.json", "keys.json") == trust("keys.json", "ours.json") == trust("exported.json") == "trust.listed"

    thief = ed25519.generate()
    forged = exported["handOvers"][0] | {"issuer": {"id": thief.did}, "credentialSubject": {"id": thief.did, "alsoKnownAs": [
        f"did:key:{active(firm_folder)}"]}}  # fmt: skip
    del forged["proof"]
    signed = json.loads(strict_json.dumps(issue(forged, signer=thief, now=_now())))
    signed["issuer"]["id"] = signed["credentialSubject"]["id"] = f"did:key:{first}"
    (firm_folder / "forged.json").write_text(json.dumps({"handOvers": [signed]}))
    assert trust("ours.json", "forged.json") == "trust.name_borrowed"
    (firm_folder / "many.json").write_text(json.dumps({"handOvers": [{}] * 1001}))
    assert run(firm_folder, "check", "new.json", "--offline", "--trust", "many.json").returncode == 2


def _now() -> object:
    from datetime import UTC, datetime

    return datetime.now(UTC)
