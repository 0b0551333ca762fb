"""A new employer checks what somebody brought, when the old firm, its server and every network are gone. (needs, 17 and 18)"""

from __future__ import annotations

import io
import os
import resource
import subprocess
import sys
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from skillmark.desks import leaving
from skillmark.rooms.records import operations as records
from tests.cast import make_firm, today
from tests.house.desks.conftest import Net
from tests.leaving_cast import leave, make_cook

pytestmark = pytest.mark.django_db(transaction=True)


def parcel_of_somebody_who_left(*, ago: timedelta = timedelta()) -> bytes:
    """The ZIP that a line cook saved from her pack."""
    now = timezone.now() - ago
    cook = make_cook(make_firm(name="Bluebird Kitchen"), now=now - timedelta(minutes=1))
    given = leave(cook, last=today() - ago, now=now)
    _name, pieces = leaving.files(pack_id=records.open_pack(code=given.code, pin=given.pin, now=now), now=now)
    return b"".join(pieces)


def work_of_children() -> float:
    """Seconds that processes started from here have worked, whatever else the machine does."""
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


def test_alone_with_the_files_in_ten_seconds(db: None, tmp_path: Path) -> None:
    """Another process in an empty folder, without settings, and with every way out to a network shut."""
    with zipfile.ZipFile(io.BytesIO(parcel_of_somebody_who_left())) as parcel:
        parcel.extractall(tmp_path / "Rosa")
    [history] = [path for path in (tmp_path / "Rosa").glob("*.json") if "activityStartDate" in path.read_text()]
    shut = (
        "import socket\ndef no(*words, **more): raise OSError('no network')\nsocket.socket.connect = socket.getaddrinfo = no\n"
    )
    (tmp_path / "sitecustomize.py").write_text(shut)
    keep = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    later = (timezone.now() + timedelta(days=365)).strftime("%Y-%m-%dT%H:%M:%SZ")
    before = work_of_children()
    done = subprocess.run(
        [sys.executable, "-m", "skillmark", "check", str(history), "--offline", "--no-memory", "--at", later],
        cwd=tmp_path, env={**keep, "PYTHONPATH": str(tmp_path)}, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == 3, done.stderr
    assert "Línea de cocina, Bluebird Kitchen" in done.stdout
    assert "Signature good; last known status at" in done.stdout and "not cancelled" in done.stdout
    assert work_of_children() - before < 10


def test_on_another_firms_check_page_it_says_what_was_last_known(
    client: Client, transactional_db: None, settings: Any, net: Net
) -> None:
    settings.BASE_URL = "https://proofs.bluebird.example"
    body = parcel_of_somebody_who_left(ago=timedelta(days=60))
    call_command("flush", interactive=False, verbosity=0)  # another server, which knows nothing of the old one
    settings.BASE_URL = "https://check.harbor.example"
    make_firm(name="Harbor Hotel")
    net.is_up = False
    answer = client.post("/check", {"file": SimpleUploadedFile("rosa.zip", body)}, headers={"accept-language": "en"})
    page = " ".join(answer.content.decode().split())
    assert answer.status_code == 200 and page.count("Last known on") >= 3 and "not cancelled" in page
    assert "Línea de cocina" in page and "Looks good" not in page and "cancelled on" not in page
