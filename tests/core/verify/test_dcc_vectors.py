"""Real credentials of a public project: each file has the verdict that its name implies, offline and with its lists at hand.

`…-expired` ended; `revokedStatus` is set in the list beside it; `didWeb` signers are reachable only through the map. No
giver among them is on a list of ours, so the best of them is "careful". One file is empty. The pictures are QR codes with
the address of the JSON file of the same name; the SVG's points at a shortener that nobody maps.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from credcore.net.offline import MapFetch, OfflineFetch
from credcore.verify import Verifier, check_item
from tests.vectors import vectors

NOW = datetime(2026, 6, 1, tzinfo=UTC)
SITE = "https://digitalcredentials.github.io/vc-test-fixtures/"
UNKNOWN_WORDS = "oldDCCExample"  # its context https://w3id.org/dcc/v1 is in no package and nobody's standard


def files() -> Iterator[str]:
    try:
        root = vectors("dcc") / "credentials"
    except pytest.skip.Exception:
        return
    for path in sorted(root.rglob("*")):
        if path.is_file():
            yield str(path.relative_to(root))


@pytest.fixture
def mapped(tmp_path: Path) -> MapFetch:
    """Status lists, DID documents and the files that the QR codes name, as `--offline-map` reads them."""
    root = vectors("dcc")
    pages = {}
    for path in (*root.glob("statusLists/*/*"), *root.glob("dids/*/did.json")):
        name = f"{len(pages)}.json"
        (tmp_path / name).write_bytes(path.read_bytes())
        pages[SITE + str(path.relative_to(root))] = name
    for path in root.glob("credentials/**/*.json"):
        name = f"{len(pages)}.json"
        (tmp_path / name).write_bytes(path.read_bytes())
        pages[f"{SITE}verifiableCredentials/v1/{path.relative_to(root / 'credentials')}"] = name
    (tmp_path / "map.json").write_text(json.dumps(pages))
    return MapFetch(tmp_path)


def expected(name: str, *, offline: bool) -> tuple[str, str]:
    """(verdict, state) by the file's name."""
    path = Path(name)
    if path.suffix == ".svg" or (path.suffix == ".png" and offline):
        return "unknown", "link.unreachable"
    if not (vectors("dcc") / "credentials" / path.with_suffix(".json")).stat().st_size:
        return "unknown", "unreadable"
    if UNKNOWN_WORDS in name:
        return "unknown", "unsupported"
    if path.parent.name == "didWeb" and offline:
        return "unknown", "signer.unreachable"
    # A cancelled one says so before an expired one; offline nobody can ask, and the date alone decides.
    if "revoked" in name and not offline:
        return "bad", "status.cancelled"
    if "expired" in name:
        return "bad", "dates.expired"
    return "careful", "issuer.unknown"


@pytest.mark.parametrize("name", list(files()))
@pytest.mark.parametrize("offline", [True, False], ids=["offline", "mapped"])
def test_each_file_has_the_verdict_that_its_name_implies(name: str, offline: bool, mapped: MapFetch) -> None:
    data = (vectors("dcc") / "credentials" / name).read_bytes()
    verifier = Verifier(fetch=OfflineFetch() if offline else mapped)
    (report,) = check_item(data, verifier=verifier, now=NOW, name=name)
    assert (str(report.verdict), report.code) == expected(name, offline=offline), report.summary()


def test_the_vectors_are_all_there() -> None:
    root = vectors("dcc") / "credentials"
    assert len(list(files())) == sum(path.is_file() for path in root.rglob("*")) > 80


@pytest.mark.parametrize("name", ["expired", "notYetValid", "missingBitStringType", "tampered"])
def test_a_broken_list_clears_nothing(name: str, mapped: MapFetch) -> None:
    """The lists that are made wrong on purpose, each in place of the right one."""
    root = vectors("dcc")
    right = SITE + "statusLists/didkey-ed25519Signature2020/e5WK8CbZ1GjycuPombrj"
    wrong = (root / "statusLists/didkey-ed25519Signature2020" / name).read_bytes()

    def fetch(url: str, *, kind):
        answer = mapped(url, kind=kind)
        return type(answer)(url, wrong, answer.media_type, answer.fetched_at) if url == right else answer

    document = root / "credentials/dataIntegrityProof/didKey/mixedRegistry-validStatus-noExpiry.json"
    report = Verifier(fetch=fetch).check(document.read_bytes(), now=NOW)
    status = report.finding("status")
    assert status is not None and status.outcome == "unknown" and status.state == "status.unknown"
