"""`skillmark report`: as a person types it, over a made-up firm whose answers are known."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pypdf
import pytest

from tests.cli.test_commands import run

pytestmark = pytest.mark.timeout(240)


@pytest.fixture(scope="module")
def shop_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the made-up construction firm."""
    folder = tmp_path_factory.mktemp("report")
    assert run(folder, "demo", "construction").returncode == 0
    return folder


def test_the_board_by_the_firms_own_clock(shop_folder: Path) -> None:
    done = run(shop_folder, "report", "board", "--format", "json")
    assert done.returncode == 0, done.stderr
    board = json.loads(done.stdout)
    assert board["report"] == "board" and board["as_of"] == "2026-05-04" and len(board["people"]) == board["counts"]["people"]
    later = json.loads(run(shop_folder, "report", "board", "--as-of", "2026-06-04", "--format", "json").stdout)
    assert later["as_of"] == "2026-06-04" and later["counts"] != board["counts"]
    before = json.loads(run(shop_folder, "report", "board", "--known-at", "2001-01-01", "--format", "json").stdout)
    assert before["known_at"] is not None and before["counts"]["expired"] == 0


def test_for_the_screen_and_for_files(shop_folder: Path) -> None:
    said = run(shop_folder, "report", "expiries").stdout
    assert said.startswith("Expires soon") and "─" in said
    for name, start in (("csv", b"\xef\xbb\xbf"), ("xlsx", b"PK"), ("pdf", b"%PDF")):
        out = shop_folder / f"matrix.{name}"
        assert run(shop_folder, "report", "matrix", "--format", name, "--out", str(out)).returncode == 0
        assert out.read_bytes().startswith(start)


def test_the_pack_with_its_files(shop_folder: Path) -> None:
    out = shop_folder / "pack.zip"
    done = run(shop_folder, "report", "pack", "--as-of", "2026-03-03", "--format", "zip", "--out", str(out))
    assert done.returncode == 0, done.stderr
    with zipfile.ZipFile(out) as opened:
        assert {"inspector-pack.pdf", "inspector-pack.csv"} <= set(opened.namelist())
        assert "3 March 2026" in pypdf.PdfReader(io.BytesIO(opened.read("inspector-pack.pdf"))).pages[0].extract_text()


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["board", "--as-of", "3 March"], "is not a day"),
        (["board", "--known-at", "noon"], "is not a time"),
        (["board", "--site", "Nowhere"], "There is no site called"),
        (["who-can"], "--item"),
        (["who-can", "--item", "nothing"], "There is no item called"),
        (["board", "--format", "zip"], "Only the pack"),
        (["no-such"], "invalid choice"),
        (["board", "--as-of", "2026-03-03", "--out", "no/such/folder"], "no/such/folder"),
    ],
)
def test_what_cannot_be_is_one_sentence(words: list[str], says: str, shop_folder: Path) -> None:
    done = run(shop_folder, "report", *words)
    assert done.returncode == 2 and says in done.stderr and "Traceback" not in done.stderr
